//! Workflow commands of GitHub Actions: each finding is an annotation of its lines.
//!
//! Columns count from 1, and the last is behind the last character, as linters have them; GitHub documents neither.
//!
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>

use std::io::{self, Write};

use super::paths::Repository;
use super::{FileReport, Places, Reporter, RunReport, full};
use crate::finding::Severity;

#[derive(Default)]
pub(super) struct Github {
    repository: Repository,
}

impl Reporter for Github {
    fn file(&mut self, report: &FileReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        let places = Places::new(report.document);
        let path = property(&self.repository.path(report.path));
        for finding in report.findings {
            let (start, end) = (places.at(finding.range.start), places.at(finding.range.end));
            let command = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info | Severity::Hint => "notice",
            };
            write!(out, "::{command} file={path},line={},endLine={}", start.line, end.line)?;
            // GitHub refuses columns of a range of several lines.
            if start.line == end.line {
                write!(out, ",col={},endColumn={}", start.column, end.column)?;
            }
            writeln!(out, ",title={}::{}", property(finding.rule), data(&finding.message))?;
        }
        Ok(())
    }

    fn end(&mut self, run: &RunReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        for fault in run.faults() {
            writeln!(out, "::error::{}", data(fault))?;
        }
        full::write_summary(run, out)
    }
}

/// What stands behind the command, as the runner unescapes it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which ends at a comma, and with the properties at a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
