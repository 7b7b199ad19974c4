//! The protocol's methods. Each puts a message into the session's queue before it first awaits, which keeps their order,
//! and a request then waits for its own answer.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use serde_json::Value;
use tokio::sync::{mpsc, oneshot};
use tower_lsp_server::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp_server::ls_types::{
    CodeAction, CodeActionParams, CodeActionResponse, CompletionParams, CompletionResponse,
    ConfigurationItem, DidChangeConfigurationParams, DidChangeTextDocumentParams,
    DidChangeWatchedFilesParams, DidChangeWatchedFilesRegistrationOptions, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
    DocumentDiagnosticParams, DocumentDiagnosticReportResult, DocumentFormattingParams, DocumentSymbolParams,
    DocumentSymbolResponse, ExecuteCommandParams, FileSystemWatcher, FoldingRange, FoldingRangeParams,
    GlobPattern, Hover, HoverParams, InitializeParams, InitializeResult, InitializedParams, InlayHint,
    InlayHintParams, Registration, SelectionRange, SelectionRangeParams, TextEdit, Uri,
    WorkDoneProgressCancelParams, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport,
    WorkspaceDiagnosticReportResult, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};
use tower_lsp_server::{Client, LanguageServer};

use super::capabilities::Abilities;
use super::convert;
use super::requests::command::{self, ADD_WORD, CHECK_WORKSPACE, IGNORE_RULE};
use super::requests::status::{Status, StatusParams};
use super::requests::text::{TextParams, TextResult};
use super::requests::{
    code_action, completion, diagnostic, document_symbol, folding_range, formatting, hover, initialize,
    inlay_hint, selection_range, status, workspace,
};
use super::session::{Message, Workspace};
use super::settings::SECTION;
use super::snapshot::{Draft, Snapshot};
use super::workspace_check::Survey;
use crate::config::FILE_NAME;

/// Passes on what the client says.
#[derive(Debug)]
pub(crate) struct Backend {
    client: Client,
    session: mpsc::UnboundedSender<Message>,
    capabilities: OnceLock<Abilities>,
    /// Looks over the workspace that are under way.
    survey: Survey,
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
        let survey = Survey::new(client.clone());
        Self { client, session, capabilities: OnceLock::new(), survey, shut_down }
    }

    fn tell(&self, message: Message) {
        if self.session.send(message).is_err() {
            tracing::error!("the session has ended");
        }
    }

    /// The document as it is at this place in the order, once it is checked.
    async fn snapshot(&self, uri: &Uri) -> Result<Arc<Snapshot>> {
        let (reply, snapshot) = oneshot::channel();
        self.tell(Message::Snapshot { uri: uri.clone(), reply });
        snapshot.await.map_err(|_| no_answer(uri))
    }

    /// Computes an answer from the document as it is at this place in the order, on a worker thread.
    async fn answer<T: Send + 'static>(
        &self,
        uri: &Uri,
        compute: impl FnOnce(&Snapshot) -> T + Send + 'static,
    ) -> Result<T> {
        let snapshot = self.snapshot(uri).await?;
        at_work(move || compute(&snapshot)).await
    }

    /// The document as it is at this place in the order, without waiting for its check.
    async fn draft(&self, uri: &Uri) -> Result<Draft> {
        let (reply, draft) = oneshot::channel();
        self.tell(Message::Draft { uri: uri.clone(), reply });
        draft.await.map_err(|_| no_answer(uri)).map(|draft| *draft)
    }

    async fn workspace(&self) -> Result<Workspace> {
        let (reply, workspace) = oneshot::channel();
        self.tell(Message::Workspace { reply });
        workspace.await.map_err(|_| Error::internal_error())
    }

    /// The documents that are open, by their addresses.
    async fn open_snapshots(&self, workspace: &Workspace) -> Vec<Arc<Snapshot>> {
        let mut uris = workspace.open.clone();
        uris.sort_by(|a, b| a.as_str().cmp(b.as_str()));
        let mut open = Vec::new();
        for uri in uris {
            open.extend(self.snapshot(&uri).await.ok());
        }
        open
    }

    /// `zhubi/text`: the text as the server holds it.
    pub(crate) async fn text(&self, params: TextParams) -> Result<TextResult> {
        let draft = self.draft(&params.uri).await?;
        Ok(TextResult { text: String::from(&draft.text), version: draft.version })
    }

    /// `zhubi/status`: what a status bar shows.
    pub(crate) async fn status(&self, params: StatusParams) -> Result<Status> {
        self.answer(&params.uri, status::answer).await
    }

    /// `window/workDoneProgress/cancel`: the writer has seen enough.
    pub(crate) async fn cancel_progress(&self, params: WorkDoneProgressCancelParams) {
        self.survey.cancel(&params.token);
    }

    /// Asks the client for its settings, and passes them on. Does not wait: a client may never answer.
    fn fetch_settings(&self) {
        let (client, session) = (self.client.clone(), self.session.clone());
        let (reply, workspace) = oneshot::channel();
        self.tell(Message::Workspace { reply });
        tokio::spawn(async move {
            let Ok(workspace) = workspace.await else { return };
            let folders: Vec<PathBuf> = workspace.configurations.folders().to_vec();
            let scopes = [None].into_iter().chain(folders.iter().map(Uri::from_file_path));
            let item = |scope_uri| ConfigurationItem { scope_uri, section: Some(SECTION.to_owned()) };
            match client.configuration(scopes.map(item).collect()).await {
                Ok(values) => {
                    let mut values = values.into_iter();
                    let everywhere = values.next().unwrap_or_default();
                    let folders = folders.into_iter().zip(values).collect();
                    let _ = session.send(Message::Settings { everywhere, folders });
                }
                Err(error) => tracing::warn!(%error, "the client does not tell its settings"),
            }
        });
    }

    fn can(&self, ability: impl Fn(&Abilities) -> bool) -> bool {
        self.capabilities.get().is_some_and(ability)
    }
}

