//! The text of an open document, edited in place. Lines end as the protocol has them: CRLF, LF or a lone CR.
//!
//! Positions come from outside and are clamped, never trusted: a line past the last is the end of the text, a column past
//! its line is the end of the line, one inside a character is its start, and a range that runs backwards is turned round.

use std::ops::Range;

use ropey::{Rope, RopeSlice};

use crate::text::position::{Encoding, Position};

/// A text that is cheap to clone and to edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Text {
    rope: Rope,
}

/// An edit by the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    /// What is replaced; all of the text where it is absent.
    pub(crate) range: Option<Range<Position>>,
    /// What stands there afterwards.
    pub(crate) text: String,
}

/// What an edit did: bytes that were taken out at a place, and the bytes put in for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Splice {
    /// The place.
    pub(crate) start: usize,
    /// How many bytes went.
    pub(crate) old: usize,
    /// How many came.
    pub(crate) new: usize,
}

impl Splice {
    /// Where a range of the text before stands in the text after; one that was cut into takes the new text in.
    pub(crate) fn moved(&self, range: &Range<usize>) -> Range<usize> {
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

    /// Applies an edit, and says what it did where it was not of all the text.
    pub(crate) fn change(&mut self, change: &Change, encoding: Encoding) -> Option<Splice> {
        let Some(range) = &change.range else {
            self.rope = Rope::from_str(&change.text);
            return None;
        };
        let (a, b) = (self.char_index(range.start, encoding), self.char_index(range.end, encoding));
        let (start, end) = (a.min(b), a.max(b));
        let (from, to) = (self.rope.char_to_byte(start), self.rope.char_to_byte(end));
        self.rope.remove(start..end);
        self.rope.insert(start, &change.text);
        Some(Splice { start: from, old: to - from, new: change.text.len() })
    }

    /// What stands in its line before a place.
    pub(crate) fn line_before(&self, position: Position, encoding: Encoding) -> String {
        let end = self.char_index(position, encoding);
        let start = self.rope.line_to_char(self.rope.char_to_line(end));
        self.rope.slice(start..end).to_string()
    }

    /// The number of its bytes.
    pub(crate) fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    /// The byte offset of a place.
    pub(crate) fn offset(&self, position: Position, encoding: Encoding) -> usize {
        self.rope.char_to_byte(self.char_index(position, encoding))
    }

    /// The place of a byte offset, which is clamped to the text and to the start of its character.
    #[cfg(test)]
    fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let rope = &self.rope;
        let at = rope.byte_to_char(offset.min(rope.len_bytes()));
        let line = rope.char_to_line(at);
        let start = rope.line_to_char(line);
        let at = at.min(start + content_len(rope.line(line)));
        let column = match encoding {
            Encoding::Utf8 => rope.char_to_byte(at) - rope.char_to_byte(start),
            Encoding::Utf16 => rope.char_to_utf16_cu(at) - rope.char_to_utf16_cu(start),
            Encoding::Utf32 => at - start,
        };
        Position { line, column }
    }

    fn char_index(&self, position: Position, encoding: Encoding) -> usize {
        let rope = &self.rope;
        if position.line >= rope.len_lines() {
            return rope.len_chars();
        }
        let line = rope.line(position.line);
        let column = position.column;
        let chars = match encoding {
            Encoding::Utf8 => line.byte_to_char(column.min(line.len_bytes())),
            Encoding::Utf16 => line.utf16_cu_to_char(column.min(line.len_utf16_cu())),
            Encoding::Utf32 => column,
        };
        rope.line_to_char(position.line) + chars.min(content_len(line))
    }
}

/// The characters of a line without its ending.
fn content_len(line: RopeSlice<'_>) -> usize {
    let len = line.len_chars();
    let at = |back: usize| len.checked_sub(back).map(|index| line.char(index));
    match (at(2), at(1)) {
        (Some('\r'), Some('\n')) => len - 2,
        (_, Some('\r' | '\n')) => len - 1,
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

    const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    #[test]
    fn agrees_with_the_line_index() {
        let source = "政冶\r\na😀b\ré\n\n\u{2028}x\u{b}y";
        let (text, index) = (Text::new(source), LineIndex::new(source));
        for encoding in ENCODINGS {
            for line in 0..9 {
                for column in 0..12 {
                    let place = Position { line, column };
                    assert_eq!(
                        text.offset(place, encoding),
                        index.offset(source, place, encoding),
                        "{place:?} {encoding:?}"
                    );
                }
            }
            for at in (0..=source.len()).filter(|at| source.is_char_boundary(*at)) {
                assert_eq!(text.position(at, encoding), index.position(source, at, encoding), "{at}");
            }
        }
    }

    #[test]
    fn a_backward_range_is_turned_round() {
        let mut text = Text::new("甲乙丙");
        let place = |column| Position { line: 0, column };
        let change = Change { range: Some(place(2)..place(1)), text: "丁".into() };
        text.change(&change, Encoding::Utf32);
        assert_eq!(String::from(&text), "甲丁丙");
    }
}
