//! The outline of a draft: its parts (篇一 …), its headings, their numbers and levels, as a tree; and every numbered
//! line, heading or not.

use std::ops::Range;

use super::block::{Block, BlockKind};
use super::numbering::{self, Marker, NumberForm};

/// What a node of the outline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NodeKind {
    /// One of several reports in a file; all numbering starts again in it.
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
    /// Its text: the prose of the line, or of the first sentence where it runs into a paragraph.
    pub title: String,
    /// The bytes of the title in the source.
    pub selection: Range<usize>,
    /// The bytes of the source from the heading to where the next of its level or a higher one begins.
    pub range: Range<usize>,
    /// The index of the block that holds the heading.
    pub block: usize,
    /// The index after the last block under it.
    pub end_block: usize,
    /// The headings under it.
    pub children: Vec<Node>,
}

/// A line that begins with a number, whether it is a heading or a numbered paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    /// The index of its block.
    pub block: usize,
    /// The index of its part, from 0; 0 in a document without parts.
    pub part: usize,
    /// Its number, in bytes of the block's prose.
    pub marker: Marker,
    /// Is it a heading, or the start of a numbered paragraph?
    pub is_heading: bool,
}

/// The structure of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    roots: Vec<Node>,
    numbered: Vec<Numbered>,
    part_starts: Vec<usize>,
}

/// A title or heading is no longer than this many characters.
const MAX_HEADING: usize = 45;
const MAX_RUN_IN: usize = 30;

impl Outline {
    /// Finds the structure of the blocks of a source.
    #[must_use]
    pub fn new(source: &str, blocks: &[Block]) -> Self {
        let mut outline = Self::default();
        let mut flat: Vec<Node> = Vec::new();
        for (index, block) in blocks.iter().enumerate() {
            let text = block.text(source);
            let marker = match block.kind {
                BlockKind::Paragraph | BlockKind::Heading(_) => numbering::parse(text),
                BlockKind::ListItem | BlockKind::TableCell => None,
            };
            let found = heading(block, text, marker.as_ref(), index == 0);
            if found.as_ref().is_some_and(|(kind, ..)| *kind == NodeKind::Part) {
                outline.part_starts.push(index);
            }
            if let Some(marker) = marker {
                let part = outline.part_starts.len().saturating_sub(1);
                outline.numbered.push(Numbered { block: index, part, marker, is_heading: found.is_some() });
            }
            if let Some((kind, level, title)) = found {
                flat.push(Node {
                    kind,
                    level,
                    selection: block.to_source(title.clone()),
                    title: text[title].to_owned(),
                    range: block.range.start..source.len(),
                    block: index,
                    end_block: blocks.len(),
                    children: Vec::new(),
                });
            }
        }
        outline.roots = nest(flat);
        close(&mut outline.roots, source.len(), blocks.len(), blocks);
        outline
    }

    /// The parts, or the topmost headings of a document without parts.
    #[must_use]
    pub fn roots(&self) -> &[Node] {
        &self.roots
    }

    /// Every numbered line, in order.
    #[must_use]
    pub fn numbered(&self) -> &[Numbered] {
        &self.numbered
    }

