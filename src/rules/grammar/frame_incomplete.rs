//! 成分残缺：“在…下”“在…中”“以…为…”一类框架只有前半。
//!
//! ## 例
//! - 〔在上级部门的大力支持〕，我们完成了改造。（在…下）
//! - 〔在整改落实的过程〕，我们边查边改。（在…过程中）
//! - 要〔以项目建设中心〕，抓好落实。（以…为中心）
//!
//! ## 不报
//! - “在”作动词“在于”：成效在于坚持。
//! - 框架完整的：在充分调研的基础上，以民生为重点。
//! - 以会代训、以上、以外。
//!
//! ## 依据
//! 《现代汉语》病句类型：成分残缺（介词框架不完整）。

use crate::finding::{Applicability, Severity};
use crate::rule::literals::Needs;
use crate::rule::pattern::Patterns;
use crate::rule::{Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "grammar/frame-incomplete",
    summary: "介词框架缺后半",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("frame_incomplete.rs"),
    needs: &[Needs::Literal(PATTERNS.literals())],
    scope: Scope::Paragraph(|paragraph, out| PATTERNS.check(paragraph, out)),
};

static TABLE: &str = include_str!("../../../data/frame-incomplete.tsv");

static PATTERNS: Patterns = Patterns::new(TABLE);

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE};
    use crate::rule::pattern::test_table;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn marked() {
        check(&RULE, "〔在上级部门的大力支持→在上级部门的大力支持下〕，我们完成了改造。");
        check(&RULE, "〔在整改落实的过程→在整改落实的过程中〕，我们边查边改。");
        check(&RULE, "各单位要〔以项目建设中心〕，抓好落实。");
    }

    #[test]
    fn silent() {
        check_clean(&RULE, "在上级部门的大力支持下，我们完成了改造。");
        check_clean(&RULE, "在充分调研的基础上，以民生为重点，起草了方案。");
        check_clean(&RULE, "成效在于落实的过程，关键在于打牢基础。");
    }

    #[test]
    fn every_row_of_the_table() {
        test_table(&RULE, TABLE);
    }
}
