//! The workspace as a request sees it: drafts on disk, under the configuration of the moment. Documents that
//! are open are never read from disk: the client has diagnostics of them already.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::capabilities::ClientCapabilities;
use super::configurations::{Configurations, EffectiveConfig};
use super::protocol::{Uri, file_path};
use super::snapshot::{DocumentState, Snapshot};
use crate::Diagnostic;
use crate::files;
use crate::lint::collection::Collection;

/// A copy of what the session knows of the workspace.
#[derive(Debug)]
pub(crate) struct Workspace {
    /// The configurations of its documents.
    pub(crate) configurations: Configurations,
    /// The documents that are open.
    pub(crate) open: Vec<Uri>,
    /// What the client can do.
    pub(crate) capabilities: Arc<ClientCapabilities>,
}

impl Workspace {
    /// The drafts that are not open, in the order of their paths.
    pub(crate) fn drafts(&mut self) -> Vec<Uri> {
        let folders: Vec<PathBuf> = self.configurations.folders().to_vec();
        let mut files: Vec<PathBuf> = Vec::new();
        for folder in folders {
            let inside = Uri::from_file_path(folder.join("-"));
            let exclude = inside.map(|uri| self.config(&uri).linter.config().exclude.clone());
            match files::files(&folder, &exclude.unwrap_or_default()) {
                Ok(found) => files.extend(found),
                Err(faults) => faults.iter().for_each(|fault| tracing::warn!(fault)),
            }
        }
        let open: Vec<PathBuf> = self.open.iter().filter_map(file_path).collect();
        files.retain(|file| !open.contains(file));
        files.sort();
        files.dedup();
        files.into_iter().filter_map(Uri::from_file_path).collect()
    }

    /// The configuration of a document. The session reports what is wrong with it.
    pub(crate) fn config(&mut self, uri: &Uri) -> EffectiveConfig {
        self.configurations.effective(uri, &mut Vec::new())
    }

    /// Checks a draft. `None` where it cannot be read, is not to be checked, or the check was cancelled.
    pub(crate) fn check(&mut self, uri: &Uri, cancelled: &AtomicBool) -> Option<Snapshot> {
        if cancelled.load(Ordering::Relaxed) {
            return None;
        }
        let state = self.read(uri)?;
        if state.skip_reason().is_some() { None } else { state.check(cancelled) }
    }

    /// Reads a draft without checking it.
    pub(crate) fn outline(&mut self, uri: &Uri) -> Option<Snapshot> {
        Some(self.read(uri)?.unchecked())
    }

    fn read(&mut self, uri: &Uri) -> Option<DocumentState> {
        let path = file_path(uri)?;
        let config = self.config(uri);
        let document = files::read(&path).and_then(|input| input.document());
        let document = document.inspect_err(|fault| tracing::warn!(fault)).ok()?;
        let (source, format) = (document.source(), document.format());
        Some(DocumentState::new(uri.clone(), source, format, config, self.capabilities.clone()))
    }
}

/// Adds a draft to those that are compared, and to `findings` what it has in common with those before it.
pub(crate) fn compare(snapshot: &Snapshot, collection: &mut Collection, findings: &mut Vec<Diagnostic>) {
    let Snapshot { state, document, .. } = snapshot;
    let path = file_path(&state.uri);
    let name = path.as_ref().and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
    let name = name.unwrap_or_else(|| state.uri.as_str().to_owned());
    let file = path.and_then(|path| path.canonicalize().ok());
    collection.add(document, &name, file, state.linter(), findings);
}
