//! The protocol's methods. Each sends a message to the session before it first awaits, which keeps their
//! order; a request then waits for its own answer.

use std::sync::Arc;
use std::time::Instant;

use serde_json::Value;
use tokio::sync::{mpsc, oneshot};
use tower_lsp_server::LanguageServer;
use tower_lsp_server::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp_server::ls_types::{
    CodeAction, CodeActionParams, CodeActionResponse, CompletionParams, CompletionResponse,
    DeleteFilesParams, DidChangeConfigurationParams, DidChangeTextDocumentParams,
    DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentDiagnosticParams,
    DocumentDiagnosticReportResult, DocumentFormattingParams, DocumentHighlight, DocumentHighlightParams,
    DocumentRangeFormattingParams, DocumentSymbolParams, DocumentSymbolResponse, ExecuteCommandParams,
    FileChangeType, FileEvent, FoldingRange, FoldingRangeParams, GotoDefinitionParams,
    GotoDefinitionResponse, Hover, HoverParams, InitializeParams, InitializeResult, InitializedParams,
    InlayHint, InlayHintParams, Location, PrepareRenameResponse, ReferenceParams, RenameFilesParams,
    RenameParams, SelectionRange, SelectionRangeParams, TextDocumentPositionParams, TextEdit,
    WorkDoneProgressCancelParams, WorkspaceDiagnosticParams, WorkspaceDiagnosticReportResult, WorkspaceEdit,
    WorkspaceFolder, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};

use super::capabilities::ClientCapabilities;
use super::client_process;
use super::convert;
use super::message::{Ask, CheckRequest, FileChange, Message};
use super::protocol::{CHECK_WORKSPACE, DocumentParams, Status, TextResult, Trace, Uri, file_path};
use super::requests::{
    code_action, completion, diagnostic, document_highlight, document_symbol, execute_command, folding_range,
    formatting, goto_definition, hover, initialize, inlay_hint, prepare_rename, range_formatting, references,
    rename, selection_range, trace, workspace_diagnostic, workspace_symbol,
};
use super::snapshot::{DocumentState, Snapshot};

/// Forwards what the client sends.
#[derive(Debug)]
pub(crate) struct Backend {
    session: mpsc::UnboundedSender<Message>,
}

impl Backend {
    /// Forwards to a session.
    pub(crate) fn new(session: mpsc::UnboundedSender<Message>) -> Self {
        Self { session }
    }

    fn tell(&self, message: Message) {
        if self.session.send(message).is_err() {
            tracing::error!("the session has ended");
        }
    }

    /// Asks the session. It does not answer about a document that is not open, or whose check failed.
    async fn ask<Q, A>(&self, question: fn(Ask<Q, A>) -> Message, about: Q) -> Option<A> {
        let (reply, answer) = oneshot::channel();
        self.tell(question(Ask { about, reply }));
        answer.await.ok()
    }

    async fn snapshot(&self, uri: &Uri) -> Result<Arc<Snapshot>> {
        self.ask(Message::Snapshot, uri.clone()).await.ok_or_else(|| no_answer(uri))
    }

    async fn state(&self, uri: &Uri) -> Result<Box<DocumentState>> {
        self.ask(Message::State, uri.clone()).await.ok_or_else(|| no_answer(uri))
    }

