//! 同级标题重复：同一节下面两个标题一字不差。
//!
//! ## 例
//! ```text
//! 一、加强组织领导
//! 成立专班。
//! 二、强化督查
//! 每月通报。
//! 〔三、加强组织领导〕
//! 落实责任。
//! ```
//!
//! ```text
//! 一、主要措施
//! （一）抓好培训
//! 春季办班两期。
//! 〔（二）抓好培训〕
//! 秋季办班三期。
//! ```
//!
//! ```md
//! ## 工作措施
//!
//! 成立专班。
//!
//! ## 〔工作措施〕
//!
//! 每月通报。
//! ```
//!
//! ## 不报
//! 不同的节下面的同名标题：
//!
//! ```text
//! 一、春季
//! （一）抓好培训
//! 办班两期。
//! 二、秋季
//! （一）抓好培训
//! 办班三期。
//! ```
//!
//! 目录与正文各一次：
//!
//! ```text
//! 一、加强组织领导
//! 二、强化督查
//! 一、加强组织领导
//! 成立专班。
//! 二、强化督查
//! 每月通报。
//! ```
//!
//! 三处以上同名，是案例、表单的固定栏目：
//!
//! ```text
//! 一、案例简介
//! 老旧小区加装电梯。
//! 二、案例简介
//! 村级卫生室改造。
//! 三、案例简介
//! 夜市油烟整治。
//! ```
//!
//! ## 依据
//! 同级标题各管一层意思，不重复。

use std::collections::HashMap;

use crate::finding::{Finding, Severity};
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::numbering;
use crate::text::outline::{Node, NodeKind};

/// The rule.
pub static RULE: Rule = Rule {
    id: "structure/duplicate-heading",
    summary: "同级标题重复",
    severity: Severity::Warning,
    fix: None,
    doc: module_doc!("duplicate_heading.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    siblings(view.document.outline().roots(), out);
}

fn siblings(nodes: &[Node], out: &mut Vec<Finding>) {
    let mut places: HashMap<&str, Vec<&Node>> = HashMap::new();
    for node in nodes.iter().filter(|node| matches!(node.kind, NodeKind::Heading | NodeKind::RunIn)) {
        let skipped = numbering::parse(&node.title).map_or(0, |marker| marker.range.end);
        let name = node.title[skipped..].trim_matches([' ', '　', '：', ':', '。']);
        if skipped > 0 || node.kind == NodeKind::Heading {
            places.entry(name).or_default().push(node);
        }
    }
    let mut twice: Vec<(&str, &Node, &Node)> = places
        .into_iter()
        .filter(|(name, _)| name.chars().count() >= 3)
        .filter_map(|(name, nodes)| match nodes[..] {
            [first, second] if has_body(first) && has_body(second) => Some((name, first, second)),
            _ => None,
        })
        .collect();
    twice.sort_by_key(|(_, _, second)| second.block);
    for (name, first, second) in twice {
        let message = format!("标题“{name}”与前面同级的标题重复，请合并或改写");
        out.push(
            Finding::new(second.selection.clone(), message).related(first.selection.clone(), "前一个在这里"),
        );
    }
    for node in nodes {
        siblings(&node.children, out);
    }
}

/// An entry of a table of contents has nothing under it.
fn has_body(node: &Node) -> bool {
    node.kind == NodeKind::RunIn || node.end_block > node.block + 1
}
