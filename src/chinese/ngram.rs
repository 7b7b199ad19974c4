//! The character n-gram model: back-off probabilities of order 1 to 5, read in place.
//!
//! A back-off model keeps the probability of those n-grams whose loss would be felt; any other is the probability of the
//! shorter n-gram times the back-off weight of its context. Probabilities and weights are quantised to a few
//! levels each, both in one code. An n-gram whose weight's level is 0 has no longer n-grams behind it.

use super::fuse::Fuse;
use super::model_file::{ModelFile, Section, u32_le};
use super::symbol::{BOUNDARY, RADIX};

/// The longest n-gram, in symbols.
pub const ORDER: usize = 5;
/// Room for levels of probability and of weight, for each order from 2 on; and no table has more codes, which stand for one of each.
pub const LEVEL_SLOTS: usize = 64;

/// What the model must remember of the text so far.
#[derive(Clone, Copy, Debug)]
pub struct State {
    /// The last four symbols, the latest first.
    last: [u16; 4],
    /// Back-off weight of the context of length 1 to 4; NaN: that context has nothing behind it.
    weight: [f32; 4],
}

impl State {
    /// What it costs to back off from the context of length `from + 1` and all longer ones.
    #[inline]
    fn behind(&self, from: usize) -> f32 {
        self.weight[from..].iter().filter(|w| !w.is_nan()).sum()
    }
}

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

    /// The log-probability of `b` after `a`; NaN where the model does not keep the pair.
    #[inline]
    pub fn pair(&self, a: u16, b: u16) -> f32 {
        let number = self.tables[0].number(a as u64 * RADIX + b as u64);
        let logp = self.said[0][number as usize % LEVEL_SLOTS].0;
        if number < self.tables[0].values { logp } else { f32::NAN }
    }

    /// The same of many pairs, looked up side by side.
    pub fn pairs(&self, pairs: impl Iterator<Item = (u16, u16)>, out: &mut Vec<f32>) {
        out.clear();
        out.extend(pairs.map(|(a, b)| self.pair(a, b)));
    }

    /// The state at the beginning of a paragraph.
    pub fn start(&self) -> State {
        let nan = f32::NAN;
        State { last: [BOUNDARY; 4], weight: [self.unigram_weight(BOUNDARY), nan, nan, nan] }
    }

    /// Reads one symbol on: its log-probability, and the state after it.
    #[inline]
    pub fn step(&self, state: &State, symbol: u16) -> (Score, State) {
        let mut weight = [self.unigram_weight(symbol), f32::NAN, f32::NAN, f32::NAN];
        let mut score = Score { logp: self.unigram(symbol), order: 1 };
        let mut key = symbol as u64;
        let mut scale = 1u64;
        for k in 0..4 {
            scale *= RADIX;
            key += state.last[k] as u64 * scale;
            if state.weight[k].is_nan() {
                continue;
            }
            match self.tables[k].get(key) {
                Some(code) => {
                    let (logp, behind) = self.said[k][code as usize % LEVEL_SLOTS];
                    score = Score { logp, order: k as u8 + 2 };
                    if k < 3 {
                        weight[k + 1] = behind;
                    }
                }
                None => {
                    // What is not kept is not kept with more before it either: all contexts from here on back off at once.
                    score.logp += state.behind(k);
                    break;
                }
            }
        }
        (score, State { last: [symbol, state.last[0], state.last[1], state.last[2]], weight })
    }

    /// Reads a paragraph: the score of each of its symbols, and the state before it. The same as step by step, but order by order, so that
    /// the lookups of one order are made side by side.
    pub fn read(&self, symbols: &[u16], scores: &mut Vec<Score>, states: &mut Vec<State>) {
        scores.clear();
        scores.extend(symbols.iter().map(|&s| Score { logp: self.unigram(s), order: 1 }));
        states.clear();
        let mut state = self.start();
        for &s in symbols {
            states.push(state);
            state.last.rotate_right(1);
            state.last[0] = s;
            state.weight[0] = self.unigram_weight(s);
        }
        // Where each is in reading: what it asks for next, or the order at which it backs off.
        let mut keys: Vec<u64> = symbols.iter().map(|&s| s as u64).collect();
        let mut backs_off = vec![4; symbols.len()];
        let (mut asking, mut numbers) = (Vec::with_capacity(symbols.len()), Vec::with_capacity(symbols.len()));
        let mut scale = 1;
        for (k, table) in self.tables.iter().enumerate() {
            scale *= RADIX;
            asking.clear();
            for (i, state) in states.iter().enumerate() {
                keys[i] += state.last[k] as u64 * scale;
                if backs_off[i] == 4 && !state.weight[k].is_nan() {
                    asking.push(i);
                }
            }
            numbers.clear();
            numbers.extend(asking.iter().map(|&i| table.number(keys[i])));
            for (&i, &number) in asking.iter().zip(&numbers) {
                if number >= table.values {
                    backs_off[i] = k;
                    continue;
                }
                let (logp, behind) = self.said[k][number as usize % LEVEL_SLOTS];
                scores[i] = Score { logp, order: k as u8 + 2 };
                if k < 3 && i + 1 < states.len() {
                    states[i + 1].weight[k + 1] = behind;
                }
            }
        }
        for ((score, state), &from) in scores.iter_mut().zip(&*states).zip(&backs_off) {
            score.logp += state.behind(from);
        }
    }
}
