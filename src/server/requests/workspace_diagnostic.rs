//! `workspace/diagnostic`: the diagnostics of all drafts that are not open, in parts if the client wants.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde_json::json;
use tower_lsp_server::jsonrpc::Result;
use tower_lsp_server::ls_types::{
    FullDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport, WorkspaceDiagnosticParams,
    WorkspaceDiagnosticReport, WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};

use crate::server::convert;
use crate::server::protocol::{Uri, file_path};
use crate::server::typing_guard::Shown;
use crate::server::workspace::Workspace;
use crate::server::workspace_check::WorkspaceCheck;

/// The reports in a part of the result.
const PART: usize = 16;

/// Checks the drafts.
pub(crate) async fn answer(
    mut check: WorkspaceCheck,
    params: WorkspaceDiagnosticParams,
) -> Result<WorkspaceDiagnosticReport> {
    let part_token = params.partial_result_params.partial_result_token;
    let previous: HashMap<Uri, String> =
        params.previous_result_ids.into_iter().map(|it| (it.uri, it.value)).collect();
    let report = move |workspace: &mut Workspace, uri: &Uri, cancelled: &AtomicBool| {
        report(workspace, uri, previous.get(uri), cancelled)
    };
    let report = Arc::new(report);
    let mut items = Vec::new();
    check.begin().await?;
    while let Some(found) = check.next(report.clone()).await? {
        items.extend(found);
        if let Some(token) = part_token.as_ref().filter(|_| items.len() >= PART) {
            check.send(token, json!({ "items": std::mem::take(&mut items) })).await;
        }
    }
    Ok(WorkspaceDiagnosticReport { items })
}

/// The report on a draft, or that it is as in `previous`.
fn report(
    workspace: &mut Workspace,
    uri: &Uri,
    previous: Option<&String>,
    cancelled: &AtomicBool,
) -> Option<WorkspaceDocumentDiagnosticReport> {
    let result_id = result_id(workspace, uri)?;
    if previous == Some(&result_id) {
        let report = WorkspaceUnchangedDocumentDiagnosticReport {
            uri: uri.clone(),
            version: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
        };
        return Some(report.into());
    }
    let snapshot = workspace.check(uri, cancelled)?;
    let items = convert::diagnostics(&snapshot, &Shown::all(&snapshot));
    let report = WorkspaceFullDocumentDiagnosticReport {
        uri: uri.clone(),
        version: None,
        full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(result_id), items },
    };
    Some(report.into())
}

/// Identifies the state of a file and of its configuration.
fn result_id(workspace: &mut Workspace, uri: &Uri) -> Option<String> {
    let metadata = std::fs::metadata(file_path(uri)?).ok()?;
    let mut hasher = DefaultHasher::new();
    (metadata.len(), metadata.modified().ok()).hash(&mut hasher);
    let config = workspace.config(uri);
    format!("{:?}{:?}", config.linter.config(), config.ignored).hash(&mut hasher);
    Some(format!("{:016x}", hasher.finish()))
}
