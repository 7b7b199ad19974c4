//! For people at a terminal: each finding with its place and the line it is about.

use std::fmt::Write as _;
use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use anstyle::{AnsiColor, Style};

use super::excerpt::Layout;
use super::fold::Entry;
use super::screen::Screen;
use super::{Counts, FileReport, Places, Reporter, RunReport, fold};
use crate::finding::{Applicability, Diagnostic, Severity};
use crate::rules;
use crate::text::document::Document;
use crate::text::outline::NodeKind;

/// Characters of a heading that are shown.
const MAX_TITLE: usize = 20;

/// Other places of a finding that are listed.
const MAX_RELATED: usize = 3;

pub(super) struct Full {
    pub(super) screen: Screen,
}

impl Reporter for Full {
    fn file(&mut self, report: &FileReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        if !report.fixed.is_empty() {
            write_fixed(report, out)?;
        }
        self.write_findings(report, out)
    }

    fn end(&mut self, run: &RunReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        write_summary(run, out)
    }
}

impl Full {
    /// Each finding in a line of its own; those near each other with one excerpt.
    fn write_findings(&self, report: &FileReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        // Excerpts are cut to the screen already.
        let renderer = Renderer::styled().term_width(usize::MAX / 2);
        let layout = Layout::new(self.screen);
        let places = Places::new(report.document);
        let (source, lines) = (places.source, &places.lines);
        for near in layout.share(source, lines, fold::entries(report), |entry| &entry.finding.range) {
            for Entry { finding, note } in &near {
                self.write_heading(report, &places, finding, note, out)?;
                if let Some(note) = related(&places, finding) {
                    writeln!(out, "    另见：{note}")?;
                }
            }
            if let Some(section) = section(report.document, &places, near[0].finding) {
                writeln!(out, "    所在：{section}")?;
            }
            let findings: Vec<&Diagnostic> = near.iter().map(|entry| entry.finding).collect();
            let ranges: Vec<_> = findings.iter().map(|finding| &finding.range).collect();
            let excerpt = layout.excerpt(source, lines, &ranges);
            let line = places.at(findings[0].range.start).line;
            let mut snippet = Snippet::source(excerpt.text).line_start(line);
            for (finding, marked) in findings.iter().zip(excerpt.marked) {
                let label = label(finding, findings.len() > 1);
                snippet = snippet.annotation(AnnotationKind::Primary.span(marked).label(label));
            }
            let gravest = findings.iter().map(|finding| finding.severity).max().unwrap_or(Severity::Hint);
            let (level, _) = look(gravest);
            writeln!(out, "{}\n", renderer.render(&[Group::with_level(level).element(snippet)]))?;
        }
        Ok(())
    }

    fn write_heading(
        &self,
        report: &FileReport<'_>,
        places: &Places<'_>,
        finding: &Diagnostic,
        note: &str,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let place = places.at(finding.range.start);
        let bold = Style::new().bold();
        let severity = look(finding.severity).1.on_default().bold();
        writeln!(
            out,
            "{bold}{}:{}:{}{bold:#} {severity}{}[{}]{severity:#} {bold}{}{note}{bold:#}",
            report.path.display(),
            place.line,
            place.column,
            finding.severity.chinese(),
            self.screen.link(finding.rule, rules::page_url(finding.rule)),
            finding.message
        )
    }
}

/// Where a finding is in a document that no editor shows line by line: its paragraph, and the headings above
/// it.
fn section(document: &Document, places: &Places<'_>, finding: &Diagnostic) -> Option<String> {
    if document.format().is_text() {
        return None;
    }
    let at = finding.range.start;
    let mut section = format!("第{}段", places.at(at).line);
    let headings = document
        .outline()
        .path_to(at)
        .into_iter()
        .filter(|node| matches!(node.kind, NodeKind::Heading | NodeKind::RunIn));
    for (depth, node) in headings.enumerate() {
        section += if depth == 0 { "，" } else { " › " };
        section.extend(node.title.chars().take(MAX_TITLE));
    }
    Some(section)
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
        ("", "") if counts.known + counts.unchanged > 0 => "没有新的问题",
        ("", "") if counts.ignored > 0 => "没有要显示的问题",
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
    if counts.known > 0 {
        let _ = write!(line, "；另有{}处在基线里，没有显示", counts.known);
    }
    if counts.ignored > 0 {
        let _ = write!(line, "；另有{}处忽略过（--show-ignored）", counts.ignored);
    }
    if counts.unchanged > 0 {
        let _ = write!(line, "；另有{}处不在改动的行上，没有显示", counts.unchanged);
    }
    if counts.unlisted > 0 {
        let _ = write!(line, "；有{}处没有列出（--max-findings）", counts.unlisted);
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

/// The remedy, beside the mark; among several the rule's name where there is none.
fn label(finding: &Diagnostic, is_among_several: bool) -> String {
    match finding.fixes.first() {
        Some(fix) if fix.applicability == Applicability::Suggested => format!("建议{}", fix.title),
        Some(fix) => fix.title.clone(),
        None if is_among_several => rules::find(finding.rule).map_or("", |rule| rule.summary).to_owned(),
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
