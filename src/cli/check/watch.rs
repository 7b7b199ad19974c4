//! `--watch`: checks again whenever a draft, a configuration or a list has changed.
//!
//! The watcher is at work before the first check, so that no change is missed. What a check itself does, reading
//! drafts and writing reports, must not set off the next: `notify-debouncer-full` tells reading from writing, and
//! reports are known by their names. `--fix` is refused: it would write under the hands of the writer.

use std::collections::{HashMap, HashSet};
use std::io::{self, IsTerminal as _, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use notify_debouncer_full::notify::{ErrorKind, EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{
    DebounceEventResult, DebouncedEvent, Debouncer, RecommendedCache, new_debouncer,
};

use super::output::Output;
use super::{Arguments, Ended, Sources};
use crate::cli::settings::Settings;
use crate::cli::{Failure, Outcome, say};
use crate::config::{self, Config, FILE_NAME};
use crate::files::walk::Walk;
use crate::files::{self, IGNORE_FILE, folder_of, real};
use crate::text::format::Format;

/// An editor saves in several steps; they are one change if they come within this time.
const QUIET: Duration = Duration::from_millis(200);

/// Checks now and after each change, until Ctrl-C ends the program, which the shell calls 130, or until
/// nobody reads the reports any more.
///
/// # Errors
/// The arguments cannot be used, or a place cannot be watched.
pub(super) fn watch(arguments: &Arguments, outputs: &[Output], check: impl Fn() -> Ended) -> Outcome {
    // What the command line has wrong will not mend itself.
    arguments.sources.validate()?;
    Settings::new(&arguments.sources.selection)?;
    let reports = outputs.iter().filter_map(|output| output.file.as_deref()).map(real);
    let refused = |why: String| Failure::say(format!("--watch {why}"));
    let mut watcher = Watcher::new(reports.collect()).map_err(refused)?;
    loop {
        watcher.follow(&arguments.sources).map_err(refused)?;
        arguments.baseline.iter().for_each(|file| watcher.name(file));
        clear_screen()?;
        match check() {
            Ok(ControlFlow::Break(status)) => return Ok(status),
            Err(Failure::Io(error)) => return Err(Failure::Io(error)),
            // What is wrong has been said, and may be mended in a moment.
            Ok(ControlFlow::Continue(_)) | Err(Failure::AlreadyReported) => {}
        }
        if !arguments.sources.quiet {
            say("稿子、配置或词表一有改动就重新检查；按 Ctrl-C 结束");
        }
        watcher.wait().map_err(refused)?;
    }
}

/// A terminal shows the last check only.
fn clear_screen() -> io::Result<()> {
    let mut out = io::stdout().lock();
    if !out.is_terminal() {
        return Ok(());
    }
    write!(out, "\x1b[2J\x1b[3J\x1b[H")?;
    out.flush()
}

/// Watches for changes in all that a check reads.
pub(in crate::cli) struct Watcher {
    debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
    changes: Receiver<DebounceEventResult>,
    /// The folders that are watched, each with whether all that is in it is.
    folders: HashMap<PathBuf, RecursiveMode>,
    /// Those of them in which drafts are looked for.
    walked: HashSet<PathBuf>,
    /// Configurations, lists, baselines, and drafts that were named: they matter whatever they are called,
    /// and before they are there.
    named: HashSet<PathBuf>,
    /// Reports, which do not matter.
    reports: HashSet<PathBuf>,
    sees_hidden: bool,
}

impl Watcher {
    /// A watcher that looks away from some files, which the run itself writes.
    ///
    /// # Errors
    /// What is wrong: the system does not tell of changes.
    pub(in crate::cli) fn new(reports: HashSet<PathBuf>) -> Result<Self, String> {
        let (sender, changes) = mpsc::channel();
        let debouncer = new_debouncer(QUIET, None, sender)
            .map_err(|error| format!("在这个系统上不能用：{}", why(&error.kind)))?;
        Ok(Self {
            debouncer,
            changes,
            folders: HashMap::new(),
            walked: HashSet::new(),
            named: HashSet::new(),
            reports,
            sees_hidden: false,
        })
    }

    /// Watches all that a check would read. It may be more than last time.
    ///
    /// # Errors
    /// What is wrong: a place cannot be watched.
    pub(in crate::cli) fn follow(&mut self, sources: &Sources) -> Result<(), String> {
        self.sees_hidden = sources.no_ignore;
        self.folders.retain(|folder, _| folder.exists());
        for path in &sources.paths {
            let (whole, is_folder) = (real(path), path.is_dir());
            let folder = if is_folder { &*whole } else { folder_of(&whole) };
            let mode = if is_folder { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            self.add(folder, mode)?;
            self.walked.insert(folder.to_owned());
            self.named.insert(whole.clone());
            if !is_folder {
                self.named.extend(files::expand(path).unwrap_or_default().iter().map(|file| real(file)));
            }
        }
        for file in self.configs(sources).iter().flat_map(|config| config::files(config)) {
            self.name(&file);
        }
        Ok(())
    }

    /// The configurations that are in force. A nearer one may come to be: its place is watched as well.
    fn configs(&mut self, sources: &Sources) -> HashSet<PathBuf> {
        if let Some(file) = sources.selection.config_file() {
            return [file.to_owned()].into();
        }
        let drafts = sources.paths.iter().flat_map(|path| Walk::over(path, &[], sources.no_ignore).files);
        let folders: HashSet<PathBuf> = drafts.map(|draft| folder_of(&real(&draft)).to_owned()).collect();
        let mut configs = HashSet::new();
        for folder in self.walked.clone().into_iter().chain(folders) {
            let config = Config::locate(&folder);
            let end = config.as_deref().map(folder_of);
            // Nobody keeps one in the root of the system, where all sorts of things happen.
            let is_likely =
                |above: &&Path| above.parent().is_some() && end.is_none_or(|end| above.starts_with(end));
            for above in folder.ancestors().take_while(is_likely) {
                self.name(&above.join(FILE_NAME));
                self.name(&above.join(IGNORE_FILE));
            }
            configs.extend(config);
        }
        configs
    }

    /// Watches for a file. What cannot be watched for (a folder above that is not ours) is not.
    fn name(&mut self, file: &Path) {
        let mut place = real(file);
        // Until its folder is there, the folder is waited for.
        while !folder_of(&place).exists() {
            let folder = folder_of(&place).to_owned();
            self.named.insert(place);
            place = folder;
        }
        let _ = self.add(folder_of(&place), RecursiveMode::NonRecursive);
        self.named.insert(place);
    }

    fn add(&mut self, folder: &Path, mode: RecursiveMode) -> Result<(), String> {
        let all = Some(&RecursiveMode::Recursive);
        if self.folders.get(folder) == Some(&mode) || folder.ancestors().any(|it| self.folders.get(it) == all)
        {
            return Ok(());
        }
        self.debouncer
            .watch(folder, mode)
            .map_err(|error| format!("看不到 {} 的改动：{}", folder.display(), why(&error.kind)))?;
        self.folders.insert(folder.to_owned(), mode);
        Ok(())
    }

    /// Waits for a change that matters.
    ///
    /// # Errors
    /// What is wrong: the system tells of changes no more.
    pub(in crate::cli) fn wait(&self) -> Result<(), String> {
        loop {
            let Ok(result) = self.changes.recv() else {
                return Err("看不到以后的改动：系统不再报告，请重新运行".to_owned());
            };
            // Where events are lost, anything may have changed.
            if result.is_err() || result.is_ok_and(|events| events.iter().any(|event| self.matters(event))) {
                return Ok(());
            }
        }
    }

    fn matters(&self, event: &DebouncedEvent) -> bool {
        let is_change = !matches!(event.kind, EventKind::Access(_));
        event.need_rescan() || is_change && event.paths.iter().any(|path| self.is_read(path))
    }

    /// Would a check read it, or look into it?
    fn is_read(&self, path: &Path) -> bool {
        if self.named.contains(path) {
            return true;
        }
        let below = self.walked.iter().filter_map(|folder| path.strip_prefix(folder).ok());
        let Some(below) = below.min_by_key(|path| path.components().count()) else { return false };
        let is_hidden = below.iter().any(|part| part.to_string_lossy().starts_with('.'));
        let is_draft =
            |extension: &std::ffi::OsStr| Format::of_extension(&extension.to_string_lossy()).is_some();
        (self.sees_hidden || !is_hidden)
            && !self.reports.contains(path)
            && (path.extension().is_none_or(is_draft)
                || path.file_name().is_some_and(|name| name == FILE_NAME || name == IGNORE_FILE))
    }
}

fn why(kind: &ErrorKind) -> String {
    match kind {
        ErrorKind::Io(error) => files::reason(error),
        ErrorKind::PathNotFound => "没有这个文件或文件夹".to_owned(),
        ErrorKind::MaxFilesWatch => {
            "文件夹太多，超过了系统的限额；请只检查要改的文件夹，或调高限额（Linux 上是 fs.inotify.max_user_watches）".to_owned()
        }
        ErrorKind::Generic(_) | ErrorKind::WatchNotFound | ErrorKind::InvalidConfig(_) => "系统不支持".to_owned(),
    }
}
