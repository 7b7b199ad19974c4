//! The bytes of a draft, read: its text, and what is found in it by itself.

use std::sync::Arc;

use crate::files::Input;
use crate::finding::Diagnostic;
use crate::lint::Linter;
use crate::text::document::Document;

/// Which bytes a draft is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Digest(blake3::Hash);

impl Digest {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self(blake3::hash(bytes))
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

pub(super) struct Reading {
    pub(super) digest: Digest,
    pub(super) document: Document,
    /// Each place by itself.
    pub(super) findings: Vec<Diagnostic>,
    pub(super) linter: Arc<Linter>,
}

impl Reading {
    /// Reads and checks a draft.
    ///
    /// # Errors
    /// A message with its name: its bytes are no document of its format.
    pub(super) fn new(input: &Input, linter: &Arc<Linter>) -> Result<Self, String> {
        let document = input.document()?;
        let findings = linter.check_by_place(&document);
        Ok(Self { digest: Digest::of(&input.bytes), document, findings, linter: linter.clone() })
    }

    /// Is it what reading these bytes by these rules would come to?
    pub(super) fn is_of(&self, bytes: &[u8], linter: &Linter) -> bool {
        self.linter.digest() == linter.digest() && self.digest == Digest::of(bytes)
    }

    /// Is there nothing to check in it?
    pub(super) fn is_empty(&self) -> bool {
        self.document.source().trim().is_empty()
    }
}
