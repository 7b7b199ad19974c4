//! 过时的名称：机构改革以后还写“国家卫计委”“工商总局”“环保部”。
//!
//! 按文稿自己的日期判断：落款或标题的年份在改名之前的，不报；看不出日期的，降为参考。
//!
//! ## 例
//! ```text
//! 2026年度工作总结
//! 按照〔国家卫计委→国家卫生健康委〕要求，开展健康教育。
//! ```
//!
//! ```text
//! 会同〔市环保局→市生态环境局〕开展联合执法。
//! 2026年3月5日
//! ```
//!
//! ```text
//! 加快建设〔法制社会→法治社会〕，做好〔新冠肺炎→新冠病毒感染〕防治。
//! 2026年3月5日
//! ```
//!
//! ## 不报
//! 当时正确：
//!
//! ```text
//! 2016年度工作总结
//! 按照国家卫计委要求，开展健康教育。
//! ```
//!
//! 说的是过去：
//!
//! ```text
//! 2026年度工作总结
//! 原市工商局的档案已经移交，2015年市国税局办理退税三百笔。
//! ```
//!
//! 书名号里的文件名；泛称：
//!
//! ```text
//! 2026年度工作总结
//! 依据《工商总局关于商标的批复》，各级环保部门加强监管。
//! ```
//!
//! ## 依据
//! 2018年、2023年党和国家机构改革方案；国家卫生健康委公告2022年第7号（新型冠状病毒肺炎更名为新型冠状病毒感染）。

use std::ops::Range;
use std::sync::LazyLock;

use regex_lite::Regex;

use crate::chinese::{date, is_open, numeral};
use crate::doctype;
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::facts::{Extract, Extracted};
use crate::rule::literals::{Hits, LiteralList, Needs};
use crate::rule::table::rows;
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::BlockKind;
use crate::text::document::Document;
use crate::text::sentence;

/// The rule.
pub static RULE: Rule = Rule {
    id: "typo/outdated-term",
    summary: "过时的机构名、术语",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("outdated_term.rs"),
    needs: &[Needs::Literal(&TERMS)],
    scope: Scope::Document(check),
};

static TABLE: &str = include_str!("../../../data/outdated-term.tsv");

struct Row {
    old: &'static str,
    new: &'static str,
    /// Year and month of the change.
    since: (u32, u32),
    /// What follows the term where it is a part of another word.
    traps: &'static str,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let row = |[old, new, since, traps]: [&'static str; 4]| {
        let date = |(year, month): (&str, &str)| Some((year.parse().ok()?, month.parse().ok()?));
        let since = since.split_once('-').and_then(date).expect("the tests read every row");
        Row { old, new, since, traps }
    };
    rows(TABLE).map(row).collect()
});

static TERMS: LiteralList = LiteralList::words(|| ROWS.iter().map(|row| row.old).collect());

static YEAR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("((?:19|20)[0-9]{2})年").expect("the pattern is a constant"));

/// Words of a sentence that tells of the past.
const PAST: [&str; 16] = [
    "原",
    "时任",
    "曾",
    "当时",
    "前身",
    "更名",
    "改名",
    "组建",
    "撤销",
    "合并",
    "整合",
    "不再保留",
    "历史",
    "过去",
    "以前",
    "挂牌",
];

static OLD_TERMS: Extract<(usize, Range<usize>)> = Extract::with_literals(terms);

static MONTHS: Extract<(u32, u32)> = Extract::new(months);

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let noted = view.extract(&OLD_TERMS);
    let months = view.extract(&MONTHS);
    for part in document.parts() {
        let mut written: Option<Option<(u32, u32)>> = None;
        for (index, terms) in noted.filled(part.clone()) {
            let block = &document.blocks()[*index];
            let text = document.text(block);
            let mut sentences: Option<Vec<Range<usize>>> = None;
            for (pattern, found) in terms {
                let row = &ROWS[*pattern];
                let sentences = sentences.get_or_insert_with(|| sentence::sentences(text).collect());
                let at = sentences.partition_point(|range| range.end <= found.start);
                let own = around(text, sentences.get(at).cloned().unwrap_or(0..text.len()), found.clone());
                let after = text[found.end..].chars().next();
                if after.is_some_and(|c| row.traps.contains(c))
                    || is_past(own, row.since.0)
                    || is_quoted(text, found.start)
                {
                    continue;
                }
                let written = *written.get_or_insert_with(|| date_of(document, part.clone(), &months));
                if written.is_some_and(|date| date < row.since) {
                    continue;
                }
                let place = block.to_source(found.clone());
                let mended = |finding: Finding| match row.new.contains(['、', '（']) {
                    true => finding,
                    false => finding.replace(row.new, Applicability::Suggested),
                };
                out.push(match (row.since, written) {
                    ((..2000, _), _) => {
                        mended(Finding::new(place, format!("“{}”应写作“{}”", row.old, row.new)))
                    }
                    ((year, month), Some(_)) => {
                        let message = format!("“{}”自{year}年{month}月起改为“{}”，请核对", row.old, row.new);
                        mended(Finding::new(place, message))
                    }
                    // Without a date nobody knows which name was right: a note, and nothing to press.
                    ((year, month), None) => {
                        let message = format!(
                            "文中没有日期：写于{year}年{month}月以后的，“{}”应为“{}”",
                            row.old, row.new
                        );
                        Finding::new(place, message).with_severity(Severity::Hint)
                    }
                });
            }
        }
    }
}

