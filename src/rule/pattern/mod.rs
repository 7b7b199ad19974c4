//! The pattern engine: rows that say what to find, within what, and what to put in its place. The rows of zhubi's own
//! rules are compiled by the build script, those of packs when they are read; from there on they are the same.

mod expression;
pub(crate) mod required;
#[cfg(test)]
#[allow(dead_code, reason = "the build script reads all of it")]
pub(crate) mod rule_file;
pub(crate) mod source;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;
use std::sync::OnceLock;

use crate::chinese::{is_hanzi, is_open};
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::Paragraph;
use crate::rule::literals::{Hit, LiteralList};
use crate::rule::pattern::expression::Expression;
use crate::rule::pattern::source::{Compiled, Reads};
use crate::text::position::boundary;
use crate::typo::words::{self, Fit};

/// A longer phrase hardly ever comes about by accident, in characters.
const LONGEST_ACCIDENT: usize = 3;
/// A sentence without an end is hostile or a table: only so many bytes of it are read, from a literal on.
const MAX_SENTENCE: usize = 3_000;
/// Bytes that are read before the literal there.
const LEAD: usize = 120;

/// A row, ready to be looked for.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) regex: Cow<'static, str>,
    /// The group of what is marked.
    pub(crate) marked: usize,
    pub(crate) replacement: Option<(Cow<'static, str>, Applicability)>,
    pub(crate) message: Cow<'static, str>,
    pub(crate) severity: Severity,
    /// Phrases in which it is let alone, a line each.
    pub(crate) unless: Cow<'static, str>,
    pub(crate) reads: Reads,
    /// It has no context of its own: where it is short, it has to stand on word boundaries.
    pub(crate) is_bare: bool,
    /// All sets of its literals, each by its bit.
    pub(crate) sets: u8,
    /// That of one of zhubi's own is compiled when it is first needed.
    pub(crate) compiled: OnceLock<Expression>,
}

/// What a literal is for: the row, and which of its sets the literal is one of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Use {
    pub(crate) row: u16,
    pub(crate) set: u8,
}

impl Use {
    /// One of a list as it is compiled in: the row, the lower byte first, and the set of each.
    fn of_list(list: &[u8], index: usize) -> Self {
        let entry = &list[3 * index..3 * index + 3];
        Self { row: u16::from_le_bytes([entry[0], entry[1]]), set: entry[2] }
    }
}

/// A row that may match somewhere: which sets of its literals were found, and the first of these.
struct Candidate {
    row: u16,
    sets: u8,
    from: usize,
}

fn note(candidates: &mut Vec<Candidate>, used: Use, from: usize) {
    let bit = 1 << used.set;
    match candidates.iter_mut().find(|candidate| candidate.row == used.row) {
        Some(candidate) => candidate.sets |= bit,
        None => candidates.push(Candidate { row: used.row, sets: bit, from }),
    }
}

/// Adds what rows find in a paragraph, given what each of their literals is for and where they stand, in
/// order.
pub(crate) fn search(
    rows: &[Row],
    use_of: impl Fn(usize) -> Use,
    hits: impl Iterator<Item = Hit>,
    paragraph: &Paragraph<'_>,
    out: &mut Vec<Finding>,
) {
    let text = paragraph.text;
    let mut hits = hits.peekable();
    let mut check = |candidates: &mut Vec<Candidate>, within: Range<usize>| {
        for candidate in candidates.drain(..) {
            let row = &rows[usize::from(candidate.row)];
            if candidate.sets == row.sets {
                row.check(text, excerpt(text, within.clone(), candidate.from), out);
            }
        }
    };
    let (mut here, mut anywhere) = (Vec::new(), Vec::new());
    for sentence in paragraph.sentences() {
        if hits.peek().is_none() {
            break;
        }
        while let Some(hit) = hits.next_if(|hit| hit.start() < sentence.end) {
            let used = use_of(hit.literal());
            let reads = rows[usize::from(used.row)].reads;
            note(if reads == Reads::Sentence { &mut here } else { &mut anywhere }, used, hit.start());
        }
        check(&mut here, sentence.clone());
    }
    check(&mut anywhere, 0..text.len());
}