/// Runs on a worker thread.
async fn at_work<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| {
        tracing::error!(%error, "a request failed");
        Error::internal_error()
    })
}

/// The document is not open, or it was closed before the answer was ready, or reading it panicked.
fn no_answer(uri: &Uri) -> Error {
    failure(format!("文档没有打开，或者没能检查：{}", uri.as_str()))
}

fn failure(message: String) -> Error {
    Error { code: ErrorCode::InvalidParams, message: message.into(), data: None }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let options = params.initialization_options.clone().unwrap_or_default();
        let mut capabilities = Abilities::of(&params.capabilities);
        capabilities.shows_status = options.get("status").is_some_and(|it| *it == Value::Bool(true));
        let answer = initialize::answer(&capabilities);
        let _ = self.capabilities.set(capabilities.clone());
        self.tell(Message::Initialize { capabilities, folders: initialize::roots(&params), options });
        Ok(answer)
    }

    async fn initialized(&self, _: InitializedParams) {
        let mut registrations = Vec::new();
        if self.can(|it| it.watches_files) {
            registrations.push(configuration_watcher());
        }
        if self.can(|it| it.configuration) {
            self.fetch_settings();
            if self.can(|it| it.registers_configuration) {
                registrations.push(settings_watcher());
            }
        }
        if registrations.is_empty() {
            return;
        }
        let client = self.client.clone();
        // Not awaited here: a client may never answer.
        tokio::spawn(async move {
            if let Err(error) = client.register_capability(registrations).await {
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

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        if self.can(|it| it.configuration) {
            self.fetch_settings();
        } else {
            self.tell(Message::Settings { everywhere: params.settings, folders: Vec::new() });
        }
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let paths = |folders: &[tower_lsp_server::ls_types::WorkspaceFolder]| {
            folders.iter().filter_map(|folder| super::configurations::file_of(&folder.uri)).collect()
        };
        let (added, removed) = (paths(&params.event.added), paths(&params.event.removed));
        self.tell(Message::Folders { added, removed });
        if self.can(|it| it.configuration) {
            self.fetch_settings();
        }
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.answer(&params.text_document.uri, |snapshot| Some(document_symbol::answer(snapshot))).await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.answer(&params.text_document.uri, |snapshot| Some(folding_range::answer(snapshot))).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        let uri = params.text_document.uri.clone();
        self.answer(&uri, move |snapshot| Some(selection_range::answer(snapshot, &params.positions))).await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let uri = params.text_document_position_params.text_document.uri.clone();
        self.answer(&uri, move |snapshot| hover::answer(snapshot, &params)).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let uri = params.text_document.uri.clone();
        self.answer(&uri, move |snapshot| Some(inlay_hint::answer(snapshot, params.range))).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let place = params.text_document_position;
        let draft = self.draft(&place.text_document.uri).await?;
        Ok(Some(CompletionResponse::Array(completion::answer(&draft, place.position))))
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.answer(&params.text_document.uri, |snapshot| Some(formatting::answer(snapshot))).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let uri = params.text_document.uri.clone();
        self.answer(&uri, move |snapshot| Some(code_action::answer(snapshot, &params))).await
    }

    async fn code_action_resolve(&self, mut action: CodeAction) -> Result<CodeAction> {
        let Some(data) = action.data.clone() else { return Ok(action) };
        let unresolved: code_action::Unresolved =
            serde_json::from_value(data).map_err(|error| failure(error.to_string()))?;
        let uri = unresolved.uri.clone();
        let edit = self.answer(&uri, move |snapshot| code_action::resolve(snapshot, &unresolved)).await?;
        let modified =
            || Error { code: ErrorCode::ContentModified, message: "文稿已经改动".into(), data: None };
        action.edit = Some(edit.ok_or_else(modified)?);
        Ok(action)
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let snapshot = self.snapshot(&params.text_document.uri).await?;
        let (reply, said) = oneshot::channel();
        self.tell(Message::Admit { snapshot: snapshot.clone(), reply });
        let said = said.await.map_err(|_| Error::internal_error())?;
        let previous = params.previous_result_id;
        at_work(move || diagnostic::answer(&snapshot, &said, previous.as_deref()).into()).await
    }

    async fn workspace_diagnostic(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReportResult> {
        let workspace = self.workspace().await?;
        let items = self.survey.diagnostics(workspace, params).await?;
        Ok(WorkspaceDiagnosticReport { items }.into())
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        let mut workspace = self.workspace().await?;
        let open = self.open_snapshots(&workspace).await;
        at_work(move || {
            let mut found = Vec::new();
            open.iter().for_each(|snapshot| workspace::symbols(snapshot, &params.query, &mut found));
            for uri in workspace::files(&mut workspace) {
                let outline = workspace::outline(&mut workspace, &uri);
                outline.iter().for_each(|snapshot| workspace::symbols(snapshot, &params.query, &mut found));
            }
            Some(WorkspaceSymbolResponse::Nested(found))
        })
        .await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        let workspace = self.workspace().await?;
        let arguments = params.arguments;
        match params.command.as_str() {
            CHECK_WORKSPACE => {
                let token = params.work_done_progress_params.work_done_token;
                let shows = self.can(|it| it.progress);
                let open = self.open_snapshots(&workspace).await;
                return self.survey.check(workspace, open, token, shows).await.map(Some);
            }
            ADD_WORD => {
                let word = command::argument(arguments).map_err(failure)?;
                at_work(move || command::add_word(&workspace, &word)).await?.map_err(failure)?;
            }
            IGNORE_RULE => {
                let rule = command::argument(arguments).map_err(failure)?;
                at_work(move || command::ignore_rule(&workspace, &rule)).await?.map_err(failure)?;
            }
            other => return Err(failure(format!("没有“{other}”这个命令"))),
        }
        self.tell(Message::Reload);
        Ok(None)
    }
}

fn configuration_watcher() -> Registration {
    // zhubi.toml, and what it may name: dictionaries and packs of rules.
    let watcher = |glob: String| FileSystemWatcher { glob_pattern: GlobPattern::String(glob), kind: None };
    let watchers = vec![watcher(format!("**/{FILE_NAME}")), watcher("**/*.{toml,txt}".to_owned())];
    let options = DidChangeWatchedFilesRegistrationOptions { watchers };
    Registration {
        id: "zhubi-configuration".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: serde_json::to_value(options).ok(),
    }
}

fn settings_watcher() -> Registration {
    Registration {
        id: "zhubi-settings".to_owned(),
        method: "workspace/didChangeConfiguration".to_owned(),
        register_options: Some(serde_json::json!({ "section": SECTION })),
    }
}
