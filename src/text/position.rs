//! Byte offset ↔ line and column. The only file that counts code units.

use std::ops::Range;

/// The code unit in which a column is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PositionEncoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units, the default of the Language Server Protocol.
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

impl PositionEncoding {
    /// The number of code units that `text` takes.
    #[must_use]
    pub fn len(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.as_bytes().chunks(UTF16_CHUNK).map(utf16_len).sum(),
            Self::Utf32 => text.chars().count(),
        }
    }

    /// The byte offset in `text` after `units` code units: clamped to the end, and to the start of a
    /// character where `units` ends inside one.
    #[must_use]
    pub fn byte_offset(self, text: &str, units: usize) -> usize {
        let mut counted = 0;
        for (at, c) in text.char_indices() {
            counted += match self {
                Self::Utf8 => c.len_utf8(),
                Self::Utf16 => c.len_utf16(),
                Self::Utf32 => 1,
            };
            if counted > units {
                return at;
            }
        }
        text.len()
    }

    /// The same in a text that comes in pieces, none of which ends inside a character.
    pub fn byte_offset_in<'a>(self, pieces: impl IntoIterator<Item = &'a str>, units: usize) -> usize {
        let (mut at, mut left) = (0, units);
        for piece in pieces {
            let len = self.len(piece);
            if left < len {
                return at + self.byte_offset(piece, left);
            }
            (at, left) = (at + piece.len(), left - len);
        }
        at
    }
}

/// A byte begins at most two code units, so a `u8` holds the sum of these many, which vectorizes best.
const UTF16_CHUNK: usize = 127;

/// The UTF-16 code units of the characters that begin in a chunk of UTF-8: one, or two from U+10000 on.
fn utf16_len(chunk: &[u8]) -> usize {
    let begins = |byte: u8| u8::from(byte & 0xC0 != 0x80) + u8::from(byte >= 0xF0);
    usize::from(chunk.iter().map(|byte| begins(*byte)).sum::<u8>())
}

/// A place in a text: line and column, both counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Lines before this one.
    pub line: usize,
    /// Code units before this place in its line, in the encoding that was asked for.
    pub column: usize,
}

/// Where the lines of a text begin. A line ends with LF, CRLF or a lone CR, as in the protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// One every [`STEP`] bytes of a line that is longer than that: a column is counted from the nearest mark
    /// before it, not from the beginning of a line that may be the whole text.
    marks: Vec<Mark>,
}

/// A place within a long line whose columns are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    at: usize,
    utf16: usize,
    utf32: usize,
}

/// Bytes between the marks of a long line.
const STEP: usize = 512;

/// The next place from the byte `at` on where a character begins.
pub(crate) fn boundary(text: &str, at: usize) -> usize {
    (at..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

impl LineIndex {
    /// Finds the lines of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
        let starts: Vec<usize> = [0].into_iter().chain(ends.map(|at| at + 1)).collect();
        let ends = starts[1..].iter().copied().chain([text.len()]);
        let long = starts.iter().zip(ends).filter(|(start, end)| end - **start > STEP);
        let marks = long.flat_map(|(&start, end)| marks(text, start..end)).collect();
        Self { starts, marks }
    }

    /// The last mark of a line for which `is_before` holds, or else its start.
    fn mark(&self, line: Range<usize>, is_before: impl Fn(&Mark) -> bool) -> Mark {
        let first = self.marks.partition_point(|mark| mark.at <= line.start);
        let own = &self.marks[first..];
        let own = &own[..own.partition_point(|mark| mark.at < line.end)];
        let nearest = own.partition_point(is_before).checked_sub(1);
        nearest.map_or(Mark { at: line.start, utf16: 0, utf32: 0 }, |index| own[index])
    }

    /// How many lines there are; behind a line end at the end of the text there is one more, an empty one.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line, counted from 0, that holds the byte `offset`.
    #[must_use]
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset) - 1
    }

    /// The byte range of a line without its ending; empty at the end of the text for a line past the last.
    #[must_use]
    pub fn line_range(&self, text: &str, line: usize) -> Range<usize> {
        let Some(&start) = self.starts.get(line) else { return text.len()..text.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(text.len());
        let content = text[start..end].trim_end_matches(['\n', '\r']);
        start..start + content.len()
    }

    /// The place of the byte `offset`. One inside a character counts as the start of that character, one
    /// inside the ending of a line as the end of that line.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize, encoding: PositionEncoding) -> Position {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line(offset);
        let start = self.starts[line];
        if text[offset..].starts_with('\n') && text[start..offset].ends_with('\r') {
            offset -= 1;
        }
        let end = self.starts.get(line + 1).copied().unwrap_or(text.len());
        let mark = self.mark(start..end, |mark| mark.at <= offset);
        let column = mark.column(start, encoding) + encoding.len(&text[mark.at..offset]);
        Position { line, column }
    }

    /// The byte offset of a place, clamped to its line, and to the text where the line does not exist.
    #[cfg(test)]
    #[must_use]
    pub fn offset(&self, text: &str, position: Position, encoding: PositionEncoding) -> usize {
        let line = self.line_range(text, position.line);
        let mark = self.mark(line.clone(), |mark| mark.column(line.start, encoding) <= position.column);
        let rest = position.column - mark.column(line.start, encoding);
        mark.at + encoding.byte_offset(&text[mark.at..line.end], rest)
    }
}

