//! 口语入文：报告、总结、通知用书面语，搞定、没啥、挺好之类不合语体。
//!
//! ## 例
//! - 手续一天〔搞定〕。（办妥）
//! - 目前〔没啥〕困难。（没有什么）
//! - 效果〔挺好〕的。（很好）
//!
//! ## 不报
//! - 啦啦队、坚挺、养老是大事等偶合。
//! - 引号里的原话：群众说“这事搞定了”。
//! - 书面语：手续一天办妥，效果很好。
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第十九条：公文起草应当表述准确、文字精练；书面语体要求。

use crate::finding::{Applicability, Severity};
use crate::rule::literals::Needs;
use crate::rule::pattern::Patterns;
use crate::rule::{Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "style/colloquial",
    summary: "口语入文",
    severity: Severity::Info,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("colloquial.rs"),
    needs: &[Needs::Literal(PATTERNS.literals())],
    scope: Scope::Paragraph(|paragraph, out| PATTERNS.check(paragraph, out)),
};

static TABLE: &str = include_str!("../../../data/colloquial.tsv");

static PATTERNS: Patterns = Patterns::new(TABLE);

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE};
    use crate::rule::pattern::test_table;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn marked() {
        check(&RULE, "手续一天〔搞定→办妥〕。");
        check(&RULE, "目前〔没啥→没有什么〕困难。");
        check(&RULE, "效果〔挺好→很好〕的。");
    }

    #[test]
    fn silent() {
        check_clean(&RULE, "手续一天办妥。");
        check_clean(&RULE, "啦啦队表演精彩，价格坚挺。");
        check_clean(&RULE, "坚挺高昂，挺不容易。");
        check_clean(&RULE, "养老是大事。");
    }

    #[test]
    fn every_row_of_the_table() {
        test_table(&RULE, TABLE);
    }
}
