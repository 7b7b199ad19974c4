//! The configuration in force for each document, and its linter. No files are watched for it by the server itself: it looks
//! again whenever a document is opened or saved, or the client says that a file has changed.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tower_lsp_server::ls_types::Uri;

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
    text: String,
    /// Of the last text that was good.
    linter: Arc<Linter>,
}

impl Configurations {
    /// None read yet. `roots` are the workspace's folders; they say what holds for documents that are no files.
    pub(crate) fn new(roots: Vec<PathBuf>) -> Self {
        Self { roots, read: HashMap::new(), default: Arc::new(Linter::new(&Config::default())) }
    }

    /// The linter for a document. What is wrong with a configuration is said once in `faults`; the last good one stays in
    /// force.
    pub(crate) fn linter(&mut self, uri: &Uri, faults: &mut Vec<String>) -> Arc<Linter> {
        let Some(path) = self.locate(uri) else { return self.default.clone() };
        let last = self.read.get(&path);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => {
                tracing::warn!(path = %path.display(), %error, "the configuration cannot be read");
                return last.map_or(&self.default, |read| &read.linter).clone();
            }
        };
        if let Some(last) = last.filter(|last| last.text == text) {
            return last.linter.clone();
        }
        let linter = match Config::parse(&text) {
            Ok(config) => Arc::new(Linter::new(&config)),
            Err(error) => {
                faults.push(format!("{}：{error}", shown(&path, &text, error.range.as_ref())));
                last.map_or(&self.default, |read| &read.linter).clone()
            }
        };
        self.read.insert(path, Read { text, linter: linter.clone() });
        linter
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

/// The file and, where it is known, the line of a fault.
fn shown(path: &Path, text: &str, range: Option<&std::ops::Range<usize>>) -> String {
    let path = path.display();
    match range {
        Some(range) => {
            let line = crate::text::position::LineIndex::new(text).line(range.start.min(text.len()));
            format!("配置文件 {path} 第 {} 行有误", line + 1)
        }
        None => format!("配置文件 {path} 有误"),
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
            let mut faults = Vec::new();
            (configurations.linter(&uri, &mut faults), faults)
        };
        let (good, faults) = look("ignore = [\"leftover\"]");
        assert_eq!(faults, [""; 0]);
        let (kept, faults) = look("\nignor = []");
        assert!(Arc::ptr_eq(&good, &kept));
        assert!(faults.len() == 1 && faults[0].contains("第 2 行"), "{faults:?}");
        assert!(look("\nignor = []").1.is_empty());
        assert!(!Arc::ptr_eq(&good, &look("").0));
    }
}
