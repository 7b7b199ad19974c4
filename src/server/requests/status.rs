//! `zhubi/status`: what a status bar shows of a document. Asked for, or told after each check to a client that wants it.

use serde::{Deserialize, Serialize};
use tower_lsp_server::ls_types::Uri;
use tower_lsp_server::ls_types::notification::Notification;

use crate::Severity;
use crate::doctype;
use crate::server::snapshot::{Silence, Snapshot};
use crate::text::count::Count;

/// The document to tell of.
#[derive(Debug, Deserialize)]
pub(crate) struct StatusParams {
    pub(crate) uri: Uri,
}

/// What is told.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Status {
    pub(crate) uri: Uri,
    version: i32,
    state: State,
    words: usize,
    characters: usize,
    target: Option<usize>,
    document_type: Option<DocumentType>,
    findings: Findings,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    Ready,
    Disabled,
    TooLarge,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct DocumentType {
    id: String,
    name: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Findings {
    error: usize,
    warning: usize,
    info: usize,
    hint: usize,
}

/// The notification that bears it.
#[derive(Debug)]
pub(crate) enum StatusNotification {}

impl Notification for StatusNotification {
    type Params = Status;
    const METHOD: &'static str = "zhubi/status";
}

/// The status of a document.
pub(crate) fn answer(snapshot: &Snapshot) -> Status {
    let (draft, document) = (&snapshot.draft, &snapshot.document);
    let blocks = document.blocks().len();
    let Count { words, characters } = Count::of_blocks(document, 0..blocks);
    let config = draft.linter().config();
    let first_part = document.parts().into_iter().next();
    let title = first_part.and_then(|part| doctype::title_or(document, part, config.document_type));
    let document_type = title.map_or(config.document_type, |title| title.document_type);
    let mut findings = Findings::default();
    for finding in &snapshot.findings {
        *match finding.severity {
            Severity::Error => &mut findings.error,
            Severity::Warning => &mut findings.warning,
            Severity::Info => &mut findings.info,
            Severity::Hint => &mut findings.hint,
        } += 1;
    }
    Status {
        uri: draft.uri.clone(),
        version: draft.version,
        state: match draft.silence() {
            None => State::Ready,
            Some(Silence::Disabled) => State::Disabled,
            Some(Silence::TooLarge) => State::TooLarge,
        },
        words,
        characters,
        target: config.length.document,
        document_type: document_type
            .map(|kind| DocumentType { id: kind.key.to_owned(), name: kind.name.to_owned() }),
        findings,
    }
}
