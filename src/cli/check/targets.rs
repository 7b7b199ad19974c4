//! What a run checks, and what it skips.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use super::sources::Sources;
use crate::cli::settings::{EffectiveConfig, Settings};
use crate::cli::{Failure, say};
use crate::files::pattern::Pattern;
use crate::files::walk::{SkipReason, Walk};
use crate::files::{self, Identity, folder_of};
use crate::lint::Linter;

/// A thing to check.
pub(in crate::cli) enum Target {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

/// All of them, each with the linter of its folder.
#[derive(Default)]
pub(in crate::cli) struct Targets {
    pub(in crate::cli) all: Vec<(Target, Arc<Linter>)>,
    pub(super) skipped: Vec<(PathBuf, SkipReason)>,
    /// Places that could not be read: a message for each, as was said.
    pub(in crate::cli) failures: Vec<String>,
    /// The folders that were walked, without links.
    pub(super) folders: Vec<PathBuf>,
    /// Those of them for want of a usable configuration.
    unusable: usize,
    /// The files so far by identity, as each is checked once.
    known: HashSet<Identity>,
    /// The patterns of exclusion of all walks, each with whether it has matched anything.
    exclusions: BTreeMap<Pattern, bool>,
    /// The patterns of overrides for what was walked, each with whether it has matched a file to check.
    overrides: BTreeMap<Pattern, bool>,
}

impl Sources {
    /// Finds what to check. A configuration that cannot be used costs the files that it applies to.
    ///
    /// # Errors
    /// The arguments cannot be used, or there is nothing to check for want of a usable configuration.
    pub(in crate::cli) fn targets(&self) -> Result<Targets, Failure> {
        self.validate()?;
        targets(self, &mut Settings::new(&self.selection)?)
    }

    /// Refuses a run that would look at nothing.
    pub(in crate::cli) fn require_some(&self, targets: &Targets) -> Result<(), Failure> {
        if targets.all.is_empty() && targets.failures.is_empty() && !self.allow_empty {
            let extensions = files::usual_extensions();
            return Err(Failure::say(format!("没有可检查的稿子（{extensions}）：{}", targets.why_none())));
        }
        Ok(())
    }
}

fn targets(sources: &Sources, settings: &mut Settings) -> Result<Targets, Failure> {
    let mut targets = Targets::default();
    for argument in &sources.paths {
        if argument == Path::new("-") {
            targets.add_stdin(sources, settings);
            continue;
        }
        match files::expand(argument) {
            Ok(paths) => {
                for path in paths {
                    targets.add(&path, sources, settings);
                }
            }
            Err(message) => targets.fault(message),
        }
    }
    if targets.all.is_empty() && targets.unusable > 0 && targets.unusable == targets.failures.len() {
        return Err(Failure::AlreadyReported);
    }
    if !sources.quiet {
        targets.tell_exclusions();
    }
    targets.skipped.sort();
    targets.skipped.dedup();
    Ok(targets)
}

impl Targets {
    /// Is a file one of them?
    pub(super) fn have(&self, file: &Identity) -> bool {
        self.known.contains(file)
    }

    /// Was all of a folder walked?
    pub(in crate::cli) fn walked(&self, folder: &Path) -> bool {
        self.folders.iter().any(|walked| folder.starts_with(walked))
    }

    /// Leaves out a file.
    pub(super) fn leave_out(&mut self, file: &Identity) {
        if self.known.remove(file) {
            self.all
                .retain(|(target, _)| !matches!(target, Target::File(path) if Identity::of(path) == *file));
        }
    }

    fn add_stdin(&mut self, sources: &Sources, settings: &mut Settings) {
        let name = sources.stdin_filename.as_deref();
        let folder = name.and_then(Path::parent).unwrap_or(Path::new("."));
        if self.known.insert(Identity::Path(PathBuf::from("-"))) {
            match settings.of(folder) {
                Ok(config) => self.all.push((Target::Stdin, config.linter(name))),
                Err(_) => self.cannot_use(Path::new("-")),
            }
        }
    }

    /// The configuration of a file cannot be used, as was said.
    fn cannot_use(&mut self, file: &Path) {
        self.failures.push(format!("{}：配置有误，没有检查", file.display()));
        self.unusable += 1;
    }

