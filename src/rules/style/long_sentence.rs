//! 句子过长、一逗到底：一句话二百字以上还没有句号、分号，层次看不清。
//!
//! ## 例
//! - 〔自……以来，我们……，……，……〕（超过二百字，逗号十处以上）
//! - 〔一年来〕，我们……，……（二百一十字，十二个逗号，没有分号）
//! - 〔为了落实会议精神〕，……，……（二百三十字，一逗到底）
//!
//! ## 不报
//! - 有分号、冒号划开层次的。
//! - 以顿号列举名单的。
//! - 法条。
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第十九条：条理清楚、文字精练；GB/T 15834-2011《标点符号用法》4.1：一句说完用句号。

use crate::finding::Finding;
use crate::finding::Severity;
use crate::rule::{Paragraph, Rule, Scope, module_doc};
use crate::text::block::BlockKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "style/long-sentence",
    summary: "句子过长、一逗到底",
    severity: Severity::Hint,
    fix: None,
    doc: module_doc!("long_sentence.rs"),
    needs: &[],
    scope: Scope::Paragraph(check),
};

const MAX_CHARS: usize = 200;
const MIN_COMMAS: usize = 10;

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if text.len() < MAX_CHARS * 3 || paragraph.kind == BlockKind::TableCell {
        return;
    }
    for sentence in paragraph.sentences() {
        let shown = &text[sentence.clone()];
        if shown.len() < MAX_CHARS * 2 || shown.contains(['；', ';', '：', ':']) {
            continue;
        }
        let chars = shown.chars().count();
        let commas = shown.matches(['，', ',']).count();
        if chars >= MAX_CHARS && commas >= MIN_COMMAS {
            let message = format!("这一句有{chars}字、{commas}个逗号，宜在主语变换处断开，或用分号划开层次");
            let first = shown.find(['，', ',']).unwrap_or(shown.len());
            out.push(Finding::new(sentence.start..sentence.start + first, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    const CLAUSE: &str = "我们走访企业了解情况解决实际困难二十余件，";

    #[test]
    fn long() {
        check(&RULE, &format!("〔去年以来〕，{}完成了任务。", CLAUSE.repeat(11)));
        check(&RULE, &format!("短句在前。〔今年〕，{}完成了任务。", CLAUSE.repeat(12)));
        check(&RULE, &format!("〔春季〕，{}完成了任务。短句在后。", CLAUSE.repeat(20)));
    }

    #[test]
    fn short_or_divided() {
        check_clean(&RULE, &format!("去年，{}完成了任务。", CLAUSE.repeat(6)));
        check_clean(&RULE, &format!("去年：{}；{}完成。", CLAUSE.repeat(7), CLAUSE.repeat(7)));
        check_clean(&RULE, &format!("出席的有{}等人。", "张三、李四、".repeat(50)));
    }
}
