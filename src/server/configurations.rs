//! The configuration that applies to each document, and its linter: the project's zhubi.toml over the
//! client's settings and the writer's own words. The server watches no files itself: it looks at these again
//! whenever a document is opened or saved, or the client says that a file has changed, and reads those that
//! have changed since.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::protocol::{Uri, file_path};
use super::settings::Settings;
use crate::config::ignored::{self, IgnoreFile, IgnoredHere};
use crate::config::{self, ConfigError, FILE_NAME, Project, words_of};
use crate::files::IGNORE_FILE;
use crate::files::pattern::Pattern;
use crate::files::stamp::Stamps;
use crate::lint::Checker;
use crate::text::position::LineIndex;
use crate::{Config, Linter};

/// All configurations that have been read.
#[derive(Debug, Clone)]
pub(crate) struct Configurations {
    folders: Vec<PathBuf>,
    settings: ScopedSettings,
    files: HashMap<PathBuf, ConfigFile>,
    linters: HashMap<Source, CachedLinter>,
    /// The lists of what is passed over, by their files.
    ignored: HashMap<PathBuf, IgnoreList>,
    /// The file of the writer's own words, and what it holds.
    dictionary: Option<PathBuf>,
    words: Arc<Vec<String>>,
    words_stamps: Stamps,
    /// Counts how often the files were to be looked at again.
    round: u64,
}

/// A linter, and what it was made of.
#[derive(Debug, Clone)]
struct CachedLinter {
    project: Option<Arc<Project>>,
    settings: Arc<Settings>,
    words: Arc<Vec<String>>,
    linter: Arc<Linter>,
}

/// Where a configuration comes from: a project's file with those of its overrides that apply, and the
/// workspace folder that the settings are for.
type Source = (Option<PathBuf>, Vec<usize>, Option<PathBuf>);

/// The client's settings, and those of workspace folders that have their own.
#[derive(Debug, Clone, Default)]
pub(crate) struct ScopedSettings {
    everywhere: Arc<Settings>,
    folders: HashMap<PathBuf, Arc<Settings>>,
}

/// A project's file as it was last read.
#[derive(Debug, Clone, Default)]
struct ConfigFile {
    /// The last valid configuration, with what it extends and the words of its dictionaries.
    project: Option<Arc<Project>>,
    /// What is wrong with it as it is now: in this file, or in one that it extends.
    error: Option<ConfigError>,
    /// The files that it is made of.
    stamps: Stamps,
}

/// A list of what is passed over, as it was last read.
#[derive(Debug, Clone, Default)]
struct IgnoreList {
    /// The last valid one.
    file: Option<IgnoreFile>,
    stamps: Stamps,
}

/// The configuration that applies to a document.
#[derive(Debug, Clone)]
pub(crate) struct EffectiveConfig {
    /// The rules.
    pub(crate) linter: Arc<Linter>,
    /// The client's settings.
    pub(crate) settings: Arc<Settings>,
    /// Does the project leave the document out?
    pub(crate) is_excluded: bool,
    /// What is passed over in it.
    pub(crate) ignored: IgnoredHere,
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

