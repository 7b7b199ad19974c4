//! One line a finding, for `grep` and the lists of editors: `path:line:column: severity message [rule]`.

use std::io::{self, Write};

use super::screen::Screen;
use super::{FileReport, Places, Reporter, RunReport, full};
use crate::rules;

pub(super) struct Concise {
    pub(super) screen: Screen,
}

impl Reporter for Concise {
    fn file(&mut self, report: &FileReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        let path = report.path.display();
        let places = Places::new(report.before);
        for fixed in report.fixed {
            let at = places.at(fixed.edits.first().map_or(0, |edit| edit.range.start));
            writeln!(out, "{path}:{}:{}: 已改正 {} [{}]", at.line, at.column, fixed.message, fixed.rule)?;
        }
        let places = Places::new(report.document);
        for finding in report.findings {
            let at = places.at(finding.range.start);
            let severity = finding.severity.chinese();
            let rule = self.screen.link(finding.rule, rules::page_url(finding.rule));
            let message = &finding.message;
            writeln!(out, "{path}:{}:{}: {severity} {message} [{rule}]", at.line, at.column)?;
        }
        Ok(())
    }

    fn end(&mut self, run: &RunReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        full::write_summary(run, out)
    }
}
