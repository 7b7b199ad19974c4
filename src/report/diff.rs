//! What `--fix` would change, as a unified diff. The edits are known, so no search for the differences is
//! needed, and the work grows with the text and not with the number of changes.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;

use super::{Counts, FileReport, Reporter};
use crate::text::charset::Charset;

/// Lines shown before and after a change.
const CONTEXT: usize = 3;

/// A report of the changes alone.
#[derive(Debug)]
pub struct Diff;

impl Reporter for Diff {
    fn file(&mut self, report: &FileReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{}", render(report))
    }
}

/// The diff; empty where nothing changes.
fn render(report: &FileReport<'_>) -> String {
    if report.fixed.is_empty() {
        return String::new();
    }
    // With the byte order mark that the file begins with, the diff can be applied to it.
    let mark = if report.before.charset() == Some(Charset::Utf8Bom) { "\u{FEFF}" } else { "" };
    let [before, after] =
        [report.before, report.document].map(|document| format!("{mark}{}", document.source()));
    let ends = Ends::of(&before);
    let (old, new) = (ends.lines(&before), ends.lines(&after));
    let mut out = format!("--- {0}\n+++ {0}\n", name(report.path));
    let changes = changes(report, ends, &old, &new);
    for hunk in changes.chunk_by(|a, b| b.old.start - a.old.end <= 2 * CONTEXT) {
        write_hunk(&mut out, hunk, &old, &new, ends);
    }
    out
}

/// What a run with `--diff` came to, for standard error.
#[must_use]
pub fn summary(counts: &Counts) -> String {
    match counts.fixed {
        0 => format!("共检查{}个文件：没有可以自动改正的问题", counts.files),
        fixed => format!("可改正{fixed}处（{}个文件），没有写入；用 --fix 写入", counts.files_fixed),
    }
}

/// A note for a diff that `patch` cannot apply to the file though its text is right.
#[must_use]
pub fn note(report: &FileReport<'_>) -> Option<String> {
    if report.fixed.is_empty() {
        return None;
    }
    let charset = report.before.charset().unwrap_or(Charset::Utf8);
    let shown = match (charset, Ends::of(report.before.source())) {
        (Charset::Utf8 | Charset::Utf8Bom, Ends::LineFeed) => return None,
        (Charset::Utf8 | Charset::Utf8Bom, Ends::Return) => "原文以 CR 换行，差异里按 LF 显示".to_owned(),
        (charset, _) => format!("原文是 {charset} 编码，差异里按 UTF-8 显示"),
    };
    Some(format!("{}：{shown}，不能用 patch 套用；要改正请用 --fix", report.path.display()))
}

/// What ends a line. A lone CR does so only where there is no LF at all.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    LineFeed,
    Return,
}

impl Ends {
    fn of(text: &str) -> Self {
        if text.contains('\r') && !text.contains('\n') { Self::Return } else { Self::LineFeed }
    }

    fn mark(self) -> char {
        if self == Self::Return { '\r' } else { '\n' }
    }

    fn lines(self, text: &str) -> Vec<&str> {
        text.split_inclusive(self.mark()).collect()
    }
}

/// Lines and the lines that replace them.
struct Change {
    old: Range<usize>,
    new: Range<usize>,
}

/// The lines that edits touch, in order and apart from each other.
fn changes(report: &FileReport<'_>, ends: Ends, old: &[&str], new: &[&str]) -> Vec<Change> {
    let source = report.before.source();
    let starts = line_starts(source, ends);
    let line = |at: usize| starts.partition_point(|start| *start <= at) - 1;
    let count = |text: &str| text.matches(ends.mark()).count();
    let mut changes: Vec<Change> = Vec::new();
    let (mut added, mut removed) = (0, 0);
    for edit in report.edits {
        let lines = line(edit.range.start)..line(edit.range.end) + 1;
        let start = lines.start + added - removed;
        (added, removed) = (added + count(&edit.text), removed + count(&source[edit.range.clone()]));
        let end = lines.end.min(old.len());
        match changes.last_mut() {
            Some(last) if lines.start <= last.old.end => last.old.end = end.max(last.old.end),
            _ => changes.push(Change { old: lines.start..end, new: start..start }),
        }
        if let Some(last) = changes.last_mut() {
            last.new.end = last.old.end + added - removed;
        }
    }
    // The final line ending may have been added or removed.
    if let Some(last) = changes.last_mut().filter(|last| last.old.end == old.len()) {
        last.new.end = new.len();
    }
    let trimmed = changes.into_iter().map(|change| trimmed(change, old, new));
    trimmed.filter(|change| !(change.old.is_empty() && change.new.is_empty())).collect()
}

fn line_starts(text: &str, ends: Ends) -> Vec<usize> {
    std::iter::once(0)
        .chain(memchr::memchr_iter(ends.mark() as u8, text.as_bytes()).map(|at| at + 1))
        .collect()
}

/// Without the unchanged lines at either end.
fn trimmed(mut change: Change, old: &[&str], new: &[&str]) -> Change {
    while !change.old.is_empty() && !change.new.is_empty() && old[change.old.start] == new[change.new.start] {
        (change.old.start, change.new.start) = (change.old.start + 1, change.new.start + 1);
    }
    while !change.old.is_empty()
        && !change.new.is_empty()
        && old[change.old.end - 1] == new[change.new.end - 1]
    {
        (change.old.end, change.new.end) = (change.old.end - 1, change.new.end - 1);
    }
    change
}

