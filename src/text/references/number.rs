//! Numbers by which things are referred to: 2, ２, 二, and in parts: 2-1, 3.2.

use std::ops::Range;

use crate::chinese::numeral;
use crate::text::numbering;

/// A number, and where it stands in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    /// Its parts: one but for 2-1.
    pub(crate) parts: Vec<u32>,
    /// Its bytes.
    pub(crate) range: Range<usize>,
}

/// What parts the parts of a number.
const HYPHENS: [char; 7] = ['-', '－', '–', '—', '‐', '.', '．'];

/// The number that stands at a place.
pub(crate) fn at(text: &str, start: usize) -> Option<Number> {
    let (mut end, first) = part(text, start)?;
    let mut parts = vec![first];
    let is_arabic = |at: usize| text[at..].starts_with(|c| numeral::arabic_digit(c).is_some());
    while is_arabic(start) {
        let Some(hyphen) = text[end..].chars().next().filter(|c| HYPHENS.contains(c)) else { break };
        let next = end + hyphen.len_utf8();
        let Some((after, value)) = part(text, next).filter(|_| is_arabic(next)) else { break };
        parts.push(value);
        end = after;
    }
    Some(Number { parts, range: start..end })
}

/// The ends of a span of numbers, 1—3, which is written as 2-1 is.
pub(crate) fn span(text: &str, number: &Number) -> Option<[Number; 2]> {
    let &[first, last] = &number.parts[..] else { return None };
    let Range { start, end } = number.range;
    let written = &text[start..end];
    let (at, hyphen) = written.char_indices().find(|(_, c)| HYPHENS.contains(c) && !".．".contains(*c))?;
    let one = |value, range| Number { parts: vec![value], range };
    let second = start + at + hyphen.len_utf8();
    (first < last).then(|| [one(first, start..start + at), one(last, second..end)])
}

/// The run of digits or of Chinese numerals at a place: its end and its value.
fn part(text: &str, start: usize) -> Option<(usize, u32)> {
    let (len, value, _) = numbering::number(&text[start..])?;
    Some((start + len, value))
}

/// The number that stands at a place, or behind one space there.
pub(crate) fn behind(text: &str, start: usize) -> Option<Number> {
    let space = text[start..].chars().next().filter(|c| c.is_whitespace()).map_or(0, char::len_utf8);
    at(text, start + space)
}

/// Counted things are not numbered ones: 3份, 2个, 5月.
pub(crate) fn is_count(after: &str) -> bool {
    const UNITS: &str =
        "个份张块幅次篇项名人件本种类家位套处例册批户万亿千百元年月日时天倍页岁米吨亩度%％℃余多";
    after.starts_with(|c: char| UNITS.contains(c))
}

/// The numbers that go on from one: 附件1、2和3.
pub(crate) fn continued(text: &str, end: usize) -> Vec<Number> {
    let mut found = Vec::new();
    let mut end = end;
    while let Some(next) = text[end..].chars().next().filter(|c| "、和及与至到或～~".contains(*c)) {
        let Some(number) = at(text, end + next.len_utf8()) else { break };
        let after = &text[number.range.end..];
        // 附件1、2.登记表 begins the next line of a list; 一、二 may be 一、二是.
        let is_arabic = text[number.range.start..].starts_with(|c| numeral::arabic_digit(c).is_some());
        let ends = !after.starts_with(|c: char| c.is_ascii_alphanumeric());
        if !is_arabic || !ends || is_count(after) || after.starts_with(['.', '．', ':', '：', '%', '％']) {
            break;
        }
        end = number.range.end;
        found.push(number);
    }
    found
}

/// A number written as another was: with its digits, its width, what parts it.
pub(crate) fn written_like(old: &str, parts: &[u32]) -> Option<String> {
    let is_hyphen = |c: char| HYPHENS.contains(&c);
    let runs: Vec<&str> = old.split(is_hyphen).collect();
    let hyphens: Vec<char> = old.chars().filter(|c| is_hyphen(*c)).collect();
    let mut new = String::new();
    for (index, value) in parts.iter().enumerate() {
        if index > 0 {
            new.push(*hyphens.get(index - 1).or(hyphens.last()).unwrap_or(&'-'));
        }
        let like = runs.get(index).or(runs.last()).copied().unwrap_or_default();
        new += &numeral::written_like(like, *value)?;
    }
    Some(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(Vec<u32>, &str)> {
        at(text, 0).map(|number| (number.parts, &text[number.range]))
    }

    #[test]
    fn numbers_and_their_parts() {
        assert_eq!(parts("2填报"), Some((vec![2], "2")));
        assert_eq!(parts("１２"), Some((vec![12], "１２")));
        assert_eq!(parts("十二、"), Some((vec![12], "十二")));
        assert_eq!(parts("2-1 户数"), Some((vec![2, 1], "2-1")));
        assert_eq!(parts("3.2。"), Some((vec![3, 2], "3.2")));
        assert_eq!(parts("1.人员名单"), Some((vec![1], "1")));
        assert_eq!(parts("1.2025年"), Some((vec![1], "1")));
        assert_eq!(parts("2024年"), None);
        assert_eq!(parts("现"), None);
    }

    #[test]
    fn numbers_that_go_on() {
        let all = |text: &str| {
            let first = at(text, 0).unwrap();
            continued(text, first.range.end).into_iter().map(|it| it.parts[0]).collect::<Vec<_>>()
        };
        assert_eq!(all("1、2和3"), [2, 3]);
        assert_eq!(all("1、2的要求"), [2]);
        assert!(all("1、2份").is_empty() && all("1、2.登记表").is_empty() && all("1、20户").is_empty());
    }

    #[test]
    fn spans() {
        let ends = |text: &str| {
            let all = span(text, &at(text, 0)?)?;
            Some(all.map(|it| (it.parts[0], text[it.range].to_owned())))
        };
        assert_eq!(ends("1—3"), Some([(1, "1".to_owned()), (3, "3".to_owned())]));
        assert_eq!(ends("２－１０。"), Some([(2, "２".to_owned()), (10, "１０".to_owned())]));
        assert!(ends("3-1").is_none() && ends("1.3").is_none() && ends("1-2-3").is_none());
    }

    #[test]
    fn a_new_number_looks_like_the_old() {
        let like = |old, parts: &[u32]| written_like(old, parts).unwrap();
        assert_eq!(like("２", &[13]), "１３");
        assert_eq!(like("二", &[3]), "三");
        assert_eq!(like("2—1", &[2, 4]), "2—4");
        assert_eq!(like("2", &[2, 4]), "2-4");
        assert_eq!(like("②", &[3]), "③");
        assert_eq!(written_like("②", &[30]), None);
    }
}
