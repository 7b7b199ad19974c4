//! A document at one moment, with its findings. A worker thread makes it; requests are answered from it.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::capabilities::ClientCapabilities;
use super::configurations::EffectiveConfig;
use super::protocol::Uri;
use super::text::Text;
use crate::lint::Checker;
use crate::text::format::Format;
use crate::text::position::LineIndex;
use crate::{Diagnostic, Document, Linter};

/// Numbers the states of all documents; no two texts have the same.
pub(crate) type Revision = u64;

/// The state of a document: its text, and all that a check of it needs.
#[derive(Debug, Clone)]
pub(crate) struct DocumentState {
    /// The document's address.
    pub(crate) uri: Uri,
    /// The client's number for this state.
    pub(crate) version: i32,
    /// The server's number for this state.
    pub(crate) revision: Revision,
    /// The text.
    pub(crate) text: Text,
    /// How to read it.
    pub(crate) format: Format,
    /// The rules and settings that apply.
    pub(crate) config: EffectiveConfig,
    /// Remembers the findings of earlier states.
    pub(crate) checker: Arc<Mutex<Checker>>,
    /// What the client can do.
    pub(crate) capabilities: Arc<ClientCapabilities>,
}

/// A state of a document, its text as the rules read it, and the findings.
#[derive(Debug)]
pub(crate) struct Snapshot {
    /// What was checked.
    pub(crate) state: DocumentState,
    /// The text as the rules read it.
    pub(crate) document: Document,
    /// The findings, in the order of the text.
    pub(crate) findings: Vec<Diagnostic>,
    lines: OnceLock<LineIndex>,
}

impl Snapshot {
    /// A document and its findings.
    pub(crate) fn new(state: DocumentState, document: Document, findings: Vec<Diagnostic>) -> Self {
        Self { state, document, findings, lines: OnceLock::new() }
    }

    /// Where its lines begin, computed at the first call.
    pub(crate) fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(self.document.source()))
    }
}

/// Why a document is not checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SkipReason {
    /// The settings say so.
    Disabled,
    /// It is too large.
    TooLarge,
}

impl DocumentState {
    /// The first state of a document; one on disk has no other.
    pub(crate) fn new(
        uri: Uri,
        text: &str,
        format: Format,
        config: EffectiveConfig,
        capabilities: Arc<ClientCapabilities>,
    ) -> Self {
        let (text, checker) = (Text::new(text), config.checker());
        Self { uri, version: 0, revision: 0, text, format, config, checker, capabilities }
    }

    /// The document without findings.
    pub(crate) fn unchecked(self) -> Snapshot {
        let document = Document::new(String::from(&self.text), self.format);
        Snapshot::new(self, document, Vec::new())
    }

    /// Runs the rules, unless it is cancelled. It takes a while: never on the session's task.
    pub(crate) fn check(self, cancelled: &AtomicBool) -> Option<Snapshot> {
        let mut snapshot = self.unchecked();
        let state = &snapshot.state;
        if state.skip_reason().is_none() {
            // Two checks of one document wait for each other; the older one is about to be cancelled.
            let mut checker = state.checker.lock().unwrap_or_else(PoisonError::into_inner);
            let findings = checker.check(&snapshot.document, cancelled)?;
            drop(checker);
            snapshot.findings = findings;
        }
        Some(snapshot)
    }

    /// The rules that apply.
    pub(crate) fn linter(&self) -> &Linter {
        &self.config.linter
    }

    /// Why the document is not checked, if it is not.
    pub(crate) fn skip_reason(&self) -> Option<SkipReason> {
        if !self.config.settings.enable {
            Some(SkipReason::Disabled)
        } else if self.text.len() > self.config.settings.max_bytes() {
            Some(SkipReason::TooLarge)
        } else {
            None
        }
    }
}
