//! 并列定语之间应用顿号：两个短语一起修饰后面的名词，中间用逗号会把前一个断成谓语。
//!
//! ## 例
//! - 发扬吃苦耐劳〔，〕连续作战的精神。（、）
//! - 树立以患者为中心〔，〕服务临床的思想。（、）
//! - 引进市场需要〔，〕附加值较高的项目。（、）
//!
//! ## 不报
//! - 逗号后面是另一个谓语：坚持党建引领，增强服务的意识。
//! - 已用顿号的。
//! - 定语本身很长、里面已有顿号的。
//!
//! ## 依据
//! GB/T 15834-2011《标点符号用法》“顿号”：用于并列词语之间。

use crate::finding::{Applicability, Severity};
use crate::rule::literals::Needs;
use crate::rule::pattern::Patterns;
use crate::rule::{Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "punctuation/parallel-attributive",
    summary: "并列定语间应用顿号",
    severity: Severity::Info,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("parallel_attributive.rs"),
    needs: &[Needs::Literal(PATTERNS.literals())],
    scope: Scope::Paragraph(|paragraph, out| PATTERNS.check(paragraph, out)),
};

static TABLE: &str = include_str!("../../../data/parallel-attributive.tsv");

static PATTERNS: Patterns = Patterns::new(TABLE);

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE};
    use crate::rule::pattern::test_table;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn marked() {
        check(&RULE, "发扬吃苦耐劳〔，→、〕连续作战的精神。");
        check(&RULE, "树立以患者为中心〔，→、〕服务临床的思想。");
        check(&RULE, "引进市场需要〔，→、〕附加值较高的项目。");
    }

    #[test]
    fn silent() {
        check_clean(&RULE, "发扬吃苦耐劳、连续作战的精神。");
        check_clean(&RULE, "坚持党建引领，增强服务的意识。");
        check_clean(&RULE, "坚持以人为本，服务基层，艰苦朴素的作风没有变。");
    }

    #[test]
    fn every_row_of_the_table() {
        test_table(&RULE, TABLE);
    }
}
