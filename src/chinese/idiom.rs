//! Four-character idioms and set phrases: which ones there are, and which stand one character away from a string.
//!
//! Both tables have rows of one width and are searched where they lie: one sorted by the idiom, one by the idiom with
//! its halves exchanged, because a string with one wrong character has one half right.

use std::ops::Range;
use std::sync::LazyLock;

static BY_HEAD: &str = include_str!("../../data/idiom.tsv");
static BY_TAIL: &str = include_str!("../../data/idiom-by-tail.tsv");
static LOOKALIKES: &str = include_str!("../../data/idiom-lookalike.tsv");

/// Bytes of an idiom, of its half, and of its row: four characters of three bytes, a tab, a digit, a line feed.
const IDIOM: usize = 12;
const HALF: usize = 6;
const ROW: usize = IDIOM + 3;

/// The rows of a table, after its header line.
#[derive(Clone, Copy)]
struct Table(&'static [u8]);

impl Table {
    fn new(text: &'static str) -> Self {
        Self(text.split_once('\n').map_or(&[], |(_, rows)| rows.as_bytes()))
    }

    fn row(self, index: usize) -> &'static [u8] {
        &self.0[index * ROW..index * ROW + ROW - 1]
    }

    /// The rows that begin with `prefix`.
    fn with_prefix<'a>(self, prefix: &'a [u8]) -> impl Iterator<Item = &'static [u8]> + 'a {
        let (mut low, mut high) = (0, self.0.len() / ROW);
        while low < high {
            let middle = usize::midpoint(low, high);
            if &self.row(middle)[..prefix.len()] < prefix {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low..self.0.len() / ROW)
            .map(move |index| self.row(index))
            .take_while(move |row| row.starts_with(prefix))
    }
}

/// A Bloom filter with one hash: most strings of four characters are near no idiom, and a search in the tables costs ten
/// times as much.
struct Filter(Vec<u64>);

const FILTER_BITS: u32 = 20;

impl Filter {
    /// The keys of all idioms.
    fn of<const N: usize>(keys: impl Fn(&[u8]) -> [u64; N]) -> Self {
        let mut bits = vec![0; 1 << (FILTER_BITS - 6)];
        let table = Table::new(BY_HEAD);
        for index in 0..table.0.len() / ROW {
            for key in keys(&table.row(index)[..IDIOM]) {
                let place = Self::place(key);
                bits[place / 64] |= 1 << (place % 64);
            }
        }
        Self(bits)
    }

    #[inline]
    fn place(key: u64) -> usize {
        (key.wrapping_mul(MIX) >> (64 - FILTER_BITS)) as usize
    }

    #[inline]
    fn has(&self, key: u64) -> bool {
        let place = Self::place(key);
        self.0[place / 64] >> (place % 64) & 1 == 1
    }
}

const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

/// Their halves.
static HALVES: LazyLock<Filter> =
    LazyLock::new(|| Filter::of(|idiom| [half(&idiom[..HALF], false), half(&idiom[HALF..], true)]));

/// The idioms with one character left out, for what has one half right: nearly all of that is some other phrase.
static THREES: LazyLock<Filter> =
    LazyLock::new(|| Filter::of(|idiom| [0, 1, 2, 3].map(|missing| three(idiom, missing))));

/// The key of half an idiom.
#[inline]
fn half(half: &[u8], tail: bool) -> u64 {
    let byte = |i: usize| u64::from(half[i]);
    let head = byte(0) << 40 | byte(1) << 32 | byte(2) << 24;
    u64::from(tail) << 48 | head | byte(3) << 16 | byte(4) << 8 | byte(5)
}

/// The key of four characters without one of them.
fn three(text: &[u8], missing: usize) -> u64 {
    let mut key = missing as u64;
    for (index, c) in text.chunks_exact(3).enumerate() {
        if index != missing {
            let c = u64::from(c[0]) << 16 | u64::from(c[1]) << 8 | u64::from(c[2]);
            key = key.wrapping_mul(MIX).rotate_left(21) ^ c;
        }
    }
    key
}

/// May the four characters be one away from an idiom, in one of two places?
fn may_differ(text: &[u8], places: [usize; 2]) -> bool {
    places.into_iter().any(|missing| THREES.has(three(text, missing)))
}

