//! The configuration in force for a file: its zhubi.toml, with what the command line says on top.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::{Failure, say};
use crate::config::{Config, check_selector, place};
use crate::lint::Linter;

/// Which rules to run.
#[derive(Debug, Args, Default)]
pub(super) struct Selection {
    /// 只用这些规则或规则组，逗号分隔，如 typo,style/stock-phrase
    #[arg(long, value_name = "规则", value_delimiter = ',')]
    select: Vec<String>,
    /// 不用这些规则或规则组，逗号分隔
    #[arg(long, value_name = "规则", value_delimiter = ',')]
    ignore: Vec<String>,
    /// 使用这个配置文件，不再从稿子所在的文件夹向上寻找 zhubi.toml
    #[arg(long, value_name = "文件")]
    config: Option<PathBuf>,
}

/// The linters of a run: one for each configuration file.
pub(super) struct Settings<'a> {
    selection: &'a Selection,
    by_file: HashMap<Option<PathBuf>, Arc<Linter>>,
}

impl<'a> Settings<'a> {
    /// Checks the names on the command line.
    ///
    /// # Errors
    /// Said already: a name that no rule or group has.
    pub(super) fn new(selection: &'a Selection) -> Result<Self, Failure> {
        for name in selection.select.iter().chain(&selection.ignore) {
            check_selector(name).map_err(|message| {
                say(message);
                Failure::Said
            })?;
        }
        Ok(Self { selection, by_file: HashMap::new() })
    }

    /// The linter for the files of a folder.
    ///
    /// # Errors
    /// Said already: the configuration cannot be read or used.
    pub(super) fn linter(&mut self, folder: &Path) -> Result<Arc<Linter>, Failure> {
        let file = self.file(folder);
        if let Some(linter) = self.by_file.get(&file) {
            return Ok(linter.clone());
        }
        let config = self.config_at(file.as_deref())?;
        let linter = Arc::new(Linter::new(&config));
        self.by_file.insert(file, linter.clone());
        Ok(linter)
    }

    /// The configuration for the files of a folder.
    ///
    /// # Errors
    /// As [`Settings::linter`].
    pub(super) fn config(&self, folder: &Path) -> Result<Config, Failure> {
        self.config_at(self.file(folder).as_deref())
    }

    fn file(&self, folder: &Path) -> Option<PathBuf> {
        self.selection.config.clone().or_else(|| {
            let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
            Config::locate(&folder)
        })
    }

    fn config_at(&self, file: Option<&Path>) -> Result<Config, Failure> {
        let mut config = match file {
            Some(file) => read(file).map_err(|message| {
                say(message);
                Failure::Said
            })?,
            None => Config::default(),
        };
        if !self.selection.select.is_empty() {
            config.select = Some(self.selection.select.clone());
        }
        config.ignore.extend(self.selection.ignore.iter().cloned());
        Ok(config)
    }
}

fn read(file: &Path) -> Result<Config, String> {
    Config::read(file).map_err(|error| match error.range {
        None if !file.is_file() => format!("{}：没有这个文件", file.display()),
        None => error.message,
        Some(range) => {
            let text = std::fs::read_to_string(file).unwrap_or_default();
            format!("{}：配置有误：{}", place(file, &text, range.start), error.message)
        }
    })
}
