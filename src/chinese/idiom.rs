//! Four-character idioms and set phrases: which ones there are, and which differ from a string in one
//! character.
//!
//! The table has rows of one width and is read in place. A string with one wrong character has one half
//! right, so the rows are indexed by either half.

use std::ops::Range;
use std::sync::LazyLock;

/// Bytes of a character, of half an idiom, of an idiom, and of its row: idiom, tab, digit, line feed.
const CHARACTER: usize = 3;
const HALF: usize = 2 * CHARACTER;
const IDIOM: usize = 2 * HALF;
const ROW: usize = IDIOM + 3;

static IDIOMS: &[[u8; ROW]] = rows(include_bytes!("../../data/idiom.tsv"), b"idiom\tcommon\n");
static LOOKALIKES: &[[u8; IDIOM + 1]] = rows(include_bytes!("../../data/idiom-lookalike.tsv"), b"phrase\n");

/// The rows of a table, sorted, after its header.
const fn rows<const N: usize>(table: &'static [u8], header: &[u8]) -> &'static [[u8; N]] {
    table.split_at(header.len()).1.as_chunks().0
}

/// Indices of the idioms by the hash of the half at `AT`, chained in the order of the table.
struct ByHalf<const AT: usize> {
    first: Vec<u16>,
    next: Vec<u16>,
}

const HASH_BITS: u32 = 16;
/// The end of a chain.
const END: u16 = u16::MAX;

static BY_HALF: LazyLock<(ByHalf<0>, ByHalf<HALF>)> = LazyLock::new(|| (ByHalf::new(), ByHalf::new()));

impl<const AT: usize> ByHalf<AT> {
    fn new() -> Self {
        let mut index = Self { first: vec![END; 1 << HASH_BITS], next: vec![END; IDIOMS.len()] };
        for (number, row) in IDIOMS.iter().enumerate().rev() {
            let first = &mut index.first[hash(Self::key(row))];
            index.next[number] = std::mem::replace(first, number as u16);
        }
        index
    }

    /// The half as a number.
    #[inline]
    fn key<const N: usize>(text: &[u8; N]) -> u64 {
        let mut bytes = [0; 8];
        bytes[..HALF].copy_from_slice(&text[AT..AT + HALF]);
        u64::from_le_bytes(bytes)
    }

    /// The rows that have this half of a text.
    #[inline]
    fn rows(&self, text: &[u8; IDIOM]) -> impl Iterator<Item = &'static [u8; ROW]> {
        let key = Self::key(text);
        let number = |number: u16| (number != END).then_some(usize::from(number));
        std::iter::successors(number(self.first[hash(key)]), move |&last| number(self.next[last]))
            .map(|number| &IDIOMS[number])
            .filter(move |row| Self::key(row) == key)
    }

    /// Adds the idioms that have this half of a text and differ in one character of the other.
    fn near(&self, text: &[u8; IDIOM], found: &mut Vec<Near>) {
        let other = HALF - AT;
        for row in self.rows(text) {
            let differs = |at: usize| row[at..at + CHARACTER] != text[at..at + CHARACTER];
            let second = differs(other + CHARACTER);
            if differs(other) != second {
                found.push(Near {
                    idiom: String::from_utf8_lossy(&row[..IDIOM]).into_owned(),
                    position: other / CHARACTER + usize::from(second),
                    common: row[IDIOM + 1] == b'1',
                });
            }
        }
    }
}

/// Fibonacci hashing.
#[inline]
fn hash(key: u64) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - HASH_BITS)) as usize
}

/// Is this string of four characters an idiom?
#[must_use]
pub fn is_idiom(text: &str) -> bool {
    let text = text.as_bytes();
    text.try_into().is_ok_and(|idiom| BY_HALF.0.rows(idiom).any(|row| row.starts_with(text)))
}

/// Is this string, one character away from an idiom, a phrase in its own right (五位一体 beside 三位一体)?
#[must_use]
pub fn is_lookalike(text: &str) -> bool {
    LOOKALIKES.binary_search_by(|row| row[..IDIOM].cmp(text.as_bytes())).is_ok()
}

/// Does a range of `text`, in bytes, lie in an idiom, or in a phrase that only looks like a slip for one?
#[must_use]
pub fn is_part_of_phrase(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].char_indices().rev().take(3).map(|(at, _)| at);
    before.chain([range.start]).any(|start| {
        let end = text[start..].char_indices().nth(4).map_or(text.len(), |(at, _)| start + at);
        end >= range.end && (is_idiom(&text[start..end]) || is_lookalike(&text[start..end]))
    })
}

/// An idiom that differs from a string in one character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// The idiom.
    pub idiom: String,
    /// Which of the four characters differs, from 0.
    pub position: usize,
    /// Is it in common use?
    pub common: bool,
}

/// The idioms that differ from `text`, four characters of three bytes, in exactly one character.
#[must_use]
pub fn near(text: &str) -> Vec<Near> {
    let mut found = Vec::new();
    if let Ok(text) = text.as_bytes().try_into() {
        BY_HALF.0.near(text, &mut found);
        BY_HALF.1.near(text, &mut found);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_character_away() {
        assert!(is_idiom("再接再厉") && !is_idiom("再接再励") && !is_idiom("再接"));
        let right = Near { idiom: "再接再厉".into(), position: 3, common: true };
        assert!(near("再接再励").contains(&right));
        assert!(near("共克时限").iter().any(|n| n.idiom == "共克时艰"));
        assert!(near("举一返三").iter().any(|n| n.idiom == "举一反三" && n.position == 2));
        assert!(near("迫不急待").iter().any(|n| n.idiom == "迫不及待" && n.position == 2));
        assert!(near("穿流不息").iter().any(|n| n.idiom == "川流不息" && n.position == 0));
        assert!(is_lookalike("五位一体"));
        let text = "要克服以点代面的做法";
        let at = text.find('代').unwrap();
        assert!(is_part_of_phrase(text, &(at..at + 3)) && !is_part_of_phrase(text, &(0..3)));
    }

    #[test]
    fn rows_have_one_width_and_are_sorted() {
        let tables = [include_str!("../../data/idiom.tsv"), include_str!("../../data/idiom-lookalike.tsv")];
        assert_eq!(tables.map(|table| table.lines().count() - 1), [IDIOMS.len(), LOOKALIKES.len()]);
        assert!(IDIOMS.len() < usize::from(END) && IDIOMS.is_sorted() && LOOKALIKES.is_sorted());
        assert!(IDIOMS.iter().all(|row| row[IDIOM] == b'\t' && row[ROW - 1] == b'\n'));
        let wrong =
            include_str!("../../data/confusable-word.tsv").lines().filter_map(|row| row.split('\t').next());
        let listed: Vec<&str> = wrong.filter(|word| is_idiom(word)).collect();
        assert!(listed.is_empty(), "in two lists at once, as right and as wrong: {listed:?}");
        let phrases = LOOKALIKES.iter().map(|row| std::str::from_utf8(row).unwrap());
        assert!(phrases.map(|row| row.strip_suffix('\n').unwrap()).all(|phrase| !is_idiom(phrase)));
    }
}
