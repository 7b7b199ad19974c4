//! What waits to be told to the client. The session never waits for the client: it leaves things here, and a task of their
//! own takes them out as fast as the client reads. Of one document only the newest diagnostics wait.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, mpsc};
use tower_lsp_server::Client;
use tower_lsp_server::ls_types::{MessageType, PublishDiagnosticsParams, Uri};

use super::requests::status::{Status, StatusNotification};

/// The session's end.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outbox {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    waiting: Mutex<VecDeque<Outgoing>>,
    filled: Notify,
}

#[derive(Debug)]
enum Outgoing {
    Diagnostics(PublishDiagnosticsParams),
    /// The same, as the very message.
    Spelt(Uri, Vec<u8>),
    Status(Box<Status>),
    Warning(String),
    /// The client is to pull the diagnostics anew.
    Refresh,
}

impl Outbox {
    /// Leaves the diagnostics of a document, in the place of older ones that still wait.
    pub(crate) fn publish(&self, diagnostics: PublishDiagnosticsParams) {
        let mut waiting = self.waiting();
        remove(&mut waiting, &diagnostics.uri);
        waiting.push_back(Outgoing::Diagnostics(diagnostics));
        drop(waiting);
        self.shared.filled.notify_one();
    }

    /// Leaves the message that publishes the diagnostics of a document, in the place of older ones that still wait.
    pub(crate) fn publish_spelt(&self, uri: Uri, message: Vec<u8>) {
        let mut waiting = self.waiting();
        remove(&mut waiting, &uri);
        waiting.push_back(Outgoing::Spelt(uri, message));
        drop(waiting);
        self.shared.filled.notify_one();
    }

    /// Takes back the diagnostics of a document that still wait: its text has changed.
    pub(crate) fn retract(&self, uri: &Uri) {
        remove(&mut self.waiting(), uri);
    }

    /// Leaves the status of a document, in the place of an older one that still waits.
    pub(crate) fn tell_status(&self, status: Status) {
        let mut waiting = self.waiting();
        waiting.retain(|it| !matches!(it, Outgoing::Status(older) if older.uri == status.uri));
        waiting.push_back(Outgoing::Status(Box::new(status)));
        drop(waiting);
        self.shared.filled.notify_one();
    }

    /// Leaves a warning that the editor shows to the writer.
    pub(crate) fn warn(&self, message: String) {
        self.waiting().push_back(Outgoing::Warning(message));
        self.shared.filled.notify_one();
    }

    /// Has the client pull the diagnostics anew.
    pub(crate) fn refresh(&self) {
        let mut waiting = self.waiting();
        waiting.retain(|it| !matches!(it, Outgoing::Refresh));
        waiting.push_back(Outgoing::Refresh);
        drop(waiting);
        self.shared.filled.notify_one();
    }

    /// Tells the client, one thing at a time, for ever.
    pub(crate) async fn deliver(self, client: Client, messages: mpsc::Sender<Vec<u8>>) {
        loop {
            let next = self.waiting().pop_front();
            match next {
                Some(Outgoing::Diagnostics(it)) => {
                    client.publish_diagnostics(it.uri, it.diagnostics, it.version).await;
                }
                Some(Outgoing::Spelt(_, message)) => {
                    // Where nobody receives, the client is gone.
                    let _ = messages.send(message).await;
                }
                Some(Outgoing::Status(status)) => {
                    client.send_notification::<StatusNotification>(*status).await;
                }
                Some(Outgoing::Warning(message)) => client.show_message(MessageType::WARNING, message).await,
                Some(Outgoing::Refresh) => {
                    let client = client.clone();
                    // Not awaited here: a client may never answer.
                    tokio::spawn(async move {
                        if let Err(error) = client.workspace_diagnostic_refresh().await {
                            tracing::warn!(%error, "the client does not pull anew");
                        }
                    });
                }
                None => self.shared.filled.notified().await,
            }
        }
    }

    fn waiting(&self) -> MutexGuard<'_, VecDeque<Outgoing>> {
        self.shared.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn remove(waiting: &mut VecDeque<Outgoing>, uri: &Uri) {
    waiting.retain(|it| match it {
        Outgoing::Diagnostics(older) => older.uri != *uri,
        Outgoing::Spelt(older, _) => older != uri,
        _ => true,
    });
}
