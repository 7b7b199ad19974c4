//! Words with their frequencies, and words by sound, read in place.

use super::file::{ModelFile, Section, u32_le};
use super::fuse::{Fuse, mix};
use super::symbols::RADIX;

/// Bits of the index of a group of words by sound.
pub const GROUP_BITS: u32 = 14;
/// The step of ln frequency from one level to the next.
pub const LEVEL: f32 = 0.6;
/// Marks idioms among the four-character words, in their first symbol. The detector makes no difference.
pub const IDIOM_BIT: u16 = 0x8000;
/// No word is longer.
pub const LONGEST: usize = 8;

/// The key of a word; injective up to five symbols, a hash beyond.
pub fn word_key(word: &[u16]) -> u64 {
    word.iter().fold(word.len() as u64, |k, &s| k.wrapping_mul(RADIX).wrapping_add(s as u64))
}

/// The group of the words whose characters' sound classes make `key`.
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
    /// ln frequency of each symbol as a word; NaN where it is none.
    singles: Vec<f32>,
    four_char_words: &'a [u8],
    four_char_count: usize,
}

impl<'a> Lexicon<'a> {
    /// Finds its sections in the model file.
    pub fn new(file: &ModelFile<'a>) -> Self {
        let four_char_words = file.section(Section::Idioms);
        let words = Fuse::new(file.section(Section::Words));
        let single = |s: u64| frequency(&words, &[s as u16]).unwrap_or(f32::NAN);
        Lexicon {
            singles: (0..RADIX).map(single).collect(),
            words,
            four_char_count: u32_at(four_char_words, 0),
            four_char_words: &four_char_words[4..],
        }
    }

    /// ln of a word's frequency among some six billion words; None for what is no word.
    #[inline]
    pub fn frequency(&self, word: &[u16]) -> Option<f32> {
        match *word {
            [single] => Some(self.singles[single as usize]).filter(|f| !f.is_nan()),
            _ => frequency(&self.words, word),
        }
    }

    /// The n-th four-character word.
    pub fn four_char_word(&self, n: usize) -> [u16; 4] {
        let ([a, b], [c, d]) = (self.half(n, 0), self.half(n, 2));
        [a, b, c, d]
    }

    /// The two characters of the n-th four-character word from `from` on.
    #[inline]
    fn half(&self, n: usize, from: usize) -> [u16; 2] {
        let at = n * 4 + from;
        [u16_at(self.four_char_words, at) & !IDIOM_BIT, u16_at(self.four_char_words, at + 1)]
    }

    /// The index of the n-th four-character word in the order of their second halves.
    #[inline]
    fn by_suffix(&self, n: usize) -> usize {
        u16_at(&self.four_char_words[self.four_char_count * 8..], n) as usize
    }

    /// Indices of the four-character words that begin with this pair.
    pub fn four_char_words_with_prefix(&self, a: u16, b: u16) -> impl Iterator<Item = usize> + '_ {
        let from = partition(self.four_char_count, |n| self.half(n, 0) < [a, b]);
        (from..self.four_char_count).take_while(move |&n| self.half(n, 0) == [a, b])
    }

    /// Indices of the four-character words that end with this pair.
    pub fn four_char_words_with_suffix(&self, c: u16, d: u16) -> impl Iterator<Item = usize> + '_ {
        let half = |n: usize| self.half(self.by_suffix(n), 2);
        let from = partition(self.four_char_count, |n| half(n) < [c, d]);
        (from..self.four_char_count)
            .map(|n| self.by_suffix(n))
            .take_while(move |&n| self.half(n, 2) == [c, d])
    }
}

#[inline]
fn frequency(words: &Fuse<'_>, word: &[u16]) -> Option<f32> {
    words.get(word_key(word)).map(|level| level as f32 * LEVEL)
}

/// The first of `n` indices that is not below.
fn partition(n: usize, below: impl Fn(usize) -> bool) -> usize {
    let (mut lo, mut hi) = (0, n);
    while lo < hi {
        let mid = (lo + hi) / 2;
        if below(mid) { lo = mid + 1 } else { hi = mid }
    }
    lo
}
