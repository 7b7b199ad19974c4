//! An edit that might mend a suspicious place, and its kind.

use super::reading::{Change, MAX_SCORES, Reading};
use crate::typo::model::ngrams::{Ngram, Score};

/// Where an edit comes from; the classifier tells the kinds apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EditKind {
    /// A character of the same sound.
    SameSound,
    /// A character of nearly the same sound.
    NearSound,
    /// A character of similar shape.
    Shape,
    /// A word of the same sound.
    WordSameSound,
    /// A word of nearly the same sound.
    WordNearSound,
    /// A character inserted between frequent neighbours.
    Insert,
    /// A character inserted to complete a four-character word.
    Complete,
    /// One of two equal words deleted.
    Deduplicate,
    /// One or two characters deleted.
    Delete,
    /// Two neighbours swapped.
    Transpose,
    /// One character of a four-character word corrected.
    Idiom,
}

/// What an edit does to the text. All coarser groupings of edits follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Puts characters in the place of others.
    Replace,
    /// Adds a character.
    Insert,
    /// Removes characters.
    Delete,
    /// Removes the second of two equal strings.
    Deduplicate,
    /// Swaps two neighbours.
    Transpose,
}

/// The number of kinds of edits.
pub const EDIT_KINDS: usize = EditKind::ALL.len();

impl EditKind {
    /// All kinds, in the order of their numbers.
    pub const ALL: [EditKind; 11] = {
        use EditKind::*;
        [
            SameSound,
            NearSound,
            Shape,
            WordSameSound,
            WordNearSound,
            Insert,
            Complete,
            Deduplicate,
            Delete,
            Transpose,
            Idiom,
        ]
    };

    /// What edits of this kind do to the text.
    pub fn operation(self) -> Operation {
        use EditKind::*;
        match self {
            SameSound | NearSound | Shape | WordSameSound | WordNearSound | Idiom => Operation::Replace,
            Insert | Complete => Operation::Insert,
            Delete => Operation::Delete,
            Deduplicate => Operation::Deduplicate,
            Transpose => Operation::Transpose,
        }
    }

    /// The gain, in log-probability, below which edits of this kind are not proposed. 99 % of the correct
    /// edits that the classifier accepts gain more (the trainer reports it). A lower limit costs most of the
    /// time and finds next to nothing; a limit that cuts into the correct edits would confirm itself in
    /// training.
    pub(super) fn least_gain(self) -> f32 {
        match self {
            EditKind::SameSound => 2.5,
            EditKind::Idiom => 6.0,
            EditKind::NearSound => 2.3,
            EditKind::Shape => 6.0,
            EditKind::WordSameSound | EditKind::WordNearSound => 8.0,
            EditKind::Insert | EditKind::Complete => 3.5,
            EditKind::Deduplicate => 5.5,
            EditKind::Delete => 6.0,
            EditKind::Transpose => 9.0,
        }
    }
}

/// Replaces the symbols `from..to`.
#[derive(Clone, Copy, Debug)]
pub struct Edit {
    /// First symbol to replace.
    pub from: usize,
    /// Symbol after the last to replace.
    pub to: usize,
    new: [u16; 4],
    new_len: u8,
    /// How it came about.
    pub kind: EditKind,
    /// The suspicious place for which it was proposed.
    pub place: usize,
    /// Log-probability gained, in nats.
    pub gain: f32,
    /// Scores of the new symbols and of the four after them.
    pub scores: [Score; MAX_SCORES],
    /// How many of `scores` are in use.
    pub score_count: usize,
    /// How much it gains over the next best edit of this place.
    pub margin: f32,
    /// How many edits were proposed for this place.
    pub rivals: u16,
}

impl Edit {
    /// An edit of a reading; None where it gains less than `least`.
    #[must_use]
    pub fn new(
        model: &Ngram<'_>,
        r: &Reading,
        change: Change<'_>,
        kind: EditKind,
        least: f32,
    ) -> Option<Self> {
        let mut scores = [Score::default(); MAX_SCORES];
        let (gain, n) = r.gain(model, &change, least, &mut scores)?;
        let Change { from, to, new, .. } = change;
        let mut row = [0; 4];
        row[..new.len()].copy_from_slice(new);
        Some(Self {
            from,
            to,
            new: row,
            new_len: new.len() as u8,
            kind,
            place: from,
            gain,
            scores,
            score_count: n.min(MAX_SCORES),
            margin: gain,
            rivals: 0,
        })
    }

    /// What replaces the symbols.
    pub fn new_symbols(&self) -> &[u16] {
        &self.new[..self.new_len as usize]
    }
}
