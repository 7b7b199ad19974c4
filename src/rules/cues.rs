//! Which of many literals stand in a text, found in one pass whatever their number.
//!
//! The first two characters tell nearly all Chinese literals apart, so a filter of pairs passes over most of a text, and a
//! table of heads is built in a few instructions a literal: an automaton over bytes costs a thousand times that to build.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use super::pattern::{self, Patterns};
use super::{consistency, grammar, leftover, punctuation, structure, style, typo};
use crate::chinese::is_hanzi;
use crate::text::document::BlockKind;
use crate::text::sentence::sentences;

/// Literals, ready to be looked for.
#[derive(Debug)]
pub(crate) struct Literals {
    entries: Vec<Entry>,
    /// The first entry of each bucket, by one more than its index.
    heads: Vec<u32>,
    /// Which pairs of characters begin a literal, by their hash: a Bloom filter.
    pairs: Vec<u64>,
    /// Which characters are a literal, the same way.
    singles: Vec<u64>,
    pair_bits: u32,
    has_singles: bool,
}

#[derive(Debug)]
struct Entry {
    text: &'static str,
    key: u64,
    next: u32,
    list: u8,
    literal: u32,
}

/// A literal in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    list: u8,
    start: u32,
    end: u32,
    literal: u32,
}

impl Hit {
    pub(crate) fn start(self) -> usize {
        self.start as usize
    }

    pub(crate) fn end(self) -> usize {
        self.end as usize
    }

    pub(crate) fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The index of the literal in its list.
    pub(crate) fn literal(self) -> usize {
        self.literal as usize
    }
}

/// Bits of the filter of single characters.
const SINGLE_BITS: u32 = 10;

/// Is it a letter, an ideograph or a digit? Nearly all are ideographs, for which the table of Unicode is slow.
pub(crate) fn is_letter(c: char) -> bool {
    is_hanzi(c) || c.is_alphanumeric()
}

/// The whole of a match.
pub(crate) fn whole<'t>(found: &regex_lite::Captures<'t>) -> regex_lite::Match<'t> {
    found.get(0).expect("group 0 is the match")
}

fn key(first: char, second: Option<char>) -> u64 {
    u64::from(first) << 21 | second.map_or(0, u64::from)
}

fn hash(key: u64) -> u64 {
    key.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

impl Literals {
    fn of_lists(lists: impl IntoIterator<Item = Vec<&'static str>>) -> Self {
        let mut entries = Vec::new();
        for (list, literals) in lists.into_iter().enumerate() {
            for (literal, text) in literals.into_iter().enumerate() {
                let mut chars = text.chars();
                let Some(first) = chars.next() else { continue };
                let key = key(first, chars.next());
                entries.push(Entry { text, key, next: 0, list: list as u8, literal: literal as u32 });
            }
        }
        let size = entries.len().next_power_of_two();
        let pair_bits = (size * 16).trailing_zeros().clamp(8, 16);
        let mut this = Self {
            entries,
            heads: vec![0; size],
            pairs: vec![0; 1 << (pair_bits - 6)],
            singles: vec![0; 1 << (SINGLE_BITS - 6)],
            pair_bits,
            has_singles: false,
        };
        // From the last, so that a bucket is read in the order of the lists.
        for index in (0..this.entries.len()).rev() {
            let key = this.entries[index].key;
            let slot = this.slot(hash(key));
            this.entries[index].next = this.heads[slot];
            this.heads[slot] = index as u32 + 1;
            let is_single = key & 0x1F_FFFF == 0;
            this.has_singles |= is_single;
            let (filter, bit) = if is_single {
                (&mut this.singles, hash(key) >> (64 - SINGLE_BITS))
            } else {
                (&mut this.pairs, hash(key) >> (64 - pair_bits))
            };
            filter[(bit >> 6) as usize] |= 1 << (bit & 63);
        }
        this
    }

    fn slot(&self, hash: u64) -> usize {
        (hash >> 24) as usize & (self.heads.len() - 1)
    }

    /// All that stand in a text, by their beginning; the characters are given to `seen` on the way.
    fn scan(&self, text: &str, mut seen: impl FnMut(char)) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut chars = text.char_indices();
        let mut here = chars.next();
        while let Some((at, c)) = here {
            seen(c);
            here = chars.next();
            if let Some((_, next)) = here {
                let key = key(c, Some(next));
                let bit = hash(key) >> (64 - self.pair_bits);
                if self.pairs[(bit >> 6) as usize] >> (bit & 63) & 1 == 1 {
                    self.bucket(text, at, key, &mut hits);
                }
            }
            if !self.has_singles {
                continue;
            }
            let single = key(c, None);
            let bit = hash(single) >> (64 - SINGLE_BITS);
            if self.singles[(bit >> 6) as usize] >> (bit & 63) & 1 == 1 {
                self.bucket(text, at, single, &mut hits);
            }
        }
        hits
    }

    fn bucket(&self, text: &str, at: usize, key: u64, hits: &mut Vec<Hit>) {
        let mut next = self.heads[self.slot(hash(key))];
        while let Some(entry) = (next as usize).checked_sub(1).map(|index| &self.entries[index]) {
            if entry.key == key && text[at..].starts_with(entry.text) {
                let end = (at + entry.text.len()) as u32;
                hits.push(Hit { list: entry.list, start: at as u32, end, literal: entry.literal });
            }
            next = entry.next;
        }
    }
}

