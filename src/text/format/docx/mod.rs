//! Word documents (.docx, ECMA-376; WPS writes them too): a paragraph a line, with its automatic number
//! written out, then the text boxes, the notes, the headers and footers.
//!
//! Edits are made in the XML where it writes the very characters; all else stays byte for byte.

mod lines;
mod numbering;
mod package;
pub(crate) mod review;
mod story;
mod styles;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Content, InputFormat, plain};
use crate::finding::Edit;
use crate::text::block::{Block, BlockKind};
use crate::text::read_error::ReadError;
use lines::PlacedParagraph;
use numbering::{Label, Numbering};
use package::Package;
use story::{Paragraph, ParagraphPlace, Piece};
use styles::Styles;

pub(super) struct Docx;

impl InputFormat for Docx {
    fn extensions(&self) -> &'static [&'static str] {
        &["docx", "docm"]
    }

    /// Without its package a text has no styles: every line is a paragraph.
    fn blocks(&self, text: &str) -> Vec<Block> {
        plain::Plain.blocks(text)
    }

    fn read(&self, bytes: &[u8]) -> Result<Content, ReadError> {
        if bytes.is_empty() {
            let (text, blocks) = (String::new(), Vec::new());
            return Ok(Content { text, blocks, charset: None, unread: 0, written: Some(Vec::new()) });
        }
        if !bytes.starts_with(b"PK") {
            return Err(ReadError::of_signature(bytes).unwrap_or(ReadError::BrokenDocx));
        }
        let Layout { text, blocks, pieces, .. } = Layout::read(bytes)?;
        let written: Vec<Range<usize>> = pieces.into_iter().map(|piece| piece.text).collect();
        Ok(Content { text, blocks, charset: None, unread: 0, written: Some(written) })
    }

    fn write(&self, bytes: &[u8], edits: &[Edit]) -> Result<Vec<u8>, ReadError> {
        Layout::read(bytes)?.edited(bytes, edits)
    }
}

/// A document as text, and where its XML writes what.
#[derive(Default)]
struct Layout {
    text: String,
    blocks: Vec<Block>,
    pieces: Vec<PlacedPiece>,
    paragraphs: Vec<PlacedParagraph>,
    /// The parts that hold stories, by name and text.
    parts: Vec<(String, String)>,
}

/// Text that stands in the XML.
struct PlacedPiece {
    /// Its bytes in the document's text.
    text: Range<usize>,
    /// The part, and the place in it.
    part: usize,
    piece: Piece,
}

/// Stories beside the body, by the end of the kind of their relationship, in the order in which they follow
/// it.
const BESIDE: [&str; 4] = ["/footnotes", "/endnotes", "/header", "/footer"];

impl Layout {
    fn read(bytes: &[u8]) -> Result<Self, ReadError> {
        let mut package = Package::open(bytes)?;
        let main = package.main.clone();
        let related = package.relationships(&main)?;
        let of_kind =
            |kind: &str| related.iter().find(|it| it.kind.ends_with(kind)).map(|it| it.target.clone());
        let part =
            |package: &mut Package<'_>, kind| of_kind(kind).map_or(Ok(None), |name| package.part(&name));
        let styles =
            part(&mut package, "/styles")?.map_or(Ok(Styles::default()), |xml| Styles::read(&xml))?;
        let numbering = part(&mut package, "/numbering")?;
        let mut numbering = numbering.map_or(Ok(Numbering::default()), |xml| Numbering::read(&xml))?;
        let mut layout = Self::default();
        let body = package.part(&main)?.ok_or(ReadError::BrokenDocx)?;
        layout.add(main, body, &styles, &mut numbering, ParagraphPlace::Running)?;
        let mut seen = BTreeSet::new();
        for kind in BESIDE {
            for name in related.iter().filter(|it| it.kind.ends_with(kind)).map(|it| &it.target) {
                if seen.insert(name)
                    && let Some(xml) = package.part(name)?
                {
                    layout.add(name.clone(), xml, &styles, &mut numbering, ParagraphPlace::Aside)?;
                }
            }
        }
        Ok(layout)
    }

    /// Adds a story.
    fn add(
        &mut self,
        name: String,
        xml: String,
        styles: &Styles,
        numbering: &mut Numbering,
        place: ParagraphPlace,
    ) -> Result<(), ReadError> {
        let part = self.parts.len();
        let paragraphs = story::read(&xml, styles)?;
        self.parts.push((name, xml));
        for mut paragraph in paragraphs {
            if place == ParagraphPlace::Aside {
                paragraph.place = place;
            }
            self.add_paragraph(paragraph, part, styles, numbering);
        }
        Ok(())
    }

