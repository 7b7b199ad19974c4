//! Bytes → text and back: UTF-8, GB18030 (with GBK and GB 2312 inside it) and UTF-16.

use std::fmt;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::read_error::ReadError;
use crate::chinese::characters::is_chinese;

/// How a file was saved, so that a fix can save it the same way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
    /// UTF-16, little endian, without a byte order mark.
    Utf16LeBare,
    /// UTF-16, big endian, without a byte order mark.
    Utf16BeBare,
}

impl Charset {
    /// Was it guessed from the text, not told by a byte order mark or by being valid?
    #[must_use]
    pub fn is_guessed(self) -> bool {
        matches!(self, Self::Gb18030 | Self::Utf16LeBare | Self::Utf16BeBare)
    }
}

impl fmt::Display for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Utf8Bom => "UTF-8 BOM",
            Self::Gb18030 => "GB18030",
            Self::Utf16Le | Self::Utf16LeBare => "UTF-16LE",
            Self::Utf16Be | Self::Utf16BeBare => "UTF-16BE",
        })
    }
}

/// A file's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text. U+FFFD stands where bytes could not be read.
    pub text: String,
    /// How it was saved.
    pub charset: Charset,
    /// How many places could not be read. Such a text must not be written back: the bytes would be lost.
    pub unread: usize,
}

/// Decodes a file. The byte order mark is not part of the text. A few damaged bytes in a text that is
/// otherwise sound become U+FFFD.
///
/// # Errors
/// The bytes are neither UTF-8, nor UTF-16, nor Chinese in GB 18030, or hold what no text holds.
pub fn decode(bytes: &[u8]) -> Result<Decoded, ReadError> {
    match decode_any(bytes) {
        Ok(decoded) if is_binary(&decoded.text) => Err(ReadError::Other),
        decoded => decoded,
    }
}

/// Control characters that a text may hold, whatever its length, and how many more in a thousand characters:
/// an export leaves one behind here and there.
const STRAY_CONTROLS: (usize, usize) = (2, 4);

/// Does it hold what no text holds: a NUL, or more than stray control characters? Nearly any bytes decode,
/// and a fix would take them for blanks.
fn is_binary(text: &str) -> bool {
    // One fast pass settles most texts.
    if memchr::memchr(0, text.as_bytes()).is_some() {
        return true;
    }
    let (mut controls, mut all) = (0usize, 0usize);
    for c in text.chars() {
        all += 1;
        let is_of_text = matches!(c, '\t' | '\n' | '\u{B}' | '\u{C}' | '\r' | '\u{85}');
        controls += usize::from(c.is_control() && !is_of_text);
    }
    let (few, in_thousand) = STRAY_CONTROLS;
    controls > few + all * in_thousand / 1000
}

fn decode_any(bytes: &[u8]) -> Result<Decoded, ReadError> {
    if let Some(what) = ReadError::of_signature(bytes) {
        return Err(what);
    }
    for (mark, encoding, charset) in [
        (&b"\xEF\xBB\xBF"[..], UTF_8, Charset::Utf8Bom),
        (b"\xFF\xFE", UTF_16LE, Charset::Utf16Le),
        (b"\xFE\xFF", UTF_16BE, Charset::Utf16Be),
    ] {
        if let Some(rest) = bytes.strip_prefix(mark) {
            return lossy(rest, encoding, charset).ok_or(ReadError::Other);
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: text.into(), charset: Charset::Utf8, unread: 0 });
    }
    // UTF-8 with a few broken bytes is tried before GB 18030, which accepts nearly anything; a text in GB
    // 18030 is never nearly valid UTF-8.
    if let Some(decoded) = lossy(bytes, UTF_8, Charset::Utf8) {
        return Ok(decoded);
    }
    for (encoding, charset) in [(UTF_16LE, Charset::Utf16LeBare), (UTF_16BE, Charset::Utf16BeBare)] {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
        if let Some(text) = text.filter(|text| is_long_enough(text) && reads_as_chinese(text)) {
            return Ok(Decoded { text: text.into_owned(), charset, unread: 0 });
        }
    }
    let decoded = lossy(bytes, GB18030, Charset::Gb18030).filter(|it| reads_as_chinese(&it.text));
    decoded.ok_or_else(|| broken(bytes))
}

/// With more broken places than these, bytes are no text; with fewer, the first is named by its line.
const FEW_BROKEN: usize = 3;

