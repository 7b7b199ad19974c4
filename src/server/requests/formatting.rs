//! `textDocument/formatting`: the safe fixes of punctuation and numbering. It moves no line and adds no space.

use tower_lsp_server::ls_types::TextEdit;

use super::fix_all::{self, Which};
use crate::server::convert;
use crate::server::snapshot::Snapshot;

/// The edits.
pub(crate) fn answer(snapshot: &Snapshot) -> Vec<TextEdit> {
    convert::text_edits(snapshot, &fix_all::edits(snapshot, &Which::Format))
}
