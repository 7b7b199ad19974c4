//! 主谓搭配不当：水平说提高，力度说加大，步伐说加快，差距说缩小，混用就不搭配。
//!
//! 词表 `data/predicate-collocation.tsv` 一行一组：主语、不能搭配的谓语、应换的谓语；谓语须在小句末尾，才报。
//!
//! ## 例
//! - 服务水平得到〔加强〕。（提高）
//! - 执法力度进一步〔加强〕。（加大）
//! - 城乡差距逐步〔降低〕。（缩小）
//!
//! ## 不报
//! - 谓语后面还有宾语：质量管理得到加强。
//! - 主语是并列结构里的另一个词。
//! - 搭配得当的：服务水平得到提高，执法力度进一步加大。
//!
//! ## 依据
//! 《现代汉语》病句类型：搭配不当（主语与谓语）。

use crate::finding::{Applicability, Severity};
use crate::rule::literals::Needs;
use crate::rule::pattern::Patterns;
use crate::rule::{Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "grammar/predicate-collocation",
    summary: "主谓搭配不当",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("predicate_collocation.rs"),
    needs: &[Needs::Literal(PATTERNS.literals())],
    scope: Scope::Paragraph(|paragraph, out| PATTERNS.check(paragraph, out)),
};

static TABLE: &str = include_str!("../../../data/predicate-collocation.tsv");

static PATTERNS: Patterns = Patterns::new(TABLE);

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE};
    use crate::rule::pattern::test_table;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn marked() {
        check(&RULE, "服务水平得到〔加强→提高〕。");
        check(&RULE, "执法力度进一步〔加强→加大〕，成效明显。");
        check(&RULE, "城乡差距逐步〔降低→缩小〕。");
    }

    #[test]
    fn silent() {
        check_clean(&RULE, "服务水平得到提高，质量管理得到加强。");
        check_clean(&RULE, "执法力度进一步加大。");
        check_clean(&RULE, "城乡差距逐步缩小，作风建设得到加强。");
    }

    #[test]
    fn every_row_of_the_table() {
        test_table(&RULE, TABLE);
    }
}
