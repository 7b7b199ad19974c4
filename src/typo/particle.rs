//! Which of 的, 地 and 得 belongs where one of them stands.
//!
//! A log-linear model (maximum entropy; Berger, Della Pietra and Della Pietra 1996) of which of the three a
//! place wants, given the words on both sides, their classes, and the rest of the clause. To the n-grams
//! 有效的解决 reads as well as 有效地解决; what decides stands further away, a modal verb before or an object
//! after. The margin of the best alternative over what is written and its gain by the n-grams give the
//! log-odds, with coefficients of their own for each pair of written and meant.
//!
//! Little-endian, read in place: the coefficients of margin, gain and intercept, by what is written and what
//! is meant; the least margin by the neighbours, by what is written; the levels of the weights of 地 and of
//! 得, relative to 的; as a `Fuse`, the features with both levels, the words with their classes, and the
//! words ending in 地 that are adverbs.

use super::edit::{Edit, EditKind};
use super::particle_features::{adverb_key, class_key, clause, neighbours};
use super::reading::{Change, Reading};
use crate::typo::model::file::f32_row;
use crate::typo::model::fuse::Fuse;
use crate::typo::model::lexicon::{Lexicon, word_key};
use crate::typo::model::ngrams::Ngram;
use crate::typo::model::symbols::{HANZI, Symbols};
use crate::typo::segment::{WINDOW, segment};

/// The number of particles: 的, 地 and 得, in this order everywhere.
pub const THREE: usize = 3;
const DE: usize = 0;
const DI: usize = 1;
/// Those with weights of their own, relative to 的: 地 and 得.
pub const OTHERS: usize = 2;
/// Levels of their weights.
pub const LEVELS: usize = 16;
/// Numbers before the table.
const HEAD: usize = THREE * THREE * 3 + THREE + OTHERS * LEVELS;

/// The model, read in place.
pub struct Particles<'a> {
    three: [u16; THREE],
    not: u16,
    /// Coefficients of margin, gain and intercept, by what is written and what is meant.
    odds: [[[f32; 3]; THREE]; THREE],
    /// The margin by the neighbours below which the clause is not read, by what is written.
    hopeless: [f32; THREE],
    levels: [[f32; LEVELS]; OTHERS],
    table: Fuse<'a>,
}

impl<'a> Particles<'a> {
    /// Reads the section; an empty one finds nothing.
    pub fn new(symbols: &Symbols<'_>, section: &'a [u8]) -> Self {
        let (head, table) = section.split_at(section.len().min(4 * HEAD));
        let mut numbers = f32_row(head);
        // Without a section nothing reaches the margin.
        let mut next = || numbers.next().unwrap_or(f32::INFINITY);
        Particles {
            three: ['的', '地', '得'].map(|c| symbols.of(c)),
            not: symbols.of('不'),
            odds: std::array::from_fn(|_| std::array::from_fn(|_| std::array::from_fn(|_| next()))),
            hopeless: std::array::from_fn(|_| next()),
            levels: std::array::from_fn(|_| std::array::from_fn(|_| next())),
            table: Fuse::new(table),
        }
    }

    /// Is it for this model alone to decide whether the symbol at `at` becomes `new`?
    pub fn decides(&self, symbols: &[u16], at: usize, new: u16) -> bool {
        let (old, new) = (self.which(symbols[at]), self.which(new));
        new.is_some() && new != old && (old == Some(DE) || old == Some(DI) && follows_repetition(symbols, at))
    }

    /// Which of the three a symbol is.
    pub fn which(&self, symbol: u16) -> Option<usize> {
        self.three.iter().position(|&s| s == symbol)
    }

    /// 的, 地 and 得.
    pub fn three(&self) -> [u16; THREE] {
        self.three
    }

    /// The scores of the three by these features, relative to 的.
    fn scores(&self, features: &[u32]) -> [f32; THREE] {
        let mut sums = [0.0; THREE];
        for code in features.iter().filter_map(|&f| self.table.get(f as u64)) {
            sums[1] += self.levels[0][code as usize / LEVELS];
            sums[2] += self.levels[1][code as usize % LEVELS];
        }
        sums
    }

    /// Is `at` a place for this model: after a Chinese character and beside none of the three?
    pub fn within(&self, symbols: &[u16], at: usize) -> bool {
        let other = |s: u16| self.which(s).is_none();
        at > 0
            && symbols[at - 1] >= HANZI
            && other(symbols[at - 1])
            && symbols.get(at + 1).is_some_and(|&s| other(s))
    }

