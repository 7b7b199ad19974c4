//! For programs: one JSON array over all files, as docs/json.md describes it. Lines and columns count from 1,
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

use serde::Serialize;

use super::{FileReport, Places, Reporter, RunReport};
use crate::finding::{Applicability, Diagnostic, Severity};
use crate::lint::fix_all::{self, Fixed};

/// The array, written as it comes.
#[derive(Default)]
pub(super) struct Json {
    is_begun: bool,
}

impl Reporter for Json {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "[")
    }

    fn file(&mut self, report: &FileReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        let path = &*report.path.to_string_lossy();
        if !report.fixed.is_empty() {
            let places = Places::new(report.before);
            for settled in report.fixed.iter().filter_map(|fixed| Settled::new(path, fixed, &places)) {
                self.element(&settled, out)?;
            }
        }
        let places = Places::new(report.document);
        for finding in report.findings {
            self.element(&Finding::new(path, finding, &places), out)?;
        }
        Ok(())
    }

    fn end(&mut self, _: &RunReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}]", if self.is_begun { "\n" } else { "" })
    }
}

impl Json {
    fn element(&mut self, element: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{}", if self.is_begun { ",\n" } else { "\n" })?;
        self.is_begun = true;
        Ok(serde_json::to_writer(out, element)?)
    }
}

#[derive(Serialize)]
struct Finding<'a> {
    path: &'a str,
    rule: &'a str,
    severity: Severity,
    message: &'a str,
    start: Place,
    end: Place,
    fixes: Vec<Fix<'a>>,
    related: Vec<Related<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<f32>,
}

#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
    offset: usize,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    applicability: Applicability,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    start: Place,
    end: Place,
    text: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    start: Place,
    end: Place,
    message: &'a str,
}

/// A finding that was fixed.
#[derive(Serialize)]
struct Settled<'a> {
    path: &'a str,
    rule: &'a str,
    severity: Severity,
    message: &'a str,
    start: Place,
    end: Place,
    fixed: Vec<Change<'a>>,
}

#[derive(Serialize)]
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

impl<'a> Finding<'a> {
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
