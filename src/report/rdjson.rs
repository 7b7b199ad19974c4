//! The Reviewdog Diagnostic Format, whole (`rdjson`): reviewdog makes comments of it, with suggestions to click.
//!
//! Its columns count bytes of UTF-8, from 1, as its specification says; they do in no other format of ours.
//!
//! <https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto>

use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;

use super::{Elements, FileReport, Places, Reporter, RunReport, paths};
use crate::finding::{self, Severity};
use crate::rules::{self, REPOSITORY};

/// The object, whose diagnostics are written as they come.
#[derive(Default)]
pub(super) struct Rdjson {
    diagnostics: Elements,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    url: &'static str,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: &'a str,
    location: Location<'a>,
    severity: &'static str,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    range: Span,
}

#[derive(Serialize)]
struct Span {
    start: Place,
    end: Place,
}

#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Suggestion {
    range: Span,
    text: String,
}

impl Reporter for Rdjson {
    fn is_for_programs(&self) -> bool {
        true
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{\"source\":")?;
        serde_json::to_writer(&mut *out, &Source { name: "zhubi", url: REPOSITORY })?;
        write!(out, ",\"diagnostics\":[")
    }

    fn file(&mut self, report: &FileReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        let path = paths::shown(report.path);
        let places = Places::new(report.document);
        for finding in report.findings {
            let diagnostic = Diagnostic {
                message: &finding.message,
                location: Location { path: &path, range: span(&finding.range, &places) },
                severity: severity(finding.severity),
                code: Code { value: finding.rule, url: rules::page_url(finding.rule) },
                suggestions: finding.fixes.iter().filter_map(|fix| suggestion(fix, &places)).collect(),
            };
            self.diagnostics.write(&diagnostic, out)?;
        }
        Ok(())
    }

    fn end(&mut self, _: &RunReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.diagnostics.end(out)?;
        writeln!(out, "]}}")
    }
}

/// A suggestion replaces one range: of several edits, all that they span.
fn suggestion(fix: &finding::Fix, places: &Places<'_>) -> Option<Suggestion> {
    let whole = fix.edits.first()?.range.start..fix.edits.last()?.range.end;
    let mut text = String::new();
    let mut done = whole.start;
    for edit in &fix.edits {
        text.push_str(&places.source[done..edit.range.start]);
        text.push_str(&edit.text);
        done = edit.range.end;
    }
    Some(Suggestion { range: span(&whole, places), text })
}

fn span(range: &Range<usize>, places: &Places<'_>) -> Span {
    let place = |offset| {
        let place = places.at_byte(offset);
        Place { line: place.line, column: place.column }
    };
    Span { start: place(range.start), end: place(range.end) }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info | Severity::Hint => "INFO",
    }
}
