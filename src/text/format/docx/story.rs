//! Reads a story, which is a part that holds paragraphs: the body, the notes, a header (ECMA-376 part 1,
//! 17.2). Tracked changes count as accepted, fields as their results, and what is hidden is not there.

use std::ops::Range;

use quick_xml::events::{BytesStart, Event};

use super::package::{Place, attributes, for_each_event};
use super::styles::{Properties, Styles, is_on};
use crate::text::block::OBJECT;
use crate::text::read_error::ReadError;

/// A paragraph as it is shown, but for its automatic number.
#[derive(Debug, Default, Clone)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) pieces: Vec<Piece>,
    pub(super) style: Option<String>,
    pub(super) properties: Properties,
    pub(super) place: ParagraphPlace,
    /// The bytes of its XML.
    pub(super) xml: Range<usize>,
    /// The start tags of its style, its spacing, its indents and its alignment.
    pub(super) form: Vec<Range<usize>>,
    /// Its end was deleted, so that the next goes on in it.
    goes_on: bool,
}

/// Where a paragraph stands.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum ParagraphPlace {
    #[default]
    Running,
    TableCell,
    /// In a text box, or in a table of contents.
    Aside,
}

/// Text of a paragraph that is written as it stands in the XML, possibly with entities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its bytes in the paragraph's text.
    pub(super) text: Range<usize>,
    /// The bytes of the XML that write it.
    pub(super) raw: Range<usize>,
    /// The start tag of the w:t that it is in.
    pub(super) tag: Range<usize>,
    /// The run that it is in, by its start tag and its properties.
    pub(super) run: Run,
    /// It stands in a text box.
    pub(super) in_box: bool,
}

/// A run of text with the same properties.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) tag: Range<usize>,
    /// The bytes of its w:rPr; empty where it has none.
    pub(super) properties: Range<usize>,
}

/// The paragraphs of a story, those of its text boxes last.
pub(super) fn read(xml: &str, styles: &Styles) -> Result<Vec<Paragraph>, ReadError> {
    let mut reader = StoryReader::new(styles);
    for_each_event(xml, |place, event| {
        reader.event(place, event);
        Ok(())
    })?;
    let StoryReader { mut done, asides, .. } = reader;
    done.extend(asides);
    Ok(done)
}

struct StoryReader<'a> {
    styles: &'a Styles,
    done: Vec<Paragraph>,
    asides: Vec<Paragraph>,
    /// The open paragraphs: one in a text box stands within another.
    open: Vec<Open>,
    tables: usize,
    /// Depths of tables outside the text boxes that are open.
    boxes: Vec<usize>,
    fields: Vec<Field>,
    /// Elements that are open within one that is not shown.
    skipped: usize,
}

#[derive(Default)]
struct Open {
    paragraph: Paragraph,
    in_properties: bool,
    run: Option<OpenRun>,
}

#[derive(Default)]
struct OpenRun {
    run: Run,
    in_properties: bool,
    is_hidden: bool,
    /// The start tag of the text that is open.
    text: Option<Range<usize>>,
}

/// A field: its code, then its result.
#[derive(Default)]
struct Field {
    code: String,
    in_result: bool,
}

impl<'a> StoryReader<'a> {
    fn new(styles: &'a Styles) -> Self {
        Self {
            styles,
            done: Vec::new(),
            asides: Vec::new(),
            open: Vec::new(),
            tables: 0,
            boxes: Vec::new(),
            fields: Vec::new(),
            skipped: 0,
        }
    }

