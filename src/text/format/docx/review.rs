//! Remarks on a document as Word's own review knows them: comments (ECMA-376 part 1, 17.13.4) and tracked
//! changes (17.13.5). A run is split where a mark begins or ends; nothing else changes.

use std::collections::BTreeMap;
use std::ops::Range;

use super::package::{Package, attributes, for_each_event};
use super::story::{Piece, Run};
use super::{Layout, PlacedPiece, escaped, preserving, raw_range, spliced};
use crate::finding::Edit;
use crate::text::read_error::ReadError;
use quick_xml::events::Event;

/// Who remarks.
pub(super) const AUTHOR: &str = "朱笔";

/// A remark on a place of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Comment {
    /// Its bytes in the document's text.
    pub(crate) range: Range<usize>,
    /// What it says, a paragraph each.
    pub(crate) lines: Vec<String>,
}

/// A copy of a document with comments.
///
/// # Errors
/// The bytes are no Word document, or one without any text to comment on.
pub(crate) fn annotated(bytes: &[u8], comments: &[Comment]) -> Result<Vec<u8>, ReadError> {
    let layout = Layout::read(bytes)?;
    let mut package = Package::open(bytes)?;
    let mut part = CommentsPart::of(&mut package, &layout)?;
    let mut marks = Marks::default();
    for comment in comments {
        let Some(anchor) = layout.anchor(&comment.range) else { return Err(ReadError::Unwritable) };
        let mut lines = comment.lines.clone();
        if !anchor.is_there {
            let words: String = layout.text[comment.range.clone()].chars().take(20).collect();
            lines.insert(0, format!("（页眉、页脚或文本框里的“{}”）", words.replace('\n', " ")));
        }
        let id = part.add(&lines);
        let prefix = prefix(&layout, anchor.first);
        let start = format!("<{prefix}commentRangeStart {prefix}id=\"{id}\"/>");
        let end = format!(
            "<{prefix}commentRangeEnd {prefix}id=\"{id}\"/>\
             <{prefix}r><{prefix}commentReference {prefix}id=\"{id}\"/></{prefix}r>"
        );
        marks.add(&layout, anchor.first, anchor.start, Side::Start, start);
        marks.add(&layout, anchor.last, anchor.end, Side::End, end);
    }
    let mut changed = marks.written(&layout);
    changed.extend(part.written(&mut package)?);
    package.with(&changed)
}

/// A copy of a document with edits as tracked changes. The edits are in order and do not overlap.
///
/// # Errors
/// The bytes are no Word document, or an edit is of what it does not write as such.
pub(crate) fn suggested(bytes: &[u8], edits: &[Edit]) -> Result<Vec<u8>, ReadError> {
    let layout = Layout::read(bytes)?;
    let mut package = Package::open(bytes)?;
    // Tracked changes share their ids with comments and bookmarks; large ones are nobody else's.
    let mut id = 1_000_000_000_u32;
    let mut splices: BTreeMap<usize, Vec<(Range<usize>, String)>> = BTreeMap::new();
    for edit in edits {
        if let Some((part, splice)) = layout.added_paragraphs(edit, Some(&mut id)) {
            splices.entry(part).or_default().push(splice);
            continue;
        }
        let touched = layout.touched(&edit.range);
        let Some(last) = touched.len().checked_sub(1) else { return Err(ReadError::Unwritable) };
        for (at, placed) in touched.iter().enumerate() {
            let xml = &layout.parts[placed.part].1;
            let prefix = prefix(&layout, placed);
            let own = edit.range.start.max(placed.text.start)..edit.range.end.min(placed.text.end);
            let raw =
                raw_range(xml, &placed.piece, own.start - placed.text.start..own.end - placed.text.start);
            let run = RunMarkup::of(xml, &placed.piece.run);
            let mut tracked = String::new();
            let mut track = |element: &str, text_element: &str, content: &str| {
                id += 1;
                tracked += &format!(
                    "<{prefix}{element} {prefix}id=\"{id}\" {prefix}author=\"{AUTHOR}\">{}<{prefix}{text_element} \
                     xml:space=\"preserve\">{content}</{prefix}{text_element}></{prefix}r></{prefix}{element}>",
                    run.opening
                );
            };
            if !raw.is_empty() {
                track("del", "delText", &xml[raw.clone()]);
            }
            // What replaces it comes after the last of what is deleted.
            if at == last && !edit.text.is_empty() {
                track("ins", "t", &layout.written(placed.part, &edit.text));
            }
            let before = Cut::new(xml, &placed.piece, raw.start, Side::Start);
            let after = Cut::new(xml, &placed.piece, raw.end, Side::End);
            let close = before.close(prefix);
            let open = after.open(prefix, &run);
            let own = splices.entry(placed.part).or_default();
            own.push((before.at..after.at, format!("{close}{tracked}{open}")));
            if before.depth == Depth::InText {
                own.extend(preserving(xml, &placed.piece));
            }
        }
    }
    let changed = splices.into_iter().map(|(part, splices)| {
        let (name, xml) = &layout.parts[part];
        (name.clone(), spliced(xml, splices))
    });
    package.with(&changed.collect())
}