/// Of hits in the order of their beginning, those that do not overlap: the first, and of these the longest.
fn longest(hits: impl Iterator<Item = Hit>) -> impl Iterator<Item = Hit> {
    let mut hits = hits.peekable();
    let mut done = 0;
    std::iter::from_fn(move || {
        let mut best = hits.find(|hit| hit.start >= done)?;
        while let Some(other) = hits.next_if(|hit| hit.start == best.start) {
            if other.end > best.end {
                best = other;
            }
        }
        done = best.end;
        Some(best)
    })
}

/// A list of literals that a rule looks for. It stands in [`LISTS`] or [`DOCUMENT_LISTS`], and is looked for with all others of these at once.
#[derive(Debug)]
pub(crate) struct Listed {
    source: Source,
    place: OnceLock<u8>,
}

#[derive(Debug)]
enum Source {
    Table(&'static str),
    Words(fn() -> Vec<&'static str>),
}

impl Listed {
    /// The cues of a table of patterns.
    pub(crate) const fn of_table(table: &'static str) -> Self {
        Self { source: Source::Table(table), place: OnceLock::new() }
    }

    /// Words that a function lists.
    pub(crate) const fn words(words: fn() -> Vec<&'static str>) -> Self {
        Self { source: Source::Words(words), place: OnceLock::new() }
    }

    fn literals(&self) -> Vec<&'static str> {
        match self.source {
            Source::Table(table) => pattern::cues(table).map(|(_, _, cue)| cue).collect(),
            Source::Words(words) => words(),
        }
    }
}

/// The tables of patterns.
static TABLES: &[&Patterns] = &[
    &grammar::blend::PATTERNS,
    &grammar::double_conjunction::PATTERNS,
    &grammar::frame_incomplete::PATTERNS,
    &grammar::honorific::PATTERNS,
    &grammar::le_time::PATTERNS,
    &grammar::measure_word::PATTERNS,
    &grammar::missing_de::PATTERNS,
    &grammar::missing_object::PATTERNS,
    &grammar::multiples::PATTERNS,
    &grammar::negation::PATTERNS,
    &grammar::passive::PATTERNS,
    &grammar::predicate_collocation::PATTERNS,
    &grammar::redundancy::PATTERNS,
    &punctuation::book_title::PATTERNS,
    &punctuation::parallel_attributive::PATTERNS,
    &punctuation::subject_comma::PATTERNS,
    &style::colloquial::PATTERNS,
    &style::exaggeration::PATTERNS,
    &style::internet_slang::PATTERNS,
    &typo::confusable_in_context::PATTERNS,
];

/// The lists of other rules.
static LISTS: &[&Listed] = &[
    &consistency::arithmetic::AMONG,
    &grammar::collocation::NOUNS,
    &grammar::correlative::FIRSTS,
    &grammar::light_verb::VERBS,
    &leftover::ai_residue::PHRASES,
    &leftover::placeholder::SIGNS,
    &leftover::review_note::SIGNS,
    &leftover::stray_mark::GARBLED,
    &leftover::template_residue::PHRASES,
    &leftover::web_residue::PHRASES,
    &punctuation::colon::OPENINGS,
    &punctuation::duplicate::PAIRS,
    &punctuation::enumeration_comma::SIGNS,
    &punctuation::sequence_mark::ORDINALS,
    &punctuation::sequence_mark::SERIALS,
    &style::adverb_stack::LISTED,
    &style::phrase_repeat::LISTED,
    &style::vague_quantity::LISTED,
    &typo::confusable_word::WRONG,
    &typo::fixed_formulation::WRONG,
    &typo::saying::ANCHORS,
];

/// The lists of the rules that read the document.
static DOCUMENT_LISTS: &[&Listed] = &[
    &consistency::name_variant::TITLES,
    &structure::count_mismatch::CUES,
    &structure::cross_reference::CUES,
    &style::metaphor_density::METAPHORS,
    &style::stock_phrase::HEADS,
    &typo::outdated_term::TERMS,
];

static ALL: LazyLock<Literals> =
    LazyLock::new(|| registered(TABLES.iter().map(|table| table.listed()).chain(LISTS.iter().copied())));

static OF_DOCUMENT: LazyLock<Literals> = LazyLock::new(|| registered(DOCUMENT_LISTS.iter().copied()));

fn registered(lists: impl Iterator<Item = &'static Listed>) -> Literals {
    Literals::of_lists(lists.enumerate().map(|(place, list)| {
        let _ = list.place.set(place as u8);
        list.literals()
    }))
}

/// What the rules that read the document look for in a paragraph: a note on it.
pub(crate) fn of_document(text: &str, _: BlockKind) -> Vec<Hit> {
    OF_DOCUMENT.scan(text, |_| ())
}

/// The literals of several lists in a text, by their beginning.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hits<'a>(pub(crate) &'a [Hit]);

impl<'a> Hits<'a> {
    /// Those of a list.
    pub(crate) fn all(self, list: &Listed) -> impl Iterator<Item = Hit> + use<'a> {
        let place = list.place.get().copied().unwrap_or(u8::MAX);
        self.0.iter().copied().filter(move |hit| hit.list == place)
    }