/// What bytes are that decode as nothing.
fn broken(bytes: &[u8]) -> ReadError {
    let text = String::from_utf8_lossy(bytes);
    let places = text.matches('\u{FFFD}').count();
    match text.find('\u{FFFD}') {
        Some(first) if places <= FEW_BROKEN && !is_binary(&text) => {
            ReadError::Broken(text[..first].matches('\n').count() + 1)
        }
        _ => ReadError::Other,
    }
}

/// The least number of sound characters for each that could not be read.
const SOUND_PER_BROKEN: usize = 50;

/// The text with U+FFFD for broken bytes, where these are few.
fn lossy(bytes: &[u8], encoding: &'static Encoding, charset: Charset) -> Option<Decoded> {
    if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        return Some(Decoded { text: text.into_owned(), charset, unread: 0 });
    }
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let unread = text.matches('\u{FFFD}').count();
    let sound = text.chars().filter(|c| is_chinese(*c)).count();
    let binary = text.contains('\0');
    let is_mostly_sound = !binary && unread > 0 && unread * SOUND_PER_BROKEN <= sound;
    is_mostly_sound.then(|| Decoded { text: text.into_owned(), charset, unread })
}

/// Encodes `text` as the file was. Nothing is lost: each of them can express every Unicode scalar value.
#[must_use]
pub fn encode(text: &str, charset: Charset) -> Vec<u8> {
    match charset {
        Charset::Utf8 => text.as_bytes().to_vec(),
        Charset::Utf8Bom => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        Charset::Gb18030 => GB18030.encode(text).0.into_owned(),
        Charset::Utf16Le => [b"\xFF\xFE", &*encode(text, Charset::Utf16LeBare)].concat(),
        Charset::Utf16Be => [b"\xFE\xFF", &*encode(text, Charset::Utf16BeBare)].concat(),
        Charset::Utf16LeBare => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Charset::Utf16BeBare => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
    }
}

/// Nearly any even run of high bytes decodes as GB 18030; its characters tell a draft from a picture.
fn reads_as_chinese(text: &str) -> bool {
    let (mut good, mut bad, mut common) = (0usize, 0usize, 0usize);
    for c in text.chars() {
        match c {
            c if is_chinese(c) => {
                good += 1;
                common += usize::from(is_common(c));
            }
            '\n' | '\r' | '\t' | '\u{20}'..='\u{7E}' => {}
            '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{E000}'..='\u{F8FF}' => bad += 4,
            _ => bad += 1,
        }
    }
    // Noise is mostly of characters that nobody knows; a short text may hold a name of two such.
    good > 0 && bad * 5 <= good && (common * 5 >= good * 2 || good < 4)
}

/// A few rare characters in GB 18030 may look like UTF-16.
fn is_long_enough(text: &str) -> bool {
    text.chars().filter(|c| is_chinese(*c)).nth(8).is_some()
}

