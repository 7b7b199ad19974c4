//! The effective configuration of a file: its zhubi.toml, overridden by the command line.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::{Failure, say};
use crate::config::{Config, Level, place};
use crate::files;
use crate::lint::Linter;
use crate::rules::selector::selector;
use crate::rules::style::house_style;

/// Which rules to run.
#[derive(Debug, Args, Default)]
pub(super) struct Selection {
    /// 只用这些规则或规则组，逗号分隔，如 typo,style/stock-phrase，也可写
    /// 错别字、成语误写；写了它，zhubi.toml 里的 select、ignore 和“关”都不算
    #[arg(long, value_name = "规则", value_delimiter = ',')]
    select: Vec<String>,
    /// 不用这些规则或规则组，逗号分隔，加在 zhubi.toml 的 ignore 上
    #[arg(long, value_name = "规则", value_delimiter = ',')]
    ignore: Vec<String>,
    /// 使用这个配置文件，不再从稿子所在的文件夹向上寻找 zhubi.toml
    #[arg(long, value_name = "文件")]
    config: Option<PathBuf>,
}

/// The linters of a run: one for each configuration file.
pub(super) struct Settings {
    selection: Selection,
    /// `None` for one that cannot be used; that is reported once.
    by_file: HashMap<Option<PathBuf>, Option<Arc<EffectiveConfig>>>,
    by_folder: HashMap<PathBuf, Arc<EffectiveConfig>>,
}

/// The configuration of a folder.
pub(super) struct EffectiveConfig {
    /// The rules.
    pub(super) linter: Arc<Linter>,
    /// The folder that `exclude` is relative to; none without a configuration file.
    pub(super) root: Option<PathBuf>,
    /// The lists of words that the configuration names.
    word_lists: Vec<PathBuf>,
}

impl EffectiveConfig {
    /// Is it one of the lists of words of the configuration?
    pub(super) fn is_word_list(&self, file: &Path) -> bool {
        !self.word_lists.is_empty() && file.canonicalize().is_ok_and(|file| self.word_lists.contains(&file))
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
            config: selection.config.clone(),
        };
        Ok(Self { selection, by_file: HashMap::new(), by_folder: HashMap::new() })
    }

    /// The configuration for the files of a folder.
    ///
    /// # Errors
    /// It cannot be read or used.
    pub(super) fn of(&mut self, folder: &Path) -> Result<Arc<EffectiveConfig>, Failure> {
        if let Some(known) = self.by_folder.get(folder) {
            return Ok(known.clone());
        }
        let file = self.file(folder);
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

    fn file(&self, folder: &Path) -> Option<PathBuf> {
        self.selection.config.clone().or_else(|| {
            let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
            Config::locate(&folder)
        })
    }

    fn read(&self, file: Option<&Path>) -> Result<EffectiveConfig, Failure> {
        let mut config = Config::default();
        let mut root = None;
        if let Some(file) = file {
            config = read(file).map_err(Failure::say)?;
            root = file.parent().map(Path::to_owned);
        }
        if let (Some(file), [_, ..]) = (file, &config.packs.loaded[..])
            && config.severity(&house_style::RULE).is_none()
            && self.selection.select.is_empty()
        {
            say(house_style_is_off(file));
        }
        // The command line wins over the file.
        if !self.selection.select.is_empty() {
            config.select = Some(self.selection.select.clone());
            config.ignore.clear();
            config.severity.retain(|_, level| *level != Level::Off);
        }
        config.ignore.extend(self.selection.ignore.iter().cloned());
        let beside = |name: &String| root.as_deref().unwrap_or(Path::new("")).join(name).canonicalize().ok();
        let word_lists = config.dictionary.files.iter().filter_map(beside).collect();
        Ok(EffectiveConfig { linter: Arc::new(Linter::new(&config)), root, word_lists })
    }
}

/// The message for a configuration that has packs while the rule that runs them is off.
pub(super) fn house_style_is_off(file: &Path) -> String {
    let (file, rule) = (file.display(), house_style::RULE.id);
    format!(
        "{file}：规则包不起作用，因为 select、ignore 或 [severity] 关掉了 {rule}；请打开它，或去掉 [packs]"
    )
}

fn read(file: &Path) -> Result<Config, String> {
    Config::read(file).map_err(|error| match error.range {
        None => error.message,
        Some(range) => {
            let text = files::read_own(file).map(|source| source.text).unwrap_or_default();
            format!("{}：配置有误：{}", place(file, &text, range.start), error.message)
        }
    })
}
