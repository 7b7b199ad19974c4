//! What is named by words: abbreviations, persons, places. All places of a name are looked for when it is asked for.

use std::ops::Range;

use memchr::memmem;

use super::abbreviation::{Introduction, long_form};
use super::{Kind, Place, Referent, Role, Scope, Words, touches};
use crate::chinese::names::{may_be_surname, stands_beside_names};
use crate::chinese::places::{KINDS, NOT_IN_NAMES, is_only_a_kind};
use crate::chinese::{is_hanzi, is_open, persons};
use crate::text::block::{Block, BlockKind};
use crate::text::document::Document;

/// An abbreviation that a document introduces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Abbreviation {
    pub(super) name: String,
    /// What it is short for, as far as one can tell.
    long: Option<String>,
    /// 《办法》 is one only in these brackets.
    is_title: bool,
    /// The block with which its document begins.
    pub(super) part: usize,
    /// Where it is introduced, and the name there, in bytes of the source.
    range: Range<usize>,
    label: Range<usize>,
}

impl Abbreviation {
    pub(super) fn new(block: &Block, text: &str, part: usize, it: &Introduction<'_>) -> Self {
        Self {
            name: it.name.to_owned(),
            long: long_form(&text[..it.range.start], it.name).map(str::to_owned),
            is_title: text[..it.place.start].ends_with('《'),
            part,
            range: block.to_source(it.range.clone()),
            label: block.to_source(it.place.clone()),
        }
    }

    /// Where a text uses it.
    ///
    /// One that is an ordinary word, as 医院, is used only where it makes no other name with what is before it:
    /// 中医院, 其他医院.
    fn uses<'t>(&'t self, text: &'t str, words: Words) -> impl Iterator<Item = Range<usize>> + 't {
        let is_ordinary = (words.is_known)(&self.name);
        // In its long form it is not used.
        let long = self.long.as_deref().filter(|long| long.contains(&self.name));
        let long: Vec<_> = long.map(|long| occurrences(text, long).collect()).unwrap_or_default();
        occurrences(text, &self.name).filter(move |range| {
            let is_titled = || text[..range.start].ends_with('《') && text[range.end..].starts_with('》');
            let before = &text[..range.start];
            let begins = !is_ordinary || before.chars().next_back().is_none_or(stands_beside_names);
            // A title has words of its own.
            let in_title = is_open(before, ('《', '》'));
            let is_longer = || ends_longer_name(text, range.start, |c| APART.contains(c), words);
            let is_use = || begins && !in_title && (words.is_word)(text, range) && !is_longer();
            let is_one = if self.is_title { is_titled() } else { is_use() };
            is_one
                && !long.iter().any(|long: &Range<usize>| long.start <= range.start && range.end <= long.end)
        })
    }
}

/// What tells places of one name apart, before it.
const APART: &str = "上下东西南北前后新老大小";

/// Does a word begin where a name ends: 青山中学校长? Cut by itself, that would be 中 and 学校.
fn is_followed_by_word(text: &str, range: &Range<usize>, words: Words) -> bool {
    let mut after = text[range.end..].char_indices().take_while(|(_, c)| is_hanzi(*c));
    let word = after.nth(1).map(|(at, c)| &text[range.end..range.end + at + c.len_utf8()]);
    word.is_some_and(words.is_known) && (words.is_word)(&text[..range.end], range)
}

/// Is a name in a text the end of a longer one: 张李明, 上云石村? `openers` begin longer ones, unless they end
/// a word: 主任李明, 以上云石村.
fn ends_longer_name(text: &str, start: usize, openers: impl Fn(char) -> bool, words: Words) -> bool {
    let mut before = text[..start].char_indices().rev();
    if !before.next().is_some_and(|(_, c)| openers(c) && !stands_beside_names(c)) {
        return false;
    }
    let word = before.next().filter(|(_, c)| is_hanzi(*c)).map(|(at, _)| &text[at..start]);
    !word.is_some_and(words.is_known)
}

fn occurrences<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    memmem::find_iter(text.as_bytes(), name.as_bytes()).map(|at| at..at + name.len())
}

