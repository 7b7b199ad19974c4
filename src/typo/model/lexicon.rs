//! Words with their frequencies, and words by sound, read in place.

use super::file::{ModelFile, Section, u32_le};
use super::fuse::{Fuse, mix};
use super::symbols::RADIX;

/// Bits of the number of a group of words by sound.
pub const GROUP_BITS: u32 = 14;
/// No word is longer.
pub const LONGEST: usize = 8;

/// The key of a word; injective up to five symbols, a hash beyond.
pub fn word_key(word: &[u16]) -> u64 {
    word.iter().fold(word.len() as u64, |k, &s| k.wrapping_mul(RADIX).wrapping_add(s as u64))
}

/// The group in which words whose characters' sound classes make `key` lie.
pub fn sound_group(key: u32) -> u32 {
    (mix(key as u64, 77) >> (64 - GROUP_BITS)) as u32
}

#[inline]
pub(crate) fn u16_at(bytes: &[u8], i: usize) -> u16 {
    let two = bytes[2 * i..].first_chunk().expect("two bytes");
    u16::from_le_bytes(*two)
}

#[inline]
pub(crate) fn u32_at(bytes: &[u8], i: usize) -> usize {
    u32_le(bytes, 4 * i) as usize
}

/// The words, read in place.
pub struct Lexicon<'a> {
    words: Fuse<'a>,
    /// ln frequency of each symbol as a word; NaN: it is none.
    singles: Vec<f32>,
    fours: &'a [u8],
    four_count: usize,
}

impl<'a> Lexicon<'a> {
    /// Finds its sections in the model file.
    pub fn new(file: &ModelFile<'a>) -> Self {
        let fours = file.section(Section::Idioms);
        let words = Fuse::new(file.section(Section::Words));
        let single = |s: u64| frequency(&words, &[s as u16]).unwrap_or(f32::NAN);
        Lexicon {
            singles: (0..RADIX).map(single).collect(),
            words,
            four_count: u32_at(fours, 0),
            fours: &fours[4..],
        }
    }

    /// ln of the word's frequency among some six billion, or None.
    #[inline]
    pub fn frequency(&self, word: &[u16]) -> Option<f32> {
        match *word {
            [single] => Some(self.singles[single as usize]).filter(|f| !f.is_nan()),
            _ => frequency(&self.words, word),
        }
    }

    /// The n-th word of four characters and whether it is an idiom.
    pub fn four(&self, n: usize) -> ([u16; 4], bool) {
        let at = |k: usize| u16_at(self.fours, n * 4 + k);
        ([at(0) & 0x7FFF, at(1), at(2), at(3)], at(0) & 0x8000 != 0)
    }

    fn by_last(&self, n: usize) -> usize {
        u16_at(&self.fours[self.four_count * 8..], n) as usize
    }

    /// Numbers of the words of four characters that begin with this pair.
    pub fn fours_beginning(&self, a: u16, b: u16) -> impl Iterator<Item = usize> + '_ {
        let pair = |n: usize| (u16_at(self.fours, n * 4) & 0x7FFF, u16_at(self.fours, n * 4 + 1));
        let from = partition(self.four_count, |n| pair(n) < (a, b));
        (from..self.four_count).take_while(move |&n| pair(n) == (a, b))
    }

    /// Numbers of the words of four characters that end with this pair.
    pub fn fours_ending(&self, c: u16, d: u16) -> impl Iterator<Item = usize> + '_ {
        let pair = |n: usize| {
            let at = self.by_last(n) * 4;
            (u16_at(self.fours, at + 2), u16_at(self.fours, at + 3))
        };
        let from = partition(self.four_count, |n| pair(n) < (c, d));
        (from..self.four_count).take_while(move |&n| pair(n) == (c, d)).map(|n| self.by_last(n))
    }
}

#[inline]
fn frequency(words: &Fuse<'_>, word: &[u16]) -> Option<f32> {
    words.get(word_key(word)).map(|c| c as f32 * 0.6)
}

fn partition(n: usize, below: impl Fn(usize) -> bool) -> usize {
    let (mut lo, mut hi) = (0, n);
    while lo < hi {
        let mid = (lo + hi) / 2;
        if below(mid) { lo = mid + 1 } else { hi = mid }
    }
    lo
}
