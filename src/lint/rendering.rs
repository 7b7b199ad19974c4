//! A safe fix leaves the structure of a Markdown document as it is: it opens or closes no emphasis, begins no
//! list, breaks no line. A fix that would do so is only suggested.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::fix;
use crate::finding::{Applicability, Diagnostic, Edit, Fix};
use crate::text::document::Document;
use crate::text::format::{Format, structure};

/// Makes suggestions of the safe fixes that would change the structure.
pub(super) fn guard(document: &Document, found: &mut [Diagnostic]) {
    if document.format() != Format::Markdown {
        return;
    }
    let source = document.source();
    // A change in brackets may hit the name of a link that is defined elsewhere.
    let has_definitions = source.contains("]:");
    let is_risky = |d: &&Diagnostic| {
        d.safe_fix().is_some_and(|fix| {
            has_definitions || fix.edits.iter().any(|edit| !is_between_letters(source, edit))
        })
    };
    if !found.iter().any(|d| is_risky(&d)) {
        return;
    }
    let sections = sections(source);
    let mut by_section: HashMap<Range<usize>, Vec<(usize, Fix)>> = HashMap::new();
    for (index, d) in found.iter().enumerate().filter(|(_, d)| is_risky(d)) {
        let Some(whole) = d.safe_fix() else { continue };
        // Each section is judged by itself.
        let section = |edit: &Edit| section(&sections, &edit.range);
        for edits in whole.edits.chunk_by(|a, b| section(a) == section(b)) {
            let fix = Fix { edits: edits.to_vec(), ..whole.clone() };
            by_section.entry(section(&edits[0])).or_default().push((index, fix));
        }
    }
    let labels = if has_definitions { structure::labels(source) } else { Default::default() };
    let mut changing: Vec<usize> = Vec::new();
    for (section, fixes) in by_section {
        Trial::new(&source[section.clone()], section.start, &labels).bisect(&fixes, &mut changing);
    }
    for index in changing {
        found[index].fixes[0].applicability = Applicability::Suggested;
    }
}

/// Does an edit only replace words, or punctuation between words, away from any markup?
fn is_between_letters(source: &str, edit: &Edit) -> bool {
    let is_letter = |c: char| !c.is_ascii() && c.is_alphanumeric();
    let before = source[..edit.range.start].chars().next_back();
    let after = source[edit.range.end..].chars().next();
    let old = source[edit.range.clone()].chars();
    let is_word = |c: char| !c.is_ascii() && !c.is_whitespace();
    before.is_some_and(is_letter)
        && after.is_some_and(is_letter)
        && old.into_iter().all(|c| is_word(c) || matches!(c, ',' | ';' | ':' | '.' | '?' | '!'))
        && edit.text.chars().all(is_word)
}

/// The parts of a source between empty lines: paragraphs, lists, tables, not always whole, but always with
/// all that the rendering of their words depends on.
fn sections(source: &str) -> Vec<Range<usize>> {
    let mut sections = Vec::new();
    let (mut at, mut start) = (0, None);
    for line in source.split_inclusive('\n') {
        if line.trim().is_empty() {
            sections.extend(start.take().map(|start| start..at));
        } else {
            start.get_or_insert(at);
        }
        at += line.len();
    }
    sections.extend(start.map(|start| start..at));
    sections
}

/// The section of an edit; from the first to the last where it touches several.
fn section(sections: &[Range<usize>], range: &Range<usize>) -> Range<usize> {
    let first = sections.partition_point(|section| section.end < range.start);
    let last = sections.partition_point(|section| section.start <= range.end).max(first + 1);
    match (sections.get(first), sections.get(last - 1)) {
        (Some(first), Some(last)) => first.start.min(range.start)..last.end.max(range.end),
        _ => range.clone(),
    }
}

/// How often a section is parsed in search of the fixes that change it; those left over count as such.
const MAX_TRIALS: usize = 24;

/// A section of the source in which fixes are tried.
struct Trial<'a> {
    text: &'a str,
    start: usize,
    labels: &'a structure::Labels,
    before: u64,
    trials_left: usize,
}

impl<'a> Trial<'a> {
    fn new(text: &'a str, start: usize, labels: &'a structure::Labels) -> Self {
        Self { text, start, labels, before: structure_of(text, labels), trials_left: MAX_TRIALS }
    }

