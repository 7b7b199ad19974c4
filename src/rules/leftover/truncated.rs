//! 半截句：一段停在逗号、顿号、“以及”“为了”上，后面的话丢了。
//!
//! 只看十五字以上的段落，而且要在文末，或者后面是标题、编号。
//!
//! ## 例
//! - 全镇上下为防汛工作共投入资金、人力、物资〔、〕
//!
//! ```text
//! 防汛工作总结
//! 县里成立了领导小组，负责组织协调、督促检查〔以及〕
//! ```
//!
//! ```text
//! 一、整改情况
//! 会议听取了整改汇报，研究了下一步的整改方案〔，〕
//! 二、下一步打算
//! 继续抓好落实。
//! ```
//!
//! ## 不报
//! - 尊敬的各位领导， （称谓）
//! - 县里成立了领导小组，成员包括农业农村局、水利局、应急管理局等 （“等”可以收尾）
//!
//! 下一行接着说的：
//!
//! ```text
//! 全镇上下为防汛工作共投入资金、人力、
//! 物资三十万元。
//! ```
//!
//! 标题：
//!
//! ```text
//! 一、加强学习，提高认识，统一思想，
//! 按时参加培训，做好笔记。
//! ```
//!
//! ## 依据
//! GB/T 15834-2011《标点符号用法》4.1至4.3：句末用句号、问号、叹号。

use crate::finding::{Finding, Severity};
use crate::rule::facts::Extract;
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::{Block, BlockKind};
use crate::text::document::Document;
use crate::text::numbering;

/// The rule.
pub static RULE: Rule = Rule {
    id: "leftover/truncated",
    summary: "半截句",
    severity: Severity::Warning,
    fix: None,
    doc: module_doc!("truncated.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

/// What cannot end a paragraph.
const ENDS: [&str; 9] = ["，", "、", "（", "“", "《", "以及", "为了", "并且", "由于"];

static BROKEN_OFF: Extract<&'static str> = Extract::new(end);

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let blocks = document.blocks();
    let headings: Vec<usize> = document.outline().nodes().iter().map(|node| node.block).collect();
    for (index, end) in view.extract(&BROKEN_OFF).within(0..blocks.len()) {
        let (block, text) = (&blocks[index], document.text(&blocks[index]));
        if headings.binary_search(&index).is_ok() {
            continue;
        }
        let next = blocks.get(index + 1);
        if next.is_some_and(|next| goes_on(document, next, headings.binary_search(&(index + 1)).is_ok())) {
            continue;
        }
        let range = block.to_source(text.len() - end.len()..text.len());
        let message = format!("这一段停在“{end}”上，话没有说完，请补全或改为句号");
        out.push(Finding::new(range, message));
    }
}

/// What a paragraph ends with and cannot.
fn end(text: &str, kind: BlockKind) -> Vec<&'static str> {
    let long = kind != BlockKind::TableCell && text.chars().nth(14).is_some();
    ENDS.iter().find(|end| long && text.ends_with(**end)).copied().into_iter().collect()
}

/// A line that may be the rest of a broken one: neither a heading nor numbered, nor a short line of its own.
fn goes_on(document: &Document, next: &Block, is_heading: bool) -> bool {
    let text = document.text(next);
    !is_heading && numbering::parse(text).is_none()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_clean;

    #[test]
    fn whole_or_going_on() {
        check_clean(&RULE, "床前明月光，\n疑是地上霜。");
        check_clean(&RULE, "尊敬的各位领导，\n大家好！今天向大家汇报。");
    }
}