/// Where the marks of a comment go.
struct Anchor<'l> {
    first: &'l PlacedPiece,
    last: &'l PlacedPiece,
    /// Bytes of the document's text, within the first and the last piece.
    start: usize,
    end: usize,
    /// Is it where the comment is about? Word has no comments in headers, footers and text boxes.
    is_there: bool,
}

impl Layout {
    fn anchor(&self, range: &Range<usize>) -> Option<Anchor<'_>> {
        let takes_comments = |piece: &PlacedPiece| !piece.piece.in_box && self.takes_comments(piece.part);
        let line_end = self.text[range.start..].find('\n').map_or(self.text.len(), |it| range.start + it);
        let mut end = range.end.max(range.start);
        let first = self.pieces.partition_point(|piece| piece.text.end <= range.start);
        let mut pieces = &self.pieces[first..self.pieces.partition_point(|piece| piece.text.start < end)];
        if pieces.is_empty() {
            // Of a number that is counted, or a place between characters: the text behind it in its line,
            // or else what stands before it.
            let next = self.pieces.get(first).filter(|piece| piece.text.start < line_end);
            let at = if next.is_some() { first } else { first.checked_sub(1)? };
            pieces = &self.pieces[at..=at];
            end = self.pieces[at].text.end;
        }
        if let (Some(first), Some(last)) = (pieces.first(), pieces.last())
            && pieces.iter().all(|piece| piece.part == first.part && takes_comments(piece))
        {
            let start = range.start.clamp(first.text.start, first.text.end);
            return Some(Anchor {
                first,
                last,
                start,
                end: end.clamp(last.text.start, last.text.end),
                is_there: true,
            });
        }
        let body = self.pieces.iter().find(|piece| takes_comments(piece))?;
        Some(Anchor { first: body, last: body, start: body.text.start, end: body.text.end, is_there: false })
    }

    /// Is a part the body, or one of notes?
    fn takes_comments(&self, part: usize) -> bool {
        part == 0 || self.parts[part].0.contains("notes")
    }
}

/// The namespace prefix of the elements about a piece, with its colon.
fn prefix<'l>(layout: &'l Layout, placed: &PlacedPiece) -> &'l str {
    super::prefix(&layout.parts[placed.part].1[placed.piece.run.tag.clone()], "r")
}

/// How a run begins: its start tag and its properties.
struct RunMarkup {
    opening: String,
}

impl RunMarkup {
    fn of(xml: &str, run: &Run) -> Self {
        Self { opening: format!("{}{}", &xml[run.tag.clone()], &xml[run.properties.clone()]) }
    }
}

/// Which end of a range is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    /// Ends come first where one mark ends and another begins.
    End,
    Start,
}

/// A place at which a mark can stand between runs.
struct Cut {
    /// The byte of the XML.
    at: usize,
    depth: Depth,
}

/// What has to be closed before a mark and opened after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Depth {
    /// Nothing: the mark stands before or behind a run.
    BetweenRuns,
    /// The run.
    InRun,
    /// The run and the text in it.
    InText,
}

