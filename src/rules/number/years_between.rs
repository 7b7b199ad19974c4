//! 年数与起止年份不符：1960年出生，2020年去世，享年72岁（应为60岁）。
//!
//! 一句里起、止两个年份都写明，后面又写历时、享年、当了、已有多少年的，按年份相减。前后一年的出入、虚岁都算对；整十的年数宽到四年。
//!
//! ## 例
//! - 老人1960年出生，2020年去世，〔享年72岁〕。
//! - 大桥1985年建成，到2025年〔已有三十年〕。
//! - 水库1972年动工，1978年竣工，〔历时十年〕。
//! - 从2015年到2025年，〔八年来〕，学校变了样。
//!
//! ## 不报
//! - 老人1938年出生，2020年去世，享年83岁。 （虚岁）
//! - 他1998年入党，2003年当选支书，当了二十年支书。 （后一个年份不是止）
//! - 大桥1985年建成，到2025年已有近四十年。 （算得对）
//!
//! ## 依据
//! 算术；《党政机关公文处理工作条例》第二十条：签发前审核时间、数字是否准确。

use std::sync::LazyLock;

use regex_lite::Regex;

use crate::chinese::numeral;
use crate::finding::{Finding, Severity};
use crate::rule::literals::Needs;
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "number/years-between",
    summary: "年数与起止年份不符",
    severity: Severity::Warning,
    fix: None,
    doc: module_doc!("years_between.rs"),
    needs: &[Needs::Digit, Needs::AnyChar("年"), Needs::AnyChar("年岁载")],
    scope: Scope::Paragraph(check),
};

/// From a year to a year, and how long it is said to be: 1972年动工，1978年竣工，历时十年.
static SPAN: LazyLock<Regex> = LazyLock::new(|| {
    let year =
        |name: &str| format!("(?P<{name}>(?:19|20)[0-9]{{2}})年(?:[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?)?");
    let other = "[^0-9。！？；]";
    let ends = "退伍|退役|退休|离任|卸任|离休|去世|逝世|病逝|辞世|牺牲|毕业|竣工|完工|结束|停产|通车|拆除|建成|完成|收官|离开|调离|辞职|出狱|获释|到期|期满|闭园|关闭|解散|投产|投用";
    let head = "享年|终年|历时|历经|时隔|相隔|已有|已经|整整|前后|共|任期|当了|干了|做了|工作了|服役|走过|经过|跨越|长达|用了|等了|花了|持续";
    let pattern = format!(
        "{}{other}{{0,16}}?(?:(?P<to>至|到|—|——|～|-){}|{}{other}{{0,8}}?(?:{ends})){other}{{0,12}}?\
         (?P<said>(?P<head>{head})?[了有为]?(?P<nearly>近|将近)?(?P<n>[0-9]{{1,3}}|[一二两三四五六七八九十]{{1,3}})(?:个)?(?P<more>多|余|来)?\
         (?P<unit>年|岁|周年|载|个年头)(?P<since>来|间|里|时间|如一日)?)",
        year("y1"),
        year("y2"),
        year("y3"),
    );
    Regex::new(&pattern).expect("the pattern is a constant")
});

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    for range in paragraph.sentences() {
        let sentence = &text[range.clone()];
        // Two years and a length: all three say 年 or 岁.
        if sentence.matches("年").count() < 2 || sentence.matches(|c: char| c.is_ascii_digit()).count() < 8 {
            continue;
        }
        for found in SPAN.captures_iter(sentence) {
            let year = |name| found.name(name).and_then(|year| year.as_str().parse::<u32>().ok());
            let (Some(from), Some(to)) = (year("y1"), year("y2").or_else(|| year("y3"))) else { continue };
            let (Some(said), Some(n), Some(unit)) = (found.name("said"), found.name("n"), found.name("unit"))
            else {
                continue;
            };
            let Some(years) = numeral::parse(n.as_str()) else { continue };
            // 三十年来 counts from the years before it only where it stands right behind them.
            let beside = sentence[..said.start()].ends_with(['，', '年', '的', '）']);
            let is_told = found.name("head").is_some() || beside && found.name("since").is_some();
            let hedged =
                sentence[said.end()..].starts_with(['多', '余', '半', '以', '左', '级', '计', '规', '制']);
            if !is_told || hedged || to <= from || years == 0 {
                continue;
            }
            let passed = to - from;
            let is_round = years >= 10 && years.is_multiple_of(10);
            let slack = if is_round { 4 } else { 1 };
            let (low, high) = match (found.name("nearly"), found.name("more")) {
                (Some(_), _) => (years.saturating_sub(if is_round { 5 } else { 2 }), years + 1),
                (_, Some(_)) => (years.saturating_sub(1), years + if is_round { 10 } else { 2 }),
                // Of age one is born.
                _ if unit.as_str() == "岁" => (years.saturating_sub(2), years + 1),
                _ => (years.saturating_sub(1), years + slack),
            };
            if !(low..=high).contains(&passed) {
                let message = format!("从{from}年到{to}年是{passed}年，与这里写的不符，请核对");
                out.push(Finding::new(range.start + said.start()..range.start + said.end(), message));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn what_does_not_fit() {
        check(&RULE, "他1998年参军，2003年退伍，〔当了八年〕兵。");
        check(&RULE, "泵站1990年建成，2020年拆除，〔前后20年〕。");
        check(&RULE, "从1978年到2018年，〔三十年来〕，面貌一新。");
        check(&RULE, "2012年至2020年，〔历时五年〕，全县脱了贫。");
        check(&RULE, "校舍1956年动工，1958年竣工，〔用了五年〕。");
        check(&RULE, "他1975年入职，2015年退休，〔工作了三十年〕。");
    }

    #[test]
    fn what_fits_or_is_about_something_else() {
        check_clean(&RULE, "他1998年参军，2003年退伍，当了五年兵。");
        check_clean(&RULE, "从1978年到2018年，四十年来，面貌一新。");
        check_clean(&RULE, "2012年至2020年，历时近十年，全县脱了贫。");
        check_clean(&RULE, "2015年建校，2020年改制，走过十年。");
        check_clean(&RULE, "2021年至2025年，实施五年行动计划，三年级扩班。");
        check_clean(&RULE, "2010年到2020年任村医，2021年当选村主任，已有三年。");
        check_clean(&RULE, "2018年到2020年，产值达30年来最高。");
    }
}
