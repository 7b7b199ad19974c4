//! 引文末的句号重复：引号里已有句末点号，引号外不再加句号、逗号。
//!
//! 外面的句号删去；外面是逗号的，由人核对。
//!
//! ## 例
//! - 他说：“保证完成任务。”〔。→〕
//! - 群众称赞：“办得真快！”〔。→〕大家都笑了。
//! - 他说“保证完成任务。”〔，〕转身走了。
//!
//! ## 不报
//! - 他说：“保证完成任务。”说完就走了。 （点号只在里面）
//! - 要做到“事事有回音”。 （引文不是整句，句号在外面）
//! - “好！”，“行！”，大家纷纷响应。 （叹号后面的停顿）
//!
//! ## 依据
//! GB/T 15834-2011《标点符号用法》附录B.2“行文中表示引用的引号内外的标点用法”：引文末尾的点号与引号后的点号不重复使用。

use crate::finding::{Applicability, Finding, Severity};
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "punctuation/quote-period",
    summary: "引文末点号重复",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    doc: module_doc!("quote_period.rs"),
    needs: &[],
    scope: Scope::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    for (at, _) in text.match_indices('”') {
        let end = at + '”'.len_utf8();
        let (inside, outside) = (text[..at].chars().next_back(), text[end..].chars().next());
        let range = end..end + '。'.len_utf8();
        match (inside, outside) {
            (Some('。' | '！' | '？'), Some('。')) => {
                let message = "引号里已有句末点号，引号外不再用句号";
                out.push(Finding::new(range, message).replace("", Applicability::Safe));
            }
            (Some('。'), Some('，')) => {
                let message = "引号里是句号，引号外又用逗号：引文完整就删逗号，不完整就删引号里的句号";
                out.push(Finding::new(range, message).with_severity(Severity::Info));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check_clean, check_fix};

    #[test]
    fn twice() {
        check_fix(&RULE, "群众称赞：“办得真快！”。大家都笑了。", "群众称赞：“办得真快！”大家都笑了。");
    }

    #[test]
    fn once() {
        check_clean(&RULE, "做到“三个必须”。");
    }
}
