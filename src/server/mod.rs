//! The language server.
//!
//! `transport` reads and writes messages. `backend` turns each into a `message` to the `session`, the one
//! task that owns all state: the open `document`s with their `text`, the findings that a `typing_guard`
//! withholds, the marks of `closed_drafts`, and the `configurations` with the client's `settings`. The session has `snapshot`s made on
//! worker threads, and leaves what they found in the `outbox`. A request is answered from the snapshot of the
//! text as it was when the request came, by its file in `requests`. `protocol` holds the messages that are
//! our own, `convert` stands between the protocol's values and ours.

mod backend;
mod capabilities;
mod client_process;
mod client_requests;
mod closed_drafts;
mod configurations;
mod convert;
mod document;
mod encoded;
mod fix_all;
mod message;
mod outbox;
mod protocol;
mod requests;
mod session;
mod settings;
mod snapshot;
mod suppress;
mod text;
mod transport;
mod typing_guard;
mod workspace;
mod workspace_check;

use tokio::sync::{mpsc, oneshot};
use tower_lsp_server::LspService;

use backend::Backend;
use outbox::Outbox;
use session::Session;

/// Serves over standard input and output until the client says `exit` or is gone. Returns whether it asked
/// for `shutdown` before, as it should.
pub(crate) async fn serve() -> bool {
    let (sender, receiver) = mpsc::unbounded_channel();
    let (publications, published) = mpsc::channel(1);
    let (result, mut ended) = oneshot::channel();
    let (service, socket) = LspService::build(|client| {
        let outbox = Outbox::default();
        tokio::spawn(outbox.clone().deliver(client.clone(), publications));
        let session = Session::new(client, sender.downgrade(), outbox);
        tokio::spawn(async move { result.send(session.run(receiver).await) });
        Backend::new(sender)
    })
    .custom_method("zhubi/text", Backend::text)
    .custom_method("zhubi/status", Backend::status)
    .custom_method("zhubi/trace", Backend::trace)
    .custom_method("window/workDoneProgress/cancel", Backend::cancel_progress)
    .finish();
    tokio::select! {
        biased;
        () = transport::serve(service, socket, published) => {}
        // The client was killed and does not end its messages; otherwise only a bug ends the session first.
        // An editor restarts a server that has ended, but not one that has fallen silent.
        _ = &mut ended => {
            tracing::error!("the session has ended");
            return false;
        }
    }
    // The service is gone, and with it the only sender: the session handles what is left, and ends.
    ended.await.unwrap_or(false)
}
