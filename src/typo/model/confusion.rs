//! What a character or a word is mistaken for: by sound, by a slip of the tongue, by shape.

use super::file::{ModelFile, Section};
use super::lexicon::{GROUP_BITS, sound_group, u16_at, u32_at};
use super::symbols::RADIX;

/// How alike two characters are, the likest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Read alike but for the tone.
    SameSound,
    /// Read alike to an ear that does not part zh from z, n from l, or n from ng.
    NearSound,
    /// They look alike.
    Shape,
    /// Neither.
    None,
}

/// The readings and shapes of characters and the words of each sound, read in place.
pub struct Confusion<'a> {
    classes: &'a [u8],
    readings: &'a [u8],
    class_offsets: &'a [u8],
    class_members: &'a [u8],
    shapes: &'a [u8],
    sound_words: [&'a [u8]; 2],
    followers: &'a [u8],
}

const NONE: u16 = 0xFFFF;

/// Above the number of a syllable lie the bits of the tones it is met with.
pub const TONE_SHIFT: u32 = 9;
/// Above a symbol that looks like another lies how much, from 0 to 7.
pub const SHAPE_SHIFT: u32 = 13;

impl<'a> Confusion<'a> {
    /// Finds its sections in the model file.
    pub fn new(file: &ModelFile<'a>) -> Self {
        let s = file.section(Section::Readings);
        let syllables = u32_at(s, 0);
        let readings = &s[4 + 2 * syllables..];
        let rest = &readings[RADIX as usize * 6..];
        let classes = u32_at(rest, 0);
        Confusion {
            classes: &s[4..4 + 2 * syllables],
            readings: &readings[..RADIX as usize * 6],
            class_offsets: &rest[4..4 + 2 * (classes + 1)],
            class_members: &rest[4 + 2 * (classes + 1)..],
            shapes: file.section(Section::Shapes),
            sound_words: [file.section(Section::SoundIndex), file.section(Section::SoundWords)],
            followers: file.section(Section::Followers),
        }
    }

    /// A symbol's syllables with their tones.
    fn readings(&self, symbol: u16) -> impl Iterator<Item = u16> + '_ {
        (0..3).map(move |k| u16_at(self.readings, symbol as usize * 3 + k)).take_while(|&s| s != NONE)
    }

    fn syllables(&self, symbol: u16) -> impl Iterator<Item = u16> + '_ {
        self.readings(symbol).map(|s| s & ((1 << TONE_SHIFT) - 1))
    }

    /// Are two symbols met with the same syllable in the same tone?
    pub fn same_tone(&self, a: u16, b: u16) -> bool {
        let alike = |x: u16, y: u16| (x ^ y) & ((1 << TONE_SHIFT) - 1) == 0 && (x & y) >> TONE_SHIFT != 0;
        self.readings(a).any(|x| self.readings(b).any(|y| alike(x, y)))
    }

    fn class(&self, syllable: u16) -> u16 {
        u16_at(self.classes, syllable as usize)
    }

    /// How alike two symbols sound, over all their common readings.
    pub fn by_sound(&self, a: u16, b: u16) -> Likeness {
        let mut best = Likeness::None;
        for x in self.syllables(a) {
            for y in self.syllables(b) {
                if x == y {
                    return Likeness::SameSound;
                }
                if self.class(x) == self.class(y) {
                    best = Likeness::NearSound;
                }
            }
        }
        best
    }

    /// How alike two symbols are, by sound before shape.
    pub fn likeness(&self, a: u16, b: u16) -> Likeness {
        match self.by_sound(a, b) {
            Likeness::None if self.by_shape(a, b).is_some() => Likeness::Shape,
            l => l,
        }
    }

    /// Characters of the same or nearly the same sound.
    pub fn sounds_like(&self, symbol: u16, mut visit: impl FnMut(u16)) {
        let mut seen = [NONE; 3];
        for (k, s) in self.syllables(symbol).enumerate() {
            let class = self.class(s);
            if seen.contains(&class) {
                continue;
            }
            seen[k] = class;
            let (from, to) =
                (u16_at(self.class_offsets, class as usize), u16_at(self.class_offsets, class as usize + 1));
            (from..to)
                .map(|i| u16_at(self.class_members, i as usize))
                .filter(|&x| x != symbol)
                .for_each(&mut visit);
        }
    }

    /// The symbols that look like this one.
    pub fn shapes(&self, symbol: u16) -> impl Iterator<Item = u16> + '_ {
        self.shapes_with_levels(symbol).map(|(s, _)| s)
    }

    /// The symbols that look like this one, and how much, from 0 to 7.
    fn shapes_with_levels(&self, symbol: u16) -> impl Iterator<Item = (u16, u16)> + '_ {
        let all = self.list(self.shapes, symbol as usize, RADIX as usize);
        all.map(|s| (s & ((1 << SHAPE_SHIFT) - 1), s >> SHAPE_SHIFT))
    }

    /// How much two symbols look alike, from 0 to 7; None where they do not.
    pub fn by_shape(&self, a: u16, b: u16) -> Option<u16> {
        let level = |a, b| self.shapes_with_levels(a).find(|x| x.0 == b).map(|x| x.1);
        level(a, b).or_else(|| level(b, a))
    }

    /// What most often stands after a symbol, most frequent first.
    pub fn followers(&self, symbol: u16) -> impl Iterator<Item = u16> + '_ {
        self.list(self.followers, symbol as usize, 2 * RADIX as usize)
    }

    /// What most often stands before a symbol.
    pub fn forerunners(&self, symbol: u16) -> impl Iterator<Item = u16> + '_ {
        self.list(self.followers, RADIX as usize + symbol as usize, 2 * RADIX as usize)
    }

    fn list(&self, section: &'a [u8], n: usize, all: usize) -> impl Iterator<Item = u16> + use<'a> {
        let members = &section[4 * (all + 1)..];
        (u32_at(section, n)..u32_at(section, n + 1)).map(move |i| u16_at(members, i))
    }

    /// Words of two or three characters, of which at least so many differ, that sound the same or nearly so, with what kind of likeness the farthest
    /// character has.
    pub fn words_like(&self, span: &[u16], least: usize, mut visit: impl FnMut(&[u16], Likeness)) {
        let mut keys = [0u32; 8];
        let mut count = 1;
        for &s in span {
            let mut next = [0u32; 8];
            let mut n = 0;
            for &k in &keys[..count] {
                for class in self.syllables(s).take(2).map(|x| self.class(x)) {
                    let key = k.wrapping_mul(512).wrapping_add(class as u32 + 1);
                    if n < 8 && !next[..n].contains(&key) {
                        next[n] = key;
                        n += 1;
                    }
                }
            }
            keys = next;
            count = n;
        }
        let section = self.sound_words[span.len() - 2];
        let members = &section[4 * ((1 << GROUP_BITS) + 1)..];
        for &k in &keys[..count] {
            let group = sound_group(k) as usize;
            for i in u32_at(section, group)..u32_at(section, group + 1) {
                let mut word = [0u16; 3];
                let word = &mut word[..span.len()];
                for (j, w) in word.iter_mut().enumerate() {
                    *w = u16_at(members, i * span.len() + j);
                }
                let differing = || span.iter().zip(&*word).filter(|(a, b)| a != b);
                if differing().count() < least {
                    continue;
                }
                let mut worst = Likeness::SameSound;
                for (&a, &b) in differing() {
                    worst = worst.max(self.by_sound(a, b));
                    if worst == Likeness::None {
                        break;
                    }
                }
                if worst != Likeness::None {
                    visit(word, worst);
                }
            }
        }
    }
}
