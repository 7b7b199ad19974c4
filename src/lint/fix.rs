//! Applies fixes to a source.

use std::collections::BTreeMap;
use std::ops::Range;

use super::diagnostic::{Applicability, Diagnostic, Edit, Fix};

/// Those of `fixes` that do not touch what an earlier one of them edits.
pub(super) fn compatible<'a>(fixes: impl Iterator<Item = &'a Fix>) -> Vec<&'a Edit> {
    let mut taken: BTreeMap<(usize, usize), &Edit> = BTreeMap::new();
    for fix in fixes {
        // What is taken does not overlap, so only its neighbours need be asked.
        let clashes = |edit: &Edit| {
            let Range { start, end } = edit.range;
            let after = taken.range((start, 0)..).next();
            let before = taken.range(..(start, 0)).next_back();
            after.is_some_and(|(&(at, _), _)| at == start || at < end)
                || before.is_some_and(|(_, other)| other.range.end > start)
        };
        if !fix.edits.iter().any(clashes) {
            taken.extend(fix.edits.iter().map(|edit| ((edit.range.start, edit.range.end), edit)));
        }
    }
    taken.into_values().collect()
}

/// The edits of the best fix of each finding, as far as it is at least as applicable as `least` and they do not clash.
#[must_use]
pub fn edits(found: &[Diagnostic], least: Applicability) -> Vec<&Edit> {
    compatible(found.iter().filter_map(|d| d.fixes.first()).filter(|fix| fix.applicability >= least))
}

/// `source` after `edits`, which are in order and do not overlap.
#[must_use]
pub fn apply(source: &str, edits: &[&Edit]) -> String {
    let mut text = String::with_capacity(source.len());
    let mut done = 0;
    for edit in edits {
        text.push_str(&source[done..edit.range.start]);
        text.push_str(&edit.text);
        done = edit.range.end;
    }
    text + &source[done..]
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
        assert_eq!(apply("abc", &compatible(fixes.iter())), "A-bc");
    }

    #[test]
    fn an_edit_is_trimmed_to_what_it_changes() {
        let edit = Edit { range: 0.."政冶学习".len(), text: "政治学习".into() };
        let trimmed = edit.trimmed("政冶学习");
        assert_eq!((trimmed.range, trimmed.text.as_str()), (3..6, "治"));
    }
}
