//! Findings in groups, each with a heading and their number: `--group-by`.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anstyle::Style;
use clap::ValueEnum;

use super::{FileReport, Reporter, RunReport};
use crate::finding::{Diagnostic, Severity};
use crate::rules;

/// What the findings of a group have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GroupBy {
    /// 按文件
    #[value(alias = "文件")]
    File,
    /// 按规则
    #[value(alias = "规则")]
    Rule,
    /// 按级别，错误在前
    #[value(alias = "级别")]
    Severity,
}

/// Another report for people, in groups over all files. It holds what the other writes until the last file.
pub struct Grouped {
    by: GroupBy,
    inner: Box<dyn Reporter>,
    groups: BTreeMap<Key, Group>,
}

/// The order of the groups.
type Key = (std::cmp::Reverse<Option<Severity>>, Option<&'static str>);

#[derive(Default)]
struct Group {
    count: usize,
    written: Vec<u8>,
}

impl Grouped {
    /// Groups what `inner` writes of findings.
    #[must_use]
    pub fn new(by: GroupBy, inner: Box<dyn Reporter>) -> Self {
        Self { by, inner, groups: BTreeMap::new() }
    }

    fn key(&self, finding: &Diagnostic) -> Key {
        match self.by {
            GroupBy::File => Default::default(),
            GroupBy::Rule => (Default::default(), Some(finding.rule)),
            GroupBy::Severity => (std::cmp::Reverse(Some(finding.severity)), None),
        }
    }
}

impl Reporter for Grouped {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.inner.begin(out)
    }

    fn file(&mut self, report: &FileReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        if self.by == GroupBy::File {
            if !report.findings.is_empty() {
                write_heading(&report.path.display().to_string(), report.findings.len(), out)?;
            }
            return self.inner.file(report, out);
        }
        self.inner.file(&FileReport { findings: &[], ..*report }, out)?;
        let mut found: BTreeMap<Key, Vec<Diagnostic>> = BTreeMap::new();
        for finding in report.findings {
            found.entry(self.key(finding)).or_default().push(finding.clone());
        }
        for (key, findings) in found {
            let group = self.groups.entry(key).or_default();
            group.count += findings.len();
            let part = FileReport { findings: &findings, fixed: &[], ..*report };
            self.inner.file(&part, &mut group.written)?;
        }
        Ok(())
    }

    fn end(&mut self, run: &RunReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        for (key, Group { count, written }) in std::mem::take(&mut self.groups) {
            let name = match key {
                (_, Some(rule)) => {
                    let summary = rules::find(rule).map_or("", |rule| rule.summary);
                    format!("{summary} {rule}")
                }
                (std::cmp::Reverse(severity), None) => severity.map_or("", Severity::chinese).to_owned(),
            };
            write_heading(&name, count, out)?;
            out.write_all(&written)?;
        }
        self.inner.end(run, out)
    }
}

fn write_heading(name: &str, count: usize, out: &mut dyn Write) -> io::Result<()> {
    let bold = Style::new().bold();
    writeln!(out, "{bold}== {name}（{count}处）{bold:#}")
}