    /// Is the one of the three at `at` a particle, and no part of a word like 土地, 得到 or 目的地? In 觉得,
    /// 做得好 and 深深地 it is one. `is_adverb` tells by its key whether a word ending in 地 is an adverb.
    pub fn is_particle(
        &self,
        lexicon: &Lexicon<'_>,
        symbols: &[u16],
        at: usize,
        is_adverb: impl FnOnce(u64) -> bool,
    ) -> bool {
        let which = self.which(symbols[at]);
        if which == Some(DE) {
            return true;
        }
        let from = at.saturating_sub(WINDOW / 2 - 1);
        let s = &symbols[from..(at + WINDOW / 2 - 1).min(symbols.len())];
        let found = segment(lexicon, s, at - from);
        let word = &s[found.start..found.start + found.length as usize];
        let at = at - from - found.start;
        match (word.len(), which) {
            (1, _) => true,
            (len, Some(DI)) => at > 1 && at + 1 == len && is_adverb(word_key(word)),
            (len, _) => at == 1 && len < 4 && word[0] != self.not,
        }
    }

    /// The same for a text that may be wrong, and its segmentation with it (体育场地人均, 扩大地产品牌): a 地
    /// that makes a word with a neighbour is no particle.
    fn is_surely_particle(&self, lexicon: &Lexicon<'_>, symbols: &[u16], at: usize) -> bool {
        let mut is_adverb = false;
        let is_particle = self.is_particle(lexicon, symbols, at, |word| {
            is_adverb = self.table.get(adverb_key(word) as u64).is_some();
            is_adverb
        });
        if !is_particle || self.which(symbols[at]) != Some(DI) {
            return is_particle;
        }
        let is_word = |pair: &[u16]| lexicon.frequency(pair).is_some();
        let is_place = is_word(&symbols[at - 1..=at]) || !is_adverb && is_word(&symbols[at..=at + 1]);
        !is_place && !follows_repetition(symbols, at)
    }

    /// The class of a word by its key.
    fn class(&self, word: u64) -> u32 {
        self.table.get(class_key(word) as u64).unwrap_or(0)
    }

    /// The edit to the best alternative at `at`, with its log-odds.
    pub fn at(
        &self,
        model: &Ngram<'_>,
        lexicon: &Lexicon<'_>,
        r: &Reading,
        at: usize,
        room: &mut Vec<u32>,
    ) -> Option<(Edit, f32)> {
        let written = self.which(r.symbols[at])?;
        // Before punctuation 的 is always right.
        if !self.within(&r.symbols, at) || written == DE && r.symbols[at + 1] < HANZI {
            return None;
        }
        let near = self.scores(&neighbours(&r.symbols, at));
        if near[best(&near, written)] - near[written] < self.hopeless[written]
            || !self.is_surely_particle(lexicon, &r.symbols, at)
        {
            return None;
        }
        room.clear();
        clause(lexicon, |word| self.class(word), &r.symbols, at, room);
        let far = self.scores(room);
        let scores = std::array::from_fn(|k| near[k] + far[k]);
        let meant = best(&scores, written);
        let change = Change::new(at, at + 1, &self.three[meant..=meant]);
        let edit = Edit::new(model, r, change, EditKind::SameSound, f32::NEG_INFINITY)?;
        let x = [scores[meant] - scores[written], edit.gain, 1.0];
        let logit = self.odds[written][meant].iter().zip(x).map(|(odds, x)| odds * x).sum();
        Some((edit, logit))
    }
}

/// Does a repetition stand before `at`, as in 一个动作一个动作地抠? Of three characters and more the first
/// may be miswritten or another: -个动作一个动作, 这个动作那个动作.
fn follows_repetition(symbols: &[u16], at: usize) -> bool {
    (1..=5).any(|n| {
        let same = if n > 2 { n - 1 } else { n };
        at >= n + same && symbols[at - same..at] == symbols[at - n - same..at - n]
    })
}

/// The better of the two that are not written.
pub fn best<T: PartialOrd>(scores: &[T; THREE], written: usize) -> usize {
    let [a, b] = [[1, 2], [0, 2], [0, 1]][written];
    if scores[b] > scores[a] { b } else { a }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typo::detector;

    /// The features of the only 的 of a text.
    fn features(text: &str) -> Vec<u32> {
        let r = detector().read(text);
        let p = detector().proposer();
        let at = r.symbols.iter().position(|&s| s == p.particles.three()[0]).unwrap();
        let mut out = neighbours(&r.symbols, at).to_vec();
        clause(p.lexicon, |_| 0, &r.symbols, at, &mut out);
        out
    }

    #[test]
    fn nothing_beyond_the_clause_counts() {
        let one = features("会前，我们有效的解决了问题，大家很满意。");
        assert_eq!(one, features("今年以来，我们有效的解决了问题，为明年打下基础。"));
        assert_ne!(one, features("会前，我们有效的解决了问题；大家很满意。"));
    }

    #[test]
    fn the_ends_of_a_text_have_features_too() {
        for text in ["的", "的确", "好的", "的的的"] {
            let r = detector().read(text);
            for at in 0..r.len() {
                clause(detector().proposer().lexicon, |_| 0, &r.symbols, at, &mut Vec::new());
                neighbours(&r.symbols, at);
            }
            assert!(detector().particles(&r).is_empty(), "{text}");
        }
    }
}
