//! 量词误用：名词与量词不搭配，“二”“两”混用，“人次”前又加“个”。
//!
//! ## 例
//! - 走访了3〔名〕企业，收集建议。（家）
//! - 目前存在〔二个〕问题。（两个）
//! - 培训5〔个人次〕。（人次）
//!
//! ## 不报
//! - 3名企业家、两名公司职员。
//! - 第二个、十二个、二次供水、二维码。
//! - “两”的固定说法：一分为二、两岸、三位专家。
//!
//! ## 依据
//! 《现代汉语》病句类型：搭配不当（数量词与名词）；《现代汉语八百词》名词、量词配合表。

use crate::finding::{Applicability, Severity};
use crate::rule::literals::Needs;
use crate::rule::pattern::Patterns;
use crate::rule::{Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "grammar/measure-word",
    summary: "量词误用",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("measure_word.rs"),
    needs: &[Needs::Literal(PATTERNS.literals())],
    scope: Scope::Paragraph(|paragraph, out| PATTERNS.check(paragraph, out)),
};

static TABLE: &str = include_str!("../../../data/measure-word.tsv");

static PATTERNS: Patterns = Patterns::new(TABLE);

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE};
    use crate::rule::pattern::test_table;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn marked() {
        check(&RULE, "走访了3〔名→家〕企业，收集建议。");
        check(&RULE, "目前存在〔二个→两个〕问题。");
        check(&RULE, "培训5〔个人次→人次〕，门口贴着一〔幅→副〕春联。");
    }

    #[test]
    fn silent() {
        check_clean(&RULE, "走访了3家企业和3名企业家。");
        check_clean(&RULE, "第二个问题，全国共十二个，占七点二个百分点。");
        check_clean(&RULE, "二维码、二次供水、二名称。");
        check_clean(&RULE, "两名公司职员参加，绘就一幅蓝图。");
    }

    #[test]
    fn every_row_of_the_table() {
        test_table(&RULE, TABLE);
    }
}
