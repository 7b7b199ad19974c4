//! Which corrections are drawn into the text: the best of each finding, where none is drawn already. The others are told
//! in the remarks.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::finding::{Applicability, Diagnostic};

/// A correction as an editor draws it: what is struck, what is written above it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Correction {
    /// What goes; empty where something is put in.
    pub(super) range: Range<usize>,
    /// What comes; empty where something only goes.
    pub(super) text: String,
    /// The index of its finding.
    pub(super) finding: usize,
    /// May it be made unseen?
    pub(super) is_safe: bool,
}

/// Longer ones would bury the text.
const MAX_CHARS: usize = 40;

/// The corrections to draw, in order, without overlap. Of two in one place that of the graver finding is
/// drawn.
pub(super) fn corrections(source: &str, findings: &[&Diagnostic]) -> Vec<Correction> {
    let mut by_gravity: Vec<usize> = (0..findings.len()).collect();
    by_gravity.sort_by_key(|index| std::cmp::Reverse(findings[*index].severity));
    let mut drawn: BTreeMap<usize, Correction> = BTreeMap::new();
    for finding in by_gravity {
        let Some(fix) = findings[finding].fixes.first() else { continue };
        let is_safe = fix.applicability == Applicability::Safe;
        let edits = fix.edits.iter().map(|edit| edit.clone().trimmed(source));
        let own: Vec<Correction> = edits
            .map(|edit| Correction { range: edit.range, text: edit.text, finding, is_safe })
            .filter(|it| !(it.range.is_empty() && it.text.is_empty()))
            .collect();
        // A fix is drawn whole or not at all.
        if own.iter().all(|it| can_be_drawn(it, source) && is_free(&it.range, &drawn)) {
            drawn.extend(own.into_iter().map(|it| (it.range.start, it)));
        }
    }
    drawn.into_values().collect()
}

fn can_be_drawn(correction: &Correction, source: &str) -> bool {
    let fits = |text: &str| !text.contains(['\n', '\r']) && text.chars().count() <= MAX_CHARS;
    fits(&source[correction.range.clone()]) && fits(&correction.text)
}

/// Two at one place are in each other's way even where one of them is empty.
fn is_free(range: &Range<usize>, drawn: &BTreeMap<usize, Correction>) -> bool {
    let before = drawn.range(..=range.start).next_back();
    let after = drawn.range(range.start..).next();
    before.is_none_or(|(start, it)| it.range.end <= range.start && *start != range.start)
        && after.is_none_or(|(start, _)| *start >= range.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;
    use crate::text::document::Document;
    use crate::{Config, Format, Linter};

    #[test]
    fn what_is_wrong_in_a_word_is_struck_and_the_graver_of_two_is_drawn() {
        let source = "认真学习政冶理论。";
        let document = Document::new(source, Format::Plain);
        let found = Linter::new(&Config::default()).check(&document);
        let error = found.iter().find(|it| it.severity == Severity::Error).unwrap();
        let mut lesser = error.clone();
        lesser.severity = Severity::Hint;
        let drawn = corrections(source, &[&lesser, error]);
        assert_eq!(drawn.len(), 1);
        assert_eq!((&source[drawn[0].range.clone()], &*drawn[0].text, drawn[0].finding), ("冶", "治", 1));
    }
}
