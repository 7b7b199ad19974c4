//! 星期与日期不符：写明了年月日，又写星期，两者对不上。
//!
//! 日期改了而星期没有改，是通知里最容易误事的一类错。星期由日期推算，快速修复改星期；如果错的是日期，请改日期。
//!
//! ## 例
//! - 定于2026年11月23日（〔星期二→星期一〕）上午9时召开。
//! - 2025年10月1日〔周四→周三〕起放假。
//! - 2026年3月2日（星期一）至3月6日（〔星期四→星期五〕）举办培训班。
//!
//! ## 不报
//! - 定于11月23日（星期二）上午召开。 （推不出年份）
//! - 2026年11月23日起，每周二下午集中学习。 （不紧跟日期）
//! - 2026年12月30日（星期三）至1月2日（星期六）放假。 （后一个日期在下一年）
//!
//! ## 依据
//! 格里高利历，逐日推算。

use std::sync::LazyLock;

use regex::Regex;

use crate::chinese::{calendar, date};
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::Needs;
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "number/weekday",
    summary: "星期与日期不符",
    severity: Severity::Error,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("weekday.rs"),
    needs: &[Needs::Digit, Needs::AnyChar("年"), Needs::AnyChar("期周拜")],
    scope: Scope::Paragraph(check),
};

static WEEKDAY: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"^\s?[（(，,]?\s?((?:星期|礼拜|周)([一二三四五六日天]))";
    Regex::new(pattern).expect("the pattern is a constant")
});

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    // 2026年3月2日（星期一）至3月6日（星期五）: the second date is of the year of the first, or of the next.
    let mut known: Option<(u32, u32)> = None;
    for date in date::find(text) {
        let year = match (date.year, known) {
            (Some(year), _) => year,
            (None, Some((year, month))) => year + u32::from(date.month < month),
            (None, None) => continue,
        };
        known = Some((year, date.month));
        let Some(day) = date.day.filter(|&day| day <= calendar::days_in_month(Some(year), date.month)) else {
            continue;
        };
        let Some(found) = WEEKDAY.captures(&text[date.range.end..]) else { continue };
        let (Some(word), Some(name)) = (found.get(1), found.get(2)) else { continue };
        let right = calendar::WEEKDAYS[calendar::weekday(year, date.month, day)];
        let written = name.as_str().replace('天', "日");
        // 周一至周五, 周二、周四: a span of days says nothing of this one.
        let after = &text[date.range.end + word.end()..];
        if written.starts_with(right) || after.starts_with(['至', '到', '、', '—', '～', '-', '期']) {
            continue;
        }
        let prefix = &word.as_str()[..word.as_str().len() - name.len()];
        let range = date.range.end + word.start()..date.range.end + word.end();
        let message = format!(
            "{year}年{}月{day}日是{prefix}{right}，不是“{}”，请核对日期和星期",
            date.month,
            word.as_str()
        );
        let finding = Finding::new(range, message);
        // Of a year that is only inferred, the finding is less than certain.
        let finding = if date.year.is_none() { finding.with_severity(Severity::Warning) } else { finding };
        out.push(finding.replace(format!("{prefix}{right}"), Applicability::Suggested));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check_clean, messages};

    #[test]
    fn wrong_weekdays() {
        assert_eq!(
            messages(&RULE, "2024年2月29日（星期三）"),
            ["2024年2月29日是星期四，不是“星期三”，请核对日期和星期"]
        );
    }

    #[test]
    fn right_or_unknown_weekdays() {
        check_clean(&RULE, "定于2026年11月23日（星期一）上午召开，2025年8月31日（周日）截止。");
        check_clean(&RULE, "11月23日（星期二）召开。");
        check_clean(&RULE, "2025年10月5日（星期天）照常上班。");
    }
}