    /// Computes an answer from a document, on a worker thread.
    async fn answer<T: Send + 'static>(
        &self,
        uri: &Uri,
        compute: impl FnOnce(&Snapshot) -> T + Send + 'static,
    ) -> Result<T> {
        let snapshot = self.snapshot(uri).await?;
        on_worker(move || compute(&snapshot)).await
    }

    /// Snapshots of these documents, in the order of their addresses, as far as they are still open.
    async fn snapshots(&self, mut uris: Vec<Uri>) -> Vec<Arc<Snapshot>> {
        uris.sort_by(|a, b| a.as_str().cmp(b.as_str()));
        let mut snapshots = Vec::new();
        for uri in uris {
            snapshots.extend(self.snapshot(&uri).await.ok());
        }
        snapshots
    }

    /// `zhubi/text`.
    pub(crate) async fn text(&self, params: DocumentParams) -> Result<TextResult> {
        let state = self.state(&params.uri).await?;
        Ok(TextResult { text: String::from(&state.text), version: state.version })
    }

    /// `zhubi/status`.
    pub(crate) async fn status(&self, params: DocumentParams) -> Result<Status> {
        self.answer(&params.uri, convert::status).await
    }

    /// `zhubi/trace`.
    pub(crate) async fn trace(&self, params: DocumentParams) -> Result<Trace> {
        let snapshot = self.snapshot(&params.uri).await?;
        let records = self.ask(Message::Records, params.uri).await.unwrap_or_default();
        on_worker(move || Trace { text: trace::answer(&snapshot, &records) }).await
    }

    /// `window/workDoneProgress/cancel`, which the library does not know.
    pub(crate) async fn cancel_progress(&self, params: WorkDoneProgressCancelParams) {
        self.tell(Message::CancelProgress(params.token));
    }
}

fn file_change((uri, is_gone): (&String, bool)) -> Option<FileChange> {
    Some(FileChange { uri: uri.parse().ok()?, is_gone })
}

async fn on_worker<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| {
        tracing::error!(%error, "a request failed");
        Error::internal_error()
    })
}

/// The document is not open, was closed before the answer was ready, or its check panicked.
fn no_answer(uri: &Uri) -> Error {
    failure(format!("文档没有打开，或者没能检查：{}", uri.as_str()))
}

fn failure(message: String) -> Error {
    Error { code: ErrorCode::InvalidParams, message: message.into(), data: None }
}

/// The request is right, and the answer is no: `RequestFailed` of the protocol.
fn refused(message: String) -> Error {
    Error { code: ErrorCode::ServerError(-32803), message: message.into(), data: None }
}

/// Requests that their file in `requests` answers from the snapshot of the document that they name.
macro_rules! answer_from_snapshot {
    ($($request:ident($params:ty, $($document:ident).+) -> $answer:ty;)+) => {$(
        async fn $request(&self, params: $params) -> Result<$answer> {
            let uri = params.$($document.)+uri.clone();
            self.answer(&uri, move |snapshot| $request::answer(snapshot, &params).into()).await
        }
    )+};
}

