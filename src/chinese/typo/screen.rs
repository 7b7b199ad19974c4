//! Which places are worth a second look.
//!
//! A tiny network over what the first reading left: it costs some tens of nanoseconds a symbol and lets one place in a hundred of edited
//! text through. It answers apart for the three groups of edits: replacing, inserting, leaving out.

use super::habits::{Habits, window};
use super::reading::Reading;
use crate::chinese::model_file::f32_row;
use crate::chinese::ngram::Ngram;
use crate::chinese::symbol::HANZI;

/// Numbers that describe a place.
pub const INPUTS: usize = 16;
/// Hidden units.
pub const UNITS: usize = 16;
/// Groups of edits: replacing, inserting, leaving out.
pub const GROUPS: usize = 3;

/// The network.
pub struct Screen {
    /// For each input what it adds to each unit; last the biases. In the file the other way round.
    first: [[f32; UNITS]; INPUTS + 1],
    second: [[f32; UNITS + 1]; GROUPS],
    limit: [f32; GROUPS],
    trained: bool,
    /// Added to every place's logits: above 0 more places are looked at, for more recall and less speed.
    pub bias: f32,
}

/// What describes the place `i`.
pub fn inputs(model: &Ngram<'_>, habits: &Habits<'_>, r: &Reading, i: usize) -> [f32; INPUTS] {
    let mut x = [0.0; INPUTS];
    let n = r.scores.len();
    for k in 0..5usize {
        let at = (i + k).wrapping_sub(1);
        if at < n {
            x[k] = r.scores[at].logp * 0.2;
            x[5 + k] = r.scores[at].order as f32 * 0.4;
        }
    }
    x[10] = model.unigram(r.symbols[i]) * 0.2;
    x[11] = if i > 0 { model.unigram(r.symbols[i - 1]) * 0.2 } else { -1.0 };
    x[12] = r.symbols.get(i + 1).map_or(-1.0, |&s| model.unigram(s) * 0.2);
    // Is it as surprising as it usually is, and its neighbours?
    for k in 0..3usize {
        let at = (i + k).wrapping_sub(1);
        if at < n {
            x[13 + k] = habits.typicality(r.symbols[at], window(&r.scores, at)) * 0.5;
        }
    }
    x
}

/// Whether a place is worth the network's look: where two symbols in a row read well nothing is to be gained.
#[inline]
pub fn surprises(r: &Reading, i: usize) -> bool {
    r.sum(i, i + 2) <= -7.0 || ends_early(r, i)
}

/// Whether a mark of punctuation surprises: what stands before it may break off, as in 打下坚实的基。
fn ends_early(r: &Reading, i: usize) -> bool {
    r.symbols[i] < HANZI && r.scores[i].logp < -5.0
}

impl Screen {
    /// Bytes of its weights.
    pub const LENGTH: usize = 4 * (UNITS * (INPUTS + 1) + GROUPS * (UNITS + 1) + GROUPS);

    /// Reads the weights; without any it lets much through.
    pub fn new(bytes: &[u8]) -> Self {
        let mut s = Screen {
            first: [[0.0; UNITS]; INPUTS + 1],
            second: [[0.0; UNITS + 1]; GROUPS],
            limit: [0.0; GROUPS],
            trained: bytes.len() == Self::LENGTH,
            bias: 0.0,
        };
        if s.trained {
            let mut at = f32_row(bytes);
            for unit in 0..UNITS {
                s.first.iter_mut().for_each(|row| row[unit] = at.next().unwrap_or(0.0));
            }
            let rest = s.second.iter_mut().flatten().chain(&mut s.limit);
            rest.for_each(|w| *w = at.next().unwrap_or(0.0));
        }
        s
    }

    /// Which groups of edits are worth proposing at the place `i`.
    #[inline]
    pub fn pass(&self, model: &Ngram<'_>, habits: &Habits<'_>, r: &Reading, i: usize) -> [bool; GROUPS] {
        if !self.trained {
            let wide = r.sum(i, i + 2) < -8.0 && r.sum(i, i + 5) < -13.0;
            return [wide || ends_early(r, i); GROUPS];
        }
        if !surprises(r, i) {
            return [false; GROUPS];
        }
        let logits = self.logits(&inputs(model, habits, r, i));
        std::array::from_fn(|g| logits[g] + self.bias > self.limit[g])
    }

    /// Has it weights?
    pub fn trained(&self) -> bool {
        self.trained
    }

    /// A log-odds for each group.
    pub fn logits(&self, x: &[f32; INPUTS]) -> [f32; GROUPS] {
        let mut hidden = self.first[INPUTS];
        for k in 0..INPUTS {
            let (x, row) = (x[k], self.first[k]);
            for u in 0..UNITS {
                hidden[u] += x * row[u];
            }
        }
        std::array::from_fn(|g| {
            let weights = &self.second[g];
            // Four sums side by side, as the processor adds.
            let mut lanes = [weights[UNITS], 0.0, 0.0, 0.0];
            for u in (0..UNITS).step_by(4) {
                for l in 0..4 {
                    lanes[l] += weights[u + l] * hidden[u + l].max(0.0);
                }
            }
            lanes[0] + lanes[1] + lanes[2] + lanes[3]
        })
    }
}
