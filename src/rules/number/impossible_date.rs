//! 不存在的日期、时间：2月30日、4月31日、13月、25时、平年的2月29日。
//!
//! ## 例
//! - 请于〔2月30日〕前报送材料。
//! - 〔2023年2月29日〕召开会议。
//! - 〔4月31日〕完成验收，〔13月份〕结算。
//!
//! ## 不报
//! - 农历日期：农历二月三十、腊月三十日。
//! - 月龄、周期：24月龄、36个月。
//! - 闰年的2月29日：2024年2月29日。
//!
//! ## 依据
//! GB/T 7408《日期和时间的表示法》；格里高利历的闰年规则。

use std::ops::Range;
use std::sync::LazyLock;

use regex_lite::{Captures, Regex};

use crate::chinese::{calendar, date, numeral};
use crate::lint::diagnostic::Severity;
use crate::rules::cues::whole;
use crate::rules::{Finding, Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "number/impossible-date",
    summary: "日期、时间不存在",
    severity: Severity::Error,
    fix: None,
    doc: module_doc!("impossible_date.rs"),
    scope: Scope::Paragraph(check),
};

const NUMBER: &str = "[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3}";

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let year = "(?P<year>[0-9０-９]{4}|[一二三四五六七八九〇零○]{4})年";
    regex(&format!("(?:{year})?(?P<month>{NUMBER})月(?:(?P<day>{NUMBER})[日号])"))
});
static NUMERIC: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?P<year>(?:19|20)[0-9]{2})(?:-(?P<m1>[0-9]{1,2})-(?P<d1>[0-9]{1,2})|/(?P<m2>[0-9]{1,2})/(?P<d2>[0-9]{1,2})|\.(?P<m3>[0-9]{1,2})\.(?P<d3>[0-9]{1,2}))",
    )
});
static MONTH: LazyLock<Regex> =
    LazyLock::new(|| regex("(?P<month>[0-9０-９]{1,2})月(?:份|底|初|中旬|上旬|下旬)"));
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"[日午晨晚][\s\u{A0}\u{3000}]?(?P<hour>[0-9]{1,2})(?:[时点](?P<minute>[0-9]{1,2})分|[:：](?P<minute2>[0-9]{2}))",
    )
});

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant")
}

fn value(found: &Captures<'_>, name: &str) -> Option<u32> {
    found.name(name).and_then(|group| numeral::parse(group.as_str()))
}

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if paragraph.cues.may_hold("月") {
        dates(text, out);
    }
    if !paragraph.cues.has_digit() {
        return;
    }
    let numeric = paragraph.cues.may_hold("-/.") && date::has_numeric(text);
    for found in NUMERIC.captures_iter(if numeric { text } else { "" }) {
        let get = |names: [&str; 3]| names.iter().find_map(|name| value(&found, name));
        let range = whole(&found).range();
        let attached =
            |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/'));
        if attached(text[..range.start].chars().next_back()) || attached(text[range.end..].chars().next()) {
            continue; // A part of a longer number: a version, a file's name, a telephone number.
        }
        if let (Some(month), Some(day)) = (get(["m1", "m2", "m3"]), get(["d1", "d2", "d3"])) {
            out.extend(impossible(value(&found, "year"), month, day).map(|why| Finding::new(range, why)));
        }
    }
    let timed = paragraph.cues.may_hold("分:：")
        && text
            .match_indices(['日', '午', '晨', '晚'])
            .any(|(at, mark)| text[at + mark.len()..].trim_start().starts_with(|c: char| c.is_ascii_digit()));
    for found in TIME.captures_iter(if timed { text } else { "" }) {
        let minute = value(&found, "minute").or_else(|| value(&found, "minute2")).unwrap_or(0);
        let hour = value(&found, "hour").unwrap_or(0);
        if hour > 24 || minute > 59 || (hour == 24 && minute > 0) {
            let range = found.name("hour").map_or(0, |h| h.start())..whole(&found).end();
            out.push(Finding::new(range, format!("没有{hour}时{minute}分这个时间，请核对")));
        }
    }
}

