//! The fix for a missing part: a heading as the others of the draft are, and a line to be filled in.

use crate::doctype::{PARTS, Part};
use crate::finding::{Applicability, Edit, Fix};
use crate::text::block::BlockKind;
use crate::text::document::Document;
use crate::text::format::Format;
use crate::text::numbering::{self, Marker, NumberForm};
use crate::text::outline::{Node, NodeKind, Text};

use super::expected::EXPECTED;

/// A heading with a line to be filled in: before the part that follows it by custom, or else before the
/// signature.
pub(super) fn insertion(document: &Document, text: &Text, headings: &[&Node], wanted: &Part) -> Fix {
    let family = uppermost(headings);
    let next = (!wanted.before.is_empty()).then(|| follower(&family, wanted)).flatten();
    let block = next.map_or(text.body.end, |node| node.block).clamp(text.blocks.start + 1, text.blocks.end);
    let previous = &document.blocks()[block - 1];
    let marker = |node: &Node| numbering::parse(&node.title);
    let value = match next {
        Some(node) => marker(node).map(|marker| marker.value),
        None => family.last().and_then(|node| marker(node)).map(|marker| marker.value + 1),
    };
    let model = family.last().and_then(|node| Some((node.title.as_str(), marker(node)?)));
    let number = model.zip(value).and_then(|((title, marker), value)| number(title, &marker, value));
    let number = number.unwrap_or_default();
    let kind = family.first().or(headings.first()).map(|node| document.blocks()[node.block].kind);
    let (hashes, gap) = match kind {
        Some(BlockKind::Heading(level)) if document.format() == Format::Markdown => {
            (format!("{} ", "#".repeat(usize::from(level))), "\n\n")
        }
        _ => (String::new(), gap(document, block)),
    };
    let indent = indent(document, family.last().map(|node| node.block));
    let body_indent = indent_of_line(document, block - 1);
    let line = format!("{gap}{indent}{hashes}{number}{}", wanted.heading);
    let at = previous.range.end;
    let mut edits = vec![Edit {
        range: at..at,
        text: format!("{line}{gap}{body_indent}（此处请填写{}）", wanted.name),
    }];
    // What follows counts on.
    for node in next.map_or(&[][..], |next| from(&family, next)) {
        let found = marker(node).and_then(|marker| {
            let new = marker.number_as(&node.title, marker.value + 1)?;
            Some((document.blocks()[node.block].to_source(marker.number.clone()), new))
        });
        edits.extend(found.map(|(range, text)| Edit { range, text }));
    }
    let place = next.map_or_else(|| "在文末".to_owned(), |node| format!("在“{}”之前", node.title.trim()));
    Fix {
        title: format!("{place}插入“{number}{}”", wanted.heading),
        edits,
        applicability: Applicability::Suggested,
    }
}

/// The headings of the uppermost level that are alone on their lines.
fn uppermost<'a>(headings: &[&'a Node]) -> Vec<&'a Node> {
    let level = headings.iter().map(|node| node.level).min();
    let is_first = |node: &&&Node| Some(node.level) == level && node.kind != NodeKind::Title;
    headings.iter().filter(is_first).copied().collect()
}

/// The part before which the wanted one belongs.
fn follower<'a>(family: &[&'a Node], wanted: &Part) -> Option<&'a Node> {
    let is_follower = |node: &&Node| {
        PARTS
            .iter()
            .zip(EXPECTED.iter())
            .any(|(part, expected)| part.name == wanted.before && expected.is_heading(&node.title))
    };
    // It stands near the end: 工作思路 may begin a summary as well.
    let half = family.len() / 2;
    family[half..].iter().copied().find(is_follower)
}

fn from<'f, 'a>(family: &'f [&'a Node], node: &Node) -> &'f [&'a Node] {
    let at = family.iter().position(|other| other.block == node.block).unwrap_or(family.len());
    &family[at..]
}

/// 三、 as the draft writes its numbers.
fn number(title: &str, marker: &Marker, value: u32) -> Option<String> {
    if matches!(marker.style, NumberForm::Article) {
        return None;
    }
    let space = title[marker.range.end..].chars().take_while(|c| c.is_whitespace());
    Some(marker.renumbered(title, value)?.chars().chain(space).collect())
}

/// Line ends as before the block: a blank line, if the draft sets paragraphs apart so.
fn gap(document: &Document, block: usize) -> &'static str {
    let blocks = document.blocks();
    let around = [block.saturating_sub(1), 1].into_iter().filter(|&at| at > 0 && at < blocks.len());
    let blank = |at: usize| {
        document.source()[blocks[at - 1].range.end..blocks[at].range.start].matches('\n').count() > 1
    };
    if around.into_iter().any(blank) { "\n\n" } else { "\n" }
}

fn indent(document: &Document, block: Option<usize>) -> &str {
    block.map_or("", |block| indent_of_line(document, block))
}

/// The spaces before a line.
fn indent_of_line(document: &Document, block: usize) -> &str {
    let before = &document.source()[..document.blocks()[block].range.start];
    let line = &before[before.rfind(['\n', '\r']).map_or(0, |at| at + 1)..];
    if line.chars().all(|c| matches!(c, ' ' | '　' | '\t')) { line } else { "" }
}
