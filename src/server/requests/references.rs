//! `textDocument/references`: every place that names what is named here.

use tower_lsp_server::ls_types::{Location, ReferenceParams};

use crate::server::convert;
use crate::server::snapshot::Snapshot;
use crate::text::references::Role;

/// The places in order, with the thing itself where the client wants that.
pub(crate) fn answer(snapshot: &Snapshot, params: &ReferenceParams) -> Option<Vec<Location>> {
    let at = convert::offset(snapshot, params.text_document_position.position);
    let referent = snapshot.referent(at)?;
    let with_itself = params.context.include_declaration;
    let wanted = referent.places.iter().filter(|place| with_itself || place.role != Role::Definition);
    Some(wanted.map(|place| convert::location(snapshot, &place.range)).collect())
}
