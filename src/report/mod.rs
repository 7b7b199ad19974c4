//! Ways to show the findings of a run: one file a format. CONTRIBUTING.md says how to add one.

mod checkstyle;
mod concise;
pub mod diff;
mod excerpt;
mod fold;
mod full;
mod github;
mod gitlab;
pub mod group;
pub(crate) mod html;
pub(crate) mod json;
mod jsonl;
mod junit;
mod paths;
mod rdjson;
mod sarif;
pub mod screen;
pub mod statistics;
mod xml;

use std::io::{self, Write};
use std::path::Path;

use clap::ValueEnum;
use serde::Serialize;

use crate::finding::{Diagnostic, Edit, Severity};
use crate::lint::fix_all::Fixed;
use crate::text::document::Document;
use crate::text::position::{LineIndex, Position, PositionEncoding};
use screen::Screen;

/// The formats that a run is reported in, each with its line in the help of `--format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// 给人看（默认）
    #[value(alias = "text")]
    Full,
    /// 每处一行
    Concise,
    /// 给程序用（一个数组）
    Json,
    /// 给程序用（每行一个对象）
    Jsonl,
    /// 代码扫描用（SARIF 2.1.0）
    Sarif,
    /// GitHub Actions 的批注
    Github,
    /// GitLab 的代码质量报告
    Gitlab,
    /// 持续集成的测试报告
    Junit,
    /// Jenkins 等用
    Checkstyle,
    /// reviewdog 用
    Rdjson,
    /// 网页，稿上有红笔批注，给领导、作者看
    Html,
}

impl OutputFormat {
    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// Do people read it as text?
    #[must_use]
    pub fn is_for_people(self) -> bool {
        matches!(self, Self::Full | Self::Concise)
    }

    /// Does it end with what the run came to, in words?
    #[must_use]
    pub fn has_summary(self) -> bool {
        self.is_for_people() || matches!(self, Self::Github | Self::Html)
    }

    /// A report of one run; for people as it suits the screen.
    #[must_use]
    pub fn reporter(self, screen: Screen) -> Box<dyn Reporter> {
        match self {
            Self::Full => Box::new(full::Full { screen }),
            Self::Concise => Box::new(concise::Concise { screen }),
            Self::Json => Box::new(json::Json::default()),
            Self::Jsonl => Box::new(jsonl::Jsonl),
            Self::Sarif => Box::new(sarif::Sarif::default()),
            Self::Github => Box::new(github::Github::default()),
            Self::Gitlab => Box::new(gitlab::Gitlab::default()),
            Self::Junit => Box::new(junit::Junit),
            Self::Checkstyle => Box::new(checkstyle::Checkstyle),
            Self::Rdjson => Box::new(rdjson::Rdjson::default()),
            Self::Html => Box::new(html::Html::default()),
        }
    }
}

/// Writes the report of one run: its beginning, then each file as it is checked, in order, then its end.
///
/// Every file that was checked is reported, whether anything was found in it or not. What a format can only
/// write at the end it keeps until then. `out` drops the escape codes of colours where it is no terminal.
pub trait Reporter {
    /// Is it for a program, a browser too? Then every byte goes out as it is: nothing in it is an escape code
    /// of ours.
    fn is_for_programs(&self) -> bool {
        false
    }

