//! `textDocument/definition`: from what refers to an attachment, a table, a heading, an abbreviation to it.

use tower_lsp_server::ls_types::{GotoDefinitionParams, GotoDefinitionResponse};

use crate::server::convert;
use crate::server::snapshot::Snapshot;

/// Where what is named at the position is: the attachment itself, or else its entry in the list; the caption,
/// the heading, the place where an abbreviation is introduced. A name is defined nowhere.
pub(crate) fn answer(snapshot: &Snapshot, params: &GotoDefinitionParams) -> Option<GotoDefinitionResponse> {
    let at = convert::offset(snapshot, params.text_document_position_params.position);
    let referent = snapshot.referent(at)?;
    Some(convert::location(snapshot, &referent.definition()?.range).into())
}
