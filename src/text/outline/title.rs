//! The title of a text: its lines at the top, without what stands above and below it.

use std::ops::Range;

use super::contents;
use super::line::{self, Line};
use super::unnumbered::is_section_name;
use crate::chinese::document_name;

/// A title stands within so many lines from the top.
const TOP: usize = 10;

/// The lines of a title have at most so many characters together.
const MAX_TITLE: usize = 90;

/// The blocks of the title; an empty range where there is none.
pub(super) fn find(lines: &[Line<'_>], blocks: &Range<usize>) -> Range<usize> {
    let none = blocks.start..blocks.start;
    let run = top_lines(lines, blocks);
    if run.is_empty() || lines[run.start].kind != crate::text::block::BlockKind::Paragraph {
        return run;
    }
    let text = |index: usize| lines[index].text.trim();
    let named = run
        .clone()
        .find(|&index| document_name::ends_with_one(text(index)) && !line::is_organisation(text(index)));
    let Some(named) = named else { return unnamed(lines, blocks, &run).unwrap_or(none) };
    let mut start = named;
    while start > run.start && joins(text(start - 1), text(start)) {
        let chars: usize = (start - 1..=named).map(|index| text(index).chars().count()).sum();
        if chars > MAX_TITLE {
            break;
        }
        start -= 1;
    }
    let mut end = named + 1;
    while end < run.end && goes_on(text(end)) {
        end += 1;
    }
    start..end
}

/// The short lines at the top that may be the title, one after the other.
fn top_lines(lines: &[Line<'_>], blocks: &Range<usize>) -> Range<usize> {
    let mut run = blocks.start..blocks.start;
    for index in blocks.clone().take(TOP) {
        let line = &lines[index];
        let text = line.text.trim();
        if run.is_empty() && (is_above(text) || contents::is_heading(text) || contents::title(text).is_some())
        {
            continue;
        }
        if !line.is_plain() {
            let is_heading = matches!(line.kind, crate::text::block::BlockKind::Heading(_));
            if run.is_empty() && is_heading && line.marker.is_none() {
                return index..index + 1;
            }
            break;
        }
        let name = text.trim_end_matches(['：', ':']);
        let is_address = name.len() < text.len() && !document_name::ends_with_one(name);
        let is_below = !run.is_empty() && (is_above(text) || is_byline(text) || is_subtitle(text));
        let is_other =
            line::is_date(text) || line::is_field(name) && !is_subtitle(text) && !text.contains('“');
        if line.marker.is_some()
            || line::is_prose(text)
            || is_address
            || is_below
            || is_other
            || line::is_row(text) && !is_spaced_out(text)
        {
            break;
        }
        run = if run.is_empty() { index..index + 1 } else { run.start..index + 1 };
    }
    run
}

/// What stands above a title, or between an office's name and it.
fn is_above(text: &str) -> bool {
    line::is_label(text)
        || line::is_document_number(text)
        || line::is_date(text)
        || text.starts_with("zhubi:")
        || text.starts_with("<!--")
        || text.ends_with("文件") && line::is_organisation(text)
        || text.starts_with("签发人")
}

/// ——以澄溪县为例
fn is_subtitle(text: &str) -> bool {
    text.starts_with(['—', '－', '―', '─']) || text.starts_with("--")
}

/// 会计2302班 晏小芃
fn is_byline(text: &str) -> bool {
    !line::is_longer(text, 24)
        && text.contains([' ', '　'])
        && !is_spaced_out(text)
        && !document_name::ends_with_one(text)
}

/// 工　作　总　结
fn is_spaced_out(text: &str) -> bool {
    !line::is_longer(text, 30) && text.split_whitespace().all(|word| word.chars().count() == 1)
}

/// Is a line the first half of a title that the next one ends?
fn joins(line: &str, next: &str) -> bool {
    // The name of an office above a title that says it again.
    !next.contains(line) && !line::is_date(line) && !is_subtitle(next)
}

/// 的通知, 》的通知
fn goes_on(text: &str) -> bool {
    text.starts_with(['的', '》', '”', '和', '暨']) || document_name::is_one(text) && text.starts_with('（')
}

/// A title that does not say what it is of: 春耕见闻.
fn unnamed(lines: &[Line<'_>], blocks: &Range<usize>, run: &Range<usize>) -> Option<Range<usize>> {
    let text = |index: usize| lines[index].text.trim();
    let first = run.clone().find(|&index| !line::is_organisation(text(index)))?;
    let is_greeting = ["大家好", "您好", "你好"].iter().any(|word| text(first).contains(word));
    if is_greeting || is_section_name(text(first)) || line::is_imprint(text(first)) || first + 1 >= blocks.end
    {
        return None;
    }
    let half =
        |text: &str| text.starts_with("关于") || text.ends_with(['的', '、', '，', '与', '和', '及', '暨']);
    let mut end = first + 1;
    while end < run.end && (half(text(end - 1)) && !is_section_name(text(end)) || goes_on(text(end))) {
        end += 1;
    }
    Some(first..end)
}
