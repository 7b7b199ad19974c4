//! The numbers that headings and items begin with: 一、（一） 1. （1） ① 第一章 1.1, with the variants people type.

use std::ops::Range;

use crate::chinese::is_hanzi;
use crate::chinese::numeral;

/// The form of a number. The first five are the levels of official documents, in their order (GB/T
/// 9704-2012,
/// 7.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberForm {
    /// 一、
    Chinese,
    /// （一）
    ChineseParen,
    /// 1.
    Arabic,
    /// （1）
    ArabicParen,
    /// ①
    Circled,
    /// 第一部分, 第一编
    Division,
    /// 第一章
    Chapter,
    /// 第一节
    Section,
    /// 第一条
    Article,
    /// 1.1, 1.1.1: the number of dots says the level. Without one it is 1 above 1.1.
    Decimal(u8),
}

/// A number at the start of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// Its form.
    pub style: NumberForm,
    /// Its value; of a decimal number, that of its last part.
    pub value: u32,
    /// The bytes of the number itself, without brackets and punctuation.
    pub number: Range<usize>,
    /// The bytes of the whole marker, with brackets and punctuation but without the space after it.
    pub range: Range<usize>,
    /// What follows or encloses the number, as typed: `、`, `.`, `()`, `（）`, `）`.
    pub punctuation: String,
}

impl Marker {
    /// The whole marker of a line as it would be with another number.
    #[must_use]
    pub fn renumbered(&self, line: &str, value: u32) -> Option<String> {
        let number = self.number_as(line, value)?;
        let (range, own) = (&self.range, &self.number);
        Some(format!("{}{number}{}", &line[range.start..own.start], &line[own.end..range.end]))
    }

    /// `value` written as this marker's number is.
    #[must_use]
    pub fn number_as(&self, text: &str, value: u32) -> Option<String> {
        let number = &text[self.number.clone()];
        match self.style {
            NumberForm::Circled => numeral::to_circled(value).map(String::from),
            NumberForm::Decimal(0) => Some(value.to_string()),
            NumberForm::Decimal(_) => number.rfind('.').map(|dot| format!("{}.{value}", &number[..dot])),
            _ if number.starts_with(|c| numeral::arabic_digit(c).is_some()) => Some(value.to_string()),
            _ => Some(numeral::to_chinese(value)),
        }
    }
}

/// The marker that `line` begins with, if any. Its ranges are bytes of `line`.
#[must_use]
pub fn parse(line: &str) -> Option<Marker> {
    let first = line.chars().next()?;
    if let Some(value) = numeral::circled(first) {
        let end = first.len_utf8();
        return Some(marker(NumberForm::Circled, value, 0..end, 0..end, ""));
    }
    match first {
        '（' | '(' => bracketed(line, first),
        '第' => ordinal(line),
        _ => plain(line),
    }
}

fn marker(
    style: NumberForm,
    value: u32,
    number: Range<usize>,
    range: Range<usize>,
    punctuation: &str,
) -> Marker {
    Marker { style, value, number, range, punctuation: punctuation.to_owned() }
}

/// The run of Chinese numerals or of digits that `text` begins with: its length, its value, and whether it is
/// Arabic.
pub(crate) fn number(text: &str) -> Option<(usize, u32, bool)> {
    let arabic = text.starts_with(|c| numeral::arabic_digit(c).is_some());
    let belongs = |c| {
        if arabic { numeral::arabic_digit(c).is_some() } else { c != '两' && numeral::is_chinese_digit(c) }
    };
    let len = text.find(|c| !belongs(c)).unwrap_or(text.len());
    let value = numeral::parse(text.get(..len).filter(|digits| !digits.is_empty())?)?;
    // A heading is never number 2024, and none has the number 0.
    (1..=199).contains(&value).then_some((len, value, arabic))
}

