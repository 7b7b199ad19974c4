//! The session: one task that owns all state and handles messages in the order in which they came. It never
//! waits for the client and never checks a text itself, so it is always ready for the next message.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::sync::{Semaphore, mpsc};
use tower_lsp_server::Client;

use super::capabilities::ClientCapabilities;
use super::client_requests;
use super::closed_drafts::{self, ClosedDrafts};
use super::configurations::{Configurations, EffectiveConfig, ScopedSettings, own_dictionary};
use super::convert;
use super::document::{self, Job, OpenDocument};
use super::encoded::{self, EncodedDiagnostics};
use super::message::{Ask, CheckRequest, Message};
use super::outbox::{Outbox, Refresh};
use super::protocol::{ProgressToken, Uri, file_path};
use super::settings::Settings;
use super::snapshot::{DocumentState, Revision, SkipReason, Snapshot};
use super::typing_guard::Shown;
use super::workspace::Workspace;
use super::workspace_check::WorkspaceCheck;

/// How long documents wait for the client's settings: one that has not sent them by then may never do so.
const SETTINGS_TIMEOUT: Duration = Duration::from_millis(500);

/// The owner of all state.
#[derive(Debug)]
pub(crate) struct Session {
    client: Client,
    /// For what the client answers to the session itself.
    messages: mpsc::WeakUnboundedSender<Message>,
    outbox: Outbox,
    capabilities: Arc<ClientCapabilities>,
    configurations: Configurations,
    documents: HashMap<Uri, OpenDocument>,
    closed: ClosedDrafts,
    revisions: Revision,
    /// Keeps checks from taking more threads than the machine has.
    workers: Arc<Semaphore>,
    finished: mpsc::UnboundedSender<FinishedCheck>,
    results: mpsc::UnboundedReceiver<FinishedCheck>,
    /// Until when documents wait for the client's settings.
    settings_due: Option<Instant>,
    /// Warnings that are given once: faults of settings, documents that are too large.
    warned: HashSet<String>,
    /// Cancels the running checks of the workspace, by the tokens of their progress.
    workspace_checks: HashMap<ProgressToken, Arc<AtomicBool>>,
    shut_down: bool,
}

/// The result of a check.
#[derive(Debug)]
struct FinishedCheck {
    uri: Uri,
    revision: Revision,
    /// Absent where the check panicked or was cancelled.
    outcome: Option<(Arc<Snapshot>, EncodedDiagnostics)>,
}

