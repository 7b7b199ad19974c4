//! Tables of patterns: the rules whose knowledge is a list of phrases and frames keep it in a TSV file, one fault a row.
//!
//! The columns are
//! - `cue`: literals parted by `|`, one of which stands in every match; nothing else of the row is looked at before one
//!   of them is found,
//! - `pattern`: a regular expression in which `…` stands for one to twenty characters of the same clause, and a `¦` at
//!   its start or end for the edge of a clause, which is not marked,
//! - `fix`: `safe`, `suggested`, or nothing where there is no replacement,
//! - `replacement`: what to put in its place, with `$1` for groups; nothing deletes it,
//! - `severity`,
//! - `message`: with `$0` for what was found,
//! - `traps`: literals parted by `|`; where one of them overlaps the match, it is none,
//! - `wrong` and `right`: a sentence that is marked, and one that looks like it and is not.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex_lite::Regex;

use crate::lint::diagnostic::{Applicability, Severity};
use crate::rules::{Finding, Paragraph};
use crate::text::sentence::sentences;

/// A table of patterns, ready to be looked for.
#[derive(Debug)]
pub(crate) struct Patterns {
    rows: Vec<Row>,
    cues: AhoCorasick,
    /// The row of each cue.
    owner: Vec<usize>,
}

#[derive(Debug)]
struct Row {
    pattern: &'static str,
    regex: OnceLock<Regex>,
    fix: Option<Applicability>,
    replacement: String,
    severity: Severity,
    message: String,
    traps: &'static str,
}

/// A trap is looked for in this many characters on either side of a match.
const TRAP_REACH: usize = 12;
/// A sentence without an end is hostile or a table: only so much of it is looked at from a cue on.
const MAX_SENTENCE: usize = 3_000;

impl Patterns {
    /// Reads a table with its header line.
    pub(crate) fn new(table: &'static str) -> Self {
        let (mut rows, mut cues, mut owner) = (Vec::new(), Vec::new(), Vec::new());
        for line in table.lines().skip(1) {
            let columns: Vec<&'static str> = line.split('\t').collect();
            let [cue, pattern, fix, replacement, severity, message, traps, ..] = columns[..] else {
                continue;
            };
            for literal in cue.split('|') {
                cues.push(literal);
                owner.push(rows.len());
            }
            let fix = match fix {
                "safe" => Some(Applicability::Safe),
                "suggested" => Some(Applicability::Suggested),
                _ => None,
            };
            let severity = severity.parse().unwrap_or(Severity::Hint);
            let (replacement, message) = (template(pattern, replacement), template(pattern, message));
            rows.push(Row { pattern, regex: OnceLock::new(), fix, replacement, severity, message, traps });
        }
        let cues = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .build(cues)
            .expect("a table of patterns is small");
        Self { rows, cues, owner }
    }

    /// Adds what the table finds in a paragraph.
    pub(crate) fn check(&self, paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
        let text = paragraph.text;
        let mut hits = self.cues.find_overlapping_iter(text).peekable();
        if hits.peek().is_none() {
            return;
        }
        let first = out.len();
        let mut wanted: Vec<usize> = Vec::new();
        for sentence in sentences(text) {
            wanted.clear();
            let mut from = None;
            while let Some(hit) = hits.next_if(|hit| hit.end() <= sentence.end) {
                from = from.or(Some(hit.start()));
                let row = self.owner[hit.pattern().as_usize()];
                if !wanted.contains(&row) {
                    wanted.push(row);
                }
            }
            let Some(from) = from else { continue };
            let sentence = excerpt(text, sentence, from);
            for &row in &wanted {
                self.rows[row].check(text, sentence.clone(), out);
            }
        }
        keep_the_longest(out, first);
    }
}

/// The sentence, or where it is endless a part of it around the cue.
fn excerpt(text: &str, sentence: Range<usize>, cue: usize) -> Range<usize> {
    if sentence.len() <= MAX_SENTENCE {
        return sentence;
    }
    let edge = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = edge(cue.saturating_sub(120).max(sentence.start));
    start..edge((start + MAX_SENTENCE).min(sentence.end))
}

/// Of findings that overlap, the longest stays, and of equals the first.
fn keep_the_longest(out: &mut Vec<Finding>, first: usize) {
    let mut found = out.split_off(first);
    found.sort_by_key(|f| (f.range.start, std::cmp::Reverse(f.range.end)));
    for finding in found {
        match out[first..].last() {
            Some(last) if last.range.end > finding.range.start => {
                if finding.range.len() > last.range.len() {
                    out.pop();
                    out.push(finding);
                }
            }
            _ => out.push(finding),
        }
    }
}

