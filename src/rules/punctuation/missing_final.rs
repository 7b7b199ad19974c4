//! 段末缺句末标点：前面有句号的正文段落，最后一句没有收尾。
//!
//! 标在最后一个字上；快速修复补一个句号。
//!
//! ## 例
//! - 会议听取了各单位的工作汇报。与会人员围绕下一步打算进行了热烈讨〔论〕
//! - 全年办结信访件42件，回访率达到百分之百。群众对办理结果的满意率稳步提〔高〕
//!
//! ```text
//! 会议听取了汇报，进行了部署。全体人员要迅速行动起来，抓好落〔实〕
//! 会后，各单位分头召开了动员会，层层作了传达。
//! ```
//!
//! ## 不报
//! - 关于做好二〇二六年度安全生产工作的若干意见和建议的通知 （标题）
//! - 会议听取了各单位的工作汇报，进行了部署。记录人：张三 （署名）
//! - 会议听取了各单位的工作汇报。会上印发了三份材料（见附件） （以括号收尾）
//!
//! 整篇按固定宽度折行的文本：
//!
//! ```text
//! 会议听取了各单位的汇报。与会人员围绕下一步打算进行了热烈
//! 的讨论。大家一致认为，今年的工作开局良好，但是也要看到任
//! 务仍然很重。会议要求，各单位要对照清单逐项抓好落实，每月
//! 报告一次进展情况，办公室要加强督查。会议还研究了其他事项
//! ```
//!
//! ## 依据
//! GB/T 15834-2011《标点符号用法》4.1：句号用于句子末尾，表示陈述语气。

use std::ops::Range;

use crate::chinese::is_hanzi;
use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::rule::facts::{Extract, flag};
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::BlockKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "punctuation/missing-final",
    summary: "段末缺句末标点",
    severity: Severity::Info,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("missing_final.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

/// A paragraph of prose has at least this many bytes: twenty characters.
const MIN_BYTES: usize = 60;
/// If more than one in this many paragraphs lacks a final mark, lines are wrapped or it is the house style.
const RARE: usize = 5;

static OPEN: Extract<Range<usize>> = Extract::new(open);

static PROSE: Extract<()> = Extract::new(|text, kind| flag(is_prose(text, kind)));

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let all = 0..document.blocks().len();
    let open = view.extract(&OPEN);
    let prose = view.extract(&PROSE);
    if open.filled(all.clone()).len() * RARE > prose.filled(all.clone()).len() + RARE {
        return;
    }
    for (index, last) in open.within(all) {
        let (block, last) = (&document.blocks()[index], last.clone());
        let end = block.to_source(last.end..last.end).start;
        let fix = Fix {
            title: "补“。”".to_owned(),
            edits: vec![Edit { range: end..end, text: "。".to_owned() }],
            applicability: Applicability::Suggested,
        };
        let message = "段末没有句末标点，应补“。”";
        out.push(Finding::new(block.to_source(last), message).fix(fix));
    }
}

fn is_prose(text: &str, kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::ListItem)
        && text.len() >= MIN_BYTES
        && text.contains('。')
}

/// The last character of a paragraph of prose that has no end.
fn open(text: &str, kind: BlockKind) -> Vec<Range<usize>> {
    let last = text.chars().next_back().filter(|last| is_hanzi(*last));
    let Some(last) = last.filter(|_| is_prose(text, kind)) else { return Vec::new() };
    // The last sentence holds more than a name, a date or a source.
    let tail = text.rfind(['。', '！', '？']).map_or(text, |at| &text[at..]);
    let open = (tail.len() >= 30).then(|| text.len() - last.len_utf8()..text.len());
    open.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean, check_suggestion};

    const DONE: &str = "会议听取了各单位的工作汇报，对下一阶段的任务作了部署。各单位要认真落实。\n";

    #[test]
    fn without_an_end() {
        let text = format!("{DONE}会议听取了汇报，进行了部署。全体人员要迅速行动起来，抓好落〔实〕");
        check(&RULE, &text);
        check(&RULE, &format!("会议听取了汇报，进行了部署。全体人员要迅速行动起来，抓好落〔实〕\n{DONE}"));
        check_suggestion(
            &RULE,
            "会议听取了各单位的工作汇报。与会人员进行了热烈讨论",
            "会议听取了各单位的工作汇报。与会人员进行了热烈讨论。",
        );
    }

    #[test]
    fn with_an_end_or_wrapped() {
        check_clean(&RULE, DONE);
        let wrapped = "会议听取了汇报。与会人员围绕下一步打算进行了热烈的\n".repeat(6);
        check_clean(&RULE, &wrapped);
    }
}
