//! Converts between the protocol's values and ours: positions, severities, findings, edits, status.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::LazyLock;

use serde_json::{Value, json};
use tower_lsp_server::ls_types::{
    self as lsp, CodeDescription, ConfigurationItem, DiagnosticRelatedInformation, DiagnosticSeverity,
    DocumentChanges, Location, NumberOrString, OneOf, OptionalVersionedTextDocumentIdentifier,
    TextDocumentEdit, TextEdit, WorkspaceEdit,
};

use super::configurations::ConfigStatusChange;
use super::protocol::{CheckState, DocumentType, FindingCounts, Status, Uri};
use super::settings::SECTION;
use super::snapshot::{SkipReason, Snapshot};
use super::text::Change;
use crate::config::ConfigError;
use crate::doctype;
use crate::text::count::Count;
use crate::text::position::{LineIndex, Position, PositionEncoding};
use crate::{Edit, Fix, Severity};

/// The source of our diagnostics, as the client shows it.
pub(crate) const SOURCE: &str = "zhubi";

/// The repository that holds the pages of the rules, if the package names one.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// The client's position, not yet clamped to any text.
pub(crate) fn from_position(position: lsp::Position) -> Position {
    Position { line: position.line as usize, column: position.character as usize }
}

/// The client's edit.
pub(crate) fn change(event: lsp::TextDocumentContentChangeEvent) -> Change {
    Change {
        range: event.range.map(|range| from_position(range.start)..from_position(range.end)),
        text: event.text,
    }
}

fn position(snapshot: &Snapshot, offset: usize) -> lsp::Position {
    let (source, encoding) = (snapshot.document.source(), snapshot.state.capabilities.encoding);
    to_position(snapshot.lines().position(source, offset, encoding))
}

fn to_position(position: Position) -> lsp::Position {
    let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    lsp::Position { line: clamp(position.line), character: clamp(position.column) }
}

/// Bytes of the source → the client's range.
pub(crate) fn range(snapshot: &Snapshot, bytes: &Range<usize>) -> lsp::Range {
    lsp::Range { start: position(snapshot, bytes.start), end: position(snapshot, bytes.end.max(bytes.start)) }
}

