//! Fixes for the whole document, applied until none is left: `source.fixAll.zhubi`, formatting and others.

use std::ops::Range;
use std::sync::atomic::AtomicBool;

use serde::{Deserialize, Serialize};

use super::snapshot::Snapshot;
use crate::lint::{Checker, fix};
use crate::rule::Rule;
use crate::rules;
use crate::{Applicability, Diagnostic, Document, Edit};

/// A fix may make another one possible, but not for ever.
const MAX_ROUNDS: usize = 10;

/// Which fixes are applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum FixSet {
    /// All safe ones.
    Safe,
    /// The safe ones of a rule.
    Rule(String),
    /// The safe ones that a formatter may apply.
    Format,
    /// Those that renumber headings and series, safe or not.
    Numbering,
}

impl FixSet {
    fn includes(&self, rule: &str) -> bool {
        match self {
            Self::Safe => true,
            Self::Rule(id) => rule == id,
            Self::Format => rules::find(rule).is_some_and(Rule::formats),
            Self::Numbering => rules::find(rule).is_some_and(Rule::renumbers),
        }
    }

    fn least(&self) -> Applicability {
        if *self == Self::Numbering { Applicability::Suggested } else { Applicability::Safe }
    }

    /// The number of findings that have such a fix.
    pub(crate) fn count(&self, findings: &[Diagnostic]) -> usize {
        let fits = |finding: &&Diagnostic| {
            self.includes(finding.rule) && finding.applicability().is_some_and(|it| it >= self.least())
        };
        findings.iter().filter(fits).count()
    }

    fn edits(&self, findings: &[Diagnostic]) -> Vec<Edit> {
        let included: Vec<Diagnostic> =
            findings.iter().filter(|finding| self.includes(finding.rule)).cloned().collect();
        fix::edits(&included, self.least()).into_iter().cloned().collect()
    }
}

/// The edits after which none of these fixes is left.
pub(crate) fn edits(snapshot: &Snapshot, which: &FixSet) -> Vec<Edit> {
    let source = snapshot.document.source();
    let mut pieces = Pieces::new(source.len());
    let mut edits = which.edits(&snapshot.findings);
    let mut checker = Checker::new(snapshot.state.config.linter.clone());
    for _ in 0..MAX_ROUNDS {
        if edits.is_empty() {
            break;
        }
        pieces.apply(&edits);
        let document = Document::new(pieces.text(source), snapshot.state.format);
        let findings = checker.check(&document, &AtomicBool::new(false)).unwrap_or_default();
        edits = which.edits(&findings);
    }
    pieces.edits(source)
}

/// An edited text, as pieces of the source and of insertions, so that several rounds of edits become one
/// list, with each edit no wider than it must be.
#[derive(Debug)]
struct Pieces(Vec<Piece>);

#[derive(Debug, Clone)]
enum Piece {
    /// Bytes of the source.
    Kept(Range<usize>),
    /// Inserted text.
    Put(String),
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Self::Kept(range) => range.len(),
            Self::Put(text) => text.len(),
        }
    }

    /// Part of the piece, in bytes from its start.
    fn part(&self, part: Range<usize>) -> Self {
        match self {
            Self::Kept(range) => Self::Kept(range.start + part.start..range.start + part.end),
            Self::Put(text) => Self::Put(text[part].to_owned()),
        }
    }
}

impl Pieces {
    fn new(len: usize) -> Self {
        Self(vec![Piece::Kept(0..len)])
    }

    /// Applies edits to the current text; they are in order and do not overlap.
    fn apply(&mut self, edits: &[Edit]) {
        let mut after = Vec::with_capacity(self.0.len() + 2 * edits.len());
        let (mut at, mut reached) = (0, (0, 0));
        for edit in edits {
            reached = self.copy(reached, at..edit.range.start, &mut after);
            after.push(Piece::Put(edit.text.clone()));
            at = edit.range.end;
        }
        self.copy(reached, at..usize::MAX, &mut after);
        self.0 = after;
    }

    /// Copies a range of the text. The search begins at the piece that was `reached`, given with its first
    /// byte, so that pieces before it are not visited again; returns the piece that is reached now.
    fn copy(&self, reached: (usize, usize), wanted: Range<usize>, out: &mut Vec<Piece>) -> (usize, usize) {
        let (mut index, mut start) = reached;
        while let Some(piece) = self.0.get(index) {
            let end = start + piece.len();
            let (from, to) = (wanted.start.max(start), wanted.end.min(end));
            if from < to {
                out.push(piece.part(from - start..to - start));
            }
            if end > wanted.end {
                break;
            }
            (index, start) = (index + 1, end);
        }
        (index, start)
    }

    fn text(&self, source: &str) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Kept(range) => source[range.clone()].to_owned(),
            Piece::Put(text) => text.clone(),
        };
        self.0.iter().map(piece).collect()
    }

    /// The edits that turn `source` into this text.
    fn edits(&self, source: &str) -> Vec<Edit> {
        let mut edits = Vec::new();
        let (mut at, mut put) = (0, String::new());
        let mut push = |range: Range<usize>, text: String| {
            let edit = Edit { range, text }.trimmed(source);
            if !(edit.range.is_empty() && edit.text.is_empty()) {
                edits.push(edit);
            }
        };
        for piece in &self.0 {
            match piece {
                Piece::Put(text) => put.push_str(text),
                Piece::Kept(range) => {
                    push(at..range.start, std::mem::take(&mut put));
                    at = range.end;
                }
            }
        }
        push(at..source.len(), put);
        edits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(range: Range<usize>, text: &str) -> Edit {
        Edit { range, text: text.into() }
    }

    #[test]
    fn rounds_of_edits_become_one_list() {
        let source = "0123456789";
        let mut pieces = Pieces::new(source.len());
        pieces.apply(&[edit(2..4, "ab"), edit(8..8, "X")]);
        assert_eq!(pieces.text(source), "01ab4567X89");
        pieces.apply(&[edit(3..5, ""), edit(8..9, "YZ")]);
        assert_eq!(pieces.text(source), "01a567YZ89");
        assert_eq!(pieces.edits(source), [edit(2..5, "a"), edit(8..8, "YZ")]);
    }

    #[test]
    fn what_comes_back_to_itself_is_no_edit() {
        let source = "甲乙";
        let mut pieces = Pieces::new(source.len());
        pieces.apply(&[edit(0..3, "丙")]);
        pieces.apply(&[edit(0..3, "甲")]);
        assert!(pieces.edits(source).is_empty());
    }
}