    /// Adds a file, or those of a folder.
    fn add(&mut self, path: &Path, sources: &Sources, settings: &mut Settings) {
        let is_folder = path.is_dir();
        let Ok(config) = settings.of(if is_folder { path } else { folder_of(path) }) else {
            return self.cannot_use(path);
        };
        let exclude: Vec<Pattern> = patterns(path, &config, sources);
        let walk = Walk::over(path, &exclude, sources.no_ignore);
        self.skipped.extend(walk.skipped);
        if is_folder {
            self.folders.extend(path.canonicalize());
            // Walking a part of the project says nothing about patterns for the whole.
            let covers = |root: &Path| is_within(root, path);
            for pattern in exclude.into_iter().filter(|it| it.file.is_none() || covers(&it.root)) {
                let has_left_out = walk.matched.contains(&pattern);
                *self.exclusions.entry(pattern).or_default() |= has_left_out;
            }
        }
        for message in walk.faults {
            self.fault(message);
        }
        let mut configs = HashSet::new();
        for file in walk.files {
            let Ok(own) = settings.of(folder_of(&file)) else {
                self.cannot_use(&file);
                continue;
            };
            // The walk knows the patterns of the folder where it began; one below may have its own.
            let is_below = is_folder && !Arc::ptr_eq(&own, &config);
            let config = own;
            if is_folder && configs.insert(Arc::as_ptr(&config)) {
                self.add_overrides(path, &config);
            }
            if is_folder && config.is_word_list(&file) {
                self.skipped.push((file, SkipReason::WordList));
            } else if is_below && config.project.as_ref().is_some_and(|project| project.excludes(&file)) {
                self.skipped.push((file, SkipReason::Excluded));
            } else {
                if is_folder {
                    self.note_overrides(&config, &file);
                }
                if self.known.insert(Identity::of(&file)) {
                    let linter = config.linter(Some(&file));
                    self.all.push((Target::File(file), linter));
                }
            }
        }
    }

    /// Adds the patterns of overrides of a configuration that are for what is walked.
    fn add_overrides(&mut self, walked: &Path, config: &EffectiveConfig) {
        let parts = config.project.iter().flat_map(|project| &project.overrides);
        for (pattern, is_blank) in parts.flat_map(|part| part.files.patterns(None)) {
            if is_within(&pattern.root, walked) {
                *self.overrides.entry(pattern.clone()).or_default() |= is_blank;
            }
        }
    }

    /// Notes which patterns of overrides match a file.
    fn note_overrides(&mut self, config: &EffectiveConfig, file: &Path) {
        let file = files::absolute(file);
        let parts = config.project.iter().flat_map(|project| &project.overrides);
        for (pattern, matches) in parts.flat_map(|part| part.files.patterns(Some(&file))) {
            if let Some(has_matched) = self.overrides.get_mut(pattern) {
                *has_matched |= matches;
            }
        }
    }

    /// Reports the patterns that match nothing: they are misspelt or out of date.
    fn tell_exclusions(&self) {
        for Pattern { text, file, .. } in unmatched(&self.exclusions) {
            say(match file {
                None => format!("--exclude“{text}”没有排除任何文件；从当前文件夹或要检查的文件夹算起"),
                Some(file) => format!("{}：exclude 中的“{text}”没有排除任何文件", file.display()),
            });
        }
        for Pattern { text, file, .. } in unmatched(&self.overrides) {
            let file = file.as_deref().unwrap_or(Path::new("")).display();
            say(format!(
                "{file}：overrides 中的“{text}”没有对应任何要检查的文件；从这个配置所在的文件夹算起"
            ));
        }
    }

    fn fault(&mut self, message: String) {
        say(&message);
        self.failures.push(message);
    }

    /// How much was skipped for each reason, in words; nothing where nothing was.
    pub(in crate::cli) fn skipped_summary(&self, empty: usize) -> Option<String> {
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
    pub(super) fn list(&self, as_json: bool, out: &mut impl Write) -> io::Result<()> {
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
        if as_json {
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

/// A file that `--show-files` lists.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "File")]
pub(crate) struct Listed {
    /// As it was named or found; `-` for standard input.
    path: String,
    /// Would it be checked?
    checked: bool,
    /// Why not, in Chinese.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// The exclusions of a walk: those of its configuration, and those of the command line, relative to the
/// current folder or to the one that is walked.
fn patterns(path: &Path, config: &EffectiveConfig, sources: &Sources) -> Vec<Pattern> {
    let of_file = config.project.iter().flat_map(|project| project.exclude.iter().cloned());
    let roots = [path, Path::new(".")];
    let of_line = sources.exclude.iter().flat_map(|text| roots.map(|root| Pattern::new(text, root)));
    of_file.chain(of_line).collect()
}

/// The patterns that have matched nothing, each text once: it may be relative to several folders.
fn unmatched(patterns: &BTreeMap<Pattern, bool>) -> impl Iterator<Item = &Pattern> {
    let mut told = HashSet::new();
    let waits = |(pattern, has_matched): (_, &bool)| (!has_matched).then_some(pattern);
    patterns.iter().filter_map(waits).filter(move |pattern: &&Pattern| {
        let elsewhere = patterns.iter().any(|(it, has_matched)| *has_matched && it.text == pattern.text);
        !elsewhere && told.insert(&pattern.text)
    })
}

/// Is a place the folder, or somewhere in it?
fn is_within(place: &Path, folder: &Path) -> bool {
    files::real(place).starts_with(files::real(folder))
}
