//! An open document: its state, the checks that are running, and the requests that wait for them.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::configurations::EffectiveConfig;
use super::protocol::Uri;
use super::snapshot::{DocumentState, Revision, Snapshot};
use super::text::{Change, Text};
use super::typing_guard::TypingGuard;
use crate::text::format::Format;

/// How many checks a trace tells of.
const MAX_RECORDS: usize = 20;

/// An open document.
#[derive(Debug)]
pub(crate) struct OpenDocument {
    /// Its current state.
    pub(crate) state: DocumentState,
    /// Withholds findings from a writer who is typing.
    pub(crate) typing_guard: TypingGuard,
    /// The newest finished check, perhaps of an older state.
    checked: Option<Arc<Snapshot>>,
    /// Requests that came before the client's settings.
    waiting: Vec<oneshot::Sender<Arc<Snapshot>>>,
    /// When to check, where that waits for the writer to pause.
    due: Option<Instant>,
    running: Vec<Check>,
    /// The last checks that are done.
    pub(crate) records: VecDeque<CheckRecord>,
}

/// A check that is done, for a trace.
#[derive(Debug, Clone)]
pub(crate) struct CheckRecord {
    /// The client's number for the text.
    pub(crate) version: i32,
    /// The length of the text.
    pub(crate) bytes: usize,
    /// How long it took.
    pub(crate) elapsed: Duration,
    /// How much was found.
    pub(crate) findings: usize,
}

impl CheckRecord {
    fn of(snapshot: &Snapshot) -> Self {
        let Snapshot { state, findings, elapsed, .. } = snapshot;
        Self { version: state.version, bytes: state.text.len(), elapsed: *elapsed, findings: findings.len() }
    }
}

/// A running check.
#[derive(Debug)]
struct Check {
    revision: Revision,
    cancelled: Arc<AtomicBool>,
    requests: Vec<oneshot::Sender<Arc<Snapshot>>>,
}

/// A check to start.
#[derive(Debug)]
pub(crate) struct Job {
    /// What to check.
    pub(crate) state: DocumentState,
    /// Raised when nobody needs the result any more.
    pub(crate) cancelled: Arc<AtomicBool>,
}

impl OpenDocument {
    /// A document as it was opened.
    pub(crate) fn new(state: DocumentState) -> Self {
        Self {
            state,
            typing_guard: TypingGuard::default(),
            checked: None,
            waiting: Vec::new(),
            due: None,
            running: Vec::new(),
            records: VecDeque::new(),
        }
    }

    /// Applies edits, and puts the next check off until the writer pauses.
    pub(crate) fn edit(&mut self, version: i32, changes: &[Change], received: Instant, revision: Revision) {
        let mut before = self.current().cloned();
        for change in changes {
            match self.state.text.change(change, self.state.capabilities.encoding) {
                Some(splice) => self.typing_guard.edited(&splice, received, before.take().as_deref()),
                None => self.typing_guard.forget_cursor(),
            }
        }
        self.state.version = version;
        self.invalidate(revision);
        self.postpone(received + self.state.config.settings.delay());
    }

    /// Puts the next check off.
    pub(crate) fn postpone(&mut self, due: Instant) {
        self.due = Some(due);
    }

    /// Replaces the text by the one that was saved. Returns false where they are the same, as they should be.
    pub(crate) fn replace_text(&mut self, text: &str, revision: Revision) -> bool {
        if self.state.text == *text {
            return false;
        }
        self.state.text = Text::new(text);
        self.invalidate(revision);
        true
    }

    /// Sets the configuration. Returns false where it is the same as before.
    pub(crate) fn set_config(&mut self, config: EffectiveConfig, revision: Revision) -> bool {
        let before = &self.state.config;
        if before.is_same(&config) {
            return false;
        }
        if !Arc::ptr_eq(&before.linter, &config.linter) {
            self.state.checker = config.checker();
        }
        self.state.config = config;
        self.typing_guard.forget_cursor();
        self.invalidate(revision);
        true
    }

