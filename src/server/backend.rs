//! The protocol's methods. Each puts a message into the session's queue before it first awaits, which keeps their order,
//! and a request then waits for its own answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use tokio::sync::{mpsc, oneshot};
use tower_lsp_server::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp_server::ls_types::{
    CodeActionParams, CodeActionResponse, DidChangeConfigurationParams, DidChangeTextDocumentParams,
    DidChangeWatchedFilesParams, DidChangeWatchedFilesRegistrationOptions, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentSymbolParams, DocumentSymbolResponse,
    FileSystemWatcher, FoldingRange, FoldingRangeParams, GlobPattern, Hover, HoverParams, InitializeParams,
    InitializeResult, InitializedParams, Registration, Uri,
};
use tower_lsp_server::{Client, LanguageServer};

use super::abilities::Abilities;
use super::convert;
use super::requests::text::{TextParams, TextResult};
use super::requests::{code_action, document_symbol, folding_range, hover, initialize};
use super::session::Message;
use super::snapshot::Snapshot;
use crate::config::FILE_NAME;

/// Passes on what the client says.
#[derive(Debug)]
pub(crate) struct Backend {
    client: Client,
    session: mpsc::UnboundedSender<Message>,
    watches_files: AtomicBool,
    /// Has the client asked to shut down?
    shut_down: Arc<AtomicBool>,
}

impl Backend {
    /// Passes on to a session; notes in `shut_down` when the client has asked for that.
    pub(crate) fn new(
        client: Client,
        session: mpsc::UnboundedSender<Message>,
        shut_down: Arc<AtomicBool>,
    ) -> Self {
        Self { client, session, watches_files: AtomicBool::new(false), shut_down }
    }

    fn tell(&self, message: Message) {
        if self.session.send(message).is_err() {
            tracing::error!("the session has ended");
        }
    }

    /// Computes an answer from the document as it is at this place in the order, on a worker thread.
    async fn answer<T: Send + 'static>(
        &self,
        uri: &Uri,
        compute: impl FnOnce(&Snapshot) -> T + Send + 'static,
    ) -> Result<T> {
        let (reply, snapshot) = oneshot::channel();
        self.tell(Message::Snapshot { uri: uri.clone(), reply });
        let snapshot = snapshot.await.map_err(|_| no_answer(uri))?;
        tokio::task::spawn_blocking(move || compute(&snapshot)).await.map_err(|error| {
            tracing::error!(%error, "a request failed");
            Error::internal_error()
        })
    }

    /// `zhubi/text`: the text as the server holds it.
    pub(crate) async fn text(&self, params: TextParams) -> Result<TextResult> {
        let (reply, text) = oneshot::channel();
        self.tell(Message::Text { uri: params.uri.clone(), reply });
        let (text, version) = text.await.map_err(|_| no_answer(&params.uri))?;
        Ok(TextResult { text, version })
    }
}

/// The document is not open, or it was closed before the answer was ready, or reading it panicked.
fn no_answer(uri: &Uri) -> Error {
    Error {
        code: ErrorCode::InvalidParams,
        message: format!("文档没有打开，或者没能检查：{}", uri.as_str()).into(),
        data: None,
    }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let abilities = Abilities::of(&params.capabilities);
        let answer = initialize::answer(&abilities);
        self.watches_files.store(abilities.watches_files, Ordering::Relaxed);
        self.tell(Message::Initialize { abilities, roots: initialize::roots(&params) });
        Ok(answer)
    }

    async fn initialized(&self, _: InitializedParams) {
        if !self.watches_files.load(Ordering::Relaxed) {
            return;
        }
        let client = self.client.clone();
        // Not awaited here: a client may never answer.
        tokio::spawn(async move {
            if let Err(error) = client.register_capability(vec![configuration_watcher()]).await {
                tracing::warn!(%error, "the client does not watch the configuration");
            }
        });
    }

    async fn shutdown(&self) -> Result<()> {
        self.shut_down.store(true, Ordering::Relaxed);
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        self.tell(Message::Open {
            uri: document.uri,
            language: document.language_id,
            version: document.version,
            text: document.text,
        });
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.tell(Message::Change {
            uri: params.text_document.uri,
            version: params.text_document.version,
            changes: params.content_changes.into_iter().map(convert::change).collect(),
            received: Instant::now(),
        });
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        self.tell(Message::Save { uri: params.text_document.uri, text: params.text });
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.tell(Message::Close { uri: params.text_document.uri });
    }

    async fn did_change_watched_files(&self, _: DidChangeWatchedFilesParams) {
        self.tell(Message::Reload);
    }

    async fn did_change_configuration(&self, _: DidChangeConfigurationParams) {
        self.tell(Message::Reload);
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.answer(&params.text_document.uri, |snapshot| Some(document_symbol::answer(snapshot))).await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.answer(&params.text_document.uri, |snapshot| Some(folding_range::answer(snapshot))).await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let uri = params.text_document_position_params.text_document.uri.clone();
        self.answer(&uri, move |snapshot| hover::answer(snapshot, &params)).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let uri = params.text_document.uri.clone();
        self.answer(&uri, move |snapshot| Some(code_action::answer(snapshot, &params))).await
    }
}

fn configuration_watcher() -> Registration {
    let watcher =
        FileSystemWatcher { glob_pattern: GlobPattern::String(format!("**/{FILE_NAME}")), kind: None };
    let options = DidChangeWatchedFilesRegistrationOptions { watchers: vec![watcher] };
    Registration {
        id: "zhubi-configuration".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: serde_json::to_value(options).ok(),
    }
}
