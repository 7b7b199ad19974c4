//! Patterns as .gitignore has them: for what a walk leaves out, and for the files that a setting is for.

use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::absolute;

/// A pattern, and the folder that it counts from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Pattern {
    /// As it is written.
    pub(crate) text: String,
    pub(crate) root: PathBuf,
    /// The file that it is written in; none for the command line.
    pub(crate) file: Option<PathBuf>,
}

impl Pattern {
    /// One of the command line.
    pub(crate) fn new(text: &str, root: &Path) -> Self {
        Self { text: text.to_owned(), root: absolute(root), file: None }
    }

    /// One that a file has for its folder.
    pub(crate) fn of_file(text: &str, file: &Path) -> Self {
        let file = absolute(file);
        let root = file.parent().map(Path::to_owned).unwrap_or_default();
        Self { text: text.to_owned(), root, file: Some(file) }
    }

    /// The line that a .gitignore in the folder would have: people write whole paths as well.
    pub(super) fn line(&self) -> String {
        let line = line(&self.text);
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
pub(crate) fn check(pattern: &str) -> Result<(), String> {
    let added = GitignoreBuilder::new("").allow_unclosed_class(false).add_line(None, &line(pattern)).is_ok();
    let message = || format!("“{pattern}”不合通配符的写法，请检查方括号、花括号是否成对");
    added.then_some(()).ok_or_else(message)
}

/// A pattern as .gitignore has it: people write `./sub` and `sub\deep` as well.
fn line(pattern: &str) -> String {
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

/// Patterns of one folder, compiled; of several that match, the last decides.
pub(super) fn compile(root: &Path, patterns: &[&Pattern]) -> Result<Gitignore, String> {
    let mut builder = GitignoreBuilder::new(root);
    for pattern in patterns {
        check(&pattern.text)?;
        let _ = builder.add_line(None, &pattern.line());
    }
    builder.build().map_err(|_| "通配符太多".to_owned())
}

/// Patterns that pick files, all of one file of ours.
#[derive(Debug, Clone)]
pub(crate) struct Picker {
    all: Gitignore,
    each: Vec<(Pattern, Gitignore)>,
}

impl Picker {
    /// Compiles the patterns of a file.
    ///
    /// # Errors
    /// One of them is none.
    pub(crate) fn new(patterns: &[String], file: &Path) -> Result<Self, String> {
        let patterns: Vec<Pattern> = patterns.iter().map(|text| Pattern::of_file(text, file)).collect();
        let root = patterns.first().map(|pattern| pattern.root.clone()).unwrap_or_default();
        let all = compile(&root, &patterns.iter().collect::<Vec<_>>())?;
        let each = patterns.into_iter().map(|pattern| {
            let alone = compile(&root, &[&pattern])?;
            Ok((pattern, alone))
        });
        Ok(Self { all, each: each.collect::<Result<_, String>>()? })
    }

    /// Does it pick a file, by its whole path?
    pub(crate) fn picks(&self, file: &Path) -> bool {
        file.starts_with(self.all.path()) && self.all.matched_path_or_any_parents(file, false).is_ignore()
    }

    /// The patterns, each with whether it matches a file, be it to leave it out. Blank lines and comments
    /// need match none.
    pub(crate) fn patterns<'a>(
        &'a self,
        file: Option<&'a Path>,
    ) -> impl Iterator<Item = (&'a Pattern, bool)> {
        self.each.iter().map(move |(pattern, alone)| {
            let file = file.filter(|file| file.starts_with(&pattern.root));
            let matches = |file| !alone.matched_path_or_any_parents(file, false).is_none();
            (pattern, alone.is_empty() || file.is_some_and(matches))
        })
    }
}
