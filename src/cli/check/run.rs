//! A run over many files: what it reports, and what it comes to.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use super::Arguments;
use super::checked::Checked;
use super::ci::is_in_ci;
use super::fail_on::FailOn;
use super::known::{BaselineFile, outlasts};
use super::output::{Output, Reports};
use super::scope::Fate;
use super::targets::Targets;
use crate::cli::{FAILED, Outcome, say};
use crate::finding::Diagnostic;
use crate::lint::Linter;
use crate::lint::baseline::Baseline;
use crate::report::{Counts, FileReport, RunReport, diff};
use crate::text::charset::Charset;

/// A run: what it has reported, and what it came to.
pub(super) struct Run<'a> {
    arguments: &'a Arguments,
    targets: &'a Targets,
    reports: Reports,
    counts: Counts,
    /// What could not be checked, as was said.
    failures: Vec<String>,
    charsets: BTreeMap<Charset, Vec<PathBuf>>,
    /// The baseline, and what is to become of it.
    baseline: Option<(&'a BaselineFile, Baseline)>,
    /// Files with nothing in them.
    empty: Vec<PathBuf>,
    /// So many findings may still be listed.
    left: usize,
    /// Do all reports say how many are not?
    all_have_summaries: bool,
    failing: bool,
    failed: bool,
}

impl<'a> Run<'a> {
    /// Writes what stands before the first file.
    ///
    /// # Errors
    /// Standard output cannot be written; so with the other methods.
    pub(super) fn begin(
        arguments: &'a Arguments,
        targets: &'a Targets,
        outputs: &[Output],
        baseline: Option<&'a BaselineFile>,
    ) -> io::Result<Self> {
        let mut reports = Reports::new(outputs, arguments);
        reports.write(|reporter, out| reporter.begin(out))?;
        Ok(Self {
            arguments,
            targets,
            reports,
            counts: Counts::default(),
            failures: targets.failures.clone(),
            charsets: BTreeMap::new(),
            baseline: baseline.map(|file| (file, file.baseline.clone())),
            empty: Vec::new(),
            left: arguments.max_findings.unwrap_or(usize::MAX),
            all_have_summaries: outputs.iter().all(|output| output.format.has_summary()),
            failing: false,
            failed: false,
        })
    }

    /// Does nobody read the reports any more?
    pub(super) fn is_closed(&self) -> bool {
        self.reports.is_closed()
    }

    /// Takes up that a file could not be checked, and says so.
    pub(super) fn fail(&mut self, message: String) {
        say(&message);
        self.failures.push(message);
    }

