//! The session: one task that owns all state and takes messages in the order in which they came. It never waits for the
//! client and never checks a text itself, so it is always ready for the next message.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use tokio::sync::{Semaphore, mpsc, oneshot};
use tower_lsp_server::ls_types::{self as lsp, PublishDiagnosticsParams, Uri};

use super::abilities::Abilities;
use super::configurations::Configurations;
use super::convert;
use super::document::{Job, OpenDocument, Revision, Waiting};
use super::outbox::Outbox;
use super::snapshot::Snapshot;
use super::text::Change;

/// What the session is told.
#[derive(Debug)]
pub(crate) enum Message {
    /// The client has said what it can do and where it works.
    Initialize { abilities: Abilities, roots: Vec<PathBuf> },
    /// A document was opened.
    Open { uri: Uri, language: String, version: i32, text: String },
    /// A document was edited.
    Change { uri: Uri, version: i32, changes: Vec<Change>, received: Instant },
    /// A document was saved; its text came with it, where the client sends that.
    Save { uri: Uri, text: Option<String> },
    /// A document was closed.
    Close { uri: Uri },
    /// A configuration may have changed.
    Reload,
    /// A request wants a document as it is at this place in the order. No answer where it is not open.
    Snapshot { uri: Uri, reply: Waiting },
    /// A request wants the bare text and its version.
    Text { uri: Uri, reply: oneshot::Sender<(String, i32)> },
}

/// A check that came to its end.
#[derive(Debug)]
struct Finished {
    uri: Uri,
    revision: Revision,
    /// Absent where reading the text panicked.
    outcome: Option<(Arc<Snapshot>, Vec<lsp::Diagnostic>)>,
}

/// The one owner of state.
#[derive(Debug)]
pub(crate) struct Session {
    abilities: Arc<Abilities>,
    configurations: Configurations,
    documents: HashMap<Uri, OpenDocument>,
    revisions: Revision,
    outbox: Outbox,
    finished: mpsc::UnboundedSender<Finished>,
    /// Keeps checks from taking more threads than the machine has.
    workers: Arc<Semaphore>,
}

/// Takes messages until no one is left to send any.
pub(crate) async fn run(mut messages: mpsc::UnboundedReceiver<Message>, outbox: Outbox) {
    let (finished, mut results) = mpsc::unbounded_channel();
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let mut session = Session {
        abilities: Arc::default(),
        configurations: Configurations::new(Vec::new()),
        documents: HashMap::new(),
        revisions: 0,
        outbox,
        finished,
        workers: Arc::new(Semaphore::new(threads)),
    };
    loop {
        let due = session.documents.values().filter_map(OpenDocument::due).min();
        // Messages first: a result is only worth publishing when no edit stands behind it in the queue.
        tokio::select! {
            biased;
            message = messages.recv() => match message {
                Some(message) => session.take(message),
                None => return,
            },
            Some(finished) = results.recv() => session.finish(finished),
            () = until(due) => session.start_due(),
        }
    }
}

async fn until(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due.into()).await,
        None => std::future::pending().await,
    }
}

