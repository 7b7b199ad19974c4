//! The outline of a draft: its texts, their titles, their headings with number and level, as a tree; and every
//! numbered line, heading or not.

mod attachments;
mod contents;
mod headings;
mod line;
mod node;
mod texts;
mod title;
mod unnumbered;

use std::ops::Range;

pub(crate) use self::headings::is_above;
pub use self::node::{Node, NodeKind};
pub use self::texts::{Origin, Text};
pub(crate) use self::texts::{is_part_title, part_number};

use self::line::Line;
use self::texts::Known;
use super::block::{Block, BlockKind};
use super::numbering::{Marker, NumberForm};

/// A line that begins with a number, whether it is a heading or a numbered paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    /// The index of its block.
    pub block: usize,
    /// The index of its text, from 0.
    pub text: usize,
    /// Its number, in bytes of the block's prose.
    pub marker: Marker,
    /// Is it a heading, or the start of a numbered paragraph?
    pub is_heading: bool,
}

/// An entry of a table of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The index of its block.
    pub block: usize,
    /// The bytes of the title that it names, in the block's prose, without leaders and page.
    pub title: Range<usize>,
}

/// The structure of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    roots: Vec<Node>,
    numbered: Vec<Numbered>,
    texts: Vec<Text>,
    contents: Vec<Entry>,
    heading_blocks: Vec<usize>,
}

impl Outline {
    /// Finds the structure of the blocks of a source.
    #[must_use]
    pub fn new(source: &str, blocks: &[Block]) -> Self {
        let mut lines: Vec<Line<'_>> =
            blocks.iter().map(|block| Line::new(block.text(source), block.kind)).collect();
        let decimal =
            |line: &Line<'_>| matches!(line.marker, Some(Marker { style: NumberForm::Decimal(_), .. }));
        if lines.iter().any(decimal) {
            for line in &mut lines {
                line.marker = line.marker.take().or_else(|| line.spaced());
            }
        }
        let known = Known::new(&lines);
        let texts = texts::find(&lines, &known);
        let mut flat: Vec<Node> = Vec::new();
        for text in &texts {
            of_text(&lines, text, &known, blocks, &mut flat);
        }
        let mut heading_blocks: Vec<usize> = flat.iter().map(|node| node.block).collect();
        heading_blocks.extend(texts.iter().flat_map(|text| text.title.clone()));
        heading_blocks.sort_unstable();
        heading_blocks.dedup();
        let numbered = numbered(&lines, &texts, &known, &heading_blocks);
        // A page's own number is no entry.
        let is_entry = |block: &usize| lines[*block].text.contains(char::is_alphabetic);
        let contents = known.contents.iter().cloned().flatten().filter(is_entry);
        let contents = contents.map(|block| {
            let text = lines[block].text;
            let title = contents::title(text).unwrap_or(text).trim_end();
            Entry { block, title: 0..title.len() }
        });
        let contents = contents.collect();
        let mut roots = node::nest(flat);
        node::close(&mut roots, blocks.len(), blocks);
        Self { roots, numbered, texts, contents, heading_blocks }
    }

    /// The parts, or the topmost headings of a document without parts.
    #[must_use]
    pub fn roots(&self) -> &[Node] {
        &self.roots
    }

    /// Every numbered line of the texts, in order; none of a table of contents or a list of attachments.
    #[must_use]
    pub fn numbered(&self) -> &[Numbered] {
        &self.numbered
    }

    /// The documents of the file and their attachments, in order.
    #[must_use]
    pub fn texts(&self) -> &[Text] {
        &self.texts
    }

    /// The entries of the tables of contents.
    #[must_use]
    pub fn contents(&self) -> &[Entry] {
        &self.contents
    }

    /// The blocks that are headings or lines of titles, in order.
    #[must_use]
    pub fn heading_blocks(&self) -> &[usize] {
        &self.heading_blocks
    }

    /// The text that begins at a block.
    #[must_use]
    pub fn text_at(&self, block: usize) -> Option<&Text> {
        let index = self.texts.binary_search_by_key(&block, |text| text.blocks.start).ok()?;
        self.texts.get(index)
    }

    /// The ranges of blocks of the documents with their attachments; one range, of
    /// all `blocks`, where there is
    /// one document.
    #[must_use]
    pub fn parts(&self, blocks: usize) -> Vec<Range<usize>> {
        let documents = self.texts.iter().filter(|text| text.origin != Origin::Attachment);
        let mut starts: Vec<usize> = documents.map(|text| text.blocks.start).collect();
        if starts.is_empty() {
            starts.push(0);
        }
        starts.push(blocks);
        starts.windows(2).map(|pair| pair[0]..pair[1]).collect()
    }

    /// The nodes that hold a byte of the source, the outermost first.
    #[must_use]
    pub fn path_to(&self, at: usize) -> Vec<&Node> {
        let mut path = Vec::new();
        let mut nodes = &self.roots;
        while let Some(node) = nodes.iter().find(|node| node.range.contains(&at)) {
            path.push(node);
            nodes = &node.children;
        }
        path
    }

    /// All nodes, each before its children.
    #[must_use]
    pub fn nodes(&self) -> Vec<&Node> {
        fn walk<'a>(nodes: &'a [Node], all: &mut Vec<&'a Node>) {
            for node in nodes {
                all.push(node);
                walk(&node.children, all);
            }
        }
        let mut all = Vec::new();
        walk(&self.roots, &mut all);
        all
    }
}

