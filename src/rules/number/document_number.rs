//! 发文字号写法：年份用六角括号〔〕，序号不编虚位、不加“第”字。
//!
//! ## 例
//! - 根据国发〔【2024】5号→〔2024〕5号〕文件要求
//! - 县政办发〔〔2026〕012号→〔2026〕12号〕印发了实施方案。
//! - 教字〔[2025]第8号→〔2025〕8号〕、农发〔(2025)9号→〔2025〕9号〕同时废止。
//!
//! ## 不报
//! - 根据国发〔2024〕5号和县政办发〔2026〕12号文件要求 （写对的）
//! - （2024）京01民终123号判决已经生效。 （法院案号，括号在前）
//! - 公告2024年第5号、合同编号HT(2024)005号已归档。 （公告、合同另有编法）
//!
//! ## 依据
//! GB/T 9704-2012《党政机关公文格式》7.2.5：年份应标全称，用六角括号“〔〕”括入；发文顺序号不加“第”字，不编虚位。

use std::sync::LazyLock;

use regex::Regex;

use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::Needs;
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "number/document-number",
    summary: "发文字号写法",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    doc: module_doc!("document_number.rs"),
    needs: &[Needs::Digit, Needs::AnyChar("号")],
    scope: Scope::Paragraph(check),
};

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?P<code>[一-龥]{0,10}(?:发|办|函|字|通|规|文|电|政|党|纪|组))\s?(?P<open>[\[［【(（〔])(?P<year>20[0-9]{2})(?P<close>[\]］】)）〕])\s?(?P<nth>第)?(?P<number>[0-9]{1,4})号";
    Regex::new(pattern).expect("the pattern is a constant")
});

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if !text.contains("20") {
        return;
    }
    for found in NUMBER.captures_iter(text) {
        let part = |name| found.name(name).map_or("", |m| m.as_str());
        let (open, close, number) = (part("open"), part("close"), part("number"));
        let wanted = format!("〔{}〕{}号", part("year"), number.trim_start_matches('0'));
        let (Some(start), end) = (found.name("open").map(|m| m.start()), found.get_match().end()) else {
            continue;
        };
        if text[start..end] == wanted || number.chars().all(|c| c == '0') {
            continue;
        }
        let mut faults = Vec::new();
        if (open, close) != ("〔", "〕") {
            faults.push("年份用六角括号〔〕");
        }
        if number.starts_with('0') {
            faults.push("序号不编虚位");
        }
        if !part("nth").is_empty() {
            faults.push("序号前不加“第”");
        }
        if faults.is_empty() {
            faults.push("中间不空格");
        }
        let message = format!("发文字号应写作“{}{wanted}”：{}", part("code"), faults.join("，"));
        out.push(Finding::new(start..end, message).replace(wanted, Applicability::Safe));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check_clean, messages};

    #[test]
    fn wrong_ways() {
        assert_eq!(
            messages(&RULE, "国发[2024]05号"),
            ["发文字号应写作“国发〔2024〕5号”：年份用六角括号〔〕，序号不编虚位"]
        );
    }

    #[test]
    fn right_ways_and_other_numbers() {
        check_clean(&RULE, "合同编号HT(2024)005号，GB/T 9704-2012");
    }
}