    /// Writes what stands before the first file.
    ///
    /// # Errors
    /// It cannot be written.
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Writes what was found in a file.
    ///
    /// # Errors
    /// It cannot be written.
    fn file(&mut self, report: &FileReport<'_>, out: &mut dyn Write) -> io::Result<()>;

    /// Writes what stands after the last file; also of a run that fails before its first.
    ///
    /// # Errors
    /// It cannot be written.
    fn end(&mut self, _run: &RunReport<'_>, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// What was found in a file, and what was changed in it.
#[derive(Debug)]
pub struct FileReport<'a> {
    /// The file's name as it is shown.
    pub path: &'a Path,
    /// The text that the findings are in: as it is after any fixes.
    pub document: &'a Document,
    /// The findings to list, in order; at most as many as were asked for.
    pub findings: &'a [Diagnostic],
    /// The text before the fixes; the same where there are none.
    pub before: &'a Document,
    /// The findings that were fixed, by their places in the text before.
    pub fixed: &'a [Fixed],
    /// The edits that lead from the text before to the document, in order.
    pub edits: &'a [Edit],
    /// Findings of the baseline: a format may tell them, as known, beside those to show.
    pub known: &'a [Diagnostic],
    /// Is there a baseline? Then the findings to show are new.
    pub has_baseline: bool,
}

/// What a run came to.
#[derive(Debug, Clone, Copy, Default)]
pub struct RunReport<'a> {
    /// In numbers.
    pub counts: Counts,
    /// What was not looked at, in words for a writer.
    pub skipped: Option<&'a str>,
    /// What could not be checked: a message for each, with its file and the reason.
    pub failures: &'a [String],
    /// Something that was asked for was not done: the exit status is 2.
    pub failed: bool,
    /// Only the findings are wanted.
    pub is_quiet: bool,
}

/// What is said where a run failed for a reason that no report has.
const FAILED: &str = "没有全部做完，原因见运行日志（标准错误输出）";

impl<'a> RunReport<'a> {
    /// A message for all that failed.
    fn faults(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let unsaid = self.failed && self.failures.is_empty();
        self.failures.iter().map(String::as_str).chain(unsaid.then_some(FAILED))
    }
}

/// The places of a document as people count them: lines and columns from 1, columns in Unicode scalar values.
struct Places<'a> {
    source: &'a str,
    lines: LineIndex,
}

impl<'a> Places<'a> {
    fn new(document: &'a Document) -> Self {
        let source = document.source();
        Self { source, lines: LineIndex::new(source) }
    }

    fn at(&self, offset: usize) -> Position {
        self.counted(offset, PositionEncoding::Utf32)
    }

    /// The same with columns in bytes of UTF-8.
    fn at_byte(&self, offset: usize) -> Position {
        self.counted(offset, PositionEncoding::Utf8)
    }

    fn counted(&self, offset: usize, encoding: PositionEncoding) -> Position {
        let place = self.lines.position(self.source, offset, encoding);
        Position { line: place.line + 1, column: place.column + 1 }
    }
}

/// Writes the elements of a JSON array, a line each.
#[derive(Default)]
struct Elements {
    is_begun: bool,
}

impl Elements {
    fn write(&mut self, element: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.is_begun { b",\n" } else { b"\n" })?;
        self.is_begun = true;
        Ok(serde_json::to_writer(out, element)?)
    }

    /// Writes the line feed before the end of the array, if it has elements.
    fn end(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.is_begun { out.write_all(b"\n") } else { Ok(()) }
    }
}

/// What a run came to, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    by_severity: [usize; Severity::ALL.len()],
    hidden: [usize; Severity::ALL.len()],
    /// Findings with a safe fix.
    pub fixable: usize,
    /// Findings that a fix has settled, counted as `fixable` counts them.
    pub fixed: usize,
    /// Files in which that is so.
    pub files_fixed: usize,
    /// Findings that the baseline knows.
    pub known: usize,
    /// Findings on lines that have not changed.
    pub unchanged: usize,
    /// Findings that zhubi.ignore.toml passes over.
    pub ignored: usize,
    /// Findings beyond the most that are to be listed.
    pub unlisted: usize,
    /// Files checked.
    pub files: usize,
    /// Files and folders that could not be read.
    pub unread: usize,
    /// Files with nothing in them.
    pub empty: usize,
}

impl Counts {
    /// Counts the findings of one more file: those that are shown, and those that are not. Where the file
    /// cannot be written, no fix is promised.
    pub fn add(&mut self, shown: &[Diagnostic], hidden: &[Diagnostic], can_be_written: bool) {
        self.files += 1;
        for finding in shown {
            self.by_severity[finding.severity as usize] += 1;
            self.fixable += usize::from(can_be_written && finding.safe_fix().is_some());
        }
        for finding in hidden {
            self.hidden[finding.severity as usize] += 1;
        }
    }

    /// Counts what was settled in a file.
    pub fn add_fixed(&mut self, fixed: &[Fixed]) {
        self.fixed += fixed.len();
        self.files_fixed += usize::from(!fixed.is_empty());
    }

    /// The findings of a severity that are shown.
    #[must_use]
    pub fn of(&self, severity: Severity) -> usize {
        self.by_severity[severity as usize]
    }

    /// The findings of a severity that are not shown.
    #[must_use]
    pub fn hidden(&self, severity: Severity) -> usize {
        self.hidden[severity as usize]
    }
}
