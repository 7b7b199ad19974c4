//! One pass over a document: first what can be referred to, then what refers to it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::caption::{self, Captioned, Label};
use super::found::Found;
use super::heading::Headings;
use super::name::Abbreviation;
use super::number::{self, Number};
use super::ordinal::{self, Owner};
use super::{Kind, Place, References, Role, Scope, abbreviation, attachment};
use crate::text::block::{Block, BlockKind};
use crate::text::document::Document;
use crate::text::numbering;
use crate::text::outline::{Origin, Text, part_number};

/// Where a number stands in a text that stands in a block.
fn place(block: &Block, range: Range<usize>, label: Option<Range<usize>>, role: Role) -> Place {
    let source = |range| block.to_source(range);
    Place { range: source(range), label: label.map(source), role }
}

fn numbered_place(block: &Block, range: &Range<usize>, number: &Number, role: Role) -> Place {
    place(block, range.clone(), Some(number.range.clone()), role)
}

fn within(text: usize) -> Scope {
    Scope { text, above: Vec::new() }
}

fn kind_of(what: Captioned) -> Kind {
    match what {
        Captioned::Table => Kind::Table,
        Captioned::Figure => Kind::Figure,
    }
}

pub(super) fn collect(document: &Document) -> References {
    let mut found = Found::default();
    let outline = document.outline();
    let headings = Headings::new(document, &mut found);
    let mut captioned: HashMap<(Kind, Vec<u32>), Vec<usize>> = HashMap::new();
    let mut heads: HashSet<usize> = HashSet::new();
    for (part, text) in by_part(outline.texts()) {
        define_text(document, text, &mut found);
        if text.origin == Origin::Attachment && define_attachment(document, part, text, &mut found) {
            heads.insert(text.blocks.start);
        }
        for index in text.blocks.clone() {
            let block = &document.blocks()[index];
            if let Some(label) = caption::caption(document.text(block), block.kind) {
                let kind = kind_of(label.what);
                captioned.entry((kind, label.number.parts.clone())).or_default().push(text.blocks.start);
                let key = (kind, within(text.blocks.start), label.number.parts.clone());
                found.define(key, numbered_place(block, &label.range, &label.number, Role::Definition));
                heads.insert(index);
            }
        }
    }
    let mut only = HashMap::new();
    for part in document.parts() {
        let last = part.clone().rev().find(|&block| attachment::begins_list(prose(document, block)));
        let listed = last.map(|start| listed(document, &part, start)).unwrap_or_default();
        if let [entry] = &listed[..] {
            only.insert(part.start, entry.number);
        }
        for entry in listed {
            found.define((Kind::Attachment, within(part.start), vec![entry.number]), entry.place);
        }
    }
    let entries = headings.define_contents(document, &mut found);
    let mut abbreviations = Vec::new();
    for (part, text) in by_part(outline.texts()) {
        for index in text.blocks.clone() {
            let block = &document.blocks()[index];
            if document.is_directive(block) {
                continue;
            }
            let prose = document.text(block);
            if prose.contains(attachment::WORD) {
                let is_only = only.get(&part).copied();
                mention_attachments(block, prose, part, is_only, heads.contains(&index), &mut found);
            }
            mention_captions(block, prose, text.blocks.start, &captioned, heads.contains(&index), &mut found);
            if !entries.contains(&index) {
                mention_texts(block, prose, &mut found);
                headings.mention(document, index, text.blocks.start, &mut found);
            }
            if abbreviation::may_introduce(prose) {
                let introduced = abbreviation::introductions(prose);
                abbreviations.extend(introduced.map(|it| Abbreviation::new(block, prose, part, &it)));
            }
        }
    }
    let mut referents = found.into_referents();
    for referent in &mut referents {
        referent.places.sort_by_key(|place| place.range.start);
    }
    References { referents, abbreviations }
}

fn prose(document: &Document, block: usize) -> &str {
    document.text(&document.blocks()[block])
}

