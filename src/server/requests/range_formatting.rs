//! `textDocument/rangeFormatting`: what formatting would do, in a selection.

use tower_lsp_server::ls_types::{DocumentRangeFormattingParams, TextEdit};

use crate::server::convert;
use crate::server::fix_all::{FixSet, Fixes};
use crate::server::snapshot::Snapshot;

/// The edits that format what lies in the range.
pub(crate) fn answer(snapshot: &Snapshot, params: &DocumentRangeFormattingParams) -> Vec<TextEdit> {
    let selection = convert::bytes(snapshot, params.range);
    convert::text_edits(snapshot, &Fixes::in_selection(snapshot, FixSet::Format, selection).edits())
}
