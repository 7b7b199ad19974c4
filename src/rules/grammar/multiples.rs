//! 倍数误用：“倍”说增加，不说减少。降低一倍就是零，降低两倍说不通。
//!
//! ## 例
//! - 能耗〔降低2倍〕。（降低一半、降低三分之二，按数字算）
//! - 办理时间〔缩短3倍〕。（缩短到原来的四分之一）
//! - 库存〔下降1.5倍〕。（降到原来的几分之几）
//!
//! ## 不报
//! - 增加的倍数：产能提高2倍。
//! - 成倍、倍增等不带数字的说法。
//! - 至少3倍、减少后又增长2倍。
//!
//! ## 依据
//! 《现代汉语》病句类型：不合逻辑（数量表达不当）；GB/T 15835-2011《出版物上数字用法》只管数字写法，倍数的用法依通行的编校规范。

use crate::finding::Severity;
use crate::rule::literals::Needs;
use crate::rule::pattern::Patterns;
use crate::rule::{Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "grammar/multiples",
    summary: "倍数误用",
    severity: Severity::Warning,
    fix: None,
    doc: module_doc!("multiples.rs"),
    needs: &[Needs::Literal(PATTERNS.literals())],
    scope: Scope::Paragraph(|paragraph, out| PATTERNS.check(paragraph, out)),
};

static TABLE: &str = include_str!("../../../data/multiples.tsv");

static PATTERNS: Patterns = Patterns::new(TABLE);

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE};
    use crate::rule::pattern::test_table;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn marked() {
        check(&RULE, "能耗〔降低2倍〕，产能提高3倍。");
        check(&RULE, "办理时间〔缩短了三倍〕。");
        check(&RULE, "产量比去年〔少两倍〕。");
    }

    #[test]
    fn silent() {
        check_clean(&RULE, "产能提高2倍，能耗降低一半。");
        check_clean(&RULE, "订单至少增加3倍，比去年至少多两倍。");
        check_clean(&RULE, "风险成倍减少，效益倍增。");
    }

    #[test]
    fn every_row_of_the_table() {
        test_table(&RULE, TABLE);
    }
}
