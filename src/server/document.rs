//! An open document: its text, the runs that check it, and who waits for them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;
use tower_lsp_server::ls_types::Uri;

use super::abilities::Abilities;
use super::snapshot::{Draft, Snapshot};
use super::text::{Change, Text};
use crate::Linter;
use crate::text::format::Format;

/// How long after the last keystroke a text is checked. On opening and saving it is checked at once.
const DEBOUNCE: Duration = Duration::from_millis(150);

/// Counts the states of all documents; never the same for two texts.
pub(crate) type Revision = u64;

/// Who asked for a snapshot.
pub(crate) type Waiting = oneshot::Sender<Arc<Snapshot>>;

/// An open document.
#[derive(Debug)]
pub(crate) struct OpenDocument {
    /// The text and how to check it.
    pub(crate) draft: Draft,
    /// The state that the text is in.
    pub(crate) revision: Revision,
    /// The newest finished check; of an older state of the text while a newer one is under way.
    done: Option<(Revision, Arc<Snapshot>)>,
    /// When to check, where that waits for the writer to pause.
    due: Option<Instant>,
    runs: Vec<Run>,
}

/// A check under way.
#[derive(Debug)]
struct Run {
    revision: Revision,
    abandoned: Arc<AtomicBool>,
    waiting: Vec<Waiting>,
}

/// A check to be started.
#[derive(Debug)]
pub(crate) struct Job {
    /// What to check.
    pub(crate) draft: Draft,
    /// The state of the document that this is.
    pub(crate) revision: Revision,
    /// Is it still wanted?
    pub(crate) abandoned: Arc<AtomicBool>,
}

impl OpenDocument {
    /// A document as it was opened.
    pub(crate) fn new(
        uri: Uri,
        language: &str,
        version: i32,
        text: &str,
        linter: Arc<Linter>,
        abilities: Arc<Abilities>,
        revision: Revision,
    ) -> Self {
        let format = format(&uri, language);
        let draft = Draft { uri, version, text: Text::new(text), format, linter, abilities };
        Self { draft, revision, done: None, due: None, runs: Vec::new() }
    }

    /// Applies edits, and puts the next check off until the writer pauses.
    pub(crate) fn edit(&mut self, version: i32, changes: &[Change], received: Instant, revision: Revision) {
        for change in changes {
            self.draft.text.change(change, self.draft.abilities.encoding);
        }
        self.draft.version = version;
        self.supersede(revision);
        self.due = Some(received + DEBOUNCE);
    }

    /// Takes the text over whole, as it was saved, where it is not the one held here. Says whether it was.
    pub(crate) fn resync(&mut self, text: &str, revision: Revision) -> bool {
        if self.draft.text == *text {
            return false;
        }
        self.draft.text = Text::new(text);
        self.supersede(revision);
        true
    }

    /// Takes another linter. Says whether it is another.
    pub(crate) fn relint(&mut self, linter: Arc<Linter>, revision: Revision) -> bool {
        if Arc::ptr_eq(&self.draft.linter, &linter) {
            return false;
        }
        self.draft.linter = linter;
        self.supersede(revision);
        true
    }

    /// Leaves the older state behind. A run for it goes on only where a request still waits for it.
    fn supersede(&mut self, revision: Revision) {
        self.revision = revision;
        self.runs.retain_mut(|run| {
            run.waiting.retain(|waiting| !waiting.is_closed());
            let wanted = !run.waiting.is_empty();
            run.abandoned.store(!wanted, Ordering::Relaxed);
            wanted
        });
    }

    /// When the next check is due, if one is put off.
    pub(crate) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// The check to start now, if the text has none yet.
    pub(crate) fn start(&mut self) -> Option<Job> {
        self.due = None;
        let is_done = self.done.as_ref().is_some_and(|(revision, _)| *revision == self.revision);
        if is_done || self.runs.iter().any(|run| run.revision == self.revision) {
            return None;
        }
        let run = Run { revision: self.revision, abandoned: Arc::default(), waiting: Vec::new() };
        let job =
            Job { draft: self.draft.clone(), revision: self.revision, abandoned: run.abandoned.clone() };
        self.runs.push(run);
        Some(job)
    }

    /// Answers with the snapshot of the text as it is now: at once where it is there, else when its check ends; it is
    /// started for that without waiting for a pause.
    pub(crate) fn ask(&mut self, waiting: Waiting) -> Option<Job> {
        if let Some((revision, snapshot)) = &self.done
            && *revision == self.revision
        {
            // Where nobody listens any more, the request was cancelled.
            let _ = waiting.send(snapshot.clone());
            return None;
        }
        let job = self.start();
        if let Some(run) = self.runs.iter_mut().find(|run| run.revision == self.revision) {
            run.waiting.push(waiting);
        }
        job
    }

    /// Takes the end of a check, and answers who waited for it. `snapshot` is absent where it failed. Says whether
    /// this is the text as it is now.
    pub(crate) fn finish(&mut self, revision: Revision, snapshot: Option<&Arc<Snapshot>>) -> bool {
        if let Some(at) = self.runs.iter().position(|run| run.revision == revision) {
            for waiting in self.runs.swap_remove(at).waiting {
                if let Some(snapshot) = snapshot {
                    let _ = waiting.send(snapshot.clone());
                }
            }
        }
        let current = revision == self.revision;
        if let Some(snapshot) = snapshot.filter(|_| current) {
            self.done = Some((revision, snapshot.clone()));
        }
        current
    }
}

impl Drop for OpenDocument {
    fn drop(&mut self) {
        for run in &self.runs {
            run.abandoned.store(true, Ordering::Relaxed);
        }
    }
}

/// The format by the language that the editor names; where that says nothing, by the file's name.
fn format(uri: &Uri, language: &str) -> Format {
    match Format::of_language_id(language) {
        Format::Plain => Format::of_path(std::path::Path::new(uri.path().as_str())),
        known => known,
    }
}
