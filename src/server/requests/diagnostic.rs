//! `textDocument/diagnostic`: the diagnostics of a document, for a client that pulls them.

use tower_lsp_server::ls_types::{
    DocumentDiagnosticReport, FullDocumentDiagnosticReport, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
};

use crate::server::convert;
use crate::server::snapshot::Snapshot;
use crate::server::typing_guard::Shown;

/// The diagnostics that are shown, or that they are `previous`, which the client has already.
pub(crate) fn answer(
    snapshot: &Snapshot,
    shown: &Shown,
    previous: Option<String>,
) -> DocumentDiagnosticReport {
    let withheld = shown.visible.iter().filter(|visible| !**visible).count();
    let result_id = format!("{}-{withheld}-{}", snapshot.state.revision, shown.lingering.len());
    if previous.as_ref() == Some(&result_id) {
        return RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
        }
        .into();
    }
    let items = convert::diagnostics(snapshot, shown);
    RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(result_id), items },
    }
    .into()
}
