//! For programs: one JSON array over all files. Lines and columns count from 1, columns in Unicode scalar values; offsets
//! are bytes of the decoded text.
//!
//! An element is a finding, with `fixes`, or, after `--fix`, a finding that was settled, with `fixed` instead. The settled
//! ones of a file come before its findings; their places are those of the text as it was, the findings' those of the text as it
//! is now:
//!
//! ```json
//! { "path": "a.txt", "rule": "typo/confusable-word", "severity": "error", "message": "“政冶”是错词，应为“政治”",
//!   "start": { "line": 1, "column": 5, "offset": 12 }, "end": { "line": 1, "column": 7, "offset": 18 },
//!   "fixed": [{ "start": { … }, "end": { … }, "before": "政冶", "after": "政治" }] }
//! ```

use std::io::{self, Write};

use serde::Serialize;

use super::{FileReport, FixReport, place};
use crate::finding::{Applicability, Diagnostic, Severity};
use crate::text::position::LineIndex;

/// A finding as JSON.
#[derive(Debug, Serialize)]
pub struct Finding {
    path: String,
    rule: &'static str,
    severity: Severity,
    message: String,
    start: Place,
    end: Place,
    fixes: Vec<Fix>,
    related: Vec<Related>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<f32>,
}

#[derive(Debug, Serialize)]
struct Place {
    line: usize,
    column: usize,
    offset: usize,
}

#[derive(Debug, Serialize)]
struct Fix {
    title: String,
    applicability: Applicability,
    edits: Vec<Edit>,
}

#[derive(Debug, Serialize)]
struct Edit {
    start: Place,
    end: Place,
    text: String,
}

#[derive(Debug, Serialize)]
struct Related {
    start: Place,
    end: Place,
    message: String,
}

/// A finding that was settled, as JSON.
#[derive(Debug, Serialize)]
pub struct Settled {
    path: String,
    rule: &'static str,
    severity: Severity,
    message: String,
    start: Place,
    end: Place,
    fixed: Vec<Change>,
}

#[derive(Debug, Serialize)]
struct Change {
    start: Place,
    end: Place,
    before: String,
    after: String,
}

/// The array, written as it comes.
#[derive(Debug, Default)]
pub struct Array {
    begun: bool,
}

impl Array {
    /// Writes elements.
    ///
    /// # Errors
    /// They cannot be written.
    pub fn write<T: Serialize>(&mut self, out: &mut impl Write, elements: &[T]) -> io::Result<()> {
        for element in elements {
            write!(out, "{}", if self.begun { ",\n" } else { "[\n" })?;
            self.begun = true;
            serde_json::to_writer(&mut *out, element)?;
        }
        Ok(())
    }

    /// Writes the end.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn end(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{}", if self.begun { "\n]" } else { "[]" })
    }
}

/// What was settled in a file.
#[must_use]
pub fn fixed(report: &FixReport<'_>) -> Vec<Settled> {
    if report.fixed.is_empty() {
        return Vec::new();
    }
    let lines = LineIndex::new(report.before.source());
    let place = |offset: usize| {
        let place = place(report.before, &lines, offset);
        Place { line: place.line, column: place.column, offset }
    };
    let settled = report.fixed.iter().filter_map(|fixed| {
        let start = fixed.edits.iter().map(|edit| edit.range.start).min()?;
        let end = fixed.edits.iter().map(|edit| edit.range.end).max()?;
        Some(Settled {
            path: report.path.to_string_lossy().into_owned(),
            rule: fixed.rule,
            severity: fixed.severity,
            message: fixed.message.clone(),
            start: place(start),
            end: place(end),
            fixed: fixed
                .edits
                .iter()
                .map(|edit| Change {
                    start: place(edit.range.start),
                    end: place(edit.range.end),
                    before: edit.before.clone(),
                    after: edit.after.clone(),
                })
                .collect(),
        })
    });
    settled.collect()
}

/// The findings of a file.
#[must_use]
pub fn findings(report: &FileReport<'_>) -> Vec<Finding> {
    let lines = LineIndex::new(report.document.source());
    report.findings.iter().map(|d| finding(report, &lines, d)).collect()
}

fn finding(report: &FileReport<'_>, lines: &LineIndex, d: &Diagnostic) -> Finding {
    let place = |offset: usize| {
        let place = report.place(lines, offset);
        Place { line: place.line, column: place.column, offset }
    };
    Finding {
        path: report.path.to_string_lossy().into_owned(),
        rule: d.rule,
        severity: d.severity,
        message: d.message.clone(),
        start: place(d.range.start),
        end: place(d.range.end),
        fixes: d
            .fixes
            .iter()
            .map(|fix| Fix {
                title: fix.title.clone(),
                applicability: fix.applicability,
                edits: fix
                    .edits
                    .iter()
                    .map(|e| Edit {
                        start: place(e.range.start),
                        end: place(e.range.end),
                        text: e.text.clone(),
                    })
                    .collect(),
            })
            .collect(),
        related: d
            .related
            .iter()
            .map(|r| Related {
                start: place(r.range.start),
                end: place(r.range.end),
                message: r.message.clone(),
            })
            .collect(),
        confidence: d.confidence,
    }
}
