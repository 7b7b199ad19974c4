//! The tree of an outline: parts, titles and headings, each with what stands under it.

use std::ops::Range;

use crate::text::block::Block;

/// What a node of the outline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NodeKind {
    /// One of several texts in a file, or an attachment; all numbering starts again in it.
    Part,
    /// The title of the document or of a part.
    Title,
    /// A heading, alone on its line.
    Heading,
    /// A numbered paragraph whose first sentence is its heading.
    RunIn,
}

/// A part or a heading, with what stands under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Its level, from 0 for a part; gaps are kept as the draft has them.
    pub level: u8,
    /// Its text: the prose of its lines, or of the first sentence where it runs into a paragraph.
    pub title: String,
    /// The bytes of the title in the source.
    pub selection: Range<usize>,
    /// The bytes of the source from the heading to where the next of its level or a higher one begins.
    pub range: Range<usize>,
    /// The index of the block that holds the heading, or its first line.
    pub block: usize,
    /// The index after the last block under it.
    pub end_block: usize,
    /// The headings under it.
    pub children: Vec<Node>,
}

impl Node {
    /// Where it stands among others: a part above its title, the title above all headings.
    fn rank(&self) -> u8 {
        match self.kind {
            NodeKind::Part => 0,
            NodeKind::Title => 1,
            NodeKind::Heading | NodeKind::RunIn => 2 + self.level,
        }
    }
}

/// Makes a tree of nodes in order, each below the last that ranks higher.
pub(super) fn nest(flat: Vec<Node>) -> Vec<Node> {
    let mut roots: Vec<Node> = Vec::new();
    let mut open: Vec<Node> = Vec::new();
    let attach = |node: Node, open: &mut Vec<Node>, roots: &mut Vec<Node>| match open.last_mut() {
        Some(parent) => parent.children.push(node),
        None => roots.push(node),
    };
    for node in flat {
        while open.last().is_some_and(|top| top.rank() >= node.rank()) {
            if let Some(done) = open.pop() {
                attach(done, &mut open, &mut roots);
            }
        }
        open.push(node);
    }
    while let Some(done) = open.pop() {
        attach(done, &mut open, &mut roots);
    }
    roots
}

/// Ends each node where its next sibling begins, or where its parent ends.
pub(super) fn close(nodes: &mut [Node], end_block: usize, blocks: &[Block]) {
    for index in 0..nodes.len() {
        let end_block = nodes.get(index + 1).map_or(end_block, |next| next.block);
        let node = &mut nodes[index];
        // Up to the last block under it: blank lines before the next heading belong to nobody.
        if let Some(last) = blocks[..end_block].last() {
            node.range.end = last.range.end.max(node.selection.end);
        }
        node.end_block = end_block;
        close(&mut node.children, end_block, blocks);
    }
}
