//! `zhubi/text`: the text of an open document as the server holds it. An aid for finding faults of synchronisation, in a
//! client's tests and in ours; no editor needs it.

use serde::{Deserialize, Serialize};
use tower_lsp_server::ls_types::Uri;

/// The document to read back.
#[derive(Debug, Deserialize)]
pub(crate) struct TextParams {
    pub(crate) uri: Uri,
}

/// Its text and the version that it is of.
#[derive(Debug, Serialize)]
pub(crate) struct TextResult {
    pub(crate) text: String,
    pub(crate) version: i32,
}