impl Row {
    fn check(&self, text: &str, sentence: Range<usize>, out: &mut Vec<Finding>) {
        let regex = self.regex.get_or_init(|| compile(self.pattern));
        for captures in regex.captures_iter(&text[sentence.clone()]) {
            let Some(m) = captures.name("m") else { continue };
            let range = sentence.start + m.start()..sentence.start + m.end();
            if is_trapped(text, &range, self.traps) || is_in_title(text, sentence.start, &range) {
                continue;
            }
            let mut message = String::new();
            captures.expand(&self.message, &mut message);
            let mut finding = Finding::new(range, message).at(self.severity);
            if let Some(applicability) = self.fix {
                let mut replacement = String::new();
                captures.expand(&self.replacement, &mut replacement);
                finding = finding.replace(replacement, applicability);
            }
            out.push(finding);
        }
    }
}

/// A replacement or message of a row, in the numbers of the groups of its compiled pattern: where the pattern does not
/// name what is marked, that is group 1, and its own groups come after.
fn template(pattern: &str, text: &str) -> String {
    let text = text.replace("$0", "$m");
    if pattern.contains("(?P<m>") { text } else { text.replace("$2", "$3").replace("$1", "$2") }
}

/// The regular expression of a row. What is marked is the group `m`: all of it but the edges.
fn compile(pattern: &str) -> Regex {
    const BREAK: &str = "，。；：！？,;:!?";
    let body = pattern.trim_start_matches('¦').trim_end_matches('¦');
    let start = if pattern.starts_with('¦') { format!("(?:^|[{BREAK}])") } else { String::new() };
    let end = if pattern.ends_with('¦') { format!("(?:[{BREAK}]|$)") } else { String::new() };
    let body = body.replace('…', &format!("[^{BREAK}]{{1,20}}?"));
    let whole = if body.contains("(?P<m>") {
        format!("{start}{body}{end}")
    } else {
        format!("{start}(?P<m>{body}){end}")
    };
    Regex::new(&whole).expect("the tests compile every row")
}

/// Does one of the traps overlap the match?
fn is_trapped(text: &str, range: &Range<usize>, traps: &str) -> bool {
    if traps.is_empty() {
        return false;
    }
    let before: usize = text[..range.start].chars().rev().take(TRAP_REACH).map(char::len_utf8).sum();
    let after: usize = text[range.end..].chars().take(TRAP_REACH).map(char::len_utf8).sum();
    let around = &text[range.start - before..range.end + after];
    let (start, end) = (before, before + range.len());
    traps
        .split('|')
        .filter(|trap| !trap.is_empty())
        .any(|trap| around.match_indices(trap).any(|(at, _)| at < end && at + trap.len() > start))
}

/// Does the match stand in the title of a work, which is quoted as it is?
fn is_in_title(text: &str, from: usize, range: &Range<usize>) -> bool {
    let before = &text[from..range.start];
    before.rfind('《').is_some_and(|open| !before[open..].contains('》'))
}

/// Tests of a table: sorted, every row marks its wrong sentence and leaves its right one alone.
#[cfg(test)]
#[track_caller]
pub(crate) fn test_table(rule: &'static super::Rule, table: &'static str) {
    use crate::rules::testing::{check_clean, messages};
    let mut before = "";
    for line in table.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        assert_eq!(columns.len(), 9, "{line}");
        assert!(before <= line, "out of order: {line}");
        before = line;
        let (cue, pattern) = (columns[0], columns[1]);
        assert!(matches!(columns[2], "" | "safe" | "suggested"), "{line}");
        assert!(columns[4].parse::<Severity>().is_ok(), "{line}");
        let (wrong, right) = (columns[7], columns[8]);
        assert!(cue.split('|').any(|cue| wrong.contains(cue)), "no cue: {line}");
        let regex = compile(pattern);
        let found = regex.captures(wrong).unwrap_or_else(|| panic!("{pattern} does not match {wrong}"));
        assert!(cue.split('|').any(|cue| found[0].contains(cue)), "{cue} is not in {found:?}");
        assert!(!messages(rule, wrong).is_empty(), "not marked: {wrong}");
        check_clean(rule, right);
    }
}
