//! The formats of a draft: a format's text → blocks of prose.

mod code;
mod markdown;
mod plain;
pub(crate) mod structure;
mod url;

use std::ops::Range;
use std::path::Path;

use super::block::Block;

/// A format that drafts are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// A paragraph a line.
    #[default]
    Plain,
    /// CommonMark with tables, footnotes, task lists, formulas and front matter.
    Markdown,
}

impl Format {
    /// The file name extensions that a walk over folders takes up.
    pub const EXTENSIONS: [&str; 4] = ["txt", "text", "md", "markdown"];

    /// The format of a file by its extension; plain text for one that is not known.
    #[must_use]
    pub fn of_path(path: &Path) -> Self {
        match path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
            Some("md" | "markdown") => Self::Markdown,
            _ => Self::Plain,
        }
    }

    /// The format of a language identifier of the Language Server Protocol.
    #[must_use]
    pub fn of_language_id(id: &str) -> Self {
        if id == "markdown" { Self::Markdown } else { Self::Plain }
    }
}

/// The blocks of prose of a text, in order.
#[must_use]
pub fn blocks(source: &str, format: Format) -> Vec<Block> {
    match format {
        Format::Plain => plain::blocks(source),
        Format::Markdown => markdown::blocks(source),
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
    /// The markup of a text.
    #[must_use]
    pub fn of(source: &str, format: Format) -> Self {
        match format {
            Format::Plain => Self::None,
            Format::Markdown => markdown::markup(source),
        }
    }

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
