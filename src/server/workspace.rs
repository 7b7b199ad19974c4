//! The workspace as a request sees it: drafts on disk, under the configuration of the moment. Documents that
//! are open are never read from disk: the client has diagnostics of them already.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::capabilities::ClientCapabilities;
use super::configurations::{Configurations, EffectiveConfig};
use super::encoded::EncodedDiagnostics;
use super::protocol::{Uri, file_path};
use super::snapshot::{DocumentState, Snapshot};
use crate::Diagnostic;
use crate::files;
use crate::lint::collection::Collection;
use crate::text::format::Format;

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

/// A check of a draft that is not open.
#[derive(Debug)]
pub(crate) struct DraftCheck {
    /// The draft.
    pub(crate) uri: Uri,
    /// By what it was checked.
    pub(crate) config: EffectiveConfig,
    /// The message that publishes its diagnostics; none where it is gone, or not to be checked.
    pub(crate) publication: Option<Vec<u8>>,
}

impl DraftCheck {
    /// The diagnostics of a draft that was checked.
    pub(crate) fn of(snapshot: Snapshot) -> Self {
        let publication = EncodedDiagnostics::new(&snapshot).publication_of_file(&snapshot);
        let DocumentState { uri, config, .. } = snapshot.state;
        Self { uri, config, publication: Some(publication) }
    }
}

impl Workspace {
    /// All drafts, in the order of their paths; those that are open by the client's names for them.
    pub(crate) fn drafts(&mut self) -> Vec<Uri> {
        let folders: Vec<PathBuf> = self.configurations.folders().to_vec();
        let mut files: Vec<PathBuf> = Vec::new();
        for folder in folders {
            match files::files(&folder, &self.configurations.exclude(&folder)) {
                Ok(found) => {
                    let below = |file: &PathBuf| !self.configurations.excludes_below(&folder, file);
                    files.extend(found.into_iter().filter(below));
                }
                Err(faults) => faults.iter().for_each(|fault| tracing::warn!(fault)),
            }
        }
        // What is no text no editor shows as such.
        files.retain(|file| Format::of_path(file).is_text());
        files.sort();
        files.dedup();
        let open: HashMap<PathBuf, &Uri> =
            self.open.iter().filter_map(|uri| Some((file_path(uri)?, uri))).collect();
        let name = |file: PathBuf| open.get(&file).copied().cloned().or_else(|| Uri::from_file_path(file));
        files.into_iter().filter_map(name).collect()
    }

    /// The drafts that are not open, in the order of their paths.
    pub(crate) fn closed_drafts(&mut self) -> Vec<Uri> {
        let mut drafts = self.drafts();
        drafts.retain(|uri| !self.open.contains(uri));
        drafts
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

    /// Checks a draft that has changed on disk, or is to be checked otherwise.
    pub(crate) fn check_again(&mut self, uri: &Uri) -> DraftCheck {
        let config = self.config(uri);
        let is_excluded = config.is_excluded;
        let snapshot = if is_excluded { None } else { self.check(uri, &AtomicBool::new(false)) };
        snapshot.map_or(DraftCheck { uri: uri.clone(), config, publication: None }, DraftCheck::of)
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
    state.config.ignored.drop_from(document, findings);
}
