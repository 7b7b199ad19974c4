//! What a run checks, and what it skips.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use super::Arguments;
use crate::cli::settings::{EffectiveConfig, Settings};
use crate::cli::{Failure, say};
use crate::config::FILE_NAME;
use crate::files;
use crate::files::exclude::Pattern;
use crate::files::walk::{SkipReason, Walk};
use crate::lint::Linter;
use crate::report::OutputFormat;

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
    pub(super) skipped: Vec<(PathBuf, SkipReason)>,
    /// Places that could not be read, as was reported.
    pub(super) unread: usize,
    /// The files so far by identity, as each is checked once.
    known: HashSet<Identity>,
    /// The patterns of exclusion of all walks, each with whether it has matched anything.
    exclusions: BTreeMap<Pattern, bool>,
}

/// A file, whatever its name.
#[derive(PartialEq, Eq, Hash)]
enum Identity {
    Path(PathBuf),
    /// One with hard links: its device and inode.
    Node(u64, u64),
}

impl Identity {
    fn of(file: &Path) -> Self {
        #[cfg(unix)]
        if let Ok(metadata) = std::fs::metadata(file) {
            use std::os::unix::fs::MetadataExt as _;
            if metadata.nlink() > 1 {
                return Self::Node(metadata.dev(), metadata.ino());
            }
        }
        Self::Path(file.canonicalize().unwrap_or_else(|_| file.to_owned()))
    }
}

/// Finds what to check. A configuration that cannot be used costs the files that it applies to.
///
/// # Errors
/// There is nothing to check for want of a usable configuration.
pub(super) fn targets(arguments: &Arguments, settings: &mut Settings) -> Result<Targets, Failure> {
    let mut targets = Targets::default();
    let mut unusable = 0;
    for argument in &arguments.paths {
        if argument == Path::new("-") {
            unusable += usize::from(targets.add_stdin(arguments, settings).is_err());
            continue;
        }
        match files::expand(argument) {
            Ok(paths) => {
                for path in paths {
                    unusable += targets.add(&path, arguments, settings);
                }
            }
            Err(message) => targets.fault(message),
        }
    }
    if targets.all.is_empty() && targets.unread == 0 && unusable > 0 {
        return Err(Failure::AlreadyReported);
    }
    targets.unread += unusable;
    if !arguments.quiet {
        targets.tell_exclusions();
    }
    targets.skipped.sort();
    targets.skipped.dedup();
    Ok(targets)
}

impl Targets {
    fn add_stdin(&mut self, arguments: &Arguments, settings: &mut Settings) -> Result<(), Failure> {
        let folder = arguments.stdin_filename.as_deref().and_then(Path::parent).unwrap_or(Path::new("."));
        if self.known.insert(Identity::Path(PathBuf::from("-"))) {
            self.all.push((Target::Stdin, settings.of(folder)?.linter.clone()));
        }
        Ok(())
    }

    /// Adds a file, or those of a folder; returns how many have no usable configuration.
    fn add(&mut self, path: &Path, arguments: &Arguments, settings: &mut Settings) -> usize {
        let is_folder = path.is_dir();
        let Ok(config) = settings.of(if is_folder { path } else { folder_of(path) }) else { return 1 };
        let exclude: Vec<Pattern> = patterns(path, &config, arguments);
        let walk = Walk::over(path, &exclude, arguments.no_ignore);
        self.skipped.extend(walk.skipped);
        if is_folder {
            // Walking a part of the project says nothing about patterns for the whole.
            let covers = |root: &Path| is_within(root, path);
            for pattern in exclude.into_iter().filter(|it| it.is_of_command_line || covers(&it.root)) {
                let has_left_out = walk.matched.contains(&pattern);
                *self.exclusions.entry(pattern).or_default() |= has_left_out;
            }
        }
        let mut unusable = 0;
        for message in walk.faults {
            self.fault(message);
        }
        for file in walk.files {
            let Ok(config) = settings.of(folder_of(&file)) else {
                unusable += 1;
                continue;
            };
            if is_folder && config.is_word_list(&file) {
                self.skipped.push((file, SkipReason::WordList));
            } else if self.known.insert(Identity::of(&file)) {
                self.all.push((Target::File(file), config.linter.clone()));
            }
        }
        unusable
    }

