//! The source in paragraphs as the page shows them: a line, or several where a block of prose runs over them.

use std::collections::HashMap;
use std::ops::Range;

use crate::text::document::Document;
use crate::text::outline::{Node, NodeKind};
use crate::text::position::LineIndex;

/// A paragraph. Together they hold every byte of the source.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Its bytes in the source, with the line end.
    pub(super) range: Range<usize>,
    /// Its first line, from 1.
    pub(super) line: usize,
    /// The blocks of prose in it; what else stands in it is markup.
    pub(super) blocks: Range<usize>,
    /// As a heading, how many stand above it.
    pub(super) depth: Option<usize>,
}

/// The paragraphs of a document, in order.
pub(super) fn paragraphs(document: &Document, lines: &LineIndex) -> Vec<Paragraph> {
    let mut depths = HashMap::new();
    add_depths(document.outline().roots(), 0, &mut depths);
    let (source, blocks) = (document.source(), document.blocks());
    let mut all: Vec<Paragraph> = Vec::new();
    // Where the blocks that have begun end, and how many they are.
    let (mut reach, mut begun) = (0, 0);
    for line in 0..lines.count() {
        let range = lines.line_range(source, line).start..lines.line_range(source, line + 1).start;
        let next = begun + blocks[begun..].partition_point(|block| block.range.start < range.end);
        match all.last_mut().filter(|_| reach > range.start) {
            Some(open) => {
                open.range.end = range.end;
                open.blocks.end = next;
            }
            None => {
                let depth = (begun..next).find_map(|block| depths.get(&block).copied());
                all.push(Paragraph { range, line: line + 1, blocks: begun..next, depth });
            }
        }
        reach = blocks[begun..next].iter().map(|block| block.range.end).fold(reach, usize::max);
        begun = next;
    }
    all
}

/// How many headings stand above each heading that has a line of its own, by its block.
fn add_depths(nodes: &[Node], depth: usize, depths: &mut HashMap<usize, usize>) {
    for node in nodes {
        if node.kind != NodeKind::RunIn {
            depths.insert(node.block, depth);
        }
        add_depths(&node.children, depth + 1, depths);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::format::Format;

    fn shown(source: &str, format: Format) -> Vec<(&str, usize, Option<usize>)> {
        let document = Document::new(source, format);
        let all = paragraphs(&document, &LineIndex::new(source));
        all.iter().map(|it| (&source[it.range.clone()], it.line, it.depth)).collect()
    }

    #[test]
    fn a_block_of_several_lines_is_one_paragraph_and_no_byte_is_lost() {
        let source = "# 总结\n\n甲，\n乙。\n\n| 丙 | 丁 |\n|--|--|\n";
        let expected = [
            ("# 总结\n", 1, Some(0)),
            ("\n", 2, None),
            ("甲，\n乙。\n", 3, None),
            ("\n", 5, None),
            ("| 丙 | 丁 |\n", 6, None),
            ("|--|--|\n", 7, None),
            ("", 8, None),
        ];
        assert_eq!(shown(source, Format::Markdown), expected);
        assert_eq!(shown("", Format::Plain), [("", 1, None)]);
        let lines = shown("总结\r\n一、工作\r甲。", Format::Plain);
        assert_eq!(lines, [("总结\r\n", 1, Some(0)), ("一、工作\r", 2, Some(1)), ("甲。", 3, None)]);
    }
}
