//! Tables of contents: 目录 and its lines, 一、总体要求……3.

use std::ops::Range;

use super::line::{self, Line};

/// So many lines with leaders are a table of contents, whatever stands above them.
const MIN_LED: usize = 3;

/// The entries of the tables of contents of a text.
pub(super) fn ranges(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let is_led = |index: usize| lines.get(index).is_some_and(|line| title(line.text).is_some());
        let start = if is_heading(lines[at].text) { at + 1 } else { at };
        let end = if start > at {
            end_of_list(lines, start)
        } else if is_led(at) {
            (at..).find(|&index| !is_led(index)).unwrap_or(at)
        } else {
            at
        };
        if start > at && end > start + 1 || end >= at + MIN_LED {
            found.push(start..end);
        }
        at = end.max(at + 1);
    }
    found
}

/// 目录, 目　录
pub(super) fn is_heading(text: &str) -> bool {
    if line::is_longer(text, 10) {
        return false;
    }
    let name: String =
        text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '：' | ':' | '#')).collect();
    matches!(name.as_str(), "目录" | "目次" | "【目录】" | "内容目录" | "本文目录")
}

/// The title of an entry that leaders or a tab and the number of a page follow.
pub(super) fn title(text: &str) -> Option<&str> {
    let line = text;
    let text = text.trim_end().trim_end_matches(['）', ')']);
    let body = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let page = text.len() - body.len();
    let body = body.trim_end_matches(['（', '(']);
    let is_leader =
        |c: char| matches!(c, '.' | '．' | '·' | '…' | '—' | '-' | '_' | '。' | '\t' | ' ' | '　');
    let title = body.trim_end_matches(is_leader);
    let leader = &body[title.len()..];
    let dots = leader.chars().filter(|c| !matches!(c, ' ' | '　')).count();
    let ellipsis = leader.contains('…') && dots >= 2;
    let led = dots >= 4 || ellipsis || leader.contains('\t') && page > 0;
    // Most lines are prose, and told by their ends.
    let is_ended = led && page <= 3 && (page > 0 || dots >= 6);
    let is_whole = || !title.is_empty() && !title.contains(['。', '；']) && !line::is_longer(line, 120);
    (is_ended && is_whole()).then_some(title)
}

/// Without leaders the list ends where a title comes again, or where the text begins.
fn end_of_list(lines: &[Line<'_>], start: usize) -> usize {
    let Some(first) = lines.get(start) else { return start };
    let name = |line: &Line<'_>| title(line.text).unwrap_or(line.text).trim().to_owned();
    let first_name = name(first);
    let mut end = start;
    for (index, line) in lines.iter().enumerate().skip(start) {
        let is_led = title(line.text).is_some();
        if is_led {
            end = index + 1;
            continue;
        }
        let again = index > start
            && (name(line) == first_name
                || line
                    .marker
                    .as_ref()
                    .zip(first.marker.as_ref())
                    .is_some_and(|(this, first)| this.style == first.style && this.value == first.value));
        let outside =
            ["前言", "引言", "结语", "附录", "附件", "附表", "参考文献", "后记", "致谢", "摘要", "附则"];
        let belongs = first.marker.is_none()
            || line.marker.is_some()
            || outside.iter().any(|word| line.text.starts_with(word));
        if again || line::is_prose(line.text) || !line::is_short(line.body()) || !belongs {
            break;
        }
        end = index + 1;
    }
    // Unnumbered, the last short line before the text is its own heading or title.
    let is_text = |index: usize| lines.get(index).is_some_and(|line| line::is_prose(line.text));
    if first.marker.is_none() && is_text(end) && title(lines[end - 1].text).is_none() {
        end -= 1;
    }
    end
}