    /// Reports a file.
    pub(super) fn report(&mut self, mut checked: Checked<'_>, linter: &Linter) -> io::Result<()> {
        let arguments = self.arguments;
        if let Some(charset) = checked.document.charset().filter(|charset| charset.is_guessed()) {
            self.charsets.entry(charset).or_default().push(checked.path.clone());
        }
        if checked.is_empty() {
            self.empty.push(checked.path.clone());
            self.counts.empty += 1;
            self.record(&checked, &[], linter);
            return Ok(());
        }
        checked.notes.iter().for_each(say);
        self.failed |= checked.failed;
        let Sorted { mut shown, mut minor, known, unchanged, ignored } = Sorted::of(&mut checked);
        // Which places a run is about was asked for each.
        linter.merge_habits(&checked.document, &mut shown);
        linter.merge_habits(&checked.document, &mut minor);
        let fail_on = if arguments.exit_zero { FailOn::NEVER } else { arguments.fail_on };
        let fails = |d: &Diagnostic| fail_on.is_reached_by(d.severity);
        self.failing |= if arguments.diff {
            !checked.fixed.is_empty() && !arguments.exit_zero
        } else {
            shown.iter().chain(&minor).any(fails)
        };
        self.counts.add(&shown, &minor, checked.can_be_written);
        self.counts.known += known.len();
        self.counts.unchanged += unchanged;
        self.counts.ignored += ignored;
        self.record(&checked, &known, linter);
        self.counts.add_fixed(&checked.fixed);
        let listed = shown.len().min(self.left);
        self.left -= listed;
        self.counts.unlisted += shown.len() - listed;
        let report = FileReport {
            path: &checked.path,
            document: &checked.document,
            findings: &shown[..listed],
            before: checked.before.as_ref().unwrap_or(&checked.document),
            fixed: &checked.fixed,
            edits: &checked.edits,
            known: &known,
            has_baseline: self.arguments.baseline.is_some(),
        };
        if arguments.diff {
            diff::note(&report).iter().for_each(say);
        }
        self.reports.write(|reporter, out| reporter.file(&report, out))?;
        if arguments.review.is_wanted()
            && let Err(message) = arguments.review.write(&checked.bytes, &shown)
        {
            say(message);
            self.failed = true;
        }
        if let Some(bytes) = &checked.filtered {
            let mut out = io::stdout().lock();
            match out.write_all(bytes).and_then(|()| out.flush()) {
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Takes up in the baseline what it still has for a file.
    fn record(&mut self, checked: &Checked<'_>, known: &[Diagnostic], linter: &Linter) {
        if let Some((file, next)) = &mut self.baseline
            && checked.is_file
            && !checked.scope.is_unchanged()
        {
            next.record(&file.name_of(&checked.path), &checked.document, known, outlasts(linter));
        }
    }

    pub(super) fn end(mut self) -> Outcome {
        let quiet = self.arguments.sources.quiet;
        if self.is_all_empty() && !self.arguments.sources.allow_empty {
            say(format!("没有可检查的文字：{}", empty_note(&self.empty)));
        } else if !self.empty.is_empty() && !quiet {
            say(empty_note(&self.empty));
        }
        for (charset, paths) in self.charsets.iter().filter(|_| !quiet) {
            match &paths[..] {
                [only] => say(format!("{}：按 {charset} 编码读取", only.display())),
                several => say(format!("{}个文件按 {charset} 编码读取", several.len())),
            }
        }
        if self.arguments.diff && !quiet {
            say(diff::summary(&self.counts));
        }
        if self.counts.unlisted > 0 && !self.all_have_summaries && !quiet {
            say(format!("有{}处没有列出（--max-findings）", self.counts.unlisted));
        }
        let skipped = self.targets.skipped_summary(self.empty.len());
        self.counts.unread = self.failures.len();
        let run = RunReport {
            counts: self.counts,
            skipped: skipped.as_deref(),
            failures: &self.failures,
            failed: self.has_failed(),
            is_quiet: quiet,
        };
        self.reports.write(|reporter, out| reporter.end(&run, out))?;
        let status = self.status();
        let all_written = self.shrink_baseline() & self.reports.finish()?;
        Ok(if all_written { status } else { ExitCode::from(FAILED) })
    }

    /// Takes what has gone out of the baseline; in CI, where nobody would keep the file, it is only said.
    /// False where it cannot be written.
    fn shrink_baseline(&mut self) -> bool {
        let Some((file, mut next)) =
            self.baseline.take().filter(|_| !self.arguments.diff && !self.arguments.watch)
        else {
            return true;
        };
        // Only a run that looks at all of a folder knows what has gone from it.
        let sources = &self.arguments.sources;
        let is_whole = self.failures.is_empty() && sources.exclude.is_empty();
        if is_whole && self.arguments.changed_since.is_none() {
            file.forget_gone(&mut next, self.targets);
        }
        let gone: usize = file.baseline.without(&next).iter().map(|(_, known)| known.count as usize).sum();
        let path = file.path.display();
        let is_in_ci = is_in_ci();
        let done = if is_in_ci { Ok(()) } else { file.write(&next) };
        if gone > 0 && done.is_ok() && !self.arguments.sources.quiet {
            say(match is_in_ci {
                true => format!("{path}：有{gone}处已经改好；请在本机运行 zhubi baseline --prune 去掉"),
                false => format!("{path}：去掉了已经改好的{gone}处"),
            });
        }
        done.map_err(say).is_ok()
    }

    /// Was everything that was to be checked empty?
    fn is_all_empty(&self) -> bool {
        self.counts.files == 0 && self.failures.is_empty() && !self.empty.is_empty()
    }

    /// Was something not done that was asked for?
    fn has_failed(&self) -> bool {
        let nothing = self.is_all_empty() && !self.arguments.sources.allow_empty;
        self.failed || !self.failures.is_empty() || nothing
    }

    /// The exit status as far as the run has come.
    pub(super) fn status(&self) -> ExitCode {
        if self.has_failed() {
            return ExitCode::from(FAILED);
        }
        ExitCode::from(u8::from(self.failing))
    }
}

/// The findings of a draft by what becomes of them.
#[derive(Default)]
struct Sorted {
    shown: Vec<Diagnostic>,
    minor: Vec<Diagnostic>,
    known: Vec<Diagnostic>,
    unchanged: usize,
    ignored: usize,
}

impl Sorted {
    fn of(checked: &mut Checked<'_>) -> Self {
        let mut sorted = Self::default();
        let fates = checked.scope.fates(&checked.document, &checked.findings);
        for (finding, fate) in checked.findings.drain(..).zip(fates) {
            match fate {
                Fate::Shown => sorted.shown.push(finding),
                Fate::Minor => sorted.minor.push(finding),
                Fate::Known => sorted.known.push(finding),
                Fate::Unchanged => sorted.unchanged += 1,
                Fate::Ignored => sorted.ignored += 1,
            }
        }
        sorted
    }
}

/// The message for files with nothing in them.
pub(in crate::cli) fn empty_note(files: &[PathBuf]) -> String {
    match files {
        [only] => format!("{}：是空的", only.display()),
        several => format!("{}个文件是空的", several.len()),
    }
}
