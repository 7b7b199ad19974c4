//! 半截句：一段停在逗号、顿号、“以及”“为了”上，后面的话丢了；一句话开了头又另起一段重写，前面的半句忘了删。
//!
//! 停在标点或连词上的，只看十五字以上的段落，而且要在文末，或者后面是标题、编号。
//! 另起重写的，要下一段用同样的几个字开头。
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
//! ```text
//! 三、下一步打算
//! 〔今后，我站将〕
//! 我站将以这次检查为契机，把各项制度落到实处。
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
//! 小标题，下一段从它说起：
//!
//! ```text
//! 我站的主要做法
//! 我站的主要做法是早部署、早检查、早整改。
//! ```
//!
//! ## 依据
//! GB/T 15834-2011《标点符号用法》4.1至4.3：句末用句号、问号、叹号。

use std::ops::Range;

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
    let headings = document.outline().heading_blocks();
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
    for (index, again) in view.extract(&BEGUN).within(0..blocks.len()) {
        let (block, text) = (&blocks[index], document.text(&blocks[index]));
        let Some(next) = blocks.get(index + 1).filter(|next| document.text(next).len() > text.len()) else {
            continue;
        };
        let last = &text[again.clone()];
        let repeats = document.text(next).starts_with(text) || document.text(next).starts_with(last);
        if repeats && headings.binary_search(&index).is_err() {
            let message = format!("这半句没有写完，下一段又从“{last}”写起，请删去或接着写完");
            out.push(Finding::new(block.to_source(0..text.len()), message));
        }
    }
}

/// The last clause of a short paragraph that breaks off after a word that cannot end a sentence.
static BEGUN: Extract<Range<usize>> = Extract::new(begun);

/// 我站将, 我们要, 为了把: no sentence and no heading ends so.
const OPEN_ENDS: [&str; 24] = [
    "将", "要", "把", "对", "为", "在", "与", "和", "由", "从", "以", "是", "的", "会", "应", "向", "按",
    "按照", "根据", "围绕", "通过", "针对", "继续", "并",
];

/// A longer paragraph that breaks off is for the first half of the rule.
const MAX_BEGUN: usize = 30;

fn begun(text: &str, kind: BlockKind) -> Vec<Range<usize>> {
    let short =
        kind != BlockKind::TableCell && text.len() <= MAX_BEGUN * 4 && text.chars().count() <= MAX_BEGUN;
    let ends_openly = || OPEN_ENDS.iter().any(|end| text.ends_with(end));
    if !short || !ends_openly() || numbering::parse(text).is_some() {
        return Vec::new();
    }
    let start = text
        .rfind(['，', ',', '。', '：'])
        .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let is_clause = text[start..].chars().count() >= 3;
    is_clause.then_some(start..text.len()).into_iter().collect()
}

/// What a paragraph ends with and cannot.
fn end(text: &str, kind: BlockKind) -> Vec<&'static str> {
    let long = kind != BlockKind::TableCell && text.chars().nth(14).is_some();
    ENDS.iter().find(|end| long && text.ends_with(**end)).copied().into_iter().collect()
}

/// A line that may be the rest of a broken one: neither a heading nor numbered, nor
/// a short line of its own.
fn goes_on(document: &Document, next: &Block, is_heading: bool) -> bool {
    let text = document.text(next);
    !is_heading && numbering::parse(text).is_none()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn begun_and_begun_anew() {
        for begun in [
            "下一步，我公司将",
            "我们要",
            "今年以来，县教育局围绕",
            "为此，全体党员要把",
            "各位领导，我的述职从",
            "在此基础上，学校对",
            "会议强调，各部门要",
            "根据安排，调研组由",
            "接下来，我会继续",
            "经研究，我局将按照",
        ] {
            let start = begun.rfind('，').map_or(0, |at| at + '，'.len_utf8());
            let again = &begun[start..];
            check(
                &RULE,
                &format!("一、情况\n情况很好。\n〔{begun}〕\n{again}以往的做法重新安排，务求实效。"),
            );
        }
        check_clean(&RULE, "下一步打算\n下一步打算从三个方面入手。");
        check_clean(&RULE, "为谁辛苦为谁甜，我们要\n他们都有自己的想法，说得很实在。");
        check_clean(&RULE, "一、我们要\n我们要团结起来。");
        check_clean(&RULE, "# 总结的\n总结的内容如下。");
        check_clean(&RULE, "我们的目标是：\n我们的目标是让每个孩子都有书读。");
        check_clean(&RULE, "我站将\n三月底前完成。");
    }

    #[test]
    fn whole_or_going_on() {
        check_clean(&RULE, "床前明月光，\n疑是地上霜。");
        check_clean(&RULE, "尊敬的各位领导，\n大家好！今天向大家汇报。");
    }
}
