//! Lines that an edit adds: paragraphs of their own beside one, line breaks within one.

use std::ops::Range;

use super::review::AUTHOR;
use super::{Layout, escaped};
use crate::finding::Edit;

/// A paragraph, where it stands.
pub(super) struct PlacedParagraph {
    /// Its bytes in the document's text, without the end of its line.
    pub(super) text: Range<usize>,
    pub(super) part: usize,
    /// The bytes of its XML.
    pub(super) xml: Range<usize>,
    /// The tags that give it its form; none of a heading or a numbered paragraph, which is like no other.
    pub(super) form: Option<Vec<Range<usize>>>,
}

impl Layout {
    /// The part and the splice of an edit that only adds lines before or behind a paragraph; as a tracked
    /// change, where there is an id to count on from.
    pub(super) fn added_paragraphs(
        &self,
        edit: &Edit,
        mut tracked: Option<&mut u32>,
    ) -> Option<(usize, (Range<usize>, String))> {
        if !edit.range.is_empty() {
            return None;
        }
        let at = self.paragraphs.partition_point(|it| it.text.end < edit.range.start);
        let paragraph = self.paragraphs.get(at).filter(|it| it.text.start <= edit.range.start)?;
        let behind = edit.text.strip_prefix('\n').filter(|_| edit.range.start == paragraph.text.end);
        let before = || edit.text.strip_suffix('\n').filter(|_| edit.range.start == paragraph.text.start);
        let (lines, at) = match behind {
            Some(lines) => (lines, paragraph.xml.end),
            None => (before()?, paragraph.xml.start),
        };
        let xml = &self.parts[paragraph.part].1;
        let w = self.prefix(paragraph.part);
        let (mut form, mut run) = (String::new(), "");
        if let Some(tags) = &paragraph.form {
            form.extend(tags.iter().map(|tag| closed(&xml[tag.clone()])));
            let pieces = &self.pieces[..self.pieces.partition_point(|it| it.text.start < paragraph.text.end)];
            let last = pieces.last().filter(|it| it.text.start >= paragraph.text.start);
            run = last.map_or("", |it| &xml[it.piece.run.properties.clone()]);
        }
        let mut mark = |content: &str| match &mut tracked {
            Some(id) => {
                **id += 1;
                let start = format!("{w}ins {w}id=\"{id}\" {w}author=\"{AUTHOR}\"");
                match content {
                    "" => format!("<{w}rPr><{start}/></{w}rPr>"),
                    content => format!("<{start}>{content}</{w}ins>"),
                }
            }
            None => content.to_owned(),
        };
        let mut added = String::new();
        // A blank line between paragraphs is for plain text.
        for line in lines.split('\n').filter(|line| !line.is_empty()) {
            let run = format!("<{w}r>{run}<{w}t xml:space=\"preserve\">{}</{w}t></{w}r>", escaped(line));
            added += &format!("<{w}p><{w}pPr>{form}{}</{w}pPr>{}</{w}p>", mark(""), mark(&run));
        }
        Some((paragraph.part, (at..at, added)))
    }

    /// A text as the content of a w:t, its line ends as line breaks.
    pub(super) fn written(&self, part: usize, text: &str) -> String {
        let w = self.prefix(part);
        escaped(text).replace('\n', &format!("</{w}t><{w}br/><{w}t xml:space=\"preserve\">"))
    }

    /// The namespace prefix of a part's elements, with its colon.
    fn prefix(&self, part: usize) -> &str {
        let paragraph = self.paragraphs.iter().find(|it| it.part == part);
        paragraph.map_or("", |it| super::prefix(&self.parts[part].1[it.xml.clone()], "p"))
    }
}

/// A start tag as an element without content.
fn closed(tag: &str) -> String {
    format!("{}/>", tag.trim_end_matches('>').trim_end_matches('/'))
}
