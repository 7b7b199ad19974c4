//! What a run is to check, and what it passes over.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use super::Arguments;
use crate::cli::settings::{InForce, Settings};
use crate::cli::{Failure, OutputFormat, say};
use crate::config::FILE_NAME;
use crate::files;
use crate::files::exclude::Pattern;
use crate::files::walk::{Walk, Why};
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
    known: HashSet<Identity>,
    /// The patterns of exclusion that folders were gone through with, each with whether it has left something out.
    exclusions: BTreeMap<Pattern, bool>,
}

/// A file, whatever it is called.
#[derive(PartialEq, Eq, Hash)]
enum Identity {
    Path(PathBuf),
    /// One that has several names: its disk and its number there.
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

/// Finds what to check. A configuration that cannot be used costs the files that it is in force for.
///
/// # Errors
/// Said already: there is nothing to check for want of a configuration that can be used.
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
        return Err(Failure::Said);
    }
    targets.unread += unusable;
    if !arguments.quiet {
        targets.tell_exclusions();
    }
    targets.passed_over.sort();
    targets.passed_over.dedup();
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

    /// Adds a file, or those of a folder, and says how many cannot be checked for want of a configuration that can be used.
    fn add(&mut self, path: &Path, arguments: &Arguments, settings: &mut Settings) -> usize {
        let is_folder = path.is_dir();
        let Ok(in_force) = settings.of(if is_folder { path } else { folder_of(path) }) else { return 1 };
        let exclude: Vec<Pattern> = patterns(path, &in_force, arguments);
        let walk = Walk::over(path, &exclude, arguments.no_ignore);
        self.passed_over.extend(walk.passed_over);
        if is_folder {
            // Of a part of the project, nothing is to be learnt about what is written for the whole.
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
            let Ok(in_force) = settings.of(folder_of(&file)) else {
                unusable += 1;
                continue;
            };
            if is_folder && in_force.is_word_list(&file) {
                self.passed_over.push((file, Why::WordList));
            } else if self.known.insert(Identity::of(&file)) {
                self.all.push((Target::File(file), in_force.linter.clone()));
            }
        }
        unusable
    }

    /// Says which patterns have left nothing out: they are misspelt, or of yesterday.
    fn tell_exclusions(&self) {
        let mut told = HashSet::new();
        for (pattern, _) in self.exclusions.iter().filter(|(_, has_left_out)| !**has_left_out) {
            // The same text may be tried from several folders.
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

    /// How much was passed over for each reason, in words; nothing where nothing was.
    pub(super) fn passed_over(&self, empty: usize) -> Option<String> {
        let mut counts: BTreeMap<Why, usize> = BTreeMap::new();
        if empty > 0 {
            counts.insert(Why::Empty, empty);
        }
        for (_, why) in &self.passed_over {
            *counts.entry(*why).or_default() += 1;
        }
        let told =
            Why::ALL.into_iter().filter_map(|why| Some(format!("{}{}个", why.chinese(), counts.get(&why)?)));
        let told: Vec<String> = told.collect();
        (!told.is_empty()).then(|| format!("略过{}个：{}", self.passed_over.len() + empty, told.join("，")))
    }

    /// Why there is nothing to check, and what to do.
    pub(super) fn why_none(&self) -> String {
        let Some(passed_over) = self.passed_over(0) else { return "文件夹是空的".to_owned() };
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

/// What is left out on the way through a folder: what its configuration says, and what the command line says, from where it is
/// given or from that folder.
fn patterns(path: &Path, in_force: &InForce, arguments: &Arguments) -> Vec<Pattern> {
    let root = in_force.root.as_deref().unwrap_or(path);
    let of_file = in_force.linter.config().exclude.iter().map(|text| Pattern::new(text, root, false));
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
