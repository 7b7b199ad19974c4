//! What the session is told and asked.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use serde_json::Value;
use tokio::sync::oneshot;

use super::capabilities::ClientCapabilities;
use super::document::CheckRecord;
use super::protocol::{ProgressToken, Uri};
use super::snapshot::{DocumentState, Snapshot};
use super::text::Change;
use super::typing_guard::Shown;
use super::workspace::{DraftCheck, Workspace};
use super::workspace_check::WorkspaceCheck;

/// A message to the session.
#[derive(Debug)]
pub(crate) enum Message {
    /// The client starts: what it can do, its workspace folders, and its settings.
    Initialize { capabilities: ClientCapabilities, folders: Vec<PathBuf>, options: Value },
    /// The client can be asked for things from now on.
    Initialized,
    /// A document was opened.
    Open { uri: Uri, language: String, version: i32, text: String },
    /// A document was edited.
    Change { uri: Uri, version: i32, changes: Vec<Change>, received: Instant },
    /// A document was saved; its text came with it, where the client sends that.
    Save { uri: Uri, text: Option<String> },
    /// A document was closed.
    Close { uri: Uri },
    /// A configuration file may have changed.
    Reload,
    /// Files have changed, drafts or configurations.
    FilesChanged(Vec<FileChange>),
    /// A draft that is not open was checked.
    DraftChecked(DraftCheck),
    /// All drafts of the workspace that are not open were checked: these.
    WorkspaceChecked(Vec<Uri>),
    /// The client's settings have changed. They come along where the client cannot be asked for them.
    SettingsChanged(Value),
    /// The client's settings: those that apply everywhere, and those of folders.
    Settings { everywhere: Value, folders: Vec<(PathBuf, Value)> },
    /// Workspace folders were added and removed.
    Folders { added: Vec<PathBuf>, removed: Vec<PathBuf> },
    /// The writer cancels what reports progress under this token.
    CancelProgress(ProgressToken),
    /// The client is about to end the server.
    ShutDown,
    /// The client's process is gone.
    ClientGone,
    /// A document at this point in the order of messages, once it is checked; none where it is not open.
    Snapshot(Ask<Uri, Arc<Snapshot>>),
    /// A document at this point in the order of messages, checked or not.
    State(Ask<Uri, Box<DocumentState>>),
    /// The last checks of a document.
    Records(Ask<Uri, Vec<CheckRecord>>),
    /// What a client that pulls is to be given of a snapshot.
    Shown(Ask<Arc<Snapshot>, Shown>),
    /// The workspace.
    Workspace(Ask<(), Workspace>),
    /// A check of the workspace.
    WorkspaceCheck(Ask<CheckRequest, WorkspaceCheck>),
}

/// A file or folder that has changed on disk.
#[derive(Debug)]
pub(crate) struct FileChange {
    /// Which.
    pub(crate) uri: Uri,
    /// Is it there no more?
    pub(crate) is_gone: bool,
}

/// A question to the session. The request fails where its reply is dropped.
#[derive(Debug)]
pub(crate) struct Ask<Q, A> {
    /// What it is about.
    pub(crate) about: Q,
    /// Where the answer goes.
    pub(crate) reply: oneshot::Sender<A>,
}

impl<Q, A> Ask<Q, A> {
    /// Answers, unless the request was cancelled.
    pub(crate) fn answer(self, answer: A) {
        let _ = self.reply.send(answer);
    }
}

/// How a check of the workspace is to report its progress.
#[derive(Debug)]
pub(crate) struct CheckRequest {
    /// The token that the client sent.
    pub(crate) token: Option<ProgressToken>,
    /// Is one to be created where it sent none?
    pub(crate) creates_token: bool,
}
