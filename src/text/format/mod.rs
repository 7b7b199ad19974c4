//! The formats of a draft: a file's bytes → its text and blocks of prose, and edits → bytes of the same
//! format. CONTRIBUTING.md says how to add one.

mod code;
#[cfg(feature = "docx")]
pub(crate) mod docx;
mod markdown;
mod plain;
pub(crate) mod structure;
mod url;

use std::ops::Range;
use std::path::Path;

use super::block::Block;
use super::charset::{self, Charset};
use super::read_error::ReadError;
use crate::finding::{Edit, apply};

/// A format that drafts are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// A paragraph a line.
    #[default]
    Plain,
    /// CommonMark with tables, footnotes, task lists, formulas and front matter.
    Markdown,
    /// A document of Word 2007 or later, or of WPS in that format.
    #[cfg(feature = "docx")]
    Docx,
}

/// A format of input: what its files are called, how they are read and written; by default as text.
trait InputFormat: Sync {
    /// The extensions of its files, in lower case, the usual one first: what a walk looks for.
    fn extensions(&self) -> &'static [&'static str];

    /// Its language identifiers in the Language Server Protocol.
    fn language_ids(&self) -> &'static [&'static str] {
        &[]
    }

    /// The blocks of prose of a text, in order.
    fn blocks(&self, text: &str) -> Vec<Block>;

    /// The markup of a text.
    fn markup(&self, _text: &str) -> Markup {
        Markup::None
    }

    /// What a file holds.
    fn read(&self, bytes: &[u8]) -> Result<Content, ReadError> {
        let decoded = charset::decode(bytes)?;
        let blocks = self.blocks(&decoded.text);
        Ok(Content {
            text: decoded.text,
            blocks,
            charset: Some(decoded.charset),
            unread: decoded.unread,
            written: None,
        })
    }

    /// The bytes of a file after edits of its text, which are in order and do not overlap.
    fn write(&self, bytes: &[u8], edits: &[Edit]) -> Result<Vec<u8>, ReadError> {
        let decoded = charset::decode(bytes)?;
        Ok(charset::encode(&apply(&decoded.text, edits), decoded.charset))
    }
}

/// The block that a line of a text is; none where it holds nothing.
pub(super) fn line(text: &str, range: Range<usize>) -> Option<Block> {
    plain::block(text, range)
}

/// What a file holds.
pub(super) struct Content {
    /// The text that rules and editors see.
    pub(super) text: String,
    /// Its blocks of prose, in order.
    pub(super) blocks: Vec<Block>,
    /// How it was saved; none where the format leaves no choice.
    pub(super) charset: Option<Charset>,
    /// How many places could not be read.
    pub(super) unread: usize,
    /// The ranges of the text that the file writes as such, in order, where that is not all of it. No edit
    /// can change the rest: numbers that are counted, the ends of paragraphs.
    pub(super) written: Option<Vec<Range<usize>>>,
}

impl Format {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Plain,
        Self::Markdown,
        #[cfg(feature = "docx")]
        Self::Docx,
    ];

    fn implementation(self) -> &'static dyn InputFormat {
        match self {
            Self::Plain => &plain::Plain,
            Self::Markdown => &markdown::Markdown,
            #[cfg(feature = "docx")]
            Self::Docx => &docx::Docx,
        }
    }

    /// Are its files text, so that an editor shows what rules see?
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(self, Self::Plain | Self::Markdown)
    }

    /// The extensions of its files, in lower case, the usual one first.
    #[must_use]
    pub fn extensions(self) -> &'static [&'static str] {
        self.implementation().extensions()
    }

    /// The format of files with this extension, if there is one.
    #[must_use]
    pub fn of_extension(extension: &str) -> Option<Self> {
        let extension = extension.to_ascii_lowercase();
        Self::ALL.iter().copied().find(|format| format.extensions().contains(&&*extension))
    }

    /// The format of a file by its extension; plain text where that is none of ours.
    #[must_use]
    pub fn of_path(path: &Path) -> Self {
        path.extension().and_then(|it| it.to_str()).and_then(Self::of_extension).unwrap_or_default()
    }

    /// The format of a language identifier of the Language Server Protocol, if there is one.
    #[must_use]
    pub fn of_language_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.implementation().language_ids().contains(&id))
    }

    /// The bytes of a file after edits of its text, which are in order and do not overlap.
    ///
    /// # Errors
    /// The bytes are no file of this format.
    pub fn write(self, bytes: &[u8], edits: &[Edit]) -> Result<Vec<u8>, ReadError> {
        self.implementation().write(bytes, edits)
    }

    pub(super) fn read(self, bytes: &[u8]) -> Result<Content, ReadError> {
        self.implementation().read(bytes)
    }

    pub(super) fn blocks(self, text: &str) -> Vec<Block> {
        self.implementation().blocks(text)
    }

    pub(super) fn markup(self, text: &str) -> Markup {
        self.implementation().markup(text)
    }
}

/// Where a text is no prose, in order: what can hold a directive of ours, and what cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Markup {
    /// All of it is prose.
    None,
    /// As in Markdown.
    Html {
        /// Tags and comments.
        html: Vec<Range<usize>>,
        /// Code, formulas and front matter.
        code: Vec<Range<usize>>,
    },
}

impl Markup {
    /// Does no prose stand at a place?
    #[must_use]
    pub fn is_silent(&self, at: usize) -> bool {
        let Self::Html { html, code } = self else { return false };
        [html, code].into_iter().any(|ranges| {
            let before = ranges.partition_point(|range| range.start <= at);
            before > 0 && at < ranges[before - 1].end
        })
    }
}
