//! Applies safe fixes until there are none, and remembers what they changed, in places of the text as it was.

use std::ops::Range;

use super::{Linter, fix};
use crate::finding::{Applicability, Diagnostic, Severity};
use crate::text::document::Document;

/// A fix may make room for another, but not for ever.
const MAX_ROUNDS: usize = 10;

/// A text that has been mended.
#[derive(Debug)]
pub struct Mended {
    /// The text now.
    pub document: Document,
    /// What is found in it.
    pub findings: Vec<Diagnostic>,
    /// The findings that were settled, by their place in the text as it was.
    pub fixed: Vec<Fixed>,
}

/// A finding that was settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The rule.
    pub rule: &'static str,
    /// How much it mattered.
    pub severity: Severity,
    /// What was wrong.
    pub message: String,
    /// What was changed: one edit at least.
    pub edits: Vec<Changed>,
}

/// What an edit changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The bytes of the text as it was.
    pub range: Range<usize>,
    /// What stood there.
    pub before: String,
    /// What stands there now.
    pub after: String,
}

/// Applies the safe fixes of the findings of `least` and above.
#[must_use]
pub fn mend(document: &Document, findings: &[Diagnostic], least: Severity, linter: &Linter) -> Mended {
    let mut mended = Mended {
        document: Document::new(document.source(), document.format()),
        findings: findings.to_vec(),
        fixed: Vec::new(),
    };
    let mut history = Vec::new();
    for _ in 0..MAX_ROUNDS {
        let shown = mended.findings.iter().filter(|d| d.severity >= least);
        let taken = fix::fixable(shown, Applicability::Safe);
        if taken.is_empty() {
            break;
        }
        let source = mended.document.source();
        mended.fixed.extend(taken.iter().map(|d| fixed(d, source, &history)));
        let edits = fix::best_edits(&taken);
        let text = fix::apply(source, &edits);
        history.push(edits.iter().map(|edit| (edit.range.clone(), edit.text.len())).collect());
        mended.document = Document::new(text, document.format());
        mended.findings = linter.check(&mended.document);
    }
    mended.fixed.sort_by_key(|fixed| fixed.edits.first().map(|edit| edit.range.start));
    mended
}

/// The edits of a round, in order: the bytes that each took, and how many it put there.
type Round = Vec<(Range<usize>, usize)>;

fn fixed(d: &Diagnostic, source: &str, history: &[Round]) -> Fixed {
    let edits = d.fixes.first().into_iter().flat_map(|fix| &fix.edits);
    let changed = edits.map(|edit| {
        let start = as_it_was(edit.range.start, Side::Start, history);
        Changed {
            range: start..as_it_was(edit.range.end, Side::End, history).max(start),
            before: source[edit.range.clone()].to_owned(),
            after: edit.text.clone(),
        }
    });
    Fixed { rule: d.rule, severity: d.severity, message: d.message.clone(), edits: changed.collect() }
}

/// Of a range.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Start,
    End,
}

/// The place in the first text of a place in the last. Within what an edit put in, it is that side of what the edit took.
fn as_it_was(at: usize, side: Side, history: &[Round]) -> usize {
    history.iter().rev().fold(at, |at, edits| {
        // Behind the last edit before the place, in either text.
        let (mut old, mut new) = (0, 0);
        for (range, length) in edits {
            let start = new + (range.start - old);
            let end = start + length;
            match side {
                Side::Start if at < start => break,
                Side::Start if at < end => return range.start,
                Side::End if at <= start => break,
                Side::End if at <= end => return range.end,
                _ => (old, new) = (range.end, end),
            }
        }
        old + (at - new)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::text::format::Format;

    #[test]
    fn places_are_those_of_the_text_as_it_was() {
        // 甲乙丙丁戊 → 甲○○丙戊 → …
        let rounds = [vec![(3..6, 6), (9..12, 0)]];
        let start = |at| as_it_was(at, Side::Start, &rounds);
        let end = |at| as_it_was(at, Side::End, &rounds);
        assert_eq!([start(0), start(3), start(6), start(9), start(12)], [0, 3, 3, 6, 12]);
        assert_eq!([end(3), end(6), end(9), end(12), end(15)], [3, 6, 6, 9, 15]);
    }

    #[test]
    fn what_was_changed_stood_there_before() {
        let text = "一、认真学习政冶理论,开设\"园地\"拦目。\n二、按步就班,认真学习政冶理论,再接再励。\n";
        let document = Document::new(text, Format::Plain);
        let linter = Linter::new(&Config::default());
        let findings = linter.check(&document);
        let mended = mend(&document, &findings, Severity::Hint, &linter);
        assert!(mended.fixed.len() > 4, "{:?}", mended.fixed);
        for edit in mended.fixed.iter().flat_map(|fixed| &fixed.edits) {
            assert_eq!(text[edit.range.clone()], edit.before);
        }
        assert!(mended.findings.iter().all(|d| d.safe_fix().is_none()), "{:?}", mended.findings);
    }

    #[test]
    fn what_is_not_shown_is_not_changed() {
        let document = Document::new("认真学习政冶理论,再做工作。", Format::Plain);
        let linter = Linter::new(&Config::default());
        let mended = mend(&document, &linter.check(&document), Severity::Error, &linter);
        assert_eq!(mended.document.source(), "认真学习政治理论,再做工作。");
        assert_eq!(mended.fixed.len(), 1);
    }
}
