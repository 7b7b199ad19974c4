//! 小数点写成了别的符号：3。5、98．6、12﹒35。小数点用半角的“.”。
//!
//! ## 例
//! - 增长了〔3。5→3.5〕个百分点。
//! - 平均达到〔98．6→98.6〕分。
//! - 人均面积〔12。35→12.35〕平方米。
//!
//! ## 不报
//! - 增长了3.5个百分点。 （写对的）
//! - 活动共举办3次。5个单位参加。 （句号后面是另一句）
//! - 编号为3。2024年修订。 （句号后面是另一句）
//!
//! ## 依据
//! GB/T 15835-2011《出版物上数字用法》：小数点用齐阴文小圆点“.”，居于底线。

use std::sync::LazyLock;

use regex::Regex;

use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::Needs;
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "number/decimal-point",
    summary: "小数点写成了别的符号",
    severity: Severity::Error,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("decimal_point.rs"),
    needs: &[Needs::Digit, Needs::AnyChar("。．﹒")],
    scope: Scope::Paragraph(check),
};

/// A number that is measured, so that no sentence begins in it.
static DECIMAL: LazyLock<Regex> = LazyLock::new(|| {
    let unit = "[%％‰℃]|个百分点|百分点|万|亿|元|分|倍|公里|千米|平方|立方|公顷|亩|吨|公斤|千克|毫米|厘米|米|度|千瓦|兆|级";
    let pattern = format!(r"([0-9]{{1,4}})([．。﹒])([0-9]{{1,2}})(?:{unit})");
    Regex::new(&pattern).expect("the pattern is a constant")
});

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let within = |(at, mark): (usize, &str)| {
        text[..at].ends_with(|c: char| c.is_ascii_digit())
            && text[at + mark.len()..].starts_with(|c: char| c.is_ascii_digit())
    };
    if !text.match_indices(['。', '．', '﹒']).any(within) {
        return;
    }
    for found in DECIMAL.captures_iter(text) {
        let (Some(whole), Some(mark), Some(fraction)) = (found.get(1), found.get(2), found.get(3)) else {
            continue;
        };
        let before = text[..whole.start()].chars().next_back();
        // A part of a longer number, of a clause's number, or of a name.
        let is_part = before.is_none_or(|c| c.is_ascii_alphanumeric() || "．。﹒.第-、号条（(".contains(c));
        // 编号为3。5万元以上的另行报批: a sentence that ends in a number says which, not how much.
        let ends = mark.as_str() == "。"
            && before.is_some_and(|c| "为号是第附表图".contains(c))
            && fraction.len() == 1;
        if is_part || ends {
            continue;
        }
        let right = format!("{}.{}", whole.as_str(), fraction.as_str());
        let message = format!("小数点应写作“.”：{right}");
        let finding = Finding::new(whole.start()..fraction.end(), message);
        // The full-width point was the usual one before 1995, and texts of that time are still copied.
        let severity = if mark.as_str() == "。" { Severity::Error } else { Severity::Warning };
        out.push(finding.with_severity(severity).replace(right, Applicability::Suggested));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn other_points() {
        check(&RULE, "完成投资〔2。35→2.35〕亿元，同比增长〔18．6→18.6〕%，均价〔4﹒5→4.5〕元。");
        check(&RULE, "最高气温〔38。5→38.5〕℃，里程〔12．8→12.8〕公里，平均〔92。5→92.5〕分。");
    }

    #[test]
    fn points_and_full_stops() {
        check_clean(&RULE, "完成投资2.35亿元。5月10日开工。项目编号为3。5万元以上的另行报批。");
        check_clean(&RULE, "1．2总体要求\n1．1．3米尺的使用");
        check_clean(&RULE, "比分为3。2024年再战。");
    }
}
