//! The effective configuration of a file: its zhubi.toml, overridden by the command line.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use clap::Args;
use clap::builder::{PathBufValueParser, TypedValueParser};

use super::help::FINDINGS;
use super::{Failure, say};
use crate::config::{Config, ConfigError, Level, Project, place};
use crate::files;
use crate::lint::Linter;
use crate::rules::selector::selector;
use crate::rules::style::house_style;

/// Which rules to run.
#[derive(Debug, Args, Default)]
#[command(next_help_heading = FINDINGS)]
pub(super) struct Selection {
    /// 只用这些规则或规则组，逗号分隔，如
    /// typo,style/stock-phrase，也可写错别字、成语误写；写了它，zhubi.toml 里的 select、ignore 和“关”都不算
    #[arg(long, value_name = "规则", value_delimiter = ',')]
    select: Vec<String>,
    /// 不用这些规则或规则组，逗号分隔，加在 zhubi.toml 的 ignore 上
    #[arg(long, value_name = "规则", value_delimiter = ',')]
    ignore: Vec<String>,
    #[command(flatten)]
    named: NamedConfig,
}

impl Selection {
    /// The configuration of the command line.
    pub(super) fn config_file(&self) -> Option<&Path> {
        self.named.config.as_deref()
    }

    /// Is everything to be as it is without any configuration?
    pub(super) fn is_without_config(&self) -> bool {
        self.named.no_config
    }
}

/// The configuration to use instead of those beside the drafts.
#[derive(Debug, Args, Clone, Default)]
pub(super) struct NamedConfig {
    /// 使用这个配置文件，不再从稿子所在的文件夹向上寻找 zhubi.toml
    #[arg(short, long, value_name = "文件", env = "ZHUBI_CONFIG", value_parser = existing())]
    config: Option<PathBuf>,
    /// 不用任何 zhubi.toml，全部按默认值
    #[arg(long, conflicts_with = "config")]
    no_config: bool,
}

impl NamedConfig {
    /// The configuration that is in force in a folder.
    pub(super) fn locate(&self, folder: &Path) -> Option<PathBuf> {
        if self.no_config {
            return None;
        }
        self.config.clone().or_else(|| Config::locate(&files::absolute(folder)))
    }
}

/// A path at which there is something: refused here, it is told by the name of the option or variable.
fn existing() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path| match path.symlink_metadata() {
        Ok(_) => Ok(path),
        Err(error) => Err(files::reason(&error)),
    })
}

/// The linters of a run: one for each configuration file and each combination of its overrides.
pub(super) struct Settings {
    selection: Arc<Selection>,
    /// `None` for one that cannot be used; that is reported once.
    by_file: HashMap<Option<PathBuf>, Option<Arc<EffectiveConfig>>>,
    by_folder: HashMap<PathBuf, Arc<EffectiveConfig>>,
}

/// The configuration of a folder.
pub(super) struct EffectiveConfig {
    selection: Arc<Selection>,
    /// Its zhubi.toml; none where there is none.
    pub(super) project: Option<Project>,
    /// By the overrides that apply.
    linters: Mutex<HashMap<Vec<usize>, Arc<Linter>>>,
    /// The lists of words that the configuration names.
    word_lists: Vec<PathBuf>,
}

impl EffectiveConfig {
    fn new(project: Option<Project>, selection: Arc<Selection>) -> Self {
        let word_lists = project.iter().flat_map(Project::word_lists);
        let word_lists = word_lists.filter_map(|list| list.canonicalize().ok()).collect();
        Self { selection, project, linters: Mutex::default(), word_lists }
    }

    /// The rules for a file of the folder, or for what is no file.
    pub(super) fn linter(&self, file: Option<&Path>) -> Arc<Linter> {
        let project = self.project.as_ref();
        let overrides =
            project.zip(file).map(|(project, file)| project.overrides_of(file)).unwrap_or_default();
        let mut linters = self.linters.lock().unwrap_or_else(PoisonError::into_inner);
        let config = || project.map(|project| project.config(&overrides)).unwrap_or_default();
        let linter = || Arc::new(Linter::new(&self.selection.over(config())));
        linters.entry(overrides.clone()).or_insert_with(linter).clone()
    }