/// Is it one of the everyday characters and marks, which GB 2312 has in its first part?
fn is_common(c: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, unmapped) = GB18030.encode(c.encode_utf8(&mut buffer));
    !unmapped && matches!(bytes[..], [0xA1..=0xA3 | 0xB0..=0xD7, 0xA1..=0xFE])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_charset_goes_there_and_back() {
        let text = "认真学习政治理论。\r\n共30人㐂😀";
        for charset in [
            Charset::Utf8,
            Charset::Utf8Bom,
            Charset::Gb18030,
            Charset::Utf16Le,
            Charset::Utf16Be,
            Charset::Utf16LeBare,
            Charset::Utf16BeBare,
        ] {
            let bytes = encode(text, charset);
            assert_eq!(decode(&bytes), Ok(Decoded { text: text.into(), charset, unread: 0 }));
        }
    }

    #[test]
    fn a_picture_is_no_text() {
        let noise: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(decode(&noise), Err(ReadError::Other));
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xd8"), Err(ReadError::Picture));
    }

    #[test]
    fn ascii_and_nothing_are_utf8() {
        for text in ["", "ab"] {
            let decoded = Decoded { text: text.into(), charset: Charset::Utf8, unread: 0 };
            assert_eq!(decode(text.as_bytes()), Ok(decoded));
        }
    }

    #[test]
    fn what_holds_a_nul_or_many_controls_is_no_text() {
        let draft = "全镇认真学习政治理论，扎实开展各项工作。\n";
        for text in ["\0\0\0", "a\0b", "学习\0政治", "\u{FEFF}学习\0", "\u{1}\u{2}\u{3}\u{4}"] {
            for charset in [Charset::Utf8, Charset::Utf8Bom, Charset::Gb18030, Charset::Utf16Le] {
                let bytes = encode(&format!("{draft}{text}{draft}"), charset);
                assert_eq!(decode(&bytes), Err(ReadError::Other), "{text:?} {charset}");
            }
        }
        // An archive of drafts, a sound, a list of properties.
        let tar = [b"a.txt".as_slice(), &[0; 95], draft.repeat(20).as_bytes()].concat();
        let wave = b"RIFF\x24\x08\0\0WAVEfmt \x10\0\0\0\x01\0\x02\0".repeat(9);
        for bytes in [tar, wave, b"bplist00\xd1\x01\x02Ta\x08\x0b\x0e\0\0\0\0".to_vec(), vec![0; 4096]] {
            assert_eq!(decode(&bytes), Err(ReadError::Other));
        }
        // What word processors leave behind.
        for text in ["甲\u{B}乙\u{C}丙\u{7}", "甲\u{13}域\u{15}"] {
            assert_eq!(decode(text.as_bytes()).map(|it| it.text), Ok(text.to_owned()));
        }
    }

    #[test]
    fn utf_32_is_not_read_as_utf_16() {
        let le: Vec<u8> = "\u{FEFF}学习政治".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        let be: Vec<u8> = "\u{FEFF}学习政治".chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
        assert_eq!((decode(&le), decode(&be)), (Err(ReadError::Utf32), Err(ReadError::Utf32)));
    }

    #[test]
    fn one_broken_byte_in_a_short_draft_is_told_by_its_line() {
        assert_eq!(
            decode("一、学习\n二、工作".as_bytes().split_last().unwrap().1),
            Err(ReadError::Broken(2))
        );
        assert_eq!(decode(b"\xFF"), Err(ReadError::Broken(1)));
    }

    #[test]
    fn what_is_no_text_is_told_by_its_mark() {
        let zip = |name: &str| [b"PK\x03\x04\x14\0\x06\0", name.as_bytes()].concat();
        for (bytes, what) in [
            (b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n".to_vec(), ReadError::Pdf),
            (b"\xEF\xBB\xBF\n%PDF-1.7\n".to_vec(), ReadError::Pdf),
            (zip("word/document.xml"), ReadError::Docx),
            (zip("xl/workbook.xml"), ReadError::Office),
            (zip("OFD.xml"), ReadError::Ofd),
            (zip("a.txt"), ReadError::Archive),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0".to_vec(), ReadError::OldOffice),
            (b"{\\rtf1\\ansi}".to_vec(), ReadError::Rtf),
        ] {
            assert_eq!(decode(&bytes), Err(what));
            assert!(what.to_string().contains("再查"));
        }
        assert_eq!(ReadError::of_signature("文件头是 %PDF- 的就是 PDF。".as_bytes()), None);
    }

    #[test]
    fn a_few_broken_bytes_cost_their_own_place() {
        let line = "全镇认真学习政治理论，扎实开展各项工作。\n";
        for charset in [Charset::Utf8, Charset::Utf8Bom, Charset::Gb18030] {
            let mut bytes = encode(&line.repeat(50), charset);
            for at in [700, 1100] {
                let at = (at..).find(|&at| bytes[at] == b'\n').unwrap_or(at);
                bytes.insert(at, 0xFF);
            }
            let decoded = decode(&bytes).unwrap();
            assert_eq!((decoded.charset, decoded.unread), (charset, 2));
            assert_eq!(decoded.text.replace('\u{FFFD}', ""), line.repeat(50));
        }
        assert_eq!(decode(b"\xE4\xB8 \xFF\xFE \xE5").map(|it| it.unread), Err(ReadError::Other));
    }

    #[test]
    fn short_drafts_in_gbk_are_read_and_not_taken_for_utf_16() {
        for text in ["工作", "联通", "你好，世界", "第1期", "共30人", "囍"] {
            let bytes = encode(text, Charset::Gb18030);
            assert_eq!(decode(&bytes).map(|it| it.text), Ok(text.to_owned()));
        }
    }

    #[test]
    fn noise_of_any_length_is_no_text() {
        let mut state = 1u64;
        for length in [100, 1000, 5000] {
            let noise: Vec<u8> = (0..length)
                .map(|_| {
                    state =
                        state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    (state >> 56) as u8 | 0x80
                })
                .collect();
            assert_eq!(decode(&noise).map(|it| it.charset), Err(ReadError::Other), "{length}");
        }
    }
}