    /// Those of a list that do not overlap, the longest where several begin at one place.
    pub(crate) fn longest(self, list: &Listed) -> impl Iterator<Item = Hit> + use<'a> {
        longest(self.all(list))
    }
}

/// What stands in a paragraph, for all its rules: the literals of the lists, its kinds of characters, and its sentences.
#[derive(Debug)]
pub(crate) struct Cues<'a> {
    text: &'a str,
    hits: Vec<Hit>,
    /// The lists that have a hit, and the characters of ASCII, each by its bit.
    lists: u64,
    ascii: u128,
    /// The other characters, by their last bits: a Bloom filter.
    others: [u64; 32],
    sentences: OnceCell<Vec<Range<usize>>>,
}

impl<'a> Cues<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        let (mut ascii, mut others) = (0, [0; 32]);
        let hits = ALL.scan(text, |c| match c as u32 {
            code @ 0..0x80 => ascii |= 1 << code,
            code => others[(code >> 6 & 31) as usize] |= 1 << (code & 63),
        });
        let lists = hits.iter().fold(0, |lists, hit| lists | 1 << hit.list);
        Self { text, hits, lists, ascii, others, sentences: OnceCell::new() }
    }

    /// The hits of a list, by their beginning.
    pub(crate) fn all(&self, list: &Listed) -> impl Iterator<Item = Hit> + '_ {
        Hits(if self.has(list) { &self.hits } else { &[] }).all(list)
    }

    /// The hits of a list that do not overlap, the longest where several begin at one place.
    pub(crate) fn longest(&self, list: &Listed) -> impl Iterator<Item = Hit> + '_ {
        longest(self.all(list))
    }

    /// Has a list a hit?
    pub(crate) fn has(&self, list: &Listed) -> bool {
        list.place.get().is_some_and(|place| self.lists >> place & 1 == 1)
    }

    /// May one of these characters stand in the text?
    pub(crate) fn may_hold(&self, chars: &str) -> bool {
        chars.chars().any(|c| match c as u32 {
            code @ 0..0x80 => self.ascii >> code & 1 == 1,
            code => self.others[(code >> 6 & 31) as usize] >> (code & 63) & 1 == 1,
        })
    }

    /// Has the text a digit of ASCII?
    pub(crate) fn has_digit(&self) -> bool {
        const DIGITS: u128 = 0x3FF << b'0';
        self.ascii & DIGITS != 0
    }

    /// Has the text a control character of ASCII that is no line break and no tab?
    pub(crate) fn has_control(&self) -> bool {
        const CONTROL: u128 = (0xFFFF_FFFF ^ 1 << b'\t' ^ 1 << b'\n' ^ 1 << b'\r') | 1 << 0x7F;
        self.ascii & CONTROL != 0
    }

    /// Has the text a letter of ASCII?
    pub(crate) fn has_letter(&self) -> bool {
        const LETTERS: u128 = 0x3FF_FFFF << b'A' | 0x3FF_FFFF << b'a';
        self.ascii & LETTERS != 0
    }

    /// The sentences of the text.
    pub(crate) fn sentences(&self) -> &[Range<usize>] {
        self.sentences.get_or_init(|| sentences(self.text).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_by_their_beginning_and_the_longest_of_them() {
        let literals = |all: &[&'static str]| Literals::of_lists([all.to_vec()]);
        let several = literals(&["政治", "政治理论", "的", "理论学习", "治理", "ab"]);
        let text = "政治理论学习的ab政治";
        let hits = several.scan(text, |_| ());
        let all: Vec<&str> = hits.iter().map(|hit| &text[hit.range()]).collect();
        assert_eq!(all, ["政治", "政治理论", "治理", "理论学习", "的", "ab", "政治"]);
        let longest: Vec<usize> = longest(hits.into_iter()).map(Hit::literal).collect();
        assert_eq!(longest, [1, 2, 5, 0]);
        assert!(literals(&[]).scan(text, |_| ()).is_empty());
        assert_eq!(literals(&["的"]).scan("的的", |_| ()).len(), 2);
    }

    #[test]
    fn every_list_has_its_bit_and_its_literals() {
        assert!(TABLES.len() + LISTS.len() <= 64);
        for list in DOCUMENT_LISTS {
            let literals = list.literals();
            assert!(!literals.is_empty());
            for literal in literals {
                let found = of_document(literal, BlockKind::Paragraph);
                assert!(Hits(&found).all(list).any(|hit| hit.range() == (0..literal.len())), "{literal}");
            }
        }
        for list in TABLES.iter().map(|table| table.listed()).chain(LISTS.iter().copied()) {
            let literals = list.literals();
            assert!(!literals.is_empty());
            for literal in literals {
                let cues = Cues::of(literal);
                assert!(
                    cues.has(list) && cues.all(list).any(|hit| hit.range() == (0..literal.len())),
                    "{literal}"
                );
            }
        }
    }

    #[test]
    fn characters() {
        let cues = Cues::of("共3项，“甲”。x");
        assert!(cues.has_digit() && cues.has_letter() && cues.may_hold("“") && cues.may_hold("；3项"));
        let cues = Cues::of("共三项。");
        assert!(!cues.has_digit() && !cues.has_letter() && !cues.may_hold("“”0"));
        assert!(cues.sentences().iter().eq([&(0..12)]));
    }
}
