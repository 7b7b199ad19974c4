//! The model file: a table of sections, each read where it lies.
//!
//! Header: 8 bytes of magic, then for each of `SECTIONS` sections its offset and length as little-endian u32.

pub const MAGIC: &[u8; 8] = b"zhubi\x00\x00\x01";
pub const SECTIONS: usize = 24;

/// The sections by number. The number is the place in the header's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Symbols = 0,
    Unigrams = 1,
    Levels = 2,
    Bigrams = 3,
    Trigrams = 4,
    Fourgrams = 5,
    Fivegrams = 6,
    Words = 7,
    Readings = 8,
    Shapes = 9,
    SoundIndex = 10,
    SoundWords = 11,
    GapIndex = 12,
    Classifier = 13,
    Characters = 14,
    Idioms = 15,
    Followers = 16,
    Pairs = 17,
    Screen = 18,
}

#[derive(Clone, Copy)]
pub struct ModelFile<'a> {
    bytes: &'a [u8],
}

impl<'a> ModelFile<'a> {
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        (bytes.len() >= 8 + SECTIONS * 8 && &bytes[..8] == MAGIC).then_some(ModelFile { bytes })
    }

    pub fn section(&self, section: Section) -> &'a [u8] {
        let at = 8 + section as usize * 8;
        let word = |i: usize| u32::from_le_bytes(self.bytes[i..i + 4].try_into().unwrap()) as usize;
        let (offset, len) = (word(at), word(at + 4));
        &self.bytes[offset..offset + len]
    }
}
