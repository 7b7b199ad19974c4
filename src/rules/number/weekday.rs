//! 星期与日期不符：写明了年月日，又写星期，两者对不上。
//!
//! 日期改了而星期没有改，是通知里最容易误事的一类错。星期由日期推算，快速修复改星期；如果错的是日期，请改日期。没有写年份的，按前一个日期
//! 或文稿的落款推算。
//!
//! ## 例
//! - 定于2026年11月23日（〔星期二→星期一〕）上午9时召开。
//! - 2025年10月1日〔周四→周三〕起放假。
//! - 2026年3月2日（星期一）至3月6日（〔星期四→星期五〕）举办培训班。
//!
//! ```text
//! 定于11月23日（〔星期四→星期一〕）上午召开会议。
//! 某县农技站
//! 2026年11月16日
//! ```
//!
//! ## 不报
//! - 定于11月23日（星期二）上午召开。 （没有落款，推不出年份）
//! - 2026年11月23日起，每周二下午集中学习。 （不紧跟日期）
//! - 2026年12月30日（星期三）至1月2日（星期六）放假。 （后一个日期在下一年）
//!
//! ## 依据
//! 格里高利历，逐日推算。

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::chinese::{calendar, date};
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::facts::Extract;
use crate::rule::own_date::{OwnDate, own_date};
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::BlockKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "number/weekday",
    summary: "星期与日期不符",
    severity: Severity::Error,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("weekday.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

static WEEKDAY: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"^\s?[（(，,]?\s?((?:星期|礼拜|周)([一二三四五六日天]))";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// A date with the day of the week that is written behind it.
struct Dated {
    /// The year, and whether it is written at this date or at the one before.
    year: Option<(u32, bool)>,
    month: u32,
    day: u32,
    /// 星期 or 周, and 一 to 日.
    prefix: &'static str,
    name: char,
    range: Range<usize>,
}

static DATED: Extract<Dated> = Extract::new(read);

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let noted = view.extract(&DATED);
    for part in document.parts() {
        let own = noted.filled(part.clone()).first().and_then(|_| own_date(view, &part));
        for (index, dated) in noted.within(part.clone()) {
            let (month, day) = (dated.month, dated.day);
            let years = match (dated.year, own) {
                (Some((year, _)), _) => vec![year],
                (None, Some(own)) => years_about(own, month),
                (None, None) => continue,
            };
            let exists = |year: &u32| day <= calendar::days_in_month(Some(*year), month);
            let right_in = |year: u32| calendar::WEEKDAYS[calendar::weekday(year, month, day)];
            let Some(year) = years.first().copied().filter(exists) else { continue };
            if years.iter().filter(|year| exists(year)).any(|year| right_in(*year) == dated.name) {
                continue;
            }
            let right = format!("{}{}", dated.prefix, right_in(year));
            let block = &document.blocks()[index];
            let written = &document.text(block)[dated.range.clone()];
            let message = format!("{year}年{month}月{day}日是{right}，不是“{written}”，请核对日期和星期");
            let finding = Finding::new(block.to_source(dated.range.clone()), message);
            // Of a year that is only inferred, the finding is less than certain.
            let is_written = dated.year.is_some_and(|(_, is_written)| is_written);
            let finding = if is_written { finding } else { finding.with_severity(Severity::Warning) };
            out.push(finding.replace(right, Applicability::Suggested));
        }
    }
}

/// The years that a month without one may be of, the likeliest first.
fn years_about(own: OwnDate, month: u32) -> Vec<u32> {
    let mut years = vec![own.year];
    match own.day {
        Some((now, _)) if month > now => years.push(own.year - 1),
        Some((now, _)) if month < now => years.push(own.year + 1),
        _ => {}
    }
    years
}

/// The dates of a paragraph that have a weekday.
fn read(text: &str, _: BlockKind) -> Vec<Dated> {
    if !text.contains(['期', '周', '拜']) || !text.contains('月') {
        return Vec::new();
    }
    // 2026年3月2日（星期一）至3月6日（星期五）: the second date is of the year of the first, or of the next.
    let mut known: Option<(u32, u32)> = None;
    let mut found = Vec::new();
    for date in date::find(text) {
        let year = match (date.year, known) {
            (Some(year), _) => Some(year),
            (None, Some((year, month))) => Some(year + u32::from(date.month < month)),
            (None, None) => None,
        };
        known = year.map(|year| (year, date.month));
        let Some(day) = date.day else { continue };
        let Some(weekday) = WEEKDAY.captures(&text[date.range.end..]) else { continue };
        let (Some(word), Some(name)) = (weekday.get(1), weekday.get(2)) else { continue };
        // 周一至周五, 周二、周四: a span of days says nothing of this one.
        let after = &text[date.range.end + word.end()..];
        if after.starts_with(['至', '到', '、', '—', '～', '-', '期']) {
            continue;
        }
        found.push(Dated {
            year: year.map(|year| (year, date.year.is_some())),
            month: date.month,
            day,
            prefix: ["星期", "礼拜", "周"].into_iter().find(|p| word.as_str().starts_with(p)).unwrap_or("周"),
            name: name.as_str().chars().next().map_or('日', |c| if c == '天' { '日' } else { c }),
            range: date.range.end + word.start()..date.range.end + word.end(),
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean, messages};

    #[test]
    fn wrong_weekdays() {
        assert_eq!(
            messages(&RULE, "2024年2月29日（星期三）"),
            ["2024年2月29日是星期四，不是“星期三”，请核对日期和星期"]
        );
    }

    #[test]
    fn of_the_year_of_the_draft() {
        check(&RULE, "请于5月12日（〔周五→周二〕）前报送。\n某县农技站\n2026年4月30日");
        check(&RULE, "2025年工作方案\n6月9日（〔星期三→星期一〕）启动。");
    }

    #[test]
    fn right_or_unknown_weekdays() {
        check_clean(&RULE, "定于2026年11月23日（星期一）上午召开，2025年8月31日（周日）截止。");
        check_clean(&RULE, "11月23日（星期二）召开。");
        check_clean(&RULE, "2025年10月5日（星期天）照常上班。");
        check_clean(
            &RULE,
            "去年12月25日（星期三）、本月6日和3月3日（星期一）各查一次。\n某县农技站\n2025年1月6日",
        );
    }
}