    /// Reports the patterns that match nothing: they are misspelt or out of date.
    fn tell_exclusions(&self) {
        let mut told = HashSet::new();
        for (pattern, _) in self.exclusions.iter().filter(|(_, has_left_out)| !**has_left_out) {
            // The same text may be relative to several folders.
            let elsewhere = self.exclusions.iter().any(|(it, used)| *used && it.text == pattern.text);
            if elsewhere || !told.insert(&pattern.text) {
                continue;
            }
            let text = &pattern.text;
            say(if pattern.is_of_command_line {
                format!("--exclude“{text}”没有排除任何文件；从当前文件夹或要检查的文件夹算起")
            } else {
                format!("{}：exclude 中的“{text}”没有排除任何文件", pattern.root.join(FILE_NAME).display())
            });
        }
    }

    fn fault(&mut self, message: String) {
        say(message);
        self.unread += 1;
    }

    /// How much was skipped for each reason, in words; nothing where nothing was.
    pub(super) fn skipped_summary(&self, empty: usize) -> Option<String> {
        let mut counts: BTreeMap<SkipReason, usize> = BTreeMap::new();
        if empty > 0 {
            counts.insert(SkipReason::Empty, empty);
        }
        for (_, why) in &self.skipped {
            *counts.entry(*why).or_default() += 1;
        }
        let told = SkipReason::ALL
            .into_iter()
            .filter_map(|why| Some(format!("{}{}个", why.chinese(), counts.get(&why)?)));
        let told: Vec<String> = told.collect();
        (!told.is_empty()).then(|| format!("略过{}个：{}", self.skipped.len() + empty, told.join("，")))
    }

    /// Why there is nothing to check, and what to do.
    pub(super) fn why_none(&self) -> String {
        let Some(skipped) = self.skipped_summary(0) else { return "文件夹是空的".to_owned() };
        let remedies = SkipReason::ALL.into_iter().filter(|why| self.skipped.iter().any(|(_, it)| it == why));
        let remedies = remedies.filter_map(|why| Some(format!("；{}：{}", why.chinese(), why.remedy()?)));
        skipped + &remedies.collect::<String>()
    }

    /// Lists the files to check, and what is skipped with its reason.
    ///
    /// # Errors
    /// The list cannot be written.
    pub(super) fn list(&self, format: OutputFormat, out: &mut impl Write) -> io::Result<()> {
        let checked = self.all.iter().map(|(target, _)| match target {
            Target::Stdin => Listed { path: "-".to_owned(), checked: true, reason: None },
            Target::File(path) => Listed { path: path.display().to_string(), checked: true, reason: None },
        });
        let skipped = self.skipped.iter().map(|(path, why)| Listed {
            path: path.display().to_string(),
            checked: false,
            reason: Some(match why.remedy() {
                Some(remedy) => format!("{}，{remedy}", why.chinese()),
                None => why.chinese().to_owned(),
            }),
        });
        let listed: Vec<Listed> = checked.chain(skipped).collect();
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

/// The exclusions of a walk: those of its configuration, and those of the command line, relative to the
/// current folder or to the one that is walked.
fn patterns(path: &Path, config: &EffectiveConfig, arguments: &Arguments) -> Vec<Pattern> {
    let root = config.root.as_deref().unwrap_or(path);
    let of_file = config.linter.config().exclude.iter().map(|text| Pattern::new(text, root, false));
    let roots = [path, Path::new(".")];
    let of_line = arguments.exclude.iter().flat_map(|text| roots.map(|root| Pattern::new(text, root, true)));
    of_file.chain(of_line).collect()
}

/// Is a place the folder, or somewhere in it?
fn is_within(place: &Path, folder: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    real(place).starts_with(real(folder))
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
