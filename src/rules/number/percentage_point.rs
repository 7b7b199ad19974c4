//! 百分点误作百分之：两个百分数之差是“百分点”，不是“%”。
//!
//! 由10%提高到15%，是提高5个百分点；说“提高5%”，结果应是10.5%。两头的百分数都写明时才判断，差数对得上才报。
//!
//! ## 例
//! - 群众满意率由90%提高到95%，提高了〔5%→5个百分点〕。
//! - 二产占比从32.5%下降至30%，下降〔2.5%→2.5个百分点〕。
//! - 参保率由上年的96.1%上升为97.3%，提高〔1.2%→1.2个百分点〕。
//!
//! ## 不报
//! - 群众满意率由90%提高到95%，提高了5个百分点。 （写对的）
//! - 占比由10%提高到15%，增长50%。 （按相对数算，差数对不上）
//! - 企业由20家增加到30家，增长50%。 （两头不是百分数）
//!
//! ## 依据
//! 国家统计局指标解释：百分点是两个百分数相减的单位；《党政机关公文处理工作条例》第二十条：签发前审核数字是否准确。

use std::sync::LazyLock;

use regex::Regex;

use crate::chinese::quantity;
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::Needs;
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "number/percentage-point",
    summary: "百分点误作百分之",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("percentage_point.rs"),
    needs: &[Needs::AnyChar("%％"), Needs::AnyChar("由从"), Needs::AnyChar("到至为")],
    scope: Scope::Paragraph(check),
};

static CHANGE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"[由从][^，。；0-9]{0,16}([0-9]+(?:\.[0-9]+)?)[%％][^，。；0-9]{0,6}(?:到了|到|至|为)[^，。；0-9]{0,6}([0-9]+(?:\.[0-9]+)?)[%％][，,](?:同比|较上年|比上年)?(?:提高|提升|上升|增长|增加|下降|降低|减少|回落)了?([0-9]+(?:\.[0-9]+)?[%％])";
    Regex::new(pattern).expect("the pattern is a constant")
});

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if !paragraph.may_contain_any("%％")
        || !paragraph.may_contain_any("由从")
        || !paragraph.may_contain_any("到至为")
    {
        return;
    }
    for found in CHANGE.captures_iter(text) {
        let number = |group| {
            found.get(group).and_then(|m| m.as_str().trim_end_matches(['%', '％']).parse::<f64>().ok())
        };
        let (Some(from), Some(to), Some(change), Some(place)) =
            (number(1), number(2), number(3), found.get(3))
        else {
            continue;
        };
        if ((to - from).abs() - change).abs() < 1e-6 && change > 0.0 {
            let (larger, smaller) = (from.max(to), from.min(to));
            let [larger, smaller, change] = [larger, smaller, change].map(quantity::show);
            let message = format!("{larger}%与{smaller}%相差{change}个百分点，不能说“{}”", place.as_str());
            out.push(
                Finding::new(place.range(), message)
                    .replace(format!("{change}个百分点"), Applicability::Suggested),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean, messages};

    #[test]
    fn differences_called_percent() {
        check(&RULE, "参保率由上年的96.1％上升为97.3％，提高〔1.2％→1.2个百分点〕，位居全市前列。");
        assert_eq!(
            messages(&RULE, "合格率由80%提高到92%，提高12%。"),
            ["92%与80%相差12个百分点，不能说“12%”"]
        );
    }

    #[test]
    fn right_ways() {
        check_clean(&RULE, "企业由20家增加到30家，增长50%；利润率由5%提高到6%。");
    }
}
