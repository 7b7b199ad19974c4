//! Dates and document numbers with nothing in them: 年  月  日, 〔〕16号.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::Blank;
use crate::finding::Severity;
use crate::rule::Paragraph;
use crate::text::block::BlockKind;

/// A date with or without its figures.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?P<year>(?:19|20)\d{2}|20)?\s*年(?P<before_month>\s*)(?P<month>\d{1,2})?\s*月(?P<before_day>\s*)(?:(?P<day>\d{1,2})?\s*日)?";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// A document number (发文字号) without its year, or without its number.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?P<year>〔\s*〕|\[\s*\]|［\s*］|【\s*】)\s*\d*\s*号|[〔\[［]20\d{2}[〕\]］](?P<number>\s+|\s*[_＿]+\s*|)号";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// A line with one of these is filled in by hand, on paper.
const FORM: [&str; 14] = [
    "签字", "签名", "签章", "盖章", "公章", "签收", "审批", "审核", "意见", "甲方", "乙方", "填表", "经办",
    "领取",
];

pub(super) fn find(paragraph: &Paragraph<'_>, blanks: &mut Vec<Blank>) {
    let text = paragraph.text;
    if paragraph.may_contain_any("月") {
        dates(paragraph, blanks);
    }
    if paragraph.may_contain_any("〔[［【") {
        let found = NUMBER.captures_iter(text).map(|found| {
            let severity = if found.name("year").is_some() { Severity::Error } else { Severity::Warning };
            Blank { range: found.get_match().range(), severity }
        });
        blanks.extend(found);
    }
}

fn dates(paragraph: &Paragraph<'_>, blanks: &mut Vec<Blank>) {
    let text = paragraph.text;
    let mut found = DATE.captures_iter(text).filter(is_blank);
    let Some(date) = found.next() else { return };
    // Several, or one in a cell, are a form's.
    let is_form = found.next().is_some()
        || paragraph.kind == BlockKind::TableCell
        || FORM.iter().any(|word| text.contains(word))
        || text.contains("__");
    if is_form {
        return;
    }
    let range = trimmed(text, date.get_match().range());
    let is_labelled = text[..range.start].trim_end().ends_with(['：', ':']);
    if is_labelled && date.name("year").is_none() {
        return;
    }
    let is_alone = text[..range.start].trim().is_empty() && text[range.end..].trim().is_empty();
    let severity = if is_alone || is_labelled { Severity::Info } else { Severity::Warning };
    blanks.push(Blank { range, severity });
}

/// Is there white space where a figure belongs?
fn is_blank(date: &Captures<'_>) -> bool {
    let empty = |figure: &str, space: &str| date.name(figure).is_none() && !date[space].is_empty();
    empty("month", "before_month")
        || (empty("day", "before_day") && date.get_match().as_str().ends_with('日'))
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let shown = &text[range.clone()];
    range.start + (shown.len() - shown.trim_start().len())..range.start + shown.trim_end().len()
}