/// The nodes of a text: what begins it, its title, its headings.
fn of_text(lines: &[Line<'_>], text: &Text, known: &Known, blocks: &[Block], flat: &mut Vec<Node>) {
    let node = |kind, level, block: usize, end: usize| {
        let prose = &lines[block].text[..end];
        Node {
            kind,
            level,
            title: prose.to_owned(),
            selection: blocks[block].to_source(0..end),
            range: blocks[block].range.start..0,
            block,
            end_block: blocks.len(),
            children: Vec::new(),
        }
    };
    let head = match text.origin {
        Origin::First | Origin::Document => None,
        Origin::Attachment => Some(text.blocks.start),
        Origin::Counted => text.blocks.clone().find(|&block| is_part_title(lines[block].text)),
    };
    if let Some(head) = head {
        flat.push(node(NodeKind::Part, 0, head, lines[head].text.len()));
    }
    let own = text.title.clone().filter(|block| Some(*block) != head);
    let is_marked = |block: usize| matches!(lines[block].kind, BlockKind::Heading(_));
    let own: Vec<usize> = own.filter(|&block| !is_marked(block)).collect();
    if let (Some(&first), Some(&last)) = (own.first(), own.last()) {
        let title = own.iter().map(|&block| lines[block].text).collect::<String>();
        let lone = node(NodeKind::Title, 1, first, lines[first].text.len());
        let selection = lone.selection.start..blocks[last].range.end;
        let selection = if first == last { lone.selection.clone() } else { selection };
        flat.push(Node { title, selection, ..lone });
    }
    let from = head.map_or(text.blocks.start, |head| head + 1).max(own.last().map_or(0, |last| last + 1));
    let other = |block: usize| known.is_other(block);
    let (mut found, families) = headings::find(lines, from..text.blocks.end, other);
    let without = unnumbered::find(lines, from..text.blocks.end, &found, &families, &other);
    found.extend(without);
    found.sort_by_key(|heading| heading.block);
    found.dedup_by_key(|heading| heading.block);
    flat.extend(found.iter().map(|it| node(it.kind, it.level, it.block, it.end)));
}

fn numbered(lines: &[Line<'_>], texts: &[Text], known: &Known, headings: &[usize]) -> Vec<Numbered> {
    let of_text = |(index, text): (usize, &Text)| {
        let lines = text.blocks.clone().filter(|&block| !known.is_other(block)).filter_map(move |block| {
            let marker = lines[block].marker.clone()?;
            let is_heading = headings.binary_search(&block).is_ok();
            Some(Numbered { block, text: index, marker, is_heading })
        });
        lines.collect::<Vec<_>>()
    };
    texts.iter().enumerate().flat_map(of_text).collect()
}

#[cfg(test)]
mod tests {
    use crate::text::document::Document;
    use crate::text::format::Format;

    use super::*;

    fn lines(nodes: &[Node], depth: usize, out: &mut Vec<String>) {
        for node in nodes {
            out.push(format!("{}{}", "  ".repeat(depth), node.title));
            lines(&node.children, depth + 1, out);
        }
    }

    fn tree(source: &str, format: Format) -> Vec<String> {
        let mut out = Vec::new();
        lines(Document::new(source, format).outline().roots(), 0, &mut out);
        out
    }

    #[test]
    fn parts_restart_and_levels_nest() {
        let source = "检验科个人总结 篇一:\n一、政治思想方面:\n认真学习。\n三、道德品质方面:\n(一)有吃苦耐劳的精神\n我来自农村。\n(二)有严于律己的品质\n检验科个人总结 篇二:\n一、提高站位";
        assert_eq!(
            tree(source, Format::Plain),
            [
                "检验科个人总结 篇一:",
                "  一、政治思想方面:",
                "  三、道德品质方面:",
                "    (一)有吃苦耐劳的精神",
                "    (二)有严于律己的品质",
                "检验科个人总结 篇二:",
                "  一、提高站位"
            ]
        );
    }

    #[test]
    fn a_numbered_sentence_is_no_heading_but_a_run_in_title_is() {
        let source = "工作总结\n一、主要工作\n（一）加强领导。成立了由局长任组长的领导小组，定期研究。\n1、校长负责全面工作，每周至少召开一次会议，听取各处室的情况。\n2.做好后勤保障；";
        assert_eq!(tree(source, Format::Plain), ["工作总结", "  一、主要工作", "    （一）加强领导"]);
        let document = Document::new(source, Format::Plain);
        assert_eq!(document.outline().numbered().len(), 4);
    }

    #[test]
    fn markdown_headings_rule_in_markdown() {
        let source = "# 总结\n\n## 一、学习\n\n正文。\n\n### （一）理论\n\n## 二、工作\n";
        assert_eq!(tree(source, Format::Markdown), ["总结", "  一、学习", "    （一）理论", "  二、工作"]);
    }

    #[test]
    fn a_node_ends_where_the_next_begins() {
        let source = "一、学习\n甲。\n\n二、工作\n乙。\n";
        let document = Document::new(source, Format::Plain);
        let roots = document.outline().roots();
        assert_eq!(&source[roots[0].range.clone()], "一、学习\n甲。");
        assert_eq!((roots[0].block, roots[0].end_block), (0, 2));
        assert_eq!(&source[roots[1].range.clone()], "二、工作\n乙。");
    }
}
