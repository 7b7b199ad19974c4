//! `textDocument/codeAction`: the fixes of the findings at a place, ways to pass over them, and fixes of the whole document.

use std::collections::HashSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use tower_lsp_server::ls_types::{
    self as lsp, CodeAction, CodeActionContext, CodeActionKind, CodeActionOrCommand, CodeActionParams,
    CodeActionTriggerKind, Uri,
};

use super::fix_all::{self, FIX_ALL, Which};
use super::suppress;
use crate::Applicability;
use crate::server::convert;
use crate::server::snapshot::Snapshot;

/// The kind of the action that puts numbers in order.
pub(crate) const RENUMBER: CodeActionKind = CodeActionKind::new("refactor.rewrite.zhubi.numbering");

/// What an action holds until its edit is asked for.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Unresolved {
    pub(crate) uri: Uri,
    version: i32,
    which: Which,
}

/// The actions that the client asked for.
pub(crate) fn answer(snapshot: &Snapshot, params: &CodeActionParams) -> Vec<CodeActionOrCommand> {
    let mut actions = Vec::new();
    if wants(&params.context, &CodeActionKind::QUICKFIX) {
        quick_fixes(snapshot, params, &mut actions);
    }
    let unasked = is_unasked(&params.context);
    if wants(&params.context, &RENUMBER) && !unasked {
        actions.extend(of_document(snapshot, Which::Numbering, RENUMBER, |count| {
            format!("重排全文的标题和序号（{count}处）")
        }));
    }
    if wants(&params.context, &FIX_ALL) && !unasked {
        actions.extend(of_document(snapshot, Which::Safe, FIX_ALL, |count| {
            format!("改正全文可以放心改的错误（{count}处）")
        }));
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// The edit of an action that came without; none where the text has changed since.
pub(crate) fn resolve(snapshot: &Snapshot, unresolved: &Unresolved) -> Option<lsp::WorkspaceEdit> {
    (snapshot.draft.version == unresolved.version)
        .then(|| convert::workspace_edit(snapshot, &fix_all::edits(snapshot, &unresolved.which)))
}

/// An action for the whole document, without its edit where the client asks for that when it needs it.
fn of_document(
    snapshot: &Snapshot,
    which: Which,
    kind: CodeActionKind,
    title: impl FnOnce(usize) -> String,
) -> Option<CodeAction> {
    let mut count = which.count(&snapshot.findings);
    if count == 0 {
        return None;
    }
    let (mut edit, mut data) = (None, None);
    if snapshot.draft.capabilities.resolves_edits {
        let (uri, version) = (snapshot.draft.uri.clone(), snapshot.draft.version);
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

/// Is an action of this kind wanted? Kinds are hierarchical, and the empty one holds all, as does an empty list.
fn wants(context: &CodeActionContext, kind: &CodeActionKind) -> bool {
    let holds = |wanted: &CodeActionKind| {
        let rest = kind.as_str().strip_prefix(wanted.as_str());
        wanted.as_str().is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    context.only.as_ref().is_none_or(|only| only.is_empty() || only.iter().any(holds))
}

/// Is this the editor looking for a light bulb at each move of the caret? Then the whole document is too much.
fn is_unasked(context: &CodeActionContext) -> bool {
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
        actions.extend(suppress::actions(snapshot, &snapshot.findings[index], &diagnostic));
    }
    // Several findings of one rule are passed over by the same words.
    let mut titles = HashSet::new();
    actions.retain(|action| {
        action.edit.is_some() && action.data.is_none() || titles.insert(action.title.clone())
    });
}

/// The findings that a range touches; of several that only meet it at an end, none where others share text with it.
fn in_range(snapshot: &Snapshot, range: lsp::Range) -> Vec<usize> {
    let range = convert::bytes(snapshot, range);
    let finding = |index: &usize| &snapshot.findings[*index].range;
    let mut touched: Vec<usize> = (0..snapshot.findings.len())
        .filter(|index| finding(index).start <= range.end && range.start <= finding(index).end)
        .collect();
    let shares = |index: &usize| {
        let finding = finding(index);
        finding.start.max(range.start) < finding.end.min(range.end) || finding.contains(&range.start)
    };
    if touched.iter().any(shares) {
        touched.retain(shares);
    }
    touched
}

/// The findings that the client's diagnostics speak of: by name, or by rule and range.
fn in_context(snapshot: &Snapshot, ids: &[String], diagnostics: &[lsp::Diagnostic]) -> Vec<usize> {
    let named: HashSet<&str> = diagnostics.iter().filter_map(convert::id_of).collect();
    let nameless = diagnostics.iter().filter(|diagnostic| convert::id_of(diagnostic).is_none());
    let placed: HashSet<(&str, Range<usize>)> = nameless
        .filter_map(|diagnostic| match &diagnostic.code {
            Some(lsp::NumberOrString::String(rule)) => {
                Some((rule.as_str(), convert::bytes(snapshot, diagnostic.range)))
            }
            _ => None,
        })
        .collect();
    let is_one = |index: &usize| {
        let finding = &snapshot.findings[*index];
        named.contains(ids[*index].as_str()) || placed.contains(&(finding.rule, finding.range.clone()))
    };
    (0..snapshot.findings.len()).filter(is_one).collect()
}

/// All safe fixes of one rule, where there are several.
fn fix_rule(snapshot: &Snapshot, rule: &str) -> Option<CodeAction> {
    let which = Which::Rule(rule.to_owned());
    if which.count(&snapshot.findings) < 2 {
        return None;
    }
    let name = crate::rules::find(rule)?.summary;
    of_document(snapshot, which, CodeActionKind::QUICKFIX, |count| format!("改正全文的“{name}”（{count}处）"))
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
