//! For people at a terminal: each finding with its place and the line it is about.

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use anstyle::{AnsiColor, Style};

use super::{Counts, FileReport, fold};
use crate::lint::diagnostic::{Applicability, Diagnostic, Severity};
use crate::text::position::LineIndex;

/// A paragraph is a line, and may be long: so many characters are shown before and after the place.
const CONTEXT: usize = 22;
/// A place longer than this is marked to here.
const MAX_MARKED: usize = 30;
/// Other places of a finding that are listed.
const MAX_RELATED: usize = 3;

/// The findings of a file, with colours for a terminal; whoever prints them takes the colours out where they do not
/// belong.
#[must_use]
pub fn render(report: &FileReport<'_>) -> String {
    let renderer = Renderer::styled();
    let lines = LineIndex::new(report.document.source());
    let mut out = String::new();
    for fold::Entry { finding, note } in fold::entries(report) {
        let excerpt = excerpt(report.document.source(), &lines, &finding.range);
        let place = report.place(&lines, finding.range.start);
        let snippet = Snippet::source(excerpt.text)
            .line_start(place.line)
            .annotation(AnnotationKind::Primary.span(excerpt.marked).label(label(finding)));
        let (level, colour) = look(finding.severity);
        let path = report.path.display();
        let bold = Style::new().bold();
        let severity = colour.on_default().bold();
        let _ = writeln!(
            out,
            "{bold}{path}:{}:{}{bold:#} {severity}{}[{}]{severity:#} {bold}{}{note}{bold:#}",
            place.line,
            place.column,
            finding.severity.chinese(),
            finding.rule,
            finding.message
        );
        let _ = writeln!(out, "{}", renderer.render(&[Group::with_level(level).element(snippet)]));
        if let Some(note) = related(report, &lines, finding) {
            let _ = writeln!(out, "    另见：{note}");
        }
        out.push('\n');
    }
    out
}

/// What the run came to, in one line.
#[must_use]
pub fn summary(counts: &Counts) -> String {
    let mut line = format!("共检查{}个文件：", counts.files);
    let found = Severity::ALL.into_iter().filter(|severity| counts.of(*severity) > 0);
    let parts: Vec<String> = found.map(|s| format!("{}{}处", s.chinese(), counts.of(s))).collect();
    if parts.is_empty() {
        line += "没有发现问题";
    } else {
        line += &parts.join("，");
    }
    if counts.fixable > 0 {
        let _ = write!(line, "；其中{}处可用 --fix 自动改正", counts.fixable);
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

fn related(report: &FileReport<'_>, lines: &LineIndex, finding: &Diagnostic) -> Option<String> {
    let all = &finding.related;
    let places: Vec<String> = all
        .iter()
        .take(MAX_RELATED)
        .map(|related| {
            let place = report.place(lines, related.range.start);
            format!("第{}行第{}字（{}）", place.line, place.column, related.message)
        })
        .collect();
    let more = if all.len() > MAX_RELATED { format!("，等{}处", all.len()) } else { String::new() };
    (!places.is_empty()).then(|| places.join("，") + &more)
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
