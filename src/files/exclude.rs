//! What `exclude` keeps out of a walk, and which of its patterns match nothing.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// A pattern of exclusion, and the folder that it is written for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Pattern {
    /// As it is written.
    pub(crate) text: String,
    pub(crate) root: PathBuf,
    pub(crate) is_of_command_line: bool,
}

impl Pattern {
    pub(crate) fn new(text: &str, root: &Path, is_of_command_line: bool) -> Self {
        let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
        Self { text: text.to_owned(), root, is_of_command_line }
    }

    /// The line that a .gitignore in the folder would have: people write whole paths as well.
    fn line(&self) -> String {
        let line = exclusion_line(&self.text);
        let within = Path::new(&line).strip_prefix(&self.root).ok().and_then(Path::to_str);
        match within.filter(|within| !within.is_empty()) {
            Some(within) => format!("/{within}{}", if line.ends_with('/') { "/" } else { "" }),
            None => line,
        }
    }
}

/// Is it a pattern, as in .gitignore?
///
/// # Errors
/// A message that names it as it is written.
pub(crate) fn exclusion(pattern: &str) -> Result<(), String> {
    let line = exclusion_line(pattern);
    let added = GitignoreBuilder::new("").allow_unclosed_class(false).add_line(None, &line).is_ok();
    let message = || format!("exclude 中的“{pattern}”不合通配符的写法，请检查方括号、花括号是否成对");
    added.then_some(()).ok_or_else(message)
}

/// A pattern as .gitignore has it: people write `./sub` and `sub\deep` as well.
pub(crate) fn exclusion_line(pattern: &str) -> String {
    let (not, text) = pattern.strip_prefix('!').map_or(("", pattern), |rest| ("!", rest));
    let mut line = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        // A backslash before a sign takes its meaning from it; elsewhere it is the slash of Windows.
        let is_slash =
            c == '\\' && rest.peek().is_none_or(|next| next.is_alphanumeric() || "._-".contains(*next));
        line.push(if is_slash { '/' } else { c });
    }
    match line.strip_prefix("./") {
        Some(below) => format!("{not}/{}", below.trim_start_matches('/')),
        None => format!("{not}{line}"),
    }
}

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
        let matcher = |root: &Path, patterns: &[&Pattern]| {
            let mut builder = GitignoreBuilder::new(root);
            for pattern in patterns {
                exclusion(&pattern.text)?;
                let _ = builder.add_line(None, &pattern.line());
            }
            builder.build().map_err(|_| "exclude 的通配符太多".to_owned())
        };
        let mut matchers: Vec<(PathBuf, Gitignore)> = Vec::new();
        let mut waiting = Vec::new();
        for pattern in patterns {
            if matchers.iter().all(|(root, _)| *root != pattern.root) {
                let alike: Vec<&Pattern> = patterns.iter().filter(|it| it.root == pattern.root).collect();
                matchers.push((pattern.root.clone(), matcher(&pattern.root, &alike)?));
            }
            let alone = matcher(&pattern.root, &[pattern])?;
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

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
