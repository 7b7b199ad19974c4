//! What is passed over in the drafts of a run, by the zhubi.ignore.toml of each.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::sources::Sources;
use super::targets::{Target, Targets};
use crate::cli::settings::refused;
use crate::config::ignored::{IgnoreFile, IgnoredHere, locate};
use crate::files::{absolute, folder_of};

/// The lists that are in force in the folders of a run.
#[derive(Debug, Clone, Default)]
pub(in crate::cli) struct IgnoreFiles(HashMap<PathBuf, Arc<IgnoreFile>>);

impl IgnoreFiles {
    /// Reads them; none where no configuration is wanted.
    ///
    /// # Errors
    /// A message: one of them has a fault.
    pub(in crate::cli) fn read(sources: &Sources, targets: &Targets) -> Result<Self, String> {
        let mut lists = Self::default();
        if sources.selection.is_without_config() {
            return Ok(lists);
        }
        let mut known: HashMap<PathBuf, Arc<IgnoreFile>> = HashMap::new();
        let drafts = targets.all.iter().filter_map(|(target, _)| match target {
            Target::File(path) => Some(path.as_path()),
            Target::Stdin => sources.stdin_filename.as_deref(),
        });
        for folder in drafts.map(folder) {
            if lists.0.contains_key(&folder) {
                continue;
            }
            let Some(path) = locate(&folder) else { continue };
            let list = match known.get(&path) {
                Some(list) => list.clone(),
                None => Arc::new(IgnoreFile::read(&path).map_err(refused)?),
            };
            known.insert(path, list.clone());
            lists.0.insert(folder, list);
        }
        Ok(lists)
    }

    /// The list for a draft.
    pub(in crate::cli) fn of(&self, draft: &Path) -> Option<&Arc<IgnoreFile>> {
        if self.0.is_empty() { None } else { self.0.get(&folder(draft)) }
    }

    /// What is passed over in a draft.
    pub(in crate::cli) fn here(&self, draft: &Path) -> IgnoredHere {
        self.of(draft).map(|list| list.here(draft)).unwrap_or_default()
    }

    /// All of them, by their paths.
    pub(in crate::cli) fn all(&self) -> Vec<&Arc<IgnoreFile>> {
        let mut all: Vec<&Arc<IgnoreFile>> = self.0.values().collect();
        all.sort_by(|a, b| a.path.cmp(&b.path));
        all.dedup_by(|a, b| a.path == b.path);
        all
    }
}

fn folder(draft: &Path) -> PathBuf {
    folder_of(&absolute(draft)).to_owned()
}
