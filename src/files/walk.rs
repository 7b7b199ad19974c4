//! Walks a folder for drafts, and remembers what it skips and why: green means looked at.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::{DirEntry, WalkBuilder};

use super::exclude::Exclusions;
use super::pattern::Pattern;
use super::reason;
use super::{BASELINE_FILE, CACHE_FOLDER, CONFIG_FILE, IGNORE_FILE};
use crate::text::format::Format;

/// Why a file or folder was skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SkipReason {
    /// .gitignore, .ignore and their like name it.
    Ignored,
    /// `exclude` names it.
    Excluded,
    /// Its name begins with a dot.
    Hidden,
    /// A document in a format that is not read: Word, PDF and the like.
    Document,
    /// A symbolic link: its target has a place of its own.
    Link,
    /// A list of words of zhubi.toml.
    WordList,
    /// requirements.txt and the like: text for programs.
    ProgramText,
    /// An empty file.
    Empty,
    /// Anything else.
    OtherType,
}

impl SkipReason {
    /// All of them, in the order in which they are listed.
    pub(crate) const ALL: [Self; 9] = [
        Self::Document,
        Self::Ignored,
        Self::Excluded,
        Self::Hidden,
        Self::Link,
        Self::WordList,
        Self::ProgramText,
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
            Self::ProgramText => "程序用的文本",
            Self::Empty => "空文件",
            Self::OtherType => "其他类型",
        }
    }

    /// What to do to have it checked, where that is not obvious.
    pub(crate) fn remedy(self) -> Option<&'static str> {
        match self {
            Self::Ignored | Self::Hidden => Some("用 --no-ignore 也检查"),
            Self::Document => Some("请另存为 .docx、.txt 或 .md 再查"),
            Self::Link => Some("请直接检查它指向的文件"),
            Self::ProgramText | Self::WordList => Some("写明文件名就检查"),
            Self::Excluded | Self::Empty | Self::OtherType => None,
        }
    }
}

/// What a walk through a folder came to.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    /// The drafts, in the order of their paths.
    pub(crate) files: Vec<PathBuf>,
    /// What was skipped: files, and folders with all that is in them.
    pub(crate) skipped: Vec<(PathBuf, SkipReason)>,
    /// A message for each place that cannot be read; the walk goes on.
    pub(crate) faults: Vec<String>,
    /// The patterns of exclusion that something here matches.
    pub(crate) matched: HashSet<Pattern>,
}

impl Walk {
    /// Walks `path`, which may be a file; with `all`, also what .gitignore and leading dots hide.
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
                || !is_bookkeeping(entry.file_name()) && !exclusions.hold(entry.path(), is_folder);
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
            let own = left.file_name().is_some_and(is_bookkeeping);
            if !own && (is_draft(&left) || left.is_dir()) {
                self.skipped.push((left.clone(), SkipReason::Excluded));
            }
            met.insert(left);
        }
        // The walker does not report what it ignores: that is whatever else is in the folders it entered.
        for folder in folders {
            self.look_beside(&folder, &met);
        }
        // What is ignored may be excluded as well, and so may what is in it.
        for (left, _) in &self.skipped {
            excluded.try_all(left);
        }
        self.matched = excluded.matched();
        self.files.sort();
        self.skipped.sort();
    }

    /// Takes a draft, or skips a file of another kind.
    fn take(&mut self, path: PathBuf) {
        if is_lock(&path) {
            return;
        }
        match kind(&path) {
            None => self.files.push(path),
            Some(SkipReason::OtherType) if path.file_name().is_some_and(is_our_own) => {}
            Some(why) => self.skipped.push((path, why)),
        }
    }

    fn take_link(&mut self, path: PathBuf) {
        let is_folder = std::fs::metadata(&path).is_ok_and(|metadata| metadata.is_dir());
        if is_folder || is_draft(&path) {
            self.skipped.push((path, SkipReason::Link));
        }
    }

    fn look_beside(&mut self, folder: &Path, met: &HashSet<PathBuf>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let Ok(kind) = entry.file_type() else { continue };
            if met.contains(&path)
                || is_bookkeeping(&entry.file_name())
                || !(kind.is_dir() || kind.is_file() && is_draft(&path))
            {
                continue;
            }
            let dot = entry.file_name().to_string_lossy().starts_with('.');
            self.skipped.push((path, if dot { SkipReason::Hidden } else { SkipReason::Ignored }));
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

/// Why a file is no draft, if it is none.
fn kind(path: &Path) -> Option<SkipReason> {
    let extension = extension(path);
    if Format::of_extension(&extension).is_some() {
        return is_for_programs(path).then_some(SkipReason::ProgramText);
    }
    let is_document = DOCUMENTS.contains(&&*extension);
    Some(if is_document { SkipReason::Document } else { SkipReason::OtherType })
}

/// Is it called as a draft is?
pub(crate) fn is_draft(path: &Path) -> bool {
    Format::of_extension(&extension(path)).is_some()
}

fn extension(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

/// The extensions of documents that reports are written in and that are not read.
const DOCUMENTS: [&str; 18] = [
    "doc", "dot", "dotx", "dps", "dpt", "et", "odt", "ofd", "pages", "pdf", "ppt", "pptx", "rtf", "wps",
    "wpt", "xls", "xlsx", "ods",
];

/// Is it a text file for programs, by its name?
fn is_for_programs(path: &Path) -> bool {
    let name = path.file_stem().map(|stem| stem.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let begins = |word: &str| {
        name.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_', '.']))
    };
    matches!(&*name, "cmakelists" | "robots" | "humans" | "ads" | "top_level" | "sources" | "entry_points")
        || ["requirements", "constraints", "license", "licence", "copying", "unlicense"]
            .into_iter()
            .any(begins)
}

/// Is it a folder of version control, or of our cache? Nobody expects to hear of those.
fn is_bookkeeping(name: &OsStr) -> bool {
    [".git", ".hg", ".svn", ".jj", CACHE_FOLDER].iter().any(|own| name == *own)
}

/// Is it a file that zhubi is set up by?
fn is_our_own(name: &OsStr) -> bool {
    [CONFIG_FILE, IGNORE_FILE, BASELINE_FILE].iter().any(|ours| name == *ours)
}

/// Is it the note that Word leaves beside a document while it is open?
fn is_lock(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("~$"))
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
            assert_eq!(kind(Path::new(name)), Some(SkipReason::ProgramText), "{name}");
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
        assert_eq!(kind(Path::new("稿.DOCX")), None);
        assert_eq!(kind(Path::new("稿.WPS")), Some(SkipReason::Document));
        assert_eq!(kind(Path::new("main.rs")), Some(SkipReason::OtherType));
    }
}