    fn add_paragraph(
        &mut self,
        paragraph: Paragraph,
        part: usize,
        styles: &Styles,
        numbering: &mut Numbering,
    ) {
        let mut properties = paragraph.properties.clone();
        let style = paragraph.style.as_deref();
        properties.complete(&styles.properties(style));
        let label = match properties.numbering.as_deref() {
            None | Some("0") => None,
            // An empty paragraph counts, too, but nobody sees its number.
            Some(list) => {
                let of_style = || numbering.level_of_style(list, styles.chain(style).map(|(id, _)| id));
                let level = properties.numbering_level.or_else(of_style).unwrap_or(0);
                numbering.next(list, level)
            }
        };
        let start = self.text.len();
        if let Some(Label::Number(label)) = &label
            && !paragraph.text.is_empty()
        {
            self.text += label;
            let (last, next) = (label.chars().next_back(), paragraph.text.chars().next());
            let is_figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            if is_figure(last) || last == Some('.') && is_figure(next) {
                self.text.push(' ');
            }
        }
        let at = self.text.len();
        self.text += &paragraph.text;
        self.pieces.extend(paragraph.pieces.into_iter().map(|piece| PlacedPiece {
            text: piece.text.start + at..piece.text.end + at,
            part,
            piece,
        }));
        let kind = match (paragraph.place, properties.outline_level, &label) {
            (ParagraphPlace::TableCell | ParagraphPlace::Aside, ..) => BlockKind::TableCell,
            (_, Some(level @ 0..9), _) => BlockKind::Heading(level + 1),
            (_, _, Some(Label::Bullet)) => BlockKind::ListItem,
            _ => BlockKind::Paragraph,
        };
        let is_like_others = label.is_none() && !matches!(kind, BlockKind::Heading(_));
        self.paragraphs.push(PlacedParagraph {
            text: start..self.text.len(),
            part,
            xml: paragraph.xml,
            form: is_like_others.then_some(paragraph.form),
        });
        // A line break within a paragraph ends a line, as in the text that Word saves.
        let mut line = start;
        for end in self.text[start..].match_indices('\n').map(|(it, _)| start + it).chain([self.text.len()]) {
            if let Some(block) = plain::block(&self.text, line..end) {
                self.blocks.push(block.with_kind(kind));
            }
            line = end + 1;
        }
        self.text.push('\n');
    }

    /// The package after edits of the text.
    fn edited(&self, bytes: &[u8], edits: &[Edit]) -> Result<Vec<u8>, ReadError> {
        let mut splices: BTreeMap<usize, Vec<(Range<usize>, String)>> = BTreeMap::new();
        for edit in edits {
            if let Some((part, splice)) = self.added_paragraphs(edit, None) {
                splices.entry(part).or_default().push(splice);
                continue;
            }
            let mut text = Some(edit.text.as_str());
            for PlacedPiece { text: place, part, piece } in self.touched(&edit.range) {
                let within = edit.range.start.max(place.start)..edit.range.end.min(place.end);
                let xml = &self.parts[*part].1;
                let raw = raw_range(xml, piece, within.start - place.start..within.end - place.start);
                let text = text.take().unwrap_or_default();
                splices.entry(*part).or_default().push((raw, self.written(*part, text)));
                if text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace) {
                    splices.entry(*part).or_default().extend(preserving(xml, piece));
                }
            }
            if text.is_some() {
                return Err(ReadError::Unwritable);
            }
        }
        let changed = splices.into_iter().map(|(part, splices)| {
            let (name, xml) = &self.parts[part];
            (name.clone(), spliced(xml, splices))
        });
        Package::open(bytes)?.with(&changed.collect())
    }

    /// The pieces that an edit changes: those in its range, or the one that an insertion goes into.
    fn touched(&self, range: &Range<usize>) -> &[PlacedPiece] {
        let first = self.pieces.partition_point(|piece| piece.text.end <= range.start);
        let mut last = self.pieces.partition_point(|piece| piece.text.start < range.end);
        if first >= last {
            // An insertion between two pieces belongs to the one before it.
            let before = first.checked_sub(1).filter(|it| self.pieces[*it].text.end == range.start);
            let at = before.unwrap_or(first);
            let fits = self
                .pieces
                .get(at)
                .is_some_and(|it| it.text.start <= range.start && range.end <= it.text.end);
            last = at + usize::from(fits && range.is_empty());
            return &self.pieces[at.min(last)..last];
        }
        &self.pieces[first..last]
    }
}

/// The bytes of the XML that write a part of a piece.
fn raw_range(xml: &str, piece: &Piece, part: Range<usize>) -> Range<usize> {
    if piece.raw.len() == piece.text.len() && !xml[piece.raw.clone()].starts_with('&') {
        return piece.raw.start + part.start..piece.raw.start + part.end;
    }
    // An entity is one character.
    if part.is_empty() {
        let at = if part.start == 0 { piece.raw.start } else { piece.raw.end };
        return at..at;
    }
    piece.raw.clone()
}

/// The attribute that keeps the spaces at the ends of a text, where its tag lacks it.
fn preserving(xml: &str, piece: &Piece) -> Option<(Range<usize>, String)> {
    let tag = &xml[piece.tag.clone()];
    let end = piece.tag.end - 1;
    (!tag.contains("xml:space")).then(|| (end..end, " xml:space=\"preserve\"".to_owned()))
}

/// The namespace prefix of a start tag, with its colon, where `name` is the tag's name without it.
fn prefix<'x>(tag: &'x str, name: &str) -> &'x str {
    let full =
        tag.trim_start_matches('<').split([' ', '>', '/', '\t', '\n', '\r']).next().unwrap_or_default();
    full.strip_suffix(name).unwrap_or_default()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// An XML text with ranges replaced.
fn spliced(xml: &str, mut splices: Vec<(Range<usize>, String)>) -> String {
    splices.sort_by_key(|(range, _)| (range.start, range.end));
    splices.dedup();
    let mut out = String::with_capacity(xml.len() + 64);
    let mut done = 0;
    for (range, text) in splices {
        // An attribute of a tag that another splice writes anew.
        if range.is_empty() && range.start < done {
            continue;
        }
        out += &xml[done..range.start];
        out += &text;
        done = range.end;
    }
    out + &xml[done..]
}
