//! The language server.
//!
//! `transport` reads and writes messages. `backend` puts each into the queue of the `session`, the one task that owns all
//! state: `document`s with their `text`, what is on `hold` in them, and the `configurations` with the client's `settings`.
//! The session hands texts to worker threads as `snapshot`s to be checked, and leaves what they find in the `outbox`.
//! A request is answered from the snapshot of the text as it was when the request came, by its file in `requests`.
//! `convert` stands between the protocol's values and ours.

mod backend;
mod capabilities;
mod configurations;
mod convert;
mod document;
mod encoded;
mod outbox;
mod requests;
mod session;
mod settings;
mod snapshot;
mod text;
mod transport;
mod typing_guard;
mod workspace_check;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::mpsc;
use tower_lsp_server::LspService;

use backend::Backend;
use outbox::Outbox;

/// Serves over standard input and output until the client says `exit` or is gone. Returns whether it had asked for the
/// shutdown before, as it should.
pub(crate) async fn serve() -> bool {
    let shut_down = Arc::new(AtomicBool::new(false));
    let (session, messages) = mpsc::unbounded_channel();
    let outbox = Outbox::default();
    let state = tokio::spawn(session::run(messages, outbox.clone()));
    // Large and often: they go past the library, which would make a tree of values of them first.
    let (diagnostics, spelt) = mpsc::channel(1);
    let (service, socket) = LspService::build(|client| {
        tokio::spawn(outbox.deliver(client.clone(), diagnostics));
        Backend::new(client, session, shut_down.clone())
    })
    .custom_method("zhubi/text", Backend::text)
    .custom_method("zhubi/status", Backend::status)
    .custom_method("window/workDoneProgress/cancel", Backend::cancel_progress)
    .finish();
    tokio::select! {
        biased;
        () = transport::serve(service, socket, spelt) => {}
        // Only a fault in the session itself ends it before the client does: an editor starts a dead server anew, not a
        // mute one.
        ended = state => {
            tracing::error!(?ended, "the session has ended");
            return false;
        }
    }
    shut_down.load(Ordering::Relaxed)
}
