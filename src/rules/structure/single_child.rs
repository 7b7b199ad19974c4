//! 独子节：一节下面只有“（一）”，没有“（二）”。
//!
//! 只有一层意思就不必编号；有编号，至少要有两项。
//!
//! ## 例
//! ```text
//! 一、主要工作
//! 〔（一）〕强化学习
//! 组织培训。
//! 二、下一步打算
//! 继续抓好培训。
//! ```
//!
//! ```text
//! 一、基本情况
//! （一）成效
//! 建成三个示范点。
//! （二）问题
//! 〔1.〕人手不足
//! 缺编两人。
//! ```
//!
//! ```text
//! 一、重点任务
//! 改造管网。
//! 二、保障措施
//! 〔（一）〕加强领导
//! 成立专班。
//! ```
//!
//! ## 不报
//! 有两项：
//!
//! ```text
//! 一、主要工作
//! （一）强化学习
//! 组织培训。
//! （二）转变作风
//! 走访农户。
//! ```
//!
//! 两项写在一行：
//!
//! ```text
//! 一、主要工作
//! 改造管网。
//! 二、下一步打算
//! （一）抓好创建。（二）推进建设。
//! ```
//!
//! 没有上级标题，从中间节选：
//!
//! ```text
//! （一）强化学习
//! 组织培训。
//! 二、下一步打算
//! 继续抓好培训。
//! ```
//!
//! ## 依据
//! GB/T 9704-2012《党政机关公文格式》7.3.3：结构层次序数；序数用于区分两项以上的并列内容。

use crate::finding::{Finding, Severity};
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::numbering::{self, NumberForm};
use crate::text::outline::{Node, NodeKind};

/// The rule.
pub static RULE: Rule = Rule {
    id: "structure/single-child",
    summary: "一节下面只有一个编号",
    severity: Severity::Info,
    fix: None,
    doc: module_doc!("single_child.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let numbered = document.outline().numbered();
    for parent in document.outline().nodes() {
        let [only] = &parent.children[..] else { continue };
        let Some(marker) = numbering::parse(&only.title) else { continue };
        let leveled =
            matches!(marker.style, NumberForm::ChineseParen | NumberForm::Arabic | NumberForm::ArabicParen);
        if !leveled
            || marker.value != 1
            || !is_numbered(parent)
            || !matches!(only.kind, NodeKind::Heading | NodeKind::RunIn)
        {
            continue;
        }
        // A number of its form that is no heading counts as well.
        let from = numbered.partition_point(|item| item.block <= only.block);
        let more = numbered[from..].iter().take_while(|item| item.block < parent.end_block);
        if more.clone().any(|item| item.marker.style == marker.style) {
            continue;
        }
        // （一）…。（二）…。 in one paragraph.
        let line = document.text(&document.blocks()[only.block]);
        if ["（二）", "(二)", "（2）", "(2)", "2.", "2．", "2、"].iter().any(|second| line.contains(second))
        {
            continue;
        }
        let place = only.selection.start..only.selection.start + marker.range.len();
        let message = format!(
            "“{}”下面只有一个“{}”，补写下一项或取消编号",
            parent.title.trim(),
            &only.title[marker.range]
        );
        out.push(Finding::new(place, message));
    }
}

fn is_numbered(node: &Node) -> bool {
    numbering::parse(&node.title).is_some()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_clean;

    #[test]
    fn more_or_none() {
        check_clean(
            &RULE,
            "一、主要工作\n（一）强化学习\n组织培训。\n（二）转变作风，走访农户，解决困难，密切了干群关系，受到了群众的一致好评。",
        );
        check_clean(&RULE, "一、工作\n甲。\n二、打算\n（一）抓好创建。（二）推进建设。\n某县农技站");
    }
}
