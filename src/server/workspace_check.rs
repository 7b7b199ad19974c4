//! Looks over the whole workspace: with progress where the client shows it, and until it is cancelled.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tower_lsp_server::Client;
use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::notification::Notification;
use tower_lsp_server::ls_types::{
    ProgressToken, Uri, WorkspaceDiagnosticParams, WorkspaceDocumentDiagnosticReport,
};

use super::convert;
use super::requests::workspace;
use super::session::Workspace;
use super::snapshot::Snapshot;
use crate::lint::collection::Collection;

/// So many reports go to the client at a time.
const PORTION: usize = 16;

/// Those that are under way.
#[derive(Debug)]
pub(crate) struct Survey {
    client: Client,
    cancels: Mutex<HashMap<ProgressToken, Arc<AtomicBool>>>,
    tokens: AtomicU64,
}

/// One that is under way. Dropped where its request is cancelled, which ends its work.
struct UnderWay<'a> {
    survey: &'a Survey,
    token: Option<ProgressToken>,
    abandoned: Arc<AtomicBool>,
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.abandoned.store(true, Ordering::Relaxed);
        if let Some(token) = &self.token {
            self.survey.cancels().remove(token);
        }
    }
}

/// A way through the drafts of a workspace.
struct Walk<'a> {
    under_way: UnderWay<'a>,
    uris: Vec<Uri>,
    done: usize,
    /// Away while a worker has it.
    workspace: Option<Workspace>,
}

impl Walk<'_> {
    /// Does `work` on the next draft, on a worker thread. Nothing when there is none left.
    async fn next<T: Send + 'static>(
        &mut self,
        work: Arc<impl Fn(&mut Workspace, &Uri, &AtomicBool) -> Option<T> + Send + Sync + 'static>,
    ) -> Result<Option<Option<T>>> {
        let (survey, token) = (self.under_way.survey, self.under_way.token.as_ref());
        if self.under_way.abandoned.load(Ordering::Relaxed) {
            survey.progress(token, json!({ "kind": "end", "message": "已取消" })).await;
            return Err(Error::request_cancelled());
        }
        let (Some(uri), Some(mut workspace)) = (self.uris.get(self.done).cloned(), self.workspace.take())
        else {
            survey.progress(token, json!({ "kind": "end" })).await;
            return Ok(None);
        };
        let abandoned = self.under_way.abandoned.clone();
        let worker = tokio::task::spawn_blocking(move || (work(&mut workspace, &uri, &abandoned), workspace));
        let (found, workspace) = worker.await.map_err(failed)?;
        self.workspace = Some(workspace);
        self.done += 1;
        let (done, all) = (self.done, self.uris.len());
        let report =
            json!({ "kind": "report", "percentage": done * 100 / all, "message": format!("{done}/{all}") });
        survey.progress(token, report).await;
        Ok(Some(found))
    }
}

fn failed(error: tokio::task::JoinError) -> Error {
    tracing::error!(%error, "a look over the workspace failed");
    Error::internal_error()
}

impl Survey {
    /// None under way.
    pub(crate) fn new(client: Client) -> Self {
        Self { client, cancels: Mutex::default(), tokens: AtomicU64::new(0) }
    }

    /// Ends the one of a token.
    pub(crate) fn cancel(&self, token: &ProgressToken) {
        if let Some(abandoned) = self.cancels().get(token) {
            abandoned.store(true, Ordering::Relaxed);
        }
    }

