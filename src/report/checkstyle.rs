//! A report of Checkstyle, which Jenkins and many other programs read: an element a file, and in it one a finding.
//!
//! It is what Checkstyle's own `XMLLogger` writes; there is no place in it for what could not be checked.

use std::io::{self, Write};

use super::xml::Xml;
use super::{FileReport, Places, Reporter, RunReport, paths};
use crate::finding::Severity;

/// The version of Checkstyle whose report this is like.
const VERSION: &str = "10.0";

pub(super) struct Checkstyle;

impl Reporter for Checkstyle {
    fn is_for_programs(&self) -> bool {
        true
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let mut xml = Xml::new(out);
        xml.declaration()?;
        xml.open("checkstyle", &[("version", VERSION)])
    }

    fn file(&mut self, report: &FileReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        let places = Places::new(report.document);
        let mut xml = Xml::new(out);
        xml.open("file", &[("name", &paths::shown(report.path))])?;
        for finding in report.findings {
            let at = places.at(finding.range.start);
            xml.empty(
                "error",
                &[
                    ("line", &at.line.to_string()),
                    ("column", &at.column.to_string()),
                    ("severity", severity(finding.severity)),
                    ("message", &finding.message),
                    ("source", &format!("zhubi.{}", finding.rule)),
                ],
            )?;
        }
        xml.close("file")
    }

    fn end(&mut self, _: &RunReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        Xml::new(out).close("checkstyle")
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "info",
    }
}
