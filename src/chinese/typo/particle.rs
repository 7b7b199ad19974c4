//! 的 where 地 or 得 belongs.
//!
//! A log-linear model (maximum entropy; Berger, Della Pietra and Della Pietra 1996) of which of the three a place wants, from the words on
//! both sides and the rest of the clause. The n-grams see that a text reads well, and 有效的解决 does as well as 有效地解决; what decides
//! stands further away: a modal verb before, an object behind. Margin and gain of the n-grams together give the log-odds.
//!
//! Little-endian, read in place: for 地 and 得 what margin, gain and one add to the log-odds; the least margin by neighbours alone; the levels
//! of 地's weights and of 得's; the features with both levels, as a `Fuse`.

use super::propose::{Edit, Proposer, Way};
use super::reading::{Change, Reading};
use crate::chinese::fuse::{Fuse, mix};
use crate::chinese::lexicon::{Lexicon, word_key};
use crate::chinese::model_file::f32_row;
use crate::chinese::segment::{WINDOW, words};
use crate::chinese::symbol::{BOUNDARY, DIGITS, HANZI, LATIN, Symbols};

/// What may belong where 的 stands: 地 and 得, in this order everywhere.
pub const OTHERS: usize = 2;
/// Levels of the weights of each.
pub const LEVELS: usize = 16;
/// Bits of a feature's hash (Weinberger et al. 2009): the corpus has 2.6 million features, of which one in seven meets another.
pub const FEATURE_BITS: u32 = 24;
/// Numbers before the table.
const HEAD: usize = OTHERS * 3 + 1 + OTHERS * LEVELS;

/// How far the model looks on either side, in symbols.
const SIDE: usize = 14;
/// Words told one by one, on either side.
const NEAR: usize = 3;
/// Where a word would stand beyond the model's sight.
const UNSEEN: u64 = 1;

/// The hash of a feature.
fn feature(kind: u64, parts: &[u64]) -> u32 {
    let key = parts.iter().fold(kind, |key, &part| mix(key ^ part, 1));
    (mix(key, 2) >> (64 - FEATURE_BITS)) as u32
}

/// Is the symbol part of a clause?
fn inside(s: u16) -> bool {
    s >= HANZI || matches!(s, DIGITS | LATIN)
}

/// The symbol at a place, or what bounds the text.
fn symbol(symbols: &[u16], at: Option<usize>) -> u64 {
    at.and_then(|k| symbols.get(k)).copied().unwrap_or(BOUNDARY) as u64
}

/// How many features lie in the characters about a place.
pub const NEIGHBOURS: usize = 8;

/// The features of the place `at` that lie in the characters about it.
pub fn neighbours(symbols: &[u16], at: usize) -> [u32; NEIGHBOURS] {
    let [l2, l1, r1, r2] =
        [at.checked_sub(2), at.checked_sub(1), Some(at + 1), Some(at + 2)].map(|k| symbol(symbols, k));
    [
        feature(0, &[]),
        feature(1, &[l1]),
        feature(2, &[l2, l1]),
        feature(3, &[r1]),
        feature(4, &[r1, r2]),
        feature(5, &[l1, r1]),
        feature(6, &[l2, l1, r1]),
        feature(7, &[l1, r1, r2]),
    ]
}

/// Puts the features of the place `at` that lie in words and the clause into `out`.
pub fn clause(lexicon: &Lexicon<'_>, symbols: &[u16], at: usize, out: &mut Vec<u32>) {
    let left = symbols[..at].iter().rev().take(SIDE).take_while(|s| inside(**s)).count();
    let right = symbols[at + 1..].iter().take(SIDE).take_while(|s| inside(**s)).count();
    let (from, to) = (at - left, at + 1 + right);
    // What stands where the clause, or the sight, ends.
    let begin = symbol(symbols, from.checked_sub(1));
    let end = symbol(symbols, Some(to));
    let mut cuts = [0u8; WINDOW + 1];
    let mut keys = |part: &[u16], out: &mut [u64; SIDE]| {
        let n = words(|word| lexicon.frequency(word), part, &mut cuts);
        (0..n).for_each(|k| out[k] = word_key(&part[cuts[k] as usize..cuts[k + 1] as usize]));
        n
    };
    let (mut lefts, mut rights) = ([0; SIDE], [0; SIDE]);
    let (l_count, r_count) = (keys(&symbols[from..at], &mut lefts), keys(&symbols[at + 1..to], &mut rights));
    let (lefts, rights) = (&mut lefts[..l_count], &rights[..r_count]);
    lefts.reverse();
    let word = |of: &[u64], k: usize, edge: u64| {
        of.get(k).copied().unwrap_or(if k == of.len() { edge } else { UNSEEN })
    };
    let l: [u64; NEAR] = std::array::from_fn(|k| word(lefts, k, begin));
    let r: [u64; NEAR] = std::array::from_fn(|k| word(rights, k, end));
    let mut kind = NEIGHBOURS as u64;
    let mut put = |parts: &[u64]| {
        out.push(feature(kind, parts));
        kind += 1;
    };
    for k in 0..NEAR {
        put(&[l[k]]);
        put(&[r[k]]);
    }
    put(&[l[0], r[0]]);
    put(&[l[1], l[0]]);
    put(&[r[0], r[1]]);
    put(&[l[1], l[0], r[0]]);
    put(&[l[0], r[0], r[1]]);
    put(&[l[1], r[0]]);
    put(&[l[0], r[1]]);
    put(&[l[2], r[0]]);
    put(&[r[0], r[2]]);
    put(&[l[1], r[1]]);
    put(&[l[2], l[1], l[0]]);
    put(&[r[0], r[1], r[2]]);
    // 慢慢, 认认真真, 一步一步: which of the characters before are equal.
    let same = |a: usize, b: usize| (left >= b && symbols[at - a] == symbols[at - b]) as u64;
    let shape = same(1, 2) | same(3, 4) << 1 | same(1, 3) << 2 | same(2, 4) << 3;
    put(&[shape]);
    put(&[shape, symbol(symbols, Some(at + 1))]);
    // How much of the clause there is, and how it begins and ends.
    let (many_left, many_right) = (l_count.min(5) as u64, r_count.min(5) as u64);
    put(&[many_left, l[0]]);
    put(&[many_right, r[0]]);
    put(&[many_left, many_right]);
    put(&[end, many_right]);
    put(&[end, rights.last().copied().unwrap_or(0)]);
    put(&[lefts.last().copied().unwrap_or(0)]);
    // Which words there are, wherever.
    out.extend(lefts.iter().skip(1).map(|&w| feature(100, &[w])));
    out.extend(rights.iter().skip(1).map(|&w| feature(101, &[w])));
}

