//! The configuration that applies to each document, and its linter: the project's zhubi.toml over the
//! client's settings and the writer's own words. The server watches no files itself: it reads these again
//! whenever a document is opened or saved, or the client says that a file has changed.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::protocol::{Uri, file_path};
use super::settings::Settings;
use crate::config::{ConfigError, FILE_NAME, words_of};
use crate::lint::Checker;
use crate::text::position::LineIndex;
use crate::{Config, Linter};

/// All configurations that have been read.
#[derive(Debug, Clone)]
pub(crate) struct Configurations {
    folders: Vec<PathBuf>,
    settings: ScopedSettings,
    files: HashMap<PathBuf, ConfigFile>,
    linters: HashMap<Source, (Config, Arc<Linter>)>,
    /// The file of the writer's own words.
    dictionary: Option<PathBuf>,
}

/// Where a configuration comes from: a project's file, and the workspace folder that the settings are for.
type Source = (Option<PathBuf>, Option<PathBuf>);

/// The client's settings, and those of workspace folders that have their own.
#[derive(Debug, Clone, Default)]
pub(crate) struct ScopedSettings {
    everywhere: Arc<Settings>,
    folders: HashMap<PathBuf, Arc<Settings>>,
}

/// A project's file as it was last read.
#[derive(Debug, Clone, Default)]
struct ConfigFile {
    /// The last valid configuration, with the words of its dictionaries.
    config: Config,
    /// What is wrong with the file as it is now.
    error: Option<ConfigError>,
}

/// The configuration that applies to a document.
#[derive(Debug, Clone)]
pub(crate) struct EffectiveConfig {
    /// The rules.
    pub(crate) linter: Arc<Linter>,
    /// The client's settings.
    pub(crate) settings: Arc<Settings>,
}

/// A configuration file that has become invalid, or valid again.
#[derive(Debug)]
pub(crate) struct ConfigStatusChange {
    /// The file.
    pub(crate) path: PathBuf,
    /// Its text, where it is invalid.
    pub(crate) text: String,
    /// What is wrong with it; absent where it is valid again, or gone.
    pub(crate) error: Option<ConfigError>,
}

impl ScopedSettings {
    /// The client's settings, with those of folders.
    pub(crate) fn new(everywhere: Settings, folders: impl IntoIterator<Item = (PathBuf, Settings)>) -> Self {
        let folders = folders.into_iter().map(|(folder, settings)| (folder, Arc::new(settings))).collect();
        Self { everywhere: Arc::new(everywhere), folders }
    }
}

impl EffectiveConfig {
    /// A checker by these rules that has seen no document yet.
    pub(crate) fn checker(&self) -> Arc<Mutex<Checker>> {
        Arc::new(Mutex::new(Checker::new(self.linter.clone())))
    }
}

