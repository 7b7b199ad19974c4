//! What is known of the Chinese language. No rule lives here.

pub mod calendar;
pub mod confusion;
pub mod date;
pub mod fuse;
pub mod idiom;
pub mod lexicon;
pub mod model_file;
pub mod names;
pub mod ngram;
pub mod numeral;
pub mod quantity;
pub mod segment;
pub mod symbol;
pub mod terms;
pub mod typo;
pub mod words;

/// Is it a Chinese character of the main block (CJK Unified Ideographs)?
#[inline]
#[must_use]
pub fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}
