//! 说法绝对：百分之百满意、史无前例、万无一失。报告里的绝对话须有依据。
//!
//! ## 例
//! - 做到群众〔百分之百满意〕。
//! - 一年来工作〔没有任何问题〕。
//! - 安保工作〔做到了万无一失〕。
//!
//! ## 不报
//! - 作为要求提出的：确保万无一失。
//! - 写明数字的：满意率98%。
//! - 引用别人的评价：群众称“百分之百满意”。
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第十九条：内容真实、表述准确。

use crate::finding::Severity;
use crate::rule::literals::Needs;
use crate::rule::pattern::Patterns;
use crate::rule::{Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "style/exaggeration",
    summary: "说法绝对",
    severity: Severity::Hint,
    fix: None,
    doc: module_doc!("exaggeration.rs"),
    needs: &[Needs::Literal(PATTERNS.literals())],
    scope: Scope::Paragraph(|paragraph, out| PATTERNS.check(paragraph, out)),
};

static TABLE: &str = include_str!("../../../data/exaggeration.tsv");

static PATTERNS: Patterns = Patterns::new(TABLE);

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE};
    use crate::rule::pattern::test_table;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn marked() {
        check(&RULE, "做到群众〔百分之百满意〕。");
        check(&RULE, "一年来工作〔没有任何问题〕。");
        check(&RULE, "安保工作〔做到了万无一失〕。");
    }

    #[test]
    fn silent() {
        check_clean(&RULE, "安保工作要确保万无一失。");
        check_clean(&RULE, "群众满意率达98%。");
        check_clean(&RULE, "我们力求服务更好，工作还有不足。");
    }

    #[test]
    fn every_row_of_the_table() {
        test_table(&RULE, TABLE);
    }
}
