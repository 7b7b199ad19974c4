//! Headings without numbers: short lines alone, each above a text, several of them in a document.

use std::ops::Range;

use super::headings::{Family, Heading, level};
use super::line::{self, Line};
use super::node::NodeKind;
use crate::chinese::is_hanzi;
use crate::text::block::BlockKind;
use crate::text::numbering::NumberForm;

/// A heading without a number is no longer.
const MAX_UNNUMBERED: usize = 20;

/// The level of headings without numbers that stand above 一、.
const UNNUMBERED: u8 = 2;

/// What stands before or behind the text and is a heading wherever it is alone on its line.
const FRAME: [&str; 12] = [
    "参考文献",
    "前言",
    "引言",
    "导言",
    "绪论",
    "结语",
    "结束语",
    "后记",
    "致谢",
    "附则",
    "主要参考文献",
    "参考资料",
];

/// The names that sections usually have, without numbers.
const SECTIONS: [&str; 40] = [
    "基本情况",
    "总体情况",
    "工作情况",
    "主要工作",
    "主要做法",
    "工作回顾",
    "工作成效",
    "主要成效",
    "取得的成效",
    "存在问题",
    "存在的问题",
    "主要问题",
    "存在不足",
    "存在的不足",
    "问题和不足",
    "不足之处",
    "原因分析",
    "下一步打算",
    "下一步工作",
    "下步打算",
    "工作打算",
    "工作计划",
    "对策建议",
    "意见建议",
    "几点建议",
    "经验启示",
    "经验体会",
    "工作目标",
    "总体要求",
    "指导思想",
    "基本原则",
    "主要任务",
    "重点任务",
    "组织领导",
    "保障措施",
    "工作要求",
    "有关要求",
    "实施步骤",
    "活动目的",
    "活动安排",
];

/// Is this what a section is usually called?
pub(super) fn is_section_name(text: &str) -> bool {
    let name = text.trim_end_matches(['：', ':']);
    SECTIONS.contains(&name) || FRAME.contains(&name)
}

/// Headings without numbers: short lines alone, each above a text, several of them in a document.
pub(super) fn find(
    lines: &[Line<'_>],
    blocks: Range<usize>,
    numbered: &[Heading],
    families: &[Family],
    is_other: &impl Fn(usize) -> bool,
) -> Vec<Heading> {
    let is_numbered = |block: usize| numbered.binary_search_by_key(&block, |heading| heading.block).is_ok();
    let has_markup =
        numbered.iter().any(|heading| matches!(lines[heading.block].kind, BlockKind::Heading(_)));
    let candidates: Vec<usize> =
        blocks.clone().filter(|&block| !is_other(block) && is_unnumbered(lines, block, &blocks)).collect();
    let named = candidates.iter().filter(|&&block| is_section_name(lines[block].text)).count();
    let has_numbers = numbered.iter().any(|heading| !is_frame(lines[heading.block].text));
    // Among numbers, and where the format marks headings, a short line is a heading only by its name.
    let lacks_first = !has_markup && numbered.iter().all(|heading| heading.level > 3);
    let all = match (has_numbers || has_markup, candidates.len()) {
        (false, 2..) => true,
        (true, 2..) => lacks_first || named * 2 >= candidates.len(),
        _ => false,
    };
    let level = unnumbered_level(&candidates, families);
    let uppermost = numbered.iter().map(|heading| heading.level).chain(all.then_some(level)).min();
    let chosen = |block: &usize| all || is_frame(lines[*block].text);
    let above = |block: usize| block > blocks.start && is_numbered(block - 1) && !has_markup;
    candidates
        .into_iter()
        .filter(chosen)
        .filter(|&block| !above(block) || all)
        .map(|block| Heading {
            block,
            kind: NodeKind::Heading,
            level: if is_frame(lines[block].text) { uppermost.unwrap_or(level) } else { level },
            end: lines[block].text.len(),
        })
        .collect()
}

fn is_frame(text: &str) -> bool {
    let name: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '：' | ':')).collect();
    FRAME.contains(&name.as_str())
}

/// Where a family counts on across them, they stand below it, and else above.
fn unnumbered_level(candidates: &[usize], families: &[Family]) -> u8 {
    let crossed = families.iter().filter(|family| family.form <= NumberForm::Arabic).find(|family| {
        family.items.windows(2).any(|pair| {
            let after = candidates.partition_point(|&block| block < pair[0].block);
            pair[1].value > 1 && candidates.get(after).is_some_and(|&block| block < pair[1].block)
        })
    });
    crossed.map_or(UNNUMBERED, |family| level(family.form) + 1)
}

/// Can this line be a heading by its look and by what stands around it?
fn is_unnumbered(lines: &[Line<'_>], block: usize, blocks: &Range<usize>) -> bool {
    let line = &lines[block];
    let text = line.text;
    if !line.is_plain() || line.marker.is_some() || line::is_longer(text, MAX_UNNUMBERED) {
        return false;
    }
    if is_frame(text) {
        return true;
    }
    let name = text.trim_end_matches(['：', ':']);
    let chars = name.chars().count();
    let words = name.chars().filter(|c| is_hanzi(*c)).count();
    if name.len() < text.len() && !is_section_name(text) {
        return false;
    }
    let is_title = chars >= 2
        && words * 2 > chars
        && !name.contains([
            '，', ',', '。', '；', ';', '！', '!', '：', ':', '…', ' ', '　', '\t', '\u{FFFC}', '|', '=',
        ])
        && !name.ends_with(['？', '?', '、', '了', '吧', '吗', '”'])
        && !name.starts_with(['—', '-', '·', '•', '*', '注', '图', '表', '附', '《'])
        && !line::is_date(name)
        && !line::is_option(text)
        && !line::is_document_number(name)
        && !line::is_organisation(name);
    let is_text = |index: usize| {
        let line = &lines[index];
        line.is_plain() && line::is_prose(line.text) && line.text.chars().count() > chars
            || line.marker.is_some()
            || line.kind == BlockKind::ListItem
    };
    let next = block + 1;
    let opens = next < blocks.end
        && (is_text(next)
            || next + 1 < blocks.end
                && !line::is_longer(lines[next].text, MAX_UNNUMBERED)
                && is_text(next + 1));
    let closed = block == blocks.start || {
        let before = &lines[block - 1];
        before.text.ends_with(['。', '！', '？', '；', '”', '）', '：'])
            || line::is_short(before.text) && (before.is_plain() || before.kind != BlockKind::Paragraph)
    };
    is_title && opens && closed
}
