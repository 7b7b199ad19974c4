//! For people at a terminal: each finding with its place and the line it is about.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use anstyle::{AnsiColor, Style};

use super::{Counts, FileReport, Places, Reporter, RunReport, fold};
use crate::finding::{Applicability, Diagnostic, Severity};
use crate::text::position::LineIndex;

/// A paragraph is a line, and may be long: so many characters are shown before and after the place.
const CONTEXT: usize = 22;
/// A place longer than this is marked to here.
const MAX_MARKED: usize = 30;
/// Other places of a finding that are listed.
const MAX_RELATED: usize = 3;

pub(super) struct Text;

impl Reporter for Text {
    fn file(&mut self, report: &FileReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        if !report.fixed.is_empty() {
            write_fixed(report, out)?;
        }
        write_findings(report, out)
    }

    fn end(&mut self, run: &RunReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        write_summary(run, out)
    }
}

fn write_findings(report: &FileReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let renderer = Renderer::styled();
    let places = Places::new(report.document);
    let path = report.path.display();
    for fold::Entry { finding, note } in fold::entries(report) {
        let excerpt = excerpt(places.source, &places.lines, &finding.range);
        let place = places.at(finding.range.start);
        let snippet = Snippet::source(excerpt.text)
            .line_start(place.line)
            .annotation(AnnotationKind::Primary.span(excerpt.marked).label(label(finding)));
        let (level, colour) = look(finding.severity);
        let bold = Style::new().bold();
        let severity = colour.on_default().bold();
        writeln!(
            out,
            "{bold}{path}:{}:{}{bold:#} {severity}{}[{}]{severity:#} {bold}{}{note}{bold:#}",
            place.line,
            place.column,
            finding.severity.chinese(),
            finding.rule,
            finding.message
        )?;
        writeln!(out, "{}", renderer.render(&[Group::with_level(level).element(snippet)]))?;
        if let Some(note) = related(&places, finding) {
            writeln!(out, "    另见：{note}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// A line an edit, by its place in the text before the fixes.
fn write_fixed(report: &FileReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let places = Places::new(report.before);
    let path = report.path.display();
    let (bold, green) = (Style::new().bold(), AnsiColor::Green.on_default().bold());
    for (fixed, edit) in
        report.fixed.iter().flat_map(|fixed| fixed.edits.iter().map(move |edit| (fixed, edit)))
    {
        let at = places.at(edit.range.start);
        let (before, after) = (on_one_line(&edit.before), on_one_line(&edit.after));
        // Quotation marks within quotation marks are hard to tell apart.
        let is_quoted = [&before, &after].iter().any(|text| text.contains(['“', '”', '"']));
        let (open, close) = if is_quoted { ('「', '」') } else { ('“', '”') };
        let change = match (&*before, &*after) {
            ("", after) => format!("补上{open}{after}{close}"),
            (before, "") => format!("删去{open}{before}{close}"),
            (before, after) => format!("{open}{before}{close}改为{open}{after}{close}"),
        };
        let rule = fixed.rule;
        writeln!(
            out,
            "{bold}{path}:{}:{}{bold:#} {green}改正[{rule}]{green:#} {change}",
            at.line, at.column
        )?;
    }
    writeln!(out)
}

fn on_one_line(text: &str) -> String {
    text.replace("\r\n", "↵").replace(['\r', '\n'], "↵").replace('\t', "→")
}

/// What the run came to, unless only the findings are wanted.
pub(super) fn write_summary(run: &RunReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    if run.is_quiet {
        return Ok(());
    }
    let counts = &run.counts;
    if counts.files == 0 && counts.unread == 0 && counts.empty > 0 {
        writeln!(out, "没有检查成任何文件：都是空的")?;
    } else if counts.files == 0 {
        writeln!(out, "没有检查成任何文件")?;
    } else {
        writeln!(out, "{}", found(counts))?;
    }
    if counts.fixed > 0 {
        writeln!(out, "改正{}处（{}个文件）", counts.fixed, counts.files_fixed)?;
    }
    if counts.unread > 0 {
        writeln!(out, "有{}个文件或文件夹没能检查，原因见上", counts.unread)?;
    }
    if let Some(skipped) = run.skipped {
        writeln!(out, "{skipped}；用 --show-files 逐个列出")?;
    }
    Ok(())
}

fn found(counts: &Counts) -> String {
    let told = |count: &dyn Fn(Severity) -> usize| -> String {
        let found = Severity::ALL.into_iter().filter(|severity| count(*severity) > 0);
        found.map(|s| format!("{}{}处", s.chinese(), count(s))).collect::<Vec<_>>().join("，")
    };
    let (shown, hidden) = (told(&|s| counts.of(s)), told(&|s| counts.hidden(s)));
    let mut line = format!("共检查{}个文件：", counts.files);
    line += match (&*shown, &*hidden) {
        ("", "") => "没有发现问题",
        ("", _) => "没有要显示的问题",
        (shown, _) => shown,
    };
    if counts.fixable > 0 {
        let _ = write!(line, "；其中{}处可用 --fix 自动改正", counts.fixable);
    }
    if !hidden.is_empty() {
        let _ = write!(line, "；另有{hidden}，级别低于 --min-severity，没有显示");
    }
    line
}

fn look(severity: Severity) -> (Level<'static>, AnsiColor) {
    match severity {
        Severity::Error => (Level::ERROR, AnsiColor::BrightRed),
        Severity::Warning => (Level::WARNING, AnsiColor::Yellow),
        Severity::Info => (Level::INFO, AnsiColor::BrightBlue),
        Severity::Hint => (Level::HELP, AnsiColor::Cyan),
    }
}

/// The remedy, beside the mark.
fn label(finding: &Diagnostic) -> String {
    match finding.fixes.first() {
        Some(fix) if fix.applicability == Applicability::Suggested => format!("建议{}", fix.title),
        Some(fix) => fix.title.clone(),
        None => String::new(),
    }
}

fn related(places: &Places<'_>, finding: &Diagnostic) -> Option<String> {
    let all = &finding.related;
    let told: Vec<String> = all
        .iter()
        .take(MAX_RELATED)
        .map(|related| {
            let place = places.at(related.range.start);
            format!("第{}行第{}字（{}）", place.line, place.column, related.message)
        })
        .collect();
    let more = if all.len() > MAX_RELATED { format!("，等{}处", all.len()) } else { String::new() };
    (!told.is_empty()).then(|| told.join("，") + &more)
}

struct Excerpt {
    text: String,
    /// The bytes of `text` to mark.
    marked: Range<usize>,
}

/// The line that a range begins in, cut down to what stands about the range.
fn excerpt(source: &str, lines: &LineIndex, range: &Range<usize>) -> Excerpt {
    let line = lines.line_range(source, lines.line(range.start));
    let start = range.start.min(line.end);
    let end = after(source, start, range.end.min(line.end), MAX_MARKED);
    let from = before(source, line.start, start, CONTEXT);
    let to = after(source, end, line.end, CONTEXT);
    let lead = if from > line.start { "…" } else { "" };
    let tail = if to < line.end { "…" } else { "" };
    let shift = |at: usize| at - from + lead.len();
    Excerpt { text: format!("{lead}{}{tail}", &source[from..to]), marked: shift(start)..shift(end) }
}

/// The offset `chars` characters before `at`, but not before `least`.
fn before(source: &str, least: usize, at: usize, chars: usize) -> usize {
    source[least..at].char_indices().rev().nth(chars - 1).map_or(least, |(offset, _)| least + offset)
}

/// The offset `chars` characters after `at`, but not after `most`.
fn after(source: &str, at: usize, most: usize, chars: usize) -> usize {
    source[at..most].char_indices().nth(chars).map_or(most, |(offset, _)| at + offset)
}
