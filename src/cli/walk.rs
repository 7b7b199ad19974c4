//! Goes through a folder for drafts, and remembers what it passes over and why: green is to mean looked at.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::{DirEntry, WalkBuilder};

use super::input::reason;
use crate::config::FILE_NAME;
use crate::text::format::Format;

/// Why a file or folder was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Why {
    /// .gitignore, .ignore and their like name it.
    Ignored,
    /// `exclude` names it.
    Excluded,
    /// Its name begins with a dot.
    Hidden,
    /// A document that is no text: Word, PDF and the like.
    Document,
    /// A link: what it points to has a place of its own.
    Link,
    /// A list of words of zhubi.toml.
    WordList,
    /// requirements.txt and its like: text, but nobody's draft.
    NoDraft,
    /// There is nothing in it.
    Empty,
    /// Anything else.
    OtherType,
}

impl Why {
    /// All of them, in the order in which they are told.
    pub(crate) const ALL: [Self; 9] = [
        Self::Document,
        Self::Ignored,
        Self::Excluded,
        Self::Hidden,
        Self::Link,
        Self::WordList,
        Self::NoDraft,
        Self::Empty,
        Self::OtherType,
    ];

    /// The reason, for the writer.
    pub(crate) fn chinese(self) -> &'static str {
        match self {
            Self::Ignored => ".gitignore 等忽略",
            Self::Excluded => "exclude 排除",
            Self::Hidden => "名称以点开头",
            Self::Document => "Word、PDF 等文档",
            Self::Link => "链接",
            Self::WordList => "zhubi.toml 的词表",
            Self::NoDraft => "程序用的文本",
            Self::Empty => "空文件",
            Self::OtherType => "其他类型",
        }
    }
}

impl Why {
    /// What to do to have it checked, where that is not plain.
    pub(crate) fn remedy(self) -> Option<&'static str> {
        match self {
            Self::Ignored | Self::Hidden => Some("用 --no-ignore 也检查"),
            Self::Document => Some("请另存为 .txt 或 .md 再查"),
            Self::Link => Some("请直接检查它指向的文件"),
            Self::NoDraft | Self::WordList => Some("写明文件名就检查"),
            Self::Excluded | Self::Empty | Self::OtherType => None,
        }
    }
}

/// What was met on the way through a folder.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    /// The drafts, in the order of their paths.
    pub(crate) files: Vec<PathBuf>,
    /// What was passed over: files, and folders with all that is in them.
    pub(crate) passed_over: Vec<(PathBuf, Why)>,
    /// A message in Chinese for each place that cannot be read; it costs itself only.
    pub(crate) faults: Vec<String>,
    /// The patterns of exclusion that something here fits.
    pub(crate) matched: HashSet<Pattern>,
}

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

    /// As a .gitignore in the folder would have it: people write `./sub`, `sub\deep` and whole paths.
    fn line(&self) -> String {
        let (not, text) = self.text.strip_prefix('!').map_or(("", &*self.text), |rest| ("!", rest));
        let mut line = String::new();
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            // A backslash before a sign takes its meaning from it; elsewhere it is the slash of Windows.
            let is_slash = c == '\\' && rest.peek().is_none_or(|next| next.is_alphanumeric() || "._-".contains(*next));
            line.push(if is_slash { '/' } else { c });
        }
        let within = Path::new(&line).strip_prefix(&self.root).ok().and_then(Path::to_str);
        let line = match (within, line.strip_prefix("./")) {
            (Some(within), _) if !within.is_empty() => {
                format!("/{within}{}", if line.ends_with('/') { "/" } else { "" })
            }
            (_, Some(below)) => format!("/{}", below.trim_start_matches('/')),
            _ => line,
        };
        format!("{not}{line}")
    }
}

impl Walk {
    /// Goes through `path`, which may be a file. What `all` says goes through what .gitignore and dots hide as well.
    pub(crate) fn over(path: &Path, exclude: &[Pattern], all: bool) -> Self {
        let mut walk = Self::default();
        match std::fs::metadata(path) {
            Err(error) => walk.faults.push(format!("{}：{}", path.display(), reason(&error))),
            Ok(metadata) if !metadata.is_dir() => walk.files.push(path.to_owned()),
            Ok(_) => walk.go_through(path, exclude, all),
        }
        walk
    }

