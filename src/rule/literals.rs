//! Which of many literals stand in a text, found in one pass whatever their number.
//!
//! The first two characters tell nearly all Chinese literals apart, so a filter of pairs passes over most of a text, and a
//! table of heads is built in a few instructions a literal: an automaton over bytes costs a thousand times that to build.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use crate::text::sentence::sentences;

/// Lists of literals, ready to be looked for.
#[derive(Debug, Clone)]
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

#[derive(Debug, Clone)]
struct Entry {
    text: Cow<'static, str>,
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
    pub(crate) fn of_lists<T: Into<Cow<'static, str>>>(lists: impl IntoIterator<Item = Vec<T>>) -> Self {
        let mut entries = Vec::new();
        for (list, literals) in lists.into_iter().enumerate() {
            for (literal, text) in literals.into_iter().enumerate() {
                let text = text.into();
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
    pub(crate) fn scan(&self, text: &str, mut seen: impl FnMut(char)) -> Vec<Hit> {
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
            if entry.key == key && text[at..].starts_with(&*entry.text) {
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

/// Literals that a rule looks for: the engine finds those of all rules in one pass.
#[derive(Debug)]
pub struct LiteralList {
    source: Source,
}

#[derive(Debug)]
enum Source {
    Lines(&'static str),
    Words(fn() -> Vec<&'static str>),
}

impl LiteralList {
    /// The lines of a text.
    pub(crate) const fn lines(lines: &'static str) -> Self {
        Self { source: Source::Lines(lines) }
    }

    /// Words that a function lists.
    pub(crate) const fn words(words: fn() -> Vec<&'static str>) -> Self {
        Self { source: Source::Words(words) }
    }

    pub(crate) fn literals(&self) -> Vec<&'static str> {
        match self.source {
            Source::Lines(lines) => lines.lines().collect(),
            Source::Words(words) => words(),
        }
    }
}

/// What has to stand in a paragraph for a rule to find anything there.
#[derive(Debug)]
pub enum Needs {
    /// A digit of ASCII.
    Digit,
    /// A letter of ASCII.
    Letter,
    /// A control character of ASCII that is no line break and no tab.
    Control,
    /// One of these characters.
    AnyChar(&'static str),
    /// One of these literals; the rule may ask where they stand.
    Literal(&'static LiteralList),
    /// Nothing; but the rule may ask where these literals stand.
    Optional(&'static LiteralList),
    /// One of these.
    AnyOf(&'static [Self]),
}

/// What a rule needs, as bits of what stands in a paragraph.
#[derive(Debug, Default)]
pub(crate) struct Requirements {
    /// The number of its first list.
    pub(crate) first_list: u8,
    all: Vec<Requirement>,
}

/// One of these has to stand there.
#[derive(Debug, Default)]
struct Requirement {
    is_met: bool,
    lists: u128,
    ascii: u128,
    others: String,
}

impl Requirement {
    fn add(&mut self, need: &Needs, lists: &mut Vec<&'static LiteralList>) {
        match need {
            Needs::Digit => self.ascii |= DIGITS,
            Needs::Letter => self.ascii |= LETTERS,
            Needs::Control => self.ascii |= CONTROL,
            Needs::AnyChar(chars) => {
                for c in chars.chars() {
                    match c as u32 {
                        code @ 0..0x80 => self.ascii |= 1 << code,
                        _ => self.others.push(c),
                    }
                }
            }
            Needs::Literal(list) | Needs::Optional(list) => {
                assert!(lists.len() < MAX_LISTS, "a bit a list");
                self.is_met |= matches!(need, Needs::Optional(_));
                self.lists |= 1 << lists.len();
                lists.push(list);
            }
            Needs::AnyOf(needs) => needs.iter().for_each(|need| self.add(need, lists)),
        }
    }
}

/// The literals of many rules, ready to be looked for at once.
#[derive(Debug)]
pub(crate) struct LiteralSet {
    literals: Literals,
    rules: HashMap<&'static str, Requirements>,
}

impl LiteralSet {
    /// The literals that rules need, each rule by its identifier.
    pub(crate) fn new(rules: impl Iterator<Item = (&'static str, &'static [Needs])>) -> Self {
        let mut lists = Vec::new();
        let mut known = HashMap::new();
        for (id, needs) in rules {
            let first_list = lists.len() as u8;
            let require = |need| {
                let mut requirement = Requirement::default();
                requirement.add(need, &mut lists);
                requirement
            };
            known.insert(id, Requirements { first_list, all: needs.iter().map(require).collect() });
        }
        Self { literals: Literals::of_lists(lists.iter().map(|list| list.literals())), rules: known }
    }

    /// What the rule of this identifier needs.
    pub(crate) fn requirements(&self, id: &str) -> Option<&Requirements> {
        self.rules.get(id)
    }

    /// All literals that stand in a text.
    pub(crate) fn find(&self, text: &str) -> Vec<Hit> {
        self.literals.scan(text, |_| ())
    }
}

const DIGITS: u128 = 0x3FF << b'0';
const LETTERS: u128 = 0x3FF_FFFF << b'A' | 0x3FF_FFFF << b'a';
const CONTROL: u128 = (0xFFFF_FFFF ^ 1 << b'\t' ^ 1 << b'\n' ^ 1 << b'\r') | 1 << 0x7F;

/// So many lists have a bit each.
const MAX_LISTS: usize = 128;

/// The literals of all rules that stand in a text, by their beginning, as one of the rules sees them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hits<'a> {
    hits: &'a [Hit],
    /// The number of the rule's first list.
    first: u8,
}

impl<'a> Hits<'a> {
    pub(crate) fn new(hits: &'a [Hit], first: u8) -> Self {
        Self { hits, first }
    }

    /// Those of the rule's first list.
    pub(crate) fn all(self) -> impl Iterator<Item = Hit> + use<'a> {
        self.of(0)
    }

    /// Those of one of the rule's lists.
    pub(crate) fn of(self, list: u8) -> impl Iterator<Item = Hit> + use<'a> {
        let list = self.first + list;
        self.hits.iter().copied().filter(move |hit| hit.list == list)
    }

    /// Those of the rule's first list that do not overlap, the longest where several begin at one place.
    pub(crate) fn longest(self) -> impl Iterator<Item = Hit> + use<'a> {
        longest(self.all())
    }
}

/// What stands in a paragraph, for all its rules: their literals, its kinds of characters, and its sentences.
#[derive(Debug)]
pub(crate) struct LiteralHits<'a> {
    text: &'a str,
    hits: Vec<Hit>,
    /// The lists that have a hit, and the characters of ASCII, each by its bit.
    lists: u128,
    ascii: u128,
    /// The other characters, by their last bits: a Bloom filter.
    others: [u64; 32],
    sentences: OnceCell<Vec<Range<usize>>>,
}

impl<'a> LiteralHits<'a> {
    pub(crate) fn of(text: &'a str, set: &LiteralSet) -> Self {
        let (mut ascii, mut others) = (0, [0; 32]);
        let hits = set.literals.scan(text, |c| match c as u32 {
            code @ 0..0x80 => ascii |= 1 << code,
            code => others[(code >> 6 & 31) as usize] |= 1 << (code & 63),
        });
        let lists = hits.iter().fold(0, |lists, hit| lists | 1 << hit.list);
        Self { text, hits, lists, ascii, others, sentences: OnceCell::new() }
    }

    /// May all that a rule needs stand in the text?
    pub(crate) fn may_satisfy(&self, needs: &Requirements) -> bool {
        needs.all.iter().all(|one| {
            one.is_met
                || self.lists & one.lists != 0
                || self.ascii & one.ascii != 0
                || self.may_contain_any(&one.others)
        })
    }

    /// The literals, as the rule sees them whose first list has this number.
    pub(crate) fn of_rule(&self, first: u8) -> Hits<'_> {
        Hits::new(&self.hits, first)
    }

    /// May one of these characters stand in the text?
    pub(crate) fn may_contain_any(&self, chars: &str) -> bool {
        chars.chars().any(|c| match c as u32 {
            code @ 0..0x80 => self.ascii >> code & 1 == 1,
            code => self.others[(code >> 6 & 31) as usize] >> (code & 63) & 1 == 1,
        })
    }

    /// Has the text a digit of ASCII?
    pub(crate) fn has_digit(&self) -> bool {
        self.ascii & DIGITS != 0
    }

    /// Has the text a control character of ASCII that is no line break and no tab?
    pub(crate) fn has_control(&self) -> bool {
        self.ascii & CONTROL != 0
    }

    /// Has the text a letter of ASCII?
    pub(crate) fn has_letter(&self) -> bool {
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

    static A: LiteralList = LiteralList::words(|| vec!["甲"]);
    static B: LiteralList = LiteralList::words(|| vec!["乙", "甲乙"]);
    static ONE: [Needs; 2] = [Needs::Digit, Needs::Literal(&A)];
    static TWO: [Needs; 1] = [Needs::AnyOf(&[Needs::Literal(&B), Needs::AnyChar("“"), Needs::Literal(&A)])];

    #[test]
    fn a_rule_is_called_where_all_stands_that_it_needs() {
        let set = LiteralSet::new([("one", &ONE[..]), ("two", &TWO[..])].into_iter());
        let called = |text: &str| {
            let hits = LiteralHits::of(text, &set);
            let may = |id: &str| hits.may_satisfy(set.requirements(id).unwrap());
            (may("one"), may("two"))
        };
        assert_eq!(called("甲3"), (true, true));
        assert_eq!(called("甲"), (false, true));
        assert_eq!(called("3乙"), (false, true));
        assert_eq!(called("“3”"), (false, true));
        assert_eq!(called("丙3"), (false, false));
        let hits = LiteralHits::of("甲乙", &set);
        let first = set.requirements("two").unwrap().first_list;
        let of = |list| hits.of_rule(first).of(list).map(|hit| hit.range().len()).collect::<Vec<_>>();
        assert_eq!((of(0), of(1)), (vec![6, 3], vec![3]));
    }

    #[test]
    fn characters() {
        let set = LiteralSet::new(std::iter::empty());
        let hits = LiteralHits::of("共3项，“甲”。x", &set);
        assert!(hits.has_digit() && hits.has_letter());
        assert!(hits.may_contain_any("“") && hits.may_contain_any("；3项"));
        let hits = LiteralHits::of("共三项。", &set);
        assert!(!hits.has_digit() && !hits.has_letter() && !hits.may_contain_any("“”0"));
        assert!(hits.sentences().iter().eq([&(0..12)]));
    }
}
