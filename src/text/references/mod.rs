//! What a report refers to, and every place that does: attachments, tables and figures, parts by their numbers,
//! texts of the file, abbreviations, names.

pub(crate) mod abbreviation;
pub(crate) mod attachment;
pub(crate) mod caption;
mod collect;
mod found;
mod heading;
mod name;
pub(crate) mod number;
pub(crate) mod ordinal;
pub(crate) mod renaming;

use std::ops::Range;

use super::document::Document;
use super::numbering::NumberForm;
use crate::chinese::persons;

/// What is referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Attachment,
    Table,
    Figure,
    /// A heading or an article, by the form of its number.
    Heading(NumberForm),
    /// One of the texts of the file: 篇二.
    Text,
    Abbreviation,
    /// A person's or a place's.
    Name,
}

/// What a place does for what it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// It is it, or begins it: a heading, a caption, the first line of an attachment.
    Definition,
    /// It lists it: an entry of the table of contents, of the list of attachments.
    Listing,
    /// It refers to it.
    Mention,
}

/// A place that names something, in bytes of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) range: Range<usize>,
    /// The number or the name in it; none where it has no number: 见附件.
    pub(crate) label: Option<Range<usize>>,
    pub(crate) role: Role,
}

/// Within what numbers are counted: a text, and the numbers above in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
struct Scope {
    /// The block with which the text begins.
    text: usize,
    above: Vec<(NumberForm, u32)>,
}

/// Something referred to, with all places that name it, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Referent {
    pub(crate) kind: Kind,
    /// Its number; empty for what has a name.
    number: Vec<u32>,
    scope: Scope,
    pub(crate) places: Vec<Place>,
}

impl Referent {
    /// Where it is: itself, or else where it is listed.
    pub(crate) fn definition(&self) -> Option<&Place> {
        let of = |role: Role| self.places.iter().find(move |place| place.role == role);
        of(Role::Definition).or_else(|| of(Role::Listing))
    }

    /// Its narrowest place that a byte of the source touches.
    pub(crate) fn place_at(&self, at: usize) -> Option<&Place> {
        let touching = self.places.iter().filter(|place| touches(&place.range, at));
        touching.min_by_key(|place| place.range.len())
    }
}

fn touches(range: &Range<usize>, at: usize) -> bool {
    range.start <= at && at <= range.end
}

/// What is asked of those who know words.
#[derive(Clone, Copy)]
pub(crate) struct Words {
    /// Is a range of a text, in bytes, a word of its own?
    pub(crate) is_word: fn(&str, &Range<usize>) -> bool,
    /// Is it a word of the language?
    pub(crate) is_known: persons::IsWord,
    /// Is it a word so common that it is hardly anyone's name?
    pub(crate) is_common: persons::IsWord,
}

/// What a document refers to by numbers, and the abbreviations that it introduces.
#[derive(Debug, Default)]
pub(crate) struct References {
    referents: Vec<Referent>,
    abbreviations: Vec<name::Abbreviation>,
}

impl References {
    /// Reads a document through.
    pub(crate) fn new(document: &Document) -> Self {
        collect::collect(document)
    }

    /// What a byte of the source names. Names are looked for only now, as there is no end to them.
    pub(crate) fn at(&self, document: &Document, at: usize, words: Words) -> Option<Referent> {
        let by_number = self.referents.iter().filter_map(|it| Some((it.place_at(at)?.range.len(), it)));
        if let Some((_, found)) = by_number.min_by_key(|(len, _)| *len) {
            return Some(found.clone());
        }
        name::abbreviation(document, &self.abbreviations, at, words)
            .or_else(|| name::person(document, at, words))
            .or_else(|| name::place(document, at, words))
    }
}