    fn event(&mut self, place: &Place<'_, '_>, event: Event<'_>) {
        let range = place.range.clone();
        match event {
            Event::Start(_) if self.skipped > 0 => self.skipped += 1,
            Event::End(_) if self.skipped > 0 => self.skipped -= 1,
            _ if self.skipped > 0 => {}
            Event::Start(tag) if !self.is_in_properties() && is_not_shown(place, &tag) => {
                self.skipped = 1;
                if tag.local_name().as_ref() == "oMath" {
                    self.generated(OBJECT.encode_utf8(&mut [0; 4]));
                }
            }
            Event::Start(tag) if is_older_state(place, &tag) => self.skipped = 1,
            Event::Start(tag) if place.is_word(tag.name()) => self.start(&tag, range),
            Event::End(tag) if place.is_word(tag.name()) => self.end(tag.local_name().as_ref(), range),
            Event::Text(text) => self.text(&text.into_inner(), range),
            Event::CData(text) => self.text(&text.into_inner(), range.start + 9..range.end - 3),
            Event::GeneralRef(reference) => {
                let name = reference.into_inner();
                let c = match &*name {
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "amp" => Some('&'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    name => character_reference(name),
                };
                if let Some(c) = c {
                    self.text(c.encode_utf8(&mut [0; 4]), range);
                }
            }
            _ => {}
        }
    }

    /// Are the properties of a paragraph or a run open?
    fn is_in_properties(&self) -> bool {
        let in_properties =
            |open: &Open| open.in_properties || open.run.as_ref().is_some_and(|run| run.in_properties);
        self.open.last().is_some_and(in_properties)
    }

    fn start(&mut self, tag: &BytesStart<'_>, range: Range<usize>) {
        let own = attributes(tag);
        let value = || own.get("val").map(String::as_str);
        let name = tag.local_name();
        let name = name.as_ref();
        match name {
            "p" => return self.begin_paragraph(range),
            "tbl" => return self.tables += 1,
            "txbxContent" => return self.boxes.push(std::mem::take(&mut self.tables)),
            "fldChar" => return self.field_character(own.get("fldCharType").map_or("", String::as_str)),
            _ => {}
        }
        let Some(Open { paragraph, in_properties, run }) = self.open.last_mut() else { return };
        match (name, &mut *run) {
            ("r", _) => {
                *run = Some(OpenRun { run: Run { tag: range, properties: 0..0 }, ..OpenRun::default() });
            }
            ("pPr", _) => *in_properties = true,
            (_, None) if *in_properties => {
                match name {
                    "pStyle" => paragraph.style = value().map(str::to_owned),
                    // The mark at the end of the paragraph.
                    "del" | "moveFrom" => paragraph.goes_on = true,
                    "vanish" => {}
                    name => paragraph.properties.take(name, value()),
                }
                if matches!(name, "pStyle" | "spacing" | "ind" | "jc") {
                    paragraph.form.push(range);
                }
            }
            ("rPr", Some(run)) => {
                run.in_properties = true;
                run.run.properties = range;
            }
            ("vanish", Some(run)) if run.in_properties => run.is_hidden = is_on(value()),
            ("rStyle", Some(run)) if run.in_properties => {
                run.is_hidden |= self.styles.properties(value()).is_hidden == Some(true);
            }
            (_, Some(run)) if run.in_properties => {}
            ("t", Some(run)) => run.text = Some(range),
            ("tab" | "ptab", Some(_)) => self.generated("\t"),
            ("br", Some(_)) if !matches!(own.get("type").map(String::as_str), Some("page" | "column")) => {
                self.generated("\n");
            }
            ("cr", Some(_)) => self.generated("\n"),
            ("noBreakHyphen", Some(_)) => self.generated("-"),
            ("sym", Some(_)) => self.generated(OBJECT.encode_utf8(&mut [0; 4])),
            _ => {}
        }
    }

    fn end(&mut self, name: &str, range: Range<usize>) {
        match name {
            "p" => return self.end_paragraph(range.end),
            "tbl" => return self.tables = self.tables.saturating_sub(1),
            "txbxContent" => return self.tables = self.boxes.pop().unwrap_or(0),
            _ => {}
        }
        let Some(Open { in_properties, run, .. }) = self.open.last_mut() else { return };
        match (name, run.as_mut()) {
            ("r", _) => *run = None,
            ("pPr", _) => *in_properties = false,
            ("rPr", Some(run)) => {
                run.in_properties = false;
                run.run.properties.end = range.end;
            }
            ("t", Some(run)) => run.text = None,
            _ => {}
        }
    }

    fn begin_paragraph(&mut self, tag: Range<usize>) {
        let mut open = Open::default();
        open.paragraph.xml = tag;
        let is_contents = self.fields.iter().any(|field| field.code.trim_start().starts_with("TOC"));
        open.paragraph.place = match (self.boxes.is_empty() && !is_contents, self.tables) {
            (false, _) => ParagraphPlace::Aside,
            (true, 0) => ParagraphPlace::Running,
            (true, _) => ParagraphPlace::TableCell,
        };
        self.open.push(open);
    }

    fn end_paragraph(&mut self, end: usize) {
        let Some(Open { mut paragraph, .. }) = self.open.pop() else { return };
        paragraph.xml.end = end;
        if self.styles.is_contents(paragraph.style.as_deref()) {
            paragraph.place = ParagraphPlace::Aside;
        }
        let list = if self.boxes.is_empty() { &mut self.done } else { &mut self.asides };
        match list.last_mut().filter(|last| last.goes_on) {
            Some(last) => {
                let at = last.text.len();
                last.text += &paragraph.text;
                last.pieces.extend(
                    paragraph
                        .pieces
                        .into_iter()
                        .map(|piece| Piece { text: piece.text.start + at..piece.text.end + at, ..piece }),
                );
                last.xml.end = end;
                last.goes_on = paragraph.goes_on;
            }
            None => list.push(paragraph),
        }
    }

    fn field_character(&mut self, kind: &str) {
        match kind {
            "begin" => self.fields.push(Field::default()),
            "separate" => {
                if let Some(field) = self.fields.last_mut() {
                    field.in_result = true;
                }
            }
            "end" => drop(self.fields.pop()),
            _ => {}
        }
    }

    fn is_shown(&self) -> bool {
        self.fields.iter().all(|field| field.in_result)
    }

    /// Adds text that the XML does not write as such, and that no edit can change.
    fn generated(&mut self, text: &str) {
        let is_shown = self.is_shown();
        if let Some(Open { paragraph, run, .. }) = self.open.last_mut()
            && is_shown
            && run.as_ref().is_none_or(|run| !run.is_hidden)
        {
            paragraph.text += text;
        }
    }

    fn text(&mut self, text: &str, raw: Range<usize>) {
        let is_shown = self.is_shown();
        if !is_shown && let Some(field) = self.fields.last_mut().filter(|field| !field.in_result) {
            field.code += text;
            return;
        }
        let Some(Open { paragraph, run: Some(run), .. }) = self.open.last_mut() else { return };
        let Some(tag) = run.text.clone().filter(|_| !run.is_hidden) else { return };
        let at = paragraph.text.len();
        paragraph.text += text;
        paragraph.pieces.push(Piece {
            text: at..at + text.len(),
            raw,
            tag,
            run: run.run.clone(),
            in_box: !self.boxes.is_empty(),
        });
    }
}

/// Is an element one whose content is not shown: deleted, moved away, an older state, the second version of
/// the same?
fn is_not_shown(place: &Place<'_, '_>, tag: &BytesStart<'_>) -> bool {
    let name = tag.local_name();
    match name.as_ref() {
        "Fallback" | "oMath" => true,
        "del" | "moveFrom" | "sdtPr" | "rt" | "delText" | "delInstrText" | "sectPr" | "tblPr" | "trPr"
        | "tcPr" => place.is_word(tag.name()),
        _ => false,
    }
}

/// Does an element of properties hold what they were before a tracked change?
fn is_older_state(place: &Place<'_, '_>, tag: &BytesStart<'_>) -> bool {
    tag.local_name().as_ref().ends_with("Change") && place.is_word(tag.name())
}

fn character_reference(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => digits.parse(),
    };
    char::from_u32(code.ok()?)
}
