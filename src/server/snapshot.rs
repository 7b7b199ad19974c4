//! A document as it stood at one moment, with all that was found in it. Requests are answered from it, and it is made on a
//! worker thread.

use std::sync::Arc;

use tower_lsp_server::ls_types::Uri;

use super::abilities::Abilities;
use super::text::Text;
use crate::text::format::Format;
use crate::{Diagnostic, Document, Linter};

/// A text that is still to be checked, and all that is needed for it.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// The document's address.
    pub(crate) uri: Uri,
    /// The client's number for this state of the text.
    pub(crate) version: i32,
    /// The text.
    pub(crate) text: Text,
    /// How to read it.
    pub(crate) format: Format,
    /// The rules in force.
    pub(crate) linter: Arc<Linter>,
    /// What the client can do.
    pub(crate) abilities: Arc<Abilities>,
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
}

impl Draft {
    /// Runs the rules. This takes its time: never on the session's task.
    pub(crate) fn check(self) -> Snapshot {
        let document = Document::new(self.text.to_string(), self.format);
        let findings = self.linter.check(&document);
        Snapshot { draft: self, document, findings }
    }
}
