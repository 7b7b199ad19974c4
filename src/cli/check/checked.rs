//! One draft: read, checked, and fixed where that is asked for.

use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread;

use rayon::prelude::*;

use super::progress::Progress;
use super::result_cache::{self, ResultCache};
use super::scope::{DraftScope, Fate, Scope};
use super::targets::{Target, Targets};
use crate::files::replace;
use crate::files::{self, Input};
use crate::finding::{Applicability, Diagnostic, Edit};
use crate::lint::Linter;
use crate::lint::collection::Collection;
use crate::lint::fix_all::{FixAll, Fixed, fix_all};
use crate::text::document::Document;
use crate::text::position::LineIndex;

/// What came of a target.
pub(in crate::cli) struct Checked<'a> {
    pub(in crate::cli) path: PathBuf,
    /// The text that the findings are in: as it is now, with `--diff` as it would be.
    pub(in crate::cli) document: Document,
    pub(in crate::cli) findings: Vec<Diagnostic>,
    /// What was fixed, and the text before that.
    pub(super) fixed: Vec<Fixed>,
    pub(super) edits: Vec<Edit>,
    pub(super) before: Option<Document>,
    /// What standard input becomes on standard output: fixed where it could be.
    pub(super) filtered: Option<Vec<u8>>,
    /// Messages beside the findings.
    pub(super) notes: Vec<String>,
    /// Something that was asked for could not be done.
    pub(super) failed: bool,
    /// A fix can be, or has been, written to where the text came from.
    pub(super) can_be_written: bool,
    /// What the file held, where that is wanted.
    pub(super) bytes: Vec<u8>,
    /// It has not come by standard input.
    pub(in crate::cli) is_file: bool,
    /// What of it the run is about.
    pub(in crate::cli) scope: DraftScope<'a>,
}

/// How drafts are checked.
pub(in crate::cli) struct Check<'a> {
    /// The name that standard input is to be taken for.
    pub(super) stdin_filename: Option<&'a Path>,
    pub(super) scope: Scope<'a>,
    pub(super) fixes: Fixes,
    pub(super) cache: Option<ResultCache>,
    /// The bytes of drafts are wanted again.
    pub(super) keeps_bytes: bool,
    pub(super) progress: Progress,
}

/// What is done about safe fixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fixes {
    None,
    /// They are made, and not written.
    Shown,
    Written,
}

/// Files that are checked in parallel, then taken in order. Two batches are in memory at a time.
const BATCH: usize = 128;

impl<'a> Check<'a> {
    /// Neither fixes nor a cache.
    pub(in crate::cli) fn only(scope: Scope<'a>) -> Self {
        Self {
            stdin_filename: None,
            scope,
            fixes: Fixes::None,
            cache: None,
            keeps_bytes: false,
            progress: Progress::none(),
        }
    }

    /// Checks all targets in parallel, and hands them to `take` in order, with their linters, each with what
    /// it has in common with those before it, until `take` breaks off.
    ///
    /// # Errors
    /// That of `take`.
    pub(in crate::cli) fn run(
        &'a self,
        targets: &Targets,
        mut take: impl FnMut(Result<Checked<'a>, String>, &Linter) -> io::Result<ControlFlow<()>>,
    ) -> io::Result<()> {
        let mut collection = Collection::default();
        let check = |(target, linter): &(Target, Arc<Linter>)| {
            let checked = self.target(target, linter);
            self.progress.advance();
            checked
        };
        let mut take_one = |(mut result, linter): (Result<Checked<'a>, String>, &Linter)| {
            // One document has nothing to be compared with.
            if targets.all.len() > 1
                && let Ok(Checked { path, document, findings, .. }) = &mut result
            {
                let name = path.display().to_string();
                collection.add(document, &name, path.canonicalize().ok(), linter, findings);
            }
            match take(result, linter) {
                Ok(flow) => flow.map_break(Ok),
                Err(error) => ControlFlow::Break(Err(error)),
            }
        };
        // While one batch is taken, the next is checked.
        let flow = thread::scope(|scope| {
            let (sender, receiver) = mpsc::sync_channel(0);
            scope.spawn(move || {
                for batch in targets.all.chunks(BATCH) {
                    let checked: Vec<Result<Checked<'a>, String>> = batch.par_iter().map(check).collect();
                    if sender.send(checked).is_err() {
                        return;
                    }
                }
            });
            targets.all.chunks(BATCH).zip(receiver).try_for_each(|(batch, checked)| {
                let linters = batch.iter().map(|(_, linter)| &**linter);
                self.progress.aside(|| checked.into_iter().zip(linters).try_for_each(&mut take_one))
            })
        });
        self.progress.end();
        flow.break_value().unwrap_or(Ok(()))
    }

    /// Checks a target.
    ///
    /// # Errors
    /// A message in Chinese: it cannot be read.
    fn target(&self, target: &Target, linter: &Arc<Linter>) -> Result<Checked<'_>, String> {
        let input = match target {
            Target::Stdin => files::read_stdin(self.stdin_filename)?,
            Target::File(path) => files::read(path)?,
        };
        let document = input.document()?;
        let scope = self.scope.of(&input.path, matches!(target, Target::File(_)))?;
        let findings = if scope.is_unchanged() { Vec::new() } else { self.find(&input, &document, linter) };
        let is_whole = document.unread() == 0;
        let mut checked = Checked {
            path: input.path.clone(),
            document,
            findings,
            fixed: Vec::new(),
            edits: Vec::new(),
            before: None,
            filtered: None,
            notes: Vec::new(),
            failed: false,
            can_be_written: is_whole && !is_read_only(target),
            bytes: Vec::new(),
            is_file: matches!(target, Target::File(_)),
            scope,
        };
        let fixes = self.fixes != Fixes::None;
        if !is_whole {
            checked.notes.push(unread_note(&checked, fixes));
            let fates = checked.scope.fates(&checked.document, &checked.findings);
            let mut shown = checked.findings.iter().zip(fates).filter(|(_, fate)| *fate == Fate::Shown);
            checked.failed = fixes && shown.any(|(finding, _)| finding.safe_fix().is_some());
        } else if fixes {
            checked.fix(target, &input, linter, self.fixes);
        }
        if self.fixes == Fixes::Written && matches!(target, Target::Stdin) {
            checked.filtered.get_or_insert(input.bytes);
        } else if self.keeps_bytes {
            checked.bytes = input.bytes;
        }
        Ok(checked)
    }

