//! The model file: a table of sections, each read where it lies.
//!
//! Header: 8 bytes of magic, then for each of `SECTIONS` sections its offset and length as little-endian u32.

/// The first eight bytes.
pub const MAGIC: &[u8; 8] = b"zhubi\x00\x00\x01";
/// Places in the table of sections; some are empty.
pub const SECTIONS: usize = 24;

/// The sections by number. The number is the place in the header's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The symbol of each code point of the main block.
    Symbols = 0,
    /// Probability and back-off weight of each symbol.
    Unigrams = 1,
    /// What the quantised levels stand for.
    Levels = 2,
    /// n-grams of order 2.
    Bigrams = 3,
    /// n-grams of order 3.
    Trigrams = 4,
    /// n-grams of order 4.
    Fourgrams = 5,
    /// n-grams of order 5.
    Fivegrams = 6,
    /// Words and their frequencies.
    Words = 7,
    /// Readings of each symbol.
    Readings = 8,
    /// Symbols that look alike.
    Shapes = 9,
    /// Where the words of two characters of each sound lie.
    SoundIndex = 10,
    /// Where the words of three characters of each sound lie.
    SoundWords = 11,
    /// Boosted trees of the classifier.
    Forests = 12,
    /// Weights of the classifier.
    Classifier = 13,
    /// The code point of each symbol.
    Characters = 14,
    /// Words of four characters, idioms among them.
    Idioms = 15,
    /// What most often follows and precedes a symbol.
    Followers = 16,
    /// How often characters and words were false alarms on held-out text.
    Alarms = 17,
    /// Weights of the screen.
    Screen = 18,
    /// How surprising each symbol usually is.
    Surprise = 19,
    /// Which characters are known to be written for which.
    Slips = 20,
    /// Which of 的, 地 and 得 a place wants.
    Particles = 21,
}

/// The whole file.
#[derive(Clone, Copy)]
pub struct ModelFile<'a> {
    bytes: &'a [u8],
}

impl<'a> ModelFile<'a> {
    /// None where the bytes are no model of this version.
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        (bytes.len() >= 8 + SECTIONS * 8 && &bytes[..8] == MAGIC).then_some(ModelFile { bytes })
    }

    /// The bytes of a section.
    pub fn section(&self, section: Section) -> &'a [u8] {
        let at = 8 + section as usize * 8;
        let word = |i: usize| u32_le(self.bytes, i) as usize;
        let (offset, len) = (word(at), word(at + 4));
        &self.bytes[offset..offset + len]
    }
}

/// The little-endian number in the four bytes from `at`.
#[inline]
pub(crate) fn u32_le(bytes: &[u8], at: usize) -> u32 {
    let four = &bytes[at..at + 4];
    u32::from_le_bytes([four[0], four[1], four[2], four[3]])
}

/// The little-endian numbers that `bytes` is a row of.
pub(crate) fn f32_row(bytes: &[u8]) -> impl Iterator<Item = f32> + '_ {
    bytes.chunks_exact(4).map(|four| f32::from_bits(u32_le(four, 0)))
}
