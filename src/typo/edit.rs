//! An edit that might mend a suspicious place, and what kind of edit it is.

use super::reading::{Change, Reading};
use crate::typo::model::ngrams::{Ngram, Score};

/// What kind of edit; the classifier knows each apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
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
    /// A character between frequent neighbours.
    Insert,
    /// A character that completes a word of four.
    Complete,
    /// One of two equal words left out.
    Undouble,
    /// A character or two left out.
    Delete,
    /// Two neighbours exchanged.
    Transpose,
    /// A word of four characters for one that is one character off.
    Idiom,
}

/// How many ways there are.
pub const WAYS: usize = 11;

impl Way {
    /// Right edits that are believed gain at least this much log-probability, all but one in a hundred (the trainer reports it). To look
    /// for less costs most of the time and finds nearly nothing; a limit that cuts into them confirms itself.
    pub(super) fn least_gain(self) -> f32 {
        match self {
            Way::SameSound => 2.5,
            Way::Idiom => 6.0,
            Way::NearSound => 2.3,
            Way::Shape => 6.0,
            Way::WordSameSound | Way::WordNearSound => 8.0,
            Way::Insert | Way::Complete => 3.5,
            Way::Undouble => 5.5,
            Way::Delete => 6.0,
            Way::Transpose => 9.0,
        }
    }
}

/// `from..to` of the symbols are to become `new`.
#[derive(Clone, Copy, Debug)]
pub struct Edit {
    /// First symbol to replace.
    pub from: usize,
    /// Symbol after the last to replace.
    pub to: usize,
    new: [u16; 4],
    new_len: u8,
    /// How it came about.
    pub way: Way,
    /// The suspicious place for which it was proposed.
    pub place: usize,
    /// Log-probability gained, in nats.
    pub gain: f32,
    /// Scores of the new symbols and of the four after them.
    pub scores: [Score; 16],
    /// How many of them there are.
    pub score_count: usize,
    /// How much better than the next best edit of this place.
    pub margin: f32,
    /// How many edits of this place gained.
    pub rivals: u16,
}

impl Edit {
    /// The edit of a reading, where it gains at least so much.
    #[must_use]
    pub fn new(model: &Ngram<'_>, r: &Reading, change: Change<'_>, way: Way, least: f32) -> Option<Self> {
        let mut scores = [Score::default(); 16];
        let (gain, n) = r.gain(model, &change, least, &mut scores)?;
        let Change { from, to, new, .. } = change;
        let mut row = [0; 4];
        row[..new.len()].copy_from_slice(new);
        Some(Self {
            from,
            to,
            new: row,
            new_len: new.len() as u8,
            way,
            place: from,
            gain,
            scores,
            score_count: n.min(16),
            margin: gain,
            rivals: 0,
        })
    }

    /// What is to stand there.
    pub fn new_symbols(&self) -> &[u16] {
        &self.new[..self.new_len as usize]
    }
}