    /// The snapshot of the current state, if its check is done.
    pub(crate) fn current(&self) -> Option<&Arc<Snapshot>> {
        self.checked.as_ref().filter(|snapshot| snapshot.state.revision == self.state.revision)
    }

    /// Begins a new state. Checks of older ones go on only where a request still waits for them.
    fn invalidate(&mut self, revision: Revision) {
        self.state.revision = revision;
        self.running.retain_mut(|check| {
            check.requests.retain(|request| !request.is_closed());
            let is_needed = !check.requests.is_empty();
            check.cancelled.store(!is_needed, Ordering::Relaxed);
            is_needed
        });
    }

    /// When the next check is due, if one is put off.
    pub(crate) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// The check to start now, unless it is done or running.
    pub(crate) fn start(&mut self) -> Option<Job> {
        self.due = None;
        let revision = self.state.revision;
        if self.current().is_some() || self.running.iter().any(|check| check.revision == revision) {
            return None;
        }
        let cancelled = Arc::<AtomicBool>::default();
        self.running.push(Check { revision, cancelled: cancelled.clone(), requests: Vec::new() });
        Some(Job { state: self.state.clone(), cancelled })
    }

    /// Answers a request with the snapshot of the current state: at once, or when its check ends, which is
    /// started without waiting for a pause.
    pub(crate) fn request_snapshot(&mut self, request: oneshot::Sender<Arc<Snapshot>>) -> Option<Job> {
        if let Some(snapshot) = self.current() {
            // Where nobody listens any more, the request was cancelled.
            let _ = request.send(snapshot.clone());
            return None;
        }
        let job = self.start();
        if let Some(check) = self.running.iter_mut().find(|check| check.revision == self.state.revision) {
            check.requests.push(request);
        }
        job
    }

    /// Has a request wait for the client's settings.
    pub(crate) fn defer(&mut self, request: oneshot::Sender<Arc<Snapshot>>) {
        self.waiting.push(request);
    }

    /// The settings are there, or never come: answers the requests that waited for them.
    pub(crate) fn resume(&mut self) -> Option<Job> {
        let waiting = std::mem::take(&mut self.waiting).into_iter();
        waiting.fold(None, |job, request| self.request_snapshot(request).or(job))
    }

    /// Takes the result of a check, and answers the requests that wait for it; `snapshot` is absent where it
    /// failed. Returns whether it is of the current state, and the snapshot that it replaces.
    pub(crate) fn on_check_finished(
        &mut self,
        revision: Revision,
        snapshot: Option<&Arc<Snapshot>>,
    ) -> (bool, Option<Arc<Snapshot>>) {
        if let Some(at) = self.running.iter().position(|check| check.revision == revision) {
            for request in self.running.swap_remove(at).requests {
                if let Some(snapshot) = snapshot {
                    let _ = request.send(snapshot.clone());
                }
            }
        }
        self.records.extend(snapshot.map(|snapshot| CheckRecord::of(snapshot)));
        self.records.drain(..self.records.len().saturating_sub(MAX_RECORDS));
        let is_current = revision == self.state.revision;
        let old = snapshot.filter(|_| is_current).and_then(|snapshot| self.checked.replace(snapshot.clone()));
        (is_current, old)
    }
}

impl Drop for OpenDocument {
    fn drop(&mut self) {
        for check in &self.running {
            check.cancelled.store(true, Ordering::Relaxed);
        }
    }
}

/// The format by the language that the editor names; where that says nothing, by the file's name. None where
/// neither is of a draft: a program, a letter in LaTeX.
pub(crate) fn format(uri: &Uri, language: &str) -> Option<Format> {
    let named = Format::of_language_id(language);
    // Many editors call all plain text that they have no other name for.
    if named.is_some_and(|format| format != Format::Plain) { named } else { format_of_name(uri).or(named) }
}

/// Is a file a draft, by its name?
pub(crate) fn is_draft(uri: &Uri) -> bool {
    format_of_name(uri).is_some()
}

fn format_of_name(uri: &Uri) -> Option<Format> {
    let extension = Path::new(uri.path().as_str()).extension()?.to_str()?;
    Format::of_extension(extension).filter(|format| format.is_text())
}
