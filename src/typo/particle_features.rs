//! The features of a place for the model of 的, 地 and 得.

use crate::typo::model::fuse::mix;
use crate::typo::model::lexicon::{Lexicon, word_key};
use crate::typo::model::symbols::{BOUNDARY, DIGITS, HANZI, LATIN};
use crate::typo::segment::{WINDOW, words};

/// Bits of a feature's hash (Weinberger et al. 2009).
pub const FEATURE_BITS: u32 = 25;

/// Symbols that the model sees on either side.
const SIDE: usize = 14;
/// Words with features of their own, on either side.
const NEAR: usize = 3;
/// In the place of a word that is out of sight.
const UNSEEN: u64 = 1;
/// Kinds of features that stand for any word of a side.
const LEFT_WORDS: u64 = 100;
const RIGHT_WORDS: u64 = 101;
const RIGHT_CLASSES: u64 = 102;
const LEFT_CLASSES: u64 = 103;
/// Kinds of keys that are no features.
const CLASS: u64 = 200;
const ADVERB: u64 = 201;

/// The hash of a feature.
fn feature(kind: u64, parts: &[u64]) -> u32 {
    let key = parts.iter().fold(kind, |key, &part| mix(key ^ part, 1));
    (mix(key, 2) >> (64 - FEATURE_BITS)) as u32
}

/// The key of a word's class.
pub fn class_key(word: u64) -> u32 {
    feature(CLASS, &[word])
}

/// The key of a word ending in 地 that is an adverb.
pub fn adverb_key(word: u64) -> u32 {
    feature(ADVERB, &[word])
}

/// Is the symbol part of a clause?
fn inside(s: u16) -> bool {
    s >= HANZI || matches!(s, DIGITS | LATIN)
}

/// The symbol at a place, or the boundary of the text.
fn symbol(symbols: &[u16], at: Option<usize>) -> u64 {
    at.and_then(|k| symbols.get(k)).copied().unwrap_or(BOUNDARY) as u64
}

/// The number of features of the characters about a place.
pub const NEIGHBOURS: usize = 9;

/// The features of the characters about the place `at`.
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
        feature(8, &[shape(symbols, at)]),
    ]
}

/// Which of the characters before are equal: 慢慢, 认认真真, 一步一步.
fn shape(symbols: &[u16], at: usize) -> u64 {
    let same = |a: usize, b: usize| (at >= b && symbols[at - a] == symbols[at - b]) as u64;
    same(1, 2) | same(3, 4) << 1 | same(1, 3) << 2 | same(2, 4) << 3
}

/// The words on one side of a place, the nearest first, with their classes, and the symbol at the end of the
/// clause.
struct Side {
    keys: [u64; SIDE],
    classes: [u64; SIDE],
    count: usize,
    edge: u64,
}

impl Side {
    fn new(
        lexicon: &Lexicon<'_>,
        class: &impl Fn(u64) -> u32,
        part: &[u16],
        edge: u64,
        backwards: bool,
    ) -> Side {
        let mut cuts = [0u8; WINDOW + 1];
        let count = words(|word| lexicon.frequency(word), part, &mut cuts);
        let mut side = Side { keys: [0; SIDE], classes: [0; SIDE], count, edge };
        for k in 0..count {
            let word = &part[cuts[k] as usize..cuts[k + 1] as usize];
            let at = if backwards { count - 1 - k } else { k };
            side.keys[at] = word_key(word);
            // The class of a word without one is its length.
            let class = class(side.keys[at]) as u64;
            side.classes[at] = class << 3 | if class == 0 { word.len().min(7) as u64 } else { 0 };
        }
        side
    }

    fn word(&self, k: usize) -> u64 {
        self.beyond(k).unwrap_or_else(|| self.keys[k])
    }

    fn class(&self, k: usize) -> u64 {
        self.beyond(k).map_or_else(|| self.classes[k], |edge| edge << 16)
    }

    fn beyond(&self, k: usize) -> Option<u64> {
        (k >= self.count).then_some(if k == self.count { self.edge } else { UNSEEN })
    }

    fn keys(&self) -> &[u64] {
        &self.keys[..self.count]
    }

