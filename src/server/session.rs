//! The session: one task that owns all state and takes messages in the order in which they came. It never waits for the
//! client and never checks a text itself, so it is always ready for the next message.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tower_lsp_server::ls_types::{PublishDiagnosticsParams, Uri};

use super::capabilities::Abilities;
use super::configurations::{Configurations, InForce, Scoped, file_of, own_dictionary};
use super::convert;
use super::document::{Job, OpenDocument, Waiting};
use super::encoded::Spelt;
use super::outbox::Outbox;
use super::requests::status;
use super::settings::Settings;
use super::snapshot::{Draft, Revision, Silence, Snapshot};
use super::text::Change;

/// What the session is told.
#[derive(Debug)]
pub(crate) enum Message {
    /// The client has said what it can do, where it works, and its settings.
    Initialize { capabilities: Abilities, folders: Vec<PathBuf>, options: Value },
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
    /// The client's settings: everywhere, and in folders.
    Settings { everywhere: Value, folders: Vec<(PathBuf, Value)> },
    /// The workspace has other folders.
    Folders { added: Vec<PathBuf>, removed: Vec<PathBuf> },
    /// A request wants a document as it is at this place in the order. No answer where it is not open.
    Snapshot { uri: Uri, reply: Waiting },
    /// A request for diagnostics has its snapshot, and wants to know which of the findings are said.
    Admit { snapshot: Arc<Snapshot>, reply: oneshot::Sender<Vec<bool>> },
    /// A request wants a document as it is, checked or not.
    Draft { uri: Uri, reply: oneshot::Sender<Box<Draft>> },
    /// A request is about the whole workspace.
    Workspace { reply: oneshot::Sender<Workspace> },
}

/// The workspace as a request sees it.
#[derive(Debug)]
pub(crate) struct Workspace {
    /// What holds for its documents.
    pub(crate) configurations: Configurations,
    /// Documents that are open; they are never read from disk.
    pub(crate) open: Vec<Uri>,
    /// What the client can do.
    pub(crate) capabilities: Arc<Abilities>,
}

/// A check that came to its end.
#[derive(Debug)]
struct Finished {
    uri: Uri,
    revision: Revision,
    /// Absent where reading the text panicked, or was abandoned.
    outcome: Option<(Arc<Snapshot>, Spelt)>,
}

/// The one owner of state.
#[derive(Debug)]
pub(crate) struct Session {
    capabilities: Arc<Abilities>,
    configurations: Configurations,
    documents: HashMap<Uri, OpenDocument>,
    revisions: Revision,
    outbox: Outbox,
    finished: mpsc::UnboundedSender<Finished>,
    /// Keeps checks from taking more threads than the machine has.
    workers: Arc<Semaphore>,
    /// Until when documents wait for the client's settings.
    settings_due: Option<Instant>,
    /// Faults of settings and notices of size that were said already.
    said: HashSet<String>,
}

/// A client that has not sent its settings by then may never do.
const PATIENCE: Duration = Duration::from_millis(500);

