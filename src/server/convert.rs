//! Between the protocol's values and ours: places, severities, findings, edits. No other file does sums with both.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::LazyLock;

use serde_json::{Value, json};
use tower_lsp_server::ls_types::{
    self as lsp, CodeDescription, DiagnosticRelatedInformation, DiagnosticSeverity, DocumentChanges,
    Location, NumberOrString, OneOf, OptionalVersionedTextDocumentIdentifier, PublishDiagnosticsParams,
    TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};

use super::configurations::Turn;
use super::snapshot::Snapshot;
use super::text::Change;
use crate::config::ConfigError;
use crate::text::position::{Encoding, LineIndex, Position};
use crate::{Edit, Fix, Severity};

/// What the client sees as the origin of our diagnostics.
pub(crate) const SOURCE: &str = "zhubi";

/// Where the rules' documentation stands on the web, if the package says where it lives.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// A place of the client's, not yet clamped to any text.
pub(crate) fn place(position: lsp::Position) -> Position {
    Position { line: position.line as usize, column: position.character as usize }
}

/// An edit of the client's.
pub(crate) fn change(event: lsp::TextDocumentContentChangeEvent) -> Change {
    Change { range: event.range.map(|range| place(range.start)..place(range.end)), text: event.text }
}

fn position(snapshot: &Snapshot, offset: usize) -> lsp::Position {
    let (source, encoding) = (snapshot.document.source(), snapshot.draft.capabilities.encoding);
    written(snapshot.lines().position(source, offset, encoding))
}

fn written(place: Position) -> lsp::Position {
    let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    lsp::Position { line: clamp(place.line), character: clamp(place.column) }
}

/// Bytes of the source → the client's range.
pub(crate) fn range(snapshot: &Snapshot, bytes: &Range<usize>) -> lsp::Range {
    lsp::Range { start: position(snapshot, bytes.start), end: position(snapshot, bytes.end.max(bytes.start)) }
}

/// The client's position → a byte of the source.
pub(crate) fn offset(snapshot: &Snapshot, position: lsp::Position) -> usize {
    snapshot.draft.text.offset(place(position), snapshot.draft.capabilities.encoding)
}

/// The client's range → bytes of the source.
pub(crate) fn bytes(snapshot: &Snapshot, range: lsp::Range) -> Range<usize> {
    let (a, b) = (offset(snapshot, range.start), offset(snapshot, range.end));
    a.min(b)..a.max(b)
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Info => DiagnosticSeverity::INFORMATION,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}

/// The page that explains a rule.
fn code_description(rule: &str) -> Option<CodeDescription> {
    static BASE: LazyLock<Option<String>> = LazyLock::new(|| {
        (!REPOSITORY.is_empty()).then(|| format!("{}/blob/main/docs/rules", REPOSITORY.trim_end_matches('/')))
    });
    let href = format!("{}/{rule}.md", BASE.as_deref()?).parse().ok()?;
    Some(CodeDescription { href })
}

/// All findings of a snapshot as the client sees them, in their order.
pub(crate) fn diagnostics(snapshot: &Snapshot) -> Vec<lsp::Diagnostic> {
    let ids = ids(snapshot);
    snapshot.findings.iter().zip(ids).map(|(finding, id)| diagnostic(snapshot, finding, &id)).collect()
}

/// More diagnostics of one document than this are of no use to anyone, and take an editor's breath away.
const MOST_SHOWN: usize = 2000;

/// What decides which diagnostics are shown where they are too many.
pub(crate) type Rank = (DiagnosticSeverity, lsp::Position);

pub(crate) fn rank(diagnostic: &lsp::Diagnostic) -> Rank {
    (diagnostic.severity.unwrap_or(DiagnosticSeverity::HINT), diagnostic.range.start)
}

/// The gravest where they are too many, and then a note on the rest.
pub(crate) fn choose<T>(mut said: Vec<T>, rank: impl Fn(&T) -> Rank) -> (Vec<T>, Option<lsp::Diagnostic>) {
    if said.len() <= MOST_SHOWN {
        return (said, None);
    }
    said.sort_by_key(&rank);
    let rest = said.split_off(MOST_SHOWN).len();
    said.sort_by_key(|it| rank(it).1);
    let note = lsp::Diagnostic {
        severity: Some(DiagnosticSeverity::INFORMATION),
        source: Some(SOURCE.to_owned()),
        message: format!("问题太多，另有{rest}处较轻的没有列出"),
        ..lsp::Diagnostic::default()
    };
    (said, Some(note))
}

/// The diagnostics that are said, as far as they are shown.
pub(crate) fn shown(diagnostics: Vec<lsp::Diagnostic>, said: &[bool]) -> Vec<lsp::Diagnostic> {
    let said = diagnostics.into_iter().zip(said).filter(|(_, said)| **said).map(|(diagnostic, _)| diagnostic);
    let (mut shown, rest) = choose(said.collect(), rank);
    shown.extend(rest);
    shown
}