    /// The classes of all words but the nearest, as a set.
    fn further(&self) -> u64 {
        self.classes[..self.count].iter().skip(1).fold(0, |set, c| set | 1 << (c >> 3).min(63))
    }
}

/// Adds the features of the words and the clause about the place `at`. `class` gives a word's class by its
/// key, 0 for none.
pub fn clause(
    lexicon: &Lexicon<'_>,
    class: impl Fn(u64) -> u32,
    symbols: &[u16],
    at: usize,
    out: &mut Vec<u32>,
) {
    let left = symbols[..at].iter().rev().take(SIDE).take_while(|s| inside(**s)).count();
    let right = symbols[at + 1..].iter().take(SIDE).take_while(|s| inside(**s)).count();
    let (from, to) = (at - left, at + 1 + right);
    let (begin, end) = (symbol(symbols, from.checked_sub(1)), symbol(symbols, Some(to)));
    let lefts = Side::new(lexicon, &class, &symbols[from..at], begin, true);
    let rights = Side::new(lexicon, &class, &symbols[at + 1..to], end, false);
    let l: [u64; NEAR] = std::array::from_fn(|k| lefts.word(k));
    let r: [u64; NEAR] = std::array::from_fn(|k| rights.word(k));
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
    let shape = shape(symbols, at);
    put(&[shape, symbol(symbols, Some(at + 1))]);
    // The length of the clause, its beginning and its end.
    let (many_left, many_right) = (lefts.count.min(5) as u64, rights.count.min(5) as u64);
    put(&[many_left, l[0]]);
    put(&[many_right, r[0]]);
    put(&[many_left, many_right]);
    put(&[end, many_right]);
    put(&[end, rights.keys().last().copied().unwrap_or(0)]);
    put(&[lefts.keys().last().copied().unwrap_or(0)]);
    // Classes: 深入的了解 has an adjective and a verb, and so has 深入的分析报告, but for the noun after it.
    let cl: [u64; NEAR] = std::array::from_fn(|k| lefts.class(k));
    let cr: [u64; NEAR] = std::array::from_fn(|k| rights.class(k));
    put(&[cl[0]]);
    put(&[cr[0]]);
    put(&[cl[0], cr[0]]);
    put(&[cr[0], cr[1]]);
    put(&[cl[1], cl[0]]);
    put(&[cl[0], cr[0], cr[1]]);
    put(&[cl[1], cl[0], cr[0]]);
    put(&[cl[1], cl[0], cr[0], cr[1]]);
    put(&[cr[0], cr[1], cr[2]]);
    put(&[cl[0], cr[0], cr[1], cr[2]]);
    put(&[cl[2], cl[1], cl[0], cr[0]]);
    put(&[l[0], cr[0]]);
    put(&[l[0], cr[0], cr[1]]);
    put(&[cl[1], l[0], cr[0]]);
    put(&[cl[0], r[0]]);
    put(&[cl[0], r[0], cr[1]]);
    put(&[r[0], cr[1]]);
    put(&[r[0], cr[1], cr[2]]);
    put(&[cl[1], cl[0], r[0]]);
    put(&[shape, cl[0], cr[0]]);
    let last = rights.class(rights.count.saturating_sub(1));
    put(&[cl[0], cr[0], last, end]);
    put(&[cr[0], last, many_right]);
    put(&[cl[0], many_left, cr[0], many_right]);
    put(&[cl[0], cr[0], rights.further()]);
    put(&[r[0], rights.further()]);
    put(&[l[0], rights.further()]);
    put(&[cl[0], cr[0], lefts.further()]);
    put(&[l[0], lefts.further()]);
    // Bags of words and classes.
    out.extend(lefts.keys().iter().skip(1).map(|&w| feature(LEFT_WORDS, &[w])));
    out.extend(rights.keys().iter().skip(1).map(|&w| feature(RIGHT_WORDS, &[w])));
    out.extend(
        rights.classes[..rights.count].iter().skip(1).map(|&c| feature(RIGHT_CLASSES, &[cl[0], cr[0], c])),
    );
    out.extend(
        lefts.classes[..lefts.count].iter().skip(1).map(|&c| feature(LEFT_CLASSES, &[cl[0], cr[0], c])),
    );
}
