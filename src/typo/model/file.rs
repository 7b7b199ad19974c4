//! The model: sections that are read in place, in one file or several.
//!
//! A file begins with 8 bytes of magic; then offset and length of each of `SECTIONS` sections as
//! little-endian u32. The length is 0 where another file holds the section.

use std::fmt;

/// The first eight bytes.
pub const MAGIC: &[u8; 8] = b"zhubi\x00\x00\x01";
/// Entries in the table of sections; some are empty.
pub const SECTIONS: usize = 24;

/// Bytes before the sections.
pub const HEADER: usize = MAGIC.len() + SECTIONS * 8;

/// The sections; the number of each is its entry in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The symbol of each code point of the main block.
    Symbols = 0,
    /// Probability and back-off weight of each symbol.
    Unigrams = 1,
    /// The values of the quantised levels.
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
    /// Words of two characters by sound.
    SoundIndex = 10,
    /// Words of three characters by sound.
    SoundWords = 11,
    /// Boosted trees of the classifier.
    Forests = 12,
    /// Weights of the classifier.
    Classifier = 13,
    /// The code point of each symbol.
    Characters = 14,
    /// Four-character words, idioms among them.
    Idioms = 15,
    /// The most frequent symbols after and before each.
    Followers = 16,
    /// How often characters and words were false alarms on held-out text.
    Alarms = 17,
    /// Weights of the screen.
    Screen = 18,
    /// How surprising each symbol usually is.
    Surprise = 19,
    /// Which characters people write for which.
    Slips = 20,
    /// The model of 的, 地 and 得.
    Particles = 21,
    /// A fingerprint of the symbols and n-grams, in every file: the symbols of another count are other
    /// characters.
    Count = 22,
}

impl Section {
    /// All of them, in the order of their numbers.
    pub const ALL: [Section; 23] = {
        use Section::*;
        [
            Symbols, Unigrams, Levels, Bigrams, Trigrams, Fourgrams, Fivegrams, Words, Readings, Shapes,
            SoundIndex, SoundWords, Forests, Classifier, Characters, Idioms, Followers, Alarms, Screen,
            Surprise, Slips, Particles, Count,
        ]
    };

    /// May it be missing? The trained sections are while the model is being made; a single file needs no
    /// fingerprint.
    fn is_optional(self) -> bool {
        use Section::*;
        matches!(self, Forests | Classifier | Alarms | Screen | Surprise | Slips | Particles | Count)
    }
}

/// Why files are no model. Files are numbered in the order given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelError {
    /// Not a model file of this version.
    Foreign(usize),
    /// The file ends before the section.
    CutShort(usize, Section),
    /// The file holds a section that an earlier one holds.
    Twice(usize, Section),
    /// The file is of another count of the corpus than the first.
    OtherCount(usize),
    /// No file holds the section.
    Missing(Section),
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nth = |file: &usize| file + 1;
        match self {
            Self::Foreign(file) => write!(f, "file {} is no model file of this version", nth(file)),
            Self::CutShort(file, section) => {
                write!(f, "file {} is cut short in section {section:?}", nth(file))
            }
            Self::Twice(file, section) => write!(f, "file {} holds section {section:?} once more", nth(file)),
            Self::OtherCount(file) => {
                write!(
                    f,
                    "file {} is of another count of the corpus than file 1: assemble them together",
                    nth(file)
                )
            }
            Self::Missing(section) => write!(f, "no file holds section {section:?}"),
        }
    }
}

impl std::error::Error for ModelError {}

/// The sections of all files.
#[derive(Clone, Copy, Debug)]
pub struct ModelFile<'a> {
    sections: [&'a [u8]; SECTIONS],
}

impl<'a> ModelFile<'a> {
    /// Finds the sections, each of which lies in one of the files.
    pub fn new(files: &[&'a [u8]]) -> Result<Self, ModelError> {
        let mut sections: [&[u8]; SECTIONS] = [&[]; SECTIONS];
        for (nth, bytes) in files.iter().enumerate() {
            if bytes.len() < HEADER || !bytes.starts_with(MAGIC) {
                return Err(ModelError::Foreign(nth));
            }
            for section in Section::ALL {
                let here = part(bytes, section).ok_or(ModelError::CutShort(nth, section))?;
                let known = &mut sections[section as usize];
                match section {
                    Section::Count if nth > 0 && here != *known => return Err(ModelError::OtherCount(nth)),
                    Section::Count => {}
                    _ if here.is_empty() => continue,
                    _ if !known.is_empty() => return Err(ModelError::Twice(nth, section)),
                    _ => {}
                }
                *known = here;
            }
        }
        let missing = |s: &Section| sections[*s as usize].is_empty() && !s.is_optional();
        match Section::ALL.into_iter().find(missing) {
            Some(section) => Err(ModelError::Missing(section)),
            None => Ok(ModelFile { sections }),
        }
    }

    /// The bytes of a section.
    pub fn section(&self, section: Section) -> &'a [u8] {
        self.sections[section as usize]
    }
}