/// The text, or where it is endless a part of it from a literal on.
fn excerpt(text: &str, within: Range<usize>, literal: usize) -> Range<usize> {
    if within.len() <= MAX_SENTENCE {
        return within;
    }
    let start = boundary(text, literal.saturating_sub(LEAD).max(within.start));
    start..boundary(text, (start + MAX_SENTENCE).min(within.end))
}

impl Row {
    /// A row of a pack; nothing where the pattern is too large.
    pub(crate) fn of_pack(source: &source::Row, compiled: Compiled, severity: Severity) -> Option<Self> {
        let regex = Expression::Pack(regex::Regex::new(&compiled.regex).ok()?);
        Some(Self {
            regex: compiled.regex.into(),
            marked: compiled.marked,
            replacement: compiled.replacement.map(|text| (text.into(), Applicability::Suggested)),
            message: compiled.message.into(),
            severity,
            unless: source.unless.join("\n").into(),
            reads: source.reads,
            is_bare: source.is_bare(),
            sets: ((1_u16 << compiled.required.len()) - 1) as u8,
            compiled: OnceLock::from(regex),
        })
    }

    fn regex(&self) -> &Expression {
        self.compiled.get_or_init(|| {
            let regex = regex_lite::Regex::new(&self.regex).expect("the tests compile every row");
            Expression::Own(regex)
        })
    }

    pub(crate) fn check(&self, text: &str, within: Range<usize>, out: &mut Vec<Finding>) {
        self.regex().for_each(&text[within.clone()], |captures| {
            let Some(found) = captures.place(self.marked) else { return };
            let range = within.start + found.start..within.start + found.end;
            if self.is_excepted(text, &range)
                || is_in_title(&text[within.start..range.start])
                || (self.is_bare && is_accident(text, &range))
            {
                return;
            }
            let mut finding =
                Finding::new(range, captures.expanded(&self.message)).with_severity(self.severity);
            if let Some((template, applicability)) = &self.replacement {
                finding = finding.replace(captures.expanded(template), *applicability);
            }
            out.push(finding);
        });
    }

    /// Does one of the phrases in which it is let alone overlap the match?
    fn is_excepted(&self, text: &str, range: &Range<usize>) -> bool {
        self.unless.lines().any(|phrase| {
            let start = boundary(text, (range.start + 1).saturating_sub(phrase.len()));
            let last = range.end - text[range.clone()].chars().next_back().map_or(0, char::len_utf8);
            text[start..boundary(text, last + phrase.len())].contains(phrase)
        })
    }
}

/// Does what stands before a place open the title of a work, which is quoted as it is?
fn is_in_title(before: &str) -> bool {
    is_open(before, ('《', '》'))
}

/// Does a short phrase come about where two words meet?
fn is_accident(text: &str, range: &Range<usize>) -> bool {
    let found = &text[range.clone()];
    found.chars().nth(LONGEST_ACCIDENT).is_none()
        && found.chars().all(is_hanzi)
        && words::fit(text, range, "") == Fit::Across
}

/// The rows of one of zhubi's own rules.
#[derive(Debug)]
pub(crate) struct Patterns {
    pub(crate) rows: &'static [Row],
    pub(crate) literals: LiteralList,
    /// What each of the literals is for, see [`Use::of_list`]. Thousands of values in a list are a minute for
    /// the compiler, where a string of bytes is none.
    pub(crate) uses: &'static [u8],
    /// Marks only the first place of a paragraph.
    pub(crate) once: bool,
}

impl Patterns {
    /// Adds what they find in a paragraph.
    pub(crate) fn check(&self, paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
        let first = out.len();
        let use_of = |literal| Use::of_list(self.uses, literal);
        search(self.rows, use_of, paragraph.hits().all(), paragraph, out);
        keep_the_longest(out, first);
        if self.once {
            out.truncate(first + 1);
        }
    }
}

/// Of findings that overlap, the longest stays, and of equals the first.
fn keep_the_longest(out: &mut Vec<Finding>, first: usize) {
    let mut found = out.split_off(first);
    found.sort_by_key(|f| (f.range.start, Reverse(f.range.end)));
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
