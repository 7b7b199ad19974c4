//! For programs: one JSON array over all files, as docs/formats.md describes it. Lines and columns count from 1,
//! columns in Unicode scalar values; offsets are bytes of the decoded text.
//!
//! An element is a finding, with `fixes`, or, after `--fix`, a finding that was fixed, with `fixed` instead.
//! The fixed ones of a file come before its findings; their places are in the text before the fixes, those of
//! findings in the text after them:
//!
//! ```json
//! { "path": "a.txt", "rule": "typo/confusable-word", "severity": "error", "message": "“政冶”是错词，应为“政治”",
//!   "start": { "line": 1, "column": 5, "offset": 12 }, "end": { "line": 1, "column": 7, "offset": 18 },
//!   "fixed": [{ "start": { … }, "end": { … }, "before": "政冶", "after": "政治" }] }
//! ```

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::{Elements, FileReport, Places, Reporter, RunReport};
use crate::finding::{Applicability, Diagnostic, Severity};
use crate::lint::fix_all::{self, Fixed};

/// The array, written as it comes.
#[derive(Default)]
pub(super) struct Json {
    elements: Elements,
}

impl Reporter for Json {
    fn is_for_programs(&self) -> bool {
        true
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "[")
    }

    fn file(&mut self, report: &FileReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        each(report, |element| self.elements.write(element, out))
    }

    fn end(&mut self, _: &RunReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.elements.end(out)?;
        writeln!(out, "]")
    }
}

/// Writes each element of a file: what was fixed, then what was found.
pub(super) fn each(
    report: &FileReport<'_>,
    mut write: impl FnMut(&Element<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let path = &*report.path.to_string_lossy();
    if !report.fixed.is_empty() {
        let places = Places::new(report.before);
        for settled in report.fixed.iter().filter_map(|fixed| Settled::new(path, fixed, &places)) {
            write(&Element::Settled(settled))?;
        }
    }
    let places = Places::new(report.document);
    for finding in report.findings {
        write(&Element::Found(Found::new(path, finding, &places)))?;
    }
    Ok(())
}

/// A finding, or one that `--fix` has fixed.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Element<'a> {
    Found(Found<'a>),
    Settled(Settled<'a>),
}

/// A finding, by its place in the text as it is now.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
pub(crate) struct Found<'a> {
    /// The file, as it was named or found.
    path: &'a str,
    /// The rule's id.
    rule: &'a str,
    severity: Severity,
    /// The fault and the remedy, in Chinese.
    message: &'a str,
    start: Place,
    end: Place,
    /// Ways to mend it, the best first.
    fixes: Vec<Fix<'a>>,
    /// Other places that it is about.
    related: Vec<Related<'a>>,
    /// From 0 to 1; only of findings of the contextual detector.
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<f32>,
}

/// A place in the text of a file.
#[derive(Serialize, JsonSchema)]
struct Place {
    /// From 1.
    #[schemars(range(min = 1))]
    line: usize,
    /// From 1, in Unicode scalar values.
    #[schemars(range(min = 1))]
    column: usize,
    /// From 0, in bytes of the text in UTF-8 without a byte order mark.
    offset: usize,
}

/// Edits that are applied together.
#[derive(Serialize, JsonSchema)]
struct Fix<'a> {
    title: &'a str,
    applicability: Applicability,
    edits: Vec<Edit<'a>>,
}

/// A replacement; an insertion where the place is empty, a deletion where the text is.
#[derive(Serialize, JsonSchema)]
struct Edit<'a> {
    start: Place,
    end: Place,
    text: &'a str,
}

/// Another place.
#[derive(Serialize, JsonSchema)]
struct Related<'a> {
    start: Place,
    end: Place,
    message: &'a str,
}

/// A finding that was fixed, by its place in the text as it was.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FixedFinding")]
pub(crate) struct Settled<'a> {
    path: &'a str,
    rule: &'a str,
    severity: Severity,
    message: &'a str,
    start: Place,
    end: Place,
    fixed: Vec<Change<'a>>,
}

/// What was replaced, and by what.
#[derive(Serialize, JsonSchema)]
struct Change<'a> {
    start: Place,
    end: Place,
    before: &'a str,
    after: &'a str,
}

impl Place {
    fn new(offset: usize, places: &Places<'_>) -> Self {
        let place = places.at(offset);
        Self { line: place.line, column: place.column, offset }
    }
}

impl<'a> Settled<'a> {
    fn new(path: &'a str, fixed: &'a Fixed, places: &Places<'_>) -> Option<Self> {
        let place = |offset| Place::new(offset, places);
        let change = |edit: &'a fix_all::Change| Change {
            start: place(edit.range.start),
            end: place(edit.range.end),
            before: &edit.before,
            after: &edit.after,
        };
        Some(Self {
            path,
            rule: fixed.rule,
            severity: fixed.severity,
            message: &fixed.message,
            start: place(fixed.edits.iter().map(|edit| edit.range.start).min()?),
            end: place(fixed.edits.iter().map(|edit| edit.range.end).max()?),
            fixed: fixed.edits.iter().map(change).collect(),
        })
    }
}

impl<'a> Found<'a> {
    fn new(path: &'a str, d: &'a Diagnostic, places: &Places<'_>) -> Self {
        let place = |offset| Place::new(offset, places);
        let edit = |edit: &'a crate::finding::Edit| Edit {
            start: place(edit.range.start),
            end: place(edit.range.end),
            text: &edit.text,
        };
        let fix = |fix: &'a crate::finding::Fix| Fix {
            title: &fix.title,
            applicability: fix.applicability,
            edits: fix.edits.iter().map(edit).collect(),
        };
        let related = |related: &'a crate::finding::Related| Related {
            start: place(related.range.start),
            end: place(related.range.end),
            message: &related.message,
        };
        Self {
            path,
            rule: d.rule,
            severity: d.severity,
            message: &d.message,
            start: place(d.range.start),
            end: place(d.range.end),
            fixes: d.fixes.iter().map(fix).collect(),
            related: d.related.iter().map(related).collect(),
            confidence: d.confidence,
        }
    }
}