impl Cut {
    /// The cut at a byte of a piece's XML, as near to the edge of the run as can be: on the side that a range
    /// begins or ends at.
    fn new(xml: &str, piece: &Piece, raw: usize, side: Side) -> Self {
        let is_first = raw == piece.tag.end && side == Side::Start;
        let opens_run = [piece.run.tag.end, piece.run.properties.end].contains(&piece.tag.start);
        if is_first && opens_run {
            return Self { at: piece.run.tag.start, depth: Depth::BetweenRuns };
        }
        if is_first {
            return Self { at: piece.tag.start, depth: Depth::InRun };
        }
        if side == Side::End && xml[raw..].starts_with("</") {
            let behind_text = xml[raw..].find('>').map_or(raw, |it| raw + it + 1);
            let rest = &xml[behind_text..];
            let closes_run = rest.starts_with("</")
                && rest.find('>').is_some_and(|it| rest[..it].trim_end().ends_with('r'));
            return match closes_run {
                true => Self {
                    at: rest.find('>').map_or(behind_text, |it| behind_text + it + 1),
                    depth: Depth::BetweenRuns,
                },
                false => Self { at: behind_text, depth: Depth::InRun },
            };
        }
        Self { at: raw, depth: Depth::InText }
    }

    fn close(&self, prefix: &str) -> String {
        match self.depth {
            Depth::BetweenRuns => String::new(),
            Depth::InRun => format!("</{prefix}r>"),
            Depth::InText => format!("</{prefix}t></{prefix}r>"),
        }
    }

    fn open(&self, prefix: &str, run: &RunMarkup) -> String {
        match self.depth {
            Depth::BetweenRuns => String::new(),
            Depth::InRun => run.opening.clone(),
            Depth::InText => format!("{}<{prefix}t xml:space=\"preserve\">", run.opening),
        }
    }
}

/// Marks between runs, by part and place.
#[derive(Default)]
struct Marks(BTreeMap<(usize, usize), Split>);

struct Split {
    close: String,
    open: String,
    marks: Vec<(Side, String)>,
    preserving: Option<(Range<usize>, String)>,
}

impl Marks {
    /// Adds a mark at a byte of the document's text in a piece.
    fn add(&mut self, layout: &Layout, placed: &PlacedPiece, at: usize, side: Side, mark: String) {
        let xml = &layout.parts[placed.part].1;
        let within = at - placed.text.start;
        let raw = raw_range(xml, &placed.piece, within..within).start;
        let cut = Cut::new(xml, &placed.piece, raw, side);
        let prefix = prefix(layout, placed);
        let run = RunMarkup::of(xml, &placed.piece.run);
        let split = self.0.entry((placed.part, cut.at)).or_insert_with(|| Split {
            close: cut.close(prefix),
            open: cut.open(prefix, &run),
            marks: Vec::new(),
            preserving: (cut.depth == Depth::InText).then(|| preserving(xml, &placed.piece)).flatten(),
        });
        split.marks.push((side, mark));
    }

    /// The parts with their marks.
    fn written(self, layout: &Layout) -> BTreeMap<String, String> {
        let mut splices: BTreeMap<usize, Vec<(Range<usize>, String)>> = BTreeMap::new();
        for ((part, at), mut split) in self.0 {
            split.marks.sort_by_key(|(side, _)| *side);
            let marks: String = split.marks.into_iter().map(|(_, mark)| mark).collect();
            let own = splices.entry(part).or_default();
            own.push((at..at, format!("{}{marks}{}", split.close, split.open)));
            own.extend(split.preserving);
        }
        let changed = splices.into_iter().map(|(part, splices)| {
            let (name, xml) = &layout.parts[part];
            (name.clone(), spliced(xml, splices))
        });
        changed.collect()
    }
}

/// The part that holds the comments' texts.
struct CommentsPart {
    name: String,
    /// What it holds already; none where there is no such part yet.
    xml: Option<String>,
    /// The prefix of its elements, with the colon.
    prefix: String,
    main: String,
    is_strict: bool,
    next_id: u32,
    added: String,
}

const COMMENTS: &str = "/comments";

impl CommentsPart {
    fn of(package: &mut Package<'_>, layout: &Layout) -> Result<Self, ReadError> {
        let main = package.main.clone();
        let related = package.relationships(&main)?;
        let existing = related.iter().find(|it| it.kind.ends_with(COMMENTS)).map(|it| it.target.clone());
        let xml = match &existing {
            Some(name) => package.part(name)?,
            None => None,
        };
        let (mut next_id, mut prefix) = (0, "w:".to_owned());
        if let Some(xml) = &xml {
            for_each_event(xml, |_, event| {
                if let Event::Start(tag) = &event {
                    let name = tag.name();
                    match tag.local_name().as_ref() {
                        "comments" => prefix = name.0.strip_suffix("comments").unwrap_or_default().to_owned(),
                        "comment" => {
                            let id = attributes(tag).get("id").and_then(|id| id.parse::<u32>().ok());
                            next_id = next_id.max(id.map_or(0, |id| id.saturating_add(1)));
                        }
                        _ => {}
                    }
                }
                Ok(())
            })?;
        }
        let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
        let new =
            if folder.is_empty() { "comments.xml".to_owned() } else { format!("{folder}/comments.xml") };
        let is_strict = layout.parts[0].1.contains("http://purl.oclc.org/ooxml/wordprocessingml/main");
        Ok(Self {
            name: existing.unwrap_or(new),
            xml,
            prefix,
            main,
            is_strict,
            next_id,
            added: String::new(),
        })
    }

