//! Attachments: the list of them at the end of a text (附件：1.…), and the line with which one begins (附件1).

use std::ops::Range;

use super::line::{self, Line};
use crate::chinese::numeral;
use crate::text::block::BlockKind;
use crate::text::numbering::NumberForm;

/// A longer line says something of an attachment.
const MAX_HEAD: usize = 40;

/// A line that begins with 附件: is it numbered, and what follows?
struct Head<'t> {
    is_numbered: bool,
    name: &'t str,
    has_colon: bool,
}

fn head<'t>(line: &Line<'t>) -> Option<Head<'t>> {
    let text = line.text.trim_start_matches(['【', '（', '(']);
    if line::is_longer(text, MAX_HEAD) || text.contains(['。', '；']) || line.marker.is_some() {
        return None;
    }
    let word = ["附件", "附录", "附表", "附图", "附"].into_iter().find(|word| text.starts_with(word))?;
    let rest = text[word.len()..].trim_start();
    let digits = numeral::leading(rest);
    let is_numbered = digits > 0 || rest.starts_with(|c: char| c.is_ascii_uppercase());
    let after = &rest[digits..];
    let after = after.strip_prefix(|c: char| digits == 0 && c.is_ascii_uppercase()).unwrap_or(after);
    let spaced = after.len() != after.trim_start().len();
    let after = after.trim_start().trim_start_matches(['】', '）', ')']);
    let name = after.trim_start_matches(['：', ':', '.', '．', '、', ' ', '　', '-', '—']);
    let has_colon = after.starts_with(['：', ':']);
    let parted = after.is_empty() || name.len() < after.len() || spaced || name.starts_with('《');
    // 附 alone is a word as well: 附近.
    let is_whole = parted && (word.len() > 3 || has_colon) && (is_numbered || has_colon || after.is_empty());
    is_whole.then_some(Head { is_numbered, name, has_colon })
}

/// The lists of attachments.
pub(super) fn lists(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let Some(first) = head(&lines[at]) else {
            at += 1;
            continue;
        };
        let end = end_of_list(lines, at, &first);
        if let Some(end) = end {
            found.push(at..end);
        }
        at = end.unwrap_or(at + 1);
    }
    found
}

fn end_of_list(lines: &[Line<'_>], at: usize, first: &Head<'_>) -> Option<usize> {
    if first.is_numbered {
        let end = (at + 1..lines.len())
            .find(|&index| head(&lines[index]).is_none_or(|head| !head.is_numbered))
            .unwrap_or(lines.len());
        return (!first.name.is_empty() && (end > at + 1 || closes(lines, end))).then_some(end);
    }
    if !first.has_colon {
        return None;
    }
    let is_item = |index: &usize| {
        let line = &lines[*index];
        let numbered = line.marker.as_ref().is_some_and(|marker| {
            matches!(marker.style, NumberForm::Arabic | NumberForm::ArabicParen | NumberForm::Circled)
        });
        // Markdown has the numbers of a list in its syntax.
        let is_item = numbered && line.is_plain() || line.kind == BlockKind::ListItem;
        is_item && !line::is_longer(line.text, 60)
    };
    let end = (at + 1..lines.len()).find(|index| !is_item(index)).unwrap_or(lines.len());
    if first.name.is_empty() {
        return (end > at + 1).then_some(end);
    }
    let after_date = lines[..at].iter().rev().take(4).any(|line| line::is_date(line.text));
    (end > at + 1 || !after_date || closes(lines, end)).then_some(end)
}

/// Do only a signature and a date follow?
fn closes(lines: &[Line<'_>], at: usize) -> bool {
    let rest = lines[at..].iter().take(4);
    let end = |line: &Line<'_>| {
        line.marker.is_none()
            && (line::is_date(line.text) || line::is_imprint(line.text) || line::is_organisation(line.text))
    };
    lines.len() == at || rest.take_while(|line| end(line)).count() > 0
}

/// Does an attachment begin with this line?
pub(super) fn begins(line: &Line<'_>) -> bool {
    head(line).is_some() && !line.text.ends_with('等')
}
