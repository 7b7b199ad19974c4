//! The character n-gram model: back-off probabilities of order 1 to 5, read in place.
//!
//! A back-off model keeps the n-grams that matter; the probability of any other is that of the shorter n-gram
//! times the back-off weight of its context. Probabilities and weights are quantised to a few levels each and
//! share one code. Weight level 0 means that no kept n-gram extends this one.

use super::file::{ModelFile, Section, u32_le};
use super::fuse::Fuse;
use super::symbols::{BOUNDARY, RADIX};

/// The longest n-gram, in symbols.
pub const ORDER: usize = 5;
/// Orders from 2 on, each with a table of its own.
const TABLES: usize = ORDER - 1;
/// The levels of probability, and of weight, that the section has room for, by order. No table has more
/// codes.
pub const LEVEL_SLOTS: usize = 64;

/// Steps of a unigram's log-probability to a nat.
pub const UNIGRAM_STEPS: f32 = 14.0;
/// Steps of a back-off weight to a nat.
pub const WEIGHT_STEPS: f32 = 20.0;
/// The level of a back-off weight of 1.
pub const WEIGHT_ZERO: f32 = 200.0;

/// What the model remembers of the text so far.
#[derive(Clone, Copy, Debug)]
pub struct State {
    /// The last symbols, the latest first.
    last: [u16; TABLES],
    /// Back-off weights of the contexts of length 1 to `depth`.
    weight: [f32; TABLES],
    /// The length of the longest context that some kept n-gram extends; all shorter ones are extended, too.
    depth: u8,
}

impl State {
    /// The state after a symbol of which only its own back-off weight is known.
    #[inline]
    fn after(symbol: u16, last: [u16; TABLES], weight: f32) -> Self {
        let last = [symbol, last[0], last[1], last[2]];
        State { last, weight: [weight, 0.0, 0.0, 0.0], depth: !weight.is_nan() as u8 }
    }

    /// Adds the context of length `length + 1`, if something extends it.
    #[inline]
    fn push_context(&mut self, length: usize, weight: f32) {
        if length < TABLES && self.depth as usize == length && !weight.is_nan() {
            self.weight[length] = weight;
            self.depth += 1;
        }
    }

    /// The cost of backing off from the context of length `from + 1` and all longer ones.
    #[inline]
    fn backoff(&self, from: usize) -> f32 {
        self.weight[..self.depth as usize].iter().skip(from).sum()
    }
}

/// Raw codes of a symbol's n-grams of order 2, 3 and 4, as far as they were looked up.
pub type CachedCodes = [u32; 3];

/// In place of the codes that were not looked up. It decodes to no n-gram.
const NOT_LOOKED_UP: u32 = u32::MAX;

/// A symbol's log-probability, and the order of the n-gram that gave it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    /// Natural logarithm of the probability.
    pub logp: f32,
    /// Length of that n-gram, in symbols.
    pub order: u8,
}

/// The model, read in place.
pub struct Ngram<'a> {
    unigrams: &'a [u8],
    tables: [Fuse<'a>; TABLES],
    /// Log-probability and back-off weight of each code of each table.
    decoded: [[(f32, f32); LEVEL_SLOTS]; TABLES],
}

impl<'a> Ngram<'a> {
    /// Finds its sections in the model file.
    pub fn new(file: &ModelFile<'a>) -> Self {
        let levels = file.section(Section::Levels);
        let slot = 4 + 2 * LEVEL_SLOTS * 4;
        let f = |at: usize| f32::from_bits(u32_le(levels, at));
        let decoded = std::array::from_fn(|o| {
            let weights = u32_le(levels, o * slot).max(1) as usize;
            let p_level = |i: usize| f(o * slot + 4 + 4 * i);
            // Level 0: nothing extends it.
            let w_level = |i: usize| if i == 0 { f32::NAN } else { f(o * slot + 4 + 4 * (LEVEL_SLOTS + i)) };
            std::array::from_fn(|code| (p_level(code / weights), w_level(code % weights)))
        });
        use Section::*;
        let tables = [Bigrams, Trigrams, Fourgrams, Fivegrams].map(|s| Fuse::new(file.section(s)));
        Ngram { unigrams: file.section(Unigrams), tables, decoded }
    }

    /// Natural logarithm of the probability of a symbol by itself.
    pub fn unigram(&self, symbol: u16) -> f32 {
        -(self.unigrams[symbol as usize * 2] as f32) / UNIGRAM_STEPS
    }

    fn unigram_weight(&self, symbol: u16) -> f32 {
        let level = self.unigrams[symbol as usize * 2 + 1];
        if level == 0 { f32::NAN } else { (level as f32 - WEIGHT_ZERO) / WEIGHT_STEPS }
    }

    /// The raw code of a bigram, for [`Ngram::bigram_logp`].
    #[inline]
    pub fn pair(&self, a: u16, b: u16) -> u32 {
        self.tables[0].raw(a as u64 * RADIX + b as u64)
    }

    /// The log-probability of a bigram's second symbol after its first; None where the model does not keep
    /// it.
    #[inline]
    pub fn bigram_logp(&self, raw: u32) -> Option<f32> {
        self.lookup(0, raw).map(|(logp, _)| logp)
    }

    /// Log-probability and back-off weight of an n-gram of order `k + 2`; None where it is not kept.
    #[inline]
    fn lookup(&self, k: usize, raw: u32) -> Option<(f32, f32)> {
        self.tables[k].decode(raw).map(|code| self.decoded[k][code as usize % LEVEL_SLOTS])
    }

    /// The state at the beginning of a paragraph.
    pub fn start(&self) -> State {
        State::after(BOUNDARY, [BOUNDARY; TABLES], self.unigram_weight(BOUNDARY))
    }

    /// Reads one symbol: its log-probability, the state after it, and the codes that were looked up. The
    /// codes of the lowest orders may be given as `cached`.
    #[inline]
    pub fn step(&self, state: &State, symbol: u16, cached: &[u32]) -> (Score, State, CachedCodes) {
        let mut codes = [NOT_LOOKED_UP; 3];
        let mut score = Score { logp: self.unigram(symbol), order: 1 };
        let mut next = State::after(symbol, state.last, self.unigram_weight(symbol));
        let (mut key, mut scale) = (symbol as u64, 1);
        for k in 0..state.depth as usize {
            scale *= RADIX;
            key += state.last[k] as u64 * scale;
            let raw = cached.get(k).copied().unwrap_or_else(|| self.tables[k].raw(key));
            if let Some(code) = codes.get_mut(k) {
                *code = raw;
            }
            let Some((logp, weight)) = self.lookup(k, raw) else {
                // Where an n-gram is not kept, no longer one is: all longer contexts back off at once.
                score.logp += state.backoff(k);
                break;
            };
            score = Score { logp, order: k as u8 + 2 };
            next.push_context(k + 1, weight);
        }
        (score, next, codes)
    }
}
