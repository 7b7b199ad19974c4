//! The sections of a draft that report or plan, for the rules that ask what is in them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::rule::DocumentView;
use crate::rule::facts::{Extract, flag};
use crate::text::document::Document;
use crate::text::outline::{Node, NodeKind};

/// A section: its heading's node, and its paragraphs with all that stand below it.
pub(super) struct Section<'a> {
    pub(super) heading: &'a Node,
    pub(super) blocks: Range<usize>,
}

static FIGURES: Extract<()> = Extract::new(|text, _| flag(FIGURE.is_match(text)));

impl Section<'_> {
    /// Has it at least so many characters, line ends included?
    pub(super) fn is_longer(&self, view: &DocumentView<'_>, chars: usize) -> bool {
        view.length(self.blocks.clone()) + self.blocks.len() > chars
    }

    /// Is there a number that counts something?
    pub(super) fn has_figure(&self, view: &DocumentView<'_>) -> bool {
        let noted = view.extract(&FIGURES);
        !noted.filled(self.blocks.clone()).is_empty()
    }
}

/// The uppermost sections whose headings hold one of the cues.
pub(super) fn sections<'a>(document: &'a Document, cues: &[&str]) -> Vec<Section<'a>> {
    fn walk<'a>(nodes: &'a [Node], cues: &[&str], found: &mut Vec<Section<'a>>) {
        for node in nodes {
            if node.kind == NodeKind::Heading && cues.iter().any(|cue| node.title.contains(cue)) {
                found.push(Section { heading: node, blocks: node.block + 1..node.end_block });
            } else {
                walk(&node.children, cues, found);
            }
        }
    }
    let mut found = Vec::new();
    walk(document.outline().roots(), cues, &mut found);
    found
}

static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = "[0-9０-９]|百分之|(?:[二三四五六七八九两]|十|百|千|万)[余多]?(?:个|名|人|次|项|件|家|户|场|篇|亿|元|吨|公里|台|套|份|起|期|亩|倍|成|条|处|所)";
    Regex::new(pattern).expect("the pattern is a constant")
});
