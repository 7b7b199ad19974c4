//! `textDocument/completion`: the words of a comment that passes over findings, and the names of rules in it.

use tower_lsp_server::ls_types::{
    self as lsp, CompletionItem, CompletionItemKind, CompletionTextEdit, TextEdit,
};

use crate::rules::{GROUPS, RULES};
use crate::server::convert;
use crate::server::snapshot::Draft;

/// The words that a comment may begin with, and what each does.
const WORDS: [(&str, &str); 3] = [
    ("ignore", "忽略本行；独占一行时忽略下一行"),
    ("ignore-next-line", "忽略下一行"),
    ("ignore-file", "忽略全文"),
];

/// What may stand at a place: nothing outside such a comment.
pub(crate) fn answer(draft: &Draft, position: lsp::Position) -> Vec<CompletionItem> {
    let line = draft.text.line_before(convert::place(position), draft.abilities.encoding);
    let Some(begun) = line.rfind("zhubi:").map(|at| line[at + "zhubi:".len()..].trim_start()) else {
        return Vec::new();
    };
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '/' | '-');
    let typed = begun.len() - begun.trim_end_matches(is_name).len();
    // Names are ASCII: a column counts the same in every encoding.
    let start = lsp::Position { character: position.character.saturating_sub(typed as u32), ..position };
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
    if !begun.starts_with("ignore") || begun.contains("-->") {
        return Vec::new();
    }
    let groups = GROUPS.iter().map(|(group, name)| item(group, name, CompletionItemKind::MODULE));
    let rules = RULES.iter().map(|rule| item(rule.id, rule.summary, CompletionItemKind::VALUE));
    groups.chain(rules).collect()
}
