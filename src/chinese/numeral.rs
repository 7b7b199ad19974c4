//! Numbers as Chinese text writes them: 二十三, 〇, 23, ２３, ㉓, ③.

/// Is `c` a Chinese digit or a unit of ten, as in 二十 or 〇?
#[must_use]
pub fn is_chinese_digit(c: char) -> bool {
    digit(c).is_some() || unit(c).is_some()
}

/// Is `c` one of the numerals that lists count with, 一 to 十?
#[must_use]
pub fn is_one_to_ten(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

fn digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

fn unit(c: char) -> Option<u32> {
    Some(match c {
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        _ => return None,
    })
}

/// The value of a whole number up to 9,999 in Chinese numerals (二十三, 一百零五), in Chinese digits (二〇二六), or in
/// ASCII or full-width digits. `None` where `text` is none of these.
#[must_use]
pub fn parse(text: &str) -> Option<u32> {
    if text.is_empty() || text.chars().count() > 9 {
        return None;
    }
    if let Some(digits) = text.chars().map(arabic_digit).collect::<Option<Vec<_>>>() {
        return Some(digits.iter().fold(0, |value, d| value * 10 + d));
    }
    if let Some(digits) = text.chars().map(digit).collect::<Option<Vec<_>>>() {
        return Some(digits.iter().fold(0u32, |value, d| value.saturating_mul(10) + d));
    }
    let (mut total, mut pending) = (0, None);
    for c in text.chars() {
        if let Some(value) = digit(c) {
            pending = Some(value);
        } else {
            total += pending.take().unwrap_or(1) * unit(c)?;
        }
    }
    Some(total + pending.unwrap_or(0))
}

/// The value of an ASCII or a full-width digit.
#[must_use]
pub fn arabic_digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

/// The bytes of the digits, Chinese or Arabic, that a text begins with.
#[must_use]
pub fn leading(text: &str) -> usize {
    text.find(|c| arabic_digit(c).is_none() && !is_chinese_digit(c)).unwrap_or(text.len())
}

/// `value` in Chinese numerals, as headings count: 十一, 二十, 一百零五. Past 9,999 in Arabic digits.
#[must_use]
pub fn to_chinese(value: u32) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    if value > 9_999 {
        return value.to_string();
    }
    if value == 0 {
        return "零".into();
    }
    let mut text = String::new();
    let mut skipped = false;
    for (size, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let count = (value / size % 10) as usize;
        if count == 0 {
            skipped = !text.is_empty();
            continue;
        }
        if skipped {
            text.push('零');
            skipped = false;
        }
        if !(size == 10 && count == 1 && text.is_empty()) {
            text.push(DIGITS[count]);
        }
        text.push_str(name);
    }
    text
}

/// The value of a circled number ① to ⑳.
#[must_use]
pub fn circled(c: char) -> Option<u32> {
    ('①'..='⑳').contains(&c).then(|| c as u32 - '①' as u32 + 1)
}

/// The circled number of `value`, from 1 to 20.
#[must_use]
pub fn to_circled(value: u32) -> Option<char> {
    (1..=20).contains(&value).then(|| char::from_u32('①' as u32 + value - 1)).flatten()
}

/// `value` written as another number is: in full-width or ASCII digits, circled, or in Chinese numerals.
#[cfg_attr(not(feature = "lsp"), allow(dead_code, reason = "only the server follows references"))]
#[must_use]
pub fn written_like(old: &str, value: u32) -> Option<String> {
    let full_width = |c: char| char::from_u32(c as u32 - '0' as u32 + '０' as u32).unwrap_or(c);
    match old.chars().next()? {
        '0'..='9' => Some(value.to_string()),
        '０'..='９' => Some(value.to_string().chars().map(full_width).collect()),
        c if circled(c).is_some() => to_circled(value).map(String::from),
        _ => Some(to_chinese(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_count_there_and_back() {
        for value in 1..2_500 {
            assert_eq!(parse(&to_chinese(value)), Some(value), "{}", to_chinese(value));
        }
        assert_eq!(to_chinese(11), "十一");
        assert_eq!(to_chinese(105), "一百零五");
    }

    #[test]
    fn other_ways_to_write() {
        assert_eq!(parse("二〇二六"), Some(2026));
        assert_eq!(parse("１２"), Some(12));
        assert_eq!(parse("十"), Some(10));
        assert_eq!(parse("甲"), None);
        assert_eq!(parse(""), None);
        assert_eq!(circled('③'), Some(3));
        assert_eq!(to_circled(21), None);
    }
}
