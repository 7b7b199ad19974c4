//! An open document: its text, the runs that check it, and who waits for them.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use tokio::sync::oneshot;
use tower_lsp_server::ls_types::Uri;

use super::capabilities::Abilities;
use super::configurations::InForce;
use super::snapshot::{Draft, Revision, Snapshot};
use super::text::{Change, Text};
use super::typing_guard::Hold;
use crate::lint::Checker;
use crate::text::format::Format;

/// Who asked for a snapshot.
pub(crate) type Waiting = oneshot::Sender<Arc<Snapshot>>;

/// An open document.
#[derive(Debug)]
pub(crate) struct OpenDocument {
    /// The text and how to check it.
    pub(crate) draft: Draft,
    /// What is not said yet.
    pub(crate) hold: Hold,
    /// The newest finished check; of an older state of the text while a newer one is under way.
    done: Option<Arc<Snapshot>>,
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
        in_force: InForce,
        capabilities: Arc<Abilities>,
        revision: Revision,
    ) -> Self {
        let format = format(&uri, language);
        let checker = checker(&in_force);
        let text = Text::new(text);
        let draft = Draft { uri, version, revision, text, format, in_force, checker, capabilities };
        Self { draft, hold: Hold::default(), done: None, due: None, runs: Vec::new() }
    }

    /// Applies edits, and puts the next check off until the writer pauses.
    pub(crate) fn edit(&mut self, version: i32, changes: &[Change], received: Instant, revision: Revision) {
        for change in changes {
            match self.draft.text.change(change, self.draft.capabilities.encoding) {
                Some(splice) => self.hold.edited(&splice, received),
                None => self.hold.rest(),
            }
        }
        self.draft.version = version;
        self.supersede(revision);
        self.postpone(received + self.draft.in_force.settings.delay());
    }

    /// Puts the next check off.
    pub(crate) fn postpone(&mut self, due: Instant) {
        self.due = Some(due);
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

    /// Takes what holds for it now. Says whether that is something else than before.
    pub(crate) fn govern(&mut self, in_force: InForce, revision: Revision) -> bool {
        let before = &self.draft.in_force;
        let same_rules = Arc::ptr_eq(&before.linter, &in_force.linter);
        if same_rules && before.settings == in_force.settings {
            return false;
        }
        if !same_rules {
            self.draft.checker = checker(&in_force);
        }
        self.draft.in_force = in_force;
        self.supersede(revision);
        true
    }

    /// The snapshot of the text as it is now, if its check is done.
    pub(crate) fn current(&self) -> Option<&Arc<Snapshot>> {
        self.done.as_ref().filter(|snapshot| snapshot.draft.revision == self.draft.revision)
    }

    /// Leaves the older state behind. A run for it goes on only where a request still waits for it.
    fn supersede(&mut self, revision: Revision) {
        self.draft.revision = revision;
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
        let revision = self.draft.revision;
        if self.current().is_some() || self.runs.iter().any(|run| run.revision == revision) {
            return None;
        }
        let run = Run { revision, abandoned: Arc::default(), waiting: Vec::new() };
        let job = Job { draft: self.draft.clone(), abandoned: run.abandoned.clone() };
        self.runs.push(run);
        Some(job)
    }

    /// Answers with the snapshot of the text as it is now: at once where it is there, else when its check ends; it is
    /// started for that without waiting for a pause.
    pub(crate) fn ask(&mut self, waiting: Waiting) -> Option<Job> {
        if let Some(snapshot) = self.current() {
            // Where nobody listens any more, the request was cancelled.
            let _ = waiting.send(snapshot.clone());
            return None;
        }
        let job = self.start();
        if let Some(run) = self.runs.iter_mut().find(|run| run.revision == self.draft.revision) {
            run.waiting.push(waiting);
        }
        job
    }

    /// Takes the end of a check, and answers who waited for it. `snapshot` is absent where it failed. Says whether
    /// this is the text as it is now, and gives the snapshot away that it takes the place of.
    pub(crate) fn finish(
        &mut self,
        revision: Revision,
        snapshot: Option<&Arc<Snapshot>>,
    ) -> (bool, Option<Arc<Snapshot>>) {
        if let Some(at) = self.runs.iter().position(|run| run.revision == revision) {
            for waiting in self.runs.swap_remove(at).waiting {
                if let Some(snapshot) = snapshot {
                    let _ = waiting.send(snapshot.clone());
                }
            }
        }
        let current = revision == self.draft.revision;
        let old = snapshot.filter(|_| current).and_then(|snapshot| self.done.replace(snapshot.clone()));
        (current, old)
    }
}

impl Drop for OpenDocument {
    fn drop(&mut self) {
        for run in &self.runs {
            run.abandoned.store(true, Ordering::Relaxed);
        }
    }
}

fn checker(in_force: &InForce) -> Arc<Mutex<Checker>> {
    Arc::new(Mutex::new(Checker::new(in_force.linter.clone())))
}

/// The format by the language that the editor names; where that says nothing, by the file's name.
fn format(uri: &Uri, language: &str) -> Format {
    let of_path = || Format::of_path(std::path::Path::new(uri.path().as_str()));
    Format::of_language_id(language).unwrap_or_else(of_path)
}
