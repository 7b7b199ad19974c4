//! What to write so that a finding is not reported again: a word for the dictionary, a comment for the draft.

use std::ops::Range;

use super::snapshot::Snapshot;
use crate::chinese::is_ideograph;
use crate::text::directive::Command;
use crate::text::format::Format;
use crate::{Diagnostic, Edit};

/// The word that a finding marks. A single character is no word: it takes its neighbour along.
pub(crate) fn word(source: &str, finding: &Diagnostic) -> String {
    let marked = &source[finding.range.clone()];
    if marked.chars().nth(1).is_some() {
        return marked.to_owned();
    }
    let after = source[finding.range.end..].chars().next().filter(|c| is_ideograph(*c));
    let before = source[..finding.range.start].chars().next_back().filter(|c| is_ideograph(*c));
    match (before, after) {
        (_, Some(after)) => format!("{marked}{after}"),
        (Some(before), None) => format!("{before}{marked}"),
        (None, None) => marked.to_owned(),
    }
}

/// A comment for the line of a finding: at its end in Markdown, where it is invisible, else above it.
pub(crate) fn comment_in_line(snapshot: &Snapshot, finding: &Diagnostic) -> Edit {
    let source = snapshot.document.source();
    let start = source[..finding.range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = source[start..].find('\n').map_or(source.len(), |at| start + at);
    let end = start + source[start..end].trim_end().len();
    if snapshot.state.format == Format::Markdown {
        let is_here = |range: &Range<usize>| start <= range.start && range.end <= end;
        extend_comment(snapshot, finding.rule, is_here).unwrap_or_else(|| Edit {
            range: end..end,
            text: format!(" <!-- zhubi: ignore {} -->", finding.rule),
        })
    } else {
        let above = source[..start].trim_end().len();
        extend_comment(snapshot, finding.rule, |range| range.end == above).unwrap_or_else(|| {
            let text = format!("zhubi: ignore-next-line {}{}", finding.rule, line_end(source));
            Edit { range: start..start, text }
        })
    }
}

/// A comment for the whole file: at the top in Markdown, below its front matter, and at the end of a plain
/// text, whose first line is its title.
pub(crate) fn comment_in_file(snapshot: &Snapshot, finding: &Diagnostic) -> Edit {
    let source = snapshot.document.source();
    let of_file = |range: &Range<usize>| source[range.clone()].contains("zhubi: ignore-file");
    if let Some(edit) = extend_comment(snapshot, finding.rule, of_file) {
        return edit;
    }
    let line = line_end(source);
    if snapshot.state.format == Format::Markdown {
        let front = source.strip_prefix("---").and_then(|rest| {
            let close = rest.find("\n---")?;
            let end = "---".len() + close + "\n---".len();
            source[end..].find('\n').map(|at| end + at + 1)
        });
        let at = front.unwrap_or(0);
        Edit { range: at..at, text: format!("<!-- zhubi: ignore-file {} -->{line}{line}", finding.rule) }
    } else {
        let before = if source.ends_with('\n') { "" } else { line };
        let text = format!("{before}zhubi: ignore-file {}{line}", finding.rule);
        Edit { range: source.len()..source.len(), text }
    }
}

/// Adds a rule to a comment that names rules already.
fn extend_comment(snapshot: &Snapshot, rule: &str, fits: impl Fn(&Range<usize>) -> bool) -> Option<Edit> {
    let directives = snapshot.document.directives().iter().filter(|directive| fits(&directive.range));
    let last = directives.filter_map(|directive| match &directive.command {
        Command::Ignore { names, .. } => names.last(),
        Command::Type(_) | Command::Unknown { .. } => None,
    });
    let at = last.map(|name| name.end).next()?;
    Some(Edit { range: at..at, text: format!(" {rule}") })
}

fn line_end(source: &str) -> &'static str {
    if source.contains("\r\n") { "\r\n" } else { "\n" }
}