fn dates(text: &str, out: &mut Vec<Finding>) {
    let day = |c: char| numeral::arabic_digit(c).is_some() || numeral::is_chinese_digit(c);
    for (at, around) in months(text).filter(|(at, _)| text[at + '月'.len_utf8()..].starts_with(day)) {
        let mut found = DATE.captures_iter(&text[around.clone()]);
        let Some(found) = found.find(|found| around.start + whole(found).end() > at) else { continue };
        let range = around.start + whole(&found).start()..around.start + whole(&found).end();
        let (Some(month), Some(day)) = (value(&found, "month"), value(&found, "day")) else { continue };
        if is_lunar(&text[..range.start]) || starts_inside_number(text, range.start) {
            continue;
        }
        out.extend(impossible(value(&found, "year"), month, day).map(|why| Finding::new(range, why)));
    }
    for (at, around) in months(text).filter(|(at, _)| text[at + '月'.len_utf8()..].starts_with(PART)) {
        let mut found = MONTH.captures_iter(&text[around.clone()]);
        let Some(found) = found.find(|found| around.start + whole(found).end() > at) else { continue };
        let month = value(&found, "month").unwrap_or(1);
        let range = around.start + whole(&found).start()..around.start + whole(&found).end();
        if (month == 0 || month > 12) && !starts_inside_number(text, range.start) {
            out.push(Finding::new(range, format!("没有{month}月，请核对")));
        }
    }
}

/// A date is no longer than this many characters before its 月, and after it.
const BEFORE: usize = 8;
const AFTER: usize = 4;

/// A part of a month.
const PART: [char; 6] = ['份', '底', '初', '中', '上', '下'];

/// Each 月 that follows a number, and what stands about it.
fn months(text: &str) -> impl Iterator<Item = (usize, Range<usize>)> + '_ {
    let number = |c: char| numeral::arabic_digit(c).is_some() || numeral::is_chinese_digit(c);
    text.match_indices('月').filter(move |(at, _)| text[..*at].ends_with(number)).map(|(at, _)| {
        let before: usize = text[..at].chars().rev().take(BEFORE).map(char::len_utf8).sum();
        let after: usize = text[at..].chars().take(1 + AFTER).map(char::len_utf8).sum();
        (at, at - before..at + after)
    })
}

fn starts_inside_number(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(|c| {
        numeral::arabic_digit(c).is_some()
            || numeral::is_chinese_digit(c)
            || matches!(c, '.' | '-' | '第' | '—' | '～' | '~')
    })
}

fn is_lunar(before: &str) -> bool {
    let tail: String = before.chars().rev().take(4).collect();
    ["历农", "历阴", "历旧", "历夏", "历藏"].iter().any(|name| tail.contains(name))
}

fn impossible(year: Option<u32>, month: u32, day: u32) -> Option<String> {
    let days = calendar::days_in_month(year, month);
    match (year, month) {
        (_, 0 | 13..) => Some(format!("没有{month}月，请核对日期")),
        _ if (1..=days).contains(&day) => None,
        (Some(year), 2) if day == 29 => Some(format!("{year}年不是闰年，2月只有28天，请核对日期")),
        (None, 2) => Some(format!("2月没有{day}日，最多29天，请核对日期")),
        _ => Some(format!("{month}月没有{day}日，只有{days}天，请核对日期")),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn impossible() {
        check(&RULE, "请于〔2月30日〕前报送，〔2023年2月29日〕召开会议。");
        check(&RULE, "〔4月31日〕完成验收，〔13月份〕结算，〔二月三十日〕复查。");
        check(&RULE, "〔二〇二三年二月二十九日〕印发，〔2024-06-31〕归档。");
        check(&RULE, "会议定于5月6日〔25:30〕开始，下午〔3点75分〕结束。");
    }

    #[test]
    fn possible() {
        check_clean(&RULE, "2024年2月29日、2月29日、12月31日24时前完成，上午9:30开会。");
        check_clean(&RULE, "农历二月三十日，24月龄婴儿，36个月，第13月台。");
        check_clean(&RULE, "版本2024.13.5.1，电话0377-2024-13-45，比分3:70，1—6月份。");
        check_clean(&RULE, "2023年1—12月份，全市共接诊30万人次。");
    }
}
