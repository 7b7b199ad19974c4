//! 时长与起止钟点不符：上午9时到11时，历时3小时（应为2小时）。
//!
//! 一句里起、止钟点都写明，后面又写历时、共、开了多少小时（分钟）的，按钟点相减。一句里有几段的，单独算、合起来算都认。
//!
//! ## 例
//! - 会议从上午9时开到11时，〔历时3小时〕。
//! - 14:30至16:30召开座谈会，座谈会〔开了三个小时〕。
//! - 阅览室8:00至18:00开放，〔共12个小时〕。
//!
//! ## 不报
//! - 会议从上午9时开到11时30分，历时两个半小时。 （算得对）
//! - 每天上午8时到11时培训，共6小时。 （几天合起来的）
//! - 上午9时到11时，下午2时到4时，共4小时。 （两段合起来的）
//!
//! ## 依据
//! 算术；《党政机关公文处理工作条例》第二十条：签发前审核时间、数字是否准确。

use std::sync::LazyLock;

use regex_lite::{Captures, Regex};

use crate::chinese::numeral;
use crate::finding::{Finding, Severity};
use crate::rule::literals::Needs;
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "number/clock-span",
    summary: "时长与起止钟点不符",
    severity: Severity::Warning,
    fix: None,
    doc: module_doc!("clock_span.rs"),
    needs: &[Needs::AnyChar("时分"), Needs::AnyChar("点时:："), Needs::AnyChar("历共持长达开用为进花整")],
    scope: Scope::Paragraph(check),
};

const NUMBER: &str = "(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})";

/// 上午9时开到11时30分
static SPAN: LazyLock<Regex> = LazyLock::new(|| {
    let clock = |n: u8| {
        format!(
            "(?P<p{n}>上午|早上|早晨|清晨|凌晨|中午|下午|傍晚|晚上|晚|夜里|当晚|当天下午)?\\s?(?P<h{n}>{NUMBER})\
             (?:[:：](?P<c{n}>[0-9]{{2}})|[时点]整?(?:(?P<m{n}>{NUMBER})分|(?P<half{n}>半))?)"
        )
    };
    let between = "(?:[^0-9一二两三四五六七八九十。；！？]{0,12}(?:至|到|—|——|-|－|～|~)|[^0-9一二两三四五六七八九十。；！？]{0,8}，)";
    let pattern = format!("{}{between}(?:次日)?{}(?P<tail>[^0-9。；！？，]{{0,6}})", clock(1), clock(2));
    Regex::new(&pattern).expect("the pattern is a constant")
});

/// 历时两个半小时
static LENGTH: LazyLock<Regex> = LazyLock::new(|| {
    let head = "历时|持续|共计|总共|一共|共|长达|开了|用时|时长|整整|为时|进行了|用了|花了";
    let pattern = format!(
        "(?:{head})[了约近为]?(?:(?P<h>{NUMBER})(?P<point>\\.5)?(?P<more>多|余)?(?:个)?(?P<and>半)?(?:多)?小时(?:(?P<m>{NUMBER})分钟?)?|(?P<half>半)个?小时|(?P<min>[0-9]{{1,3}})分钟)"
    );
    Regex::new(&pattern).expect("the pattern is a constant")
});

/// What is counted over several days, or is of something else.
const OTHERWISE: [&str; 10] = ["每", "天时间", "两天", "三天", "四天", "五天", "各", "分别", "场次", "人均"];

/// A meeting that is said to take two hours may have been some minutes shorter.
const SLACK: u32 = 20;
/// Bytes between the clock times and what is said of them.
const NEAR: usize = 60;

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    for range in paragraph.sentences() {
        let sentence = &text[range.clone()];
        if OTHERWISE.iter().any(|word| sentence.contains(word)) {
            continue;
        }
        let mut lengths = LENGTH.captures_iter(sentence).peekable();
        if lengths.peek().is_none() {
            continue;
        }
        let spans: Vec<(usize, u32)> = SPAN
            .captures_iter(sentence)
            .filter_map(|span| Some((span.get(0)?.end(), minutes_between(&span)?)))
            .collect();
        for length in lengths {
            let Some(whole) = length.get(0) else { continue };
            let before = spans.iter().filter(|(end, _)| *end <= whole.start() + 18);
            let before: Vec<_> = before.copied().collect();
            let Some((end, last)) = before.last().copied() else { continue };
            let between = sentence.get(end.min(whole.start())..whole.start()).unwrap_or_default();
            let hedged = whole.as_str().contains(['约', '近', '多', '余'])
                || sentence[whole.end()..].starts_with(['多', '左', '以', '余']);
            if hedged || between.len() > NEAR || between.chars().any(|c| c.is_ascii_digit()) {
                continue;
            }
            let Some(said) = minutes(&length) else { continue };
            let total: u32 = before.iter().map(|(_, minutes)| minutes).sum();
            let slack = if length.name("min").is_some() { SLACK / 4 } else { SLACK };
            if [last, total].iter().all(|passed| passed.abs_diff(said) > slack) {
                let (hours, rest) = (last / 60, last % 60);
                let shown = match (hours, rest) {
                    (0, rest) => format!("{rest}分钟"),
                    (hours, 0) => format!("{hours}小时"),
                    (hours, rest) => format!("{hours}小时{rest}分钟"),
                };
                let message = format!("起止钟点之间是{shown}，与这里写的不符，请核对");
                out.push(Finding::new(range.start + whole.start()..range.start + whole.end(), message));
            }
        }
    }
}

