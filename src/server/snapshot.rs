//! A document at one moment, with its findings. A worker thread makes it; requests are answered from it.

use std::ops::Range;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use super::capabilities::ClientCapabilities;
use super::configurations::EffectiveConfig;
use super::protocol::Uri;
use super::text::Text;
use crate::chinese::names::stands_beside_names;
use crate::lint::Checker;
use crate::text::format::Format;
use crate::text::position::LineIndex;
use crate::text::references::{References, Referent, Words};
use crate::typo::detector;
use crate::typo::words::{self, Fit};
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
    /// Is it a draft, by its language or its name?
    pub(crate) is_draft: bool,
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
    /// How long the check took.
    pub(crate) elapsed: Duration,
    lines: OnceLock<LineIndex>,
    references: OnceLock<References>,
}

impl Snapshot {
    /// A document and its findings.
    pub(crate) fn new(state: DocumentState, document: Document, findings: Vec<Diagnostic>) -> Self {
        let (lines, references) = (OnceLock::new(), OnceLock::new());
        Self { state, document, findings, elapsed: Duration::ZERO, lines, references }
    }

    /// Where its lines begin, computed at the first call.
    pub(crate) fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(self.document.source()))
    }

    /// What it refers to, read at the first call.
    pub(crate) fn references(&self) -> &References {
        self.references.get_or_init(|| References::new(&self.document))
    }

    /// What is named at a byte of its source, and every place that names it.
    pub(crate) fn referent(&self, at: usize) -> Option<Referent> {
        self.references().at(&self.document, at, WORDS)
    }
}

/// The detector knows words.
pub(crate) const WORDS: Words = Words {
    is_word,
    is_known: |word| detector().is_word(word),
    // 高峰 12.0, 黄河 11.4; 李强 10.2, 张伟 9.6.
    is_common: |word| detector().frequency(word).is_some_and(|ln| ln > 10.5),
};

/// A name is in no list of words: where the likeliest words cut it narrowly, it is one all the same, and so
/// it is beside what makes no word with a name.
fn is_word(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = (text[..range.start].chars().next_back(), text[range.end..].chars().next());
    let from = if before.is_none_or(stands_beside_names) { range.start } else { 0 };
    let to = if after.is_none_or(stands_beside_names) { range.end } else { text.len() };
    words::fit(&text[from..to], &(range.start - from..range.end - from), &text[range.clone()]) > Fit::Across
}

/// Why a document is not checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SkipReason {
    /// The settings say so.
    Disabled,
    /// It is too large.
    TooLarge,
    /// The project's `exclude` leaves it out.
    Excluded,
    /// It is of a language that is not ours.
    NoDraft,
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
        Self { uri, version: 0, revision: 0, text, format, is_draft: true, config, checker, capabilities }
    }

    /// The document without findings.
    pub(crate) fn unchecked(self) -> Snapshot {
        let document = Document::new(String::from(&self.text), self.format);
        Snapshot::new(self, document, Vec::new())
    }

    /// Runs the rules, unless it is cancelled. It takes a while: never on the session's task.
    pub(crate) fn check(self, cancelled: &AtomicBool) -> Option<Snapshot> {
        let begun = Instant::now();
        let mut snapshot = self.unchecked();
        let state = &snapshot.state;
        if state.skip_reason().is_none() {
            // Two checks of one document wait for each other; the older one is about to be cancelled.
            let mut checker = state.checker.lock().unwrap_or_else(PoisonError::into_inner);
            let mut findings = checker.check_by_place(&snapshot.document, cancelled)?;
            drop(checker);
            state.config.ignored.drop_from(&snapshot.document, &mut findings);
            state.linter().merge_habits(&snapshot.document, &mut findings);
            snapshot.findings = findings;
        }
        snapshot.elapsed = begun.elapsed();
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
        } else if !self.is_draft {
            Some(SkipReason::NoDraft)
        } else if self.config.is_excluded {
            Some(SkipReason::Excluded)
        } else if self.text.len() > self.config.settings.max_bytes() {
            Some(SkipReason::TooLarge)
        } else {
            None
        }
    }
}
