//! What `exclude` keeps out of a walk, and which of its patterns match nothing.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ignore::gitignore::Gitignore;

use super::absolute;
use super::pattern::{Pattern, compile};

/// The compiled patterns.
pub(super) struct Exclusions {
    /// One for each folder that patterns are written for.
    matchers: Vec<(PathBuf, Gitignore)>,
    /// The patterns that have matched nothing yet.
    waiting: Mutex<Vec<(Pattern, Gitignore)>>,
    all: Vec<Pattern>,
}

impl Exclusions {
    pub(super) fn new(patterns: &[Pattern]) -> Result<Self, String> {
        let mut matchers: Vec<(PathBuf, Gitignore)> = Vec::new();
        let mut waiting = Vec::new();
        for pattern in patterns {
            if matchers.iter().all(|(root, _)| *root != pattern.root) {
                let alike: Vec<&Pattern> = patterns.iter().filter(|it| it.root == pattern.root).collect();
                matchers.push((pattern.root.clone(), compile(&pattern.root, &alike)?));
            }
            let alone = compile(&pattern.root, &[pattern])?;
            // Blank lines and comments match nothing and need not.
            if !alone.is_empty() {
                waiting.push((pattern.clone(), alone));
            }
        }
        let all = patterns.to_vec();
        Ok(Self { matchers, waiting: Mutex::new(waiting), all })
    }

    pub(super) fn hold(&self, path: &Path, is_folder: bool) -> bool {
        if self.matchers.is_empty() {
            return false;
        }
        let path = absolute(path);
        self.note(&path, is_folder);
        let holds = |(root, matcher): &(PathBuf, Gitignore)| {
            path.starts_with(root) && matcher.matched(&path, is_folder).is_ignore()
        };
        self.matchers.iter().any(holds)
    }

    /// Notes which patterns a path matches.
    fn note(&self, path: &Path, is_folder: bool) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).retain(|(pattern, alone)| {
            !path.starts_with(&pattern.root) || alone.matched(path, is_folder).is_none()
        });
    }

    /// Notes which patterns match a path that was not entered, or may match something in it.
    pub(super) fn try_all(&self, place: &Path) {
        let path = absolute(place);
        let is_folder = path.is_dir();
        self.note(&path, is_folder);
        if is_folder {
            // Its contents are not looked at, so a pattern that leads into it gets the benefit of the doubt.
            self.waiting.lock().unwrap_or_else(PoisonError::into_inner).retain(|(pattern, _)| {
                let below = pattern.root.join(pattern.line().trim_start_matches(['!', '/']));
                !below.starts_with(&path)
            });
        }
    }

    pub(super) fn matched(&self) -> HashSet<Pattern> {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = |pattern: &&Pattern| waiting.iter().any(|(it, _)| it == *pattern);
        self.all.iter().filter(|pattern| !waits(pattern)).cloned().collect()
    }
}
