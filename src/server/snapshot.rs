//! A document as it stood at one moment, with all that was found in it. Requests are answered from it, and it is made on a
//! worker thread.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tower_lsp_server::ls_types::Uri;

use super::capabilities::Abilities;
use super::configurations::InForce;
use super::text::Text;
use crate::lint::Checker;
use crate::text::format::Format;
use crate::text::position::LineIndex;
use crate::{Diagnostic, Document, Linter};

/// Counts the states of all documents; never the same for two texts.
pub(crate) type Revision = u64;

/// A text that is still to be checked, and all that is needed for it.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// The document's address.
    pub(crate) uri: Uri,
    /// The client's number for this state of the text.
    pub(crate) version: i32,
    /// Ours.
    pub(crate) revision: Revision,
    /// The text.
    pub(crate) text: Text,
    /// How to read it.
    pub(crate) format: Format,
    /// The rules and settings in force.
    pub(crate) in_force: InForce,
    /// Remembers what was found in the text before.
    pub(crate) checker: Arc<Mutex<Checker>>,
    /// What the client can do.
    pub(crate) capabilities: Arc<Abilities>,
}

/// A text, what was read out of it, and what was found in it.
#[derive(Debug)]
pub(crate) struct Snapshot {
    /// What was checked.
    pub(crate) draft: Draft,
    /// The text as the rules read it.
    pub(crate) document: Document,
    /// The findings, in the order of the text.
    pub(crate) findings: Vec<Diagnostic>,
    lines: OnceLock<LineIndex>,
}

impl Snapshot {
    /// A document and what was found in it.
    pub(crate) fn new(draft: Draft, document: Document, findings: Vec<Diagnostic>) -> Self {
        Self { draft, document, findings, lines: OnceLock::new() }
    }

    /// Where its lines begin: found once for all places that are told of it.
    pub(crate) fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(self.document.source()))
    }
}

/// Why a document is not checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Silence {
    /// The settings say so.
    Disabled,
    /// It is too large.
    TooLarge,
}

impl Draft {
    /// Runs the rules, unless that is abandoned before the end. This takes its time: never on the session's task.
    pub(crate) fn check(self, abandoned: &AtomicBool) -> Option<Snapshot> {
        let document = Document::new(String::from(&self.text), self.format);
        let findings = if self.silence().is_some() {
            Vec::new()
        } else {
            // Two runs of one document wait for each other; the older one is about to be abandoned.
            let mut checker = self.checker.lock().unwrap_or_else(PoisonError::into_inner);
            checker.check(&document, abandoned)?
        };
        Some(Snapshot::new(self, document, findings))
    }

    /// The rules in force.
    pub(crate) fn linter(&self) -> &Linter {
        &self.in_force.linter
    }

    /// Why the document is not checked, if it is not.
    pub(crate) fn silence(&self) -> Option<Silence> {
        if !self.in_force.settings.enable {
            Some(Silence::Disabled)
        } else if self.text.len() > self.in_force.settings.max_bytes() {
            Some(Silence::TooLarge)
        } else {
            None
        }
    }
}
