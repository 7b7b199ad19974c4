//! 主谓之间误用逗号：主语不长，和谓语之间不必停顿。
//!
//! ## 例
//! - 广大党员干部〔，〕要坚决落实各项部署。
//! - 各级党组织〔，〕必须切实负起责任。
//! - 各专业科室〔，〕通过岗位练兵提高水平。
//!
//! ## 不报
//! - 不是主语的：对困难职工，要及时救助。
//! - 主语很长、中间有停顿的：各级干部，特别是领导干部，要……
//! - 法规条文里“……的单位，应当……”。
//!
//! ## 依据
//! GB/T 15834-2011《标点符号用法》“逗号”：用于较长的主语之后；主语不长不用。

use crate::finding::{Applicability, Severity};
use crate::rule::literals::Needs;
use crate::rule::pattern::Patterns;
use crate::rule::{Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "punctuation/subject-comma",
    summary: "主谓之间误用逗号",
    severity: Severity::Info,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("subject_comma.rs"),
    needs: &[Needs::Literal(PATTERNS.literals())],
    scope: Scope::Paragraph(|paragraph, out| PATTERNS.check(paragraph, out)),
};

static TABLE: &str = include_str!("../../../data/subject-comma.tsv");

static PATTERNS: Patterns = Patterns::new(TABLE);

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE};
    use crate::rule::pattern::test_table;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn marked() {
        check(&RULE, "广大党员干部〔，→〕要坚决落实各项部署。");
        check(&RULE, "各级党组织〔，→〕必须切实负起责任。");
        check(&RULE, "各专业科室〔，→〕通过岗位练兵提高水平。");
    }

    #[test]
    fn silent() {
        check_clean(&RULE, "广大党员干部要坚决落实，对困难职工，要及时救助。");
        check_clean(&RULE, "各级干部，特别是领导干部，要带头学习。");
        check_clean(&RULE, "从事建设工程的单位，应当依法办理手续。");
    }

    #[test]
    fn every_row_of_the_table() {
        test_table(&RULE, TABLE);
    }
}
