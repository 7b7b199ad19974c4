//! Converts between the protocol's values and ours: positions, severities, findings, edits, status.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::path::PathBuf;

use serde_json::{Value, json};
use tower_lsp_server::ls_types::{
    self as lsp, CodeDescription, ConfigurationItem, DiagnosticRelatedInformation, DiagnosticSeverity,
    DiagnosticTag, DocumentChanges, Location, NumberOrString, OneOf, OptionalVersionedTextDocumentIdentifier,
    TextDocumentEdit, TextEdit, WorkspaceEdit,
};

use super::configurations::ConfigStatusChange;
use super::protocol::{CheckState, DocumentType, FindingCounts, Status, Uri};
use super::settings::SECTION;
use super::snapshot::{SkipReason, Snapshot};
use super::text::Change;
use super::typing_guard::Shown;
use crate::config::ConfigError;
use crate::doctype;
use crate::rules;
use crate::text::count::Count;
use crate::text::position::{LineIndex, Position, PositionEncoding};
use crate::{Edit, Fix, Severity};

/// The source of our diagnostics, as the client shows it.
pub(crate) const SOURCE: &str = "zhubi";

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

/// Bytes of the source → a place that the client can open.
pub(crate) fn location(snapshot: &Snapshot, bytes: &Range<usize>) -> Location {
    Location { uri: snapshot.state.uri.clone(), range: range(snapshot, bytes) }
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
    Some(CodeDescription { href: rules::page_url(rule)?.parse().ok()? })
}

/// More diagnostics of one document are of no use to anyone, and stall editors.
const MAX_SHOWN: usize = 2000;

/// The findings that are shown, by their indices, and how many more there are: where there are too many, of
/// those that are `visible` the most severe.
pub(crate) fn most_severe(findings: &[crate::Diagnostic], visible: &[bool]) -> (Vec<usize>, usize) {
    let mut chosen: Vec<usize> =
        visible.iter().enumerate().filter_map(|(index, visible)| visible.then_some(index)).collect();
    let rest = chosen.len().saturating_sub(MAX_SHOWN);
    if rest > 0 {
        chosen.select_nth_unstable_by_key(MAX_SHOWN, |&index| (Reverse(findings[index].severity), index));
        chosen.truncate(MAX_SHOWN);
        chosen.sort_unstable();
    }
    (chosen, rest)
}

/// A note on the findings that are not shown.
pub(crate) fn rest(rest: usize) -> Option<lsp::Diagnostic> {
    (rest > 0).then(|| lsp::Diagnostic {
        severity: Some(DiagnosticSeverity::INFORMATION),
        source: Some(SOURCE.to_owned()),
        message: format!("问题太多，另有{rest}处较轻的没有列出"),
        ..lsp::Diagnostic::default()
    })
}

/// What is shown of a snapshot as the client sees it.
pub(crate) fn diagnostics(snapshot: &Snapshot, shown: &Shown) -> Vec<lsp::Diagnostic> {
    let (chosen, more) = most_severe(&snapshot.findings, &shown.visible);
    let ids = ids(snapshot, &chosen);
    let visible =
        chosen.iter().zip(&ids).map(|(&index, id)| diagnostic(snapshot, &snapshot.findings[index], id));
    let lingering = shown.lingering.iter().map(|finding| lingering(snapshot, finding));
    visible.chain(lingering).chain(rest(more)).collect()
}

/// A finding that the text no longer has, for as long as the client is to show it.
pub(crate) fn lingering(snapshot: &Snapshot, finding: &crate::Diagnostic) -> lsp::Diagnostic {
    lsp::Diagnostic { data: None, ..diagnostic(snapshot, finding, "") }
}

/// A finding as the client sees it.
pub(crate) fn diagnostic(snapshot: &Snapshot, finding: &crate::Diagnostic, id: &str) -> lsp::Diagnostic {
    let related = finding.related.iter().map(|related| DiagnosticRelatedInformation {
        location: location(snapshot, &related.range),
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
        tags: tags(snapshot, finding),
        data: Some(json!({
            "id": id,
            "fixes": finding.fixes.iter().map(|fix| fix_data(finding, fix)).collect::<Vec<_>>(),
        })),
    }
}

/// How the client shows a finding apart: what is to be deleted is faded out, an outdated name struck through.
fn tags(snapshot: &Snapshot, finding: &crate::Diagnostic) -> Option<Vec<DiagnosticTag>> {
    let deletes = finding.fixes.first().is_some_and(|fix| match &fix.edits[..] {
        [only] => only.range == finding.range && only.text.is_empty() && !only.range.is_empty(),
        _ => false,
    });
    let is_outdated = finding.rule == rules::typo::outdated_term::RULE.id;
    let known = &snapshot.state.capabilities.diagnostic_tags;
    let tags = [(deletes, DiagnosticTag::UNNECESSARY), (is_outdated, DiagnosticTag::DEPRECATED)];
    let tags = tags.into_iter().filter(|(applies, tag)| *applies && known.contains(tag));
    let tags: Vec<_> = tags.map(|(_, tag)| tag).collect();
    (!tags.is_empty()).then_some(tags)
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

/// An identifier for each of some findings, given by their indices, that survives edits elsewhere: the rule,
/// the marked text, and how many of the same come before.
pub(crate) fn ids(snapshot: &Snapshot, wanted: &[usize]) -> Vec<String> {
    let mut seen: HashMap<Marked<'_>, usize> = HashMap::new();
    let mut wanted = wanted.iter().copied().peekable();
    let mut ids = Vec::with_capacity(wanted.len());
    for (index, finding) in snapshot.findings.iter().enumerate() {
        if wanted.peek().is_none() {
            break;
        }
        let marked = marked(snapshot, finding);
        let before = seen.entry(marked).or_default();
        if wanted.next_if_eq(&index).is_some() {
            ids.push(nth_id(&marked, *before));
        }
        *before += 1;
    }
    ids
}

/// The identifier that [`ids`] gives to one of the findings, without those of all others.
pub(crate) fn id(snapshot: &Snapshot, index: usize) -> String {
    let own = marked(snapshot, &snapshot.findings[index]);
    let before = snapshot.findings[..index].iter().filter(|finding| marked(snapshot, finding) == own);
    nth_id(&own, before.count())
}

/// A rule and the text that it marks.
type Marked<'s> = (&'static str, Option<&'s str>);

fn marked<'s>(snapshot: &'s Snapshot, finding: &crate::Diagnostic) -> Marked<'s> {
    (finding.rule, snapshot.document.source().get(finding.range.clone()))
}

fn nth_id(marked: &Marked<'_>, nth: usize) -> String {
    let mut hasher = DefaultHasher::new();
    marked.hash(&mut hasher);
    format!("{:016x}-{nth}", hasher.finish())
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
            Some(SkipReason::Excluded) => CheckState::Excluded,
            Some(SkipReason::NoDraft) => CheckState::NoDraft,
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