/// A finding as the client sees it.
pub(crate) fn diagnostic(snapshot: &Snapshot, finding: &crate::Diagnostic, id: &str) -> lsp::Diagnostic {
    let related = finding.related.iter().map(|related| DiagnosticRelatedInformation {
        location: Location { uri: snapshot.draft.uri.clone(), range: range(snapshot, &related.range) },
        message: related.message.clone(),
    });
    let takes_related = snapshot.draft.capabilities.related_information && !finding.related.is_empty();
    lsp::Diagnostic {
        range: range(snapshot, &finding.range),
        severity: Some(severity(finding.severity)),
        code: Some(NumberOrString::String(finding.rule.to_owned())),
        code_description: code_description(finding.rule),
        source: Some(SOURCE.to_owned()),
        message: finding.message.clone(),
        related_information: takes_related.then(|| related.collect()),
        tags: None,
        data: Some(json!({
            "id": id,
            "fixes": finding.fixes.iter().map(|fix| fix_data(finding, fix)).collect::<Vec<_>>(),
        })),
    }
}

/// What is wrong with a configuration, on the very line of its file; or that nothing is any more.
pub(crate) fn configuration(turn: &Turn, encoding: Encoding) -> Option<PublishDiagnosticsParams> {
    let uri = Uri::from_file_path(&turn.path)?;
    let lines = LineIndex::new(&turn.text);
    let place = |offset| written(lines.position(&turn.text, offset, encoding));
    let diagnostic = |fault: &ConfigError| {
        let range = fault.range.clone().unwrap_or(0..0);
        lsp::Diagnostic {
            range: lsp::Range { start: place(range.start), end: place(range.end) },
            severity: Some(DiagnosticSeverity::ERROR),
            source: Some(SOURCE.to_owned()),
            message: fault.to_string(),
            ..lsp::Diagnostic::default()
        }
    };
    Some(PublishDiagnosticsParams::new(uri, turn.fault.iter().map(diagnostic).collect(), None))
}

/// A fix in short: an action finds the rest by the name of its finding. The edits of a whole document's fixes, spelt out
/// here, would take hundreds of times the memory of its text.
fn fix_data(finding: &crate::Diagnostic, fix: &Fix) -> Value {
    let mut data = json!({ "title": fix.title, "applicability": fix.applicability });
    if let [only] = &fix.edits[..]
        && only.range == finding.range
    {
        data["replacement"] = only.text.as_str().into();
    }
    data
}

/// The name of each finding, which an edit elsewhere leaves as it is: the rule, the text it marks, and how many of the
/// same stand before it.
pub(crate) fn ids(snapshot: &Snapshot) -> Vec<String> {
    let mut seen: HashMap<u64, usize> = HashMap::new();
    let name = |finding: &crate::Diagnostic| {
        let mut hasher = DefaultHasher::new();
        (finding.rule, snapshot.document.source().get(finding.range.clone())).hash(&mut hasher);
        hasher.finish()
    };
    let mut ids = Vec::with_capacity(snapshot.findings.len());
    for finding in &snapshot.findings {
        let name = name(finding);
        let before = seen.entry(name).or_default();
        ids.push(format!("{name:016x}-{before}"));
        *before += 1;
    }
    ids
}

/// The name of the finding that a diagnostic of the client's speaks of, if it is one of ours.
pub(crate) fn id_of(diagnostic: &lsp::Diagnostic) -> Option<&str> {
    diagnostic.data.as_ref()?.get("id")?.as_str()
}

/// Edits of the source as the client takes them.
pub(crate) fn text_edits<'a>(
    snapshot: &Snapshot,
    edits: impl IntoIterator<Item = &'a Edit>,
) -> Vec<TextEdit> {
    let edit = |edit: &Edit| TextEdit { range: range(snapshot, &edit.range), new_text: edit.text.clone() };
    edits.into_iter().map(edit).collect()
}

/// Edits of a document; they name its version where the client can check it.
pub(crate) fn workspace_edit<'a>(
    snapshot: &Snapshot,
    edits: impl IntoIterator<Item = &'a Edit>,
) -> WorkspaceEdit {
    let uri: Uri = snapshot.draft.uri.clone();
    let edits = text_edits(snapshot, edits);
    if snapshot.draft.capabilities.document_changes {
        let document = TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                uri,
                version: Some(snapshot.draft.version),
            },
            edits: edits.into_iter().map(OneOf::Left).collect(),
        };
        let document_changes = Some(DocumentChanges::Edits(vec![document]));
        WorkspaceEdit { document_changes, ..WorkspaceEdit::default() }
    } else {
        WorkspaceEdit { changes: Some([(uri, edits)].into()), ..WorkspaceEdit::default() }
    }
}
