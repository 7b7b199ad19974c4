//! The draft that rules read: its source, its blocks of prose, its outline.

use std::borrow::Borrow;
use std::ops::Range;

use super::block::Block;
use super::charset::Charset;
use super::directive::{self, Directive};
use super::format::{Content, Format, line};
use super::outline::{Origin, Outline};
use super::read_error::ReadError;
use crate::finding::{Edit, apply};

/// A draft: its source text, its blocks in order, and its outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    source: String,
    format: Format,
    charset: Option<Charset>,
    unread: usize,
    blocks: Vec<Block>,
    outline: Outline,
    directives: Vec<Directive>,
    /// The ranges that its file writes as such, where that is not all of it.
    written: Option<Vec<Range<usize>>>,
}

impl Document {
    /// Reads a text. Cannot fail: any text is a draft.
    #[must_use]
    pub fn new(source: impl Into<String>, format: Format) -> Self {
        let text = source.into();
        let blocks = format.blocks(&text);
        Self::of(Content { text, blocks, charset: None, unread: 0, written: None }, format)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// The bytes are no file of the format.
    pub fn read(bytes: &[u8], format: Format) -> Result<Self, ReadError> {
        Ok(Self::of(format.read(bytes)?, format))
    }

    fn of(content: Content, format: Format) -> Self {
        let Content { text: source, blocks, charset, unread, written } = content;
        let outline = Outline::new(&source, &blocks);
        let directives = if directive::may_hold(&source) {
            directive::parse(&source, &format.markup(&source))
        } else {
            Vec::new()
        };
        Self { source, format, charset, unread, blocks, outline, directives, written }
    }

    /// The document after edits, which are in order and do not overlap.
    #[must_use]
    pub fn edited<E: Borrow<Edit>>(&self, edits: &[E]) -> Self {
        let text = apply(&self.source, edits);
        let Some(written) = &self.written else {
            let edited = Self::new(text, self.format);
            return Self { charset: self.charset, unread: self.unread, ..edited };
        };
        // What the blocks are is not to be read from the text: they move as the text in them does.
        let moved = |range: &Range<usize>| moved(range, edits);
        let block = |block: &Block| Some(line(&text, moved(&block.range))?.with_kind(block.kind));
        let blocks = self.blocks.iter().filter_map(block).collect();
        let written = Some(written.iter().map(moved).collect());
        let content = Content { blocks, charset: self.charset, unread: self.unread, written, text };
        Self::of(content, self.format)
    }

    /// Can an edit of this range be made in its file?
    #[must_use]
    pub fn is_editable(&self, range: &Range<usize>) -> bool {
        let Some(written) = &self.written else { return true };
        let first =
            written.partition_point(|it| it.end < range.start || it.end == range.start && !range.is_empty());
        let mut at = range.start;
        for it in &written[first..] {
            if it.start > at {
                return false;
            }
            at = it.end;
            if at >= range.end {
                return true;
            }
        }
        false
    }

    /// The whole source text.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The format it was read as.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// How its file was saved; none where it was no file, or where its format leaves no choice.
    #[must_use]
    pub fn charset(&self) -> Option<Charset> {
        self.charset
    }

    /// How many places of its file could not be read; U+FFFD stands there.
    #[must_use]
    pub fn unread(&self) -> usize {
        self.unread
    }

    /// Its blocks of prose, in the order of the source.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The prose of a block of this document.
    #[must_use]
    pub fn text<'a>(&'a self, block: &'a Block) -> &'a str {
        block.text(&self.source)
    }

    /// Its directives to this program, such as `zhubi: ignore`, in order.
    #[must_use]
    pub fn directives(&self) -> &[Directive] {
        &self.directives
    }

    /// Is a block a directive, and no prose?
    #[must_use]
    pub fn is_directive(&self, block: &Block) -> bool {
        let at = self.directives.partition_point(|directive| directive.range.end < block.range.end);
        self.directives.get(at).is_some_and(|directive| directive.range.start <= block.range.start)
    }

    /// The ranges of blocks of its parts: one, of all blocks, where it is not made of several.
    #[must_use]
    pub fn parts(&self) -> Vec<Range<usize>> {
        self.outline.parts(self.blocks.len())
    }

    /// The ranges of blocks of the texts of its documents, without their attachments.
    pub fn texts(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let documents = self.outline.texts().iter().filter(|text| text.origin != Origin::Attachment);
        documents.map(|text| text.blocks.clone())
    }

    /// The prose of a block without its directives, in pieces.
    pub(super) fn undirected<'a>(&'a self, block: &'a Block) -> impl Iterator<Item = &'a str> {
        let (text, mut start) = (self.text(block), 0);
        let first = self.directives.partition_point(|directive| directive.range.end <= block.range.start);
        let within = self.directives[first..].iter().map(|directive| &directive.range);
        let within = within.take_while(|range| range.start < block.range.end);
        let ends = within.map(|range| block.to_prose(range)).chain(std::iter::once(text.len()..text.len()));
        ends.filter_map(move |cut| text.get(std::mem::replace(&mut start, cut.end)..cut.start))
    }

    /// Its parts and headings.
    #[must_use]
    pub fn outline(&self) -> &Outline {
        &self.outline
    }
}

/// Where a range is after edits. What is inserted at its end belongs to it.
fn moved<E: Borrow<Edit>>(range: &Range<usize>, edits: &[E]) -> Range<usize> {
    let (mut start, mut end) = (range.start, range.end);
    for edit in edits.iter().map(Borrow::borrow) {
        let (old, new) = (&edit.range, edit.text.len());
        if old.end <= range.start && !(old.is_empty() && old.start == range.start) {
            start = start + new - old.len();
        }
        if old.start < range.end || old.is_empty() && old.start == range.end {
            end = end + new - old.len().min(range.end - old.start.min(range.end));
        }
    }
    start..end.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_maps_back_across_markup() {
        let source = "加强**政冶**学习";
        let document = Document::new(source, Format::Markdown);
        let block = &document.blocks()[0];
        let text = document.text(block);
        assert_eq!(text, "加强政冶学习");
        let word = text.find("政冶").unwrap();
        let range = word..word + "政冶".len();
        assert_eq!(&source[block.to_source(range.clone())], "政冶");
        assert!(block.is_unbroken(&range));
        let across = 0..range.end;
        assert_eq!(&source[block.to_source(across.clone())], "加强**政冶");
        assert!(!block.is_unbroken(&across));
        let end = text.len()..text.len();
        assert_eq!(block.to_source(end), source.len()..source.len());
    }
}
