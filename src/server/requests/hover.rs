//! `textDocument/hover`: what is wrong, an example, and the way to the rule's page.

use tower_lsp_server::ls_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use crate::Diagnostic;
use crate::rule::example::{self, Marked};
use crate::rules;
use crate::server::capabilities::ClientCapabilities;
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
    let value: Vec<String> =
        here.iter().map(|finding| explain(finding, &snapshot.state.capabilities)).collect();
    let (kind, between) =
        if markdown { (MarkupKind::Markdown, "\n\n---\n\n") } else { (MarkupKind::PlainText, "\n\n") };
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent { kind, value: value.join(between) }),
        range: Some(convert::range(snapshot, &first.range)),
    })
}

/// What is wrong, an example, and where to read more: short, so that an editor's buttons below stay in sight.
fn explain(finding: &Diagnostic, capabilities: &ClientCapabilities) -> String {
    let markdown = capabilities.markdown;
    let severity = finding.severity.chinese();
    let rule = rules::find(finding.rule);
    let mut lines = Vec::new();
    if !capabilities.shows_messages {
        lines.push(match markdown {
            true => format!("**{severity}**：{}", escape(&finding.message)),
            false => format!("{severity}：{}", finding.message),
        });
    } else if let Some(rule) = rule {
        lines.push(if markdown { escape(&rule.sentence()) } else { rule.sentence() });
    }
    let Some(rule) = rule else { return lines.join("\n\n") };
    let page = rule.documentation();
    lines.extend(example::shortest(&page).map(|example| shown(&example, markdown)));
    let name = format!("{}（{}）", rule.summary, rule.id);
    lines.push(match link(rule.id, capabilities).filter(|_| markdown) {
        Some(link) => format!("[规则：{name}]({link})"),
        None => format!("规则：{name}"),
    });
    lines.join(if markdown { "\n\n" } else { "\n" })
}

/// An example on one line.
fn shown(example: &Marked<'_>, markdown: bool) -> String {
    let Marked { before, wrong, right, behind } = example;
    let plain = |text: &str| if markdown { escape(text) } else { text.to_owned() };
    let bold = |text: &str| if markdown { format!("**{}**", escape(text)) } else { format!("“{text}”") };
    let right = match *right {
        Some("") => " → 删去".to_owned(),
        Some(right) => format!(" → {}", bold(right)),
        None => String::new(),
    };
    format!("例：{}{}{}{right}", plain(before), bold(wrong), plain(behind))
}

/// Where the page of a rule is: a command of the editor, or an address.
fn link(rule: &str, capabilities: &ClientCapabilities) -> Option<String> {
    match &capabilities.open_rule {
        Some(command) => Some(format!("command:{command}?%5B%22{}%22%5D", rule.replace('/', "%2F"))),
        None => rules::page_url(rule),
    }
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