/// The texts, each with the block with which its document begins: attachments belong to the one before.
fn by_part(texts: &[Text]) -> impl Iterator<Item = (usize, &Text)> {
    let mut part = 0;
    texts.iter().map(move |text| {
        if text.origin != Origin::Attachment {
            part = text.blocks.start;
        }
        (part, text)
    })
}

/// 篇二：
fn define_text(document: &Document, text: &Text, found: &mut Found) {
    if text.origin != Origin::Counted {
        return;
    }
    let number = |block: usize| {
        let line = prose(document, block);
        let number = number::at(line, part_number(line)?.start).filter(|it| it.parts.len() == 1)?;
        Some((block, number))
    };
    let Some((block, number)) = text.blocks.clone().find_map(number) else { return };
    let block = &document.blocks()[block];
    let whole = 0..document.text(block).len();
    let place = numbered_place(block, &whole, &number, Role::Definition);
    found.define((Kind::Text, Scope::default(), number.parts), place);
}

/// 附件2, the first line of its text.
fn define_attachment(document: &Document, part: usize, text: &Text, found: &mut Found) -> bool {
    let block = &document.blocks()[text.blocks.start];
    let line = document.text(block);
    let bare = line.trim_start_matches(['【', '（', '(']);
    let skipped = line.len() - bare.len();
    let Some((value, number)) = attachment::head(bare.trim_end_matches(['】', '）', ')'])) else {
        return false;
    };
    let at = |range: Range<usize>| range.start + skipped..range.end + skipped;
    let (number, label) = match number.and_then(|range| number::at(line, at(range).start)) {
        Some(number) => (number.parts, Some(number.range)),
        None => (vec![value], None),
    };
    let place = place(block, 0..line.len(), label, Role::Definition);
    found.define((Kind::Attachment, within(part), number), place);
    true
}

/// An entry of the list of attachments, in bytes of the source.
struct Listed {
    number: u32,
    place: Place,
}

/// The list of attachments that begins at a block. Markdown has the numbers of a list in its syntax, and may
/// have all lines in one paragraph.
fn listed(document: &Document, part: &Range<usize>, start: usize) -> Vec<Listed> {
    let entries = attachment::list(document, part, start).unwrap_or_default();
    let blocks = document.blocks();
    if let [entry] = &entries[..]
        && blocks[entry.block].kind == BlockKind::ListItem
    {
        let items = blocks[entry.block..part.end].iter().take_while(|it| it.kind == BlockKind::ListItem);
        return items.zip(1..).map(|(block, nth)| list_item(document.source(), block, nth)).collect();
    }
    let mut found = Vec::new();
    for entry in &entries {
        let (block, text) = (&blocks[entry.block], prose(document, entry.block));
        let (number, label) = match &entry.number {
            Some((value, range)) => (*value, Some(range.clone())),
            None => (1, None),
        };
        let mut ends = text[entry.name.clone()].match_indices('\n').map(|(at, _)| entry.name.start + at);
        let mut push = |number, range: Range<usize>, label: Option<Range<usize>>| {
            found.push(Listed { number, place: place(block, range, label, Role::Listing) });
        };
        let end = ends.next().unwrap_or(entry.name.end);
        push(number, label.as_ref().map_or(entry.name.start, |label| label.start)..end, label);
        let mut from = end + 1;
        while from < entry.name.end {
            let end = ends.next().unwrap_or(entry.name.end);
            let skipped = text[from..end].len() - text[from..end].trim_start().len();
            from += skipped;
            let Some(marker) = numbering::parse(&text[from..end]) else { break };
            let label = from + marker.number.start..from + marker.number.end;
            push(marker.value, from..end, Some(label));
            from = end + 1;
        }
    }
    found
}

