//! `textDocument/rename`: a new name or number at every place that names the same thing.

use tower_lsp_server::ls_types::{RenameParams, WorkspaceEdit};

use crate::server::convert;
use crate::server::snapshot::{Snapshot, WORDS};
use crate::text::references::renaming::{Refusal, nothing};

/// The edits, or why there are none.
pub(crate) fn answer(snapshot: &Snapshot, params: &RenameParams) -> Result<WorkspaceEdit, Refusal> {
    let at = convert::offset(snapshot, params.text_document_position.position);
    let referent = snapshot.referent(at).ok_or_else(nothing)?;
    referent.label_at(at)?;
    let edits = snapshot.references().rename(&snapshot.document, &referent, &params.new_name, WORDS)?;
    Ok(convert::workspace_edit(snapshot, &edits))
}
