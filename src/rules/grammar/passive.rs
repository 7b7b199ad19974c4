//! 被动误用：当选、荣获、受到、遭到本身含被动义或以得者为主语，不能再加“被”。
//!
//! “被当选”有唯一的改法，可以自动改；其余由人选定。
//!
//! ## 例
//! - 他〔被当选为〕工会主席。（当选为）
//! - 我单位〔被荣获〕先进集体。（荣获）
//! - 村庄〔被遭受〕洪水侵袭。（遭受）
//!
//! ## 不报
//! - 被评为、被授予、被选为、被列入、被确定为。
//! - 被受理、被受让等“受”作构词成分的。
//! - 主动句：他当选为工会主席，村庄遭受洪水侵袭。
//!
//! ## 依据
//! 《现代汉语》病句类型：搭配不当（被动误用）。

use crate::finding::{Applicability, Severity};
use crate::rule::literals::Needs;
use crate::rule::pattern::Patterns;
use crate::rule::{Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "grammar/passive",
    summary: "被动误用",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    doc: module_doc!("passive.rs"),
    needs: &[Needs::Literal(PATTERNS.literals())],
    scope: Scope::Paragraph(|paragraph, out| PATTERNS.check(paragraph, out)),
};

static TABLE: &str = include_str!("../../../data/passive.tsv");

static PATTERNS: Patterns = Patterns::new(TABLE);

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE};
    use crate::rule::pattern::test_table;
    use crate::rules::testing::{check, check_clean, check_fix};

    #[test]
    fn marked() {
        check(&RULE, "他〔被当选为→当选为〕工会主席。");
        check(&RULE, "我单位〔被荣获→荣获〕先进集体。");
        check(&RULE, "村庄〔被遭受→遭受〕洪水侵袭。");
    }

    #[test]
    fn silent() {
        check_clean(&RULE, "他被选为工会主席，我单位被评为先进集体。");
        check_clean(&RULE, "申请已被受理，债权被受让。");
        check_clean(&RULE, "村庄遭受洪水，被列入重点帮扶名单。");
    }

    #[test]
    fn fixes() {
        check_fix(&RULE, "今年被当选为人大代表。", "今年当选为人大代表。");
    }

    #[test]
    fn every_row_of_the_table() {
        test_table(&RULE, TABLE);
    }
}
