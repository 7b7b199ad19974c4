//! 重复赘余：同一个意思说了两遍。
//!
//! 词表 `data/redundancy.tsv` 收数量（约…左右、超过…以上、至少…以上）、时间（截至…为止、为期三天时间）、
//! 动词（进行开展、召开举行）、副词（十分非常、更加更为）等几类。已经通行的（涉及到、来自于、目的是为了）只作提示或参考。
//!
//! ## 例
//! - 到会〔约50人左右〕。（约50人 / 50人左右）
//! - 〔截至目前为止〕，已完工六成。（截至目前）
//! - 问题涉及〔到〕三个部门。（涉及，提示）
//!
//! ## 不报
//! - “左右”作方位：左右两侧。
//! - “以上”为法律用语：县级以上人民政府。
//! - 成语和习惯语：百尺竿头，更进一步。
//!
//! ## 依据
//! 《现代汉语》病句类型：成分多余（重复、赘余）。

use crate::finding::{Applicability, Severity};
use crate::rule::literals::Needs;
use crate::rule::pattern::Patterns;
use crate::rule::{Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "grammar/redundancy",
    summary: "重复赘余",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("redundancy.rs"),
    needs: &[Needs::Literal(PATTERNS.literals())],
    scope: Scope::Paragraph(|paragraph, out| PATTERNS.check(paragraph, out)),
};

static TABLE: &str = include_str!("../../../data/redundancy.tsv");

static PATTERNS: Patterns = Patterns::new(TABLE);

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE};
    use crate::rule::pattern::test_table;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn marked() {
        check(&RULE, "到会〔约50人左右→约50人〕。");
        check(&RULE, "〔截至目前为止→截至目前〕，已完工六成。");
        check(&RULE, "参训率〔超过90%以上→超过90%〕，〔十分非常→十分〕圆满。");
        check(&RULE, "问题涉及〔到→〕三个部门。");
        check(&RULE, "培训〔为期三天时间→为期三天〕。");
    }

    #[test]
    fn silent() {
        check_clean(&RULE, "到会约50人，左右两侧设通道。");
        check_clean(&RULE, "截至目前，已完工六成；到目前为止，没有事故。");
        check_clean(&RULE, "县级以上人民政府应当至少每年公布一次。");
        check_clean(&RULE, "百尺竿头，更进一步。");
        check_clean(&RULE, "项目涉及到期债务三笔。");
    }

    #[test]
    fn every_row_of_the_table() {
        test_table(&RULE, TABLE);
    }
}
