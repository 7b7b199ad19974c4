//! The fix for a missing part: a numbered heading and a line to be filled in.

use std::ops::Range;

use crate::chinese::numeral;
use crate::doctype::Part;
use crate::finding::{Applicability, Edit, Fix};
use crate::text::block::BlockKind;
use crate::text::document::Document;
use crate::text::numbering::{self, NumberForm};
use crate::text::outline::{Node, NodeKind};

/// A longer line is no signature.
const MAX_SIGNATURE_CHARS: usize = 24;

/// A heading with a line to be filled in, before the signature.
pub(super) fn insertion(document: &Document, part: &Range<usize>, headings: &[&Node], wanted: &Part) -> Fix {
    let mut end = part.end;
    while end > part.start + 1 && is_signature(document.text(&document.blocks()[end - 1])) {
        end -= 1;
    }
    let at = document.blocks()[end - 1].range.end;
    let last =
        headings.iter().rev().filter(|node| node.kind == NodeKind::Heading).find(|node| {
            numbering::parse(&node.title).is_some_and(|marker| marker.style == NumberForm::Chinese)
        });
    let number = last
        .and_then(|node| numbering::parse(&node.title))
        .map_or_else(String::new, |marker| format!("{}、", numeral::to_chinese(marker.value + 1)));
    let level = last.or(headings.first()).map(|node| document.blocks()[node.block].kind);
    let (hashes, gap) = match level {
        Some(BlockKind::Heading(level)) => (format!("{} ", "#".repeat(usize::from(level))), "\n\n"),
        _ => (String::new(), "\n"),
    };
    let text = format!("{gap}{hashes}{number}{}{gap}（此处请填写{}）", wanted.heading, wanted.name);
    Fix {
        title: format!("在文末插入“{number}{}”", wanted.heading),
        edits: vec![Edit { range: at..at, text }],
        applicability: Applicability::Suggested,
    }
}

/// A short line at the end without a full stop: a name, an office, a date.
fn is_signature(text: &str) -> bool {
    text.chars().count() <= MAX_SIGNATURE_CHARS
        && !text.contains(['。', '，', '；', '：', '、'])
        && numbering::parse(text).is_none()
}
