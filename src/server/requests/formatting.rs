//! `textDocument/formatting`: the safe fixes of punctuation and numbering. No line moves, no space is added.

use tower_lsp_server::ls_types::{DocumentFormattingParams, TextEdit};

use crate::server::convert;
use crate::server::fix_all::{FixSet, Fixes};
use crate::server::snapshot::Snapshot;

/// The edits that format the document. Options such as the tab size do not matter to them.
pub(crate) fn answer(snapshot: &Snapshot, _: &DocumentFormattingParams) -> Vec<TextEdit> {
    convert::text_edits(snapshot, &Fixes::of_document(snapshot, FixSet::Format).edits())
}
