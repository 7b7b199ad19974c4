//! 空节：有标题，没有内容。
//!
//! 标题之后紧跟同级或更高一级的标题，或者全文到此为止。
//!
//! ## 例
//! ```text
//! 一、主要工作
//! 完成了年度任务。
//! 〔二、存在问题〕
//! 三、下一步打算
//! 继续抓好培训。
//! ```
//!
//! ```text
//! 一、主要工作
//! （一）党建
//! 组织学习。
//! 〔（二）业务〕
//! （三）后勤
//! 做好保障。
//! ```
//!
//! ```md
//! ## 背景
//!
//! 略述来由。
//!
//! ## 〔问题〕
//!
//! ## 下一步打算
//!
//! 继续抓好培训。
//! ```
//!
//! ## 不报
//! 标题之下还有下一级标题：
//!
//! ```text
//! 一、主要工作
//! （一）党建
//! 组织学习。
//! 二、下一步打算
//! 继续抓好培训。
//! ```
//!
//! 目录：
//!
//! ```text
//! 目录
//! 一、总则
//! 二、任务
//! 三、保障
//! 一、总则
//! 制定本方案。
//! 二、任务
//! 改造管网。
//! 三、保障
//! 成立专班。
//! ```
//!
//! 由短句组成的名单：
//!
//! ```text
//! 成员名单
//! 1.张三
//! 2.李四
//! 3.王五
//! 以上同志任期三年。
//! ```
//!
//! ## 依据
//! GB/T 9704-2012《党政机关公文格式》7.3.3：正文的结构层次；标题应统领其下内容。

use crate::finding::{Finding, Severity};
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::BlockKind;
use crate::text::document::Document;
use crate::text::numbering;
use crate::text::outline::{Node, NodeKind};

/// The rule.
pub static RULE: Rule = Rule {
    id: "structure/empty-section",
    summary: "标题下没有内容",
    severity: Severity::Warning,
    fix: None,
    doc: module_doc!("empty_section.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    siblings(view.document, view.document.outline().roots(), out);
}

fn siblings(document: &Document, nodes: &[Node], out: &mut Vec<Finding>) {
    for run in runs(nodes) {
        let empty: Vec<&&Node> = run.iter().filter(|node| is_empty(document, node)).collect();
        // A table of contents, or a list of short items, is empty for the most part.
        if !empty.is_empty() && run.len() > 1 && empty.len() * 2 < run.len() {
            out.extend(empty.into_iter().map(|node| {
                let title = node.title.trim_end_matches(['：', ':']);
                Finding::new(node.selection.clone(), format!("标题“{title}”下面没有内容，请补写或删去标题"))
            }));
        }
    }
    for node in nodes {
        siblings(document, &node.children, out);
    }
}

/// Siblings of one form and one count: a new 一、 begins a new run, and so does a title without a number.
fn runs(nodes: &[Node]) -> Vec<Vec<&Node>> {
    let mut runs: Vec<Vec<&Node>> = Vec::new();
    let mut form = None;
    for node in nodes {
        let marker = numbering::parse(&node.title);
        let this = marker.as_ref().map(|m| m.style);
        let restarts = marker.is_some_and(|m| m.value == 1);
        if runs.is_empty() || this != form || restarts {
            runs.push(Vec::new());
        }
        form = this;
        if let Some(run) = runs.last_mut() {
            run.push(node);
        }
    }
    runs
}

/// Code, a picture or a line to write on is no prose, and is content.
fn is_empty(document: &Document, node: &Node) -> bool {
    let blocks = document.blocks();
    // Where numbers were lost, a heading above another may be that of a higher level.
    let is_unnumbered =
        blocks[node.block].kind == BlockKind::Paragraph && numbering::parse(&node.title).is_none();
    if node.kind != NodeKind::Heading || node.end_block != node.block + 1 || is_unnumbered {
        return false;
    }
    let next = blocks.get(node.end_block).map_or(document.source().len(), |block| block.range.start);
    let between = document.source().get(blocks[node.block].range.end..next).unwrap_or_default();
    !between.contains(|c: char| c.is_alphanumeric() || c == '_' || c == '＿')
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_in;
    use crate::text::format::Format;

    #[test]
    fn lost_numbers() {
        check_in(
            &RULE,
            Format::Plain,
            "工作总结\n主要工作\n思想引领\n组织主题团日二十四次。\n文化活动\n举办合唱比赛。\n存在不足\n形式不新。",
        );
    }

    #[test]
    fn what_is_no_prose_is_content() {
        let check = |text| check_in(&RULE, Format::Markdown, text);
        check("## 目标\n\n略述。\n\n## 板书设计\n\n```text\n甲 → 乙\n```\n\n## 反思\n\n继续。\n");
        check("## 目标\n\n略述。\n\n## 反思\n\n______\n\n## 作业\n\n继续。\n");
    }
}
