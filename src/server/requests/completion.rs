//! `textDocument/completion`: the words of a `zhubi:` comment, and the rules and kinds of documents in it.

use tower_lsp_server::ls_types::{
    self as lsp, CompletionItem, CompletionItemKind, CompletionTextEdit, TextEdit,
};

use crate::doctype;
use crate::rules::{GROUPS, RULES};
use crate::server::convert;
use crate::server::snapshot::DocumentState;
use crate::text::directive::{self, WORDS};

/// What fits at a position: nothing outside such a comment.
pub(crate) fn answer(state: &DocumentState, position: lsp::Position) -> Vec<CompletionItem> {
    let encoding = state.capabilities.encoding;
    let line = state.text.line_before(convert::from_position(position), encoding);
    let Some(begun) = directive::begun(&line) else { return Vec::new() };
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '/' | '-');
    let typed = begun.len() - begun.trim_end_matches(is_name).len();
    let columns = encoding.len(&begun[begun.len() - typed..]);
    let start = lsp::Position { character: position.character.saturating_sub(columns as u32), ..position };
    let item = |name: &str, detail: &str, kind: CompletionItemKind| CompletionItem {
        label: name.to_owned(),
        kind: Some(kind),
        detail: Some(detail.to_owned()),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit {
            range: lsp::Range { start, end: position },
            new_text: name.to_owned(),
        })),
        ..CompletionItem::default()
    };
    if typed == begun.len() {
        return WORDS.iter().map(|(word, detail)| item(word, detail, CompletionItemKind::KEYWORD)).collect();
    }
    if begun.strip_prefix("type").is_some_and(|rest| rest.trim_start().starts_with('=')) {
        let kinds = doctype::ALL.iter().flat_map(|kind| kind.names());
        return kinds.map(|kind| item(kind, "文种", CompletionItemKind::ENUM_MEMBER)).collect();
    }
    if !begun.starts_with("ignore") || begun.contains("-->") {
        return Vec::new();
    }
    let groups = GROUPS.iter().map(|(group, name)| item(group, name, CompletionItemKind::MODULE));
    let rules = RULES.iter().map(|rule| item(rule.id, rule.summary, CompletionItemKind::VALUE));
    groups.chain(rules).collect()
}