/// The client's position → a byte of the source.
pub(crate) fn offset(snapshot: &Snapshot, position: lsp::Position) -> usize {
    snapshot.state.text.offset(from_position(position), snapshot.state.capabilities.encoding)
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

/// More diagnostics of one document are of no use to anyone, and stall editors.
const MAX_SHOWN: usize = 2000;

/// Decides which diagnostics are shown where there are too many.
pub(crate) type Rank = (DiagnosticSeverity, lsp::Position);

pub(crate) fn rank(diagnostic: &lsp::Diagnostic) -> Rank {
    (diagnostic.severity.unwrap_or(DiagnosticSeverity::HINT), diagnostic.range.start)
}

/// The most severe ones where there are too many, in the order of the text, and then a note on the rest.
pub(crate) fn most_severe<T>(
    mut all: Vec<T>,
    rank: impl Fn(&T) -> Rank,
) -> (Vec<T>, Option<lsp::Diagnostic>) {
    if all.len() <= MAX_SHOWN {
        return (all, None);
    }
    all.sort_by_key(&rank);
    let rest = all.split_off(MAX_SHOWN).len();
    all.sort_by_key(|it| rank(it).1);
    let note = lsp::Diagnostic {
        severity: Some(DiagnosticSeverity::INFORMATION),
        source: Some(SOURCE.to_owned()),
        message: format!("问题太多，另有{rest}处较轻的没有列出"),
        ..lsp::Diagnostic::default()
    };
    (all, Some(note))
}

/// The findings of a snapshot as the client sees them, of those that are wanted.
pub(crate) fn diagnostics(snapshot: &Snapshot, is_wanted: impl Fn(usize) -> bool) -> Vec<lsp::Diagnostic> {
    let findings = snapshot.findings.iter().zip(ids(snapshot)).enumerate();
    let wanted = findings.filter(|(index, _)| is_wanted(*index));
    let wanted = wanted.map(|(_, (finding, id))| diagnostic(snapshot, finding, &id));
    let (mut shown, note) = most_severe(wanted.collect(), rank);
    shown.extend(note);
    shown
}

/// A finding as the client sees it.
pub(crate) fn diagnostic(snapshot: &Snapshot, finding: &crate::Diagnostic, id: &str) -> lsp::Diagnostic {
    let related = finding.related.iter().map(|related| DiagnosticRelatedInformation {
        location: Location { uri: snapshot.state.uri.clone(), range: range(snapshot, &related.range) },
        message: related.message.clone(),
    });
    let takes_related = snapshot.state.capabilities.related_information && !finding.related.is_empty();
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

/// The diagnostics of a configuration file: what is wrong with it, or none where it is valid again.
pub(crate) fn configuration(
    change: &ConfigStatusChange,
    encoding: PositionEncoding,
) -> Option<(Uri, Vec<lsp::Diagnostic>)> {
    let uri = Uri::from_file_path(&change.path)?;
    let lines = LineIndex::new(&change.text);
    let position = |offset| to_position(lines.position(&change.text, offset, encoding));
    let diagnostic = |error: &ConfigError| {
        let range = error.range.clone().unwrap_or(0..0);
        lsp::Diagnostic {
            range: lsp::Range { start: position(range.start), end: position(range.end) },
            severity: Some(DiagnosticSeverity::ERROR),
            source: Some(SOURCE.to_owned()),
            message: error.to_string(),
            ..lsp::Diagnostic::default()
        }
    };
    Some((uri, change.error.iter().map(diagnostic).collect()))
}

/// A summary of a fix; a code action looks the edits up by the identifier of the finding. All edits of a
/// document, written out here, would take hundreds of times the memory of its text.
fn fix_data(finding: &crate::Diagnostic, fix: &Fix) -> Value {
    let mut data = json!({ "title": fix.title, "applicability": fix.applicability });
    if let [only] = &fix.edits[..]
        && only.range == finding.range
    {
        data["replacement"] = only.text.as_str().into();
    }
    data
}

/// An identifier for each finding that survives edits elsewhere: the rule, the marked text, and how many of
/// the same come before.
pub(crate) fn ids(snapshot: &Snapshot) -> Vec<String> {
    let mut seen: HashMap<u64, usize> = HashMap::new();
    let id = |finding: &crate::Diagnostic| {
        let mut hasher = DefaultHasher::new();
        (finding.rule, snapshot.document.source().get(finding.range.clone())).hash(&mut hasher);
        let hash = hasher.finish();
        let before = seen.entry(hash).or_default();
        *before += 1;
        format!("{hash:016x}-{}", *before - 1)
    };
    snapshot.findings.iter().map(id).collect()
}

/// The identifier of the finding behind a diagnostic that the client sent back, if it is one of ours.
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

/// Edits of a document, with its version where the client checks that.
pub(crate) fn workspace_edit<'a>(
    snapshot: &Snapshot,
    edits: impl IntoIterator<Item = &'a Edit>,
) -> WorkspaceEdit {
    let uri: Uri = snapshot.state.uri.clone();
    let edits = text_edits(snapshot, edits);
    if snapshot.state.capabilities.document_changes {
        let version = Some(snapshot.state.version);
        let document = TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
            edits: edits.into_iter().map(OneOf::Left).collect(),
        };
        let document_changes = Some(DocumentChanges::Edits(vec![document]));
        WorkspaceEdit { document_changes, ..WorkspaceEdit::default() }
    } else {
        WorkspaceEdit { changes: Some([(uri, edits)].into()), ..WorkspaceEdit::default() }
    }
}

/// What a status bar shows of a document.
pub(crate) fn status(snapshot: &Snapshot) -> Status {
    let (state, document) = (&snapshot.state, &snapshot.document);
    let blocks = document.blocks().len();
    let Count { words, characters } = Count::of_blocks(document, 0..blocks);
    let config = state.linter().config();
    let first_part = document.parts().into_iter().next();
    let title = first_part.and_then(|part| doctype::title_or(document, part, config.document_type));
    let document_type = title.map_or(config.document_type, |title| title.document_type);
    let mut findings = FindingCounts::default();
    for finding in &snapshot.findings {
        *match finding.severity {
            Severity::Error => &mut findings.error,
            Severity::Warning => &mut findings.warning,
            Severity::Info => &mut findings.info,
            Severity::Hint => &mut findings.hint,
        } += 1;
    }
    Status {
        uri: state.uri.clone(),
        version: state.version,
        state: match state.skip_reason() {
            None => CheckState::Ready,
            Some(SkipReason::Disabled) => CheckState::Disabled,
            Some(SkipReason::TooLarge) => CheckState::TooLarge,
        },
        words,
        characters,
        target: config.length.document,
        document_type: document_type
            .map(|kind| DocumentType { id: kind.key.to_owned(), name: kind.name.to_owned() }),
        findings,
    }
}

/// What to ask the client for its settings: those that apply everywhere, then those of each folder.
pub(crate) fn settings_items(folders: &[PathBuf]) -> Vec<ConfigurationItem> {
    let scopes = [None].into_iter().chain(folders.iter().map(Uri::from_file_path));
    scopes.map(|scope_uri| ConfigurationItem { scope_uri, section: Some(SECTION.to_owned()) }).collect()
}
