//! What a run is to check, and what it passes over.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use super::Arguments;
use crate::cli::settings::Settings;
use crate::cli::walk::{Walk, Why};
use crate::cli::{Failure, OutputFormat, input, say};
use crate::lint::Linter;

/// A thing to check.
pub(super) enum Target {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

/// All of them, each with the linter of its folder.
#[derive(Default)]
pub(super) struct Targets {
    pub(super) all: Vec<(Target, Arc<Linter>)>,
    pub(super) passed_over: Vec<(PathBuf, Why)>,
    /// Places that could not be read; said already.
    pub(super) unread: usize,
    /// Files that are there, by what they are and not by what they are called: one is checked once.
    known: HashSet<PathBuf>,
}

/// Finds what to check.
///
/// # Errors
/// Said already: a configuration cannot be used.
pub(super) fn targets(arguments: &Arguments, settings: &mut Settings) -> Result<Targets, Failure> {
    let mut targets = Targets::default();
    for argument in &arguments.paths {
        if argument == Path::new("-") {
            targets.add_stdin(arguments, settings)?;
            continue;
        }
        match input::expand(argument) {
            Ok(paths) => {
                for path in paths {
                    targets.add(&path, arguments, settings)?;
                }
            }
            Err(message) => targets.fault(message),
        }
    }
    targets.passed_over.sort();
    targets.passed_over.dedup();
    Ok(targets)
}

impl Targets {
    fn add_stdin(&mut self, arguments: &Arguments, settings: &mut Settings) -> Result<(), Failure> {
        let folder = arguments.stdin_filename.as_deref().and_then(Path::parent).unwrap_or(Path::new("."));
        if self.known.insert(PathBuf::from("-")) {
            self.all.push((Target::Stdin, settings.of(folder)?.linter.clone()));
        }
        Ok(())
    }

    fn add(&mut self, path: &Path, arguments: &Arguments, settings: &mut Settings) -> Result<(), Failure> {
        let is_folder = path.is_dir();
        let in_force = settings.of(if is_folder { path } else { folder_of(path) })?;
        let exclude = &in_force.linter.config().exclude;
        let exclude: Vec<String> = exclude.iter().chain(&arguments.exclude).cloned().collect();
        let root = in_force.root.as_deref().unwrap_or(path);
        let walk = Walk::over(path, root, &exclude, arguments.no_ignore);
        self.passed_over.extend(walk.passed_over);
        for message in walk.faults {
            self.fault(message);
        }
        for file in walk.files {
            let in_force = settings.of(folder_of(&file))?;
            if is_folder && in_force.is_word_list(&file) {
                self.passed_over.push((file, Why::WordList));
            } else if self.known.insert(file.canonicalize().unwrap_or_else(|_| file.clone())) {
                self.all.push((Target::File(file), in_force.linter.clone()));
            }
        }
        Ok(())
    }

    fn fault(&mut self, message: String) {
        say(message);
        self.unread += 1;
    }

    /// How much was passed over for each reason, in words; nothing where nothing was.
    pub(super) fn passed_over(&self) -> Option<String> {
        let mut counts: BTreeMap<Why, usize> = BTreeMap::new();
        for (_, why) in &self.passed_over {
            *counts.entry(*why).or_default() += 1;
        }
        let told =
            Why::ALL.into_iter().filter_map(|why| Some(format!("{}{}个", why.chinese(), counts.get(&why)?)));
        let told: Vec<String> = told.collect();
        (!told.is_empty()).then(|| format!("略过{}个：{}", self.passed_over.len(), told.join("，")))
    }

    /// Why there is nothing to check, and what to do.
    pub(super) fn why_none(&self) -> String {
        let Some(passed_over) = self.passed_over() else { return "文件夹是空的".to_owned() };
        let remedies = Why::ALL.into_iter().filter(|why| self.passed_over.iter().any(|(_, it)| it == why));
        let remedies = remedies.filter_map(|why| Some(format!("；{}：{}", why.chinese(), why.remedy()?)));
        passed_over + &remedies.collect::<String>()
    }

    /// Lists the files to check, and what is passed over with its reason.
    ///
    /// # Errors
    /// The list cannot be written.
    pub(super) fn list(&self, format: OutputFormat, out: &mut impl Write) -> io::Result<()> {
        let checked = self.all.iter().map(|(target, _)| match target {
            Target::Stdin => Listed { path: "-".to_owned(), checked: true, reason: None },
            Target::File(path) => Listed { path: path.display().to_string(), checked: true, reason: None },
        });
        let passed_over = self.passed_over.iter().map(|(path, why)| Listed {
            path: path.display().to_string(),
            checked: false,
            reason: Some(match why.remedy() {
                Some(remedy) => format!("{}，{remedy}", why.chinese()),
                None => why.chinese().to_owned(),
            }),
        });
        let listed: Vec<Listed> = checked.chain(passed_over).collect();
        if format == OutputFormat::Json {
            serde_json::to_writer_pretty(&mut *out, &listed)?;
            return writeln!(out);
        }
        for entry in listed {
            match entry.reason {
                None => writeln!(out, "检查  {}", entry.path)?,
                Some(reason) => writeln!(out, "略过  {}  {reason}", entry.path)?,
            }
        }
        Ok(())
    }
}

/// A line of `--show-files`.
#[derive(Serialize)]
struct Listed {
    path: String,
    checked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