impl LanguageServer for Backend {
    answer_from_snapshot! {
        code_action(CodeActionParams, text_document) -> Option<CodeActionResponse>;
        document_highlight(DocumentHighlightParams, text_document_position_params.text_document)
            -> Option<Vec<DocumentHighlight>>;
        document_symbol(DocumentSymbolParams, text_document) -> Option<DocumentSymbolResponse>;
        folding_range(FoldingRangeParams, text_document) -> Option<Vec<FoldingRange>>;
        formatting(DocumentFormattingParams, text_document) -> Option<Vec<TextEdit>>;
        goto_definition(GotoDefinitionParams, text_document_position_params.text_document)
            -> Option<GotoDefinitionResponse>;
        hover(HoverParams, text_document_position_params.text_document) -> Option<Hover>;
        inlay_hint(InlayHintParams, text_document) -> Option<Vec<InlayHint>>;
        range_formatting(DocumentRangeFormattingParams, text_document) -> Option<Vec<TextEdit>>;
        references(ReferenceParams, text_document_position.text_document) -> Option<Vec<Location>>;
        selection_range(SelectionRangeParams, text_document) -> Option<Vec<SelectionRange>>;
    }

    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let (capabilities, folders) = (ClientCapabilities::of(&params), initialize::folders(&params));
        let answer = initialize::answer(&capabilities);
        let options = params.initialization_options.unwrap_or_default();
        if let Some(id) = params.process_id {
            let session = self.session.downgrade();
            tokio::spawn(async move {
                client_process::gone(id).await;
                if let Some(session) = session.upgrade() {
                    let _ = session.send(Message::ClientGone);
                }
            });
        }
        self.tell(Message::Initialize { capabilities, folders, options });
        Ok(answer)
    }

    async fn initialized(&self, _: InitializedParams) {
        self.tell(Message::Initialized);
    }

    async fn shutdown(&self) -> Result<()> {
        self.tell(Message::ShutDown);
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

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let changes = params.changes.into_iter();
        let change = |it: FileEvent| FileChange { uri: it.uri, is_gone: it.typ == FileChangeType::DELETED };
        self.tell(Message::FilesChanged(changes.map(change).collect()));
    }

    async fn did_rename_files(&self, params: RenameFilesParams) {
        let changes = params.files.iter().flat_map(|it| [(&it.old_uri, true), (&it.new_uri, false)]);
        self.tell(Message::FilesChanged(changes.filter_map(file_change).collect()));
    }

    async fn did_delete_files(&self, params: DeleteFilesParams) {
        let changes = params.files.iter().map(|it| (&it.uri, true));
        self.tell(Message::FilesChanged(changes.filter_map(file_change).collect()));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        self.tell(Message::SettingsChanged(params.settings));
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let paths = |folders: Vec<WorkspaceFolder>| {
            folders.iter().filter_map(|folder| file_path(&folder.uri)).collect()
        };
        let (added, removed) = (paths(params.event.added), paths(params.event.removed));
        self.tell(Message::Folders { added, removed });
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let place = params.text_document_position;
        let state = self.state(&place.text_document.uri).await?;
        Ok(Some(CompletionResponse::Array(completion::answer(&state, place.position))))
    }

    async fn code_action_resolve(&self, action: CodeAction) -> Result<CodeAction> {
        let Some(data) = action.data.clone() else { return Ok(action) };
        let unresolved: code_action::Unresolved =
            serde_json::from_value(data).map_err(|error| failure(error.to_string()))?;
        let uri = unresolved.uri.clone();
        let edit = self.answer(&uri, move |snapshot| code_action::resolve(snapshot, &unresolved)).await?;
        let modified =
            || Error { code: ErrorCode::ContentModified, message: "文稿已经改动".into(), data: None };
        Ok(CodeAction { edit: Some(edit.ok_or_else(modified)?), ..action })
    }

    async fn prepare_rename(
        &self,
        params: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResponse>> {
        let uri = params.text_document.uri.clone();
        let answer = self.answer(&uri, move |snapshot| prepare_rename::answer(snapshot, &params)).await?;
        answer.map(Some).map_err(|refusal| refused(refusal.0))
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let uri = params.text_document_position.text_document.uri.clone();
        let answer = self.answer(&uri, move |snapshot| rename::answer(snapshot, &params)).await?;
        answer.map(Some).map_err(|refusal| refused(refusal.0))
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let snapshot = self.snapshot(&params.text_document.uri).await?;
        let shown = self.ask(Message::Shown, snapshot.clone()).await;
        let shown = shown.ok_or_else(Error::internal_error)?;
        on_worker(move || diagnostic::answer(&snapshot, &shown, params.previous_result_id).into()).await
    }

    async fn workspace_diagnostic(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReportResult> {
        let token = params.work_done_progress_params.work_done_token.clone();
        let request = CheckRequest { token, creates_token: false };
        let check = self.ask(Message::WorkspaceCheck, request).await.ok_or_else(Error::internal_error)?;
        workspace_diagnostic::answer(check, params).await.map(Into::into)
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        let workspace = self.ask(Message::Workspace, ()).await.ok_or_else(Error::internal_error)?;
        let open = self.snapshots(workspace.open.clone()).await;
        on_worker(move || Some(workspace_symbol::answer(workspace, &open, &params.query).into())).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        if params.command == CHECK_WORKSPACE {
            let token = params.work_done_progress_params.work_done_token;
            let request = CheckRequest { token, creates_token: true };
            let check = self.ask(Message::WorkspaceCheck, request).await.ok_or_else(Error::internal_error)?;
            let open = self.snapshots(check.open()).await;
            let tell = |message| self.tell(message);
            return execute_command::check_workspace(check, open, tell).await.map(Some);
        }
        let workspace = self.ask(Message::Workspace, ()).await.ok_or_else(Error::internal_error)?;
        let edit = move || execute_command::edit(&workspace, &params.command, params.arguments);
        on_worker(edit).await?.map_err(failure)?;
        self.tell(Message::Reload);
        Ok(None)
    }
}
