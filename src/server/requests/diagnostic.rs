//! `textDocument/diagnostic`: the diagnostics of a document, for a client that asks itself.

use tower_lsp_server::ls_types::{
    DocumentDiagnosticReport, FullDocumentDiagnosticReport, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
};

use crate::server::convert;
use crate::server::snapshot::Snapshot;

/// The diagnostics that are said, or that the client has them already: `previous` is the name of what it has.
pub(crate) fn answer(snapshot: &Snapshot, said: &[bool], previous: Option<&str>) -> DocumentDiagnosticReport {
    let held = said.iter().filter(|said| !**said).count();
    let result_id = format!("{}-{held}", snapshot.draft.revision);
    if previous == Some(&result_id) {
        return RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
        }
        .into();
    }
    let items = convert::shown(convert::diagnostics(snapshot), said);
    RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(result_id), items },
    }
    .into()
}
