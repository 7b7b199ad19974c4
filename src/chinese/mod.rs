//! What is known of the Chinese language. No rule lives here.

use std::ops::Range;

pub mod calendar;
pub mod characters;
pub mod date;
pub mod document_name;
pub mod idiom;
pub mod listing;
pub mod names;
pub mod numeral;
pub mod persons;
pub mod places;
pub mod quantity;
pub mod terms;
pub(crate) mod wording;

pub use characters::{is_hanzi, is_ideograph, is_letter};

/// Is a pair of marks open at the end of what stands before a place: 《 without its 》?
#[must_use]
pub fn is_open(before: &str, (open, close): (char, char)) -> bool {
    before.rfind(open) > before.rfind(close)
}

/// What stands about a range of a text, at most `reach` characters on either side, and the range in it, in
/// bytes.
#[must_use]
pub fn surroundings<'t>(text: &'t str, range: &Range<usize>, reach: usize) -> (&'t str, Range<usize>) {
    let before: usize = text[..range.start].chars().rev().take(reach).map(char::len_utf8).sum();
    let after: usize = text[range.end..].chars().take(reach).map(char::len_utf8).sum();
    (&text[range.start - before..range.end + after], before..before + range.len())
}
