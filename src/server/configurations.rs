//! The configuration in force for each document, and its linter: the project's zhubi.toml, over the client's settings and the
//! writer's own words. No files are watched for it by the server itself: it looks again whenever a document is opened or
//! saved, or the client says that a file has changed.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tower_lsp_server::ls_types::Uri;

use super::settings::Settings;
use crate::config::{ConfigError, words_of};
use crate::text::position::LineIndex;
use crate::{Config, Linter};

/// Every configuration that has been read.
#[derive(Debug, Clone)]
pub(crate) struct Configurations {
    folders: Vec<PathBuf>,
    settings: Scoped,
    read: HashMap<PathBuf, Read>,
    linters: HashMap<Source, (Config, Arc<Linter>)>,
    /// The writer's own words.
    dictionary: Option<PathBuf>,
}

/// Where a configuration comes from: a project's file, and the folder of the workspace that the settings are for.
type Source = (Option<PathBuf>, Option<PathBuf>);

/// The client's settings: everywhere, and in the workspace's folders where they differ.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scoped {
    everywhere: Arc<Settings>,
    folders: HashMap<PathBuf, Arc<Settings>>,
}

/// What was read from a file last.
#[derive(Debug, Clone, Default)]
struct Read {
    /// The last that was good, with the words of its files.
    config: Config,
    /// What is wrong with the file as it is now.
    fault: Option<ConfigError>,
}

/// What holds for a document.
#[derive(Debug, Clone)]
pub(crate) struct InForce {
    /// The rules.
    pub(crate) linter: Arc<Linter>,
    /// The client's settings.
    pub(crate) settings: Arc<Settings>,
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

impl Scoped {
    /// The settings of the whole client.
    pub(crate) fn new(everywhere: Settings, folders: impl IntoIterator<Item = (PathBuf, Settings)>) -> Self {
        let folders = folders.into_iter().map(|(folder, settings)| (folder, Arc::new(settings))).collect();
        Self { everywhere: Arc::new(everywhere), folders }
    }
}

impl Configurations {
    /// None read yet. `folders` are the workspace's; the first says what holds for documents that are no files. `dictionary`
    /// is the file of the writer's own words.
    pub(crate) fn new(folders: Vec<PathBuf>, dictionary: Option<PathBuf>) -> Self {
        Self {
            folders,
            settings: Scoped::default(),
            read: HashMap::new(),
            linters: HashMap::new(),
            dictionary,
        }
    }

    /// The workspace's folders.
    pub(crate) fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// The file of the writer's own words.
    pub(crate) fn dictionary(&self) -> Option<&Path> {
        self.dictionary.as_deref()
    }

    /// Takes other folders.
    pub(crate) fn set_folders(&mut self, folders: Vec<PathBuf>) {
        self.folders = folders;
    }

    /// Takes other settings.
    pub(crate) fn set_settings(&mut self, settings: Scoped) {
        self.settings = settings;
    }

    /// What holds for a document. What is wrong with a configuration is said once in `turns`; the last good one stays in
    /// force.
    pub(crate) fn in_force(&mut self, uri: &Uri, turns: &mut Vec<Turn>) -> InForce {
        // Nobody can mend a file that is gone.
        self.read.retain(|path, read| {
            let gone = read.fault.is_some() && !path.exists();
            turns.extend(gone.then(|| Turn { path: path.clone(), text: String::new(), fault: None }));
            !gone
        });
        let file = file_of(uri);
        let folder = self.folder_of(file.as_deref());
        let settings = folder.as_ref().and_then(|folder| self.settings.folders.get(folder));
        let settings = settings.unwrap_or(&self.settings.everywhere).clone();
        let path = file.as_deref().and_then(Path::parent).or(folder.as_deref()).and_then(Config::locate);
        let project = path.as_ref().map(|path| self.read(path, turns)).unwrap_or_default();
        let mut config = settings.under(&project);
        if let Some(words) = self.dictionary.as_ref().and_then(|path| std::fs::read_to_string(path).ok()) {
            config.dictionary.words.extend(words_of(&words).map(str::to_owned));
        }
        let known = self.linters.entry((path, folder)).or_insert_with(|| {
            let linter = Arc::new(Linter::new(&config));
            (config.clone(), linter)
        });
        if known.0 != config {
            *known = (config.clone(), Arc::new(Linter::new(&config)));
        }
        InForce { linter: known.1.clone(), settings }
    }

    /// The last good state of a configuration's file.
    fn read(&mut self, path: &Path, turns: &mut Vec<Turn>) -> Config {
        let read = self.read.entry(path.to_owned()).or_default();
        let path = path.to_owned();
        match Config::read(&path) {
            Ok(config) => {
                if read.fault.take().is_some() {
                    turns.push(Turn { path, text: String::new(), fault: None });
                }
                read.config = config;
            }
            Err(fault) => {
                if read.fault.as_ref() != Some(&fault) {
                    let text = std::fs::read_to_string(&path).unwrap_or_default();
                    turns.push(Turn { path, text, fault: Some(fault.clone()) });
                    read.fault = Some(fault);
                }
            }
        }
        read.config.clone()
    }

    /// The innermost folder of the workspace that holds a file; the first one for what is no file.
    fn folder_of(&self, file: Option<&Path>) -> Option<PathBuf> {
        match file {
            Some(file) => {
                let holding = self.folders.iter().filter(|folder| file.starts_with(folder));
                holding.max_by_key(|folder| folder.components().count()).cloned()
            }
            None => self.folders.first().cloned(),
        }
    }

    /// The zhubi.toml that holds for a document, or where a new one belongs.
    pub(crate) fn project_file(&self, uri: &Uri) -> Option<PathBuf> {
        let file = file_of(uri);
        let folder = self.folder_of(file.as_deref());
        let beside = file.as_deref().and_then(Path::parent);
        let there = beside.or(folder.as_deref()).and_then(Config::locate);
        there.or_else(|| Some(folder.as_deref().or(beside)?.join(crate::config::FILE_NAME)))
    }
}

/// The path of a document that is a file.
pub(crate) fn file_of(uri: &Uri) -> Option<PathBuf> {
    let is_file = uri.scheme().as_str().eq_ignore_ascii_case("file");
    is_file.then(|| uri.to_file_path()).flatten().map(std::borrow::Cow::into_owned)
}

/// Where the writer's own words are kept, by the custom of the system.
pub(crate) fn own_dictionary() -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = || variable("HOME");
    let folder = if cfg!(windows) {
        variable("APPDATA")
    } else if cfg!(target_os = "macos") {
        home().map(|home| home.join("Library/Application Support"))
    } else {
        variable("XDG_CONFIG_HOME").or_else(|| home().map(|home| home.join(".config")))
    };
    folder.map(|folder| folder.join("zhubi").join("words.txt"))
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
        let mut configurations = Configurations::new(Vec::new(), None);
        let mut look = |text: &str| {
            std::fs::write(&file, text).unwrap();
            let mut turns = Vec::new();
            let linter = configurations.in_force(&uri, &mut turns).linter;
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
        assert_eq!(look("ignor = []").1.len(), 1);
        std::fs::remove_file(&file).unwrap();
        let mut turns = Vec::new();
        configurations.in_force(&uri, &mut turns);
        assert!(matches!(&turns[..], [Turn { fault: None, .. }]), "it is gone, and so is its fault");
    }
}