/// The model, read in place.
pub struct Particles<'a> {
    /// 的, and the others.
    de: u16,
    others: [u16; OTHERS],
    /// What margin, gain and one add to the log-odds.
    odds: [[f32; 3]; OTHERS],
    /// Below this margin by the neighbours alone the clause is not read.
    hopeless: f32,
    levels: [[f32; LEVELS]; OTHERS],
    table: Fuse<'a>,
}

impl<'a> Particles<'a> {
    /// Reads the section; an empty one finds nothing.
    pub fn new(symbols: &Symbols<'_>, section: &'a [u8]) -> Self {
        let (head, table) = section.split_at(section.len().min(4 * HEAD));
        let mut numbers = f32_row(head);
        // Without a section all is hopeless.
        let mut next = || numbers.next().unwrap_or(f32::INFINITY);
        Particles {
            de: symbols.of('的'),
            others: ['地', '得'].map(|c| symbols.of(c)),
            odds: std::array::from_fn(|_| std::array::from_fn(|_| next())),
            hopeless: next(),
            levels: std::array::from_fn(|_| std::array::from_fn(|_| next())),
            table: Fuse::new(table),
        }
    }

    /// Is it for this model to say whether `old` should be `new`?
    pub fn judges(&self, old: u16, new: u16) -> bool {
        old == self.de && self.others.contains(&new)
    }

    /// Which of the three a symbol is: 0 for 的, then as in `OTHERS`.
    pub fn which(&self, symbol: u16) -> Option<usize> {
        if symbol == self.de { Some(0) } else { self.others.iter().position(|&o| o == symbol).map(|k| k + 1) }
    }

    /// What the others are.
    pub fn others(&self) -> [u16; OTHERS] {
        self.others
    }

    /// 的.
    pub fn de(&self) -> u16 {
        self.de
    }

    /// How much better than 的 each of the others is by these features.
    fn margins(&self, features: &[u32]) -> [f32; OTHERS] {
        let mut sums = [0.0; OTHERS];
        for code in features.iter().filter_map(|&f| self.table.get(f as u64)) {
            sums[0] += self.levels[0][code as usize / LEVELS];
            sums[1] += self.levels[1][code as usize % LEVELS];
        }
        sums
    }

    /// Is `at` a place that this model judges, within a clause and beside none of the three?
    pub fn within(&self, symbols: &[u16], at: usize) -> bool {
        let plain = |&s: &u16| s >= HANZI && self.which(s).is_none();
        at > 0 && plain(&symbols[at - 1]) && symbols.get(at + 1).is_some_and(plain)
    }

    /// The edit to what may belong at `at`, with its log-odds.
    pub fn at(
        &self,
        p: &Proposer<'_, '_>,
        r: &Reading,
        at: usize,
        room: &mut Vec<u32>,
    ) -> Option<(Edit, f32)> {
        if r.symbols[at] != self.de || !self.within(&r.symbols, at) {
            return None;
        }
        let near = self.margins(&neighbours(&r.symbols, at));
        if near[0].max(near[1]) < self.hopeless {
            return None;
        }
        room.clear();
        clause(p.lexicon, &r.symbols, at, room);
        let far = self.margins(room);
        let margins = [near[0] + far[0], near[1] + far[1]];
        let best = (margins[1] > margins[0]) as usize;
        let change = Change::new(at, at + 1, &self.others[best..=best]);
        let edit = p.edit(r, change, Way::SameSound, f32::NEG_INFINITY)?;
        let logit = (0..3).map(|k| self.odds[best][k] * [margins[best], edit.gain, 1.0][k]).sum();
        Some((edit, logit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chinese::typo::detector;

    /// The features of the only 的 of a text.
    fn features(text: &str) -> Vec<u32> {
        let r = detector().read(text);
        let p = detector().proposer();
        let at = r.symbols.iter().position(|&s| s == p.particles.de()).unwrap();
        let mut out = neighbours(&r.symbols, at).to_vec();
        clause(p.lexicon, &r.symbols, at, &mut out);
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
                clause(detector().proposer().lexicon, &r.symbols, at, &mut Vec::new());
                neighbours(&r.symbols, at);
            }
            assert!(detector().particles(&r).is_empty(), "{text}");
        }
    }
}