    fn go_through(&mut self, path: &Path, exclude: &[Pattern], all: bool) {
        let excluded = match Exclusions::new(exclude) {
            Ok(excluded) => Arc::new(excluded),
            Err(message) => return self.faults.push(message),
        };
        let exclusions = excluded.clone();
        let left_out = Arc::<Mutex<Vec<PathBuf>>>::default();
        let seen = left_out.clone();
        let enters = move |entry: &DirEntry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            let stays = entry.depth() == 0
                || !is_of_version_control(entry.file_name()) && !exclusions.hold(entry.path(), is_folder);
            if !stays {
                seen.lock().unwrap_or_else(PoisonError::into_inner).push(entry.path().to_owned());
            }
            stays
        };
        let entries =
            WalkBuilder::new(path).standard_filters(!all).require_git(false).filter_entry(enters).build();
        let (mut folders, mut met) = (Vec::new(), HashSet::new());
        for entry in entries {
            match entry {
                Ok(entry) => {
                    met.insert(entry.path().to_owned());
                    match entry.file_type() {
                        Some(kind) if kind.is_dir() => folders.push(entry.into_path()),
                        Some(kind) if kind.is_file() => self.take(entry.into_path()),
                        Some(kind) if kind.is_symlink() => self.take_link(entry.into_path()),
                        _ => {}
                    }
                }
                Err(error) => {
                    met.extend(place(&error).map(Path::to_owned));
                    self.fault(path, &error);
                }
            }
        }
        for left in left_out.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            let own = left.file_name().is_some_and(is_of_version_control);
            if !own && (is_draft(&left) || left.is_dir()) {
                self.passed_over.push((left.clone(), Why::Excluded));
            }
            met.insert(left);
        }
        // What a walk leaves out by itself it does not tell: it is what stands in its folders beside what it has met.
        for folder in folders {
            self.look_beside(&folder, &met);
        }
        // What is ignored anyway may be excluded as well, and so may what is in it.
        for (left, _) in &self.passed_over {
            excluded.try_all(left);
        }
        self.matched = excluded.matched();
        self.files.sort();
        self.passed_over.sort();
    }

    /// Takes up a draft, or passes over a file of another kind.
    fn take(&mut self, path: PathBuf) {
        match kind(&path) {
            None => self.files.push(path),
            Some(Why::OtherType) if path.file_name().is_some_and(|name| name == FILE_NAME) => {}
            Some(why) => self.passed_over.push((path, why)),
        }
    }

    fn take_link(&mut self, path: PathBuf) {
        let is_folder = std::fs::metadata(&path).is_ok_and(|metadata| metadata.is_dir());
        if is_folder || is_draft(&path) {
            self.passed_over.push((path, Why::Link));
        }
    }

    fn look_beside(&mut self, folder: &Path, met: &HashSet<PathBuf>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let Ok(kind) = entry.file_type() else { continue };
            if met.contains(&path)
                || is_of_version_control(&entry.file_name())
                || !(kind.is_dir() || kind.is_file() && is_draft(&path))
            {
                continue;
            }
            let dot = entry.file_name().to_string_lossy().starts_with('.');
            self.passed_over.push((path, if dot { Why::Hidden } else { Why::Ignored }));
        }
    }

    fn fault(&mut self, path: &Path, error: &ignore::Error) {
        let place = place(error).unwrap_or(path).display();
        let why = error.io_error().map_or_else(|| "无法读取".to_owned(), reason);
        self.faults.push(format!("{place}：{why}"));
    }
}

/// The path that an error is about.
fn place(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => place(err),
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}

/// What patterns leave out.
struct Exclusions {
    /// One for each folder that patterns are written for.
    matchers: Vec<(PathBuf, Gitignore)>,
    /// Each pattern by itself, until something fits it.
    waiting: Mutex<Vec<(Pattern, Gitignore)>>,
    all: Vec<Pattern>,
}

