//! How far texts differ, and whether an edit brings them nearer.

use zhubi::typo::edit::Edit;

/// Levenshtein distance. Common ends are cut off first: the texts are long and differ in a place or two.
pub fn distance(mut a: &[u16], mut b: &[u16]) -> usize {
    while !a.is_empty() && !b.is_empty() && a[0] == b[0] {
        (a, b) = (&a[1..], &b[1..]);
    }
    while !a.is_empty() && !b.is_empty() && a[a.len() - 1] == b[b.len() - 1] {
        (a, b) = (&a[..a.len() - 1], &b[..b.len() - 1]);
    }
    strsim::generic_levenshtein(&a.to_vec(), &b.to_vec())
}

/// Does an edit correct what it changes, where the texts are `before` apart?
pub fn corrects(wrong: &[u16], right: &[u16], before: usize, e: &Edit) -> bool {
    let new = e.new_symbols();
    let cost = if new.len() == e.to - e.from {
        (0..new.len()).filter(|&k| new[k] != wrong[e.from + k]).count()
    } else {
        new.len().abs_diff(e.to - e.from)
    };
    if before < cost {
        return false;
    }
    let after: Vec<u16> = wrong[..e.from].iter().chain(new).chain(&wrong[e.to..]).copied().collect();
    distance(&after, right) + cost == before
}
