//! 冒号误用：“如下”“以下几点”收尾而后面还有下文，应用冒号，不用句号；“一是”之类见 `punctuation/sequence-mark`。
//!
//! “说”“指出”后面引用完整的话，用冒号；新闻里也用逗号，所以只作参考。
//!
//! ## 例
//! ```text
//! 现将有关情况汇报如下〔。→：〕
//! 一、基本情况
//! ```
//!
//! ```text
//! 具体安排如下〔；→：〕
//! 上午开会，下午分组讨论。
//! ```
//!
//! ```text
//! 主要做了以下几个方面〔，→：〕
//! 一是抓学习。
//! ```
//!
//! - 他说过〔，→：〕“没有调查，没有发言权。”
//!
//! ## 不报
//! - 情况如下。第一，任务已经完成。 （“如下”不在段末）
//! - 他强调，要“动真碰硬”。 （引用的话不完整）
//! - 有关情况已经汇报，各项指标良好。 （没有总说的词语）
//!
//! ## 依据
//! GB/T 15834-2011《标点符号用法》4.7：冒号用于总说性词语之后，提起下文。

use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::{LiteralList, Needs};
use crate::rule::{Paragraph, Rule, Scope, module_doc};
use crate::text::block::BlockKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "punctuation/colon",
    summary: "提起下文应用冒号",
    severity: Severity::Info,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("colon.rs"),
    needs: &[Needs::AnyOf(&[Needs::Literal(&OPENINGS), Needs::AnyChar("。；，")])],
    scope: Scope::Paragraph(check),
};

/// What announces the lines that follow.
const ANNOUNCING: &[&str] = &["如下", "以下几点", "以下几个方面", "以下工作安排", "以下三点", "以下几点意见"];

/// A comma before a quotation.
static OPENINGS: LiteralList = LiteralList::words(|| vec!["，“", "，\"", ",“", ",\""]);

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if paragraph.hits().all().next().is_some() {
        before_quotes(text, out);
    }
    let Some(mark) = text.chars().next_back().filter(|c| "。；，".contains(*c)) else { return };
    let head = &text[..text.len() - mark.len_utf8()];
    if paragraph.kind == BlockKind::TableCell || !ANNOUNCING.iter().any(|word| head.ends_with(word)) {
        return;
    }
    let message = format!("后面提起下文，“{mark}”应为“：”");
    let finding = Finding::new(head.len()..text.len(), message);
    // Before sections of some length many a good paper ends the sentence: 现将有关情况报告如下。
    let finding = if mark == '。' { finding.with_severity(Severity::Hint) } else { finding };
    out.push(finding.replace("：", Applicability::Suggested));
}

/// Verbs that announce what is said.
const SAYING: &[&str] = &["说", "说过", "指出", "强调", "写道", "问道", "讲道", "说道", "讲过", "告诫"];
/// Minimum length of a quotation, without its final mark.
const QUOTED: std::ops::RangeInclusive<usize> = 4..=300;

/// 他说，“……。”: what is quoted is whole, and the verb announces it.
fn before_quotes(text: &str, out: &mut Vec<Finding>) {
    const QUOTES: [char; 3] = ['“', '”', '"'];
    for (at, comma) in text.match_indices(['，', ',']) {
        let quoted = text[at + comma.len()..].strip_prefix(['“', '"']);
        if !SAYING.iter().any(|verb| text[..at].ends_with(verb)) {
            continue;
        }
        let Some((quoted, end)) = quoted.and_then(|rest| Some((rest, rest.find(QUOTES)?))) else { continue };
        let body = quoted[..end].strip_suffix(['。', '！', '？']);
        if quoted[end..].starts_with('“') || !body.is_some_and(|body| QUOTED.contains(&body.chars().count()))
        {
            continue;
        }
        let message = "引用完整的话，前面宜用冒号";
        let finding = Finding::new(at..at + comma.len(), message).with_severity(Severity::Hint);
        out.push(finding.replace("：", Applicability::Suggested));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_clean;

    #[test]
    fn silent() {
        check_clean(&RULE, "他强调，要“动真碰硬”。他说：“行。”");
    }
}
