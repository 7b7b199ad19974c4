//! The files of a run: found in folders, read, replaced. Errors are messages in Chinese.

mod exclude;
pub(crate) mod name;
pub(crate) mod pattern;
pub(crate) mod replace;
#[cfg(feature = "lsp")]
pub(crate) mod stamp;
pub(crate) mod walk;

use std::fs::{File, FileType};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use self::pattern::Pattern;
use self::walk::Walk;
use crate::text::charset::{self, Decoded};
use crate::text::document::Document;
use crate::text::format::Format;

/// The name of the configuration's file.
pub const CONFIG_FILE: &str = "zhubi.toml";

/// The name of the list of what a writer has passed over.
pub(crate) const IGNORE_FILE: &str = "zhubi.ignore.toml";

/// The name of the baseline's file, where no other is given.
pub(crate) const BASELINE_FILE: &str = "zhubi-baseline.json";

/// The name of the folder of cached results, where no other is given.
pub(crate) const CACHE_FOLDER: &str = ".zhubi-cache";

/// What standard input is called where it has no name.
const STDIN: &str = "<标准输入>";

/// A draft as it was stored.
pub(crate) struct Input {
    /// Its name, as messages and reports show it.
    pub(crate) path: PathBuf,
    pub(crate) bytes: Vec<u8>,
    pub(crate) format: Format,
}

impl Input {
    fn new(path: &Path, bytes: Vec<u8>) -> Self {
        Self { path: path.to_owned(), bytes, format: Format::of_path(path) }
    }

    /// The document that it holds.
    ///
    /// # Errors
    /// A message with the file's name: its bytes are no document of its format.
    pub(crate) fn document(&self) -> Result<Document, String> {
        Document::read(&self.bytes, self.format).map_err(|why| format!("{}：{why}", self.path.display()))
    }
}

/// Reads a draft.
///
/// # Errors
/// A message with the file's name. What is no file (a pipe, a device) is refused before it is opened: it may
/// never end, or never begin.
pub(crate) fn read(path: &Path) -> Result<Input, String> {
    let bytes = bytes(path, "；要检查另一个程序的输出，请接到标准输入，路径写“-”")?;
    Ok(Input::new(path, bytes))
}

/// Reads a draft from standard input. `name` is the file that it is to be taken for.
///
/// # Errors
/// A message: it cannot be read.
pub(crate) fn read_stdin(name: Option<&Path>) -> Result<Input, String> {
    let bytes = within_bounds(io::stdin().lock(), MAX_BYTES).map_err(|why| format!("标准输入：{why}"))?;
    Ok(Input::new(name.unwrap_or(Path::new(STDIN)), bytes))
}

/// Reads a file of our own, no draft: a configuration, a list of words, a pack.
///
/// # Errors
/// A message with the file's name: it cannot be read, or is no text.
pub(crate) fn read_own(path: &Path) -> Result<Decoded, String> {
    let remedy = "；这个文件应当是 UTF-8 编码的纯文本";
    let decoded = charset::decode(&bytes(path, "")?);
    decoded.map_err(|why| format!("{}：{}{remedy}", path.display(), why.what()))
}

/// Reads a file that we have written: its bytes, however many, and their text.
///
/// # Errors
/// As [`read_own`].
pub(crate) fn read_written(path: &Path) -> Result<(Vec<u8>, String), String> {
    let bytes = bytes_within(path, "", u64::MAX)?;
    let text = charset::decode(&bytes).map_err(|why| format!("{}：{}", path.display(), why.what()))?.text;
    Ok((bytes, text))
}

/// A draft is a few hundred kilobytes at most; more than this is a log or a dump.
pub(crate) const MAX_BYTES: u64 = 64 << 20;

/// The bytes of a file, or why not, with a `remedy` for what is no file.
fn bytes(path: &Path, remedy: &str) -> Result<Vec<u8>, String> {
    bytes_within(path, remedy, MAX_BYTES)
}

/// The same with another bound.
fn bytes_within(path: &Path, remedy: &str, most: u64) -> Result<Vec<u8>, String> {
    let named = |why: &str| format!("{}：{why}", path.display());
    let metadata = std::fs::metadata(path).map_err(|error| match path.symlink_metadata() {
        Ok(link) if error.kind() == io::ErrorKind::NotFound && link.is_symlink() => {
            named("是链接，它指向的文件已经不在了")
        }
        _ => named(&reason(&error)),
    })?;
    if metadata.is_dir() {
        return Err(named(&reason(&io::ErrorKind::IsADirectory.into())));
    }
    if !metadata.is_file() {
        return Err(named(&format!("是{}，不是文件{remedy}", special(metadata.file_type()))));
    }
    let file = File::open(path).map_err(|error| named(&reason(&error)))?;
    within_bounds(file, most).map_err(|why| named(&why))
}

/// All bytes of a reader, or why not.
fn within_bounds(reader: impl Read, most: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    reader.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    if bytes.len() as u64 > most {
        return Err(format!("超过{}兆字节，不像一篇稿子；请拆成几个文件再查", most >> 20));
    }
    Ok(bytes)
}

