//! The drafts that are served. Who reads has them as they were at some moment; who changes them does so one after the
//! other.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use hyper::StatusCode;
use rayon::prelude::*;
use tokio::sync::watch;

use super::answer::Refusal;
use super::draft::{Draft, Place, stale};
use super::history::History;
use super::reading::{Digest, Reading};
use crate::cli::Failure;
use crate::cli::check::{IgnoreFiles, Sources, Target, Targets};
use crate::cli::settings::Settings;
use crate::config::ignored::IgnoredHere;
use crate::files::{self, Input, folder_of, replace};
use crate::lint::Linter;
use crate::lint::collection::Collection;
use crate::text::format::Format;

/// So many drafts are kept in memory, and so many bytes of them.
const MOST_TAKEN: usize = 20;
const MOST_BYTES: usize = 128 << 20;

pub(super) struct Desk {
    sources: Sources,
    view: RwLock<Arc<View>>,
    work: Mutex<Work>,
    changes: watch::Sender<u64>,
}

/// All drafts at some moment.
#[derive(Default)]
pub(super) struct View {
    /// Those of the folders that are served.
    pub(super) files: Vec<Arc<Draft>>,
    /// Those that were dropped onto the page.
    pub(super) taken: Vec<Arc<Draft>>,
    /// What could not be checked: a message for each.
    pub(super) failures: Vec<String>,
    /// What was not looked at, in words.
    pub(super) skipped: Option<String>,
    /// Another list has another.
    pub(super) stamp: String,
}

/// What only those who change the drafts need.
#[derive(Default)]
struct Work {
    /// A draft keeps its number as long as its file keeps its name.
    ids: HashMap<PathBuf, u64>,
    last: u64,
    /// What is passed over, as far as it could last be read.
    ignored: IgnoreFiles,
    history: History,
}

/// What is done to a draft.
pub(super) enum Change {
    /// A fix is made, by the numbers of finding and fix on the page.
    Fix { finding: usize, fix: usize },
    /// All fixes are made that may be made unseen.
    Safe,
    /// The last change is taken back.
    Undo,
}

impl Desk {
    /// The drafts that arguments name, checked.
    ///
    /// # Errors
    /// The arguments cannot be used, or nothing that they name can be read.
    pub(super) fn open(mut sources: Sources) -> Result<Self, Failure> {
        let targets = sources.targets()?;
        if targets.all.is_empty() && !targets.failures.is_empty() {
            return Err(Failure::AlreadyReported);
        }
        // What the arguments have wrong is said once.
        sources.quiet = true;
        let (changes, _) = watch::channel(0);
        let desk = Self { sources, view: RwLock::default(), work: Mutex::default(), changes };
        desk.fill(&mut desk.work(), &targets);
        Ok(desk)
    }

