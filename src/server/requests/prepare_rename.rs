//! `textDocument/prepareRename`: may what stands here be renamed?

use tower_lsp_server::ls_types::{PrepareRenameResponse, TextDocumentPositionParams};

use crate::server::convert;
use crate::server::snapshot::Snapshot;
use crate::text::references::renaming::{Refusal, nothing};

/// The number or name that the writer would change.
pub(crate) fn answer(
    snapshot: &Snapshot,
    params: &TextDocumentPositionParams,
) -> Result<PrepareRenameResponse, Refusal> {
    let at = convert::offset(snapshot, params.position);
    let label = snapshot.referent(at).ok_or_else(nothing)?.label_at(at)?;
    let placeholder = snapshot.document.source()[label.clone()].to_owned();
    Ok(PrepareRenameResponse::RangeWithPlaceholder { range: convert::range(snapshot, &label), placeholder })
}
