//! `textDocument/diagnostic`: the diagnostics of a document, for a client that pulls them.

use tower_lsp_server::ls_types::{
    DocumentDiagnosticReport, FullDocumentDiagnosticReport, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
};

use crate::server::convert;
use crate::server::snapshot::Snapshot;

/// The visible diagnostics, or that they are `previous`, which the client has already.
pub(crate) fn answer(
    snapshot: &Snapshot,
    visible: &[bool],
    previous: Option<String>,
) -> DocumentDiagnosticReport {
    let withheld = visible.iter().filter(|visible| !**visible).count();
    let result_id = format!("{}-{withheld}", snapshot.state.revision);
    if previous.as_ref() == Some(&result_id) {
        return RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
        }
        .into();
    }
    let items = convert::diagnostics(snapshot, |index| visible[index]);
    RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(result_id), items },
    }
    .into()
}