impl Exclusions {
    fn new(patterns: &[Pattern]) -> Result<Self, String> {
        let matcher = |root: &Path, patterns: &[&Pattern]| {
            let mut builder = GitignoreBuilder::new(root);
            for pattern in patterns {
                crate::config::exclusion(&pattern.text)?;
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
            // A blank line and a comment say nothing.
            if !alone.is_empty() {
                waiting.push((pattern.clone(), alone));
            }
        }
        let all = patterns.to_vec();
        Ok(Self { matchers, waiting: Mutex::new(waiting), all })
    }

    fn hold(&self, path: &Path, is_folder: bool) -> bool {
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

    /// Notes which patterns a place fits.
    fn note(&self, path: &Path, is_folder: bool) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).retain(|(pattern, alone)| {
            !path.starts_with(&pattern.root) || alone.matched(path, is_folder).is_none()
        });
    }

    /// Notes which patterns a place that was not entered fits, or something in it may.
    fn try_all(&self, place: &Path) {
        let path = absolute(place);
        let is_folder = path.is_dir();
        self.note(&path, is_folder);
        if is_folder {
            // What is in it is not looked at: a pattern that names the way to it has the benefit of the doubt.
            self.waiting.lock().unwrap_or_else(PoisonError::into_inner).retain(|(pattern, _)| {
                let below = pattern.root.join(pattern.line().trim_start_matches(['!', '/']));
                !below.starts_with(&path)
            });
        }
    }

    fn matched(&self) -> HashSet<Pattern> {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = |pattern: &&Pattern| waiting.iter().any(|(it, _)| it == *pattern);
        self.all.iter().filter(|pattern| !waits(pattern)).cloned().collect()
    }
}

/// From the root of the disk.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// What a file is instead of a draft.
fn kind(path: &Path) -> Option<Why> {
    let extension = extension(path);
    if Format::EXTENSIONS.contains(&&*extension) {
        return is_nobodys_draft(path).then_some(Why::NoDraft);
    }
    let is_document = DOCUMENTS.contains(&&*extension);
    Some(if is_document { Why::Document } else { Why::OtherType })
}

fn is_draft(path: &Path) -> bool {
    Format::EXTENSIONS.contains(&&*extension(path))
}

fn extension(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

/// Documents that people write reports in, but for text.
const DOCUMENTS: [&str; 18] = [
    "doc", "docm", "docx", "dps", "dpt", "et", "odt", "ofd", "pages", "pdf", "ppt", "pptx", "rtf", "wps",
    "wpt", "xls", "xlsx", "ods",
];

/// Is it a text file of programs, by its name?
fn is_nobodys_draft(path: &Path) -> bool {
    let name = path.file_stem().map(|stem| stem.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let begins = |word: &str| {
        name.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_', '.']))
    };
    matches!(&*name, "cmakelists" | "robots" | "humans" | "ads" | "top_level" | "sources" | "entry_points")
        || ["requirements", "constraints", "license", "licence", "copying", "unlicense"]
            .into_iter()
            .any(begins)
}

/// Is it a folder of version control? It is no more worth a word than the disk itself.
fn is_of_version_control(name: &OsStr) -> bool {
    [".git", ".hg", ".svn", ".jj"].iter().any(|own| name == *own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_programs_and_names_of_drafts() {
        for name in [
            "requirements.txt",
            "requirements-dev.txt",
            "CMakeLists.txt",
            "robots.txt",
            "LICENSE.md",
            "license-mit.txt",
        ] {
            assert_eq!(kind(Path::new(name)), Some(Why::NoDraft), "{name}");
        }
        for name in [
            "requirement.txt",
            "notice.md",
            "需求.txt",
            "licensed.txt",
            "a.TXT",
            "总结.md",
            "sourcesheet.txt",
        ] {
            assert_eq!(kind(Path::new(name)), None, "{name}");
        }
        assert_eq!(kind(Path::new("稿.DOCX")), Some(Why::Document));
        assert_eq!(kind(Path::new("main.rs")), Some(Why::OtherType));
    }
}
