//! What a rule is, and what it sees.

pub mod dictionary;
pub(crate) mod example;
pub(crate) mod facts;
pub mod literals;
pub(crate) mod own_date;
pub mod pack;
pub(crate) mod pattern;
pub(crate) mod table;

use std::ops::Range;

use crate::doctype::{self, DocumentType, Title};
use crate::finding::{Applicability, Diagnostic, Finding, Severity};
use crate::rule::dictionary::Dictionary;
use crate::rule::facts::{Extract, Extracted, Facts};
use crate::rule::literals::{Hit, Hits, LiteralHits, Needs};
use crate::rule::pack::Packs;
use crate::text::block::BlockKind;
use crate::text::document::Document;
use crate::text::format::Format;
use crate::typo::{Suspicion, TypoKind};

/// A rule: what it is called, what it says of itself, and how it checks.
#[derive(Debug)]
pub struct Rule {
    /// Its group and name: `typo/confusable-word`.
    pub id: &'static str,
    /// What it finds, in a few Chinese words.
    pub summary: &'static str,
    /// How much its findings matter, at the most.
    pub severity: Severity,
    /// How applicable its fixes are at best; `None` where it offers none.
    pub fix: Option<Applicability>,
    /// Its documentation in Chinese Markdown, from its module comment.
    pub doc: &'static str,
    /// What it needs, all of it, to find anything; empty for a rule that is always called.
    pub needs: &'static [Needs],
    /// What it reads.
    pub scope: Scope,
}

/// Finds what is wrong in a paragraph.
pub type CheckParagraph = fn(&Paragraph<'_>, &mut Vec<Finding>);

/// What a rule reads, and the function that does it.
#[derive(Debug, Clone, Copy)]
pub enum Scope {
    /// A paragraph by itself; the findings' ranges are bytes of its prose.
    Paragraph(CheckParagraph),
    /// The same for what a writer does by habit. Where all of a document is so, it is one fault and not one a
    /// paragraph: the second function is given the findings that have a safe fix, in order, and merges those
    /// that are one. It is called when conflicts are resolved and directives obeyed.
    Habit(CheckParagraph, fn(&Document, Vec<Diagnostic>) -> Vec<Diagnostic>),
    /// A paragraph with what the document says for and against, through the contextual detector: what it
    /// suspects of these kinds, made a finding by the function, which is given the paragraph's prose.
    Suspicion(&'static [TypoKind], fn(&str, &Suspicion) -> Option<Finding>),
    /// The whole document; the findings' ranges are bytes of its source.
    Document(fn(&DocumentView<'_>, &mut Vec<Finding>)),
    /// Documents that are checked together, one after the other: the function begins a comparison of one run.
    Collection(fn() -> Box<dyn Comparison>),
}

impl Scope {
    /// The function that reads a paragraph by itself.
    pub(crate) fn of_paragraph(self) -> Option<CheckParagraph> {
        match self {
            Self::Paragraph(check) | Self::Habit(check, _) => Some(check),
            Self::Suspicion(..) | Self::Document(_) | Self::Collection(_) => None,
        }
    }
}

/// A comparison of the documents of a run.
pub trait Comparison: std::fmt::Debug + Send {
    /// Adds a document, which others will know by `name`, and finds what it has in common with those before
    /// it; the findings' ranges are bytes of its source.
    fn add(&mut self, name: &str, document: &Document) -> Vec<Finding>;
}

/// What a paragraph rule sees. What it finds may depend on nothing else, so that it can be kept until this
/// changes.
#[derive(Debug, Clone, Copy)]
pub struct Paragraph<'a> {
    /// The prose.
    pub text: &'a str,
    /// What the block is in its format.
    pub kind: BlockKind,
    /// Is it a heading, by its format or by its look?
    pub is_heading: bool,
    /// The format of the document.
    pub format: Format,
    /// The project's words.
    pub dictionary: &'a Dictionary,
    /// The rules that the organisation adds.
    pub packs: &'a Packs,
    /// What stands in the prose of all that rules look for.
    pub(crate) literals: &'a LiteralHits<'a>,
    /// The number of the rule's first list among these.
    pub(crate) first_list: u8,
    /// The bytes of the prose before which markup stands that is left out of it, in order.
    pub(crate) seams: &'a [usize],
}

impl Paragraph<'_> {
    /// Where the literals stand that the rule needs.
    pub(crate) fn hits(&self) -> Hits<'_> {
        self.literals.of_rule(self.first_list)
    }

    /// The sentences of the prose.
    pub(crate) fn sentences(&self) -> &[Range<usize>] {
        self.literals.sentences()
    }

    /// May one of these characters stand in the prose?
    pub(crate) fn may_contain_any(&self, chars: &str) -> bool {
        self.literals.may_contain_any(chars)
    }

    /// Does a range of the prose meet markup?
    pub(crate) fn meets_markup(&self, range: &Range<usize>) -> bool {
        let next = self.seams.partition_point(|seam| *seam < range.start);
        self.seams.get(next).is_some_and(|seam| *seam <= range.end)
    }
}

/// What a document rule sees.
#[derive(Debug, Clone, Copy)]
pub struct DocumentView<'a> {
    /// The document.
    pub document: &'a Document,
    /// The kind of all documents, where the configuration says it.
    pub document_type: Option<&'static DocumentType>,
    /// Where the literals stand, in each paragraph, that rules need.
    pub(crate) literals: &'a Extracted<Hit>,
    /// The number of the rule's first list among these.
    pub(crate) first_list: u8,
    /// What rules have extracted from each paragraph.
    pub(crate) facts: &'a Facts,
}