fn bracketed(line: &str, open: char) -> Option<Marker> {
    let start = open.len_utf8();
    let (len, value, arabic) = number(&line[start..])?;
    let close = line[start + len..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
    let style = if arabic { NumberForm::ArabicParen } else { NumberForm::ChineseParen };
    let end = start + len + close.len_utf8();
    Some(marker(style, value, start..start + len, 0..end, &format!("{open}{close}")))
}

/// What parts of a text are called by number: 第三章.
pub(crate) const ORDINALS: [(&str, NumberForm); 5] = [
    ("部分", NumberForm::Division),
    ("编", NumberForm::Division),
    ("章", NumberForm::Chapter),
    ("节", NumberForm::Section),
    ("条", NumberForm::Article),
];

fn ordinal(line: &str) -> Option<Marker> {
    let start = '第'.len_utf8();
    let (len, value, _) = number(&line[start..])?;
    let rest = &line[start + len..];
    let (name, style) = ORDINALS.into_iter().find(|(name, _)| rest.starts_with(name))?;
    let end = start + len + name.len();
    // 第一条是… is a sentence, 第一节课 a lesson.
    let next = line[end..].chars().next();
    if !next.is_none_or(|c| c.is_whitespace() || matches!(c, '：' | ':' | '、' | '　')) {
        return None;
    }
    Some(marker(style, value, start..start + len, 0..end, ""))
}

fn plain(line: &str) -> Option<Marker> {
    let (len, value, arabic) = number(line)?;
    let rest = &line[len..];
    let next = rest.chars().next()?;
    let after = rest[next.len_utf8()..].chars().next();
    let style = if arabic { NumberForm::Arabic } else { NumberForm::Chinese };
    match next {
        // 1.2025年工作回顾
        '.' if arabic && after.is_some_and(|c| c.is_ascii_digit()) && !is_year(&rest[1..]) => decimal(line),
        '、' if is_series(value, &rest[next.len_utf8()..]) => None,
        '、' | '.' | '．' => {
            Some(marker(style, value, 0..len, 0..len + next.len_utf8(), next.encode_utf8(&mut [0; 4])))
        }
        // 一，加强领导: a slip for 一、; 1，234 and 一，二 are none.
        '，' | ',' | '：' | ':'
            if !arabic && after.is_some_and(|c| !c.is_whitespace() && !numeral::is_chinese_digit(c)) =>
        {
            Some(marker(style, value, 0..len, 0..len + next.len_utf8(), next.encode_utf8(&mut [0; 4])))
        }
        '）' | ')' if value <= 99 => {
            let style = if arabic { NumberForm::ArabicParen } else { NumberForm::ChineseParen };
            Some(marker(style, value, 0..len, 0..len + next.len_utf8(), next.encode_utf8(&mut [0; 4])))
        }
        _ => None,
    }
}

/// 2025年, 2025—2026学年
fn is_year(text: &str) -> bool {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    digits == 4 && text.starts_with(['1', '2']) && text[4..].starts_with(['年', '—', '-', '－'])
}

/// 1、2号楼, 一、二年级, 三、四季度: a series of numbers, not one number before a text.
fn is_series(value: u32, rest: &str) -> bool {
    number(rest).is_some_and(|(len, next, _)| {
        let counted =
            rest[len..].starts_with(|c| "季月日年号层楼级等类批期次个名人家位项条区组、".contains(c));
        next > value && next - value <= 3 && counted
    })
}

/// 1.1 总体情况, 2.3.1 … A decimal number is one only before a space or a Chinese character that is no
/// unit: 1.5倍
/// is none.
fn decimal(line: &str) -> Option<Marker> {
    let len = line.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(line.len());
    let number = &line[..len];
    let parts: Vec<_> =
        number.split('.').map(|part| part.parse::<u32>().ok().filter(|v| (1..=99).contains(v))).collect();
    let value = (*parts.last()?)?;
    if parts.iter().any(Option::is_none) || parts.len() > 4 {
        return None;
    }
    let spaced = line[len..].starts_with(|c: char| c.is_whitespace());
    let titled = parts.len() > 2 && line[len..].starts_with(is_hanzi);
    (spaced || titled)
        .then(|| marker(NumberForm::Decimal((parts.len() - 1) as u8), value, 0..len, 0..len, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<(NumberForm, u32, &str)> {
        parse(line).map(|m| (m.style, m.value, &line[m.range]))
    }

    #[test]
    fn the_levels_of_official_documents_and_their_variants() {
        assert_eq!(read("一、政治思想方面："), Some((NumberForm::Chinese, 1, "一、")));
        assert_eq!(read("十二．其他"), Some((NumberForm::Chinese, 12, "十二．")));
        assert_eq!(read("（二）工作"), Some((NumberForm::ChineseParen, 2, "（二）")));
        assert_eq!(read("(一)有吃苦耐劳"), Some((NumberForm::ChineseParen, 1, "(一)")));
        assert_eq!(read("1、校长"), Some((NumberForm::Arabic, 1, "1、")));
        assert_eq!(read("3.抓好落实"), Some((NumberForm::Arabic, 3, "3.")));
        assert_eq!(read("（4）责任"), Some((NumberForm::ArabicParen, 4, "（4）")));
        assert_eq!(read("5）责任"), Some((NumberForm::ArabicParen, 5, "5）")));
        assert_eq!(read("⑥其他"), Some((NumberForm::Circled, 6, "⑥")));
        assert_eq!(read("第一章 总则"), Some((NumberForm::Chapter, 1, "第一章")));
        assert_eq!(read("第十二条　本办法"), Some((NumberForm::Article, 12, "第十二条")));
        assert_eq!(read("1.2025年工作回顾"), Some((NumberForm::Arabic, 1, "1.")));
        assert_eq!(read("第二部分 调查结果"), Some((NumberForm::Division, 2, "第二部分")));
        assert_eq!(read("1.2 总体情况"), Some((NumberForm::Decimal(1), 2, "1.2")));
    }

    #[test]
    fn numbers_that_number_nothing() {
        for line in [
            "2024.1.5",
            "1.5倍",
            "1、2号楼",
            "一、二年级",
            "2024年",
            "一方面",
            "三个方面",
            "第一条是",
            "第一节课",
            "10：30开会",
            "1，234",
            "",
            "（",
            "（见附件）",
            "一",
            "1",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }

    #[test]
    fn renumbering_keeps_the_form() {
        let as_five = |line: &str| parse(line).and_then(|m| m.number_as(line, 5));
        assert_eq!(as_five("（二）工作").as_deref(), Some("五"));
        assert_eq!(as_five("第2章 总则").as_deref(), Some("5"));
        assert_eq!(as_five("⑥").as_deref(), Some("⑤"));
        assert_eq!(as_five("1.2.3 总则").as_deref(), Some("1.2.5"));
    }
}
