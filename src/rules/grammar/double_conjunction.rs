//! 连词重复：意思相同的两个连词紧挨着用，或者“虽然”“但是”连在一起，中间丢了内容。
//!
//! ## 例
//! - 〔但是然而〕进展缓慢。（但是）
//! - 〔因为由于〕资金未到位，工程停工。（因为）
//! - 〔虽然但是〕任务重，仍按期完成。
//!
//! ## 不报
//! - 隔开的配对：虽然任务重，但是按期完成。
//! - 公平以及和谐；碳中和以及能源转型。
//! - 分属两句的：……但是。然而……
//!
//! ## 依据
//! 《现代汉语》病句类型：成分多余（关联词语重复）。

use crate::finding::{Applicability, Severity};
use crate::rule::literals::Needs;
use crate::rule::pattern::Patterns;
use crate::rule::{Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "grammar/double-conjunction",
    summary: "连词重复",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("double_conjunction.rs"),
    needs: &[Needs::Literal(PATTERNS.literals())],
    scope: Scope::Paragraph(|paragraph, out| PATTERNS.check(paragraph, out)),
};

static TABLE: &str = include_str!("../../../data/double-conjunction.tsv");

static PATTERNS: Patterns = Patterns::new(TABLE);

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE};
    use crate::rule::pattern::test_table;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn marked() {
        check(&RULE, "〔但是然而→但是〕进展缓慢。");
        check(&RULE, "〔因为由于→因为〕资金未到位，工程停工。");
        check(&RULE, "〔虽然但是→虽然〕任务重，仍按期完成。");
    }

    #[test]
    fn silent() {
        check_clean(&RULE, "虽然任务重，但是按期完成。");
        check_clean(&RULE, "维护公平以及和谐，推进碳中和以及能源转型。");
        check_clean(&RULE, "因为资金到位，所以工程复工。");
    }

    #[test]
    fn every_row_of_the_table() {
        test_table(&RULE, TABLE);
    }
}
