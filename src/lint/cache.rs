//! What is remembered of a document from one run to the next: every paragraph with what was found in it, what the document
//! says for and against typos, and the notes of the rules that read all of it. A run after an edit costs the paragraphs that
//! are new, and a pass over what is known of the others.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::mem::size_of_val;
use std::ops::Range;

use crate::finding::Finding;
use crate::finding::Severity;
use crate::rule::Rule;
use crate::rule::facts::Notes;
use crate::text::block::BlockKind;
use crate::text::document::Document;
use crate::text::outline::NodeKind;
use crate::typo::{DocumentContext, ScoredParagraph};

/// The paragraphs of one document as they were at its last run.
#[derive(Debug, Default)]
pub(super) struct Memory {
    pub(super) paragraphs: Vec<Paragraph>,
    /// What the document says of typos; absent until it is asked for.
    pub(super) context: Option<DocumentContext>,
    pub(super) notes: Notes,
    /// Paragraphs that were taken out of late: they come back by undoing and by pasting.
    former: HashMap<u64, Paragraph>,
    former_bytes: usize,
}

/// A paragraph, by all that its findings depend on, and what is known of it.
#[derive(Debug)]
pub(super) struct Paragraph {
    pub(super) text: Box<str>,
    pub(super) kind: BlockKind,
    pub(super) is_heading: bool,
    /// 篇二 is no text.
    pub(super) is_part: bool,
    /// Where markup stands that is left out of the text.
    pub(super) seams: Box<[usize]>,
    /// Absent until it was read.
    pub(super) known: Option<Known>,
}

/// What was found in a paragraph.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// By the rules that read a paragraph.
    pub(super) findings: Vec<Said>,
    /// By the contextual detector, without the document's evidence.
    pub(super) scored: ScoredParagraph,
}

/// A finding in a paragraph's prose, with the rule that says it.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) rule: &'static Rule,
    pub(super) severity: Severity,
    pub(super) finding: Finding,
}

/// Paragraphs that were taken out are kept up to so many bytes.
const MOST_FORMER: usize = 512 << 10;

impl Memory {
    /// Takes up a document: what it shares with the last one stays known.
    pub(super) fn follow(&mut self, document: &Document) {
        let blocks = document.blocks();
        let outline = document.outline().nodes();
        let headings: Vec<usize> = outline.iter().map(|node| node.block).collect();
        let is_part = |node: &&&crate::text::outline::Node| node.kind == NodeKind::Part;
        let parts: Vec<usize> = outline.iter().filter(is_part).map(|node| node.block).collect();
        let face = |index: usize| Face {
            text: document.text(&blocks[index]),
            kind: blocks[index].kind,
            is_heading: headings.binary_search(&index).is_ok(),
            is_part: parts.binary_search(&index).is_ok(),
            seams: blocks[index].seams().collect(),
        };
        let least = blocks.len().min(self.paragraphs.len());
        let same = |old: &Paragraph, new: usize| face(new).is_of(old);
        let start = (0..least).take_while(|&at| same(&self.paragraphs[at], at)).count();
        let end = (0..least - start)
            .take_while(|&back| {
                same(&self.paragraphs[self.paragraphs.len() - 1 - back], blocks.len() - 1 - back)
            })
            .count();
        let old = start..self.paragraphs.len() - end;
        let new = start..blocks.len() - end;
        self.exchange_in_context(&old, new.clone().map(|index| face(index).text));
        self.notes.exchange(old.clone(), new.len());
        let removed: Vec<Paragraph> = self.paragraphs.drain(old).collect();
        for paragraph in removed {
            self.former_bytes += paragraph.weight();
            self.former.insert(paragraph.face().hash(), paragraph);
        }
        let added: Vec<Paragraph> = new.map(|index| self.take_up(&face(index))).collect();
        self.paragraphs.splice(start..start, added);
        if self.former_bytes > MOST_FORMER {
            self.former.clear();
            self.former_bytes = 0;
        }
    }

    fn exchange_in_context<'a>(&mut self, old: &Range<usize>, new: impl Iterator<Item = &'a str>) {
        let old = self.paragraphs[old.clone()].iter().map(|paragraph| &*paragraph.text);
        if self.context.as_mut().is_some_and(|context| !context.exchange(old, new)) {
            self.context = None;
        }
    }

    fn take_up(&mut self, face: &Face<'_>) -> Paragraph {
        let hash = face.hash();
        match self.former.remove(&hash) {
            Some(paragraph) if face.is_of(&paragraph) => {
                self.former_bytes = self.former_bytes.saturating_sub(paragraph.weight());
                paragraph
            }
            _ => Paragraph {
                text: face.text.into(),
                kind: face.kind,
                is_heading: face.is_heading,
                is_part: face.is_part,
                seams: face.seams.as_ref().into(),
                known: None,
            },
        }
    }
}

/// What makes two paragraphs the same.
#[derive(Hash, PartialEq, Eq)]
struct Face<'a> {
    text: &'a str,
    kind: BlockKind,
    is_heading: bool,
    is_part: bool,
    seams: Cow<'a, [usize]>,
}

impl Face<'_> {
    fn is_of(&self, paragraph: &Paragraph) -> bool {
        *self == paragraph.face()
    }

    fn hash(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        Hash::hash(self, &mut hasher);
        hasher.finish()
    }
}

impl Paragraph {
    fn face(&self) -> Face<'_> {
        Face {
            text: &self.text,
            kind: self.kind,
            is_heading: self.is_heading,
            is_part: self.is_part,
            seams: Cow::Borrowed(&self.seams),
        }
    }

    /// About the bytes that it takes: what is known of a text takes many times the text.
    fn weight(&self) -> usize {
        let findings = self.known.as_ref().map_or(0, |known| known.findings.len());
        size_of_val(self) + 24 * self.text.len() + 512 * findings
    }
}
