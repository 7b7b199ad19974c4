//! Byte offset ↔ line and column. The only file that counts code units.

use std::ops::Range;

/// The code unit in which a column is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units, the default of the Language Server Protocol.
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

impl Encoding {
    /// The number of code units that `text` takes.
    #[must_use]
    pub fn len(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.chars().map(char::len_utf16).sum(),
            Self::Utf32 => text.chars().count(),
        }
    }

    /// The byte offset in `text` after `units` code units: clamped to the end, and to the start of a character
    /// where `units` ends inside one.
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
}

/// A place in a text: line and column, both counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Lines before this one.
    pub line: usize,
    /// Code units before this place in its line, in the encoding that was asked for.
    pub column: usize,
}

/// Where the lines of a text begin. A line ends with LF, CRLF or a lone CR, as in the Language Server Protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Finds the lines of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
        Self { starts: [0].into_iter().chain(ends.map(|at| at + 1)).collect() }
    }

    /// The number of lines, at least 1.
    #[must_use]
    pub fn line_count(&self) -> usize {
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

    /// The place of the byte `offset`; one inside a character counts as the start of that character, one inside the ending
    /// of a line as the end of that line.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize, encoding: Encoding) -> Position {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line(offset);
        let before = &text[self.starts[line]..offset];
        let before = if text[offset..].starts_with('\n') {
            before.strip_suffix('\r').unwrap_or(before)
        } else {
            before
        };
        Position { line, column: encoding.len(before) }
    }

    /// The byte offset of a place, clamped to its line, and to the text where the line does not exist.
    #[must_use]
    pub fn offset(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        let line = self.line_range(text, position.line);
        line.start + encoding.byte_offset(&text[line], position.column)
    }
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
        assert_eq!((column(Encoding::Utf8), column(Encoding::Utf16), column(Encoding::Utf32)), (5, 3, 2));
    }

    #[test]
    fn every_boundary_goes_there_and_back() {
        let index = LineIndex::new(TEXT);
        for (at, c) in TEXT.char_indices().filter(|(_, c)| !matches!(c, '\r' | '\n')) {
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let place = index.position(TEXT, at, encoding);
                assert_eq!(index.offset(TEXT, place, encoding), at, "{c} {encoding:?}");
            }
        }
    }

    #[test]
    fn places_outside_are_clamped() {
        let index = LineIndex::new(TEXT);
        let at = |line, column| index.offset(TEXT, Position { line, column }, Encoding::Utf16);
        assert_eq!(at(0, 99), "政冶".len());
        assert_eq!(at(99, 3), TEXT.len());
        let inside_surrogate_pair = at(1, 2);
        assert_eq!(inside_surrogate_pair, TEXT.find('😀').unwrap());
    }
}