/// The minutes from the one clock time to the other.
fn minutes_between(span: &Captures<'_>) -> Option<u32> {
    let value = |name: &str| span.name(name).and_then(|m| numeral::parse(m.as_str()));
    // 9时10分报警，9时25分到场: without 至 the verb has to say that it is over.
    let ended = ["结束", "散会", "闭", "完", "止", "停", "收"];
    let joined = span.get(0)?.as_str().contains('，');
    if joined && !span.name("tail").is_some_and(|tail| ended.iter().any(|word| tail.as_str().contains(word)))
    {
        return None;
    }
    let clock = |h: &str, m: &str, c: &str, half: &str| {
        let hour = value(h).filter(|hour| *hour <= 24)?;
        let minute = value(m).or_else(|| value(c)).unwrap_or(if span.name(half).is_some() { 30 } else { 0 });
        Some((hour, minute))
    };
    let (h1, m1) = clock("h1", "m1", "c1", "half1")?;
    let (h2, m2) = clock("h2", "m2", "c2", "half2")?;
    let part = |name: &str| span.name(name).map(|m| m.as_str());
    let is_late = |part: Option<&str>| {
        part.is_some_and(|part| part.contains(['晚', '夜']) || part.contains("下午") || part.contains("傍晚"))
    };
    let later = part("p2").or(part("p1"));
    let first = if is_late(part("p1")) && h1 < 12 { h1 + 12 } else { h1 };
    let mut second = if is_late(later) && h2 < 12 { h2 + 12 } else { h2 };
    // 上午9时到1时: past noon.
    if second < first && h2 <= 12 && part("p2").is_none() && part("p1").is_some() {
        second += 12;
    }
    (second * 60 + m2).checked_sub(first * 60 + m1).filter(|minutes| *minutes > 0)
}

/// The minutes that a length says.
fn minutes(length: &Captures<'_>) -> Option<u32> {
    let value = |name: &str| length.name(name).and_then(|m| numeral::parse(m.as_str()));
    if length.name("half").is_some() {
        return Some(30);
    }
    if let Some(minutes) = value("min") {
        return Some(minutes);
    }
    let half = length.name("point").is_some() || length.name("and").is_some();
    Some(value("h")? * 60 + value("m").unwrap_or(0) + if half { 30 } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn what_does_not_fit() {
        check(&RULE, "培训于上午9时开始，11时结束，〔历时3小时〕。");
        check(&RULE, "下午2点至4点，〔持续了三个小时〕。");
        check(&RULE, "考试9:00—11:30，〔时长3小时〕。");
        check(&RULE, "停水从晚上10时到次日2时，〔共6小时〕。");
        check(&RULE, "演练15:00开始，15:40结束，〔用时60分钟〕。");
    }

    #[test]
    fn what_fits_or_is_about_something_else() {
        check_clean(&RULE, "上午9时到11时，参观展览；下午2时开始座谈，历时3小时。");
        check_clean(&RULE, "下午2点至4点半，持续两个半小时；14:30至17:30，共3小时。");
        check_clean(&RULE, "8:00至12:00值班，连续三天，共12小时。");
        check_clean(&RULE, "9时到11时，历时近两个小时，9时到11时，历时两个多小时。");
        check_clean(&RULE, "上午8:30至11:30、下午14:30至17:30，共6小时。");
        check_clean(&RULE, "9时10分接到报警，9时25分到场，共救出3人，历时2小时。");
    }
}