/// The block that a byte of the source touches, and the byte of its prose.
fn block_at(document: &Document, at: usize) -> Option<(usize, usize)> {
    let index = document.blocks().partition_point(|block| block.range.end < at);
    let block = document.blocks().get(index).filter(|block| touches(&block.range, at))?;
    let prose = block.to_prose(&(at..at)).start;
    (!document.is_directive(block)).then_some((index, prose))
}

/// The abbreviation that is used or introduced at a place; of several the longest.
pub(super) fn abbreviation(
    document: &Document,
    all: &[Abbreviation],
    at: usize,
    words: Words,
) -> Option<Referent> {
    let (index, prose) = block_at(document, at)?;
    let text = document.text(&document.blocks()[index]);
    let part = document.parts().into_iter().find(|part| part.contains(&index))?;
    let is_here = |it: &&Abbreviation| {
        let mut uses = it.uses(text, words);
        it.part == part.start && (touches(&it.label, at) || uses.any(|range| touches(&range, prose)))
    };
    let found = all.iter().filter(is_here).max_by_key(|it| it.name.len())?;
    let introduced: Vec<&Abbreviation> =
        all.iter().filter(|it| it.part == found.part && it.name == found.name).collect();
    let place = |it: &&Abbreviation| {
        let role = if it.range == introduced[0].range { Role::Definition } else { Role::Mention };
        Place { range: it.label.clone(), label: Some(it.label.clone()), role }
    };
    let mut places: Vec<Place> = introduced.iter().map(place).collect();
    let is_new = |place: &Place| introduced.iter().all(|it| it.label != place.range);
    let uses = mentions(document, part.clone(), |block| found.uses(document.text(block), words).collect());
    places.extend(uses.into_iter().filter(is_new));
    places.sort_by_key(|place| place.range.start);
    let scope = Scope { text: part.start, ..Scope::default() };
    Some(Referent { kind: Kind::Abbreviation, number: Vec::new(), scope, places })
}

fn mentions(
    document: &Document,
    blocks: Range<usize>,
    uses: impl Fn(&Block) -> Vec<Range<usize>>,
) -> Vec<Place> {
    let blocks = document.blocks()[blocks].iter().filter(|block| !document.is_directive(block));
    let places = blocks.flat_map(|block| uses(block).into_iter().map(|range| block.to_source(range)));
    places.map(|range| Place { label: Some(range.clone()), range, role: Role::Mention }).collect()
}

fn whole_document(document: &Document, uses: impl Fn(&Block) -> Vec<Range<usize>>) -> Option<Referent> {
    let places = mentions(document, 0..document.blocks().len(), uses);
    let found = Referent { kind: Kind::Name, number: Vec::new(), scope: Scope::default(), places };
    (!found.places.is_empty()).then_some(found)
}

/// Hanzi that touch a place, at most so many on either side.
fn around(text: &str, at: usize, reach: usize) -> Vec<(usize, char)> {
    let is_inside = |(_, c): &(usize, char)| is_hanzi(*c);
    let mut chars: Vec<_> = text[..at].char_indices().rev().take(reach).take_while(is_inside).collect();
    chars.reverse();
    chars.extend(text[at..].char_indices().map(|(i, c)| (at + i, c)).take(reach).take_while(is_inside));
    chars
}

/// The person whose name stands at a place, if anything anywhere in the document says that it is a name.
pub(super) fn person(document: &Document, at: usize, words: Words) -> Option<Referent> {
    let Words { is_word, is_known, is_common } = words;
    let (index, prose) = block_at(document, at)?;
    let text = document.text(&document.blocks()[index]);
    let chars = around(text, prose, 3);
    let candidates = [3, 2].into_iter().flat_map(|len| chars.windows(len));
    let candidates = candidates.filter_map(|chars| {
        let (&(start, first), &(last, c)) = (chars.first()?, chars.last()?);
        let range = start..last + c.len_utf8();
        (may_be_surname(first) && touches(&range, prose)).then_some(range)
    });
    let uses = |text: &str, name: &str, longer: &[&str]| -> Vec<Range<usize>> {
        let all: Vec<_> = occurrences(text, name).collect();
        let named = if all.is_empty() { Vec::new() } else { persons::named(text, is_known) };
        let is_short = name.chars().nth(2).is_none();
        let is_other = |range: &Range<usize>| {
            longer.iter().any(|longer| text[range.start..].starts_with(longer))
                || is_short && ends_longer_name(text, range.start, may_be_surname, words)
        };
        // 高峰, who has the name of a thing, stands only beside what says that he is one.
        let is_ordinary = is_common(name);
        let is_own = |range: &Range<usize>| match is_ordinary {
            true => persons::is_short_name(text, range),
            false => is_word(text, range) && !is_other(range),
        };
        all.into_iter().filter(|range| named.contains(range) || is_own(range)).collect()
    };
    let is_person = |name: &str| {
        document.blocks().iter().filter(|block| block.kind != BlockKind::TableCell).any(|block| {
            let text = document.text(block);
            let mut all = occurrences(text, name).peekable();
            if all.peek().is_none() {
                return false;
            }
            let named = persons::named(text, is_known);
            all.any(|range| named.contains(&range) || persons::is_short_name(text, &range))
        })
    };
    let (name, longer) = candidates.into_iter().find_map(|range| {
        let name = &text[range.clone()];
        let longer = longer_names(document, name, is_known);
        (uses(text, name, &longer).contains(&range) && is_person(name)).then_some((name, longer))
    })?;
    whole_document(document, |block| uses(document.text(block), name, &longer))
}

