//! 冒号误用：“如下”“以下几点”收尾而后面还有下文，应用冒号，不用句号；“一是”之类见 `punctuation/sequence-mark`。
//!
//! “说”“指出”后面引用完整的话，用冒号；新闻里也用逗号，所以只作参考。后面是成节的标题、编号的段落，句号也通行，不报。
//!
//! ## 例
//! ```text
//! 现将主要做法汇报如下〔。→：〕
//! 学校成立了专班，逐户登记。
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
//! 后面是一节一节的正文：
//!
//! ```text
//! 现将有关情况汇报如下。
//! 一、基本情况
//! 学校有教师六十人。
//! ```
//!
//! - 情况如下。第一，任务已经完成。 （“如下”不在段末）
//! - 他强调，要“动真碰硬”。 （引用的话不完整）
//! - 有关情况已经汇报，各项指标良好。 （没有总说的词语）
//!
//! ## 依据
//! GB/T 15834-2011《标点符号用法》4.7：冒号用于总说性词语之后，提起下文。

use crate::finding::{Applicability, Finding, Severity};
use crate::rule::facts::Extract;
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::BlockKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "punctuation/colon",
    summary: "提起下文应用冒号",
    severity: Severity::Info,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("colon.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

/// What announces the lines that follow.
const ANNOUNCING: &[&str] = &["如下", "以下几点", "以下几个方面", "以下工作安排", "以下三点", "以下几点意见"];

/// What a paragraph may have wrong, with its place in it.
#[derive(Clone, Copy)]
enum Wrong {
    /// It ends with this mark and announces what follows.
    End(usize, char),
    /// A comma before what is quoted whole, as long as the one in the text.
    BeforeQuote(usize, usize),
}

static WRONG: Extract<Wrong> = Extract::new(read);

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let blocks = document.blocks();
    let noted = view.extract(&WRONG);
    if noted.filled(0..blocks.len()).is_empty() {
        return;
    }
    let nodes = document.outline().nodes();
    let is_section = |block: usize| {
        let at = nodes.partition_point(|node| node.block < block);
        nodes.get(at).is_some_and(|node| node.block == block)
    };
    for (block, wrong) in noted.within(0..blocks.len()) {
        let (range, message) = match *wrong {
            // Before sections many a good paper ends the sentence: 现将有关情况报告如下。
            Wrong::End(_, '。') if is_section(block + 1) => continue,
            Wrong::End(at, mark) => (at..at + mark.len_utf8(), format!("后面提起下文，“{mark}”应为“：”")),
            Wrong::BeforeQuote(at, len) => (at..at + len, "引用完整的话，前面宜用冒号".to_owned()),
        };
        let finding = Finding::new(blocks[block].to_source(range), message);
        let is_certain = matches!(wrong, Wrong::End(_, mark) if *mark != '。');
        let finding = if is_certain { finding } else { finding.with_severity(Severity::Hint) };
        out.push(finding.replace("：", Applicability::Suggested));
    }
}

fn read(text: &str, kind: BlockKind) -> Vec<Wrong> {
    let mut found = before_quotes(text);
    let last = text.chars().next_back().filter(|c| "。；，".contains(*c) && kind != BlockKind::TableCell);
    if let Some(mark) = last {
        let head = &text[..text.len() - mark.len_utf8()];
        if ANNOUNCING.iter().any(|word| head.ends_with(word)) {
            found.push(Wrong::End(head.len(), mark));
        }
    }
    found
}

/// Verbs that announce what is said.
const SAYING: &[&str] = &["说", "说过", "指出", "强调", "写道", "问道", "讲道", "说道", "讲过", "告诫"];
/// Minimum length of a quotation, without its final mark.
const QUOTED: std::ops::RangeInclusive<usize> = 4..=300;

/// 他说，“……。”: what is quoted is whole, and the verb announces it.
fn before_quotes(text: &str) -> Vec<Wrong> {
    const QUOTES: [char; 3] = ['“', '”', '"'];
    let wrong = text.match_indices(['，', ',']).filter_map(|(at, comma)| {
        let quoted = text[at + comma.len()..].strip_prefix(['“', '"'])?;
        let is_announced = SAYING.iter().any(|verb| text[..at].ends_with(verb));
        let end = quoted.find(QUOTES).filter(|_| is_announced)?;
        let (quoted, after) = quoted.split_at(end);
        let body = quoted.strip_suffix(['。', '！', '？'])?;
        let is_whole = !after.starts_with('“') && QUOTED.contains(&body.chars().count());
        is_whole.then_some(Wrong::BeforeQuote(at, comma.len()))
    });
    wrong.collect()
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
