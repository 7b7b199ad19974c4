//! The text of an open document, edited in place. A line ends with CRLF, LF or a lone CR, as in the protocol.
//!
//! Positions come from outside and are clamped, never trusted: a line past the last is the end of the text, a
//! column past its line is the end of the line, one inside a character is its start, and the ends of a range
//! that runs backwards are swapped.

use std::ops::Range;

use ropey::{Rope, RopeSlice};

use crate::text::position::{Position, PositionEncoding};

/// A text that is cheap to clone and to edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Text {
    rope: Rope,
}

/// An edit by the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    /// What is replaced; the whole text where it is absent.
    pub(crate) range: Option<Range<Position>>,
    /// The new text.
    pub(crate) text: String,
}

/// What an edit did, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Splice {
    /// Where.
    pub(crate) start: usize,
    /// How many bytes were removed there.
    pub(crate) old: usize,
    /// How many were inserted.
    pub(crate) new: usize,
}

impl Splice {
    /// Maps a range of the text before to the text after; one that was cut into takes in the new text.
    pub(crate) fn map(&self, range: &Range<usize>) -> Range<usize> {
        let old_end = self.start + self.old;
        let start = if range.start >= old_end && range.start > self.start {
            range.start - self.old + self.new
        } else {
            range.start.min(self.start)
        };
        let end =
            if range.end <= self.start { range.end } else { range.end.max(old_end) - self.old + self.new };
        start.min(end)..end
    }
}

impl Text {
    /// A text as it was opened.
    pub(crate) fn new(text: &str) -> Self {
        Self { rope: Rope::from_str(text) }
    }

    /// Applies an edit. Returns what it did, unless it replaced the whole text.
    pub(crate) fn change(&mut self, change: &Change, encoding: PositionEncoding) -> Option<Splice> {
        let Some(range) = &change.range else {
            self.rope = Rope::from_str(&change.text);
            return None;
        };
        let (a, b) = (self.offset(range.start, encoding), self.offset(range.end, encoding));
        let (start, end) = (a.min(b), a.max(b));
        let at = self.rope.byte_to_char(start);
        self.rope.remove(at..self.rope.byte_to_char(end));
        self.rope.insert(at, &change.text);
        Some(Splice { start, old: end - start, new: change.text.len() })
    }

    /// The part of its line before a position.
    pub(crate) fn line_before(&self, position: Position, encoding: PositionEncoding) -> String {
        let end = self.offset(position, encoding);
        let start = self.rope.line_to_byte(self.rope.byte_to_line(end));
        self.rope.byte_slice(start..end).to_string()
    }

    /// Its length in bytes.
    pub(crate) fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    /// The byte offset of a position.
    pub(crate) fn offset(&self, position: Position, encoding: PositionEncoding) -> usize {
        let rope = &self.rope;
        if position.line >= rope.len_lines() {
            return rope.len_bytes();
        }
        let line = rope.line(position.line);
        let column = encoding.byte_offset_in(line.chunks(), position.column);
        rope.line_to_byte(position.line) + column.min(content_len(line))
    }
}

/// The bytes of a line without its ending.
fn content_len(line: RopeSlice<'_>) -> usize {
    let len = line.len_bytes();
    let at = |back: usize| len.checked_sub(back).map(|index| line.byte(index));
    match (at(2), at(1)) {
        (Some(b'\r'), Some(b'\n')) => len - 2,
        (_, Some(b'\r' | b'\n')) => len - 1,
        _ => len,
    }
}

impl From<&Text> for String {
    fn from(text: &Text) -> Self {
        Self::from(&text.rope)
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.rope == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::position::LineIndex;

    #[test]
    fn agrees_with_the_line_index() {
        // Longer than a chunk of the rope, too.
        for source in ["政冶\r\na😀b\ré\n\n\u{2028}x\u{b}y", &"a😀é汉".repeat(1000)] {
            let (text, index) = (Text::new(source), LineIndex::new(source));
            for encoding in [PositionEncoding::Utf8, PositionEncoding::Utf16, PositionEncoding::Utf32] {
                for line in 0..9 {
                    for column in (0..12).chain(3000..3012).chain([usize::MAX]) {
                        let position = Position { line, column };
                        let offset = index.offset(source, position, encoding);
                        assert_eq!(text.offset(position, encoding), offset, "{position:?} {encoding:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_ends_of_a_backward_range_are_swapped() {
        let mut text = Text::new("甲乙丙");
        let place = |column| Position { line: 0, column };
        let change = Change { range: Some(place(2)..place(1)), text: "丁".into() };
        text.change(&change, PositionEncoding::Utf32);
        assert_eq!(String::from(&text), "甲丁丙");
    }
}