/// The bytes of a section in one file; None where the file is cut short.
fn part(bytes: &[u8], section: Section) -> Option<&[u8]> {
    let at = MAGIC.len() + section as usize * 8;
    let (offset, len) = (u32_le(bytes, at) as usize, u32_le(bytes, at + 4) as usize);
    bytes.get(offset..offset.checked_add(len)?)
}

/// The little-endian u32 at `at`.
#[inline]
pub(crate) fn u32_le(bytes: &[u8], at: usize) -> u32 {
    let four = &bytes[at..at + 4];
    u32::from_le_bytes([four[0], four[1], four[2], four[3]])
}

/// The little-endian f32 in `bytes`.
pub(crate) fn f32_row(bytes: &[u8]) -> impl Iterator<Item = f32> + '_ {
    bytes.chunks_exact(4).map(|four| f32::from_bits(u32_le(four, 0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Section::*;

    /// A file of these sections.
    fn file(sections: &[(Section, &[u8])]) -> Vec<u8> {
        let mut file = [MAGIC.as_slice(), &[0; SECTIONS * 8]].concat();
        for (section, bytes) in sections {
            let at = MAGIC.len() + *section as usize * 8;
            let offset = file.len() as u32;
            file[at..at + 4].copy_from_slice(&offset.to_le_bytes());
            file[at + 4..at + 8].copy_from_slice(&(bytes.len() as u32).to_le_bytes());
            file.extend(*bytes);
        }
        file
    }

    /// A file of the required sections, but for the n-grams of order 5.
    fn most() -> Vec<u8> {
        let of = Section::ALL.into_iter().filter(|s| !s.is_optional() && *s != Fivegrams);
        file(&of.map(|s| (s, b"some".as_slice())).chain([(Count, b"one".as_slice())]).collect::<Vec<_>>())
    }

    fn error(files: &[&[u8]]) -> ModelError {
        ModelFile::new(files).unwrap_err()
    }

    #[test]
    fn every_section_has_its_number() {
        assert!(Section::ALL.iter().enumerate().all(|(n, s)| *s as usize == n));
        assert!(Section::ALL.len() <= SECTIONS);
    }

    #[test]
    fn sections_of_all_files_are_found_where_they_lie() {
        let (most, rest) = (most(), file(&[(Fivegrams, b"rest"), (Count, b"one")]));
        for files in [[most.as_slice(), &rest], [&rest, &most]] {
            let model = ModelFile::new(&files).unwrap();
            assert_eq!(model.section(Fivegrams), b"rest");
            assert_eq!(model.section(Fivegrams).as_ptr(), rest[HEADER..].as_ptr());
            assert_eq!(model.section(Words), b"some");
            assert_eq!(model.section(Forests), b"");
        }
    }

    #[test]
    fn a_section_missing_or_twice_is_named() {
        let (most, rest) = (most(), file(&[(Fivegrams, b"rest"), (Count, b"one")]));
        assert_eq!(error(&[&most]), ModelError::Missing(Fivegrams));
        assert_eq!(error(&[]), ModelError::Missing(Symbols));
        assert_eq!(error(&[&most, &rest, &rest]), ModelError::Twice(2, Fivegrams));
        assert_eq!(error(&[&most, &rest, &rest]).to_string(), "file 3 holds section Fivegrams once more");
    }

    #[test]
    fn files_of_different_counts_do_not_go_together() {
        let most = most();
        for rest in [file(&[(Fivegrams, b"rest"), (Count, b"two")]), file(&[(Fivegrams, b"rest")])] {
            assert_eq!(error(&[&most, &rest]), ModelError::OtherCount(1));
            assert_eq!(error(&[&rest, &most]), ModelError::OtherCount(1));
        }
    }

    #[test]
    fn bytes_that_are_no_model_are_refused() {
        let most = most();
        let rest = file(&[(Fivegrams, b"rest"), (Count, b"one")]);
        let mut foreign = rest.clone();
        foreign[7] += 1;
        for bytes in [&[], &b"zhubi"[..], &rest[..HEADER - 1], &foreign] {
            assert_eq!(error(&[&most, bytes]), ModelError::Foreign(1));
        }
        assert_eq!(error(&[&most, &rest[..HEADER + 2]]), ModelError::CutShort(1, Fivegrams));
        let mut beyond = rest;
        let at = MAGIC.len() + Fivegrams as usize * 8;
        beyond[at..at + 8].fill(0xff);
        assert_eq!(error(&[&most, &beyond]), ModelError::CutShort(1, Fivegrams));
    }
}