    /// Tries all fixes at once, and by halves where that changes something.
    fn bisect(&mut self, fixes: &[(usize, Fix)], changing: &mut Vec<usize>) {
        if self.trials_left == 0 {
            changing.extend(fixes.iter().map(|(index, _)| *index));
            return;
        }
        self.trials_left -= 1;
        let taken = fix::compatible(fixes.iter().map(|(_, fix)| ((), fix)));
        let mut moved: Vec<Edit> =
            taken.iter().flat_map(|(_, fix)| &fix.edits).map(|edit| self.moved(edit)).collect();
        moved.sort_by_key(|edit| edit.range.start);
        let after = fix::apply(self.text, &moved.iter().collect::<Vec<_>>());
        if structure_of(&after, self.labels) == self.before {
            return;
        }
        match fixes {
            [] => {}
            [(only, _)] => changing.push(*only),
            _ => {
                let (a, b) = fixes.split_at(fixes.len() / 2);
                self.bisect(a, changing);
                self.bisect(b, changing);
            }
        }
    }

    fn moved(&self, edit: &Edit) -> Edit {
        let range = edit.range.start - self.start..edit.range.end - self.start;
        Edit { range, text: edit.text.clone() }
    }
}

/// The structure of a section, without its indent: that is due to the list around it, and would make it code.
fn structure_of(text: &str, labels: &structure::Labels) -> u64 {
    let mut hasher = DefaultHasher::new();
    structure::of(text.trim_start_matches([' ', '\t']), labels, |token| token.hash(&mut hasher));
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// For each pair, is the fix that replaces the first by the second still safe?
    fn safe(source: &str, pairs: &[(&str, &str)]) -> Vec<bool> {
        let finding = |(old, new): &(&str, &str)| {
            let start = source.find(old).unwrap();
            let edits = vec![Edit { range: start..start + old.len(), text: (*new).to_owned() }];
            Diagnostic {
                rule: "style/test",
                severity: crate::finding::Severity::Error,
                range: start..start + old.len(),
                message: String::new(),
                fixes: vec![Fix { title: String::new(), edits, applicability: Applicability::Safe }],
                related: Vec::new(),
                confidence: None,
            }
        };
        let mut found: Vec<Diagnostic> = pairs.iter().map(finding).collect();
        guard(&Document::new(source, Format::Markdown), &mut found);
        found.iter().map(|d| d.safe_fix().is_some()).collect()
    }

    #[test]
    fn what_changes_the_structure_is_only_suggested() {
        assert_eq!(
            safe("**改革提速扩面。** 截至10月底，政冶学习。", &[(" 截", "截"), ("冶", "治")]),
            [false, true]
        );
        assert_eq!(safe("会议,指出**要点,**等。", &[("会议,", "会议，"), ("点,", "点，")]), [true, true]);
        assert_eq!(safe("第一,做好  \n第二。", &[("  \n", "\n"), ("一,", "一，")]), [false, true]);
        assert_eq!(safe("1、做好。\n2、再做。", &[("1、", "1. ")]), [false]);
        assert_eq!(safe("看[甲:乙](a.md)。", &[(":", "："), ("](", "]（")]), [true, false]);
        assert_eq!(safe("见[政冶]。\n\n[政冶]: a.md\n", &[("冶", "治")]), [false]);
        assert_eq!(
            safe("| 甲,乙 | 丙 |\n|---|---|\n| 丁 | 戊 |\n", &[(",", "，"), (" | 丙", "丙")]),
            [true, false]
        );
        assert_eq!(safe("1.  甲\n\n    **乙。** 丙\n", &[(" 丙", "丙")]), [false]);
    }

    #[test]
    fn many_fixes_of_one_section_cost_a_few_trials() {
        let source = "**甲。** 乙\n".repeat(2_000);
        let labels = structure::Labels::default();
        let mut trial = Trial::new(&source, 0, &labels);
        let at = |index: usize| {
            let start = index * "**甲。** 乙\n".len() + "**甲。**".len();
            Fix {
                title: String::new(),
                edits: vec![Edit { range: start..start + 1, text: String::new() }],
                applicability: Applicability::Safe,
            }
        };
        let fixes: Vec<(usize, Fix)> = (0..2_000).map(|index| (index, at(index))).collect();
        let mut changing = Vec::new();
        trial.bisect(&fixes, &mut changing);
        assert_eq!((changing.len(), trial.trials_left), (2_000, 0));
    }
}
