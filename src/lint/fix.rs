//! Which fixes of many may be applied together.

use std::collections::BTreeMap;
use std::ops::Range;

pub use crate::finding::apply;
use crate::finding::{Applicability, Diagnostic, Edit, Fix};

/// Those of `items` whose fix does not touch what the fix of an earlier one edits.
pub(super) fn compatible<'a, T: Copy>(items: impl Iterator<Item = (T, &'a Fix)>) -> Vec<(T, &'a Fix)> {
    let mut taken: Vec<(T, &Fix)> = Vec::new();
    // The edited ranges, ends by starts, as there may be tens of thousands.
    let mut edited: BTreeMap<usize, usize> = BTreeMap::new();
    for (item, fix) in items {
        let clashes = |edit: &Edit| {
            let Range { start, end } = edit.range;
            let before = edited.range(..=start).next_back();
            before.is_some_and(|(other, until)| *other == start || *until > start)
                || edited.range(start..end.max(start)).next().is_some()
        };
        if !fix.edits.iter().any(clashes) {
            edited.extend(fix.edits.iter().map(|edit| (edit.range.start, edit.range.end)));
            taken.push((item, fix));
        }
    }
    taken
}

/// The findings whose best fix is at least as applicable as `least` and clashes with no earlier one.
pub(super) fn fixable<'a>(
    found: impl IntoIterator<Item = &'a Diagnostic>,
    least: Applicability,
) -> Vec<&'a Diagnostic> {
    let fixes = found.into_iter().filter_map(|d| Some((d, d.fixes.first()?)));
    compatible(fixes.filter(|(_, fix)| fix.applicability >= least)).into_iter().map(|(d, _)| d).collect()
}

/// The edits of the best fixes that are at least as applicable as `least`, in order and without clashes.
#[must_use]
pub fn edits<'a>(found: impl IntoIterator<Item = &'a Diagnostic>, least: Applicability) -> Vec<&'a Edit> {
    best_edits(&fixable(found, least))
}

/// The edits of the best fixes of findings that do not clash, in order.
pub(super) fn best_edits<'a>(found: &[&'a Diagnostic]) -> Vec<&'a Edit> {
    let mut edits: Vec<&Edit> =
        found.iter().filter_map(|d| d.fixes.first()).flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| edit.range.start);
    edits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fix(edits: &[(usize, usize, &str)]) -> Fix {
        let edits = edits.iter().map(|&(start, end, text)| Edit { range: start..end, text: text.into() });
        Fix { title: String::new(), edits: edits.collect(), applicability: Applicability::Safe }
    }

    #[test]
    fn a_clashing_fix_is_left_out_whole() {
        let fixes = [fix(&[(0, 1, "A")]), fix(&[(0, 1, "B"), (2, 3, "C")]), fix(&[(1, 1, "-")])];
        let taken = compatible(fixes.iter().map(|fix| ((), fix)));
        let mut edits: Vec<&Edit> = taken.iter().flat_map(|(_, fix)| &fix.edits).collect();
        edits.sort_by_key(|edit| edit.range.start);
        assert_eq!(apply("abc", &edits), "A-bc");
    }

    #[test]
    fn an_edit_is_trimmed_to_what_it_changes() {
        let edit = Edit { range: 0.."政冶学习".len(), text: "政治学习".into() };
        let trimmed = edit.trimmed("政冶学习");
        assert_eq!((trimmed.range, trimmed.text.as_str()), (3..6, "治"));
    }
}