fn write_hunk(out: &mut String, hunk: &[Change], old: &[&str], new: &[&str], ends: Ends) {
    let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else { return };
    let before = first.old.start.min(CONTEXT);
    let after = (old.len() - last.old.end).min(CONTEXT);
    let old_range = first.old.start - before..last.old.end + after;
    let new_range = first.new.start - before..last.new.end + after;
    let _ = writeln!(out, "@@ -{} +{} @@", numbered(&old_range), numbered(&new_range));
    let mut write = |sign: char, lines: &[&str]| {
        for line in lines {
            let text = line.strip_suffix(ends.mark());
            let _ = writeln!(out, "{sign}{}", text.unwrap_or(line));
            if text.is_none() {
                out.push_str("\\ No newline at end of file\n");
            }
        }
    };
    let mut at = old_range.start;
    for change in hunk {
        write(' ', &old[at..change.old.start]);
        write('-', &old[change.old.clone()]);
        write('+', &new[change.new.clone()]);
        at = change.old.end;
    }
    write(' ', &old[at..old_range.end]);
}

/// Line numbers as the header of a hunk writes them.
fn numbered(lines: &Range<usize>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => format!("{}", lines.start + 1),
        count => format!("{},{count}", lines.start + 1),
    }
}

/// A file's name on one line, quoted as `git` and `patch` do.
fn name(path: &Path) -> String {
    let name = path.display().to_string();
    if !name.contains(|c: char| c.is_control() || matches!(c, '"' | '\\')) {
        return name;
    }
    let mut quoted = String::from("\"");
    for c in name.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted += "\\n",
            '\r' => quoted += "\\r",
            '\t' => quoted += "\\t",
            c if c.is_control() => {
                let mut bytes = [0; 4];
                c.encode_utf8(&mut bytes).bytes().for_each(|byte| {
                    let _ = write!(quoted, "\\{byte:03o}");
                });
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::lint::fix_all::{FixAll, fix_all};
    use crate::text::charset;
    use crate::text::document::Document;
    use crate::{Applicability, Config, Format, Linter};

    fn diff(path: &str, text: &str, charset: Charset) -> (String, Option<String>) {
        let before = Document::read(&charset::encode(text, charset), Format::Plain).unwrap();
        let all = fixed(&before, &Config::default());
        let report = report(path, &before, &all);
        (render(&report), note(&report))
    }

    fn fixed(before: &Document, config: &Config) -> FixAll {
        let linter = Arc::new(Linter::new(config));
        fix_all(before, &linter.check(before), &linter, Applicability::Safe, |_, found| {
            vec![true; found.len()]
        })
    }

    fn report<'a>(path: &'a str, before: &'a Document, all: &'a FixAll) -> FileReport<'a> {
        let FixAll { document, findings, fixed, edits } = all;
        FileReport {
            path: Path::new(path),
            document,
            findings,
            before,
            fixed,
            edits,
            known: &[],
            has_baseline: false,
        }
    }

    #[test]
    fn changes_far_apart_are_hunks_of_their_own() {
        let line = "会议指出，要加强领导。\n";
        let text = format!("学习政冶。\n{}学习政冶。", line.repeat(9));
        let (diff, note) = diff("a.txt", &text, Charset::Utf8);
        let context = format!(" {line}").repeat(3);
        assert_eq!(
            diff,
            format!(
                "--- a.txt\n+++ a.txt\n@@ -1,4 +1,4 @@\n-学习政冶。\n+学习政治。\n{context}@@ -8,4 +8,4 @@\n{context}\
                 -学习政冶。\n\\ No newline at end of file\n+学习政治。\n\\ No newline at end of file\n"
            )
        );
        assert_eq!(note, None);
    }

    #[test]
    fn a_diff_of_thousands_of_changes_is_told_by_its_edits() {
        let text: String = (0..3_000).map(|i| format!("第{i}组学习政冶理论。\n各组报名。\n")).collect();
        let config = Config { select: Some(vec!["typo/confusable-word".to_owned()]), ..Config::default() };
        let before = Document::new(text.as_str(), Format::Plain);
        let all = fixed(&before, &config);
        let report = report("a.txt", &before, &all);
        let (old, new) = (Ends::LineFeed.lines(before.source()), Ends::LineFeed.lines(all.document.source()));
        assert_eq!(changes(&report, Ends::LineFeed, &old, &new).len(), 3_000);
        assert_eq!(render(&report).lines().filter(|line| line.starts_with('+')).count(), 3_001);
    }

    #[test]
    fn what_patch_cannot_apply_is_said() {
        let said = |text: &str, charset| diff("a.txt", text, charset).1.unwrap_or_default();
        assert!(said("学习政冶。\n", Charset::Gb18030).contains("GB18030 编码，差异里按 UTF-8 显示"));
        assert!(said("学习政冶。\r学习。\r", Charset::Utf8).contains("CR 换行"));
        assert_eq!(said("学习政冶。\r\n", Charset::Utf8Bom), "");
        assert!(diff("a.txt", "学习政冶。\n", Charset::Utf8Bom).0.contains("\n-\u{FEFF}学习"));
        assert!(
            diff("a.txt", "学习政冶。\r学习。\r", Charset::Utf8)
                .0
                .ends_with("-学习政冶。\n+学习政治。\n 学习。\n")
        );
    }

    #[test]
    fn a_name_of_two_lines_is_on_one() {
        assert!(diff("a\nb.txt", "学习政冶。\n", Charset::Utf8).0.starts_with("--- \"a\\nb.txt\"\n+++ "));
    }
}
