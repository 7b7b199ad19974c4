//! How the phrases of a one-column table are looked for: the residue of models, samples and web pages.

use aho_corasick::{AhoCorasick, MatchKind};

/// Finds the rows of a table that ships, the longest where several begin at one place.
pub(super) fn finder(table: &'static str) -> AhoCorasick {
    let builder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(table.lines().skip(1));
    builder.expect("the table is a constant")
}
