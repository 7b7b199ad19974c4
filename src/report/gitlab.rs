//! A Code Quality report of GitLab: one array of issues, each with a fingerprint that stays as lines move.
//!
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use std::io::{self, Write};

use serde::Serialize;

use super::paths::Repository;
use super::{Elements, FileReport, Places, Reporter, RunReport};
use crate::finding::Severity;
use crate::lint::fingerprint::unique_fingerprints;

/// The array, written as it comes.
#[derive(Default)]
pub(super) struct Gitlab {
    repository: Repository,
    issues: Elements,
}

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    positions: Positions,
}

#[derive(Serialize)]
struct Positions {
    begin: Place,
    end: Place,
}

#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
}

impl Reporter for Gitlab {
    fn is_for_programs(&self) -> bool {
        true
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "[")
    }

    fn file(&mut self, report: &FileReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        let places = Places::new(report.document);
        let path = &*self.repository.path(report.path);
        let fingerprints = unique_fingerprints(path, report.document, report.findings);
        for (finding, fingerprint) in report.findings.iter().zip(fingerprints) {
            let place = |at| {
                let place = places.at(at);
                Place { line: place.line, column: place.column }
            };
            let issue = Issue {
                description: &finding.message,
                check_name: finding.rule,
                fingerprint,
                severity: severity(finding.severity),
                location: Location {
                    path,
                    positions: Positions { begin: place(finding.range.start), end: place(finding.range.end) },
                },
            };
            self.issues.write(&issue, out)?;
        }
        Ok(())
    }

    fn end(&mut self, _: &RunReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.issues.end(out)?;
        writeln!(out, "]")
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info | Severity::Hint => "info",
    }
}
