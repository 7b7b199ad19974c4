//! `textDocument/documentHighlight`: what belongs together with what stands at the cursor.

use std::ops::Range;

use tower_lsp_server::ls_types::{DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams};

use crate::server::convert;
use crate::server::snapshot::Snapshot;
use crate::text::references::Role;

/// Every place that names the same thing, and the places to which a finding here is related. Nothing where
/// there is neither: the editor then looks for the word itself.
pub(crate) fn answer(
    snapshot: &Snapshot,
    params: &DocumentHighlightParams,
) -> Option<Vec<DocumentHighlight>> {
    let at = convert::offset(snapshot, params.text_document_position_params.position);
    let mut found: Vec<(Range<usize>, DocumentHighlightKind)> = Vec::new();
    let here = |range: &Range<usize>| range.start <= at && at <= range.end;
    for finding in snapshot.findings.iter().filter(|it| here(&it.range) && !it.related.is_empty()) {
        let related = finding.related.iter().map(|related| related.range.clone());
        let ranges = std::iter::once(finding.range.clone()).chain(related);
        found.extend(ranges.map(|range| (range, DocumentHighlightKind::TEXT)));
    }
    for place in snapshot.referent(at).iter().flat_map(|referent| &referent.places) {
        let is_itself = place.role == Role::Definition;
        let kind = if is_itself { DocumentHighlightKind::WRITE } else { DocumentHighlightKind::READ };
        found.push((place.range.clone(), kind));
    }
    found.sort_by_key(|(range, _)| (range.start, range.end));
    found.dedup_by(|(one, _), (other, _)| one == other);
    let highlight = |(range, kind): (Range<usize>, _)| DocumentHighlight {
        range: convert::range(snapshot, &range),
        kind: Some(kind),
    };
    (!found.is_empty()).then(|| found.into_iter().map(highlight).collect())
}
