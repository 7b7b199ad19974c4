//! `textDocument/codeAction`: fixes in a range, ways to suppress findings, fixes for the whole document.

use std::collections::HashSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower_lsp_server::ls_types::{
    self as lsp, CodeAction, CodeActionContext, CodeActionKind, CodeActionOrCommand, CodeActionParams,
    CodeActionTriggerKind, Command,
};

use crate::finding::group_of;
use crate::server::convert;
use crate::server::fix_all::{self, FixSet};
use crate::server::protocol::{
    ADD_WORD, AddWord, DictionaryScope, FIX_ALL, IGNORE_RULE, IgnoreRule, RENUMBER, Uri,
};
use crate::server::snapshot::Snapshot;
use crate::server::suppress;
use crate::{Applicability, Diagnostic, Edit};

/// The data of an action whose edit has yet to be resolved.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Unresolved {
    pub(crate) uri: Uri,
    version: i32,
    which: FixSet,
}

/// The actions of the kinds that the client asked for.
pub(crate) fn answer(snapshot: &Snapshot, params: &CodeActionParams) -> Vec<CodeActionOrCommand> {
    let mut actions = Vec::new();
    if wants(&params.context, &CodeActionKind::QUICKFIX) {
        quick_fixes(snapshot, params, &mut actions);
    }
    let is_automatic = is_automatic(&params.context);
    if wants(&params.context, &RENUMBER) && !is_automatic {
        actions.extend(of_document(snapshot, FixSet::Numbering, RENUMBER, |count| {
            format!("重排全文的标题和序号（{count}处）")
        }));
    }
    if wants(&params.context, &FIX_ALL) && !is_automatic {
        actions.extend(of_document(snapshot, FixSet::Safe, FIX_ALL, |count| {
            format!("改正全文可以放心改的错误（{count}处）")
        }));
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// The edit of an action; none where the text has changed since the action was offered.
pub(crate) fn resolve(snapshot: &Snapshot, unresolved: &Unresolved) -> Option<lsp::WorkspaceEdit> {
    (snapshot.state.version == unresolved.version)
        .then(|| convert::workspace_edit(snapshot, &fix_all::edits(snapshot, &unresolved.which)))
}

/// An action for the whole document, without its edit where the client can resolve that.
fn of_document(
    snapshot: &Snapshot,
    which: FixSet,
    kind: CodeActionKind,
    title: impl FnOnce(usize) -> String,
) -> Option<CodeAction> {
    let mut count = which.count(&snapshot.findings);
    if count == 0 {
        return None;
    }
    let (mut edit, mut data) = (None, None);
    if snapshot.state.capabilities.resolves_edits {
        let (uri, version) = (snapshot.state.uri.clone(), snapshot.state.version);
        data = serde_json::to_value(Unresolved { uri, version, which }).ok();
    } else {
        let edits = fix_all::edits(snapshot, &which);
        count = edits.len();
        edit = Some(convert::workspace_edit(snapshot, &edits));
    }
    (count > 0).then(|| CodeAction {
        title: title(count),
        kind: Some(kind),
        edit,
        data,
        ..CodeAction::default()
    })
}

/// Is an action of this kind wanted? Kinds are hierarchical; the empty one and an empty list include all.
fn wants(context: &CodeActionContext, kind: &CodeActionKind) -> bool {
    let includes = |wanted: &CodeActionKind| {
        let rest = kind.as_str().strip_prefix(wanted.as_str());
        wanted.as_str().is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    context.only.as_ref().is_none_or(|only| only.is_empty() || only.iter().any(includes))
}

/// Does the editor ask by itself, at each move of the cursor, to show a light bulb? Fixing the whole document
/// would take too long for that.
fn is_automatic(context: &CodeActionContext) -> bool {
    context.only.is_none() && context.trigger_kind == Some(CodeActionTriggerKind::AUTOMATIC)
}

fn quick_fixes(snapshot: &Snapshot, params: &CodeActionParams, actions: &mut Vec<CodeAction>) {
    let ids = convert::ids(snapshot);
    let here = in_range(snapshot, params.range);
    let here = if here.is_empty() { in_context(snapshot, &ids, &params.context.diagnostics) } else { here };
    for &index in &here {
        let finding = &snapshot.findings[index];
        let diagnostic = convert::diagnostic(snapshot, finding, &ids[index]);
        for (nth, fix) in finding.fixes.iter().enumerate() {
            actions.push(CodeAction {
                title: fix.title.clone(),
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![diagnostic.clone()]),
                edit: Some(convert::workspace_edit(snapshot, &fix.edits)),
                is_preferred: Some(nth == 0 && fix.applicability == Applicability::Safe),
                ..CodeAction::default()
            });
        }
    }
    let mut rules: Vec<&str> = here.iter().map(|&index| snapshot.findings[index].rule).collect();
    rules.dedup();
    actions.extend(rules.iter().filter_map(|rule| fix_rule(snapshot, rule)));
    for &index in &here {
        let diagnostic = convert::diagnostic(snapshot, &snapshot.findings[index], &ids[index]);
        actions.extend(suppressions(snapshot, &snapshot.findings[index], &diagnostic));
    }
    // Several findings of one rule are suppressed by actions of the same name.
    let mut titles = HashSet::new();
    actions.retain(|action| {
        action.edit.is_some() && action.data.is_none() || titles.insert(action.title.clone())
    });
}

/// The findings that a range touches, without those that only meet its ends where others overlap it.
fn in_range(snapshot: &Snapshot, range: lsp::Range) -> Vec<usize> {
    let range = convert::bytes(snapshot, range);
    let finding = |index: &usize| &snapshot.findings[*index].range;
    let mut touched: Vec<usize> = (0..snapshot.findings.len())
        .filter(|index| finding(index).start <= range.end && range.start <= finding(index).end)
        .collect();
    let overlaps = |index: &usize| {
        let finding = finding(index);
        finding.start.max(range.start) < finding.end.min(range.end) || finding.contains(&range.start)
    };
    if touched.iter().any(overlaps) {
        touched.retain(overlaps);
    }
    touched
}

/// The findings behind the client's diagnostics: by identifier, or by rule and range.
fn in_context(snapshot: &Snapshot, ids: &[String], diagnostics: &[lsp::Diagnostic]) -> Vec<usize> {
    let by_id: HashSet<&str> = diagnostics.iter().filter_map(convert::id_of).collect();
    let without_id = diagnostics.iter().filter(|diagnostic| convert::id_of(diagnostic).is_none());
    let by_range: HashSet<(&str, Range<usize>)> = without_id
        .filter_map(|diagnostic| match &diagnostic.code {
            Some(lsp::NumberOrString::String(rule)) => {
                Some((rule.as_str(), convert::bytes(snapshot, diagnostic.range)))
            }
            _ => None,
        })
        .collect();
    let is_one = |index: &usize| {
        let finding = &snapshot.findings[*index];
        by_id.contains(ids[*index].as_str()) || by_range.contains(&(finding.rule, finding.range.clone()))
    };
    (0..snapshot.findings.len()).filter(is_one).collect()
}

/// All safe fixes of one rule, where there are several.
fn fix_rule(snapshot: &Snapshot, rule: &str) -> Option<CodeAction> {
    let which = FixSet::Rule(rule.to_owned());
    if which.count(&snapshot.findings) < 2 {
        return None;
    }
    let name = crate::rules::find(rule)?.summary;
    of_document(snapshot, which, CodeActionKind::QUICKFIX, |count| format!("改正全文的“{name}”（{count}处）"))
}

/// Ways to suppress a finding: a word for a dictionary, a comment, a rule that the project turns off.
fn suppressions(snapshot: &Snapshot, finding: &Diagnostic, diagnostic: &lsp::Diagnostic) -> Vec<CodeAction> {
    let action = |title: String| CodeAction {
        title,
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostic.clone()]),
        ..CodeAction::default()
    };
    let command = |title: String, command: &str, argument: Value| CodeAction {
        command: Some(Command {
            title: title.clone(),
            command: command.to_owned(),
            arguments: Some(vec![argument]),
        }),
        ..action(title)
    };
    let edit = |title: String, edit: Edit| CodeAction {
        edit: Some(convert::workspace_edit(snapshot, [&edit])),
        ..action(title)
    };
    let uri = &snapshot.state.uri;
    let mut actions = Vec::new();
    if group_of(finding.rule) == "typo" {
        let word = suppress::word(snapshot.document.source(), finding);
        for (scope, name) in [(DictionaryScope::Project, "本项目的词库"), (DictionaryScope::User, "我的词库")]
        {
            let argument = json!(AddWord { word: word.clone(), scope, uri: uri.clone() });
            actions.push(command(format!("把“{word}”加入{name}"), ADD_WORD, argument));
        }
    }
    let name = crate::rules::find(finding.rule).map_or(finding.rule, |rule| rule.summary);
    let in_line = suppress::comment_in_line(snapshot, finding);
    actions.push(edit(format!("此处不再提示“{name}”"), in_line));
    let in_file = suppress::comment_in_file(snapshot, finding);
    actions.push(edit(format!("本文不再提示“{name}”"), in_file));
    let argument = json!(IgnoreRule { rule: finding.rule.to_owned(), uri: uri.clone() });
    actions.push(command(format!("本项目停用“{name}”（写入 zhubi.toml）"), IGNORE_RULE, argument));
    actions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_hierarchical() {
        let wants = |only: &[&'static str], kind: CodeActionKind| {
            let only = only.iter().map(|kind| CodeActionKind::new(kind)).collect();
            super::wants(&CodeActionContext { only: Some(only), ..CodeActionContext::default() }, &kind)
        };
        assert!(wants(&[""], CodeActionKind::QUICKFIX) && wants(&["x", ""], FIX_ALL));
        assert!(wants(&["source"], FIX_ALL) && wants(&["source.fixAll"], FIX_ALL));
        assert!(wants(&["source.fixAll.zhubi"], FIX_ALL));
        assert!(!wants(&["source.fix"], FIX_ALL) && !wants(&["source.fixAll.eslint"], FIX_ALL));
        assert!(!wants(&["source"], CodeActionKind::QUICKFIX));
        assert!(wants(&[], FIX_ALL));
    }
}