/// The terms in a paragraph, by their rows.
fn terms(_: &str, hits: Hits<'_>) -> Vec<(usize, Range<usize>)> {
    hits.longest().map(|found| (found.literal(), found.range())).collect()
}

/// The months that a paragraph tells of.
fn months(text: &str, _: BlockKind) -> Vec<(u32, u32)> {
    date::find(text).into_iter().filter_map(|date| Some((date.year?, date.month))).collect()
}

/// When a part was written: its date line, the year in its title, or the latest month it mentions.
fn date_of(document: &Document, part: Range<usize>, months: &Extracted<(u32, u32)>) -> Option<(u32, u32)> {
    let text = |index: usize| document.text(&document.blocks()[index]);
    // Attachments follow the date.
    let main = document.outline().text_at(part.start).map_or(part.clone(), |text| text.blocks.clone());
    let signed = main.rev().take(6).find_map(|index| {
        let line = text(index).trim();
        let date = date::find(line).into_iter().next()?;
        (line.chars().count() <= 20 && date.range.end == line.len()).then_some((date.year?, date.month))
    });
    let titled = || {
        let title = doctype::title(document, part.clone())?;
        let year = YEAR.captures(text(title.block))?.get(1)?;
        Some((numeral::parse(year.as_str())?, 12))
    };
    let latest = || months.within(part.clone()).map(|(_, month)| *month).max();
    signed.or_else(titled).or_else(latest)
}

fn is_past(sentence: &str, since: u32) -> bool {
    PAST.iter().any(|word| sentence.contains(word))
        || YEAR
            .captures_iter(sentence)
            .filter_map(|found| numeral::parse(found.get(1)?.as_str()))
            .any(|year| year < since.max(2000) || year == since)
}

/// So far a sentence is read on each side of a term.
const REACH: usize = 120;

/// What stands around a place in its sentence.
fn around(text: &str, sentence: Range<usize>, place: Range<usize>) -> &str {
    let before = text[sentence.start..place.start].char_indices().rev().nth(REACH);
    let after = text[place.end..sentence.end.max(place.end)].char_indices().nth(REACH);
    let start = sentence.start + before.map_or(0, |(at, _)| at);
    let end = after.map_or(sentence.end.max(place.end), |(at, _)| place.end + at);
    &text[start..end]
}

/// Inside 《…》 or “…”.
fn is_quoted(text: &str, at: usize) -> bool {
    let before = around(text, 0..at, at..at);
    [('《', '》'), ('“', '”')].into_iter().any(|marks| is_open(before, marks))
}

#[cfg(test)]
mod tests {
    use super::{ROWS, RULE};
    use crate::rules::testing::{check_clean, messages};

    #[test]
    fn names_of_another_time() {
        assert_eq!(
            messages(&RULE, "2026年度工作总结\n配合工商总局开展检查。"),
            ["“工商总局”自2018年3月起改为“市场监管总局”，请核对"]
        );
        assert_eq!(
            messages(&RULE, "配合工商总局开展检查。"),
            ["文中没有日期：写于2018年3月以后的，“工商总局”应为“市场监管总局”"]
        );
    }

    #[test]
    fn right_at_the_time_or_told_of_the_past() {
        check_clean(&RULE, "2026年度工作总结\n按照国家卫生健康委要求，会同市生态环境局执法。");
    }

    #[test]
    fn every_row() {
        for row in ROWS.iter() {
            assert_eq!(messages(&RULE, &format!("报{}。", row.old)).len(), 1, "{}", row.old);
            check_clean(&RULE, &format!("报{}。", row.new));
            check_clean(&RULE, &format!("报原{}。", row.old));
        }
    }
}