    /// The ranges of blocks of the parts; one range, of all `blocks`, where there are no parts. What stands
    /// before the first part belongs to it.
    #[must_use]
    pub fn parts(&self, blocks: usize) -> Vec<Range<usize>> {
        let mut starts = self.part_starts.clone();
        if let Some(first) = starts.first_mut() {
            *first = 0;
        } else {
            starts.push(0);
        }
        starts.push(blocks);
        starts.windows(2).map(|pair| pair[0]..pair[1]).collect()
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

/// What heading a block is, with its level and the bytes of its title in the block's prose.
fn heading(
    block: &Block,
    text: &str,
    marker: Option<&Marker>,
    first: bool,
) -> Option<(NodeKind, u8, Range<usize>)> {
    let whole = 0..text.len();
    if matches!(block.kind, BlockKind::ListItem | BlockKind::TableCell) {
        return None;
    }
    if is_part_title(text) {
        return Some((NodeKind::Part, 0, whole));
    }
    if let BlockKind::Heading(level) = block.kind {
        return Some((NodeKind::Heading, level, whole));
    }
    let Some(marker) = marker else {
        return (first && is_short_line(text) && !ends_like_address(text)).then_some((
            NodeKind::Title,
            1,
            whole,
        ));
    };
    let level = level(marker.style);
    // An article of a law or of rules is a paragraph with a number for its name.
    if marker.style == NumberForm::Article {
        return Some((NodeKind::RunIn, level, marker.range.clone()));
    }
    let body = text[marker.range.end..].trim_start();
    if body.is_empty() {
        return None;
    }
    if is_short_line(body) {
        return Some((NodeKind::Heading, level, whole));
    }
    let end = text.find(['。', '：', ':', '，', ','])?;
    let run_in = &text[marker.range.end.min(end)..end];
    (text[end..].starts_with('。')
        && run_in.chars().count() <= MAX_RUN_IN
        && text.len() > end + '。'.len_utf8())
    .then_some((NodeKind::RunIn, level, 0..end))
}

/// The level of a number's form, as the official documents order them; chapters and sections stand above.
fn level(style: NumberForm) -> u8 {
    match style {
        NumberForm::Chapter => 1,
        NumberForm::Section => 2,
        NumberForm::Article | NumberForm::Chinese => 3,
        NumberForm::ChineseParen => 4,
        NumberForm::Arabic => 5,
        NumberForm::Decimal(dots) => 5 + dots,
        NumberForm::ArabicParen => 6,
        NumberForm::Circled => 7,
    }
}

/// A line that no sentence ends: short, without a final full stop or semicolon, and without one inside.
fn is_short_line(text: &str) -> bool {
    let body = text.trim_end_matches(['：', ':']);
    !is_longer(body, MAX_HEADING)
        && !body.contains(['。', '；', ';', '\n'])
        && !body.ends_with(['，', ',', '、', '！', '!', '…'])
}

/// Has it more characters than this? Most paragraphs are so much longer that nobody need count.
fn is_longer(text: &str, chars: usize) -> bool {
    text.len() > chars * 4 || text.chars().count() > chars
}

/// 各位领导： is an address, not a title.
fn ends_like_address(text: &str) -> bool {
    text.ends_with(['：', ':'])
}

/// 疫情一线医护人员总结 篇一: / 范文三 / 【篇2】 / 第二篇
pub(crate) fn is_part_title(text: &str) -> bool {
    if is_longer(text, MAX_HEADING) {
        return false;
    }
    let body = text.trim_matches(['：', ':', '【', '】', '(', ')', '（', '）', ' ', '　', '#', '*']);
    let counted = |rest: &str| crate::chinese::numeral::parse(rest.trim()).is_some_and(|n| n > 0);
    let after = |word: &str| {
        body.rfind(word).is_some_and(|at| {
            let before = body[..at].chars().next_back();
            counted(&body[at + word.len()..]) && before.is_none_or(|c| !c.is_alphanumeric() || c == '文')
        })
    };
    let ordinal = body.strip_prefix('第').and_then(|rest| rest.strip_suffix('篇')).is_some_and(counted);
    after("篇") || after("范文") || ordinal
}

fn nest(flat: Vec<Node>) -> Vec<Node> {
    let mut roots: Vec<Node> = Vec::new();
    let mut open: Vec<Node> = Vec::new();
    let attach = |node: Node, open: &mut Vec<Node>, roots: &mut Vec<Node>| match open.last_mut() {
        Some(parent) => parent.children.push(node),
        None => roots.push(node),
    };
    for node in flat {
        while open.last().is_some_and(|top| top.level >= node.level) {
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
fn close(nodes: &mut [Node], end: usize, end_block: usize, blocks: &[Block]) {
    for index in 0..nodes.len() {
        let (end, end_block) =
            nodes.get(index + 1).map_or((end, end_block), |next| (next.range.start, next.block));
        let node = &mut nodes[index];
        // Up to the last block under it: blank lines before the next heading belong to nobody.
        node.range.end =
            blocks[..end_block].last().map_or(end, |last| last.range.end.max(node.selection.end));
        node.end_block = end_block;
        close(&mut node.children, end, end_block, blocks);
    }
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
