//! Many fixes of a document, applied again and again until none is left: the action `source.fixAll.zhubi` and its like.

use std::ops::Range;
use std::sync::atomic::AtomicBool;

use serde::{Deserialize, Serialize};
use tower_lsp_server::ls_types::CodeActionKind;

use crate::finding::group_of;
use crate::lint::{Checker, fix};
use crate::server::snapshot::Snapshot;
use crate::{Applicability, Diagnostic, Document, Edit};

/// The kind of the action; `source.fixAll` holds it.
pub(crate) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.zhubi");

/// A fix may make room for another, but not for ever.
const MAX_ROUNDS: usize = 10;

/// Whose fixes are applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Which {
    /// All that are safe.
    Safe,
    /// The safe ones of a rule.
    Rule(String),
    /// The safe ones of punctuation and numbering: what a formatter may do.
    Format,
    /// Those of the numbers of headings and of series, safe or not.
    Numbering,
}

/// The rules that speak of numbers of headings and of series.
const NUMBERING: [&str; 2] = ["structure/numbering", "structure/ordinal-series"];

impl Which {
    fn holds(&self, rule: &str) -> bool {
        match self {
            Self::Safe => true,
            Self::Rule(name) => rule == name,
            Self::Format => group_of(rule) == "punctuation" || NUMBERING.contains(&rule),
            Self::Numbering => NUMBERING.contains(&rule),
        }
    }

    fn least(&self) -> Applicability {
        if *self == Self::Numbering { Applicability::Suggested } else { Applicability::Safe }
    }

    /// How many of the findings have such a fix.
    pub(crate) fn count(&self, findings: &[Diagnostic]) -> usize {
        let fits = |finding: &&Diagnostic| {
            self.holds(finding.rule) && finding.applicability().is_some_and(|it| it >= self.least())
        };
        findings.iter().filter(fits).count()
    }

    fn edits(&self, findings: &[Diagnostic]) -> Vec<Edit> {
        let held: Vec<Diagnostic> =
            findings.iter().filter(|finding| self.holds(finding.rule)).cloned().collect();
        fix::edits(&held, self.least()).into_iter().cloned().collect()
    }
}

/// The edits that bring the text to where none of these fixes is left; none where there is none now.
pub(crate) fn edits(snapshot: &Snapshot, which: &Which) -> Vec<Edit> {
    let source = snapshot.document.source();
    let mut pieces = Pieces::new(source.len());
    let mut edits = which.edits(&snapshot.findings);
    let mut checker = Checker::new(snapshot.draft.in_force.linter.clone());
    for _ in 0..MAX_ROUNDS {
        if edits.is_empty() {
            break;
        }
        pieces.apply(&edits);
        let document = Document::new(pieces.text(source), snapshot.draft.format);
        let findings = checker.check(&document, &AtomicBool::new(false)).unwrap_or_default();
        edits = which.edits(&findings);
    }
    pieces.edits(source)
}

/// A text after edits, as pieces of the one before and of what was put in: so many rounds still make one list of edits,
/// each no wider than it must be.
#[derive(Debug)]
struct Pieces(Vec<Piece>);

#[derive(Debug, Clone)]
enum Piece {
    /// Bytes of the source.
    Kept(Range<usize>),
    /// Text that is new.
    Put(String),
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Self::Kept(range) => range.len(),
            Self::Put(text) => text.len(),
        }
    }

    /// A part of it, in bytes from its start.
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

    /// Applies edits of the text as it now is; they are in order and do not overlap.
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

    /// Copies a part of the text. From the piece that was `reached`, with the byte it begins at, and to where that goes on:
    /// pieces before it are not looked at again.
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

    /// The edits that make this of `source`.
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