fn list_item(source: &str, block: &Block, nth: u32) -> Listed {
    let line = source[..block.range.start].rfind('\n').map_or(0, |at| at + 1);
    let digits = source[line..block.range.start].find(|c: char| c.is_ascii_digit());
    let number = digits.and_then(|at| number::at(source, line + at));
    let number = number.filter(|number| number.parts == [nth] && number.range.end < block.range.start);
    let label = number.map(|number| number.range);
    let start = label.as_ref().map_or(block.range.start, |label| label.start);
    Listed { number: nth, place: Place { range: start..block.range.end, label, role: Role::Listing } }
}

fn mention_attachments(
    block: &Block,
    text: &str,
    part: usize,
    only: Option<u32>,
    is_head: bool,
    found: &mut Found,
) {
    let key = |parts: &[u32]| (Kind::Attachment, within(part), parts.to_vec());
    for mention in attachment::mentions(text).filter(|it| !it.is_foreign) {
        let is_itself = is_head && text[..mention.range.start].trim_matches(['【', '（', '(']).is_empty();
        if is_itself {
            continue;
        }
        let is_there = |number: &Number| found.get(&key(&number.parts)).is_some();
        for (range, number) in meant(text, mention.range, mention.number, is_there) {
            found.mention(key(&number.parts), numbered_place(block, &range, &number, Role::Mention));
        }
    }
    let Some(index) = only.and_then(|number| found.get(&key(&[number]))) else { return };
    for (start, word) in text.match_indices(attachment::WORD) {
        let end = start + word.len();
        let is_cued = text[..start].ends_with(['见', '（', '(']);
        let ends = text[end..].chars().next().is_none_or(|c| !c.is_alphanumeric() && !"：: 　".contains(c));
        if is_cued && ends {
            found.refer(index, place(block, start..end, None, Role::Mention));
        }
    }
}

fn mention_captions(
    block: &Block,
    text: &str,
    own: usize,
    captioned: &HashMap<(Kind, Vec<u32>), Vec<usize>>,
    is_caption: bool,
    found: &mut Found,
) {
    if !text.contains(['表', '图']) {
        return;
    }
    let mut add = |kind: Kind, range: &Range<usize>, number: &Number| {
        // In this text, or in the only other that has one of this number.
        let texts = captioned.get(&(kind, number.parts.clone())).map_or(&[][..], |texts| texts);
        let text = match texts {
            [only] => *only,
            _ => own,
        };
        let key = (kind, within(text), number.parts.clone());
        found.mention(key, numbered_place(block, range, number, Role::Mention));
    };
    for Label { what, range, number } in caption::mentions(text, block.kind) {
        if is_caption && range.start == 0 {
            continue;
        }
        let kind = kind_of(what);
        let is_there = |number: &Number| captioned.contains_key(&(kind, number.parts.clone()));
        for (range, number) in meant(text, range, number, is_there) {
            add(kind, &range, &number);
        }
    }
}

/// What a label means, 附件1 in 附件1、2和3, with those that go on from it. 附件1—3 is a span of several where
/// there is none of this number but are those at its ends.
fn meant(
    text: &str,
    range: Range<usize>,
    number: Number,
    is_there: impl Fn(&Number) -> bool,
) -> Vec<(Range<usize>, Number)> {
    let more = number::continued(text, range.end).into_iter().map(|number| (number.range.clone(), number));
    let ends = number::span(text, &number).filter(|ends| !is_there(&number) && ends.iter().all(&is_there));
    let own = match ends {
        Some([first, last]) => {
            vec![(range.start..first.range.end, first), (last.range.clone(), last)]
        }
        None => vec![(range, number)],
    };
    own.into_iter().chain(more).collect()
}

fn mention_texts(block: &Block, text: &str, found: &mut Found) {
    if !text.contains('篇') || part_number(text).is_some() {
        return;
    }
    let ordinals = ordinal::ordinals(text).into_iter().filter(|it| it.unit == ordinal::Unit::Text);
    for it in ordinals.chain(ordinal::texts(text)).filter(|it| it.owner != Owner::Foreign) {
        if let Some(index) = found.get(&(Kind::Text, Scope::default(), vec![it.value])) {
            found.refer(index, place(block, it.range, Some(it.number), Role::Mention));
        }
    }
}