    /// Would both find the same in a document?
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        (Arc::ptr_eq(&self.linter, &other.linter) || self.linter.config() == other.linter.config())
            && self.settings == other.settings
            && self.is_excluded == other.is_excluded
            && self.ignored == other.ignored
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
            ignored: HashMap::new(),
            dictionary,
            words: Arc::default(),
            words_stamps: Stamps::default(),
            round: 0,
        }
    }

    /// Has the files looked at again, each when it is next asked for.
    pub(crate) fn refresh(&mut self) {
        self.round += 1;
        let Some(path) = &self.dictionary else { return };
        if self.words_stamps.are_due(self.round) {
            self.words_stamps.note([path.clone()]);
            let text = std::fs::read_to_string(path).unwrap_or_default();
            let words: Vec<_> = words_of(&text).map(str::to_owned).collect();
            if *self.words != words {
                self.words = Arc::new(words);
            }
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
        let gone = |(path, file): (&PathBuf, &ConfigFile)| {
            (file.error.is_some() && !path.exists()).then(|| path.clone())
        };
        for path in self.files.iter().filter_map(gone).collect::<Vec<_>>() {
            self.set_error(&path, None, changes);
            self.files.remove(&path);
        }
        let file = file_path(uri);
        let folder = self.folder_of(file.as_deref());
        let settings = folder.as_ref().and_then(|folder| self.settings.folders.get(folder));
        let settings = settings.unwrap_or(&self.settings.everywhere).clone();
        let path = file.as_deref().and_then(Path::parent).or(folder.as_deref()).and_then(Config::locate);
        let project = path.as_ref().and_then(|path| self.read(path, changes));
        let of_file = project.as_ref().zip(file.as_ref());
        let overrides = of_file.map(|(project, file)| project.overrides_of(file)).unwrap_or_default();
        let is_excluded = of_file.is_some_and(|(project, file)| project.excludes(file));
        let linter = self.linter((path, overrides, folder), project, &settings);
        let ignored = file.map(|file| self.ignored_in(&file, changes)).unwrap_or_default();
        EffectiveConfig { linter, settings, is_excluded, ignored }
    }

    /// The linter by a project, settings and the writer's own words: the one before, where none has changed.
    fn linter(
        &mut self,
        source: Source,
        project: Option<Arc<Project>>,
        settings: &Arc<Settings>,
    ) -> Arc<Linter> {
        let is_same = |cached: &&CachedLinter| {
            let same_project = match (&cached.project, &project) {
                (Some(a), Some(b)) => Arc::ptr_eq(a, b),
                (a, b) => a.is_none() && b.is_none(),
            };
            same_project && Arc::ptr_eq(&cached.settings, settings) && Arc::ptr_eq(&cached.words, &self.words)
        };
        if let Some(cached) = self.linters.get(&source).filter(is_same) {
            return cached.linter.clone();
        }
        let of_project = project.as_ref().map(|project| project.config(&source.1));
        let mut config = settings.under(of_project.unwrap_or_default());
        config.dictionary.words.extend_from_slice(&self.words);
        let before = self.linters.remove(&source).filter(|cached| *cached.linter.config() == config);
        let linter = before.map_or_else(|| Arc::new(Linter::new(&config)), |cached| cached.linter);
        let (settings, words) = (settings.clone(), self.words.clone());
        let cached = CachedLinter { project, settings, words, linter: linter.clone() };
        self.linters.insert(source, cached);
        linter
    }

    /// What is passed over in a draft, by the last valid list of it.
    fn ignored_in(&mut self, draft: &Path, changes: &mut Vec<ConfigStatusChange>) -> IgnoredHere {
        let Some(path) = draft.parent().and_then(ignored::locate) else { return IgnoredHere::default() };
        let list = self.ignored.entry(path.clone()).or_default();
        if list.stamps.are_due(self.round) {
            list.stamps.note([path.clone()]);
            let error = match IgnoreFile::read(&path) {
                Ok(file) => {
                    list.file = Some(file);
                    None
                }
                Err(error) => Some(error),
            };
            self.set_error(&path, error, changes);
        }
        let file = self.ignored.get(&path).and_then(|list| list.file.as_ref());
        file.map(|file| file.here(draft)).unwrap_or_default()
    }

    /// The list of what is passed over that is for a draft, or where to create one.
    pub(crate) fn ignore_file(&self, draft: &Path, uri: &Uri) -> Option<PathBuf> {
        let there = draft.parent().and_then(ignored::locate);
        there.or_else(|| Some(self.project_file(uri)?.with_file_name(IGNORE_FILE)))
    }

    /// The last valid configuration of a file.
    fn read(&mut self, path: &Path, changes: &mut Vec<ConfigStatusChange>) -> Option<Arc<Project>> {
        let file = self.files.entry(path.to_owned()).or_default();
        if file.stamps.are_due(self.round) {
            file.stamps.note(config::files(path));
            self.read_again(path, changes);
        }
        self.files.get(path)?.project.clone()
    }

    fn read_again(&mut self, path: &Path, changes: &mut Vec<ConfigStatusChange>) {
        let error = match Project::read(path) {
            Ok(project) => {
                for layer in &project.layers {
                    self.put_right(&layer.path, changes);
                }
                self.files.entry(path.to_owned()).or_default().project = Some(Arc::new(project));
                None
            }
            Err(error) => Some(error),
        };
        self.set_error(path, error, changes);
    }

    /// Drops what was wrong in a file, for all that extend it: not all of them may be in use any more.
    fn put_right(&mut self, file: &Path, changes: &mut Vec<ConfigStatusChange>) {
        let is_here = |error: &mut ConfigError| error.file.as_deref() == Some(file);
        let was_wrong = self.files.values_mut().filter_map(|it| it.error.take_if(is_here)).count() > 0;
        changes.extend(was_wrong.then(|| ConfigStatusChange::valid(file.to_owned())));
    }

    /// Sets what is wrong with a configuration, and tells what that changes. Several may extend one file:
    /// what is wrong there is told once, and put right only where it is so for all.
    fn set_error(&mut self, path: &Path, error: Option<ConfigError>, changes: &mut Vec<ConfigStatusChange>) {
        let place = |error: &ConfigError| error.file.clone().unwrap_or_else(|| path.to_owned());
        let before =
            std::mem::replace(&mut self.files.entry(path.to_owned()).or_default().error, error.clone());
        if before == error {
            return;
        }
        let others =
            || self.files.iter().filter(|(other, _)| *other != path).filter_map(|(_, it)| it.error.as_ref());
        if let Some(file) = before.as_ref().map(place)
            && error.as_ref().map(place).as_ref() != Some(&file)
            && !others().any(|other| other.file.as_ref() == Some(&file))
        {
            changes.push(ConfigStatusChange::valid(file));
        }
        if let Some(error) = error
            && !others().any(|other| *other == error)
        {
            let path = place(&error);
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            changes.push(ConfigStatusChange { path, text, error: Some(error) });
        }
    }

    /// What a walk through a folder leaves out.
    pub(crate) fn exclude(&mut self, folder: &Path) -> Vec<Pattern> {
        let Some(path) = Config::locate(folder) else { return Vec::new() };
        // The session tells what is wrong with it.
        let project = self.read(&path, &mut Vec::new());
        project.map(|project| project.exclude.clone()).unwrap_or_default()
    }

    /// Does a configuration below a folder that is walked leave out a file? The walk knows the folder's own.
    pub(crate) fn excludes_below(&mut self, folder: &Path, file: &Path) -> bool {
        let Some(path) = file.parent().and_then(Config::locate) else { return false };
        Some(&path) != Config::locate(folder).as_ref()
            && self.read(&path, &mut Vec::new()).is_some_and(|project| project.excludes(file))
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
            configurations.refresh();
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
        configurations.refresh();
        let mut changes = Vec::new();
        configurations.effective(&uri, &mut changes);
        assert!(
            matches!(&changes[..], [ConfigStatusChange { error: None, .. }]),
            "the file is gone, and so is its error"
        );
    }
}
