//! One place, one correction: where several compete for the same characters, one of them stands.

use crate::finding::{Diagnostic, group_of};

/// The groups that correct characters, the strongest first. Structure, style and consistency speak of larger
/// things, and stand beside any of these.
const CORRECTING: [&str; 5] = ["typo", "leftover", "punctuation", "number", "grammar"];

/// By place, then by rule.
pub(super) fn sort(found: &mut [Diagnostic]) {
    found.sort_by(|a, b| (a.range.start, a.range.end, a.rule).cmp(&(b.range.start, b.range.end, b.rule)));
}

/// Drops the weaker of two overlapping corrections (by group, then the shorter, then the later rule), and
/// sorts the rest.
pub(super) fn resolve(found: &mut Vec<Diagnostic>) {
    sort(found);
    found.dedup_by(|b, a| a.rule == b.rule && a.range == b.range && a.message == b.message);
    let rank = |d: &Diagnostic| CORRECTING.iter().position(|group| *group == group_of(d.rule));
    let mut by_strength: Vec<usize> = (0..found.len()).filter(|&i| rank(&found[i]).is_some()).collect();
    by_strength.sort_by_key(|&i| (rank(&found[i]), std::cmp::Reverse(found[i].range.len()), i));
    let mut taken = std::collections::BTreeMap::new();
    let mut kept = vec![true; found.len()];
    for index in by_strength {
        let range = found[index].range.clone();
        let before = taken.range(..range.end).next_back();
        if before.is_some_and(|(_, &end): (&usize, &usize)| end > range.start) {
            kept[index] = false;
        } else if !range.is_empty() {
            taken.insert(range.start, range.end);
        }
    }
    let mut kept = kept.into_iter();
    found.retain(|_| kept.next() == Some(true));
}
