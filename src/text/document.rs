//! The draft that rules read: its source, its blocks of prose, its outline.

use std::borrow::Borrow;
use std::ops::Range;

use super::block::Block;
use super::charset::Charset;
use super::directive::{self, Directive};
use super::format::{Content, Format};
use super::outline::Outline;
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
}

impl Document {
    /// Reads a text. Cannot fail: any text is a draft.
    #[must_use]
    pub fn new(source: impl Into<String>, format: Format) -> Self {
        let text = source.into();
        let blocks = format.blocks(&text);
        Self::of(Content { text, blocks, charset: None, unread: 0 }, format)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// The bytes are no file of the format.
    pub fn read(bytes: &[u8], format: Format) -> Result<Self, ReadError> {
        Ok(Self::of(format.read(bytes)?, format))
    }

    fn of(content: Content, format: Format) -> Self {
        let Content { text: source, blocks, charset, unread } = content;
        let outline = Outline::new(&source, &blocks);
        let directives = if directive::may_hold(&source) {
            directive::parse(&source, &format.markup(&source))
        } else {
            Vec::new()
        };
        Self { source, format, charset, unread, blocks, outline, directives }
    }

    /// The document after edits, which are in order and do not overlap.
    #[must_use]
    pub fn edited<E: Borrow<Edit>>(&self, edits: &[E]) -> Self {
        let edited = Self::new(apply(&self.source, edits), self.format);
        Self { charset: self.charset, unread: self.unread, ..edited }
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
