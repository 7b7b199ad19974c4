//! 冒号误用：“如下”“以下几点”收尾而后面还有下文，应用冒号，不用句号；“一是”之类见 `punctuation/sequence-mark`。
//!
//! ## 例
//! - 现将有关情况汇报如下〔。〕（：）
//! - 具体安排如下〔；〕（：）
//! - 主要做法如下〔，〕（：）
//!
//! ## 不报
//! - 已用冒号的。
//! - “如下”不在段末的：情况如下。第一，……
//! - 表格单元格和标题。
//!
//! ## 依据
//! GB/T 15834-2011《标点符号用法》4.7：冒号用于总说性词语之后，提起下文。

use crate::lint::diagnostic::{Applicability, Severity};
use crate::rules::{Finding, Paragraph, Rule, Scope, module_doc};
use crate::text::document::BlockKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "punctuation/colon",
    summary: "提起下文应用冒号",
    severity: Severity::Info,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("colon.rs"),
    scope: Scope::Paragraph(check),
};

/// What announces the lines that follow.
const ANNOUNCING: &[&str] = &["如下", "以下几点", "以下几个方面", "以下工作安排", "以下三点", "以下几点意见"];

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let Some(mark) = text.chars().next_back().filter(|c| "。；，".contains(*c)) else { return };
    let head = &text[..text.len() - mark.len_utf8()];
    if paragraph.kind == BlockKind::TableCell || !ANNOUNCING.iter().any(|word| head.ends_with(word)) {
        return;
    }
    let message = format!("后面提起下文，“{mark}”应为“：”");
    let finding = Finding::new(head.len()..text.len(), message);
    out.push(finding.replace("：", Applicability::Suggested));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn marked() {
        check(&RULE, "现将有关情况汇报如下〔。→：〕\n一、基本情况");
        check(&RULE, "具体安排如下〔；→：〕\n上午开会。");
        check(&RULE, "主要做了以下几个方面〔，→：〕\n一是学习。");
    }

    #[test]
    fn silent() {
        check_clean(&RULE, "现将有关情况汇报如下：\n一、基本情况");
        check_clean(&RULE, "情况如下。第一，任务已经完成。");
        check_clean(&RULE, "任务已经完成，各项指标良好。");
    }
}
