//! Requests to the client. None is waited for: a client may never answer.

use std::path::PathBuf;

use tokio::sync::mpsc::WeakUnboundedSender;
use tower_lsp_server::Client;
use tower_lsp_server::jsonrpc::Result;

use super::capabilities::ClientCapabilities;
use super::convert;
use super::message::Message;
use super::protocol::ProgressToken;

/// Asks for the settings, everywhere and in folders; the answer becomes a message to the session.
pub(crate) fn fetch_settings(client: Client, folders: Vec<PathBuf>, session: WeakUnboundedSender<Message>) {
    send("workspace/configuration", async move {
        let mut values = client.configuration(convert::settings_items(&folders)).await?.into_iter();
        let everywhere = values.next().unwrap_or_default();
        let folders = folders.into_iter().zip(values).collect();
        let message = Message::Settings { everywhere, folders };
        // None any more once the server is about to end.
        if let Some(session) = session.upgrade() {
            let _ = session.send(message);
        }
        Ok(())
    });
}

/// Has the client report changes of files and settings.
pub(crate) fn register(client: Client, capabilities: &ClientCapabilities) {
    let registrations = capabilities.registrations();
    if !registrations.is_empty() {
        send("client/registerCapability", async move { client.register_capability(registrations).await });
    }
}

/// Tells the client of a token, under which progress will be reported.
pub(crate) fn create_progress(client: Client, token: ProgressToken) {
    send("window/workDoneProgress/create", async move { client.create_work_done_progress(token).await });
}

/// Has the client pull all diagnostics again.
pub(crate) fn refresh_diagnostics(client: Client) {
    send("workspace/diagnostic/refresh", async move { client.workspace_diagnostic_refresh().await });
}

/// Has the client ask for the inlay hints of all documents again.
pub(crate) fn refresh_hints(client: Client) {
    send("workspace/inlayHint/refresh", async move { client.inlay_hint_refresh().await });
}

fn send(method: &'static str, request: impl Future<Output = Result<()>> + Send + 'static) {
    tokio::spawn(async move {
        if let Err(error) = request.await {
            tracing::warn!(%error, method, "the client refuses a request");
        }
    });
}
