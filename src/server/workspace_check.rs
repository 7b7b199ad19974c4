//! A check of all drafts of the workspace, one after another: with progress where the client shows it, and
//! until it is cancelled.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tower_lsp_server::Client;
use tower_lsp_server::jsonrpc::{Error, Result};

use super::protocol::{ProgressNotification, ProgressToken, Uri};
use super::workspace::Workspace;

/// A running check. It is dropped where its request is cancelled, which ends its work.
#[derive(Debug)]
pub(crate) struct WorkspaceCheck {
    client: Client,
    workspace: Arc<Mutex<Workspace>>,
    token: Option<ProgressToken>,
    cancelled: Arc<AtomicBool>,
    drafts: Vec<Uri>,
    /// Those that are not open: they are checked.
    closed: Vec<Uri>,
    done: usize,
}

impl Drop for WorkspaceCheck {
    fn drop(&mut self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

impl WorkspaceCheck {
    /// A check that reports its progress under a token, and ends when `cancelled` is raised.
    pub(crate) fn new(
        client: Client,
        workspace: Workspace,
        token: Option<ProgressToken>,
        cancelled: Arc<AtomicBool>,
    ) -> Self {
        let workspace = Arc::new(Mutex::new(workspace));
        Self { client, workspace, token, cancelled, drafts: Vec::new(), closed: Vec::new(), done: 0 }
    }

    /// All drafts: those that are checked, and those that are open.
    pub(crate) fn drafts(&self) -> Vec<Uri> {
        self.drafts.clone()
    }

    /// The documents that are open.
    pub(crate) fn open(&self) -> Vec<Uri> {
        lock(&self.workspace).open.clone()
    }

    /// Lists the drafts.
    pub(crate) async fn begin(&mut self) -> Result<()> {
        let begin =
            json!({ "kind": "begin", "title": "检查工作区的文稿", "cancellable": true, "percentage": 0 });
        self.report(begin).await;
        self.drafts = self.on_worker(Workspace::drafts).await?;
        let open = self.open();
        self.closed = self.drafts.iter().filter(|uri| !open.contains(uri)).cloned().collect();
        Ok(())
    }

    /// Runs `work` on the next draft; `None` where there is none left.
    pub(crate) async fn next<T: Send + 'static>(
        &mut self,
        work: Arc<impl Fn(&mut Workspace, &Uri, &AtomicBool) -> Option<T> + Send + Sync + 'static>,
    ) -> Result<Option<Option<T>>> {
        if self.cancelled.load(Ordering::Relaxed) {
            self.report(json!({ "kind": "end", "message": "已取消" })).await;
            return Err(Error::request_cancelled());
        }
        let Some(uri) = self.closed.get(self.done).cloned() else {
            self.report(json!({ "kind": "end" })).await;
            return Ok(None);
        };
        let cancelled = self.cancelled.clone();
        let result = self.on_worker(move |workspace| work(workspace, &uri, &cancelled)).await?;
        self.done += 1;
        let (done, all) = (self.done, self.closed.len());
        let message = format!("{done}/{all}");
        self.report(json!({ "kind": "report", "percentage": done * 100 / all, "message": message })).await;
        Ok(Some(result))
    }

    async fn on_worker<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Workspace) -> T + Send + 'static,
    ) -> Result<T> {
        let workspace = self.workspace.clone();
        let worker = tokio::task::spawn_blocking(move || work(&mut lock(&workspace)));
        worker.await.map_err(|error| {
            tracing::error!(%error, "a check of the workspace failed");
            Error::internal_error()
        })
    }

    async fn report(&self, progress: Value) {
        if let Some(token) = &self.token {
            self.send(token, progress).await;
        }
    }

    /// Sends progress, or a part of a result, under a token.
    pub(crate) async fn send(&self, token: &ProgressToken, value: Value) {
        let params = json!({ "token": token, "value": value });
        self.client.send_notification::<ProgressNotification>(params).await;
    }
}

fn lock(workspace: &Mutex<Workspace>) -> MutexGuard<'_, Workspace> {
    workspace.lock().unwrap_or_else(PoisonError::into_inner)
}
