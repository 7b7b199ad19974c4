//! Reads a configuration from disk, with the files that it names.

use std::path::{Path, PathBuf};

use super::{Config, ConfigError, FILE_NAME, error, words_of};
use crate::files;
use crate::rule::pack::Pack;
use crate::text::position::{LineIndex, PositionEncoding};

impl Config {
    /// Reads a configuration and the files of words and packs that it names.
    ///
    /// # Errors
    /// As [`Config::parse`], and where a file of words or a pack cannot be read or used; a configuration that
    /// cannot be read itself has no range.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = sound(path).map_err(|message| ConfigError { message, range: None })?;
        let mut config = Self::parse(&text)?;
        let beside = |name: &str| path.parent().unwrap_or(Path::new("")).join(name);
        for name in &config.dictionary.files {
            let words = sound(&beside(name)).map_err(|message| ConfigError {
                message,
                range: error::element(&text, &["dictionary", "files"], name),
            })?;
            config.dictionary.words.extend(words_of(&words).map(str::to_owned));
        }
        for name in &config.packs.files {
            let file = beside(name);
            let range = || error::element(&text, &["packs", "files"], name);
            let pack = sound(&file).map_err(|message| ConfigError { message, range: range() })?;
            let read = Pack::parse(&pack).map_err(|error| {
                let at = error.range.map_or(0, |range| range.start);
                let message = format!("规则包{}：{}", place(&file, &pack, at), error.message);
                ConfigError { message, range: range() }
            })?;
            config.packs.loaded.push(read);
        }
        Ok(config)
    }

    /// The configuration's file that is in force in a folder: its own, or that of the nearest folder above.
    #[must_use]
    pub fn locate(folder: &Path) -> Option<PathBuf> {
        // Whatever is called so is meant so: a link that leads nowhere is a fault to be told, not a file that
        // is not there.
        folder.ancestors().map(|above| above.join(FILE_NAME)).find(|path| path.symlink_metadata().is_ok())
    }
}

/// The text of a file that is read for what it says to us: with nothing in it that cannot be read.
fn sound(path: &Path) -> Result<String, String> {
    let source = files::read_own(path)?;
    if source.unread > 0 {
        let (file, unread) = (path.display(), source.unread);
        return Err(format!("{file}：有{unread}处字节无法识别，请用 UTF-8 编码另存"));
    }
    Ok(source.text)
}

/// A place in a file, for a message: zhubi.toml:3:1.
pub(crate) fn place(file: &Path, text: &str, at: usize) -> String {
    let place = LineIndex::new(text).position(text, at, PositionEncoding::Utf32);
    format!("{}:{}:{}", file.display(), place.line + 1, place.column + 1)
}
