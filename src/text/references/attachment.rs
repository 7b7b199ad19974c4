//! Attachments: what is said of them in the text (见附件2), the list of them (附件：1.……2.……), and the line
//! with which one begins (附件2).

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::number::{self, Number};
use crate::chinese::numeral;
use crate::text::document::Document;
use crate::text::numbering::{self, NumberForm};

/// The word.
pub(crate) const WORD: &str = "附件";

static LIST: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^附件[：:]\s*").expect("the pattern is a constant"));

/// An entry of the list of attachments: its number and the place of its line, in bytes of its block's prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) block: usize,
    pub(crate) number: Option<(u32, Range<usize>)>,
    pub(crate) name: Range<usize>,
}

/// Does a line begin the list of attachments?
pub(crate) fn begins_list(text: &str) -> bool {
    LIST.is_match(text)
}

/// The list after 附件：, which begins at a block.
pub(crate) fn list(document: &Document, part: &Range<usize>, start: usize) -> Option<Vec<Entry>> {
    let text = |block: usize| document.text(&document.blocks()[block]);
    let skipped = LIST.find(text(start)).map_or(0, |found| found.end());
    let mut entries: Vec<Entry> = Vec::new();
    for block in start..part.end {
        let line = text(block);
        let from = if block == start { skipped } else { 0 };
        let rest = &line[from..];
        if rest.is_empty() {
            continue; // 附件： alone, with the list below.
        }
        let marker = numbering::parse(rest).filter(|marker| marker.style == NumberForm::Arabic);
        if rest.chars().count() > 60 || (marker.is_none() && !entries.is_empty()) {
            break;
        }
        let number = marker.as_ref().map(|m| (m.value, from + m.number.start..from + m.number.end));
        let name = from + marker.as_ref().map_or(0, |m| m.range.end)..line.len();
        let alone = number.is_none();
        entries.push(Entry { block, number, name });
        if alone {
            break;
        }
    }
    (!entries.is_empty()).then_some(entries)
}

/// The number of the attachment that begins with this line, and where it stands: 附件2; 附件 alone is the first.
pub(crate) fn head(text: &str) -> Option<(u32, Option<Range<usize>>)> {
    let line = text.trim_end_matches(['：', ':']);
    let rest = line.strip_prefix(WORD)?.trim();
    if rest.is_empty() {
        return Some((1, None));
    }
    let len = numeral::leading(rest);
    let value = (line.chars().count() <= 40).then(|| numeral::parse(&rest[..len])).flatten()?;
    let start = line.find(rest)?;
    Some((value, Some(start..start + len)))
}

/// What a text says of an attachment by its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    /// Its bytes: 附件2.
    pub(crate) range: Range<usize>,
    pub(crate) number: Number,
    /// Is it another paper's: 《管理办法》附件3?
    pub(crate) is_foreign: bool,
}

/// The attachments that a text names by number.
pub(crate) fn mentions(text: &str) -> impl Iterator<Item = Mention> + '_ {
    text.match_indices(WORD).filter_map(move |(start, word)| {
        let number = number::behind(text, start + word.len()).filter(|number| number.parts[0] <= 99)?;
        let after = &text[number.range.end..];
        let is_foreign =
            text[..start].ends_with(['》', '”', '号', '的']) || after.starts_with(['份', '个', '项', '件']);
        Some(Mention { range: start..number.range.end, number, is_foreign })
    })
}
