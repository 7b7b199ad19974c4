//! 起止日期颠倒：开始的日期晚于结束的日期。
//!
//! ## 例
//! - 公示期为〔2026年5月20日至2026年5月10日〕。
//! - 报名时间：〔5月20日（周三）至5月10日〕。
//! - 项目建设期〔2028年3月—2026年12月〕。
//!
//! ## 不报
//! - 供暖期为11月15日至3月15日。 （跨到下一年）
//! - 2026年12月20日至1月5日轮休。 （只有一头写明年份，月份倒着）
//! - 会期为2026年5月20日到2026年5月20日。 （起止同一天）
//!
//! ## 依据
//! 起止时间前后相承；《党政机关公文处理工作条例》第二十条：签发前审核时间是否准确。

use std::ops::Range;

use crate::chinese::date::{self, Date};
use crate::finding::{Finding, Severity};
use crate::rule::literals::Needs;
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "number/date-order",
    summary: "起止日期颠倒",
    severity: Severity::Warning,
    fix: None,
    doc: module_doc!("date_order.rs"),
    needs: &[Needs::Digit, Needs::AnyChar("月")],
    scope: Scope::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let dates = date::find(text);
    for pair in dates.windows(2) {
        let (from, to) = (&pair[0], &pair[1]);
        let between = &text[from.range.end..to.range.start];
        if !is_span(between) || !is_backwards(from, to) || is_exempt(text, &from.range) {
            continue;
        }
        let (start, end) = (&text[from.range.clone()], &text[to.range.clone()]);
        let message = format!("起止日期颠倒：“{start}”在“{end}”之后，请核对");
        out.push(Finding::new(from.range.start..to.range.end, message));
    }
}

/// 至, 到, or a dash, with the weekday or the hour of the first date before it.
fn is_span(between: &str) -> bool {
    let rest = between.trim();
    let rest =
        rest.strip_prefix(['（', '(']).and_then(|r| r.split_once(['）', ')'])).map_or(rest, |(_, r)| r);
    let begun =
        ["起", "开始", "启动", "开工", "动工", "开展"].into_iter().find_map(|word| rest.strip_prefix(word));
    let rest = begun.map_or(rest, |rest| rest.trim_start_matches(['，', ',', '、']));
    matches!(rest.trim(), "至" | "到" | "—" | "——" | "－" | "-" | "--" | "~" | "～" | "–")
}

fn is_backwards(from: &Date, to: &Date) -> bool {
    match (from.year, to.year) {
        (Some(a), Some(b)) if a != b => a > b,
        (Some(_), Some(_)) if from.month != to.month => from.month > to.month,
        (Some(_), None) | (None, None) | (Some(_), Some(_)) => {
            from.month == to.month && matches!((from.day, to.day), (Some(first), Some(last)) if first > last)
        }
        (None, Some(_)) => false,
    }
}

/// Lunar dates and reverse chronologies are skipped.
fn is_exempt(text: &str, range: &Range<usize>) -> bool {
    let before: String = text[..range.start].chars().rev().take(4).collect();
    before.contains('历') || before.contains('倒')
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn backwards() {
        check(&RULE, "建设期〔2028年3月—2026年12月〕，〔2026年9月至2026年3月〕为试运行。");
        check(&RULE, "〔2026年3月9日至3月2日〕集中整治。");
        check(&RULE, "整改自〔6月16日开始，至6月10日〕结束，公示从〔5月20日起至5月8日〕止。");
    }

    #[test]
    fn forwards() {
        check_clean(&RULE, "公示期为2026年5月10日至5月20日，报名时间：5月10日至20日。");
        check_clean(&RULE, "2026年5月20日到2026年5月20日；5月20日，比5月10日多3件。");
        check_clean(&RULE, "9月由8月1日起的政策接续。");
    }
}
