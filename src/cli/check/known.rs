//! The baseline of a run: read, asked, and written when findings of it have gone.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::targets::Targets;
use crate::files;
use crate::files::{name, replace};
use crate::lint::Linter;
use crate::lint::baseline::{Allowance, Baseline};
use crate::rules;

/// A baseline's file and what it holds.
#[derive(Debug)]
pub(in crate::cli) struct BaselineFile {
    pub(in crate::cli) path: PathBuf,
    /// Its folder, without links: the names in it are relative to it.
    root: PathBuf,
    /// As it was read; none where it is new.
    bytes: Option<Vec<u8>>,
    pub(in crate::cli) baseline: Baseline,
    /// The names of files that are no longer there.
    gone: BTreeSet<String>,
}

/// Where several runs write one baseline at a time, each tries so often.
const TRIES: usize = 20;

impl BaselineFile {
    /// One that is not there yet.
    pub(in crate::cli) fn new(path: &Path) -> Self {
        let folder = files::folder_of(path);
        let root = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let (baseline, gone) = (Baseline::default(), BTreeSet::new());
        Self { path: path.to_owned(), root, bytes: None, baseline, gone }
    }

    /// Reads one.
    ///
    /// # Errors
    /// A message: it cannot be read, or is none.
    pub(in crate::cli) fn read(path: &Path) -> Result<Self, String> {
        let remedy = if path.exists() { "" } else { "；先运行 zhubi baseline 记下现有的问题" };
        let (bytes, text) = files::read_written(path).map_err(|why| format!("{why}{remedy}"))?;
        let baseline = Baseline::parse(&text).map_err(|why| format!("{}：{why}", path.display()))?;
        let mut file = Self { baseline, bytes: Some(bytes), ..Self::new(path) };
        let gone = file.baseline.files().filter(|name| !file.path_of(name).exists());
        file.gone = gone.map(str::to_owned).collect();
        Ok(file)
    }

    /// What a draft is called in it: its path from here, so that the name holds on any machine.
    pub(in crate::cli) fn name_of(&self, draft: &Path) -> String {
        name::of(draft, &self.root)
    }

    fn path_of(&self, name: &str) -> PathBuf {
        self.root.join(name::path(name))
    }

    /// What may pass in a draft.
    pub(super) fn allowance(&self, draft: &Path) -> Allowance<'_> {
        self.baseline.allowance(&self.name_of(draft), self.gone.iter().map(String::as_str))
    }

    /// Writes what has come of it, if it is not the same. What another run has written meanwhile stays, but
    /// for the files in which this run has changed something.
    ///
    /// # Errors
    /// A message: it cannot be written.
    pub(in crate::cli) fn write(&self, next: &Baseline) -> Result<(), String> {
        if *next == self.baseline && self.path.exists() {
            return Ok(());
        }
        let _alone = replace::alone(files::folder_of(&self.path));
        let (mut before, mut next) = (self.bytes.clone(), next.clone());
        for _ in 1..TRIES {
            let Err(message) = self.put(before.as_deref(), &next) else { return Ok(()) };
            match files::read_written(&self.path) {
                Ok((now, text)) if before.as_ref() != Some(&now) => {
                    let mut theirs = Baseline::parse(&text).map_err(|_| message)?;
                    theirs.take_up(&self.baseline, &next);
                    (before, next) = (Some(now), theirs);
                }
                _ => return Err(message),
            }
        }
        self.put(before.as_deref(), &next)
    }

    fn put(&self, before: Option<&[u8]>, next: &Baseline) -> Result<(), String> {
        replace::put(&self.path, before, next.to_json().as_bytes())
    }

    /// Forgets the files that have gone from the folders of a run: what stood in them stands in others now,
    /// or nowhere. What rules had found that did not run stays.
    pub(in crate::cli) fn forget_gone(&self, next: &mut Baseline, targets: &Targets) {
        let mut known = HashSet::new();
        let linters = targets.all.iter().map(|(_, linter)| linter);
        let linters: Vec<&Linter> =
            linters.filter(|it| known.insert(Arc::as_ptr(it))).map(|linter| &**linter).collect();
        let did_not_run = |rule: &str| linters.iter().all(|linter| outlasts(linter)(rule));
        for name in &self.gone {
            let path = files::absolute(&self.path_of(name));
            if targets.folders.iter().any(|folder| path.starts_with(folder)) {
                next.forget(name, did_not_run);
            }
        }
    }
}

/// Does what a baseline has of a rule outlast a run? If the rule did not run.
pub(in crate::cli) fn outlasts(linter: &Linter) -> impl Fn(&str) -> bool {
    |id| rules::find(id).is_some_and(|rule| linter.config().severity(rule).is_none())
}
