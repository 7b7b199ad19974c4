//! The texts of a file: its documents, one after the other, and the attachments of each.

use std::ops::Range;

use super::line::{self, Line};
use super::{attachments, contents, title};
use crate::chinese::{document_name, numeral};

/// A text of its own, with its own title and its own numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// How it begins.
    pub origin: Origin,
    /// Its blocks.
    pub blocks: Range<usize>,
    /// The blocks of its title, which may be none, one or several lines.
    pub title: Range<usize>,
    /// The blocks between its title and what closes it: the list of attachments, signature, date, copies.
    pub body: Range<usize>,
}

/// How a text of a file begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It is the first.
    First,
    /// 篇一：
    Counted,
    /// The title of another document, after the signature and date of the one before.
    Document,
    /// 附件1
    Attachment,
}

/// What is known of the lines of a file before its texts are told apart.
pub(super) struct Known {
    /// The entries of tables of contents.
    pub(super) contents: Vec<Range<usize>>,
    /// The lists of attachments.
    pub(super) attachments: Vec<Range<usize>>,
}

impl Known {
    pub(super) fn new(lines: &[Line<'_>]) -> Self {
        let contents = contents::ranges(lines);
        let mut known = Self { contents, attachments: attachments::lists(lines) };
        known.attachments.retain(|list| !known.contents.iter().any(|range| range.contains(&list.start)));
        known
    }

    /// Is a line no part of the prose of a text?
    pub(super) fn is_other(&self, block: usize) -> bool {
        within(&self.contents, block) || within(&self.attachments, block)
    }
}

fn within(ranges: &[Range<usize>], block: usize) -> bool {
    let after = ranges.partition_point(|range| range.start <= block);
    after > 0 && ranges[after - 1].contains(&block)
}

/// The texts of a file, in order; they cover all its blocks.
pub(super) fn find(lines: &[Line<'_>], known: &Known) -> Vec<Text> {
    let mut starts: Vec<(usize, Origin)> = vec![(0, Origin::First)];
    for (block, line) in lines.iter().enumerate() {
        let origin = if is_part_title(line.text) {
            Origin::Counted
        } else if known.is_other(block) || line::is_longer(line.text, line::MAX_HEADING) {
            continue;
        } else if block > 0 && attachments::begins(line) {
            Origin::Attachment
        } else if begins_document(lines, block, starts.last(), known) {
            Origin::Document
        } else {
            continue;
        };
        // What stands before the first part belongs to it.
        let is_preface = origin == Origin::Counted && starts.iter().all(|start| start.1 != Origin::Counted);
        if is_preface || block == 0 {
            starts.clear();
            starts.push((0, origin));
        } else {
            starts.push((block, origin));
        }
    }
    let ends = starts.iter().skip(1).map(|start| start.0).chain([lines.len()]);
    let texts = starts.iter().zip(ends).map(|(&(start, origin), end)| text(lines, known, origin, start..end));
    texts.collect()
}

fn text(lines: &[Line<'_>], known: &Known, origin: Origin, blocks: Range<usize>) -> Text {
    let head = match origin {
        Origin::First | Origin::Document => blocks.start,
        Origin::Counted => {
            blocks.clone().find(|&block| is_part_title(lines[block].text)).map_or(blocks.start, |at| at + 1)
        }
        Origin::Attachment => blocks.start + 1,
    };
    let mut title = title::find(lines, &(head.min(blocks.end)..blocks.end));
    // 防汛工作总结 篇一： is the title itself, unless one stands below.
    let is_named = title.clone().any(|block| document_name::ends_with_one(lines[block].text));
    if origin == Origin::Counted && !is_named {
        title = head - 1..head;
    }
    let body = title.end.max(blocks.start)..closing(lines, known, &blocks).max(title.end);
    Text { origin, blocks, title, body }
}

/// 参　考　文　献： has no more characters.
const MAX_REFERENCES: usize = 12;

/// Where the list of attachments, signature and date of a text begin.
fn closing(lines: &[Line<'_>], known: &Known, blocks: &Range<usize>) -> usize {
    let references = blocks.clone().find(|&block| {
        if line::is_longer(lines[block].text, MAX_REFERENCES) {
            return false;
        }
        let name: String = lines[block].text.chars().filter(|c| !c.is_whitespace()).collect();
        name.trim_end_matches(['：', ':']) == "参考文献"
    });
    let mut end = references.unwrap_or(blocks.end);
    while end > blocks.start + 1 {
        let line = &lines[end - 1];
        let is_closing = within(&known.attachments, end - 1)
            || line::is_date(line.text)
            || line::is_imprint(line.text)
            || line.is_plain()
                && line.marker.is_none()
                && line::is_signature(line.text)
                && !line::is_row(line.text);
        if !is_closing {
            break;
        }
        end -= 1;
    }
    end
}

/// So many lines may stand between a date and the title of the next document.
const BETWEEN: usize = 5;

/// Does another document begin here: a title after a signature and a date?
fn begins_document(
    lines: &[Line<'_>],
    block: usize,
    before: Option<&(usize, Origin)>,
    known: &Known,
) -> bool {
    let line = &lines[block];
    let Some((start, _)) = before else { return false };
    if block < start + 3
        || line.marker.is_some()
        || !line::is_short(line.text)
        || line::is_prose(line.text)
        || line::is_imprint(line.text)
        || line::is_date(line.text)
        || line.kind == crate::text::block::BlockKind::TableCell
        || line.kind == crate::text::block::BlockKind::ListItem
        || lines.get(block + 1).is_none_or(|next| line::is_date(next.text))
    {
        return false;
    }
    let ends = |index: usize| {
        lines.get(index).is_some_and(|line| {
            document_name::ends_with_one(line.text)
                && !line::is_field(line.text.trim_end_matches(['：', ':']))
        })
    };
    let joined = || {
        (line.text.starts_with("关于") || line::is_organisation(line.text))
            && ends(block + 1)
            && line::is_short(lines[block + 1].text)
    };
    if !ends(block) && !joined() {
        return false;
    }
    let mut index = block;
    while index > start + 1 && block - index <= BETWEEN {
        index -= 1;
        let line = &lines[index];
        if line::is_date(line.text) {
            return true;
        }
        if !line::is_imprint(line.text) && !within(&known.attachments, index) {
            break;
        }
    }
    // 某某局, and the title of a paper that greets its readers.
    let signed = line::is_organisation(lines[block - 1].text) && block - 1 > *start;
    signed && lines[block + 1].text.ends_with(['：', ':']) && document_name::ends_with_one(line.text)
}

/// 疫情一线医护人员总结 篇一: / 范文三 / 【篇2】 / 第二篇
pub(crate) fn is_part_title(text: &str) -> bool {
    part_number(text).is_some()
}

/// The bytes of the number by which such a line counts its text among others.
pub(crate) fn part_number(text: &str) -> Option<Range<usize>> {
    if line::is_longer(text, line::MAX_HEADING) {
        return None;
    }
    let marks = ['：', ':', '【', '】', '(', ')', '（', '）', ' ', '　', '#', '*'];
    let start = text.len() - text.trim_start_matches(marks).len();
    let body = text.trim_matches(marks);
    let counted = |range: Range<usize>| {
        let rest = &body[range.clone()];
        let from = start + range.end - rest.trim_start().len();
        let number = rest.trim();
        numeral::parse(number).is_some_and(|n| n > 0).then(|| from..from + number.len())
    };
    let after = |word: &str| {
        let at = body.rfind(word)?;
        let before = body[..at].chars().next_back();
        let begins = before.is_none_or(|c| !c.is_alphanumeric() || c == '文');
        begins.then(|| counted(at + word.len()..body.len())).flatten()
    };
    let ordinal = || {
        let inner = body.strip_prefix('第')?.strip_suffix('篇')?;
        let from = '第'.len_utf8();
        counted(from..from + inner.len())
    };
    after("篇").or_else(|| after("范文")).or_else(ordinal)
}
