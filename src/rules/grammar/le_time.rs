//! 时态矛盾：“已”“了”与“将于”“正在”“明年”用在一处，一件事不能既完成又没有开始。
//!
//! ## 例
//! - 大会〔已将于〕下月召开。（将于）
//! - 活动将于下周举行〔了〕。
//! - 二期工程正在建设〔了〕。
//!
//! ## 不报
//! - “已将…”的“将”作“把”讲：已将通知发出。
//! - 引用过去的打算：去年提出将用三年建成新区。
//! - 全句末尾的“了”表变化：天要下雨了。
//!
//! ## 依据
//! 《现代汉语》病句类型：不合逻辑（时间前后矛盾）。

use crate::finding::{Applicability, Severity};
use crate::rule::literals::Needs;
use crate::rule::pattern::Patterns;
use crate::rule::{Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "grammar/le-time",
    summary: "时态矛盾",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("le_time.rs"),
    needs: &[Needs::Literal(PATTERNS.literals())],
    scope: Scope::Paragraph(|paragraph, out| PATTERNS.check(paragraph, out)),
};

static TABLE: &str = include_str!("../../../data/tense.tsv");

static PATTERNS: Patterns = Patterns::new(TABLE);

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE};
    use crate::rule::pattern::test_table;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn marked() {
        check(&RULE, "大会〔已将于→将于〕下月召开。");
        check(&RULE, "活动将于下周举行〔了→〕。");
        check(&RULE, "二期工程正在建设〔了→〕。");
    }

    #[test]
    fn silent() {
        check_clean(&RULE, "已将通知发出，大会将于下月召开。");
        check_clean(&RULE, "去年提出将用三年建成新区。");
        check_clean(&RULE, "二期工程正在建设，一期已经建成了。");
    }

    #[test]
    fn every_row_of_the_table() {
        test_table(&RULE, TABLE);
    }
}
