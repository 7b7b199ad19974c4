//! Files, folders and standard input → documents.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use ignore::overrides::OverrideBuilder;

use crate::text::encoding::{self, Charset};
use crate::text::format::Format;

/// A file's text, and how it was saved.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) text: String,
    pub(crate) charset: Charset,
}

/// Reads a file.
///
/// # Errors
/// A message in Chinese: the file cannot be read, or is no text.
pub(crate) fn read(path: &Path) -> Result<Source, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("{}：{}", path.display(), reason(&error)))?;
    decode(&bytes).map_err(|error| format!("{}：{error}", path.display()))
}

/// Reads standard input.
///
/// # Errors
/// As [`read`].
pub(super) fn read_stdin() -> Result<Source, String> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(|error| format!("标准输入：{}", reason(&error)))?;
    decode(&bytes).map_err(|error| format!("标准输入：{error}"))
}

fn decode(bytes: &[u8]) -> Result<Source, String> {
    let (text, charset) = encoding::decode(bytes).map_err(|error| error.to_string())?;
    Ok(Source { text: text.into_owned(), charset })
}

/// Why a file could not be read or written, in Chinese where it is a common reason.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "没有这个文件或文件夹".to_owned(),
        io::ErrorKind::PermissionDenied => "没有读写的权限".to_owned(),
        io::ErrorKind::IsADirectory => "是文件夹，不是文件".to_owned(),
        _ => format!("无法读写（{error}）"),
    }
}

/// The files that a path stands for: itself, or the drafts in a folder, without what .gitignore and `exclude` leave
/// out, in the order of their paths.
///
/// # Errors
/// A message in Chinese for each place that cannot be read.
pub(crate) fn files(path: &Path, exclude: &[String]) -> Result<Vec<PathBuf>, Vec<String>> {
    let metadata =
        std::fs::metadata(path).map_err(|e| vec![format!("{}：{}", path.display(), reason(&e))])?;
    if !metadata.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut overrides = OverrideBuilder::new(path);
    for pattern in exclude {
        overrides
            .add(&format!("!{pattern}"))
            .map_err(|e| vec![format!("exclude 中的“{pattern}”有误：{e}")])?;
    }
    let overrides = overrides.build().map_err(|error| vec![format!("exclude 有误：{error}")])?;
    let mut files = Vec::new();
    let mut errors = Vec::new();
    let walk = WalkBuilder::new(path).overrides(overrides).require_git(false).build();
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) && is_draft(entry.path()) => {
                files.push(entry.into_path());
            }
            Ok(_) => {}
            Err(error) => errors.push(format!("{}：无法读取（{error}）", path.display())),
        }
    }
    files.sort();
    if errors.is_empty() { Ok(files) } else { Err(errors) }
}

fn is_draft(path: &Path) -> bool {
    let extension = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
    extension.is_some_and(|e| Format::EXTENSIONS.contains(&e.as_str()))
}
