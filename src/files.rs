//! Reads the files that a run needs, in whatever encoding they are; what goes wrong is said in Chinese.

use std::io;
use std::path::Path;

use crate::text::encoding::{self, Charset};

/// A file's text, and how it was saved.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) text: String,
    pub(crate) charset: Charset,
    /// How many places could not be read; see [`encoding::Decoded`].
    pub(crate) unread: usize,
}

impl Source {
    /// The text of bytes.
    ///
    /// # Errors
    /// Why they are no text, in Chinese.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, String> {
        let decoded = encoding::decode(bytes).map_err(|error| error.to_string())?;
        Ok(Self { text: decoded.text.into_owned(), charset: decoded.charset, unread: decoded.unread })
    }
}

/// Reads a file.
///
/// # Errors
/// A message in Chinese with the file's name: it cannot be read, or is no text.
pub(crate) fn read(path: &Path) -> Result<Source, String> {
    let named = |why: String| format!("{}：{why}", path.display());
    let bytes = std::fs::read(path).map_err(|error| named(reason(&error)))?;
    Source::decode(&bytes).map_err(named)
}

/// Why a file could not be read or written.
pub(crate) fn reason(error: &io::Error) -> String {
    use io::ErrorKind as Kind;
    let known = match error.kind() {
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
