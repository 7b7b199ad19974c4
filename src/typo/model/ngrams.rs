//! The character n-gram model: back-off probabilities of order 1 to 5, read in place.
//!
//! A back-off model keeps the probability of those n-grams whose loss would be felt; any other is the probability of the
//! shorter n-gram times the back-off weight of its context. Probabilities and weights are quantised to a few
//! levels each, both in one code. An n-gram whose weight's level is 0 has no longer n-grams behind it.

use super::file::{ModelFile, Section, u32_le};
use super::fuse::Fuse;
use super::symbols::{BOUNDARY, RADIX};

/// The longest n-gram, in symbols.
pub const ORDER: usize = 5;
/// Room for levels of probability and of weight, for each order from 2 on; and no table has more codes, which stand for one of each.
pub const LEVEL_SLOTS: usize = 64;

/// What the model must remember of the text so far.
#[derive(Clone, Copy, Debug)]
pub struct State {
    /// The last four symbols, the latest first.
    last: [u16; 4],
    /// Back-off weights of the contexts of length 1 to `depth`.
    weight: [f32; 4],
    /// The length of the longest context that has something behind it; then all shorter ones have.
    depth: u8,
}

impl State {
    /// After a symbol of which only its own back-off weight is known.
    #[inline]
    fn after(symbol: u16, last: [u16; 4], weight: f32) -> Self {
        let last = [symbol, last[0], last[1], last[2]];
        State { last, weight: [weight, 0.0, 0.0, 0.0], depth: !weight.is_nan() as u8 }
    }

    /// Learns the back-off weight of the context of length `length + 1`.
    #[inline]
    fn deepen(&mut self, length: usize, weight: f32) {
        if length < 4 && self.depth as usize == length && !weight.is_nan() {
            self.weight[length] = weight;
            self.depth += 1;
        }
    }

    /// What it costs to back off from the context of length `from + 1` and all longer ones.
    #[inline]
    fn behind(&self, from: usize) -> f32 {
        self.weight[..self.depth as usize].iter().skip(from).sum()
    }
}

/// The numbers of a symbol's n-grams of order 2, 3 and 4, as far as reading it asked for them.
pub type Known = [u32; 3];

/// Of a symbol that was not read yet.
pub const UNKNOWN: Known = [u32::MAX; 3];

/// One symbol's log-probability and the order of the n-gram it was found by.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    /// Natural logarithm of the probability.
    pub logp: f32,
    /// Length of the n-gram that had it, in symbols.
    pub order: u8,
}

/// The model, read in place.
pub struct Ngram<'a> {
    unigrams: &'a [u8],
    tables: [Fuse<'a>; 4],
    /// What each code of a table says: log-probability and back-off weight.
    said: [[(f32, f32); LEVEL_SLOTS]; 4],
}

impl<'a> Ngram<'a> {
    /// Finds its sections in the model file.
    pub fn new(file: &ModelFile<'a>) -> Self {
        let levels = file.section(Section::Levels);
        let slot = 4 + 2 * LEVEL_SLOTS * 4;
        let f = |at: usize| f32::from_bits(u32_le(levels, at));
        let said = std::array::from_fn(|o| {
            let weights = u32_le(levels, o * slot).max(1) as usize;
            let p_level = |i: usize| f(o * slot + 4 + 4 * i);
            // Level 0: nothing behind it.
            let w_level = |i: usize| if i == 0 { f32::NAN } else { f(o * slot + 4 + 4 * (LEVEL_SLOTS + i)) };
            std::array::from_fn(|code| (p_level(code / weights), w_level(code % weights)))
        });
        use Section::*;
        let tables = [Bigrams, Trigrams, Fourgrams, Fivegrams].map(|s| Fuse::new(file.section(s)));
        Ngram { unigrams: file.section(Unigrams), tables, said }
    }

    /// Natural logarithm of the probability of a symbol by itself.
    pub fn unigram(&self, symbol: u16) -> f32 {
        -(self.unigrams[symbol as usize * 2] as f32) / 14.0
    }

    fn unigram_weight(&self, symbol: u16) -> f32 {
        let level = self.unigrams[symbol as usize * 2 + 1];
        if level == 0 { f32::NAN } else { (level as f32 - 200.0) / 20.0 }
    }

    /// The number of a pair in the table of pairs.
    #[inline]
    pub fn pair(&self, a: u16, b: u16) -> u32 {
        self.tables[0].number(a as u64 * RADIX + b as u64)
    }

    /// The log-probability of the second of a pair after the first; None where the model does not keep it.
    #[inline]
    pub fn pair_said(&self, number: u32) -> Option<f32> {
        self.says(0, number).map(|(logp, _)| logp)
    }

    /// What the number of an n-gram of order `k + 2` says: log-probability and back-off weight; None where it is not kept.
    #[inline]
    fn says(&self, k: usize, number: u32) -> Option<(f32, f32)> {
        self.tables[k].code(number).map(|code| self.said[k][code as usize % LEVEL_SLOTS])
    }

    /// The state at the beginning of a paragraph.
    pub fn start(&self) -> State {
        State::after(BOUNDARY, [BOUNDARY; 4], self.unigram_weight(BOUNDARY))
    }

    /// Reads one symbol on: its log-probability, and the state after it. The first `sure` of `known` are not looked up again; what is looked up is
    /// added to them.
    #[inline]
    pub fn step(&self, state: &State, symbol: u16, known: &mut Known, sure: usize) -> (Score, State) {
        let mut score = Score { logp: self.unigram(symbol), order: 1 };
        let mut next = State::after(symbol, state.last, self.unigram_weight(symbol));
        let (mut key, mut scale) = (symbol as u64, 1);
        for k in 0..state.depth as usize {
            scale *= RADIX;
            key += state.last[k] as u64 * scale;
            let number = if k < sure { known[k] } else { self.tables[k].number(key) };
            if k < known.len() {
                known[k] = number;
            }
            let Some((logp, behind)) = self.says(k, number) else {
                // What is not kept is not kept with more before it either: all contexts from here on back off at once.
                score.logp += state.behind(k);
                break;
            };
            score = Score { logp, order: k as u8 + 2 };
            next.deepen(k + 1, behind);
        }
        (score, next)
    }
}
