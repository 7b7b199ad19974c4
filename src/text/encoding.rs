//! Bytes → text and back: UTF-8, GB18030 (with GBK and GB 2312 inside it) and UTF-16 with a byte order mark.

use std::borrow::Cow;
use std::fmt;

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

/// How a file was saved, so that a fix can save it the same way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// UTF-8 without a byte order mark.
    Utf8,
    /// UTF-8 after a byte order mark.
    Utf8Bom,
    /// GB 18030, which holds GBK and GB 2312: what Windows calls ANSI in China.
    Gb18030,
    /// UTF-16, little endian, after a byte order mark.
    Utf16Le,
    /// UTF-16, big endian, after a byte order mark.
    Utf16Be,
}

impl fmt::Display for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Utf8Bom => "UTF-8 BOM",
            Self::Gb18030 => "GB18030",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
        })
    }
}

/// Bytes that are no text in any encoding known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotText;

impl fmt::Display for NotText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("不是文本文件（既非 UTF-8，也非 GB18030 或 UTF-16）")
    }
}

impl std::error::Error for NotText {}

/// Decodes a file. The byte order mark is not part of the text.
///
/// # Errors
/// [`NotText`] where the bytes are neither UTF-8, nor UTF-16 with a byte order mark, nor Chinese in GB 18030.
pub fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Charset), NotText> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return std::str::from_utf8(rest).map(|text| (text.into(), Charset::Utf8Bom)).map_err(|_| NotText);
    }
    for (mark, encoding, charset) in
        [(b"\xFF\xFE", UTF_16LE, Charset::Utf16Le), (b"\xFE\xFF", UTF_16BE, Charset::Utf16Be)]
    {
        if let Some(rest) = bytes.strip_prefix(mark) {
            let text = encoding.decode_without_bom_handling_and_without_replacement(rest);
            return text.map(|text| (text, charset)).ok_or(NotText);
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.into(), Charset::Utf8));
    }
    match GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) if reads_as_chinese(&text) => Ok((text, Charset::Gb18030)),
        _ => Err(NotText),
    }
}

/// Encodes `text` as the file had it. Nothing can be lost: each of the five holds every Unicode scalar value.
#[must_use]
pub fn encode(text: &str, charset: Charset) -> Vec<u8> {
    match charset {
        Charset::Utf8 => text.as_bytes().to_vec(),
        Charset::Utf8Bom => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        Charset::Gb18030 => GB18030.encode(text).0.into_owned(),
        Charset::Utf16Le => {
            b"\xFF\xFE".iter().copied().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
        }
        Charset::Utf16Be => {
            b"\xFE\xFF".iter().copied().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect()
        }
    }
}

/// Nearly any even run of high bytes decodes as GB 18030; a draft is told from a picture by what the characters are.
fn reads_as_chinese(text: &str) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for c in text.chars() {
        match c {
            '\u{3400}'..='\u{9FFF}'
            | '\u{20000}'..='\u{3FFFF}'
            | '\u{3000}'..='\u{303F}'
            | '\u{FF00}'..='\u{FFEF}' => good += 1,
            '\n' | '\r' | '\t' | '\u{20}'..='\u{7E}' => {}
            '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{E000}'..='\u{F8FF}' => bad += 4,
            _ => bad += 1,
        }
    }
    good > 0 && bad * 5 <= good
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_charset_goes_there_and_back() {
        let text = "认真学习政治理论。\r\n共30人㐂😀";
        for charset in [Charset::Utf8, Charset::Utf8Bom, Charset::Gb18030, Charset::Utf16Le, Charset::Utf16Be]
        {
            let bytes = encode(text, charset);
            assert_eq!(decode(&bytes), Ok((text.into(), charset)));
        }
    }

    #[test]
    fn a_picture_is_no_text() {
        let noise: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(decode(&noise), Err(NotText));
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xd8"), Err(NotText));
    }

    #[test]
    fn ascii_and_nothing_are_utf8() {
        assert_eq!(decode(b""), Ok(("".into(), Charset::Utf8)));
        assert_eq!(decode(b"a\0b"), Ok(("a\0b".into(), Charset::Utf8)));
    }
}