/// Is this string of four characters an idiom?
#[must_use]
pub fn is_idiom(text: &str) -> bool {
    text.len() == IDIOM && Table::new(BY_HEAD).with_prefix(text.as_bytes()).next().is_some()
}

/// Is this string, one character away from an idiom, a phrase in its own right (五位一体 beside 三位一体)?
#[must_use]
pub fn is_lookalike(text: &str) -> bool {
    let rows = LOOKALIKES.split_once('\n').map_or("", |(_, rows)| rows);
    let (mut low, mut high) = (0, rows.len() / (IDIOM + 1));
    while low < high {
        let middle = usize::midpoint(low, high);
        let row = &rows[middle * (IDIOM + 1)..middle * (IDIOM + 1) + IDIOM];
        match row.cmp(text) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    false
}

/// Does a range of `text`, in bytes, stand inside an idiom, or inside a phrase that only looks like a slip for one?
#[must_use]
pub fn is_part_of_phrase(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].char_indices().rev().take(3).map(|(at, _)| at);
    before.chain([range.start]).any(|start| {
        let end = text[start..].char_indices().nth(4).map_or(text.len(), |(at, _)| start + at);
        end >= range.end && (is_idiom(&text[start..end]) || is_lookalike(&text[start..end]))
    })
}

/// An idiom one character away from a string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// The idiom.
    pub idiom: String,
    /// Which of the four characters differs, from 0.
    pub position: usize,
    /// Is it in common use?
    pub common: bool,
}

/// The idioms that differ from `text`, four characters of three bytes, in exactly one.
#[must_use]
pub fn near(text: &str) -> Vec<Near> {
    let mut found = Vec::new();
    if text.len() != IDIOM {
        return found;
    }
    let bytes = text.as_bytes();
    let (head, tail) = bytes.split_at(HALF);
    if HALVES.has(half(head, false)) && may_differ(bytes, [2, 3]) {
        found.extend(
            Table::new(BY_HEAD).with_prefix(head).filter_map(|row| one_off(bytes, &row[..IDIOM], row)),
        );
    }
    if HALVES.has(half(tail, true)) && may_differ(bytes, [0, 1]) {
        let rows = Table::new(BY_TAIL);
        let turned = rows.with_prefix(tail).filter_map(|row| {
            let idiom = [&row[HALF..IDIOM], &row[..HALF]].concat();
            one_off(bytes, &idiom, row)
        });
        found.extend(turned);
    }
    found
}

fn one_off(text: &[u8], idiom: &[u8], row: &[u8]) -> Option<Near> {
    let mut differing = (0..4).filter(|i| text[i * 3..i * 3 + 3] != idiom[i * 3..i * 3 + 3]);
    let (Some(position), None) = (differing.next(), differing.next()) else { return None };
    let idiom = std::str::from_utf8(idiom).ok()?.to_owned();
    Some(Near { idiom, position, common: row.last() == Some(&b'1') })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_character_away() {
        assert!(is_idiom("再接再厉") && !is_idiom("再接再励"));
        let right = Near { idiom: "再接再厉".into(), position: 3, common: true };
        assert!(near("再接再励").contains(&right));
        assert!(near("共克时限").iter().any(|n| n.idiom == "共克时艰"));
        assert!(near("举一返三").iter().any(|n| n.idiom == "举一反三"));
        assert!(is_lookalike("五位一体"));
        let text = "要克服以点代面的做法";
        let at = text.find('代').unwrap();
        assert!(is_part_of_phrase(text, &(at..at + 3)) && !is_part_of_phrase(text, &(0..3)));
    }

    #[test]
    fn the_tables_have_one_width_and_agree() {
        let rows = |text: &'static str| text.lines().skip(1).collect::<Vec<_>>();
        let (heads, tails) = (rows(BY_HEAD), rows(BY_TAIL));
        assert!(heads.iter().chain(&tails).all(|row| row.len() == ROW - 1));
        assert!(heads.is_sorted() && tails.is_sorted() && rows(LOOKALIKES).is_sorted());
        let mut turned: Vec<String> =
            heads.iter().map(|r| [&r[HALF..IDIOM], &r[..HALF], &r[IDIOM..]].concat()).collect();
        turned.sort();
        assert_eq!(turned, tails);
        assert!(rows(LOOKALIKES).iter().all(|row| row.len() == IDIOM && !is_idiom(row)));
    }
}
