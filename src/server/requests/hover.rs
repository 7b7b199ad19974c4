//! `textDocument/hover`: what is wrong, and the documentation of the rule.

use tower_lsp_server::ls_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use crate::Diagnostic;
use crate::rules;
use crate::server::convert;
use crate::server::snapshot::Snapshot;

/// The findings at a position, the narrowest first; nothing where there are none.
pub(crate) fn answer(snapshot: &Snapshot, params: &HoverParams) -> Option<Hover> {
    let at = convert::offset(snapshot, params.text_document_position_params.position);
    let covers = |finding: &&Diagnostic| {
        finding.range.contains(&at) || (finding.range.is_empty() && finding.range.start == at)
    };
    let mut here: Vec<_> = snapshot.findings.iter().filter(covers).collect();
    here.sort_by_key(|finding| finding.range.len());
    let first = here.first()?;
    let markdown = snapshot.state.capabilities.markdown;
    let value: Vec<String> = here.iter().map(|finding| explain(finding, markdown)).collect();
    let (kind, between) =
        if markdown { (MarkupKind::Markdown, "\n\n---\n\n") } else { (MarkupKind::PlainText, "\n\n") };
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent { kind, value: value.join(between) }),
        range: Some(convert::range(snapshot, &first.range)),
    })
}

fn explain(finding: &Diagnostic, markdown: bool) -> String {
    let (severity, message, rule) = (finding.severity.chinese(), &finding.message, finding.rule);
    let mut text = if markdown {
        format!("**{severity}**：{}\n\n`{rule}`", escape(message))
    } else {
        format!("{severity}：{message}\n{rule}")
    };
    if let Some(rule) = rules::find(rule) {
        text += "\n\n";
        text += rule.documentation().trim();
    }
    text
}

/// A message quotes the draft, which may hold Markdown; it is shown as it is written.
fn escape(message: &str) -> String {
    let mut escaped = String::with_capacity(message.len());
    for c in message.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '<' | '>' | '[' | ']' | '#' | '|' | '~' | '&') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
