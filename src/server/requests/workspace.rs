//! Requests about the whole workspace: its diagnostics, and its headings. Drafts that are open are not read from disk: they
//! have diagnostics of their own.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use tower_lsp_server::ls_types::{
    FullDocumentDiagnosticReport, Location, OneOf, SymbolKind, UnchangedDocumentDiagnosticReport, Uri,
    WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport, WorkspaceSymbol,
    WorkspaceUnchangedDocumentDiagnosticReport,
};

use crate::files;
use crate::lint::Checker;
use crate::lint::collection::Collection;
use crate::server::configurations::file_of;
use crate::server::convert;
use crate::server::session::Workspace;
use crate::server::snapshot::{Draft, Snapshot};
use crate::server::text::Text;
use crate::{Diagnostic, Document};

/// More headings than these are of no help in a list.
const MOST_SYMBOLS: usize = 1000;

/// The drafts of the workspace that are not open, in the order of their paths.
pub(crate) fn files(workspace: &mut Workspace) -> Vec<Uri> {
    let folders: Vec<PathBuf> = workspace.configurations.folders().to_vec();
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in folders {
        let inside = Uri::from_file_path(folder.join("-"));
        let exclude = inside.map(|uri| {
            workspace.configurations.in_force(&uri, &mut Vec::new()).linter.config().exclude.clone()
        });
        match files::files(&folder, &exclude.unwrap_or_default()) {
            Ok(found) => files.extend(found),
            Err(faults) => faults.iter().for_each(|fault| tracing::warn!(fault)),
        }
    }
    let open: Vec<PathBuf> = workspace.open.iter().filter_map(file_of).collect();
    files.retain(|file| !open.contains(file));
    files.sort();
    files.dedup();
    files.into_iter().filter_map(Uri::from_file_path).collect()
}

/// A draft on disk, with what is found in it. None where it cannot be read, is not to be checked, or `abandoned` was raised.
pub(crate) fn check(workspace: &mut Workspace, uri: &Uri, abandoned: &AtomicBool) -> Option<Snapshot> {
    if abandoned.load(Ordering::Relaxed) {
        return None;
    }
    let draft = draft(workspace, uri)?;
    if draft.silence().is_some() { None } else { draft.check(abandoned) }
}

/// What a draft is called in a message.
pub(crate) fn name(uri: &Uri) -> String {
    let file = file_of(uri).and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
    file.unwrap_or_else(|| uri.as_str().to_owned())
}

/// Adds a draft to those that are compared, and to `findings` what it has in common with those before it.
pub(crate) fn compare(snapshot: &Snapshot, collection: &mut Collection, findings: &mut Vec<Diagnostic>) {
    let Snapshot { draft, document, .. } = snapshot;
    let file = file_of(&draft.uri).and_then(|path| path.canonicalize().ok());
    collection.add(document, &name(&draft.uri), file, draft.linter(), findings);
}

/// A draft as it is on disk.
fn draft(workspace: &mut Workspace, uri: &Uri) -> Option<Draft> {
    let path = file_of(uri)?;
    let in_force = workspace.configurations.in_force(uri, &mut Vec::new());
    let document = files::read(&path).and_then(|input| input.document());
    let document = document.inspect_err(|fault| tracing::warn!(fault)).ok()?;
    Some(Draft {
        uri: uri.clone(),
        version: 0,
        revision: 0,
        text: Text::new(document.source()),
        format: document.format(),
        checker: Arc::new(Mutex::new(Checker::new(in_force.linter.clone()))),
        in_force,
        capabilities: workspace.capabilities.clone(),
    })
}

/// The report on a draft on disk; that it is as it was, where `previous` is the name of that state.
pub(crate) fn report(
    workspace: &mut Workspace,
    uri: &Uri,
    previous: Option<&str>,
    abandoned: &AtomicBool,
) -> Option<WorkspaceDocumentDiagnosticReport> {
    let result_id = state(workspace, uri)?;
    if previous == Some(&result_id) {
        return Some(
            WorkspaceUnchangedDocumentDiagnosticReport {
                uri: uri.clone(),
                version: None,
                unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
            }
            .into(),
        );
    }
    let snapshot = check(workspace, uri, abandoned)?;
    let said = vec![true; snapshot.findings.len()];
    let items = convert::shown(convert::diagnostics(&snapshot), &said);
    Some(
        WorkspaceFullDocumentDiagnosticReport {
            uri: uri.clone(),
            version: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport {
                result_id: Some(result_id),
                items,
            },
        }
        .into(),
    )
}

/// A name for the state of a file and of what holds for it.
fn state(workspace: &mut Workspace, uri: &Uri) -> Option<String> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let metadata = std::fs::metadata(file_of(uri)?).ok()?;
    let in_force = workspace.configurations.in_force(uri, &mut Vec::new());
    let mut hasher = DefaultHasher::new();
    (metadata.len(), metadata.modified().ok()).hash(&mut hasher);
    format!("{:?}", in_force.linter.config()).hash(&mut hasher);
    Some(format!("{:016x}", hasher.finish()))
}

/// The headings of a draft that hold all of `query`, whatever its case.
pub(crate) fn symbols(snapshot: &Snapshot, query: &str, found: &mut Vec<WorkspaceSymbol>) {
    let query = query.to_lowercase();
    let name =
        file_of(&snapshot.draft.uri).and_then(|path| Some(path.file_stem()?.to_string_lossy().into_owned()));
    for node in snapshot.document.outline().nodes() {
        if found.len() >= MOST_SYMBOLS {
            return;
        }
        if !node.title.trim().is_empty() && node.title.to_lowercase().contains(&query) {
            found.push(WorkspaceSymbol {
                name: node.title.trim().to_owned(),
                kind: SymbolKind::STRING,
                tags: None,
                container_name: name.clone(),
                location: OneOf::Left(Location {
                    uri: snapshot.draft.uri.clone(),
                    range: convert::range(snapshot, &node.selection),
                }),
                data: None,
            });
        }
    }
}

/// The outline of a draft on disk, which is not checked for that.
pub(crate) fn outline(workspace: &mut Workspace, uri: &Uri) -> Option<Snapshot> {
    let draft = draft(workspace, uri)?;
    let document = Document::new(String::from(&draft.text), draft.format);
    Some(Snapshot::new(draft, document, Vec::new()))
}