/// The names of three characters in a document that begin with a name of two: 张伟达 beside 张伟.
fn longer_names<'d>(document: &'d Document, name: &str, is_known: persons::IsWord) -> Vec<&'d str> {
    let mut found: Vec<&str> = Vec::new();
    if name.chars().nth(2).is_some() {
        return found;
    }
    for text in document.blocks().iter().map(|block| document.text(block)) {
        if text.contains(name) {
            let named = persons::named(text, is_known).into_iter().map(|range| &text[range]);
            found.extend(named.filter(|other| other.starts_with(name)));
        }
    }
    found
}

/// A name has so many characters before the word for what it names.
const STEM: Range<usize> = 2..7;

/// The place or institution whose name stands at a place: it ends with the word for what it is, and begins
/// where a word does. What stands before it wherever it stands is a part of it.
pub(super) fn place(document: &Document, at: usize, words: Words) -> Option<Referent> {
    let is_word = words.is_word;
    let (index, prose) = block_at(document, at)?;
    let text = document.text(&document.blocks()[index]);
    let chars = around(text, prose, STEM.end + 4);
    let ends = chars.iter().map(|(at, c)| at + c.len_utf8()).filter(|end| *end >= prose);
    let candidates = ends.filter_map(|end| {
        let before = &text[..end];
        let kind = KINDS.split('|').filter(|kind| before.ends_with(kind)).max_by_key(|kind| kind.len())?;
        if is_only_a_kind(before) {
            return None;
        }
        let stem = &before[..end - kind.len()];
        let own = |(_, c): &(usize, char)| is_hanzi(*c) && !NOT_IN_NAMES.contains(*c);
        let mut starts = stem.char_indices().rev().take_while(own).take(STEM.end - 1).skip(STEM.start - 1);
        let (start, _) = starts.find(|(start, _)| is_word(text, &(*start..end)))?;
        (start <= prose).then_some(start..end)
    });
    let mut range = candidates.into_iter().next()?;
    while let Some(c) = common_before(document, &text[range.clone()]) {
        range.start -= c.len_utf8();
        if text[range.clone()].chars().count() > STEM.end + 4 {
            break;
        }
    }
    let name = &text[range];
    whole_document(document, |block| {
        let text = document.text(block);
        let is_own = |range: &Range<usize>| {
            (is_word(text, range) || is_followed_by_word(text, range, words))
                && !ends_longer_name(text, range.start, |c| APART.contains(c), words)
        };
        occurrences(text, name).filter(is_own).collect()
    })
}

/// The character before a name that stands several times, if it is the same each time and may be part of it.
fn common_before(document: &Document, name: &str) -> Option<char> {
    let texts = document.blocks().iter().map(|block| document.text(block));
    let mut before = texts.flat_map(|text| {
        occurrences(text, name).map(|range| text[..range.start].chars().next_back()).collect::<Vec<_>>()
    });
    let first = before.next()?.filter(|c| is_hanzi(*c) && !NOT_IN_NAMES.contains(*c))?;
    let mut others = before.peekable();
    (others.peek().is_some() && others.all(|c| c == Some(first))).then_some(first)
}
