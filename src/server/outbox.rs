//! What waits to be sent to the client. The session never waits for the client: it leaves things here, and a
//! task of their own sends them as fast as the client reads. Newer diagnostics of a document replace older.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, mpsc};
use tower_lsp_server::Client;
use tower_lsp_server::ls_types::MessageType;

use super::client_requests;
use super::protocol::{Status, StatusNotification, Uri};

/// The session's end of the queue.
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
    /// The message that publishes the diagnostics of a document.
    Diagnostics(Uri, Vec<u8>),
    Status(Box<Status>),
    Warning(String),
    /// Has the client ask for something again.
    Refresh(Refresh),
}

/// What a client is to ask for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refresh {
    /// All diagnostics.
    Diagnostics,
    /// All inlay hints.
    InlayHints,
}

impl Outbox {
    /// Leaves the message that publishes a document's diagnostics, in place of an older one that waits.
    pub(crate) fn publish(&self, uri: Uri, message: Vec<u8>) {
        self.retract(&uri);
        self.put(Outgoing::Diagnostics(uri, message));
    }

    /// Takes back the diagnostics of a document that still wait: its text has changed.
    pub(crate) fn retract(&self, uri: &Uri) {
        self.waiting().retain(|it| !matches!(it, Outgoing::Diagnostics(older, _) if older == uri));
    }

    /// Leaves the status of a document, in place of an older one that still waits.
    pub(crate) fn send_status(&self, status: Status) {
        self.waiting().retain(|it| !matches!(it, Outgoing::Status(older) if older.uri == status.uri));
        self.put(Outgoing::Status(Box::new(status)));
    }

    /// Leaves a warning that the editor shows to the writer.
    pub(crate) fn warn(&self, message: String) {
        self.put(Outgoing::Warning(message));
    }

    /// Has the client ask for something again.
    pub(crate) fn refresh(&self, what: Refresh) {
        self.waiting().retain(|it| !matches!(it, Outgoing::Refresh(waiting) if *waiting == what));
        self.put(Outgoing::Refresh(what));
    }

    fn put(&self, outgoing: Outgoing) {
        self.waiting().push_back(outgoing);
        self.shared.filled.notify_one();
    }

    fn waiting(&self) -> MutexGuard<'_, VecDeque<Outgoing>> {
        self.shared.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends what waits, one thing at a time, for ever. Diagnostics go to `messages`, past the library, which
    /// would make a tree of values of them first: they are large, and many.
    pub(crate) async fn deliver(self, client: Client, messages: mpsc::Sender<Vec<u8>>) {
        loop {
            let next = self.waiting().pop_front();
            match next {
                Some(Outgoing::Diagnostics(_, message)) => {
                    // Nobody receives any more once the client is gone.
                    let _ = messages.send(message).await;
                }
                Some(Outgoing::Status(status)) => {
                    client.send_notification::<StatusNotification>(*status).await;
                }
                Some(Outgoing::Warning(message)) => client.show_message(MessageType::WARNING, message).await,
                Some(Outgoing::Refresh(what)) => {
                    let refresh = match what {
                        Refresh::Diagnostics => client_requests::refresh_diagnostics,
                        Refresh::InlayHints => client_requests::refresh_hints,
                    };
                    refresh(client.clone());
                }
                None => self.shared.filled.notified().await,
            }
        }
    }
}
