//! Reads a configuration from disk, with the files that it names.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::{Config, ConfigError, FILE_NAME, Layer, Project, error, words_of};
use crate::files;
use crate::rule::pack::Pack;
use crate::text::position::{LineIndex, PositionEncoding};

impl Config {
    /// Reads a configuration, what it extends, and the files of words and packs that these name: the settings
    /// for all files, with `exclude` and `overrides` as the file itself has them.
    ///
    /// # Errors
    /// As [`Config::parse`], and where a file that it names cannot be read or used; a configuration that
    /// cannot be read itself has no range.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let project = Project::read(path)?;
        let Self { extend, exclude, overrides, .. } = project.layers[0].config.clone();
        Ok(Self { extend, exclude, overrides, ..project.config(&[]) })
    }

    /// The configuration's file that is in force in a folder: its own, or that of the nearest folder above.
    #[must_use]
    pub fn locate(folder: &Path) -> Option<PathBuf> {
        // Whatever is called so is meant so: a link that leads nowhere is a fault to be told, not a file that
        // is not there.
        folder.ancestors().map(|above| above.join(FILE_NAME)).find(|path| path.symlink_metadata().is_ok())
    }
}

impl Layer {
    /// Reads a file and what it extends, from the former to the last. The files of words and packs that they
    /// name are left alone.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub(crate) fn chain(path: &Path) -> Result<Vec<Self>, ConfigError> {
        let unread = |path: &Path, message| {
            let file = Some(path.to_owned());
            ConfigError { message, range: None, file }
        };
        let text = sound(path).map_err(|message| unread(path, message))?;
        let mut layers = vec![Self::parse(path.to_owned(), text)?];
        let mut known = HashMap::from([(files::real(path), 0)]);
        while let Some(above) = layers.last()
            && let Some(name) = &above.config.extend
        {
            let next = above.beside(name);
            let fault = |message| above.fault(message, error::value(&above.text, &["extend"]));
            if let Some(first) = known.insert(files::real(&next), layers.len()) {
                let names = layers.iter().skip(first).map(|layer| &layer.path);
                let names: Vec<_> = names.chain([&next]).map(|path| path.display().to_string()).collect();
                return Err(fault(format!("extend 绕成了圈（{}），请去掉其中一处", names.join(" → "))));
            }
            let text = sound(&next).map_err(|why| {
                fault(format!(
                    "不能继承{why}；extend 写到文件名，从本文件所在的文件夹算起，如 ../{FILE_NAME}"
                ))
            })?;
            layers.push(Self::parse(next, text)?);
        }
        Ok(layers)
    }

    fn parse(path: PathBuf, text: String) -> Result<Self, ConfigError> {
        match Config::parse(&text) {
            Ok(config) => Ok(Self { path, text, config }),
            Err(error) => Err(ConfigError { file: Some(path), ..error }),
        }
    }

    /// Reads the files of words and packs that it names, and puts whole paths for their names.
    pub(super) fn load(&self) -> Result<Config, ConfigError> {
        let mut config = self.config.clone();
        for name in &mut config.dictionary.files {
            let range = || error::element(&self.text, &["dictionary", "files"], name);
            let file = self.beside(name);
            let words = sound(&file).map_err(|message| self.fault(message, range()))?;
            config.dictionary.words.extend(words_of(&words).map(str::to_owned));
            *name = file.display().to_string();
        }
        for name in &mut config.packs.files {
            let range = || error::element(&self.text, &["packs", "files"], name);
            let file = self.beside(name);
            let pack = sound(&file).map_err(|message| self.fault(message, range()))?;
            let read = Pack::parse(&pack).map_err(|error| {
                let at = error.range.map_or(0, |range| range.start);
                self.fault(format!("规则包{}：{}", place(&file, &pack, at), error.message), range())
            })?;
            config.packs.loaded.push(read);
            *name = file.display().to_string();
        }
        Ok(config)
    }

    /// A fault of this file.
    pub(super) fn fault(&self, message: String, range: Option<std::ops::Range<usize>>) -> ConfigError {
        ConfigError { message, range, file: Some(self.path.clone()) }
    }

    /// The file that it calls by a name.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        files::absolute(&self.path.parent().unwrap_or(Path::new("")).join(name))
    }
}

/// The files that a configuration is made of, as far as they can be read: itself, what it extends, words and
/// packs. What is missing or at fault is among them: it may be mended.
pub(crate) fn files(path: &Path) -> Vec<PathBuf> {
    let (mut files, mut known) = (Vec::new(), HashSet::new());
    let mut next = Some(path.to_owned());
    while let Some(path) = next.take().filter(|path| known.insert(files::real(path))) {
        files.push(path.clone());
        let layer = sound(&path).ok().and_then(|text| Layer::parse(path, text).ok());
        let Some(layer) = layer else { break };
        let lists = layer.config.dictionary.files.iter().chain(&layer.config.packs.files);
        files.extend(lists.map(|name| layer.beside(name)));
        next = layer.config.extend.as_ref().map(|name| layer.beside(name));
    }
    files
}

/// The text of a file that is read for what it says to us: with nothing in it that cannot be read.
pub(super) fn sound(path: &Path) -> Result<String, String> {
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