impl Session {
    /// A session without documents.
    pub(crate) fn new(client: Client, messages: mpsc::WeakUnboundedSender<Message>, outbox: Outbox) -> Self {
        let (finished, results) = mpsc::unbounded_channel();
        let closed = ClosedDrafts::new(outbox.clone());
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            client,
            messages,
            outbox,
            capabilities: Arc::default(),
            configurations: Configurations::new(own_dictionary()),
            documents: HashMap::new(),
            closed,
            revisions: 0,
            workers: Arc::new(Semaphore::new(threads)),
            finished,
            results,
            settings_due: None,
            warned: HashSet::new(),
            workspace_checks: HashMap::new(),
            shut_down: false,
        }
    }

    /// Handles messages until nobody is left to send any. Returns whether the client asked for `shutdown`.
    pub(crate) async fn run(mut self, mut messages: mpsc::UnboundedReceiver<Message>) -> bool {
        loop {
            let documents = self.documents.values();
            let due = documents.flat_map(|it| it.due().into_iter().chain(it.typing_guard.due()));
            let due = due.chain(self.settings_due).min();
            // Messages first: a result is only worth publishing when no edit is queued behind it.
            tokio::select! {
                biased;
                message = messages.recv() => match message {
                    Some(Message::ClientGone) | None => return self.shut_down,
                    Some(message) => self.handle(message),
                },
                Some(finished) = self.results.recv() => self.on_check_finished(finished),
                () = sleep_until(due) => self.on_due(),
            }
        }
    }

    fn handle(&mut self, message: Message) {
        let revision = self.next_revision();
        match message {
            Message::Initialize { capabilities, folders, options } => {
                self.settings_due = capabilities.configuration.then(|| Instant::now() + SETTINGS_TIMEOUT);
                self.capabilities = Arc::new(capabilities);
                self.configurations.set_folders(folders);
                self.apply_settings(&options, Vec::new());
            }
            Message::Initialized => {
                self.fetch_settings();
                client_requests::register(self.client.clone(), &self.capabilities);
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
            Message::Save { uri, text } => self.save(&uri, text, revision),
            Message::Close { uri } => {
                if self.documents.remove(&uri).is_some() && !self.capabilities.pulls {
                    let again = self.closed.on_close(uri);
                    self.check_closed(again);
                }
            }
            Message::Reload => self.reload(None),
            Message::FilesChanged(changes) => {
                self.reload(None);
                let again = self.closed.follow(&changes, &self.documents);
                self.check_closed(again);
            }
            Message::DraftChecked(check) => {
                // What it was checked by may have changed meanwhile.
                self.configurations.refresh();
                let config = self.effective_config(&check.uri);
                if config.is_same(&check.config) {
                    self.closed.publish(check, &self.documents);
                } else {
                    self.check_closed(vec![check.uri]);
                }
            }
            Message::WorkspaceChecked(drafts) => {
                self.closed.set_all(&drafts.into_iter().collect(), &self.documents);
            }
            Message::SettingsChanged(_) if self.capabilities.configuration => self.fetch_settings(),
            Message::SettingsChanged(settings) => self.change_settings(&settings, Vec::new()),
            Message::Settings { everywhere, folders } => self.change_settings(&everywhere, folders),
            Message::Folders { added, removed } => {
                let mut folders = self.configurations.folders().to_vec();
                folders.retain(|folder| !removed.contains(folder));
                folders.extend(added);
                self.configurations.set_folders(folders);
                let folders = self.configurations.folders();
                let is_inside = |path: &Path| folders.iter().any(|folder| path.starts_with(folder));
                let is_wanted = |uri: &Uri| file_path(uri).is_some_and(|path| is_inside(&path));
                self.closed.retain(is_wanted, &self.documents);
                self.reload(None);
                self.fetch_settings();
            }
            Message::CancelProgress(token) => {
                if let Some(cancelled) = self.workspace_checks.get(&token) {
                    cancelled.store(true, Ordering::Relaxed);
                }
            }
            Message::ShutDown => self.shut_down = true,
            // Ends the loop.
            Message::ClientGone => {}
            Message::Snapshot(Ask { about: uri, reply }) => {
                let Some(document) = self.documents.get_mut(&uri) else { return };
                if self.settings_due.is_some() {
                    document.defer(reply);
                } else {
                    let job = document.request_snapshot(reply);
                    self.start(job);
                }
            }
            Message::State(ask) => {
                if let Some(document) = self.documents.get(&ask.about) {
                    ask.answer(Box::new(document.state.clone()));
                }
            }
            Message::Records(ask) => {
                if let Some(document) = self.documents.get(&ask.about) {
                    ask.answer(document.records.iter().cloned().collect());
                }
            }
            Message::Shown(ask) => {
                let shown = self.shown(&ask.about);
                ask.answer(shown);
            }
            Message::Workspace(ask) => ask.answer(self.workspace()),
            Message::WorkspaceCheck(ask) => {
                let check = self.workspace_check(&ask.about, revision);
                ask.answer(check);
            }
        }
    }

    fn next_revision(&mut self) -> Revision {
        self.revisions += 1;
        self.revisions
    }

    fn open(&mut self, uri: Uri, language: &str, version: i32, text: &str, revision: Revision) {
        // A configuration is no draft, whatever language the editor takes it for.
        let ours = [crate::config::FILE_NAME, crate::files::IGNORE_FILE];
        if file_path(&uri).is_some_and(|path| ours.iter().any(|name| path.ends_with(name))) {
            return;
        }
        self.reload(Some(&uri));
        let config = self.effective_config(&uri);
        let format = document::format(&uri, language);
        let capabilities = self.capabilities.clone();
        let state = DocumentState::new(uri.clone(), text, format.unwrap_or_default(), config, capabilities);
        let is_draft = format.is_some();
        let mut document = OpenDocument::new(DocumentState { version, revision, is_draft, ..state });
        let job = match self.settings_due {
            Some(due) => {
                document.postpone(due);
                None
            }
            None => document.start(),
        };
        self.documents.insert(uri, document);
        self.start(job);
    }

    fn save(&mut self, uri: &Uri, text: Option<String>, revision: Revision) {
        self.reload(None);
        let Some(document) = self.documents.get_mut(uri) else { return };
        if text.is_some_and(|text| document.replace_text(&text, revision)) {
            tracing::info!(uri = uri.as_str(), "the text had drifted from the editor's");
        }
        // Who saves has stopped typing, or the editor saves by itself: the sentence may still be written.
        let withheld = document.typing_guard.due().is_some();
        document.typing_guard.pause();
        let job = document.start();
        if job.is_none() && withheld {
            self.republish(uri);
        }
        self.start(job);
    }

    /// Asks a client that can answer for its settings.
    fn fetch_settings(&self) {
        if self.capabilities.configuration {
            let folders = self.configurations.folders().to_vec();
            client_requests::fetch_settings(self.client.clone(), folders, self.messages.clone());
        }
    }

    fn apply_settings(&mut self, everywhere: &Value, folders: Vec<(PathBuf, Value)>) {
        let mut read = |sent: &Value| {
            let (settings, faults) = Settings::read(sent);
            for fault in faults {
                if self.warned.insert(fault.clone()) {
                    self.outbox.warn(fault);
                }
            }
            settings
        };
        let everywhere = read(everywhere);
        let folders: Vec<_> = folders.iter().map(|(folder, sent)| (folder.clone(), read(sent))).collect();
        self.configurations.set_settings(ScopedSettings::new(everywhere, folders));
    }

    fn change_settings(&mut self, everywhere: &Value, folders: Vec<(PathBuf, Value)>) {
        self.apply_settings(everywhere, folders);
        self.reload(None);
        if self.settings_due.is_some() {
            self.stop_waiting();
        }
    }

    /// Starts what waited for the client's settings: they are there, or never come.
    fn stop_waiting(&mut self) {
        self.settings_due = None;
        let now = Instant::now();
        self.documents.values_mut().filter(|it| it.due().is_some()).for_each(|it| it.postpone(now));
        let jobs: Vec<_> = self.documents.values_mut().filter_map(OpenDocument::resume).collect();
        jobs.into_iter().for_each(|job| self.start(Some(job)));
    }

    fn effective_config(&mut self, uri: &Uri) -> EffectiveConfig {
        let mut changes = Vec::new();
        let config = self.configurations.effective(uri, &mut changes);
        for change in changes {
            if let Some(warning) = change.warning() {
                self.outbox.warn(warning);
            }
            // Pushed to every client: none pulls the diagnostics of a file that is no document.
            if let Some((uri, diagnostics)) = convert::configuration(&change, self.capabilities.encoding) {
                let message = encoded::publication(&uri, None, &diagnostics);
                self.outbox.publish(uri, message);
            }
        }
        config
    }

    /// Reads the configurations again that have changed, and checks the drafts for which that makes a
    /// difference, but for `except`.
    fn reload(&mut self, except: Option<&Uri>) {
        self.configurations.refresh();
        let uris: Vec<Uri> = self.documents.keys().filter(|uri| Some(*uri) != except).cloned().collect();
        let mut has_changed = false;
        for uri in uris {
            let config = self.effective_config(&uri);
            let revision = self.next_revision();
            let Some(document) = self.documents.get_mut(&uri) else { continue };
            if document.set_config(config, revision) {
                has_changed = true;
                let job = document.start();
                self.start(job);
            }
        }
        let mut stale = self.closed.uris(&self.documents);
        stale.retain(|uri| {
            let config = self.effective_config(uri);
            self.closed.set_config(uri, config)
        });
        self.check_closed(stale);
        if has_changed {
            let (pulls, refreshes_hints) = (self.capabilities.pulls, self.capabilities.refreshes_hints);
            let wanted = [(pulls, Refresh::Diagnostics), (refreshes_hints, Refresh::InlayHints)];
            wanted
                .iter()
                .filter(|(is_wanted, _)| *is_wanted)
                .for_each(|(_, what)| self.outbox.refresh(*what));
        }
    }

    /// Checks drafts that are not open.
    fn check_closed(&self, drafts: Vec<Uri>) {
        if !drafts.is_empty() {
            closed_drafts::check(drafts, self.workspace(), self.messages.clone());
        }
    }

    /// Starts the checks that are due, and publishes withheld findings that are.
    fn on_due(&mut self) {
        let now = Instant::now();
        let is_due = |due: Option<Instant>| due.is_some_and(|due| due <= now);
        if is_due(self.settings_due) {
            self.stop_waiting();
        }
        let due = self.documents.values_mut().filter(|document| is_due(document.due()));
        let jobs: Vec<_> = due.filter_map(OpenDocument::start).collect();
        jobs.into_iter().for_each(|job| self.start(Some(job)));
        let idle = self.documents.iter_mut().filter(|(_, document)| is_due(document.typing_guard.due()));
        let idle: Vec<Uri> = idle
            .map(|(uri, document)| {
                document.typing_guard.pause();
                uri.clone()
            })
            .collect();
        idle.iter().for_each(|uri| self.republish(uri));
    }

    /// Publishes the findings of the current text again, now that none are withheld.
    fn republish(&mut self, uri: &Uri) {
        if self.capabilities.pulls {
            self.outbox.refresh(Refresh::Diagnostics);
            return;
        }
        let Some(snapshot) = self.documents.get(uri).and_then(OpenDocument::current).cloned() else { return };
        let (finished, uri, revision) = (self.finished.clone(), uri.clone(), snapshot.state.revision);
        tokio::task::spawn_blocking(move || {
            let diagnostics = EncodedDiagnostics::new(&snapshot);
            finished.send(FinishedCheck { uri, revision, outcome: Some((snapshot, diagnostics)) })
        });
    }

    fn start(&mut self, job: Option<Job>) {
        let Some(Job { state, cancelled }) = job else { return };
        if state.skip_reason() == Some(SkipReason::TooLarge)
            && self.warned.insert(state.uri.as_str().to_owned())
        {
            let megabytes = state.text.len() >> 20;
            let notice = format!("{}：文稿有{megabytes}兆字节，超过设置的大小，不检查", state.uri.path());
            self.outbox.warn(notice);
        }
        let (workers, finished) = (self.workers.clone(), self.finished.clone());
        let pushes = !self.capabilities.pulls;
        tokio::spawn(async move {
            let _permit = workers.acquire_owned().await;
            let (uri, revision) = (state.uri.clone(), state.revision);
            let check = tokio::task::spawn_blocking(move || {
                if cancelled.load(Ordering::Relaxed) {
                    return None;
                }
                let snapshot = Arc::new(state.check(&cancelled)?);
                let is_wanted = pushes && !cancelled.load(Ordering::Relaxed);
                let diagnostics = if is_wanted {
                    EncodedDiagnostics::new(&snapshot)
                } else {
                    EncodedDiagnostics::default()
                };
                Some((snapshot, diagnostics))
            });
            let outcome = check.await.inspect_err(|error| tracing::error!(%error, "a check failed"));
            // Nobody receives once the session has ended.
            let _ = finished.send(FinishedCheck { uri, revision, outcome: outcome.ok().flatten() });
        });
    }

    fn on_check_finished(&mut self, FinishedCheck { uri, revision, outcome }: FinishedCheck) {
        let Some(document) = self.documents.get_mut(&uri) else { return };
        let result = outcome.as_ref().map(|(snapshot, _)| snapshot);
        let (is_current, old) = document.on_check_finished(revision, result);
        let Some((snapshot, diagnostics)) = outcome.filter(|_| is_current) else { return };
        if !self.capabilities.pulls {
            let shown = document.typing_guard.show(&snapshot);
            let message = diagnostics.publication(&snapshot, &shown);
            self.outbox.publish(uri, message);
        }
        // Freeing what belongs to a long text takes a while.
        tokio::task::spawn_blocking(move || drop((old, diagnostics)));
        if self.capabilities.shows_status {
            let outbox = self.outbox.clone();
            tokio::task::spawn_blocking(move || outbox.send_status(convert::status(&snapshot)));
        }
    }

    /// What a client that pulls is to be given.
    fn shown(&mut self, snapshot: &Snapshot) -> Shown {
        let document = self.documents.get_mut(&snapshot.state.uri);
        let current = document.filter(|it| it.state.revision == snapshot.state.revision);
        current.map_or_else(|| Shown::all(snapshot), |document| document.typing_guard.show(snapshot))
    }

    fn workspace(&self) -> Workspace {
        let mut configurations = self.configurations.clone();
        configurations.refresh();
        Workspace {
            configurations,
            open: self.documents.keys().cloned().collect(),
            capabilities: self.capabilities.clone(),
        }
    }

    fn workspace_check(&mut self, request: &CheckRequest, revision: Revision) -> WorkspaceCheck {
        let creates_token = request.creates_token && self.capabilities.progress;
        let token = request.token.clone().or_else(|| {
            let token = creates_token.then(|| ProgressToken::String(format!("zhubi-{revision}")))?;
            client_requests::create_progress(self.client.clone(), token.clone());
            Some(token)
        });
        let cancelled = Arc::<AtomicBool>::default();
        // One that has ended counts as cancelled.
        self.workspace_checks.retain(|_, cancelled| !cancelled.load(Ordering::Relaxed));
        if let Some(token) = &token {
            self.workspace_checks.insert(token.clone(), cancelled.clone());
        }
        WorkspaceCheck::new(self.client.clone(), self.workspace(), token, cancelled)
    }
}

async fn sleep_until(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due.into()).await,
        None => std::future::pending().await,
    }
}