/// Takes messages until no one is left to send any.
pub(crate) async fn run(mut messages: mpsc::UnboundedReceiver<Message>, outbox: Outbox) {
    let (finished, mut results) = mpsc::unbounded_channel();
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let mut session = Session {
        capabilities: Arc::default(),
        configurations: Configurations::new(Vec::new(), own_dictionary()),
        documents: HashMap::new(),
        revisions: 0,
        outbox,
        finished,
        workers: Arc::new(Semaphore::new(threads)),
        settings_due: None,
        said: HashSet::new(),
    };
    loop {
        let due =
            session.documents.values().filter_map(|it| it.due().into_iter().chain(it.hold.due()).min()).min();
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
            Message::Initialize { capabilities, folders, options } => {
                self.settings_due = capabilities.configuration.then(|| Instant::now() + PATIENCE);
                self.capabilities = Arc::new(capabilities);
                self.configurations.set_folders(folders);
                self.settle(&options, Vec::new());
            }
            Message::Open { uri, language, version, text } => {
                self.open(uri, &language, version, &text, revision)
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
                // Who saves has stopped typing.
                let holds = document.hold.due().is_some();
                document.hold.rest();
                let job = document.start();
                if job.is_none() && holds {
                    self.say_again(&uri);
                }
                self.start(job);
            }
            Message::Close { uri } => {
                if self.documents.remove(&uri).is_some() && !self.capabilities.pulls {
                    self.outbox.publish(PublishDiagnosticsParams::new(uri, Vec::new(), None));
                }
            }
            Message::Reload => self.reload(None),
            Message::Settings { everywhere, folders } => {
                self.settings_due = None;
                self.settle(&everywhere, folders);
                self.reload(None);
                // Those that waited for this.
                let now = Instant::now();
                self.documents.values_mut().filter(|it| it.due().is_some()).for_each(|it| it.postpone(now));
            }
            Message::Folders { added, removed } => {
                let mut folders = self.configurations.folders().to_vec();
                folders.retain(|folder| !removed.contains(folder));
                folders.extend(added);
                self.configurations.set_folders(folders);
                self.reload(None);
            }
            Message::Snapshot { uri, reply } => {
                let job = self.documents.get_mut(&uri).and_then(|document| document.ask(reply));
                self.start(job);
            }
            Message::Admit { snapshot, reply } => {
                let _ = reply.send(self.admit(&snapshot));
            }
            Message::Draft { uri, reply } => {
                if let Some(document) = self.documents.get(&uri) {
                    let _ = reply.send(Box::new(document.draft.clone()));
                }
            }
            Message::Workspace { reply } => {
                let _ = reply.send(Workspace {
                    configurations: self.configurations.clone(),
                    open: self.documents.keys().cloned().collect(),
                    capabilities: self.capabilities.clone(),
                });
            }
        }
    }

    fn next_revision(&mut self) -> Revision {
        self.revisions += 1;
        self.revisions
    }

    fn open(&mut self, uri: Uri, language: &str, version: i32, text: &str, revision: Revision) {
        // A configuration is no draft, whatever language the editor takes it for.
        if file_of(&uri).is_some_and(|path| path.ends_with(crate::config::FILE_NAME)) {
            return;
        }
        self.reload(Some(&uri));
        let in_force = self.in_force(&uri);
        let capabilities = self.capabilities.clone();
        let mut document =
            OpenDocument::new(uri.clone(), language, version, text, in_force, capabilities, revision);
        let waits = self.settings_due.filter(|due| *due > Instant::now());
        let job = match waits {
            Some(due) => {
                document.postpone(due);
                None
            }
            None => document.start(),
        };
        self.documents.insert(uri, document);
        self.start(job);
    }

    /// Takes the client's settings.
    fn settle(&mut self, everywhere: &Value, folders: Vec<(PathBuf, Value)>) {
        let mut read = |sent: &Value| {
            let (settings, faults) = Settings::read(sent);
            for fault in faults {
                if self.said.insert(fault.clone()) {
                    self.outbox.warn(fault);
                }
            }
            settings
        };
        let everywhere = read(everywhere);
        let folders: Vec<_> = folders.iter().map(|(folder, sent)| (folder.clone(), read(sent))).collect();
        self.configurations.set_settings(Scoped::new(everywhere, folders));
    }

    fn in_force(&mut self, uri: &Uri) -> InForce {
        let mut turns = Vec::new();
        let in_force = self.configurations.in_force(uri, &mut turns);
        for turn in turns {
            if let Some(warning) = turn.warning() {
                self.outbox.warn(warning);
            }
            // No client pulls the diagnostics of a file that is no document of ours.
            if let Some(diagnostics) = convert::configuration(&turn, self.capabilities.encoding) {
                self.outbox.publish(diagnostics);
            }
        }
        in_force
    }

    /// Looks at the configurations again, and checks each document whose own has changed, but for `except`.
    fn reload(&mut self, except: Option<&Uri>) {
        let uris: Vec<Uri> = self.documents.keys().filter(|uri| Some(*uri) != except).cloned().collect();
        let mut changed = false;
        for uri in uris {
            let in_force = self.in_force(&uri);
            let revision = self.next_revision();
            let Some(document) = self.documents.get_mut(&uri) else { continue };
            if document.govern(in_force, revision) {
                changed = true;
                let job = document.start();
                self.start(job);
            }
        }
        if changed && self.capabilities.refreshes_diagnostics {
            self.outbox.refresh();
        }
    }

    /// Starts what was put off, and says what was held.
    fn start_due(&mut self) {
        let now = Instant::now();
        let is_due = |due: Option<Instant>| due.is_some_and(|due| due <= now);
        let due = self.documents.values_mut().filter(|document| is_due(document.due()));
        let jobs: Vec<_> = due.filter_map(OpenDocument::start).collect();
        jobs.into_iter().for_each(|job| self.start(Some(job)));
        let rested = self.documents.values_mut().filter(|document| is_due(document.hold.due()));
        let rested: Vec<Uri> = rested
            .map(|document| {
                document.hold.rest();
                document.draft.uri.clone()
            })
            .collect();
        for uri in rested {
            self.say_again(&uri);
        }
    }

    /// Says the findings of the text as it is once more, now that some are no longer held.
    fn say_again(&mut self, uri: &Uri) {
        if self.capabilities.pulls {
            if self.capabilities.refreshes_diagnostics {
                self.outbox.refresh();
            }
            return;
        }
        let Some(snapshot) = self.documents.get(uri).and_then(OpenDocument::current).cloned() else { return };
        let finished = self.finished.clone();
        let uri = uri.clone();
        tokio::task::spawn_blocking(move || {
            let diagnostics = Spelt::new(&snapshot);
            let revision = snapshot.draft.revision;
            let _ = finished.send(Finished { uri, revision, outcome: Some((snapshot, diagnostics)) });
        });
    }

    fn start(&mut self, job: Option<Job>) {
        let Some(Job { draft, abandoned }) = job else { return };
        if draft.silence() == Some(Silence::TooLarge) {
            let megabytes = draft.text.len() >> 20;
            let notice = format!("{}：文稿有{megabytes}兆字节，超过设置的大小，不检查", draft.uri.path());
            if self.said.insert(draft.uri.as_str().to_owned()) {
                self.outbox.warn(notice);
            }
        }
        let (workers, finished) = (self.workers.clone(), self.finished.clone());
        let pushes = !self.capabilities.pulls;
        tokio::spawn(async move {
            let _permit = workers.acquire_owned().await;
            let (uri, revision) = (draft.uri.clone(), draft.revision);
            let checked = tokio::task::spawn_blocking(move || {
                if abandoned.load(Ordering::Relaxed) {
                    return None;
                }
                let snapshot = Arc::new(draft.check(&abandoned)?);
                let diagnostics = if pushes && !abandoned.load(Ordering::Relaxed) {
                    Spelt::new(&snapshot)
                } else {
                    Spelt::default()
                };
                Some((snapshot, diagnostics))
            });
            let outcome =
                checked.await.inspect_err(|error| tracing::error!(%error, "a check failed")).ok().flatten();
            // Where nobody receives, the session has ended.
            let _ = finished.send(Finished { uri, revision, outcome });
        });
    }

    fn finish(&mut self, Finished { uri, revision, outcome }: Finished) {
        let Some(document) = self.documents.get_mut(&uri) else { return };
        let (current, old) = document.finish(revision, outcome.as_ref().map(|(snapshot, _)| snapshot));
        let Some((snapshot, diagnostics)) = outcome.filter(|_| current) else { return };
        if !self.capabilities.pulls {
            let said = document.hold.admit(&snapshot.findings);
            let message = diagnostics.message(&uri, snapshot.draft.version, &said);
            self.outbox.publish_spelt(uri, message);
        }
        // What was read of a long text takes a while to be forgotten.
        tokio::task::spawn_blocking(move || drop(old));
        if self.capabilities.shows_status {
            let outbox = self.outbox.clone();
            tokio::task::spawn_blocking(move || outbox.tell_status(status::answer(&snapshot)));
        }
    }

    /// Which findings a client that pulls is given. One that cannot be told to pull again is given all.
    fn admit(&mut self, snapshot: &Snapshot) -> Vec<bool> {
        let all = || vec![true; snapshot.findings.len()];
        if !self.capabilities.refreshes_diagnostics {
            return all();
        }
        match self.documents.get_mut(&snapshot.draft.uri) {
            Some(document) if document.draft.revision == snapshot.draft.revision => {
                document.hold.admit(&snapshot.findings)
            }
            _ => all(),
        }
    }
}
