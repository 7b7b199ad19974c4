//! For programs: one JSON array of findings. Lines and columns count from 1, columns in Unicode scalar values; offsets
//! are bytes of the decoded text.

use serde::Serialize;

use super::FileReport;
use crate::lint::diagnostic::{Applicability, Diagnostic, Severity};
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
