//! 标题末的标点：独立成行的标题末尾不加逗号、顿号、冒号、句号。
//!
//! ## 例
//! ```text
//! 一、政治思想方面〔：→〕
//! 认真学习党的创新理论，按时参加组织生活。
//! ```
//!
//! ```text
//! 二、存在的问题〔。→〕
//! 深入基层不够，调查研究不多。
//! ```
//!
//! ```text
//! （一）加强领导〔，→〕
//! 成立了领导小组，明确了分工。
//! ```
//!
//! ## 不报
//! - （一）加强领导。成立了领导小组，定期研究。 （后面接着正文）
//! - 附件： （不带序号的引出语）
//!
//! 问号可以留着：
//!
//! ```text
//! 一、为什么要改革？
//! 二、怎样改革
//! ```
//!
//! 引出下文的话，不是标题：
//!
//! ```text
//! 三、会议议定以下事项：
//! （一）由县住建局牵头。
//! ```
//!
//! ## 依据
//! GB/T 15834-2011《标点符号用法》附录B.4“文章标题的标点用法”：标题末尾通常不用标点；GB/T 9704-2012《党政机关公文格式》7.3.3的层次标题。

use crate::finding::{Applicability, Finding, Severity};
use crate::rule::{Paragraph, Rule, Scope, module_doc};
use crate::text::block::BlockKind;
use crate::text::numbering::{self, NumberForm};

/// The rule.
pub static RULE: Rule = Rule {
    id: "punctuation/title-end",
    summary: "标题末的标点",
    severity: Severity::Info,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("title_end.rs"),
    needs: &[],
    scope: Scope::Paragraph(check),
};

/// A numbered line that ends with a full stop and is longer than this is a sentence.
const MAX_TITLE: usize = 16;

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let Some(mark) = text.chars().next_back().filter(|c| "，、：；。:".contains(*c)) else { return };
    let body = &text[..text.len() - mark.len_utf8()];
    let heading = matches!(paragraph.kind, BlockKind::Heading(_));
    let number =
        numbering::parse(text).filter(|m| matches!(m.style, NumberForm::Chinese | NumberForm::ChineseParen));
    let numbered = number.is_some_and(|marker| {
        let title = &body[marker.range.end.min(body.len())..];
        let sentence = title.contains(['，', '。', '；', '：', ',', ';', ':']);
        // （一）……； is an item of a list, and so may be 二、……。 in a long one.
        let short = title.chars().count() <= MAX_TITLE;
        let level = marker.style == NumberForm::Chinese;
        // 会议议定以下事项： brings in what follows, and is no title.
        let brings_in = matches!(mark, '：' | ':')
            && ["以下", "如下", "下列", "要求", "议定", "决定", "强调", "指出"]
                .iter()
                .any(|word| title.contains(word));
        !title.is_empty()
            && !brings_in
            && !sentence
            && short
            // （一）指导思想。 on a line of its own is a manner of writing, for all of its level.
            && (level || mark != '。')
            && (paragraph.is_heading || matches!(mark, '，' | '、') || level && mark == '。')
    });
    if heading && body.chars().count() <= 40 || numbered {
        let message = format!("标题独立成行，末尾不用“{mark}”");
        let range = body.len()..text.len();
        out.push(Finding::new(range, message).replace("", Applicability::Suggested));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check_clean, check_in};
    use crate::text::format::Format;

    #[test]
    fn marked() {
        check_in(&RULE, Format::Markdown, "## 主要做法〔：→〕\n\n正文。\n");
    }

    #[test]
    fn silent() {
        check_clean(&RULE, "附件：\n各位领导：\n联系人：");
        check_clean(&RULE, "（一）违反本办法规定的；\n（二）造成损失的。");
        check_clean(&RULE, "（一）指导思想。\n坚持系统观念。\n（二）工作目标。\n年底前建成。");
    }
}
