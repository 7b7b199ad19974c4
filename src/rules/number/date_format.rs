//! 日期写法：正文里用“2026年11月5日”，不写“2026.11.5”“2026/11/5”，月、日不补零。
//!
//! ## 例
//! - 〔2026.11.5→2026年11月5日〕，全局召开动员会。
//! - 实施细则于〔2026年02月05日→2026年2月5日〕印发。
//! - 截至〔2026-6-30→2026年6月30日〕，共办结信访件32件。
//!
//! ## 不报
//! - 2026.11.5 （表格、单独一行的日期）
//! - 软件升级到2026.1.5.2版，见report-2026-06-30.docx文件。 （版本号、文件名）
//! - 编号2026-13-45的材料已经归档，请各科室查收。 （不是日期）
//!
//! ## 依据
//! GB/T 9704-2012《党政机关公文格式》7.3.5.4：成文日期用阿拉伯数字将年、月、日标全，月、日不编虚位（即1不编为01）。

use std::sync::LazyLock;

use regex_lite::Regex;

use crate::chinese::is_hanzi;
use crate::chinese::{calendar, date};
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::whole;
use crate::rule::{Paragraph, Rule, Scope, module_doc};
use crate::text::block::BlockKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "number/date-format",
    summary: "日期写法不规范",
    severity: Severity::Info,
    fix: Some(Applicability::Safe),
    doc: module_doc!("date_format.rs"),
    needs: &[],
    scope: Scope::Paragraph(check),
};

static PADDED: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?P<head>(?:19|20)[0-9]{2}年)(?P<month>0[1-9]|1[0-2]|[1-9])月(?:(?P<day>0[1-9]|[12][0-9]|3[01]|[1-9])日)?";
    Regex::new(pattern).expect("the pattern is a constant")
});

static NUMERIC: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?P<year>(?:19|20)[0-9]{2})(?:\.(?P<m1>[0-9]{1,2})\.(?P<d1>[0-9]{1,2})|/(?P<m2>[0-9]{1,2})/(?P<d2>[0-9]{1,2})|-(?P<m3>[0-9]{1,2})-(?P<d3>[0-9]{1,2}))";
    Regex::new(pattern).expect("the pattern is a constant")
});

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if paragraph.kind == BlockKind::TableCell
        || !paragraph.literals.has_digit()
        || !text.contains("20") && !text.contains("19")
    {
        return;
    }
    let padded = text.contains("年0") || text.contains("月0");
    for found in PADDED.captures_iter(if padded { text } else { "" }).filter(|found| {
        whole(found).as_str().contains("月0")
            || found.name("month").is_some_and(|m| m.as_str().starts_with('0'))
    }) {
        let part = |name| found.name(name).map_or("", |m| m.as_str());
        let mut wanted = format!("{}{}月", part("head"), part("month").trim_start_matches('0'));
        if !part("day").is_empty() {
            wanted += &format!("{}日", part("day").trim_start_matches('0'));
        }
        let message = format!("月、日前不补零，应写作“{wanted}”");
        out.push(Finding::new(whole(&found).range(), message).replace(wanted, Applicability::Safe));
    }
    let numeric = paragraph.may_contain_any("-/.") && date::has_numeric(text);
    for found in NUMERIC.captures_iter(if numeric { text } else { "" }) {
        let value = |names: [&str; 3]| {
            names.iter().find_map(|name| found.name(name)).and_then(|m| m.as_str().parse::<u32>().ok())
        };
        let (Some(month), Some(day)) = (value(["m1", "m2", "m3"]), value(["d1", "d2", "d3"])) else {
            continue;
        };
        let year = found.name("year").and_then(|m| m.as_str().parse().ok());
        let range = whole(&found).range();
        let before = text[..range.start].chars().next_back();
        let after = text[range.end..].chars().next();
        // A part of a number, a file's name, a table in plain text: only what stands in a sentence is prose.
        let prose = |c: Option<char>| c.is_none_or(|c| is_hanzi(c) || "，。；（），、".contains(c));
        let alone = range.len() + 12 >= text.len();
        if alone
            || !prose(before)
            || !prose(after)
            || text.contains('\t')
            || !(1..=calendar::days_in_month(year, month)).contains(&day)
        {
            continue;
        }
        let wanted = format!("{}年{month}月{day}日", &text[range.start..range.start + 4]);
        let message = format!("正文里的日期应写作“{wanted}”");
        out.push(Finding::new(range, message).replace(wanted, Applicability::Suggested));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check_clean, check_fix};

    #[test]
    fn wrong_ways() {
        check_fix(&RULE, "2026年02月05日印发，2026年12月07日施行。", "2026年2月5日印发，2026年12月7日施行。");
    }

    #[test]
    fn right_ways_and_no_dates() {
        check_clean(&RULE, "2026年11月5日，全局召开动员会，2026年10月起施行。");
    }
}
