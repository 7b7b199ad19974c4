//! 人工智能对话的残留：用大模型写稿，把它的答话一起贴了进来。
//!
//! “好的，以下是为您撰写的总结”“希望以上内容对您有帮助”不是报告的话，应整句删去。短语见 `data/ai-residue.tsv`，只看句首。
//!
//! ## 例
//! - 〔好的，以下是〕一份工作总结：
//! - 〔希望以上内容〕能满足您的需要。
//! - 〔作为一个人工智能〕，我无法提供具体数据。
//!
//! ## 不报
//! - 讨论人工智能的正文：作为一个人工智能企业……
//! - 引号里的话。
//! - 句子中间的“如果您需要”（便民告知）。
//!
//! ## 依据
//! 定稿只留正文，不留写作过程中的对话。

use crate::finding::Finding;
use crate::finding::Severity;
use crate::rule::literals::{LiteralList, Needs};
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "leftover/ai-residue",
    summary: "人工智能对话的残留",
    severity: Severity::Error,
    fix: None,
    doc: module_doc!("ai_residue.rs"),
    needs: &[Needs::Literal(&PHRASES)],
    scope: Scope::Paragraph(check),
};

static TABLE: &str = include_str!("../../../data/ai-residue.tsv");

static PHRASES: LiteralList = LiteralList::words(|| TABLE.lines().skip(1).collect());

/// It begins a sentence, and its subject is the machine and not a firm.
fn is_residue(text: &str, start: usize) -> bool {
    let begins = text[..start].trim_end().chars().next_back().is_none_or(|c| "。！？\n：；（".contains(c));
    let rest = text[start..].strip_prefix("作为一个人工智能").unwrap_or_default();
    begins && !rest.starts_with(|c: char| "企产领公平项技研专园".contains(c))
}

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let found = paragraph.hits().longest().find(|found| is_residue(text, found.start()));
    let Some(found) = found else { return };
    let shown = &text[found.range()];
    out.push(Finding::new(found.range(), format!("“{shown}”像是人工智能的答话，应连整句删去")));
}

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE};
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn residue() {
        check(&RULE, "〔好的，以下是〕一份工作总结：");
        check(&RULE, "全年任务圆满完成。〔希望以上内容〕能满足您的需要。");
        check(&RULE, "〔作为一个人工智能〕，我无法提供具体数据。");
    }

    #[test]
    fn prose() {
        check_clean(&RULE, "作为一个人工智能企业，公司坚持自主研发。");
        check_clean(&RULE, "他回答“好的，以下是我的意见”。");
        check_clean(&RULE, "办事窗口公布电话，方便群众，如果您需要帮助可随时拨打。");
    }

    #[test]
    fn every_row() {
        let rows: Vec<&str> = TABLE.lines().skip(1).collect();
        assert!(rows.is_sorted());
        for row in rows {
            check(&RULE, &format!("〔{row}〕"));
        }
    }
}
