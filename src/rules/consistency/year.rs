//! 标题年份与正文不符：标题写2026年，正文通篇是2025年。
//!
//! 照上一年的稿子改，常只改了标题。总结、述职报告标题里的年份正文一次没有提到，而上一年提到三次以上，提示核对。
//!
//! ## 例
//! ```text
//! 〔2026年〕度工作总结
//! 2025年，我站完成了各项任务。2025年上半年组织培训，2025年下半年开展检查。
//! ```
//!
//! ```text
//! 张明〔2025年〕述职报告
//! 本人2024年3月到任，2024年9月分管信访，2024年年底办结积案四件。
//! ```
//!
//! ```text
//! 〔2026年〕度党建工作总结
//! 2025年1月、3月、6月组织集中学习。2025年9月举办党课，2025年11月开展评议。
//! ```
//!
//! ## 不报
//! 正文写到了标题的年份：
//!
//! ```text
//! 2026年度工作总结
//! 2025年底数不清，2025年问题多，2025年欠账大，2026年全部解决。
//! ```
//!
//! 正文用“今年”“本年度”：
//!
//! ```text
//! 2026年度工作总结
//! 与2025年初、2025年中、2025年末相比，今年的进度快了。
//! ```
//!
//! 计划、方案回顾上一年，是常事：
//!
//! ```text
//! 2026年工作计划
//! 2025年打下基础，2025年建成平台，2025年完成试点，可以全面推开。
//! ```
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第二十条：签发前审核时间是否准确；标题与正文一致。

use std::sync::LazyLock;

use regex_lite::Regex;

use crate::chinese::numeral;
use crate::finding::{Finding, Severity};
use crate::rule::facts::Extract;
use crate::rule::literals::whole;
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::BlockKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "consistency/year",
    summary: "标题年份与正文不符",
    severity: Severity::Warning,
    fix: None,
    doc: module_doc!("year.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

static YEAR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("(20[0-9]{2})年").expect("the pattern is a constant"));

static YEARS: Extract<Option<u32>> = Extract::new(years);

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    for part in document.texts() {
        let Some(title) = view.title(part.clone()) else { continue };
        if !title.document_type.is_some_and(|kind| kind.retrospective) {
            continue;
        }
        let block = &document.blocks()[title.block];
        let Some(found) = YEAR.captures(document.text(block)) else { continue };
        let Some(year) = found.get(1).and_then(|m| numeral::parse(m.as_str())) else { continue };
        let (mut named, mut before) = (0, 0);
        for (_, other) in view.extract(&YEARS).within(title.body..part.end) {
            named += usize::from(other.is_none_or(|other| other == year));
            before += usize::from(other.is_some_and(|other| other + 1 == year));
        }
        if named == 0 && before >= 3 {
            let last = year - 1;
            let message = format!("标题是{year}年，正文没有提到{year}年，却有{before}处{last}年，请核对");
            out.push(Finding::new(block.to_source(whole(&found).range()), message));
        }
    }
}

/// The years that a paragraph names; none for this year.
fn years(text: &str, _: BlockKind) -> Vec<Option<u32>> {
    let this = (text.contains("今年") || text.contains("本年")).then_some(None);
    let dated = if text.contains("20") { text } else { "" };
    let named = YEAR.captures_iter(dated).filter_map(|m| numeral::parse(m.get(1)?.as_str()));
    named.map(Some).chain(this).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_clean;

    #[test]
    fn years_that_fit() {
        check_clean(&RULE, "工作总结\n2025年，2025年，2025年。");
    }
}