    fn cancels(&self) -> MutexGuard<'_, HashMap<ProgressToken, Arc<AtomicBool>>> {
        self.cancels.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(&self, token: Option<ProgressToken>) -> UnderWay<'_> {
        let abandoned = Arc::<AtomicBool>::default();
        if let Some(token) = &token {
            self.cancels().insert(token.clone(), abandoned.clone());
        }
        UnderWay { survey: self, token, abandoned }
    }

    /// The diagnostics of all drafts that are not open: in portions where the client takes them so.
    pub(crate) async fn diagnostics(
        &self,
        workspace: Workspace,
        params: WorkspaceDiagnosticParams,
    ) -> Result<Vec<WorkspaceDocumentDiagnosticReport>> {
        let under_way = self.begin(params.work_done_progress_params.work_done_token);
        let portions = params.partial_result_params.partial_result_token;
        let previous: HashMap<Uri, String> =
            params.previous_result_ids.into_iter().map(|it| (it.uri, it.value)).collect();
        let report = move |workspace: &mut Workspace, uri: &Uri, abandoned: &AtomicBool| {
            workspace::report(workspace, uri, previous.get(uri).map(String::as_str), abandoned)
        };
        let mut all = Vec::new();
        let mut walk = self.walk(under_way, workspace).await?;
        let report = Arc::new(report);
        while let Some(found) = walk.next(report.clone()).await? {
            all.extend(found);
            if let Some(token) = portions.as_ref().filter(|_| all.len() >= PORTION) {
                self.send(token, json!({ "items": std::mem::take(&mut all) })).await;
            }
        }
        Ok(all)
    }

    /// Checks all drafts that are not open, and publishes what is found, where the client does not pull. Returns how many drafts
    /// and findings there are. Drafts are compared with each other and with those that are open.
    pub(crate) async fn check(
        &self,
        workspace: Workspace,
        open: Vec<Arc<Snapshot>>,
        token: Option<ProgressToken>,
        shows_progress: bool,
    ) -> Result<Value> {
        let token = match token {
            None if shows_progress => self.own_token(),
            token => token,
        };
        let under_way = self.begin(token);
        let pushes = !workspace.capabilities.pulls;
        let (mut files, mut findings) = (0, 0);
        let mut documents = Collection::default();
        for snapshot in &open {
            workspace::compare(snapshot, &mut documents, &mut Vec::new());
        }
        let documents = Mutex::new(documents);
        let check = move |workspace: &mut Workspace, uri: &Uri, abandoned: &AtomicBool| {
            let mut snapshot = workspace::check(workspace, uri, abandoned)?;
            // A client that pulls is told of one draft at a time, and would never see this.
            if pushes {
                let mut documents = documents.lock().unwrap_or_else(PoisonError::into_inner);
                let mut findings = std::mem::take(&mut snapshot.findings);
                workspace::compare(&snapshot, &mut documents, &mut findings);
                snapshot.findings = findings;
            }
            let said = vec![true; snapshot.findings.len()];
            Some((
                snapshot.findings.len(),
                convert::shown(convert::diagnostics(&snapshot), &said),
                uri.clone(),
            ))
        };
        let mut walk = self.walk(under_way, workspace).await?;
        let check = Arc::new(check);
        while let Some(found) = walk.next(check.clone()).await? {
            let Some((count, diagnostics, uri)) = found else { continue };
            files += 1;
            findings += count;
            if pushes {
                self.client.publish_diagnostics(uri, diagnostics, None).await;
            }
        }
        Ok(json!({ "files": files, "findings": findings }))
    }

    /// Begins to go through the drafts.
    async fn walk<'a>(&'a self, under_way: UnderWay<'a>, mut workspace: Workspace) -> Result<Walk<'a>> {
        let begin =
            json!({ "kind": "begin", "title": "检查工作区的文稿", "cancellable": true, "percentage": 0 });
        self.progress(under_way.token.as_ref(), begin).await;
        let listed = tokio::task::spawn_blocking(move || (workspace::files(&mut workspace), workspace));
        let (uris, workspace) = listed.await.map_err(failed)?;
        Ok(Walk { under_way, uris, done: 0, workspace: Some(workspace) })
    }

    /// A token of our own, which the client is told of. Not awaited: a client may never answer.
    fn own_token(&self) -> Option<ProgressToken> {
        let number = self.tokens.fetch_add(1, Ordering::Relaxed);
        let token = ProgressToken::String(format!("zhubi-{number}"));
        let (client, created) = (self.client.clone(), token.clone());
        tokio::spawn(async move {
            if let Err(error) = client.create_work_done_progress(created).await {
                tracing::warn!(%error, "the client shows no progress");
            }
        });
        Some(token)
    }

    async fn progress(&self, token: Option<&ProgressToken>, value: Value) {
        if let Some(token) = token {
            self.send(token, value).await;
        }
    }

    async fn send(&self, token: &ProgressToken, value: Value) {
        self.client.send_notification::<Progress>(json!({ "token": token, "value": value })).await;
    }
}

/// `$/progress`, with a value of any kind.
enum Progress {}

impl Notification for Progress {
    type Params = Value;
    const METHOD: &'static str = "$/progress";
}
