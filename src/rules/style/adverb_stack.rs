//! 状语堆叠：一个动词前连用三个以上意思相近的副词，留一个就够。
//!
//! ## 例
//! - 要〔进一步切实全面〕提升服务水平。
//! - 〔不断持续深入〕推进改革，〔积极主动认真〕履行职责。
//! - 各单位要〔切实地认真地扎实〕抓好落实。
//!
//! ## 不报
//! - 进一步全面深化改革。 （两个）
//! - 积极、稳步、持续推进。 （顿号隔开的并列）
//! - 切实加强领导，不断完善机制，努力开创新局面。 （各修饰各的动词）
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第十九条：文字精练；《现代汉语》（黄伯荣、廖序东主编）病句类型：成分多余。

use crate::finding::{Finding, Severity};
use crate::rule::literals::{LiteralList, Needs};
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "style/adverb-stack",
    summary: "状语堆叠",
    severity: Severity::Info,
    fix: None,
    doc: module_doc!("adverb_stack.rs"),
    needs: &[Needs::Literal(&LISTED)],
    scope: Scope::Paragraph(check),
};

const ADVERBS: &[&str] = &[
    "进一步",
    "切实",
    "不断",
    "有效",
    "持续",
    "大力",
    "全面",
    "深入",
    "着力",
    "努力",
    "积极",
    "认真",
    "扎实",
    "更加",
    "充分",
    "坚决",
    "主动",
    "全力",
    "继续",
    "切实有效",
    "稳步",
    "牢牢",
    "始终",
    "真正",
    "严格",
    "广泛",
];
/// This many in a row are reported.
const MIN_STACK: usize = 3;

static LISTED: LiteralList = LiteralList::words(|| ADVERBS.to_vec());

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let mut stack: Option<(usize, usize, usize)> = None;
    let mut report = |stack: Option<(usize, usize, usize)>| {
        if let Some((start, end, count)) = stack.filter(|(_, _, count)| *count >= MIN_STACK) {
            let message = format!("状语堆叠：“{}”连用{count}个近义副词，宜只留一个", &text[start..end]);
            out.push(Finding::new(start..end, message));
        }
    };
    for hit in paragraph.hits().longest() {
        stack = match stack {
            Some((start, end, count)) if matches!(&text[end..hit.start()], "" | "地" | "而") => {
                Some((start, hit.end(), count + 1))
            }
            other => {
                report(other);
                Some((hit.start(), hit.end(), 1))
            }
        };
    }
    report(stack);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_clean;

    #[test]
    fn one_or_two() {
        check_clean(&RULE, "进一步全面深化改革，持续深入推进整治。");
    }
}
