//! 不存在的日期、时间：2月30日、4月31日、13月、25时、平年的2月29日。
//!
//! ## 例
//! - 请于〔2月30日〕前报送材料。
//! - 〔2023年2月29日〕召开会议。
//! - 〔4月31日〕完成验收，〔13月份〕结算，下午〔3点75分〕结束。
//!
//! ## 不报
//! - 2024年2月29日召开会议。 （闰年）
//! - 农历二月三十日祭祖。 （农历）
//! - 免疫对象为24月龄婴儿，工期36个月，从13月台上车。 （月龄、月数、月台）
//! - 落款时间写成了2024年11月31日，而十一月没有31日。 （正在说这个日期不对）
//!
//! ## 依据
//! 格里高利历；《党政机关公文处理工作条例》第二十条：签发前审核时间是否准确。

use std::ops::Range;
use std::sync::LazyLock;

use regex_lite::{Captures, Regex};

use crate::chinese::{calendar, date, numeral};
use crate::finding::{Finding, Severity};
use crate::rule::literals::whole;
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "number/impossible-date",
    summary: "日期、时间不存在",
    severity: Severity::Error,
    fix: None,
    doc: module_doc!("impossible_date.rs"),
    needs: &[],
    scope: Scope::Paragraph(check),
};

static NUMERIC: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?P<year>(?:19|20)[0-9]{2})(?:-(?P<m1>[0-9]{1,2})-(?P<d1>[0-9]{1,2})|/(?P<m2>[0-9]{1,2})/(?P<d2>[0-9]{1,2})|\.(?P<m3>[0-9]{1,2})\.(?P<d3>[0-9]{1,2}))",
    )
});
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
    let mut found = Vec::new();
    impossible_ones(paragraph, &mut found);
    found.retain(|finding| !is_discussed(paragraph.text, &finding.range));
    out.append(&mut found);
}

/// 落款为11月31日，而十一月没有31日: the text itself says that there is no such day.
fn is_discussed(text: &str, range: &Range<usize>) -> bool {
    const WORDS: [&str; 6] = ["没有", "不存在", "不可能", "一看就", "有误", "笔误"];
    let after: String = text[range.end..].chars().take(30).collect();
    WORDS.iter().any(|word| after.contains(word))
}

fn impossible_ones(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if paragraph.may_contain_any("月") {
        dates(text, out);
    }
    if !paragraph.literals.has_digit() {
        return;
    }
    let numeric = paragraph.may_contain_any("-/.") && date::has_numeric(text);
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
    let timed = paragraph.may_contain_any("分:：")
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
    for (at, mark) in text.match_indices('月') {
        let (before, after) = (&text[..at], &text[at + mark.len()..]);
        let written = number_before(before);
        let Some(month) = numeral::parse(written) else { continue };
        let start = at - written.len();
        if let Some(day) = number_after(after, &['日', '号']) {
            let end = at + mark.len() + day.len() + '日'.len_utf8();
            let year = year_before(&text[..start]);
            let start = year.map_or(start, |year| start - year.len() - '年'.len_utf8());
            if let Some(day) = numeral::parse(day)
                && !is_lunar(&text[..start])
                && !starts_inside_number(text, start)
            {
                let why = impossible(year.and_then(numeral::parse), month, day);
                out.extend(why.map(|why| Finding::new(start..end, why)));
            }
        }
        let part = PARTS.iter().find(|part| after.starts_with(**part));
        if let Some(part) = part
            && (month == 0 || month > 12)
            && written.chars().all(is_arabic)
            && !starts_inside_number(text, start)
        {
            let end = at + mark.len() + part.len();
            out.push(Finding::new(start..end, format!("没有{month}月，请核对")));
        }
    }
}

const PARTS: [&str; 6] = ["份", "底", "初", "中旬", "上旬", "下旬"];

fn is_arabic(c: char) -> bool {
    numeral::arabic_digit(c).is_some()
}

fn is_chinese(c: char) -> bool {
    numeral::is_one_to_ten(c)
}

/// The number at the end of a text: two digits of Arabic, three of Chinese at the most.
fn number_before(text: &str) -> &str {
    let last = |most: usize, is: fn(char) -> bool| -> usize {
        text.chars().rev().take(most).take_while(|c| is(*c)).map(char::len_utf8).sum()
    };
    let bytes = last(2, is_arabic).max(last(3, is_chinese));
    &text[text.len() - bytes..]
}

/// The number at the beginning of a text, no longer than that, before one of some characters.
fn number_after<'t>(text: &'t str, ends: &[char]) -> Option<&'t str> {
    let first = |most: usize, is: fn(char) -> bool| -> usize {
        text.chars().take(most).take_while(|c| is(*c)).map(char::len_utf8).sum()
    };
    let bytes = first(2, is_arabic).max(first(3, is_chinese));
    (bytes > 0 && text[bytes..].starts_with(ends)).then(|| &text[..bytes])
}

/// The year of four digits before 年 at the end of a text.
fn year_before(text: &str) -> Option<&str> {
    let text = text.strip_suffix('年')?;
    let (start, _) = text.char_indices().rev().nth(3)?;
    let year = &text[start..];
    let chinese = |c: char| "一二三四五六七八九〇零○".contains(c);
    (year.chars().all(is_arabic) || year.chars().all(chinese)).then_some(year)
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
        check(&RULE, "〔4月31日〕完成验收，〔13月份〕结算，〔二月三十日〕复查。");
        check(&RULE, "〔二〇二三年二月二十九日〕印发，〔2024-06-31〕归档。");
        check(&RULE, "会议定于5月6日〔25:30〕开始，下午〔3点75分〕结束。");
    }

    #[test]
    fn possible() {
        check_clean(&RULE, "落款时间为2024年11月31日。众所周知，十一月没有31日。");
        check_clean(&RULE, "2024年2月29日、2月29日、12月31日24时前完成，上午9:30开会。");
        check_clean(&RULE, "版本2024.13.5.1，电话0377-2024-13-45，比分3:70，1—6月份。");
        check_clean(&RULE, "2023年1—12月份，全市共接诊30万人次。");
    }
}
