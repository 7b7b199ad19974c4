//! Ways to show the findings of a run: one file a format.

mod fold;
pub mod json;
pub mod text;

use std::path::Path;

use crate::lint::diagnostic::{Diagnostic, Severity};
use crate::text::document::Document;
use crate::text::position::{Encoding, LineIndex, Position};

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
    /// A place counted as people count: lines and columns from 1, columns in Unicode scalar values.
    fn place(&self, lines: &LineIndex, offset: usize) -> Position {
        let place = lines.position(self.document.source(), offset, Encoding::Utf32);
        Position { line: place.line + 1, column: place.column + 1 }
    }
}

/// How many findings there are of each severity, and how many can be fixed unseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    by_severity: [usize; Severity::ALL.len()],
    /// Findings with a safe fix.
    pub fixable: usize,
    /// Files checked.
    pub files: usize,
}

impl Counts {
    /// Counts the findings of one more file.
    pub fn add(&mut self, findings: &[Diagnostic]) {
        self.files += 1;
        for finding in findings {
            self.by_severity[finding.severity as usize] += 1;
            self.fixable += usize::from(finding.safe_fix().is_some());
        }
    }

    /// The findings of a severity.
    #[must_use]
    pub fn of(&self, severity: Severity) -> usize {
        self.by_severity[severity as usize]
    }

    /// Are there findings at or above a severity?
    #[must_use]
    pub fn reach(&self, least: Severity) -> bool {
        self.by_severity[least as usize..].iter().any(|count| *count > 0)
    }
}