    /// Is it one of the lists of words of the configuration?
    pub(super) fn is_word_list(&self, file: &Path) -> bool {
        !self.word_lists.is_empty() && file.canonicalize().is_ok_and(|file| self.word_lists.contains(&file))
    }
}

impl Selection {
    /// The command line wins over the file.
    fn over(&self, mut config: Config) -> Config {
        if !self.select.is_empty() {
            config.select = Some(self.select.clone());
            config.ignore.clear();
            config.severity.retain(|_, level| *level != Level::Off);
        }
        config.ignore.extend(self.ignore.iter().cloned());
        config
    }
}

impl Settings {
    /// Checks the names on the command line.
    ///
    /// # Errors
    /// No rule or group has one of these names.
    pub(super) fn new(selection: &Selection) -> Result<Self, Failure> {
        let known = |names: &[String]| {
            names
                .iter()
                .flat_map(|name| name.split(['，', '、']))
                .map(|name| selector(name).map(str::to_owned))
                .collect::<Result<Vec<_>, _>>()
                .map_err(Failure::say)
        };
        let selection = Selection {
            select: known(&selection.select)?,
            ignore: known(&selection.ignore)?,
            named: selection.named.clone(),
        };
        Ok(Self { selection: Arc::new(selection), by_file: HashMap::new(), by_folder: HashMap::new() })
    }

    /// The configuration for the files of a folder.
    ///
    /// # Errors
    /// It cannot be read or used.
    pub(super) fn of(&mut self, folder: &Path) -> Result<Arc<EffectiveConfig>, Failure> {
        if let Some(known) = self.by_folder.get(folder) {
            return Ok(known.clone());
        }
        let file = self.selection.named.locate(folder);
        let config = match self.by_file.get(&file) {
            Some(known) => known.clone(),
            None => {
                let read = self.read(file.as_deref()).ok().map(Arc::new);
                self.by_file.insert(file, read.clone());
                read
            }
        };
        let config = config.ok_or(Failure::AlreadyReported)?;
        self.by_folder.insert(folder.to_owned(), config.clone());
        Ok(config)
    }

    fn read(&self, file: Option<&Path>) -> Result<EffectiveConfig, Failure> {
        let project = file.map(read).transpose()?;
        if let Some(project) = &project
            && self.selection.select.is_empty()
            && has_idle_packs(project)
        {
            say(house_style_is_off(&project.layers[0].path));
        }
        Ok(EffectiveConfig::new(project, self.selection.clone()))
    }
}

/// Reads a configuration; what is wrong with it is told with its place.
///
/// # Errors
/// It cannot be read or used.
pub(super) fn read(file: &Path) -> Result<Project, Failure> {
    Project::read(file).map_err(refusal)
}

/// The failure of a configuration that cannot be used.
pub(super) fn refusal(error: ConfigError) -> Failure {
    Failure::say(refused(error))
}

/// What is said of it.
pub(super) fn refused(error: ConfigError) -> String {
    match (error.file, error.range) {
        (Some(file), Some(range)) => {
            let text = files::read_own(&file).map(|source| source.text).unwrap_or_default();
            format!("{}：配置有误：{}", place(&file, &text, range.start), error.message)
        }
        _ => error.message,
    }
}

/// Has it packs, while the rule that runs them is off, for all files?
pub(super) fn has_idle_packs(project: &Project) -> bool {
    let is_off = |overrides: &[usize]| project.config(overrides).severity(&house_style::RULE).is_none();
    let has_packs = !project.config(&[]).packs.loaded.is_empty();
    has_packs && is_off(&[]) && (0..project.overrides.len()).all(|part| is_off(&[part]))
}

/// The message for a configuration that has packs while the rule that runs them is off.
pub(super) fn house_style_is_off(file: &Path) -> String {
    let (file, rule) = (file.display(), house_style::RULE.id);
    format!(
        "{file}：规则包不起作用，因为 select、ignore 或 [severity] 关掉了 {rule}；请打开它，或去掉 [packs]"
    )
}
