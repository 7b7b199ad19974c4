//! 否定失当：防止、避免、杜绝、以免本身含有否定，后面再用“不”，意思就反了。
//!
//! ## 例
//! - 要防止类似事故〔不再〕发生。（再次）
//! - 施工现场严禁〔不得〕吸烟。（严禁吸烟）
//! - 他无时无刻〔都在〕惦记乡亲。（不在）
//!
//! ## 不报
//! - “不”在定语里：防止不合格产品流入市场，避免不必要的损失。
//! - 无时无刻不在、不得不、不无道理。
//! - 没有否定的：防止类似事故再次发生，严禁吸烟。
//!
//! ## 依据
//! 《现代汉语》病句类型：表意不明（否定失当、多重否定误用）。

use crate::finding::{Applicability, Severity};
use crate::rule::literals::Needs;
use crate::rule::pattern::Patterns;
use crate::rule::{Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "grammar/negation",
    summary: "否定失当",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("negation.rs"),
    needs: &[Needs::Literal(PATTERNS.literals())],
    scope: Scope::Paragraph(|paragraph, out| PATTERNS.check(paragraph, out)),
};

static TABLE: &str = include_str!("../../../data/negation.tsv");

static PATTERNS: Patterns = Patterns::new(TABLE);

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE};
    use crate::rule::pattern::test_table;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn marked() {
        check(&RULE, "要防止类似事故〔不再→再次〕发生。");
        check(&RULE, "施工现场严禁〔不得→〕吸烟。");
        check(&RULE, "他无时无刻〔都在→不在〕惦记乡亲。");
        check(&RULE, "核对数据，〔以免不出差错〕。");
    }

    #[test]
    fn silent() {
        check_clean(&RULE, "防止不合格产品流入市场，避免不必要的损失。");
        check_clean(&RULE, "他无时无刻不在惦记乡亲。");
        check_clean(&RULE, "严禁不按规程操作，严防不法分子破坏。");
        check_clean(&RULE, "确保事故不再发生。");
    }

    #[test]
    fn every_row_of_the_table() {
        test_table(&RULE, TABLE);
    }
}