    /// The findings in a draft, from the cache where it has them.
    fn find(&self, input: &Input, document: &Document, linter: &Linter) -> Vec<Diagnostic> {
        let Some(cache) = &self.cache else { return linter.check_by_place(document) };
        let entry = cache.entry(input, linter);
        result_cache::load(&entry, document.source()).unwrap_or_else(|| {
            let findings = linter.check_by_place(document);
            result_cache::store(&entry, &findings);
            findings
        })
    }
}

impl Checked<'_> {
    /// Is there nothing to check in it?
    pub(in crate::cli) fn is_empty(&self) -> bool {
        self.document.source().trim().is_empty()
    }

    /// Fixes the text, and writes it where it came from.
    fn fix(&mut self, target: &Target, input: &Input, linter: &Arc<Linter>, fixes: Fixes) {
        let picks = |document: &Document, found: &[Diagnostic]| {
            let changed = document.source() != self.document.source();
            let ignored = &self.scope.ignored;
            let fates = found.iter().zip(self.scope.fates(document, found));
            fates.map(|(it, fate)| fate == Fate::Shown && ignored.lets_fix(document, it, changed)).collect()
        };
        let FixAll { document, findings, fixed, edits } =
            fix_all(&self.document, &self.findings, linter, Applicability::Safe, picks);
        if fixed.is_empty() {
            return;
        }
        if fixes == Fixes::Written {
            let bytes = input.format.write(&input.bytes, &edits).map_err(|why| why.to_string());
            let written = bytes.and_then(|bytes| match target {
                Target::File(path) => replace::exchange(path, &input.bytes, &bytes),
                Target::Stdin => {
                    self.filtered = Some(bytes);
                    Ok(())
                }
            });
            if let Err(message) = written {
                (self.failed, self.can_be_written) = (true, false);
                return self.notes.push(message);
            }
        }
        self.before = Some(std::mem::replace(&mut self.document, document));
        (self.findings, self.fixed, self.edits) = (findings, fixed, edits);
    }
}

/// Has its owner protected it? Then no fix can be promised.
fn is_read_only(target: &Target) -> bool {
    let Target::File(path) = target else { return false };
    std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().readonly())
}

/// At most this many lines are listed.
const MAX_LINES: usize = 5;

/// Where bytes could not be read.
fn unread_note(checked: &Checked<'_>, fixes: bool) -> String {
    let text = checked.document.source();
    let lines = LineIndex::new(text);
    let mut places: Vec<usize> = text.match_indices('\u{FFFD}').map(|(at, _)| lines.line(at) + 1).collect();
    places.dedup();
    let listed: Vec<String> = places.iter().take(MAX_LINES).map(|line| format!("第{line}行")).collect();
    let more = if places.len() > MAX_LINES { "等" } else { "" };
    let unfixed = if fixes { "，没有改正它" } else { "" };
    format!(
        "{}：{}{more}有无法识别的字节{unfixed}；请对照原稿补上，用 UTF-8 编码另存",
        checked.path.display(),
        listed.join("、")
    )
}