impl Mark {
    /// Its column in the line that begins at `start`.
    fn column(&self, start: usize, encoding: PositionEncoding) -> usize {
        match encoding {
            PositionEncoding::Utf8 => self.at - start,
            PositionEncoding::Utf16 => self.utf16,
            PositionEncoding::Utf32 => self.utf32,
        }
    }
}

/// The marks within a line.
fn marks(text: &str, line: Range<usize>) -> impl Iterator<Item = Mark> + '_ {
    let mut last = Mark { at: line.start, utf16: 0, utf32: 0 };
    std::iter::from_fn(move || {
        let mut at = last.at + STEP;
        if at >= line.end {
            return None;
        }
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let piece = &text[last.at..at];
        let (utf16, utf32) = (PositionEncoding::Utf16.len(piece), PositionEncoding::Utf32.len(piece));
        last = Mark { at, utf16: last.utf16 + utf16, utf32: last.utf32 + utf32 };
        Some(last)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "政冶\r\na😀b\ré\n";

    #[test]
    fn columns_follow_the_encoding() {
        let index = LineIndex::new(TEXT);
        let after_emoji = TEXT.find('b').unwrap();
        let column = |encoding| index.position(TEXT, after_emoji, encoding).column;
        assert_eq!(
            (
                column(PositionEncoding::Utf8),
                column(PositionEncoding::Utf16),
                column(PositionEncoding::Utf32)
            ),
            (5, 3, 2)
        );
    }

    #[test]
    fn utf_16_is_counted_as_it_is_written() {
        for text in [TEXT, &"甲a😀é、".repeat(400), &"😀".repeat(100), ""] {
            assert_eq!(PositionEncoding::Utf16.len(text), text.encode_utf16().count());
        }
    }

    #[test]
    fn pieces_are_counted_as_one_text() {
        for encoding in [PositionEncoding::Utf8, PositionEncoding::Utf16, PositionEncoding::Utf32] {
            for units in 0..20 {
                let whole = encoding.byte_offset(TEXT, units);
                let pieces = TEXT.split_inclusive(['冶', '😀', '\r']);
                assert_eq!(encoding.byte_offset_in(pieces, units), whole, "{units} {encoding:?}");
            }
        }
    }

    #[test]
    fn every_boundary_goes_there_and_back() {
        let index = LineIndex::new(TEXT);
        for (at, c) in TEXT.char_indices().filter(|(_, c)| !matches!(c, '\r' | '\n')) {
            for encoding in [PositionEncoding::Utf8, PositionEncoding::Utf16, PositionEncoding::Utf32] {
                let place = index.position(TEXT, at, encoding);
                assert_eq!(index.offset(TEXT, place, encoding), at, "{c} {encoding:?}");
            }
        }
    }

    /// What columns are, counted from the beginning of the line each time.
    fn counted(text: &str, index: &LineIndex, offset: usize, encoding: PositionEncoding) -> Position {
        let line = index.line(offset);
        let before = &text[index.starts[line]..offset];
        let before = if text[offset..].starts_with('\n') { before.trim_end_matches('\r') } else { before };
        Position { line, column: encoding.len(before) }
    }

    #[test]
    fn columns_of_long_lines_are_as_if_counted_from_their_beginning() {
        for end in ["\n", "\r\n", "\r"] {
            let long: String = "甲a😀é、".repeat(400);
            let text = [&long[..], "短", &long, &"x".repeat(STEP), &"汉".repeat(STEP), ""].join(end);
            let index = LineIndex::new(&text);
            assert!(index.marks.len() > 10);
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                for encoding in [PositionEncoding::Utf8, PositionEncoding::Utf16, PositionEncoding::Utf32] {
                    let place = index.position(&text, at, encoding);
                    assert_eq!(place, counted(&text, &index, at, encoding), "{at} {encoding:?}");
                    let is_ending = text[at..].starts_with(['\r', '\n']);
                    assert!(is_ending || index.offset(&text, place, encoding) == at, "{at} {encoding:?}");
                }
            }
            let past = Position { line: 0, column: usize::MAX };
            assert_eq!(index.offset(&text, past, PositionEncoding::Utf16), long.len());
        }
    }

    #[test]
    fn a_place_in_a_long_line_is_counted_from_near_by() {
        let text = "汉".repeat(100_000);
        let index = LineIndex::new(&text);
        let from = |at: usize| index.mark(0..text.len(), |mark| mark.at <= at).at;
        assert!((0..text.len()).step_by(300).all(|at| at - from(at) <= STEP + 3));
    }

    #[test]
    fn places_outside_are_clamped() {
        let index = LineIndex::new(TEXT);
        let at = |line, column| index.offset(TEXT, Position { line, column }, PositionEncoding::Utf16);
        assert_eq!(at(0, 99), "政冶".len());
        assert_eq!(at(99, 3), TEXT.len());
        let inside_surrogate_pair = at(1, 2);
        assert_eq!(inside_surrogate_pair, TEXT.find('😀').unwrap());
    }
}