/// The drafts that a path stands for: itself, or those in a folder without what .gitignore and `exclude`
/// leave out, in the order of their paths.
///
/// # Errors
/// A message for each place that cannot be read, if nothing can.
pub(crate) fn files(path: &Path, exclude: &[Pattern]) -> Result<Vec<PathBuf>, Vec<String>> {
    let walk = Walk::over(path, exclude, false);
    if walk.faults.is_empty() || !walk.files.is_empty() { Ok(walk.files) } else { Err(walk.faults) }
}

/// A whole path, without `..` where the place is the same without it: behind a link it may be another.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if !whole.components().any(|part| part == Component::ParentDir) {
        return whole;
    }
    let mut plain = PathBuf::new();
    for part in whole.components() {
        if part == Component::ParentDir {
            plain.pop();
        } else {
            plain.push(part);
        }
    }
    let is_same = whole.canonicalize().is_ok_and(|real| plain.canonicalize().is_ok_and(|it| it == real));
    if is_same || !whole.exists() { plain } else { whole }
}

/// The path without links; of a file that is not there, or no longer, that of its folder and its name.
pub(crate) fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| {
        let folder = folder_of(path);
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        path.file_name().map_or_else(|| folder.clone(), |name| folder.join(name))
    })
}

/// A text with the line ends of another: what is added to a file is written as the file is.
pub(crate) fn with_line_ends_of(file: &str, text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    if file.contains("\r\n") { text.replace('\n', "\r\n") } else { text }
}

/// The folder that a file is in.
pub(crate) fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file, whatever its name.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) enum Identity {
    Path(PathBuf),
    /// One with hard links: its device and inode.
    Node(u64, u64),
}

impl Identity {
    pub(crate) fn of(file: &Path) -> Self {
        #[cfg(unix)]
        if let Ok(metadata) = std::fs::metadata(file) {
            use std::os::unix::fs::MetadataExt as _;
            if metadata.nlink() > 1 {
                return Self::Node(metadata.dev(), metadata.ino());
            }
        }
        Self::Path(real(file))
    }
}

/// The usual extensions of drafts, for messages.
pub(crate) fn usual_extensions() -> String {
    let usual = Format::ALL.iter().map(|format| format!(".{}", format.extensions()[0]));
    usual.collect::<Vec<_>>().join("、")
}

/// What an argument stands for: itself, or the files that match it where it is a pattern that the shell has
/// not expanded, as on Windows.
///
/// # Errors
/// A message: no file matches the pattern.
pub(crate) fn expand(argument: &Path) -> Result<Vec<PathBuf>, String> {
    let text = argument.to_str().filter(|text| text.contains(['*', '?', '[']) && !argument.exists());
    let Some(text) = text else { return Ok(vec![argument.to_owned()]) };
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..Default::default() };
    let found = glob::glob_with(text, options)
        .map_err(|_| format!("“{text}”不合通配符的写法，请检查方括号是否成对"))?;
    let mut found: Vec<PathBuf> = found.filter_map(Result::ok).collect();
    found.sort();
    if found.is_empty() { Err(format!("没有符合“{text}”的文件")) } else { Ok(found) }
}

/// What something is that is neither a file nor a folder.
#[cfg(unix)]
fn special(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    if kind.is_fifo() {
        "管道"
    } else if kind.is_socket() {
        "套接字"
    } else {
        "设备"
    }
}

#[cfg(not(unix))]
fn special(_: FileType) -> &'static str {
    "设备"
}

/// Why a file could not be read or written.
pub(crate) fn reason(error: &io::Error) -> String {
    use io::ErrorKind as Kind;
    let known = match error.kind() {
        Kind::AlreadyExists => "已经有这个文件",
        Kind::NotFound => "没有这个文件或文件夹",
        Kind::PermissionDenied => "没有读写的权限",
        Kind::IsADirectory => "是文件夹，不是文件",
        Kind::NotADirectory => "路径中间有一段不是文件夹",
        Kind::StorageFull => "磁盘已满",
        Kind::QuotaExceeded => "磁盘配额已用完",
        Kind::FileTooLarge => "文件太大",
        Kind::ReadOnlyFilesystem => "磁盘是只读的",
        Kind::InvalidFilename => "文件名不合系统的要求，可能太长",
        Kind::ResourceBusy | Kind::ExecutableFileBusy => "文件正被别的程序占用",
        Kind::TimedOut => "读写超时，请检查网络磁盘",
        Kind::StaleNetworkFileHandle => "网络磁盘上的文件已失效，请重新打开",
        Kind::BrokenPipe => "接收输出的程序已退出",
        Kind::OutOfMemory => "内存不足",
        Kind::UnexpectedEof => "文件没有读完就断了",
        _ => match error.raw_os_error() {
            Some(5) if cfg!(unix) => "磁盘读写出错",
            Some(23 | 24) if cfg!(unix) => "打开的文件太多",
            Some(40) if cfg!(target_os = "linux") => "链接互相指来指去，没有尽头",
            Some(32 | 33) if cfg!(windows) => "文件正被别的程序占用",
            _ => "",
        },
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    format!("系统不能读写它（{text}）")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_of_the_system_is_shown() {
        for code in 1..140 {
            let said = reason(&io::Error::from_raw_os_error(code));
            assert!(!said.contains("os error") && !said.is_empty(), "{said}");
        }
        assert_eq!(reason(&io::ErrorKind::PermissionDenied.into()), "没有读写的权限");
    }
}
