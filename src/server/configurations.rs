//! The configuration in force for each document, and its linter. No files are watched for it by the server itself: it looks
//! again whenever a document is opened or saved, or the client says that a file has changed.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use tower_lsp_server::ls_types::Uri;

use crate::config::ConfigError;
use crate::text::position::LineIndex;
use crate::{Config, Linter};

/// Every configuration that has been read.
#[derive(Debug)]
pub(crate) struct Configurations {
    roots: Vec<PathBuf>,
    read: HashMap<PathBuf, Read>,
    default: Arc<Linter>,
}

/// What was read from a file last.
#[derive(Debug)]
struct Read {
    /// The last that was good, with the words of its files.
    config: Config,
    /// Of that one.
    linter: Arc<Linter>,
    /// What is wrong with the file as it is now.
    fault: Option<ConfigError>,
}

/// A configuration that has gone bad, or good again.
#[derive(Debug)]
pub(crate) struct Turn {
    /// The file.
    pub(crate) path: PathBuf,
    /// What it says.
    pub(crate) text: String,
    /// What is wrong with it, if it has gone bad.
    pub(crate) fault: Option<ConfigError>,
}

impl Configurations {
    /// None read yet. `roots` are the workspace's folders; they say what holds for documents that are no files.
    pub(crate) fn new(roots: Vec<PathBuf>) -> Self {
        Self { roots, read: HashMap::new(), default: Arc::new(Linter::new(&Config::default())) }
    }

    /// The linter for a document. What is wrong with a configuration is said once in `turns`; the last good one stays in
    /// force.
    pub(crate) fn linter(&mut self, uri: &Uri, turns: &mut Vec<Turn>) -> Arc<Linter> {
        let Some(path) = self.locate(uri) else { return self.default.clone() };
        let read = self.read.entry(path.clone()).or_insert_with(|| Read {
            config: Config::default(),
            linter: self.default.clone(),
            fault: None,
        });
        match Config::read(&path) {
            Ok(config) => {
                if read.fault.take().is_some() {
                    turns.push(Turn { path, text: String::new(), fault: None });
                }
                if read.config != config {
                    read.linter = Arc::new(Linter::new(&config));
                    read.config = config;
                }
            }
            Err(fault) => {
                if read.fault.as_ref() != Some(&fault) {
                    let text = std::fs::read_to_string(&path).unwrap_or_default();
                    turns.push(Turn { path, text, fault: Some(fault.clone()) });
                    read.fault = Some(fault);
                }
            }
        }
        read.linter.clone()
    }

    fn locate(&self, uri: &Uri) -> Option<PathBuf> {
        let is_file = uri.scheme().as_str().eq_ignore_ascii_case("file");
        let path = if is_file { uri.to_file_path() } else { None };
        let folder = match &path {
            Some(path) => path.parent()?,
            None => self.roots.first()?,
        };
        Config::locate(folder)
    }
}

impl Turn {
    /// What is wrong, for the writer, with the line where that is known.
    pub(crate) fn warning(&self) -> Option<String> {
        let fault = self.fault.as_ref()?;
        let path = self.path.display();
        let Some(range) = &fault.range else { return Some(format!("配置文件 {path} 有误：{fault}")) };
        let line = LineIndex::new(&self.text).line(range.start.min(self.text.len()));
        Some(format!("配置文件 {path} 第 {} 行有误：{fault}", line + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_configuration_is_said_once_and_the_last_good_one_stays() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(crate::config::FILE_NAME);
        let uri = Uri::from_file_path(folder.path().join("总结.txt")).unwrap();
        let mut configurations = Configurations::new(Vec::new());
        let mut look = |text: &str| {
            std::fs::write(&file, text).unwrap();
            let mut turns = Vec::new();
            let linter = configurations.linter(&uri, &mut turns);
            (linter, turns.iter().map(Turn::warning).collect::<Vec<_>>())
        };
        let (good, turns) = look("ignore = [\"leftover\"]");
        assert_eq!(turns, []);
        let (kept, turns) = look("\nignor = []");
        assert!(Arc::ptr_eq(&good, &kept));
        assert!(matches!(&turns[..], [Some(warning)] if warning.contains("第 2 行")), "{turns:?}");
        assert_eq!(look("\nignor = []").1, []);
        let (good_again, turns) = look("ignore = [\"typo\"]\n[dictionary]\nfiles = [\"words.txt\"]");
        assert!(Arc::ptr_eq(&good, &good_again), "a file of words is missing");
        assert!(matches!(&turns[..], [Some(warning)] if warning.contains("words.txt")), "{turns:?}");
        std::fs::write(folder.path().join("words.txt"), "政冶\n").unwrap();
        let (with_words, turns) = look("ignore = [\"typo\"]\n[dictionary]\nfiles = [\"words.txt\"]");
        assert!(!Arc::ptr_eq(&good, &with_words));
        assert_eq!(turns, [None]);
        std::fs::write(folder.path().join("words.txt"), "政冶\n拦目\n").unwrap();
        let (more_words, turns) = look("ignore = [\"typo\"]\n[dictionary]\nfiles = [\"words.txt\"]");
        assert!(!Arc::ptr_eq(&with_words, &more_words));
        assert_eq!(turns, []);
    }
}
