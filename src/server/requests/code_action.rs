//! `textDocument/codeAction`: fixes in a range, ways to suppress findings, fixes for the whole document.

use std::collections::HashSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower_lsp_server::ls_types::{
    self as lsp, CodeAction, CodeActionContext, CodeActionKind, CodeActionOrCommand, CodeActionParams,
    CodeActionTriggerKind, Command,
};

use crate::config::ignored::Ignored;
use crate::rules;
use crate::server::convert;
use crate::server::fix_all::{FixSet, Fixes};
use crate::server::protocol::{
    ADD_WORD, AddWord, DictionaryScope, FIX_ALL, IGNORE_RULE, IgnoreRule, PASS_OVER, PassOver, RENUMBER, Uri,
    file_path,
};
use crate::server::snapshot::Snapshot;
use crate::server::suppress;
use crate::text::format::Format;
use crate::{Applicability, Diagnostic, Edit};

/// The data of an action whose edit has yet to be resolved.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Unresolved {
    pub(crate) uri: Uri,
    version: i32,
    which: FixSet,
    /// The bytes that are selected, where the fixes are for these.
    #[serde(default)]
    within: Option<Range<usize>>,
}

/// The actions of the kinds that the client asked for.
pub(crate) fn answer(snapshot: &Snapshot, params: &CodeActionParams) -> Vec<CodeActionOrCommand> {
    let (mut actions, context) = (Vec::new(), &params.context);
    if wants(context, &CodeActionKind::QUICKFIX) {
        quick_fixes(snapshot, params, &mut actions);
    }
    if is_for_document(snapshot, context, &RENUMBER) {
        actions.extend(of_document(snapshot, FixSet::Numbering, RENUMBER, |count| {
            format!("重排全文的标题和序号（{count}处）")
        }));
    }
    // A menu has it among the quick fixes where there are any.
    if names(context, &FIX_ALL) || actions.is_empty() && is_for_document(snapshot, context, &FIX_ALL) {
        actions.extend(of_document(snapshot, FixSet::Safe, FIX_ALL, fix_all_title));
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// Fixes for the whole document take long: a client that cannot resolve them gets them only where it names
/// them, and one that asks by itself never.
fn is_for_document(snapshot: &Snapshot, context: &CodeActionContext, kind: &CodeActionKind) -> bool {
    let may_wait = snapshot.state.capabilities.resolves_edits && !is_automatic(context);
    names(context, kind) || may_wait && wants(context, kind)
}

fn fix_all_title(count: usize) -> String {
    format!("改正全文能放心改的错误（{count}处）")
}

/// The edit of an action; none where the text has changed since the action was offered.
pub(crate) fn resolve(snapshot: &Snapshot, unresolved: &Unresolved) -> Option<lsp::WorkspaceEdit> {
    let Unresolved { version, which, within, .. } = unresolved;
    let fixes = || match within {
        Some(selection) => Fixes::in_selection(snapshot, which.clone(), selection.clone()),
        None => Fixes::of_document(snapshot, which.clone()),
    };
    (snapshot.state.version == *version).then(|| convert::workspace_edit(snapshot, &fixes().edits()))
}

/// An action for the whole document.
fn of_document(
    snapshot: &Snapshot,
    which: FixSet,
    kind: CodeActionKind,
    title: impl FnOnce(usize) -> String,
) -> Option<CodeAction> {
    let fixes = Fixes::of_document(snapshot, which);
    let found = Some(fixes.count()).filter(|found| *found > 0)?;
    let (count, action) = for_all(&fixes, kind);
    let count = count.unwrap_or(found);
    (count > 0).then(|| CodeAction { title: title(count), ..action })
}

/// All safe fixes in a selection that is not the whole document and holds several findings.
fn of_selection(snapshot: &Snapshot, range: lsp::Range) -> Option<CodeAction> {
    let selection = convert::bytes(snapshot, range);
    if selection.is_empty() || selection.len() == snapshot.document.source().len() {
        return None;
    }
    let fixes = Fixes::in_selection(snapshot, FixSet::Safe, selection);
    let found = Some(fixes.count()).filter(|found| *found > 1)?;
    let title = format!("改正选中部分可以放心改的错误（{found}处）");
    Some(CodeAction { title, ..for_all(&fixes, CodeActionKind::QUICKFIX).1 })
}

/// An action for all these fixes, without its edit where the client can resolve that; else with the number of
/// its edits.
fn for_all(fixes: &Fixes<'_>, kind: CodeActionKind) -> (Option<usize>, CodeAction) {
    let Fixes { snapshot, which, selection, .. } = fixes;
    let action = CodeAction { kind: Some(kind), ..CodeAction::default() };
    if snapshot.state.capabilities.resolves_edits {
        let (uri, version) = (snapshot.state.uri.clone(), snapshot.state.version);
        let unresolved = Unresolved { uri, version, which: which.clone(), within: selection.clone() };
        return (None, CodeAction { data: serde_json::to_value(unresolved).ok(), ..action });
    }
    // In the menu of one place, checking all of the text anew would take too long.
    let at_once = matches!(which, FixSet::Rule(_));
    let edits = if at_once { fixes.edits_at_once() } else { fixes.edits() };
    let edit = Some(convert::workspace_edit(snapshot, &edits));
    (Some(edits.len()), CodeAction { edit, ..action })
}

/// Is an action of this kind wanted? Kinds are hierarchical; the empty one and an empty list include all.
fn wants(context: &CodeActionContext, kind: &CodeActionKind) -> bool {
    let includes = |wanted: &CodeActionKind| {
        let rest = kind.as_str().strip_prefix(wanted.as_str());
        wanted.as_str().is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    context.only.as_ref().is_none_or(|only| only.is_empty() || only.iter().any(includes))
}

/// Is an action of this kind wanted by its name, or by that of a kind above it?
fn names(context: &CodeActionContext, kind: &CodeActionKind) -> bool {
    let only: Vec<CodeActionKind> =
        context.only.iter().flatten().filter(|it| !it.as_str().is_empty()).cloned().collect();
    !only.is_empty() && wants(&CodeActionContext { only: Some(only), ..context.clone() }, kind)
}

/// Does the editor ask by itself, at each move of the cursor, to show a light bulb? Fixing the whole document
/// would take too long for that.
fn is_automatic(context: &CodeActionContext) -> bool {
    context.only.is_none() && context.trigger_kind == Some(CodeActionTriggerKind::AUTOMATIC)
}

fn quick_fixes(snapshot: &Snapshot, params: &CodeActionParams, actions: &mut Vec<CodeAction>) {
    let here = in_range(snapshot, params.range);
    let here = if here.is_empty() { in_context(snapshot, &params.context.diagnostics) } else { here };
    let of_finding = |index: usize| {
        convert::diagnostic(snapshot, &snapshot.findings[index], &convert::id(snapshot, index))
    };
    for &index in &here {
        let finding = &snapshot.findings[index];
        let diagnostic = of_finding(index);
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
    let mut rules = HashSet::new();
    for &index in here.iter().filter(|index| rules.insert(snapshot.findings[**index].rule)) {
        actions.extend(fix_rule(snapshot, snapshot.findings[index].rule, of_finding(index)));
    }
    if !is_automatic(&params.context) {
        actions.extend(of_selection(snapshot, params.range));
    }
    // VS Code has no source actions in this menu, and puts last what is about no diagnostic.
    let context = &params.context;
    if let Some(first) = here.first()
        && is_for_document(snapshot, context, &FIX_ALL)
        && !names(context, &FIX_ALL)
        && let Some(all) = of_document(snapshot, FixSet::Safe, CodeActionKind::QUICKFIX, fix_all_title)
    {
        actions.push(CodeAction { diagnostics: Some(vec![of_finding(*first)]), ..all });
    }
    let mut ways: Vec<CodeAction> = here
        .iter()
        .flat_map(|&index| {
            let is_only = here.len() == 1;
            suppressions(snapshot, &snapshot.findings[index], &of_finding(index), is_only)
        })
        .collect();
    // Several findings of one rule are passed over by actions of the same name.
    let mut titles = HashSet::new();
    ways.retain(|action| {
        titles
            .insert((action.title.clone(), action.command.is_some().then(|| format!("{:?}", action.command))))
    });
    actions.extend(ways);
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
fn in_context(snapshot: &Snapshot, diagnostics: &[lsp::Diagnostic]) -> Vec<usize> {
    if diagnostics.is_empty() {
        return Vec::new();
    }
    let ids = convert::ids(snapshot, &(0..snapshot.findings.len()).collect::<Vec<_>>());
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

/// More edits than these are not sent along with a menu.
const MANY: usize = 500;

/// All safe fixes of one rule, where there are several.
fn fix_rule(snapshot: &Snapshot, rule: &str, diagnostic: lsp::Diagnostic) -> Option<CodeAction> {
    let which = FixSet::Rule(rule.to_owned());
    let count = Fixes::of_document(snapshot, which.clone()).count();
    if count < 2 || count > MANY && !snapshot.state.capabilities.resolves_edits {
        return None;
    }
    let name = short_name(rule);
    let title = |count| format!("改正全文的“{name}”（{count}处）");
    let action = of_document(snapshot, which, CodeActionKind::QUICKFIX, title)?;
    Some(CodeAction { diagnostics: Some(vec![diagnostic]), ..action })
}

/// The name of a rule, short enough for a menu.
fn short_name(rule: &str) -> String {
    const MOST: usize = 10;
    let name = rules::find(rule).map_or(rule, |rule| rule.summary);
    if name.chars().count() <= MOST {
        return name.to_owned();
    }
    let mut parts: Vec<&str> = name.split('、').collect();
    while parts.len() > 1 && parts.join("、").chars().count() > MOST {
        parts.pop();
    }
    if parts.join("、") == name { name.to_owned() } else { parts.join("、") + "等" }
}

/// Ways to pass over a finding, the nearest first: this place, its paragraph, a word for a dictionary, the
/// draft, the project. Clients that sort by title keep this order, and have the fixes before them: 改, 删
/// and 补 sort before 这, and 这 before 项.
fn suppressions(
    snapshot: &Snapshot,
    finding: &Diagnostic,
    diagnostic: &lsp::Diagnostic,
    is_only: bool,
) -> Vec<CodeAction> {
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
    let (uri, rule) = (&snapshot.state.uri, finding.rule);
    let name = short_name(rule);
    let mut actions = Vec::new();
    if file_path(uri).is_some() {
        let is_habit = suppress::is_habit(snapshot, finding);
        let which = if is_habit { "这些都" } else { "这一处" };
        let of_rule = if is_only { String::new() } else { format!("“{name}”") };
        let title = format!("{which}不再提示{of_rule}，文稿不改");
        let place = suppress::place(snapshot, finding);
        let Ignored { text, before, after, message, .. } = place;
        let rule = rule.to_owned();
        let argument = json!(PassOver { uri: uri.clone(), rule, text, before, after, message });
        actions.push(command(title, PASS_OVER, argument));
    }
    let is_markdown = snapshot.state.format == Format::Markdown;
    let where_to = if is_markdown { "在行尾加注释" } else { "在文中加一行注释" };
    let in_line = suppress::comment_in_line(snapshot, finding);
    actions.push(edit(format!("这一段不再提示“{name}”，{where_to}"), in_line));
    if let Some(word) = suppress::word(snapshot.document.source(), finding) {
        for (scope, name) in [(DictionaryScope::User, "我的词库"), (DictionaryScope::Project, "项目词库")]
        {
            let argument = json!(AddWord { word: word.clone(), scope, uri: uri.clone() });
            actions.push(command(format!("这个词没错，“{word}”加入{name}"), ADD_WORD, argument));
        }
    }
    let where_to = if is_markdown { "在文首加注释" } else { "在文末加一行注释" };
    let in_file = suppress::comment_in_file(snapshot, finding);
    actions.push(edit(format!("这篇不再提示“{name}”，{where_to}"), in_file));
    let argument = json!(IgnoreRule { rule: rule.to_owned(), uri: uri.clone() });
    actions.push(command(format!("项目里停用“{name}”"), IGNORE_RULE, argument));
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
