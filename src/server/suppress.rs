//! What to write so that a finding is not reported again: a place for the list beside the draft, a word for
//! the dictionary, a comment for the draft.

use std::ops::Range;

use super::snapshot::Snapshot;
use crate::chinese::is_ideograph;
use crate::config::ignored::Ignored;
use crate::finding::group_of;
use crate::rule::Scope;
use crate::rules;
use crate::text::directive::{Command, Reach};
use crate::text::format::Format;
use crate::typo::words;
use crate::{Diagnostic, Edit};

/// The place of a finding for zhubi.ignore.toml; all that its rule finds, where it is one finding for all of
/// the draft.
pub(crate) fn place(snapshot: &Snapshot, finding: &Diagnostic) -> Ignored {
    if is_habit(snapshot, finding) {
        return Ignored::all_of(String::new(), finding.rule);
    }
    Ignored::of(String::new(), &snapshot.document, &snapshot.findings, finding)
}

/// Is it one finding for what is so in all of the draft? Its first fix then reaches beyond its line.
pub(crate) fn is_habit(snapshot: &Snapshot, finding: &Diagnostic) -> bool {
    let scope = rules::find(finding.rule).map(|rule| rule.scope);
    let source = snapshot.document.source();
    let is_beyond = |edit: &Edit| {
        let (start, end) = (finding.range.start.min(edit.range.start), finding.range.end.max(edit.range.end));
        source[start..end].contains('\n')
    };
    matches!(scope, Some(Scope::Habit(..)))
        && finding.fixes.first().is_some_and(|fix| fix.edits.iter().any(is_beyond))
}

/// Faults that are none of a word: too many characters, too few, an ending for another.
const NO_WORD: [&str; 5] = [
    "typo/de-di-de",
    "typo/extra-character",
    "typo/missing-character",
    "typo/pinyin-residue",
    "typo/repeated-character",
];

/// Longer ones are phrases.
const MAX_WORD: usize = 8;

/// The word that a finding is about, if it may be a word after all: the one that stands where the right word
/// would, as 引近 where 引进 would.
pub(crate) fn word(source: &str, finding: &Diagnostic) -> Option<String> {
    let Range { start, end } = finding.range;
    let written = &source[start..end];
    let is_ending = |text: &str| matches!(text, "的" | "地" | "得");
    let right = finding.replacements().next();
    let is_no_word = NO_WORD.contains(&finding.rule) || is_ending(written) && right.is_some_and(is_ending);
    if group_of(finding.rule) != "typo" || is_no_word {
        return None;
    }
    let count = written.chars().count();
    let right = right.filter(|right| right.chars().count() == count);
    let range = match right {
        Some(right) => {
            let line = source[..start].rfind('\n').map_or(0, |at| at + 1);
            let rest = source[end..].find('\n').map_or(source.len(), |at| end + at);
            let meant = format!("{}{right}{}", &source[line..start], &source[end..rest]);
            // Characters of Chinese are of one length, but for rare ones.
            if right.len() != written.len() {
                return None;
            }
            let whole = words::around(&meant, &(start - line..end - line));
            line + whole.start..line + whole.end
        }
        None if words::is_whole(source, &finding.range) => finding.range.clone(),
        None => return None,
    };
    let word = &source[range];
    let length = word.chars().count();
    ((2..=MAX_WORD).contains(&length) && word.chars().all(is_ideograph)).then(|| word.to_owned())
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
        Command::Ignore { names, reach, .. } if *reach != Reach::Region => names.last(),
        _ => None,
    });
    let at = last.map(|name| name.end).next()?;
    Some(Edit { range: at..at, text: format!(" {rule}") })
}

fn line_end(source: &str) -> &'static str {
    if source.contains("\r\n") { "\r\n" } else { "\n" }
}