impl DocumentView<'_> {
    /// What is extracted from each paragraph. It is kept until the paragraph changes: what is worth the
    /// reading of all the text belongs into the extract, what only adds up belongs into the rule.
    pub(crate) fn extract<T: Send + Sync + 'static>(&self, extract: &'static Extract<T>) -> Extracted<T> {
        self.facts.of(self.document, extract, Some(self.literals), self.first_list)
    }

    /// The characters of a range of paragraphs.
    pub(crate) fn length(&self, blocks: Range<usize>) -> usize {
        static LENGTHS: Extract<usize> = Extract::new(|text, _| vec![text.chars().count()]);
        self.extract(&LENGTHS).within(blocks).map(|(_, chars)| chars).sum()
    }
}

impl DocumentView<'_> {
    /// The title of a part, with its kind as the draft or the configuration declares it, or as it is
    /// recognised.
    #[must_use]
    pub fn title(&self, part: Range<usize>) -> Option<Title> {
        doctype::title_or(self.document, part, self.document_type)
    }
}

/// The documentation of a rule: the module comment at the top of its file, as Markdown.
macro_rules! module_doc {
    ($file:literal) => {
        $crate::rule::module_comment(include_str!($file))
    };
}
pub(crate) use module_doc;

/// The lines at the start of a Rust source that begin with `//!`, markers and all.
pub(crate) const fn module_comment(source: &'static str) -> &'static str {
    let bytes = source.as_bytes();
    let mut at = 0;
    while at + 2 < bytes.len() && bytes[at] == b'/' && bytes[at + 1] == b'/' && bytes[at + 2] == b'!' {
        while at < bytes.len() && bytes[at] != b'\n' {
            at += 1;
        }
        at += 1;
    }
    source.split_at(at).0
}

impl Rule {
    /// Its documentation as Markdown, each paragraph on one line: where lines are joined when it is shown, a
    /// blank would stand between Chinese characters.
    #[must_use]
    pub fn documentation(&self) -> String {
        let lines = self.doc.lines().map(|line| line.strip_prefix("//!").unwrap_or(line));
        let lines = lines.map(|line| line.strip_prefix(' ').unwrap_or(line));
        let (mut page, mut in_fence, mut goes_on) = (String::new(), false, false);
        for (at, line) in lines.enumerate() {
            let is_fence = line.starts_with("```");
            // An item goes on in lines that are indented.
            let more = line.trim_start();
            let begins_anew =
                is_fence || in_fence || more.is_empty() || more.starts_with(['#', '-', '|', '>']);
            if goes_on && !begins_anew {
                // Latin words and code are set off from Chinese characters, not from marks.
                let is_word = |c: char| c.is_alphanumeric() || c == '`';
                let edges = [page.chars().next_back(), more.chars().next()];
                if edges.iter().all(|c| c.is_some_and(is_word))
                    && edges.iter().any(|c| c.is_some_and(|c| c.is_ascii()))
                {
                    page.push(' ');
                }
                page += more;
            } else {
                if at > 0 {
                    page.push('\n');
                }
                page += line;
            }
            in_fence ^= is_fence;
            goes_on = !in_fence && !is_fence && !line.is_empty() && !line.starts_with(['#', '|']);
        }
        page
    }

    /// The first sentence of its documentation: what is wrong, in a writer's words.
    #[must_use]
    #[cfg(feature = "lsp")]
    pub(crate) fn sentence(&self) -> String {
        let page = self.documentation();
        let line = page.lines().find(|line| !line.is_empty()).unwrap_or_default();
        line.split_inclusive('。').next().unwrap_or_default().to_owned()
    }

    /// Its name without the group.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.id.split_once('/').map_or(self.id, |(_, name)| name)
    }
}
