//! Tables of patterns: the rules whose knowledge is a list of phrases and frames keep it in a TSV file, one fault a row.
//!
//! The columns are
//! - `cue`: literals parted by `|`, one of which stands in every match; where one set of them is not enough to tell, further
//!   ones after `&`. Nothing else of the row is looked at before one of each set is found in the sentence,
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

use regex_lite::Regex;

use crate::chinese::is_hanzi;
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::Paragraph;
use crate::rule::literals::{LiteralList, cues};
use crate::typo::words::{self, Fit};

/// A table of patterns.
#[derive(Debug)]
pub(crate) struct Patterns {
    table: &'static str,
    literals: LiteralList,
    ready: OnceLock<Ready>,
}

#[derive(Debug)]
struct Ready {
    rows: Vec<Row>,
    /// The row of each cue, and which of its sets of cues it stands in.
    owners: Vec<(u16, u8)>,
}

#[derive(Debug)]
struct Row {
    line: &'static str,
    /// All its sets of cues, each by its bit.
    sets: u8,
    fault: OnceLock<Fault>,
}

/// A row, read when it is first needed.
#[derive(Debug)]
struct Fault {
    regex: Regex,
    fix: Option<Applicability>,
    replacement: String,
    severity: Severity,
    message: String,
    traps: &'static str,
    /// It has no context of its own, and is so short that it may be an accident: it has to stand on word boundaries.
    is_word: bool,
}

/// A row that may match in a sentence: the sets of its cues that were found, and where the first of them stands.
struct Candidate {
    row: u16,
    sets: u8,
    from: usize,
}

/// A trap is looked for in this many characters on either side of a match.
const TRAP_REACH: usize = 12;
/// A longer string hardly ever comes about by accident, in characters.
const LONGEST_ACCIDENT: usize = 3;
/// A sentence without an end is hostile or a table: only so much of it is looked at from a cue on.
const MAX_SENTENCE: usize = 3_000;

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().skip(1)
}

impl Patterns {
    /// A table with its header line. It has to stand in the list of tables, where its cues are looked for.
    pub(crate) const fn new(table: &'static str) -> Self {
        Self { table, literals: LiteralList::of_table(table), ready: OnceLock::new() }
    }

    /// Its cues.
    pub(crate) const fn literals(&self) -> &LiteralList {
        &self.literals
    }

    fn ready(&self) -> &Ready {
        self.ready.get_or_init(|| {
            let mut rows: Vec<Row> =
                rows(self.table).map(|line| Row { line, sets: 0, fault: OnceLock::new() }).collect();
            let owners = cues(self.table).map(|(row, set, _)| {
                rows[row].sets |= 1 << set;
                (row as u16, set as u8)
            });
            Ready { owners: owners.collect(), rows }
        })
    }

    /// Adds what the table finds in a paragraph.
    pub(crate) fn check(&self, paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
        let text = paragraph.text;
        let ready = self.ready();
        let first = out.len();
        let mut hits = paragraph.hits().all().peekable();
        let mut candidates: Vec<Candidate> = Vec::new();
        for sentence in paragraph.sentences() {
            if hits.peek().is_none() {
                break;
            }
            candidates.clear();
            while let Some(hit) = hits.next_if(|hit| hit.start() < sentence.end) {
                let (row, set) = ready.owners[hit.literal()];
                match candidates.iter_mut().find(|candidate| candidate.row == row) {
                    Some(candidate) => candidate.sets |= 1 << set,
                    None => candidates.push(Candidate { row, sets: 1 << set, from: hit.start() }),
                }
            }
            for candidate in &candidates {
                let row = &ready.rows[usize::from(candidate.row)];
                if candidate.sets == row.sets {
                    row.check(text, excerpt(text, sentence.clone(), candidate.from), out);
                }
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
        let Some(fault) = self.fault() else { return };
        for captures in fault.regex.captures_iter(&text[sentence.clone()]) {
            let Some(m) = captures.name("m") else { continue };
            let range = sentence.start + m.start()..sentence.start + m.end();
            if is_trapped(text, &range, fault.traps)
                || is_in_title(text, sentence.start, &range)
                || (fault.is_word && words::fit(text, &range, "") == Fit::Across)
            {
                continue;
            }
            let mut message = String::new();
            captures.expand(&fault.message, &mut message);
            let mut finding = Finding::new(range, message).at(fault.severity);
            if let Some(applicability) = fault.fix {
                let mut replacement = String::new();
                captures.expand(&fault.replacement, &mut replacement);
                finding = finding.replace(replacement, applicability);
            }
            out.push(finding);
        }
    }

    /// What it says; nothing where it has too few columns, which a test forbids.
    fn fault(&self) -> Option<&Fault> {
        if let Some(fault) = self.fault.get() {
            return Some(fault);
        }
        let columns: Vec<&'static str> = self.line.split('\t').collect();
        let [_, pattern, fix, replacement, severity, message, traps, ..] = columns[..] else { return None };
        let fix = match fix {
            "safe" => Some(Applicability::Safe),
            "suggested" => Some(Applicability::Suggested),
            _ => None,
        };
        Some(self.fault.get_or_init(|| Fault {
            regex: compile(pattern),
            fix,
            replacement: template(pattern, replacement),
            severity: severity.parse().unwrap_or(Severity::Hint),
            message: template(pattern, message),
            traps,
            is_word: pattern.chars().count() <= LONGEST_ACCIDENT && pattern.chars().all(is_hanzi),
        }))
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
pub(crate) fn test_table(rule: &'static crate::rule::Rule, table: &'static str) {
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
        let sets = || cue.split('&').map(|set| set.split('|'));
        assert!(sets().all(|mut set| set.any(|cue| wrong.contains(cue))), "no cue: {line}");
        let regex = compile(pattern);
        let found = regex.captures(wrong).unwrap_or_else(|| panic!("{pattern} does not match {wrong}"));
        assert!(sets().all(|mut set| set.any(|cue| found[0].contains(cue))), "{cue} is not in {found:?}");
        assert!(!messages(rule, wrong).is_empty(), "not marked: {wrong}");
        check_clean(rule, right);
    }
}
