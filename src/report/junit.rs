//! A test report of JUnit, as build servers read it: a suite a file, a case a finding.
//!
//! Errors and warnings are failures. A case cannot fail a little: information and hints are cases that pass, and
//! say so in their output. A file without findings is one case that passes. What could not be checked is an error.
//!
//! <https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd>

use std::io::{self, Write};

use super::xml::Xml;
use super::{FileReport, Places, Reporter, RunReport, paths};
use crate::finding::Severity;

pub(super) struct Junit;

impl Reporter for Junit {
    fn is_for_programs(&self) -> bool {
        true
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let mut xml = Xml::new(out);
        xml.declaration()?;
        xml.open("testsuites", &[("name", "zhubi")])
    }

    fn file(&mut self, report: &FileReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        let path = paths::shown(report.path);
        let places = Places::new(report.document);
        let failures = report.findings.iter().filter(|finding| is_failure(finding.severity)).count();
        let cases = report.findings.len().max(1);
        let mut xml = Xml::new(out);
        begin_suite(&mut xml, &path, cases, failures, 0)?;
        if report.findings.is_empty() {
            xml.empty("testcase", &[("name", "zhubi"), ("classname", &path)])?;
        }
        for finding in report.findings {
            let at = places.at(finding.range.start);
            let (rule, message, severity) = (finding.rule, &finding.message, finding.severity);
            // Servers tell cases apart by their names, and list nothing else.
            let name = format!("{}:{} {rule}：{message}", at.line, at.column);
            let text = format!("{path}:{}:{}: {} {message} [{rule}]", at.line, at.column, severity.chinese());
            xml.open("testcase", &[("name", &name), ("classname", &path)])?;
            if is_failure(severity) {
                xml.text("failure", &[("type", severity.name()), ("message", message)], &text)?;
            } else {
                xml.text("system-out", &[], &text)?;
            }
            xml.close("testcase")?;
        }
        xml.close("testsuite")
    }

    fn end(&mut self, run: &RunReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut xml = Xml::new(out);
        let faults: Vec<&str> = run.faults().collect();
        if !faults.is_empty() {
            begin_suite(&mut xml, "zhubi", faults.len(), 0, faults.len())?;
            for fault in faults {
                xml.open("testcase", &[("name", fault), ("classname", "zhubi")])?;
                xml.text("error", &[("type", "error"), ("message", fault)], fault)?;
                xml.close("testcase")?;
            }
            xml.close("testsuite")?;
        }
        xml.close("testsuites")
    }
}

fn begin_suite(
    xml: &mut Xml<'_>,
    name: &str,
    cases: usize,
    failures: usize,
    errors: usize,
) -> io::Result<()> {
    let (cases, failures, errors) = (cases.to_string(), failures.to_string(), errors.to_string());
    xml.open("testsuite", &[("name", name), ("tests", &cases), ("failures", &failures), ("errors", &errors)])
}

fn is_failure(severity: Severity) -> bool {
    severity >= Severity::Warning
}
