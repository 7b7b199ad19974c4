//! Ways to show the findings of a run: one file a format.

pub mod diff;
mod fold;
pub mod json;
pub mod text;

use std::path::Path;

use crate::finding::{Diagnostic, Severity};
use crate::lint::mend::Fixed;
use crate::text::document::Document;
use crate::text::position::{LineIndex, Position, PositionEncoding};

/// What was found in a file.
#[derive(Debug)]
pub struct FileReport<'a> {
    /// The file's name as it is shown.
    pub path: &'a Path,
    /// What was checked.
    pub document: &'a Document,
    /// The findings to show, in order.
    pub findings: &'a [Diagnostic],
}

impl FileReport<'_> {
    fn place(&self, lines: &LineIndex, offset: usize) -> Position {
        place(self.document, lines, offset)
    }
}

/// What was changed in a file.
#[derive(Debug)]
pub struct FixReport<'a> {
    /// The file's name as it is shown.
    pub path: &'a Path,
    /// The text as it was.
    pub before: &'a Document,
    /// The text as it is now, or would be.
    pub after: &'a Document,
    /// What was settled.
    pub fixed: &'a [Fixed],
}

/// A place counted as people count: lines and columns from 1, columns in Unicode scalar values.
fn place(document: &Document, lines: &LineIndex, offset: usize) -> Position {
    let place = lines.position(document.source(), offset, PositionEncoding::Utf32);
    Position { line: place.line + 1, column: place.column + 1 }
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
    /// Counts the findings of one more file: those that are shown, and those that are not. Where the file cannot be written, no fix is
    /// promised.
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
