//! 文种与结语不符：通知用了“妥否，请批示”，请示用了“特此报告”。
//!
//! 标题定了文种，结语要与它相配：通知用“特此通知”，请示用“妥否，请批示”，报告用“特此报告”，批复用“此复”。
//!
//! ## 例
//! ```text
//! 关于购置水泵的请示
//! 县财政局：
//! 我站拟购置水泵两台。
//! 〔特此报告→妥否，请批示〕。
//! ```
//!
//! ```text
//! 关于开展检查的通知
//! 各乡镇：
//! 请认真准备。〔妥否，请批示→特此通知〕。
//! ```
//!
//! ```text
//! 关于同意立项的批复
//! 农技站：
//! 同意立项。
//! 〔特此通知→此复〕。
//! ```
//!
//! ## 不报
//! 结语相配：
//!
//! ```text
//! 关于购置水泵的请示
//! 县财政局：
//! 我站拟购置水泵两台。
//! 妥否，请批示。
//! ```
//!
//! 引号里说到别的结语：
//!
//! ```text
//! 关于购置水泵的请示
//! 县财政局：
//! 待上级“特此通知”下达后，我站即行采购。
//! 妥否，请批示。
//! ```
//!
//! 标题看不出文种：
//!
//! ```text
//! 春耕见闻
//! 今年雨水充足。
//! 特此报告。
//! ```
//!
//! 报告里夹带请示的，另由 `structure/report-with-request` 报。
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第八条（公文种类）；各文种的通行结语见 `src/doctype/` 里的各个文件。

use crate::doctype;
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::{DocumentView, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "structure/closing-mismatch",
    summary: "文种与结语不符",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("closing_mismatch.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    for part in document.texts() {
        let Some(title) = view.title(part.clone()) else { continue };
        let Some(kind) = title.document_type.filter(|kind| kind.fixed_closing) else { continue };
        let Some((closes, block, range)) = doctype::closing(document, title.body..part.end) else {
            continue;
        };
        let asks_in_a_report = kind.must_not_ask && closes.asks;
        if closes == kind || !closes.fixed_closing || asks_in_a_report {
            continue;
        }
        let Some(usual) = kind.closings.first() else { continue };
        let text = document.text(&document.blocks()[block]);
        let message = format!(
            "标题是“{}”，结语“{}”却是{}的，应改为“{usual}”，或改标题的文种",
            kind.name,
            &text[range.clone()],
            closes.name,
        );
        let place = document.blocks()[block].to_source(range);
        let name = document.blocks()[title.block].to_source(title.range.clone());
        out.push(
            Finding::new(place, message)
                .related(name, "标题在这里")
                .replace(*usual, Applicability::Suggested),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_clean;

    #[test]
    fn fitting_or_no_closings() {
        check_clean(&RULE, "关于购置水泵的请示\n如上级发来“特此通知”，照办即可。\n妥否，请批示。");
    }
}
