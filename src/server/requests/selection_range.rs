//! `textDocument/selectionRange`: the sentence, its paragraph, the sections about it, and the whole document.

use std::ops::Range;

use tower_lsp_server::ls_types::{Position, SelectionRange};

use crate::server::convert;
use crate::server::snapshot::Snapshot;
use crate::text::sentence;

/// One chain of ranges for each place, the narrowest first.
pub(crate) fn answer(snapshot: &Snapshot, positions: &[Position]) -> Vec<SelectionRange> {
    positions.iter().map(|position| chain(snapshot, convert::offset(snapshot, *position))).collect()
}

fn chain(snapshot: &Snapshot, at: usize) -> SelectionRange {
    let document = &snapshot.document;
    let holds = |range: &Range<usize>| range.start <= at && at <= range.end;
    let whole = 0..document.source().len();
    let mut ranges: Vec<Range<usize>> = std::iter::once(whole).collect();
    // Each node stands before its children.
    ranges.extend(document.outline().nodes().iter().map(|node| node.range.clone()).filter(holds));
    let blocks = document.blocks();
    let index = blocks.partition_point(|block| block.range.end < at);
    if let Some(block) = blocks.get(index).filter(|block| holds(&block.range)) {
        ranges.push(block.range.clone());
        let sentences = sentence::sentences(document.text(block)).map(|range| block.to_source(range));
        ranges.extend(sentences.into_iter().find(|range| range.contains(&at)));
    }
    let mut chain: Option<SelectionRange> = None;
    let mut outer: Option<Range<usize>> = None;
    for range in ranges {
        // Each range has to lie in its parent, and to be another.
        if outer
            .as_ref()
            .is_none_or(|outer| outer.start <= range.start && range.end <= outer.end && *outer != range)
        {
            chain =
                Some(SelectionRange { range: convert::range(snapshot, &range), parent: chain.map(Box::new) });
            outer = Some(range);
        }
    }
    chain.unwrap_or_default()
}
