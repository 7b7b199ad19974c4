//! Dates as prose writes them: 2026年11月23日, 11月23日, 11月.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{calendar, numeral};

/// A date in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Date {
    /// Its bytes.
    pub range: Range<usize>,
    /// The year, where it is written here.
    pub year: Option<u32>,
    /// The month, from 1 to 12.
    pub month: u32,
    /// The day, where it is written here; it exists in its month.
    pub day: Option<u32>,
}

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?:([12][0-9]{3})\s?年\s?)?([0-9]{1,2})\s?月(?:\s?([0-9]{1,2})\s?[日号])?";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// The dates in `text` that exist, in order.
#[must_use]
pub fn find(text: &str) -> Vec<Date> {
    if !text.contains('月') {
        return Vec::new();
    }
    DATE.captures_iter(text)
        .filter_map(|found| {
            let value = |group| found.get(group).and_then(|m| numeral::parse(m.as_str()));
            let range = found.get_match().range();
            let (year, month, day) = (value(1), value(2)?, value(3));
            let inside_number = text[..range.start].ends_with(|c: char| c.is_ascii_digit() || c == '.');
            let exists = (1..=12).contains(&month)
                && day.is_none_or(|day| (1..=calendar::days_in_month(year, month)).contains(&day));
            (exists && !inside_number).then_some(Date { range, year, month, day })
        })
        .collect()
}

/// May a date like 2026-11-23, 2026/11/23 or 2026.11.23 stand in `text`?
#[must_use]
pub fn has_numeric(text: &str) -> bool {
    text.match_indices(['-', '/', '.']).any(|(at, mark)| {
        let year = text.as_bytes()[..at].last_chunk::<4>();
        year.is_some_and(|year| {
            matches!(year, [b'1', b'9', ..] | [b'2', b'0', ..]) && year.iter().all(u8::is_ascii_digit)
        }) && text[at + mark.len()..].starts_with(|c: char| c.is_ascii_digit())
    })
}

/// Does a text name a year in digits: 2026年?
#[must_use]
pub fn has_year(text: &str) -> bool {
    text.match_indices('年').any(|(at, _)| text[..at].ends_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_prose() {
        let found = find("2026年11月23日至25日，11月末，第13月，12026年1月");
        let read: Vec<_> = found.iter().map(|d| (d.year, d.month, d.day)).collect();
        assert_eq!(read, [(Some(2026), 11, Some(23)), (None, 11, None)]);
    }
}
