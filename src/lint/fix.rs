//! Applies fixes to a source.

use super::diagnostic::{Applicability, Diagnostic, Edit, Fix};

/// Those of `fixes` that do not touch what an earlier one of them edits.
fn compatible<'a>(fixes: impl Iterator<Item = &'a Fix>) -> Vec<&'a Edit> {
    let mut taken: Vec<&Edit> = Vec::new();
    for fix in fixes {
        let clashes = |edit: &Edit| {
            taken.iter().any(|other| {
                edit.range.start < other.range.end && other.range.start < edit.range.end
                    || edit.range.start == other.range.start
            })
        };
        if !fix.edits.iter().any(clashes) {
            taken.extend(&fix.edits);
        }
    }
    taken.sort_by_key(|edit| edit.range.start);
    taken
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
