//! Ways to show the findings of a run: one file a format. CONTRIBUTING.md says how to add one.

mod concise;
pub mod diff;
mod fold;
mod json;
mod text;

use std::io::{self, Write};
use std::path::Path;

use clap::ValueEnum;

use crate::finding::{Diagnostic, Edit, Severity};
use crate::lint::fix_all::Fixed;
use crate::text::document::Document;
use crate::text::position::{LineIndex, Position, PositionEncoding};

/// The formats that a run is reported in, each with its line in the help of `--format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// 给人看（默认）
    Text,
    /// 每处一行
    Concise,
    /// 给程序用
    Json,
}

impl OutputFormat {
    /// A report of one run.
    #[must_use]
    pub fn reporter(self) -> Box<dyn Reporter> {
        match self {
            Self::Text => Box::new(text::Text),
            Self::Concise => Box::new(concise::Concise),
            Self::Json => Box::new(json::Json::default()),
        }
    }
}

/// Writes the report of one run: its beginning, then each file as it is checked, in order, then its end.
///
/// Every file that was checked is reported, whether anything was found in it or not. What a format can only
/// write at the end it keeps until then. `out` drops the escape codes of colours where it is no terminal.
pub trait Reporter {
    /// Writes what stands before the first file.
    ///
    /// # Errors
    /// It cannot be written.
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Writes what was found in a file.
    ///
    /// # Errors
    /// It cannot be written.
    fn file(&mut self, report: &FileReport<'_>, out: &mut dyn Write) -> io::Result<()>;

    /// Writes what stands after the last file; also of a run that fails before its first.
    ///
    /// # Errors
    /// It cannot be written.
    fn end(&mut self, _run: &RunReport<'_>, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// What was found in a file, and what was changed in it.
#[derive(Debug)]
pub struct FileReport<'a> {
    /// The file's name as it is shown.
    pub path: &'a Path,
    /// The text that the findings are in: as it is after any fixes.
    pub document: &'a Document,
    /// The findings to show, in order.
    pub findings: &'a [Diagnostic],
    /// The text before the fixes; the same where there are none.
    pub before: &'a Document,
    /// The findings that were fixed, by their places in the text before.
    pub fixed: &'a [Fixed],
    /// The edits that lead from the text before to the document, in order.
    pub edits: &'a [Edit],
}

/// What a run came to.
#[derive(Debug, Clone, Copy, Default)]
pub struct RunReport<'a> {
    /// In numbers.
    pub counts: Counts,
    /// What was not looked at, in words for a writer.
    pub skipped: Option<&'a str>,
    /// Only the findings are wanted.
    pub is_quiet: bool,
}

/// The places of a document as people count them: lines and columns from 1, columns in Unicode scalar values.
struct Places<'a> {
    source: &'a str,
    lines: LineIndex,
}

impl<'a> Places<'a> {
    fn new(document: &'a Document) -> Self {
        let source = document.source();
        Self { source, lines: LineIndex::new(source) }
    }

    fn at(&self, offset: usize) -> Position {
        let place = self.lines.position(self.source, offset, PositionEncoding::Utf32);
        Position { line: place.line + 1, column: place.column + 1 }
    }
}

/// What a run came to, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    by_severity: [usize; Severity::ALL.len()],
    hidden: [usize; Severity::ALL.len()],
    /// Findings with a safe fix.
    pub fixable: usize,
    /// Findings that a fix has settled, counted as `fixable` counts them.
    pub fixed: usize,
    /// Files in which that is so.
    pub files_fixed: usize,
    /// Files checked.
    pub files: usize,
    /// Files and folders that could not be read.
    pub unread: usize,
    /// Files with nothing in them.
    pub empty: usize,
}

impl Counts {
    /// Counts the findings of one more file: those that are shown, and those that are not. Where the file
    /// cannot be written, no fix is promised.
    pub fn add(&mut self, shown: &[Diagnostic], hidden: &[Diagnostic], can_be_written: bool) {
        self.files += 1;
        for finding in shown {
            self.by_severity[finding.severity as usize] += 1;
            self.fixable += usize::from(can_be_written && finding.safe_fix().is_some());
        }
        for finding in hidden {
            self.hidden[finding.severity as usize] += 1;
        }
    }

    /// Counts what was settled in a file.
    pub fn add_fixed(&mut self, fixed: &[Fixed]) {
        self.fixed += fixed.len();
        self.files_fixed += usize::from(!fixed.is_empty());
    }

    /// The findings of a severity that are shown.
    #[must_use]
    pub fn of(&self, severity: Severity) -> usize {
        self.by_severity[severity as usize]
    }

    /// The findings of a severity that are not shown.
    #[must_use]
    pub fn hidden(&self, severity: Severity) -> usize {
        self.hidden[severity as usize]
    }
}
