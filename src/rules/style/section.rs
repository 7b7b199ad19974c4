//! The sections of a draft that report or plan, for the rules that ask what is in them.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::document::Document;
use crate::text::outline::{Node, NodeKind};

/// A section: its heading's node, and its prose with all that stands below it.
pub(super) struct Section<'a> {
    pub(super) heading: &'a Node,
    pub(super) text: String,
}

/// The uppermost sections whose headings hold one of the cues.
pub(super) fn sections<'a>(document: &'a Document, cues: &[&str]) -> Vec<Section<'a>> {
    fn walk<'a>(nodes: &'a [Node], document: &Document, cues: &[&str], found: &mut Vec<Section<'a>>) {
        for node in nodes {
            if node.kind == NodeKind::Heading && cues.iter().any(|cue| node.title.contains(cue)) {
                let blocks = &document.blocks()[node.block + 1..node.end_block];
                let text = blocks.iter().map(|block| document.text(block)).collect::<Vec<_>>().join("\n");
                found.push(Section { heading: node, text });
            } else {
                walk(&node.children, document, cues, found);
            }
        }
    }
    let mut found = Vec::new();
    walk(document.outline().roots(), document, cues, &mut found);
    found
}

static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = "[0-9０-９]|百分之|(?:[二三四五六七八九两]|十|百|千|万)[余多]?(?:个|名|人|次|项|件|家|户|场|篇|亿|元|吨|公里|台|套|份|起|期|亩|倍|成|条|处|所)";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// Is there a number that counts something?
pub(super) fn has_figure(text: &str) -> bool {
    FIGURE.is_match(text)
}