    pub(super) fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Tells of changes.
    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    pub(super) fn view(&self) -> Arc<View> {
        self.view.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn draft(&self, id: u64) -> Option<Arc<Draft>> {
        let view = self.view();
        view.files.iter().chain(&view.taken).find(|draft| draft.id == id).cloned()
    }

    fn work(&self) -> MutexGuard<'_, Work> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads again what has changed.
    pub(super) fn refresh(&self) {
        self.read_again(&mut self.work());
    }

    fn read_again(&self, work: &mut Work) {
        match self.sources.targets() {
            Ok(targets) => self.fill(work, &targets),
            Err(_) => {
                let old = self.view();
                let failures = vec!["配置有误，暂时没有再检查，原因见运行 zhubi serve 的窗口".to_owned()];
                self.publish(View {
                    files: old.files.clone(),
                    taken: old.taken.clone(),
                    failures,
                    ..View::default()
                });
            }
        }
    }

    /// Takes up the drafts of the folders as they are now. What is as it was is not checked again.
    fn fill(&self, work: &mut Work, targets: &Targets) {
        let old = self.view();
        let known: HashMap<&Path, &Arc<Draft>> =
            old.files.iter().map(|draft| (draft.name.as_path(), draft)).collect();
        let read = |(target, linter): &(Target, Arc<Linter>)| {
            let Target::File(path) = target else { return None };
            Some((path.clone(), read(path, linter, known.get(&**path).map(|draft| &draft.reading))))
        };
        let readings: Vec<_> = targets.all.par_iter().filter_map(read).collect();
        let mut collection = Collection::default();
        let mut view =
            View { taken: old.taken.clone(), failures: targets.failures.clone(), ..View::default() };
        match IgnoreFiles::read(&self.sources, targets) {
            Ok(ignored) => work.ignored = ignored,
            Err(message) => view.failures.push(message),
        }
        let (mut empty, is_one) = (0, readings.len() == 1);
        for (path, reading) in readings {
            let reading = match reading {
                Ok(reading) if reading.is_empty() => {
                    empty += 1;
                    continue;
                }
                Ok(reading) => reading,
                Err(message) => {
                    view.failures.push(message);
                    continue;
                }
            };
            let mut by_place = reading.findings.clone();
            // One document has nothing to be compared with.
            if !is_one {
                let (name, file) = (path.display().to_string(), path.canonicalize().ok());
                collection.add(&reading.document, &name, file, &reading.linter, &mut by_place);
            }
            let ignored = work.ignored.here(&path);
            let is_same = |it: &&&Arc<Draft>| {
                Arc::ptr_eq(&it.reading, &reading) && it.by_place == by_place && it.ignored == ignored
            };
            let same = known.get(&*path).filter(is_same);
            view.files.push(match same {
                Some(draft) => Arc::clone(draft),
                None => {
                    let id = work.id_of(&path);
                    Arc::new(Draft::new(id, path.clone(), Place::File(path), reading, by_place, ignored))
                }
            });
        }
        view.skipped = targets.skipped_summary(empty);
        self.publish(view);
    }

    /// Shows the drafts as they are now.
    fn publish(&self, mut view: View) {
        let mut stamp = blake3::Hasher::new();
        for draft in view.files.iter().chain(&view.taken) {
            stamp.update(&draft.id.to_le_bytes()).update(draft.stamp.as_bytes());
        }
        stamp.update(format!("{:?}{:?}", view.failures, view.skipped).as_bytes());
        view.stamp = stamp.finalize().to_hex()[..32].to_owned();
        let is_new = self.view().stamp != view.stamp;
        *self.view.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(view);
        if is_new {
            self.changes.send_modify(|count| *count += 1);
        }
    }

    /// Takes up a draft that was dropped onto the page; returns its number.
    ///
    /// # Errors
    /// It cannot be checked, or there are too many already.
    pub(super) fn take(&self, name: &str, bytes: Vec<u8>) -> Result<u64, Refusal> {
        self.require_room(bytes.len())?;
        let name = PathBuf::from(name);
        let input = Input { format: Format::of_path(&name), path: name.clone(), bytes };
        let reading = read_taken(&input, &self.linter()?)?;
        let mut work = self.work();
        self.require_room(input.bytes.len())?;
        let id = work.next_id();
        let by_place = reading.findings.clone();
        let (place, reading) = (Place::Memory(input.bytes), Arc::new(reading));
        let draft = Draft::new(id, name, place, reading, by_place, IgnoredHere::default());
        self.with_taken(|taken| taken.push(Arc::new(draft)));
        Ok(id)
    }

    fn require_room(&self, more: usize) -> Result<(), Refusal> {
        let view = self.view();
        let held = |draft: &Arc<Draft>| match &draft.place {
            Place::Memory(bytes) => bytes.len(),
            Place::File(_) => 0,
        };
        let held: usize = view.taken.iter().map(held).sum();
        if view.taken.len() < MOST_TAKEN && held + more <= MOST_BYTES {
            return Ok(());
        }
        Err(Refusal::new(StatusCode::INSUFFICIENT_STORAGE, "拿来的稿子太多了，请先去掉几份"))
    }

    /// The rules for what is no file: those of the place that is served.
    fn linter(&self) -> Result<Arc<Linter>, Refusal> {
        let first = self.sources.paths.first().map_or(Path::new("."), PathBuf::as_path);
        let folder = if first.is_dir() { first } else { folder_of(first) };
        let config = Settings::new(&self.sources.selection).and_then(|mut settings| settings.of(folder));
        let config = config.map_err(|_| {
            Refusal::new(StatusCode::CONFLICT, "配置有误，没有检查，原因见运行 zhubi serve 的窗口")
        })?;
        Ok(config.linter(None))
    }

    /// Shows other drafts that were dropped onto the page.
    fn with_taken(&self, change: impl FnOnce(&mut Vec<Arc<Draft>>)) {
        let old = self.view();
        let mut taken = old.taken.clone();
        change(&mut taken);
        let (failures, skipped) = (old.failures.clone(), old.skipped.clone());
        self.publish(View { files: old.files.clone(), taken, failures, skipped, stamp: String::new() });
    }

    /// Forgets a draft that was dropped onto the page.
    ///
    /// # Errors
    /// There is none by this number.
    pub(super) fn discard(&self, id: u64) -> Result<(), Refusal> {
        let mut work = self.work();
        if !self.view().taken.iter().any(|draft| draft.id == id) {
            return Err(Refusal::not_found());
        }
        work.history.forget(id);
        self.with_taken(|taken| taken.retain(|draft| draft.id != id));
        Ok(())
    }

    /// Can the last change of a draft be taken back?
    pub(super) fn can_undo(&self, draft: &Draft) -> bool {
        self.work().history.before(draft.id, &draft.reading.digest).is_some()
    }

    /// Changes a draft, of which the reader has seen what `stamp` stands for, and writes it to where it is
    /// kept.
    ///
    /// # Errors
    /// There is none by this number, it has been changed since, or it cannot be written. It is then as it
    /// was.
    pub(super) fn change(&self, id: u64, stamp: &str, change: &Change) -> Result<(), Refusal> {
        let mut work = self.work();
        let draft = self.draft(id).ok_or_else(Refusal::not_found)?;
        let done = self.changed(&mut work, &draft, stamp, change);
        if draft.is_file() {
            // Also where it is refused: the page is to show what is there.
            self.read_again(&mut work);
        }
        done
    }

    fn changed(&self, work: &mut Work, draft: &Draft, stamp: &str, change: &Change) -> Result<(), Refusal> {
        let conflict = |why: &str| Refusal::new(StatusCode::CONFLICT, why);
        if draft.stamp != stamp {
            return Err(stale());
        }
        if !draft.takes_fixes() {
            return Err(conflict("没有改：稿子里有无法识别的字节，请对照原稿补上，用 UTF-8 编码另存"));
        }
        let before = draft.bytes()?;
        let digest = draft.reading.digest;
        let edited = |edits: Vec<_>| {
            draft.format().write(&before, &edits).map_err(|why| conflict(&format!("没有改：原稿{why}")))
        };
        let after = match *change {
            Change::Fix { finding, fix } => edited(draft.edits_of(finding, fix).ok_or_else(stale)?)?,
            Change::Safe => edited(draft.safe_edits())?,
            Change::Undo => match work.history.before(draft.id, &digest) {
                Some(bytes) => bytes.to_vec(),
                None => return Err(conflict("没有可以撤销的改动")),
            },
        };
        match &draft.place {
            Place::File(path) => {
                replace::exchange(path, &before, &after).map_err(|why| conflict(&why))?;
            }
            Place::Memory(_) => {
                let input = Input { path: draft.name.clone(), bytes: after.clone(), format: draft.format() };
                let reading = Arc::new(read_taken(&input, &draft.reading.linter)?);
                let by_place = reading.findings.clone();
                let place = Place::Memory(input.bytes);
                let ignored = IgnoredHere::default();
                let new = Draft::new(draft.id, draft.name.clone(), place, reading, by_place, ignored);
                let new = Arc::new(new);
                self.with_taken(|taken| {
                    taken.iter_mut().filter(|it| it.id == new.id).for_each(|it| *it = new.clone());
                });
            }
        }
        match change {
            Change::Undo => work.history.forget_last(draft.id),
            _ => work.history.push(draft.id, before.into_owned(), Digest::of(&after)),
        }
        Ok(())
    }
}

impl Work {
    fn next_id(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    fn id_of(&mut self, path: &Path) -> u64 {
        if let Some(id) = self.ids.get(path) {
            return *id;
        }
        let id = self.next_id();
        self.ids.insert(path.to_owned(), id);
        id
    }
}

/// Reads a file; checks it where it is not as it was.
fn read(path: &Path, linter: &Arc<Linter>, before: Option<&Arc<Reading>>) -> Result<Arc<Reading>, String> {
    let input = files::read(path)?;
    match before.filter(|it| it.is_of(&input.bytes, linter)) {
        Some(same) => Ok(same.clone()),
        None => Reading::new(&input, linter).map(Arc::new),
    }
}

fn read_taken(input: &Input, linter: &Arc<Linter>) -> Result<Reading, Refusal> {
    let refused = |why: String| Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, why);
    let reading = Reading::new(input, linter).map_err(refused)?;
    if reading.is_empty() {
        return Err(refused(format!("{}：里面没有文字", input.path.display())));
    }
    Ok(reading)
}
