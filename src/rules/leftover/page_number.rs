//! 页码混入正文：单独一行的“— 3 —”“第3页 共8页”。
//!
//! 从 PDF 或 Word 复制，页码会落在段落中间。用短横的要有两处以上，写明“第…页”、用一字线的有一处就报。
//!
//! ## 例
//! ```text
//! 各村要做好
//! 〔— 3 —→〕
//! 防汛准备。
//! ```
//!
//! ```text
//! 各村要做好防汛准备。
//! 〔第3页 共8页→〕
//! 二、下一步打算
//! ```
//!
//! ```text
//! 各村要做好防汛准备。
//! 〔- 12 -→〕
//! 各组要备足沙袋。
//! 〔- 13 -→〕
//! ```
//!
//! ## 不报
//! - 各项指标的完成情况，见第3页。 （正文里的引用）
//!
//! 分隔线：
//!
//! ```text
//! 各村要做好防汛准备。
//! ———
//! 附件另发。
//! ```
//!
//! 只有一处的短横，可能是别的编号；单独一行的数字，可能是表格、清单：
//!
//! ```text
//! 各村要做好防汛准备。
//! - 12 -
//! 13
//! ```
//!
//! ## 依据
//! GB/T 9704-2012《党政机关公文格式》7.5：页码属版式，不属正文。

use std::sync::LazyLock;

use regex_lite::Regex;

use crate::finding::{Applicability, Finding, Severity};
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::BlockKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "leftover/page-number",
    summary: "页码混入正文",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("page_number.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

static PAGE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"^(?:[—－–-]{1,2}[\s\u{A0}\u{3000}]?[0-9]{1,3}[\s\u{A0}\u{3000}]?[—－–-]{1,2}|第[\s\u{A0}\u{3000}]?[0-9]{1,3}[\s\u{A0}\u{3000}]?页(?:[\s\u{3000}，,/／]*共[\s\u{A0}\u{3000}]?[0-9]{1,3}[\s\u{A0}\u{3000}]?页)?)$";
    Regex::new(pattern).expect("the pattern is a constant")
});

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let found: Vec<_> = document
        .blocks()
        .iter()
        .filter(|block| {
            let text = document.text(block);
            block.kind == BlockKind::Paragraph && text.len() <= 48 && PAGE.is_match(text)
        })
        .collect();
    for block in &found {
        let text = document.text(block);
        if found.len() >= 2 || text.starts_with('第') || text.starts_with('—') {
            let message = format!("“{text}”是页码，应从正文里删去，并把断开的段落接上");
            out.push(Finding::new(block.range.clone(), message).replace("", Applicability::Suggested));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_clean;

    #[test]
    fn other_lines() {
        check_clean(&RULE, "甲。\n———\n乙。\n* * *");
        check_clean(&RULE, "12\n13\n见第3页。");
        check_clean(&RULE, "甲。\n- 12 -\n乙。");
    }
}
