//! All safe fixes of a document, applied again and again until none is left: the action `source.fixAll.zhubi`.

use std::ops::Range;

use tower_lsp_server::ls_types::CodeActionKind;

use crate::lint::fix;
use crate::server::snapshot::Snapshot;
use crate::{Applicability, Document, Edit};

/// The kind of the action; `source.fixAll` holds it.
pub(crate) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.zhubi");

/// A fix may make room for another, but not for ever.
const MAX_ROUNDS: usize = 10;

/// The edits that bring the text to where no safe fix is left; none where there is none now.
pub(crate) fn edits(snapshot: &Snapshot) -> Vec<Edit> {
    let source = snapshot.document.source();
    let mut pieces = Pieces::new(source.len());
    let first = fix::edits(&snapshot.findings, Applicability::Safe);
    if first.is_empty() {
        return Vec::new();
    }
    pieces.apply(&first);
    for _ in 1..MAX_ROUNDS {
        let document = Document::new(pieces.text(source), snapshot.draft.format);
        let findings = snapshot.draft.linter.check(&document);
        let more = fix::edits(&findings, Applicability::Safe);
        if more.is_empty() {
            break;
        }
        pieces.apply(&more);
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
    fn apply(&mut self, edits: &[&Edit]) {
        let mut after = Vec::with_capacity(self.0.len() + 2 * edits.len());
        let mut at = 0;
        for edit in edits {
            self.copy(at..edit.range.start, &mut after);
            after.push(Piece::Put(edit.text.clone()));
            at = edit.range.end;
        }
        self.copy(at..usize::MAX, &mut after);
        self.0 = after;
    }

    fn copy(&self, wanted: Range<usize>, out: &mut Vec<Piece>) {
        let mut start = 0;
        for piece in &self.0 {
            let end = start + piece.len();
            let (from, to) = (wanted.start.max(start), wanted.end.min(end));
            if from < to {
                out.push(piece.part(from - start..to - start));
            }
            start = end;
        }
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
        pieces.apply(&[&edit(2..4, "ab"), &edit(8..8, "X")]);
        assert_eq!(pieces.text(source), "01ab4567X89");
        pieces.apply(&[&edit(3..5, ""), &edit(8..9, "YZ")]);
        assert_eq!(pieces.text(source), "01a567YZ89");
        assert_eq!(pieces.edits(source), [edit(2..5, "a"), edit(8..8, "YZ")]);
    }

    #[test]
    fn what_comes_back_to_itself_is_no_edit() {
        let source = "甲乙";
        let mut pieces = Pieces::new(source.len());
        pieces.apply(&[&edit(0..3, "丙")]);
        pieces.apply(&[&edit(0..3, "甲")]);
        assert!(pieces.edits(source).is_empty());
    }
}
