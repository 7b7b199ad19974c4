//! What a character or a word may be mistaken for: by sound or by shape.

use super::file::{ModelFile, Section};
use super::lexicon::{GROUP_BITS, sound_group, u16_at, u32_at};
use super::symbols::RADIX;

/// In what respect two characters are alike, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same syllable, whatever the tone.
    SameSound,
    /// The same syllable to those who confuse zh with z, n with l, or n with ng.
    NearSound,
    /// Similar shapes.
    Shape,
    /// Neither.
    None,
}

impl Likeness {
    /// Is one written for the other by whoever types or copies: by the same sound, or by the shape?
    pub fn is_close(self) -> bool {
        matches!(self, Self::SameSound | Self::Shape)
    }
}

/// The readings and shapes of characters, and words by sound, read in place.
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

/// Radix in which the sound classes of a word's characters are packed.
pub const SOUND_RADIX: u32 = 512;
/// No more keys of a word are made of the readings of its characters.
const MAX_SOUND_KEYS: usize = 8;

/// A reading's tones, as bits, lie above the index of its syllable.
pub const TONE_SHIFT: u32 = 9;
/// The degree of likeness, from 0 to 7, lies above the symbol that looks like another.
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

    /// Do two symbols have a syllable and tone in common?
    pub fn same_tone(&self, a: u16, b: u16) -> bool {
        let alike = |x: u16, y: u16| (x ^ y) & ((1 << TONE_SHIFT) - 1) == 0 && (x & y) >> TONE_SHIFT != 0;
        self.readings(a).any(|x| self.readings(b).any(|y| alike(x, y)))
    }

    fn class(&self, syllable: u16) -> u16 {
        u16_at(self.classes, syllable as usize)
    }

    /// How alike two symbols sound, by the closest of their readings.
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

    /// In what respect two symbols are alike, sound before shape.
    pub fn likeness(&self, a: u16, b: u16) -> Likeness {
        match self.by_sound(a, b) {
            Likeness::None if self.by_shape(a, b).is_some() => Likeness::Shape,
            l => l,
        }
    }

    /// Visits the characters of the same or nearly the same sound.
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

    /// The symbols that look like this one, with the degree of likeness, from 0 to 7.
    fn shapes_with_levels(&self, symbol: u16) -> impl Iterator<Item = (u16, u16)> + '_ {
        let all = self.list(self.shapes, symbol as usize, RADIX as usize);
        all.map(|s| (s & ((1 << SHAPE_SHIFT) - 1), s >> SHAPE_SHIFT))
    }

    /// The degree to which two symbols look alike, from 0 to 7; None where they do not.
    pub fn by_shape(&self, a: u16, b: u16) -> Option<u16> {
        let level = |a, b| self.shapes_with_levels(a).find(|x| x.0 == b).map(|x| x.1);
        level(a, b).or_else(|| level(b, a))
    }

    /// The most frequent symbols after this one, most frequent first.
    pub fn followers(&self, symbol: u16) -> impl Iterator<Item = u16> + '_ {
        self.list(self.followers, symbol as usize, 2 * RADIX as usize)
    }

    /// The most frequent symbols before this one.
    pub fn forerunners(&self, symbol: u16) -> impl Iterator<Item = u16> + '_ {
        self.list(self.followers, RADIX as usize + symbol as usize, 2 * RADIX as usize)
    }

    fn list(&self, section: &'a [u8], n: usize, all: usize) -> impl Iterator<Item = u16> + use<'a> {
        let members = &section[4 * (all + 1)..];
        (u32_at(section, n)..u32_at(section, n + 1)).map(move |i| u16_at(members, i))
    }

    /// Visits the words of two or three characters that sound like `span` and differ in at least `least`
    /// characters, with the likeness of the least similar character.
    pub fn words_like(&self, span: &[u16], least: usize, mut visit: impl FnMut(&[u16], Likeness)) {
        let mut keys = [0u32; MAX_SOUND_KEYS];
        let mut count = 1;
        for &s in span {
            let mut next = [0u32; MAX_SOUND_KEYS];
            let mut n = 0;
            for &k in &keys[..count] {
                for class in self.syllables(s).take(2).map(|x| self.class(x)) {
                    let key = k.wrapping_mul(SOUND_RADIX).wrapping_add(class as u32 + 1);
                    if n < MAX_SOUND_KEYS && !next[..n].contains(&key) {
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
