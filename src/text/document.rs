//! The draft that rules read: its source, its blocks of prose, its outline.

use std::ops::Range;

use super::block::Block;
use super::directive::{self, Directive};
use super::format::{self, Format, Markup};
use super::outline::Outline;

/// A draft: its source text, its blocks in order, and its outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    source: String,
    format: Format,
    blocks: Vec<Block>,
    outline: Outline,
    directives: Vec<Directive>,
}

impl Document {
    /// Reads a text. Cannot fail: any text is a draft.
    #[must_use]
    pub fn new(source: impl Into<String>, format: Format) -> Self {
        let source = source.into();
        let blocks = format::blocks(&source, format);
        let outline = Outline::new(&source, &blocks);
        let directives = if directive::may_hold(&source) {
            directive::parse(&source, &Markup::of(&source, format))
        } else {
            Vec::new()
        };
        Self { source, format, blocks, outline, directives }
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

    /// What it says to the program, such as `zhubi: ignore`, in order.
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
