//! `textDocument/inlayHint`: the lengths of a draft and its sections, where the configuration has targets.

use tower_lsp_server::ls_types::{InlayHint, InlayHintLabel, InlayHintParams};

use crate::server::convert;
use crate::server::snapshot::Snapshot;
use crate::text::count::Count;
use crate::text::outline::NodeKind;

/// The hints in a range: after the first line for the whole, and after each heading that has a target.
pub(crate) fn answer(snapshot: &Snapshot, params: &InlayHintParams) -> Vec<InlayHint> {
    let (document, length) = (&snapshot.document, &snapshot.state.linter().config().length);
    let wanted = convert::bytes(snapshot, params.range);
    let mut hints = Vec::new();
    if let (Some(target), Some(first)) = (length.document, document.blocks().first()) {
        let count = Count::of_blocks(document, 0..document.blocks().len());
        hints.push((first.range.end, count.words, target, "全文"));
    }
    for node in document.outline().nodes() {
        let target = length.sections.iter().filter(|(name, _)| node.title.contains(name.as_str()));
        // The longest name is the most specific.
        let target = target.max_by_key(|(name, _)| name.len()).map(|(_, target)| *target);
        if let Some(target) = target.filter(|_| node.kind != NodeKind::Title) {
            let count = Count::of_blocks(document, node.block..node.end_block);
            hints.push((node.selection.end, count.words, target, "本节"));
        }
    }
    let inside = hints.into_iter().filter(|(at, ..)| wanted.start <= *at && *at <= wanted.end);
    inside.map(|(at, words, target, what)| hint(snapshot, at, words, target, what)).collect()
}

fn hint(snapshot: &Snapshot, at: usize, words: usize, target: usize, what: &str) -> InlayHint {
    let tooltip = match words.cmp(&target) {
        std::cmp::Ordering::Less => format!("{what}{words}字，比目标{target}字少{}字", target - words),
        std::cmp::Ordering::Equal => format!("{what}{words}字，正合目标"),
        std::cmp::Ordering::Greater => format!("{what}{words}字，比目标{target}字多{}字", words - target),
    };
    InlayHint {
        position: convert::range(snapshot, &(at..at)).start,
        label: InlayHintLabel::String(format!("{words}/{target}字")),
        kind: None,
        text_edits: None,
        tooltip: Some(tooltip.into()),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    }
}
