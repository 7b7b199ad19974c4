//! What is kept of a document from one run to the next: each paragraph with its results, the document's evidence for the
//! contextual detector, and the facts of document rules. A run after an edit reads the paragraphs that are new and passes
//! over the results of the others.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::mem::size_of_val;
use std::ops::Range;

use crate::finding::{Finding, Severity};
use crate::rule::Rule;
use crate::rule::facts::Facts;
use crate::text::block::BlockKind;
use crate::text::document::Document;
use crate::text::outline::{Node, NodeKind};
use crate::typo::{DocumentContext, ScoredParagraph};

/// The paragraphs of one document as of its last run.
#[derive(Debug, Default)]
pub(super) struct Cache {
    pub(super) paragraphs: Vec<CachedParagraph>,
    /// The document's evidence for and against typos; absent until it is needed.
    pub(super) context: Option<DocumentContext>,
    pub(super) facts: Facts,
    /// Paragraphs that undo or paste may bring back.
    recently_removed: HashMap<u64, CachedParagraph>,
    recently_removed_bytes: usize,
}

/// A paragraph, by all that its results depend on, with its results.
#[derive(Debug)]
pub(super) struct CachedParagraph {
    pub(super) text: Box<str>,
    pub(super) kind: BlockKind,
    pub(super) is_heading: bool,
    /// 篇二 is no text.
    pub(super) is_part: bool,
    /// Where markup stands that is left out of the text.
    pub(super) seams: Box<[usize]>,
    /// Absent until the paragraph was read.
    pub(super) result: Option<ParagraphResult>,
}

/// What was found in a paragraph.
#[derive(Debug, Default)]
pub(super) struct ParagraphResult {
    /// By paragraph rules.
    pub(super) findings: Vec<LocalFinding>,
    /// By the contextual detector, before the document's evidence is applied.
    pub(super) scored: ScoredParagraph,
}

/// A finding in bytes of a paragraph's prose, with its rule.
#[derive(Debug)]
pub(super) struct LocalFinding {
    pub(super) rule: &'static Rule,
    pub(super) severity: Severity,
    pub(super) finding: Finding,
}

/// Removed paragraphs are kept up to this size, in bytes.
const MAX_REMOVED_BYTES: usize = 512 << 10;

impl Cache {
    /// Diffs against the previous document and keeps the results of unchanged paragraphs.
    pub(super) fn update(&mut self, document: &Document) {
        let blocks = document.blocks();
        let outline = document.outline().nodes();
        let headings = document.outline().heading_blocks();
        let is_part = |node: &&&Node| node.kind == NodeKind::Part;
        let parts: Vec<usize> = outline.iter().filter(is_part).map(|node| node.block).collect();
        let key = |index: usize| ParagraphKey {
            text: document.text(&blocks[index]),
            kind: blocks[index].kind,
            is_heading: headings.binary_search(&index).is_ok(),
            is_part: parts.binary_search(&index).is_ok(),
            seams: blocks[index].seams().collect(),
        };
        let shorter = blocks.len().min(self.paragraphs.len());
        let same = |old: &CachedParagraph, new: usize| key(new).matches(old);
        let start = (0..shorter).take_while(|&at| same(&self.paragraphs[at], at)).count();
        let end = (0..shorter - start)
            .take_while(|&back| {
                same(&self.paragraphs[self.paragraphs.len() - 1 - back], blocks.len() - 1 - back)
            })
            .count();
        let old = start..self.paragraphs.len() - end;
        let new = start..blocks.len() - end;
        self.update_context(&old, new.clone().map(|index| key(index).text));
        self.facts.splice(old.clone(), new.len());
        let removed: Vec<CachedParagraph> = self.paragraphs.drain(old).collect();
        for paragraph in removed {
            self.recently_removed_bytes += paragraph.size();
            self.recently_removed.insert(paragraph.key().hash(), paragraph);
        }
        let added: Vec<CachedParagraph> = new.map(|index| self.reuse_or_new(&key(index))).collect();
        self.paragraphs.splice(start..start, added);
        if self.recently_removed_bytes > MAX_REMOVED_BYTES {
            self.recently_removed.clear();
            self.recently_removed_bytes = 0;
        }
    }

    fn update_context<'a>(&mut self, old: &Range<usize>, new: impl Iterator<Item = &'a str>) {
        let old = self.paragraphs[old.clone()].iter().map(|paragraph| &*paragraph.text);
        if self.context.as_mut().is_some_and(|context| !context.exchange(old, new)) {
            self.context = None;
        }
    }

    fn reuse_or_new(&mut self, key: &ParagraphKey<'_>) -> CachedParagraph {
        match self.recently_removed.remove(&key.hash()) {
            Some(paragraph) if key.matches(&paragraph) => {
                self.recently_removed_bytes = self.recently_removed_bytes.saturating_sub(paragraph.size());
                paragraph
            }
            _ => CachedParagraph {
                text: key.text.into(),
                kind: key.kind,
                is_heading: key.is_heading,
                is_part: key.is_part,
                seams: key.seams.as_ref().into(),
                result: None,
            },
        }
    }
}

/// What two paragraphs must share to have the same results.
#[derive(Hash, PartialEq, Eq)]
struct ParagraphKey<'a> {
    text: &'a str,
    kind: BlockKind,
    is_heading: bool,
    is_part: bool,
    seams: Cow<'a, [usize]>,
}

impl ParagraphKey<'_> {
    fn matches(&self, paragraph: &CachedParagraph) -> bool {
        *self == paragraph.key()
    }

    fn hash(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        Hash::hash(self, &mut hasher);
        hasher.finish()
    }
}

impl CachedParagraph {
    fn key(&self) -> ParagraphKey<'_> {
        ParagraphKey {
            text: &self.text,
            kind: self.kind,
            is_heading: self.is_heading,
            is_part: self.is_part,
            seams: Cow::Borrowed(&self.seams),
        }
    }

    /// An estimate in bytes: what the detector keeps of a text is many times the text.
    fn size(&self) -> usize {
        let findings = self.result.as_ref().map_or(0, |result| result.findings.len());
        size_of_val(self) + 24 * self.text.len() + 512 * findings
    }
}
