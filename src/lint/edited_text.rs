//! A text after several rounds of edits, as pieces of the text before them and of what was put in: so the
//! rounds add up to one list of edits, none wider than it must be, and each place can be traced back.

use std::ops::Range;

use crate::finding::Edit;

#[derive(Debug)]
pub(super) struct EditedText {
    len: usize,
    /// Each with the byte that it starts at.
    pieces: Vec<(usize, Piece)>,
}

#[derive(Debug, Clone)]
enum Piece {
    /// Bytes of the text before.
    Kept(Range<usize>),
    Inserted {
        text: String,
        /// What an edit of this piece alone would replace in the text before. Not always in order: an
        /// insertion where something was deleted starts behind the deletion and ends before it.
        replaces: Range<usize>,
    },
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Self::Kept(range) => range.len(),
            Self::Inserted { text, .. } => text.len(),
        }
    }

    /// A part of it, in bytes from its start.
    fn part(&self, part: Range<usize>) -> Self {
        match self {
            Self::Kept(range) => Self::Kept(range.start + part.start..range.start + part.end),
            Self::Inserted { text, replaces } => {
                Self::Inserted { text: text[part].to_owned(), replaces: replaces.clone() }
            }
        }
    }
}

impl EditedText {
    pub(super) fn new(len: usize) -> Self {
        Self { len, pieces: vec![(0, Piece::Kept(0..len))] }
    }

    /// Applies edits of the text as it is now; they are in order and do not overlap.
    pub(super) fn apply(&mut self, edits: &[&Edit]) {
        let mut after = Vec::with_capacity(self.pieces.len() + 2 * edits.len());
        let mut done = 0;
        for edit in edits {
            self.copy(done..edit.range.start, &mut after);
            let replaces = self.start_before(edit.range.start)..self.end_before(edit.range.end);
            after.push(Piece::Inserted { text: edit.text.clone(), replaces });
            done = edit.range.end;
        }
        self.copy(done..usize::MAX, &mut after);
        let mut end = 0;
        let with_start = |piece: Piece| {
            let start = end;
            end += piece.len();
            (start, piece)
        };
        self.pieces = after.into_iter().map(with_start).collect();
    }

    fn copy(&self, wanted: Range<usize>, out: &mut Vec<Piece>) {
        let first = self.pieces.partition_point(|(start, piece)| start + piece.len() <= wanted.start);
        for (start, piece) in self.pieces[first..].iter().take_while(|(start, _)| *start < wanted.end) {
            let part = wanted.start.saturating_sub(*start)..piece.len().min(wanted.end - start);
            if !part.is_empty() {
                out.push(piece.part(part));
            }
        }
    }

    /// Where a range that starts at `at` started before the edits.
    pub(super) fn start_before(&self, at: usize) -> usize {
        let index = self.pieces.partition_point(|(start, piece)| start + piece.len() <= at);
        match self.pieces.get(index) {
            Some((start, Piece::Kept(range))) => range.start + (at - start),
            Some((_, Piece::Inserted { replaces, .. })) => replaces.start,
            None => self.len,
        }
    }

    /// Where a range that ends at `at` ended before the edits.
    pub(super) fn end_before(&self, at: usize) -> usize {
        let before = self.pieces.partition_point(|(start, _)| *start < at);
        let is_visible = |(_, piece): &&(usize, Piece)| piece.len() > 0;
        match self.pieces[..before].iter().rfind(is_visible) {
            Some((start, Piece::Kept(range))) => range.start + (at - start),
            Some((_, Piece::Inserted { replaces, .. })) => replaces.end,
            None => 0,
        }
    }

    /// The edits that turn `source`, the text before, into the text as it is now.
    pub(super) fn edits(&self, source: &str) -> Vec<Edit> {
        let mut edits = Vec::new();
        let (mut done, mut inserted) = (0, String::new());
        let mut push = |range: Range<usize>, text: String| {
            let edit = Edit { range, text }.trimmed(source);
            if !(edit.range.is_empty() && edit.text.is_empty()) {
                edits.push(edit);
            }
        };
        for (_, piece) in &self.pieces {
            match piece {
                Piece::Inserted { text, .. } => inserted.push_str(text),
                Piece::Kept(range) => {
                    push(done..range.start, std::mem::take(&mut inserted));
                    done = range.end;
                }
            }
        }
        push(done..source.len(), inserted);
        edits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::apply;

    fn edit(range: Range<usize>, text: &str) -> Edit {
        Edit { range, text: text.into() }
    }

    #[test]
    fn rounds_of_edits_become_one_list() {
        let source = "0123456789";
        let mut text = EditedText::new(source.len());
        text.apply(&[&edit(2..4, "ab"), &edit(8..8, "X")]);
        assert_eq!(apply(source, &text.edits(source)), "01ab4567X89");
        text.apply(&[&edit(3..5, ""), &edit(8..9, "YZ")]);
        assert_eq!(text.edits(source), [edit(2..5, "a"), edit(8..8, "YZ")]);
        assert_eq!(apply(source, &text.edits(source)), "01a567YZ89");
    }

    #[test]
    fn what_comes_back_to_itself_is_no_edit() {
        let source = "甲乙";
        let mut text = EditedText::new(source.len());
        text.apply(&[&edit(0..3, "丙")]);
        text.apply(&[&edit(0..3, "甲")]);
        assert!(text.edits(source).is_empty());
    }

    #[test]
    fn places_are_traced_back() {
        // 甲乙丙丁戊 → 甲○○丙戊
        let mut text = EditedText::new(15);
        text.apply(&[&edit(3..6, "○○"), &edit(9..12, "")]);
        assert_eq!([0, 3, 6, 9, 12].map(|at| text.start_before(at)), [0, 3, 3, 6, 12]);
        assert_eq!([3, 6, 9, 12, 15].map(|at| text.end_before(at)), [3, 6, 6, 9, 15]);
        // An insertion where something was deleted.
        text.apply(&[&edit(12..12, "×")]);
        assert_eq!((text.start_before(12), text.end_before(14)), (12, 9));
    }
}
