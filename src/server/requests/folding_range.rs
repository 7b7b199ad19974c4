//! `textDocument/foldingRange`: a fold for each section.

use tower_lsp_server::ls_types::{FoldingRange, FoldingRangeKind, FoldingRangeParams};

use crate::server::convert;
use crate::server::snapshot::Snapshot;
use crate::text::outline::Node;

/// Folds the sections that have more than the line of their heading.
pub(crate) fn answer(snapshot: &Snapshot, _: &FoldingRangeParams) -> Vec<FoldingRange> {
    let nodes = snapshot.document.outline().nodes();
    let fold = |node: &&Node| {
        let heading = convert::range(snapshot, &node.selection);
        let section = convert::range(snapshot, &node.range);
        (section.end.line > heading.end.line).then(|| FoldingRange {
            start_line: heading.end.line,
            end_line: section.end.line,
            kind: Some(FoldingRangeKind::Region),
            ..FoldingRange::default()
        })
    };
    nodes.iter().filter_map(fold).collect()
}
