//! 定语后缺“的”：动词短语作定语，和名词之间要有“的”。
//!
//! ## 例
//! - 慰问奋战在防汛〔一线〕工作人员。（一线的）
//! - 探索线上与线下〔相结合〕服务模式。（相结合的）
//! - 表彰作出突出〔贡献〕个人。（贡献的）
//!
//! ## 不报
//! - 名词直接作定语：一线工作人员、突出贡献个人。
//! - 已有“的”的。
//! - 法律术语：罪刑相适应原则、主客观相统一原则。
//!
//! ## 依据
//! 《现代汉语》：动词性短语作定语，一般要带结构助词“的”。

use crate::finding::{Applicability, Severity};
use crate::rule::literals::Needs;
use crate::rule::pattern::Patterns;
use crate::rule::{Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "grammar/missing-de",
    summary: "定语后缺“的”",
    severity: Severity::Info,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("missing_de.rs"),
    needs: &[Needs::Literal(PATTERNS.literals())],
    scope: Scope::Paragraph(|paragraph, out| PATTERNS.check(paragraph, out)),
};

static TABLE: &str = include_str!("../../../data/missing-de.tsv");

static PATTERNS: Patterns = Patterns::new(TABLE);

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE};
    use crate::rule::pattern::test_table;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn marked() {
        check(&RULE, "慰问奋战在防汛〔一线→一线的〕工作人员。");
        check(&RULE, "探索线上与线下〔相结合→相结合的〕服务模式。");
        check(&RULE, "表彰作出突出〔贡献→贡献的〕个人。");
    }

    #[test]
    fn silent() {
        check_clean(&RULE, "慰问一线工作人员，评选突出贡献个人。");
        check_clean(&RULE, "慰问奋战在防汛一线的工作人员。");
        check_clean(&RULE, "坚持罪刑相适应原则，线上与线下相结合，完善机制。");
    }

    #[test]
    fn every_row_of_the_table() {
        test_table(&RULE, TABLE);
    }
}
