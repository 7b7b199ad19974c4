//! Counts in the place of findings: by rule, by severity, by file. `--statistics`.
//!
//! As JSON, where that is the format, one object; docs/json.md describes it.

use std::collections::HashMap;
use std::io::{self, Write};

use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::{FileReport, OutputFormat, Reporter, RunReport, full};
use crate::finding::Severity;
use crate::rules;

/// So many files are listed for people.
const MAX_FILES: usize = 10;

/// What has been counted so far.
pub struct Statistics {
    is_json: bool,
    rules: HashMap<&'static str, Rule>,
    by_severity: [usize; Severity::ALL.len()],
    files: Vec<File>,
}

#[derive(Serialize)]
struct Rule {
    rule: &'static str,
    summary: &'static str,
    /// That of its gravest finding.
    severity: Severity,
    count: usize,
    /// Those with a safe fix.
    fixable: usize,
}

#[derive(Serialize)]
struct File {
    path: String,
    count: usize,
}

#[derive(Serialize)]
struct Counted<'a> {
    rules: Vec<&'a Rule>,
    severities: Severities,
    files: &'a [File],
}

#[derive(Serialize)]
struct Severities {
    error: usize,
    warning: usize,
    info: usize,
    hint: usize,
}

impl Statistics {
    /// Those of a format, if it has any.
    #[must_use]
    pub fn of_format(format: OutputFormat) -> Option<Self> {
        let is_json = match format {
            OutputFormat::Full | OutputFormat::Concise => false,
            OutputFormat::Json => true,
            _ => return None,
        };
        Some(Self { is_json, rules: HashMap::new(), by_severity: Default::default(), files: Vec::new() })
    }

    fn of(&self, severity: Severity) -> usize {
        self.by_severity[severity as usize]
    }

    /// The most frequent first.
    fn rules(&self) -> Vec<&Rule> {
        let mut rules: Vec<&Rule> = self.rules.values().collect();
        rules.sort_by_key(|rule| (std::cmp::Reverse(rule.count), rule.rule));
        rules
    }

    fn write_text(&self, out: &mut dyn Write) -> io::Result<()> {
        let rules = self.rules();
        if rules.is_empty() {
            return Ok(());
        }
        let row = |rule: &&Rule| {
            let fixable = if rule.fixable > 0 { "[*]" } else { "" };
            [
                rule.count.to_string(),
                rule.severity.chinese().into(),
                fixable.into(),
                rule.rule.into(),
                rule.summary.into(),
            ]
        };
        let heads = ["处数", "级别", "", "规则", "说明"].map(str::to_owned);
        write_table([heads].into_iter().chain(rules.iter().map(row)).collect(), out)?;
        if rules.iter().any(|rule| rule.fixable > 0) {
            writeln!(out, "[*] 全部或部分可用 --fix 自动改正")?;
        }
        let severities = Severity::ALL.into_iter().filter(|severity| self.of(*severity) > 0);
        let severities = severities.map(|it| [self.of(it).to_string(), it.chinese().to_owned()]);
        writeln!(out)?;
        write_table([["处数", "级别"].map(str::to_owned)].into_iter().chain(severities).collect(), out)?;
        let files = self.files.iter().take(MAX_FILES).map(|file| [file.count.to_string(), file.path.clone()]);
        writeln!(out)?;
        write_table([["处数", "文件"].map(str::to_owned)].into_iter().chain(files).collect(), out)?;
        if self.files.len() > MAX_FILES {
            writeln!(out, "另有{}个文件没有列出；-f json 列出全部", self.files.len() - MAX_FILES)?;
        }
        writeln!(out)
    }
}

impl Reporter for Statistics {
    fn file(&mut self, report: &FileReport<'_>, _: &mut dyn Write) -> io::Result<()> {
        for finding in report.findings {
            self.by_severity[finding.severity as usize] += 1;
            let rule = self.rules.entry(finding.rule).or_insert_with(|| Rule {
                rule: finding.rule,
                summary: rules::find(finding.rule).map_or("", |rule| rule.summary),
                severity: finding.severity,
                count: 0,
                fixable: 0,
            });
            rule.severity = rule.severity.max(finding.severity);
            rule.count += 1;
            rule.fixable += usize::from(finding.safe_fix().is_some());
        }
        if !report.findings.is_empty() {
            self.files.push(File { path: report.path.display().to_string(), count: report.findings.len() });
        }
        Ok(())
    }

    fn end(&mut self, run: &RunReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        // A stable sort: files of one number stay in order.
        self.files.sort_by_key(|file| std::cmp::Reverse(file.count));
        if !self.is_json {
            self.write_text(out)?;
            return full::write_summary(run, out);
        }
        let severities = Severities {
            error: self.of(Severity::Error),
            warning: self.of(Severity::Warning),
            info: self.of(Severity::Info),
            hint: self.of(Severity::Hint),
        };
        serde_json::to_writer_pretty(
            &mut *out,
            &Counted { rules: self.rules(), severities, files: &self.files },
        )?;
        writeln!(out)
    }
}

/// Writes rows in columns, the first to the right; a Chinese character takes two columns.
fn write_table<const N: usize>(rows: Vec<[String; N]>, out: &mut dyn Write) -> io::Result<()> {
    let widths: [usize; N] =
        std::array::from_fn(|column| rows.iter().map(|row| row[column].width()).max().unwrap_or(0));
    for row in &rows {
        let cell = |column: usize| {
            let (text, spaces) = (&row[column], " ".repeat(widths[column] - row[column].width()));
            if column == 0 { format!("{spaces}{text}") } else { format!("{text}{spaces}") }
        };
        let cells: [String; N] = std::array::from_fn(cell);
        writeln!(out, "{}", cells.join("  ").trim_end())?;
    }
    Ok(())
}