impl Session {
    fn take(&mut self, message: Message) {
        let revision = self.next_revision();
        match message {
            Message::Initialize { abilities, roots } => {
                self.abilities = Arc::new(abilities);
                self.configurations = Configurations::new(roots);
            }
            Message::Open { uri, language, version, text } => {
                self.reload(Some(&uri));
                let linter = self.linter(&uri);
                let abilities = self.abilities.clone();
                let mut document =
                    OpenDocument::new(uri.clone(), &language, version, &text, linter, abilities, revision);
                let job = document.start();
                self.documents.insert(uri, document);
                self.start(job);
            }
            Message::Change { uri, version, changes, received } => {
                let Some(document) = self.documents.get_mut(&uri) else {
                    tracing::warn!(uri = uri.as_str(), "an edit of a document that is not open");
                    return;
                };
                document.edit(version, &changes, received, revision);
                self.outbox.retract(&uri);
            }
            Message::Save { uri, text } => {
                self.reload(None);
                let Some(document) = self.documents.get_mut(&uri) else { return };
                if text.is_some_and(|text| document.resync(&text, revision)) {
                    tracing::info!(uri = uri.as_str(), "the text had drifted from the editor's");
                }
                let job = document.start();
                self.start(job);
            }
            Message::Close { uri } => {
                if self.documents.remove(&uri).is_some() {
                    self.outbox.publish(PublishDiagnosticsParams::new(uri, Vec::new(), None));
                }
            }
            Message::Reload => self.reload(None),
            Message::Snapshot { uri, reply } => {
                let job = self.documents.get_mut(&uri).and_then(|document| document.ask(reply));
                self.start(job);
            }
            Message::Text { uri, reply } => {
                if let Some(document) = self.documents.get(&uri) {
                    let _ = reply.send((document.draft.text.to_string(), document.draft.version));
                }
            }
        }
    }

    fn next_revision(&mut self) -> Revision {
        self.revisions += 1;
        self.revisions
    }

    fn linter(&mut self, uri: &Uri) -> Arc<crate::Linter> {
        let mut turns = Vec::new();
        let linter = self.configurations.linter(uri, &mut turns);
        for turn in turns {
            if let Some(warning) = turn.warning() {
                self.outbox.warn(warning);
            }
            if let Some(diagnostics) = convert::configuration(&turn, self.abilities.encoding) {
                self.outbox.publish(diagnostics);
            }
        }
        linter
    }

    /// Looks at the configurations again, and checks each document whose own has changed, but for `except`.
    fn reload(&mut self, except: Option<&Uri>) {
        let uris: Vec<Uri> = self.documents.keys().filter(|uri| Some(*uri) != except).cloned().collect();
        for uri in uris {
            let linter = self.linter(&uri);
            let revision = self.next_revision();
            let Some(document) = self.documents.get_mut(&uri) else { continue };
            if document.relint(linter, revision) {
                let job = document.start();
                self.start(job);
            }
        }
    }

    fn start_due(&mut self) {
        let now = Instant::now();
        let is_due = |document: &&mut OpenDocument| document.due().is_some_and(|due| due <= now);
        let jobs: Vec<_> =
            self.documents.values_mut().filter(is_due).filter_map(OpenDocument::start).collect();
        jobs.into_iter().for_each(|job| self.start(Some(job)));
    }

    fn start(&self, job: Option<Job>) {
        let Some(Job { draft, revision, abandoned }) = job else { return };
        let (workers, finished) = (self.workers.clone(), self.finished.clone());
        tokio::spawn(async move {
            let _permit = workers.acquire_owned().await;
            if abandoned.load(Ordering::Relaxed) {
                return;
            }
            let uri = draft.uri.clone();
            let checked = tokio::task::spawn_blocking(move || {
                let snapshot = Arc::new(draft.check());
                let diagnostics = if abandoned.load(Ordering::Relaxed) {
                    Vec::new()
                } else {
                    convert::diagnostics(&snapshot)
                };
                (snapshot, diagnostics)
            });
            let outcome = checked.await.inspect_err(|error| tracing::error!(%error, "a check failed")).ok();
            // Where nobody receives, the session has ended.
            let _ = finished.send(Finished { uri, revision, outcome });
        });
    }

    fn finish(&mut self, Finished { uri, revision, outcome }: Finished) {
        let Some(document) = self.documents.get_mut(&uri) else { return };
        let current = document.finish(revision, outcome.as_ref().map(|(snapshot, _)| snapshot));
        if let Some((snapshot, diagnostics)) = outcome.filter(|_| current) {
            let version = Some(snapshot.draft.version);
            self.outbox.publish(PublishDiagnosticsParams::new(uri, diagnostics, version));
        }
    }
}