impl Configurations {
    /// No configuration yet. `dictionary` is the file of the writer's own words.
    pub(crate) fn new(dictionary: Option<PathBuf>) -> Self {
        Self {
            folders: Vec::new(),
            settings: ScopedSettings::default(),
            files: HashMap::new(),
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

    /// Replaces the workspace's folders. The first one's configuration applies to what is no file.
    pub(crate) fn set_folders(&mut self, folders: Vec<PathBuf>) {
        self.folders = folders;
    }

    /// Replaces the client's settings.
    pub(crate) fn set_settings(&mut self, settings: ScopedSettings) {
        self.settings = settings;
    }

    /// The configuration that applies to a document. An invalid file is reported once, in `changes`; its last
    /// valid configuration continues to apply.
    pub(crate) fn effective(&mut self, uri: &Uri, changes: &mut Vec<ConfigStatusChange>) -> EffectiveConfig {
        // Nobody can correct a file that is gone.
        self.files.retain(|path, file| {
            let is_gone = file.error.is_some() && !path.exists();
            changes.extend(is_gone.then(|| ConfigStatusChange::valid(path.clone())));
            !is_gone
        });
        let file = file_path(uri);
        let folder = self.folder_of(file.as_deref());
        let settings = folder.as_ref().and_then(|folder| self.settings.folders.get(folder));
        let settings = settings.unwrap_or(&self.settings.everywhere).clone();
        let path = file.as_deref().and_then(Path::parent).or(folder.as_deref()).and_then(Config::locate);
        let project = path.as_ref().map(|path| self.read(path, changes)).unwrap_or_default();
        let mut config = settings.under(&project);
        if let Some(words) = self.dictionary.as_ref().and_then(|path| std::fs::read_to_string(path).ok()) {
            config.dictionary.words.extend(words_of(&words).map(str::to_owned));
        }
        let cached = self.linters.entry((path, folder)).or_insert_with(|| {
            let linter = Arc::new(Linter::new(&config));
            (config.clone(), linter)
        });
        if cached.0 != config {
            *cached = (config.clone(), Arc::new(Linter::new(&config)));
        }
        EffectiveConfig { linter: cached.1.clone(), settings }
    }

    /// The last valid configuration of a file.
    fn read(&mut self, path: &Path, changes: &mut Vec<ConfigStatusChange>) -> Config {
        let file = self.files.entry(path.to_owned()).or_default();
        let path = path.to_owned();
        match Config::read(&path) {
            Ok(config) => {
                if file.error.take().is_some() {
                    changes.push(ConfigStatusChange::valid(path));
                }
                file.config = config;
            }
            Err(error) if file.error.as_ref() != Some(&error) => {
                let text = std::fs::read_to_string(&path).unwrap_or_default();
                file.error = Some(error.clone());
                changes.push(ConfigStatusChange { path, text, error: Some(error) });
            }
            Err(_) => {}
        }
        file.config.clone()
    }

    /// The innermost workspace folder that a file is in; for what is no file, the first one.
    fn folder_of(&self, file: Option<&Path>) -> Option<PathBuf> {
        match file {
            Some(file) => {
                let around = self.folders.iter().filter(|folder| file.starts_with(folder));
                around.max_by_key(|folder| folder.components().count()).cloned()
            }
            None => self.folders.first().cloned(),
        }
    }

    /// The zhubi.toml that applies to a document, or where to create one.
    pub(crate) fn project_file(&self, uri: &Uri) -> Option<PathBuf> {
        let file = file_path(uri);
        let folder = self.folder_of(file.as_deref());
        let beside = file.as_deref().and_then(Path::parent);
        let existing = beside.or(folder.as_deref()).and_then(Config::locate);
        existing.or_else(|| Some(folder.as_deref().or(beside)?.join(FILE_NAME)))
    }
}

/// The file of the writer's own words, where the system keeps configuration.
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

impl ConfigStatusChange {
    /// A file that is valid again, or gone.
    fn valid(path: PathBuf) -> Self {
        Self { path, text: String::new(), error: None }
    }

    /// What is wrong, for the writer, with the line where that is known.
    pub(crate) fn warning(&self) -> Option<String> {
        let error = self.error.as_ref()?;
        let path = self.path.display();
        let Some(range) = &error.range else { return Some(format!("配置文件 {path} 有误：{error}")) };
        let line = LineIndex::new(&self.text).line(range.start.min(self.text.len()));
        Some(format!("配置文件 {path} 第 {} 行有误：{error}", line + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invalid_configuration_is_reported_once_and_the_last_valid_one_stays() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(FILE_NAME);
        let uri = Uri::from_file_path(folder.path().join("总结.txt")).unwrap();
        let mut configurations = Configurations::new(None);
        let mut read = |text: &str| {
            std::fs::write(&file, text).unwrap();
            let mut changes = Vec::new();
            let linter = configurations.effective(&uri, &mut changes).linter;
            (linter, changes.iter().map(ConfigStatusChange::warning).collect::<Vec<_>>())
        };
        let (valid, changes) = read("ignore = [\"leftover\"]");
        assert_eq!(changes, []);
        let (kept, changes) = read("\nignor = []");
        assert!(Arc::ptr_eq(&valid, &kept));
        assert!(matches!(&changes[..], [Some(warning)] if warning.contains("第 2 行")), "{changes:?}");
        assert_eq!(read("\nignor = []").1, []);
        let (valid_again, changes) = read("ignore = [\"typo\"]\n[dictionary]\nfiles = [\"words.txt\"]");
        assert!(Arc::ptr_eq(&valid, &valid_again), "a file of words is missing");
        assert!(matches!(&changes[..], [Some(warning)] if warning.contains("words.txt")), "{changes:?}");
        std::fs::write(folder.path().join("words.txt"), "政冶\n").unwrap();
        let (with_words, changes) = read("ignore = [\"typo\"]\n[dictionary]\nfiles = [\"words.txt\"]");
        assert!(!Arc::ptr_eq(&valid, &with_words));
        assert_eq!(changes, [None]);
        std::fs::write(folder.path().join("words.txt"), "政冶\n拦目\n").unwrap();
        let (more_words, changes) = read("ignore = [\"typo\"]\n[dictionary]\nfiles = [\"words.txt\"]");
        assert!(!Arc::ptr_eq(&with_words, &more_words));
        assert_eq!(changes, []);
        assert_eq!(read("ignor = []").1.len(), 1);
        std::fs::remove_file(&file).unwrap();
        let mut changes = Vec::new();
        configurations.effective(&uri, &mut changes);
        assert!(
            matches!(&changes[..], [ConfigStatusChange { error: None, .. }]),
            "the file is gone, and so is its error"
        );
    }
}
