//! 天数、月数与起止日期不符：6月25日至28日，历时5天（应为4天）。
//!
//! 起止日期写明，后面又写历时、共、为期多少天（月、年）的，按日历计算。首尾两天都算与只算一天，两种都认；工作日不超过总天数就认。
//!
//! ## 例
//! - 活动从6月25日至28日，〔历时5天〕。
//! - 整改工作自6月16日开始，至6月28日结束，〔历时20天〕。
//! - 定于9月15日（星期一）至9月19日（星期五）检查，〔共6天〕。
//! - 举办〔为期3天〕的培训班，时间为5月12日至16日。
//! - 试点自2024年3月至2025年2月，〔历时10个月〕。
//!
//! ## 不报
//! - 活动从6月25日至28日，历时4天。 （首尾都算）
//! - 6月25日至30日公示，公示期为5天。 （只算一头）
//! - 8月1日至20日放映，每天放映3场，共60场。 （不是天数）
//! - 5月8日至12日报名，共3个工作日。 （中间有休息日）
//!
//! ## 依据
//! 格里高利历，逐日推算；《党政机关公文处理工作条例》第二十条：签发前审核时间是否准确。

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::chinese::{calendar, numeral};
use crate::finding::{Finding, Severity};
use crate::rule::literals::Needs;
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "number/duration",
    summary: "天数与起止日期不符",
    severity: Severity::Warning,
    fix: None,
    doc: module_doc!("duration.rs"),
    needs: &[Needs::Digit, Needs::AnyChar("月年"), Needs::AnyChar("天日月年周期")],
    scope: Scope::Paragraph(check),
};

/// From a date to a date, or from a month to a month.
static SPAN: LazyLock<Regex> = LazyLock::new(|| {
    let aside = r"(?:\s?[（(][^（()）]{1,8}[）)])?(?:[上下]午|[0-9]{1,2}[时点])?";
    let verb =
        "(?:开始|启动|起|开工|动工|入场|进场|开班|开幕|报到|出发|立项)?[，,]?(?:将于|计划于|计划|预计|于)?";
    let from = r"(?:(?P<y1>(?:19|20)[0-9]{2})年)?(?P<m1>[0-9]{1,2})月(?:(?P<d1>[0-9]{1,2})[日号])?";
    let to = r"(?:(?P<y2>(?:19|20)[0-9]{2})年)?(?:(?P<m2>[0-9]{1,2})月)?(?:(?P<d2>[0-9]{1,2})[日号])?";
    let ended = r"\s?(?:至|到|—|－|-|～|~|——|–)\s?";
    // 4月1日开工，6月29日完工: without 至 the verbs tell what begins and what ends.
    let verbs = "(?:开工|动工|开始|启动|开班|开幕|进场)[，,、](?:计划|预计|将)?(?:于)?";
    let pattern = format!("{from}{aside}(?:{verb}{ended}|{verbs}){to}{aside}");
    Regex::new(&pattern).expect("the pattern is a constant")
});

/// 历时5天
static LENGTH: LazyLock<Regex> = LazyLock::new(|| {
    let head = "历时|历经|为期|前后共|总共|一共|共计|共|工期|总工期|会期|公示期|培训期|展期|学期|假期|时长|时间|周期|持续";
    let pattern = format!(
        r"(?P<head>{head})(?:为|共|约|了|长达|整整)?\s?(?P<n>[0-9]{{1,4}}|[一二两三四五六七八九十百]{{1,5}})(?P<unit>个工作日|天|日|个月|周|个星期|年)"
    );
    Regex::new(&pattern).expect("the pattern is a constant")
});

/// So many bytes are between the dates and what is said of their length.
const NEAR: usize = 75;

/// A date, with the parts that are written.
#[derive(Clone, Copy)]
struct Point {
    year: Option<u32>,
    month: u32,
    day: Option<u32>,
}

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if !text.contains(['至', '到', '—', '－', '-', '～', '~', '–', '，', ',']) {
        return;
    }
    let mut lengths = LENGTH.captures_iter(text).peekable();
    if lengths.peek().is_none() {
        return;
    }
    let spans: Vec<Captures<'_>> = SPAN.captures_iter(text).collect();
    for length in lengths {
        let at = length.get_match().range();
        let Some(span) = nearest(text, &spans, &at) else { continue };
        if let Some(message) = disagrees(text, span, &length) {
            out.push(Finding::new(at, message));
        }
    }
}