    /// Adds a comment, and returns its id.
    fn add(&mut self, lines: &[String]) -> u32 {
        let (id, w) = (self.next_id, &self.prefix);
        self.next_id += 1;
        self.added += &format!("<{w}comment {w}id=\"{id}\" {w}author=\"{AUTHOR}\" {w}initials=\"朱\">");
        for line in lines {
            let text: String =
                line.chars().filter(|c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect();
            self.added +=
                &format!("<{w}p><{w}r><{w}t xml:space=\"preserve\">{}</{w}t></{w}r></{w}p>", escaped(&text));
        }
        self.added += &format!("</{w}comment>");
        id
    }

    /// The parts that hold the comments and say so.
    fn written(self, package: &mut Package<'_>) -> Result<BTreeMap<String, String>, ReadError> {
        let mut changed = BTreeMap::new();
        if self.added.is_empty() {
            return Ok(changed);
        }
        let w = &self.prefix;
        if let Some(xml) = self.xml {
            let end = format!("</{w}comments");
            let text = match xml.rfind(&end) {
                Some(at) => format!("{}{}{}", &xml[..at], self.added, &xml[at..]),
                // An empty element.
                None => {
                    let at = xml.rfind("/>").ok_or(ReadError::BrokenDocx)?;
                    format!("{}>{}{end}>", &xml[..at], self.added)
                }
            };
            changed.insert(self.name, text);
            return Ok(changed);
        }
        let [namespace, office] = match self.is_strict {
            true => [
                "http://purl.oclc.org/ooxml/wordprocessingml/main",
                "http://purl.oclc.org/ooxml/officeDocument",
            ],
            false => [
                "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                "http://schemas.openxmlformats.org/officeDocument/2006",
            ],
        };
        let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
        let text = format!("{declaration}<w:comments xmlns:w=\"{namespace}\">{}</w:comments>", self.added);
        changed.insert(self.name.clone(), text);
        let types = package.part("[Content_Types].xml")?.ok_or(ReadError::BrokenDocx)?;
        let content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
        let entry = format!("<Override PartName=\"/{}\" ContentType=\"{content_type}\"/>", self.name);
        changed.insert("[Content_Types].xml".to_owned(), inserted(&types, "</Types>", &entry)?);
        let (folder, file) = self.main.rsplit_once('/').unwrap_or(("", &self.main));
        let rels = format!("{folder}{}_rels/{file}.rels", if folder.is_empty() { "" } else { "/" });
        let existing = package.part(&rels)?;
        let entry = format!(
            "<Relationship Id=\"{}\" Type=\"{office}/relationships{COMMENTS}\" Target=\"/{}\"/>",
            unused_id(existing.as_deref().unwrap_or_default()),
            self.name
        );
        let text = match existing {
            Some(xml) if xml.contains("</Relationships>") => inserted(&xml, "</Relationships>", &entry)?,
            _ => {
                let namespace = "http://schemas.openxmlformats.org/package/2006/relationships";
                format!("{declaration}<Relationships xmlns=\"{namespace}\">{entry}</Relationships>")
            }
        };
        changed.insert(rels, text);
        Ok(changed)
    }
}

fn inserted(xml: &str, before: &str, entry: &str) -> Result<String, ReadError> {
    let at = xml.rfind(before).ok_or(ReadError::BrokenDocx)?;
    Ok(format!("{}{entry}{}", &xml[..at], &xml[at..]))
}

/// An id that no relationship of these has.
fn unused_id(relationships: &str) -> String {
    let ids = (1_u32..).map(|number| format!("rId{number}"));
    ids.into_iter().find(|id| !relationships.contains(&format!("\"{id}\""))).unwrap_or_default()
}
