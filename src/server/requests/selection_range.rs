//! `textDocument/selectionRange`: the sentence, its paragraph, the sections around it, the whole document.

use std::ops::Range;

use tower_lsp_server::ls_types::{SelectionRange, SelectionRangeParams};

use crate::server::convert;
use crate::server::snapshot::Snapshot;
use crate::text::sentence;

/// A chain of ranges for each position, the narrowest first.
pub(crate) fn answer(snapshot: &Snapshot, params: &SelectionRangeParams) -> Vec<SelectionRange> {
    params.positions.iter().map(|position| chain(snapshot, convert::offset(snapshot, *position))).collect()
}

fn chain(snapshot: &Snapshot, at: usize) -> SelectionRange {
    let document = &snapshot.document;
    let holds = |range: &Range<usize>| range.start <= at && at <= range.end;
    let whole = 0..document.source().len();
    let mut ranges: Vec<Range<usize>> = std::iter::once(whole).collect();
    // Each node comes before its children.
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
        // Each range has to lie in its parent, and to differ from it.
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
