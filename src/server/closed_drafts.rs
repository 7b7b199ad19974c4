//! The marks that a client has of drafts that are not open. A check of the workspace leaves them there; they
//! have to go, or follow, when a draft is deleted, renamed, left out, or corrected on disk. A client that pulls
//! looks after its own.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use tokio::sync::mpsc;

use super::configurations::EffectiveConfig;
use super::document::{self, OpenDocument};
use super::encoded;
use super::message::{FileChange, Message};
use super::outbox::Outbox;
use super::protocol::{Uri, file_path};
use super::workspace::{DraftCheck, Workspace};

/// The drafts that have been checked while they were not open.
#[derive(Debug)]
pub(crate) struct ClosedDrafts {
    /// By what each was checked.
    checked: HashMap<Uri, EffectiveConfig>,
    outbox: Outbox,
}

/// The documents that are open: their marks are their own.
type Open = HashMap<Uri, OpenDocument>;

impl ClosedDrafts {
    /// None yet. Marks go into the outbox.
    pub(crate) fn new(outbox: Outbox) -> Self {
        Self { checked: HashMap::new(), outbox }
    }

    /// The drafts that have marks or could have, but for those that are open.
    pub(crate) fn uris(&self, open: &Open) -> Vec<Uri> {
        self.checked.keys().filter(|uri| !open.contains_key(*uri)).cloned().collect()
    }

    /// Would a draft be checked otherwise now? The configuration counts as that of its check from here on.
    pub(crate) fn set_config(&mut self, uri: &Uri, config: EffectiveConfig) -> bool {
        let before = self.checked.insert(uri.clone(), config.clone());
        before.is_some_and(|before| !before.is_same(&config))
    }

    /// Publishes what a check has found.
    pub(crate) fn publish(&mut self, check: DraftCheck, open: &Open) {
        let DraftCheck { uri, config, publication } = check;
        // One that is not to be checked any more is kept in mind: it may be again.
        self.checked.insert(uri.clone(), config);
        if !open.contains_key(&uri) {
            match publication {
                Some(publication) => self.outbox.publish(uri, publication),
                None => clear(&self.outbox, uri),
            }
        }
    }

    /// The whole workspace has been checked: these are its drafts, the open ones included, whose marks are to
    /// stay when they are closed.
    pub(crate) fn set_all(&mut self, drafts: &HashSet<Uri>, open: &Open) {
        self.retain(|uri| drafts.contains(uri), open);
        for (uri, document) in open.iter().filter(|(uri, _)| drafts.contains(*uri)) {
            self.checked.entry(uri.clone()).or_insert_with(|| document.state.config.clone());
        }
    }

    /// Forgets the drafts for which `is_wanted` is false, and takes their marks away. Returns them.
    pub(crate) fn retain(&mut self, is_wanted: impl Fn(&Uri) -> bool, open: &Open) -> Vec<Uri> {
        let forgotten: Vec<Uri> =
            self.checked.extract_if(|uri, _| !is_wanted(uri)).map(|(uri, _)| uri).collect();
        for uri in forgotten.iter().filter(|uri| !open.contains_key(*uri)) {
            clear(&self.outbox, uri.clone());
        }
        forgotten
    }

    /// The editor has closed a document: its marks go, or become those of the draft on disk. Returns what is
    /// to be checked for that.
    pub(crate) fn on_close(&self, uri: Uri) -> Vec<Uri> {
        if self.checked.contains_key(&uri) {
            return vec![uri];
        }
        clear(&self.outbox, uri);
        Vec::new()
    }

    /// Follows changes on disk: the marks of what is gone go. Returns what has changed and is to be checked
    /// again. Where a draft with marks goes and another comes, it has a new name.
    pub(crate) fn follow(&mut self, changes: &[FileChange], open: &Open) -> Vec<Uri> {
        let gone = changes.iter().filter(|change| change.is_gone).filter_map(|change| file_path(&change.uri));
        let gone: Vec<_> = gone.collect();
        let is_below = |path: &Path| gone.iter().any(|gone| path.starts_with(gone));
        let lost = self.retain(|uri| file_path(uri).is_none_or(|path| !is_below(&path)), open);
        let there = changes.iter().filter(|change| !change.is_gone).map(|change| &change.uri);
        let mut again = Vec::new();
        for uri in there.flat_map(|uri| [vec![uri.clone()], moved(&lost, &gone, uri)].concat()) {
            let is_renamed = !lost.is_empty() && document::is_draft(&uri);
            match open.get(&uri) {
                Some(document) if is_renamed => {
                    self.checked.insert(uri, document.state.config.clone());
                }
                None if is_renamed || self.checked.contains_key(&uri) => again.push(uri),
                _ => {}
            }
        }
        again
    }
}

/// What drafts of folders that are gone are called in one that has come: the folder has a new name.
fn moved(lost: &[Uri], gone: &[PathBuf], folder: &Uri) -> Vec<Uri> {
    let Some(folder) = file_path(folder).filter(|path| path.is_dir()) else { return Vec::new() };
    let new_name = |uri: &Uri| {
        let path = file_path(uri)?;
        let below = gone.iter().find_map(|gone| path.strip_prefix(gone).ok())?;
        Uri::from_file_path(folder.join(below)).filter(|_| folder.join(below).is_file())
    };
    lost.iter().filter_map(new_name).collect()
}

/// Checks drafts, one after another, and tells the session what was found.
pub(crate) fn check(drafts: Vec<Uri>, mut workspace: Workspace, session: mpsc::WeakUnboundedSender<Message>) {
    tokio::task::spawn_blocking(move || {
        for uri in drafts {
            let check = workspace.check_again(&uri);
            // None any more once the server is about to end.
            let Some(session) = session.upgrade() else { return };
            let _ = session.send(Message::DraftChecked(check));
        }
    });
}

fn clear(outbox: &Outbox, uri: Uri) {
    let nothing = encoded::publication(&uri, None, &[(); 0]);
    outbox.publish(uri, nothing);
}