/// The dates of which a length is said: those before it in its sentence, or those right behind it.
fn nearest<'s, 't>(text: &'t str, spans: &'s [Captures<'t>], at: &Range<usize>) -> Option<&'s Captures<'t>> {
    let is_joined = |between: &str| {
        between.len() <= NEAR
            && !between.contains(['。', '；', '！', '？', '\n', ';', '其'])
            && !["每", "期间", "计划", "再次"].iter().any(|word| between.contains(word))
            && !between.chars().any(|c| c.is_ascii_digit())
    };
    let passed = spans.partition_point(|span| span.get_match().end() <= at.start);
    let mut earlier = spans[..passed].iter().rev();
    let (last, other) = (earlier.next(), earlier.next());
    let before = last.filter(|span| {
        let between = &text[span.get_match().end()..at.start];
        // 共 and the like count what is named last: only right behind the dates is that the days, and of all
        // dates that are beside each other.
        let counts = text[at.clone()].starts_with(['共', '总', '一', '时', '持', '前', '合']);
        let marks = |c: &char| !matches!(c, '，' | ',' | '（' | '(' | '）' | ')');
        let beside = other.is_some_and(|other| other.get_match().end() + 9 > span.get_match().start());
        is_joined(between) && (!counts || between.chars().filter(marks).count() <= 12 && !beside)
    });
    before.or_else(|| {
        let after = spans.get(passed)?;
        if after.get_match().start() < at.end {
            return None;
        }
        let between = &text[at.end..after.get_match().start()];
        let told = !between.contains(['，', ',']) || between.contains("时间");
        (text[at.clone()].starts_with("为期") && told && is_joined(between)).then_some(after)
    })
}

/// Says how long it is from the one date to the other, unless that is what is written.
fn disagrees(text: &str, span: &Captures<'_>, length: &Captures<'_>) -> Option<String> {
    let value = |name: &str| span.name(name).and_then(|m| m.as_str().parse::<u32>().ok());
    let from = Point { year: value("y1"), month: value("m1")?, day: value("d1") };
    let month = value("m2").or_else(|| value("d2").map(|_| from.month))?;
    let to = Point { year: value("y2"), month, day: value("d2") };
    let said = length.name("n").and_then(|n| numeral::parse(n.as_str()))?;
    let unit = length.name("unit")?.as_str();
    let after = &text[length.get_match().end()..];
    let goes_on = |c: char| c.is_ascii_digit() || "多余左以半内前后零".contains(c);
    let hedged = after.starts_with(goes_on) || said == 0;
    let is_told = span.get_match().as_str();
    if hedged || is_told.contains("每") {
        return None;
    }
    let shown = |n: i64, unit: &str| format!("“{}”是{n}{unit}，不是{said}{unit}，请核对", is_told.trim());
    match unit {
        "天" | "日" | "周" | "个星期" | "个工作日" => {
            let days = days_between(from, to)?;
            let (low, high) = match unit {
                "周" | "个星期" => (said * 7 - 3, said * 7 + 3),
                "个工作日" => (said, u32::MAX),
                // In a longer span only the working days may be counted.
                _ if days >= 12 && (days * 5 / 7 + 1 - i64::from(said)).abs() <= 1 => return None,
                _ => (said, said),
            };
            let fits = (i64::from(low)..=i64::from(high)).contains(&days)
                || (i64::from(low)..=i64::from(high)).contains(&(days - 1));
            (!fits && (1..=400).contains(&days)).then(|| {
                if unit == "天" || unit == "日" {
                    shown(days, unit)
                } else {
                    said_in_days(is_told, days, said, unit)
                }
            })
        }
        // 7月13日至14日决赛，历时7个月: of something else.
        "个月" if days_between(from, to).is_some_and(|days| days < 25) => None,
        "个月" => {
            let months = months_between(from, to)?;
            let said = i64::from(said);
            let days = days_between(from, to).unwrap_or(months * 30);
            let fits = said == months || said == months - 1 || (days - said * 30).abs() <= 16;
            (!fits && months > 0).then(|| shown(months, "个月"))
        }
        _ => {
            let years = i64::from(to.year?) - i64::from(from.year?);
            let fits = [years - 1, years, years + 1].contains(&i64::from(said));
            (!fits && years > 0 && said < 100).then(|| shown(years, "年"))
        }
    }
}

fn said_in_days(span: &str, days: i64, said: u32, unit: &str) -> String {
    format!("“{}”共{days}天，不是{said}{unit}，请核对", span.trim())
}

/// The days from one date to another, both counted; `None` where that cannot be told.
fn days_between(from: Point, to: Point) -> Option<i64> {
    let (first, last) = (from.day?, to.day?);
    let year = from.year.or(to.year);
    let next_year = to.year.is_none() && (to.month, last) < (from.month, first);
    let ordinal = |year: Option<u32>, month: u32, day: u32| {
        let valid = (1..=calendar::days_in_month(year, month)).contains(&day);
        let days: u32 = (1..month).map(|m| calendar::days_in_month(year.or(Some(2023)), m)).sum();
        valid.then_some(i64::from(days + day))
    };
    let start = ordinal(year, from.month, first)?;
    let end = ordinal(to.year.or(year), to.month, last)?;
    let years = match (from.year, to.year) {
        (Some(a), Some(b)) => i64::from(b) - i64::from(a),
        _ => i64::from(next_year),
    };
    // Without a year February has 28 days, or 29.
    let over_leap_day = year.is_none() && from.month <= 2 && to.month > 2;
    if !(0..=2).contains(&years) || over_leap_day {
        return None;
    }
    let leap = |n: i64| i64::from(year.is_some_and(|y| calendar::is_leap(y + n as u32)));
    let between: i64 = (0..years).map(|n| 365 + leap(n)).sum();
    Some(end - start + between + 1)
}

/// The months from one to another, both counted.
fn months_between(from: Point, to: Point) -> Option<i64> {
    let years = match (from.year, to.year) {
        (Some(a), Some(b)) => i64::from(b) - i64::from(a),
        _ => i64::from(to.month < from.month),
    };
    Some(years * 12 + i64::from(to.month) - i64::from(from.month) + 1)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean, messages};

    #[test]
    fn days() {
        check(&RULE, "计划2025年4月1日开工，6月29日完工，〔工期80天〕。");
        check(&RULE, "培训班于2026年3月30日—4月3日举办，〔为期6天〕。");
        check(&RULE, "2024年2月26日至3月1日，督导组进驻我县开展督导，〔历时6天〕。");
        check(&RULE, "夏令营自7月8日起至7月19日止，〔共15天〕。");
        check(&RULE, "公示时间为2025年12月29日至2026年1月4日，〔公示期5天〕。");
        check(&RULE, "集中整治从10月9日开始，到10月31日结束，〔前后共三十天〕。");
        check(&RULE, "开展〔为期三天〕的集中走访（11月3日至7日），收集意见41条。");
        check(&RULE, "5月6日至10日公示，〔共7个工作日〕。");
        assert_eq!(
            messages(&RULE, "比赛6月3日至8日进行，历时5天半，6月3日至8日训练，历时4天。"),
            ["“6月3日至8日”是6天，不是4天，请核对"]
        );
    }

    #[test]
    fn months_weeks_and_years() {
        check(&RULE, "工程2023年5月至2024年10月实施，〔历时20个月〕。");
        check(&RULE, "实习自3月3日至5月25日，〔为期8周〕。");
        check(&RULE, "项目建设期2021年3月至2024年6月，〔历时五年〕。");
        check_clean(&RULE, "工程2023年5月至2024年10月实施，历时17个月，实习自3月3日至5月25日，为期12周。");
        check_clean(&RULE, "整治自4月至11月，历时8个月，2024年3月15日至6月15日，为期3个月。");
    }

    #[test]
    fn right_or_about_something_else() {
        check_clean(&RULE, "计划2025年4月1日开工，6月29日完工，工期90天。");
        check_clean(&RULE, "2025年9月15日（星期一）至9月19日（星期五），共5天。");
        check_clean(&RULE, "5月12日至16日，调研组走访23个村，共30天次，住院15天。");
        check_clean(&RULE, "8月1日至20日放假，值班人员每班共3天。");
        check_clean(&RULE, "2月26日至3月1日巡查，共5天；6月1日至30日为安全生产月，为期一个月。");
        check_clean(
            &RULE,
            "6月1日至10日报名。培训为期5天。6月2日至4日、6月9日至12日，共7天。7月10日至8月4日，共20天。",
        );
        check_clean(&RULE, "12月28日至1月3日值班，共7天。");
    }
}
