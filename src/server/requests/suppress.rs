//! Actions that pass over a finding: a word for the dictionary, a comment in the draft, a rule that the project does without.

use serde_json::json;
use tower_lsp_server::ls_types::{self as lsp, CodeAction, CodeActionKind, Command};

use super::command::{ADD_WORD, IGNORE_RULE};
use crate::chinese::is_ideograph;
use crate::finding::group_of;
use crate::server::convert;
use crate::server::snapshot::Snapshot;
use crate::text::directive::Command as Said;
use crate::text::format::Format;
use crate::{Diagnostic, Edit};

/// The ways to pass over a finding.
pub(super) fn actions(
    snapshot: &Snapshot,
    finding: &Diagnostic,
    diagnostic: &lsp::Diagnostic,
) -> Vec<CodeAction> {
    let uri = &snapshot.draft.uri;
    let action = |title: String| CodeAction {
        title,
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostic.clone()]),
        ..CodeAction::default()
    };
    let command = |title: &str, name: &str, argument| CodeAction {
        command: Some(Command {
            title: title.to_owned(),
            command: name.to_owned(),
            arguments: Some(vec![argument]),
        }),
        ..action(title.to_owned())
    };
    let edit = |title: String, edit: Edit| CodeAction {
        edit: Some(convert::workspace_edit(snapshot, [&edit])),
        ..action(title)
    };
    let mut actions = Vec::new();
    if group_of(finding.rule) == "typo" {
        let word = word_at(snapshot.document.source(), finding);
        for (scope, place) in [("project", "本项目的词库"), ("user", "我的词库")] {
            let argument = json!({ "word": word, "scope": scope, "uri": uri });
            actions.push(command(&format!("把“{word}”加入{place}"), ADD_WORD, argument));
        }
    }
    let name = crate::rules::find(finding.rule).map_or(finding.rule, |rule| rule.summary);
    actions.push(edit(format!("此处不再提示“{name}”"), here(snapshot, finding)));
    actions.push(edit(format!("本文不再提示“{name}”"), in_file(snapshot, finding)));
    let argument = json!({ "rule": finding.rule, "uri": uri });
    actions.push(command(&format!("本项目停用“{name}”（写入 zhubi.toml）"), IGNORE_RULE, argument));
    actions
}

/// The word that a finding marks; one character is no word, so the next one goes with it, or the one before.
fn word_at(source: &str, finding: &Diagnostic) -> String {
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

/// A comment for the line of a finding: at its end in Markdown, where it is not seen, and above it in plain text.
fn here(snapshot: &Snapshot, finding: &Diagnostic) -> Edit {
    let source = snapshot.document.source();
    let start = source[..finding.range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = source[start..].find('\n').map_or(source.len(), |at| start + at);
    let end = start + source[start..end].trim_end().len();
    if snapshot.draft.format == Format::Markdown {
        let own = |range: &std::ops::Range<usize>| start <= range.start && range.end <= end;
        one_more(snapshot, finding.rule, own).unwrap_or_else(|| Edit {
            range: end..end,
            text: format!(" <!-- zhubi: ignore {} -->", finding.rule),
        })
    } else {
        let above = source[..start].trim_end().len();
        one_more(snapshot, finding.rule, |range| range.end == above).unwrap_or_else(|| {
            let text = format!("zhubi: ignore-next-line {}{}", finding.rule, line_end(source));
            Edit { range: start..start, text }
        })
    }
}

/// A comment for the whole file: at the top in Markdown, below its front matter, and at the end of a plain text, whose first
/// line is its title.
fn in_file(snapshot: &Snapshot, finding: &Diagnostic) -> Edit {
    let source = snapshot.document.source();
    let of_file = |range: &std::ops::Range<usize>| source[range.clone()].contains("zhubi: ignore-file");
    if let Some(edit) = one_more(snapshot, finding.rule, of_file) {
        return edit;
    }
    let line = line_end(source);
    if snapshot.draft.format == Format::Markdown {
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
fn one_more(snapshot: &Snapshot, rule: &str, fits: impl Fn(&std::ops::Range<usize>) -> bool) -> Option<Edit> {
    let directives = snapshot.document.directives().iter().filter(|directive| fits(&directive.range));
    let last = directives.filter_map(|directive| match &directive.command {
        Said::Ignore { names, .. } => names.last(),
        Said::Type(_) | Said::Unknown { .. } => None,
    });
    let at = last.map(|name| name.end).next()?;
    Some(Edit { range: at..at, text: format!(" {rule}") })
}

fn line_end(source: &str) -> &'static str {
    if source.contains("\r\n") { "\r\n" } else { "\n" }
}
