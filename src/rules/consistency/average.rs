//! 平均数、合计与所依据的数不符：投入120万元，惠及60户，户均2.5万元（应为2万元）。
//!
//! 总数、份数都写明的，按两个数计算：户均、人均、亩均、平均每月；每人多少元、共多少人、合计多少元的，按乘法计算。容许四舍五入或去尾。
//!
//! ## 例
//! - 发放补助120万元，惠及60户，户均〔2.5万元→2万元〕。
//! - 全年开展活动48场，平均每月〔5场→4场〕。
//! - 每人补助200元，共30人，合计〔7000元→6000元〕。
//!
//! ## 不报
//! - 发放补助126万元，惠及60户，户均2.1万元。 （写对的）
//! - 发放补助120余万元，惠及60户，户均2.5万元。 （约数）
//! - 4月至11月开展活动24场，平均每月3场。 （不是全年）
//!
//! ## 依据
//! 算术；《党政机关公文处理工作条例》第二十条：签发前审核数字是否准确。

use std::sync::LazyLock;

use regex_lite::Regex;

use crate::chinese::listing::{self, Piece};
use crate::chinese::quantity::{self, Quantity};
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::Needs;
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "consistency/average",
    summary: "平均数、合计与所依据的数不符",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("average.rs"),
    needs: &[Needs::Digit, Needs::AnyChar("均每")],
    scope: Scope::Paragraph(check),
};

/// 户均2.5万元, 平均每月5场
static AVERAGE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern =
        "^(?:(户|人|亩|场|村|校|月)均|平均每(户|人|亩|场|个?村|所|个?月|次|篇|期|天|家|名))[一-龥]{0,4}[0-9]";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// 每人补助200元
static EACH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("每个?(人|名|户|亩|个|台|套|辆|次|场|件|份|本|盏|米|吨|间|所|家|株|组|村|班|校|队|桌|车|箱|天|社区|乡|镇|科室|支部|小组|片|袋|盒|栋|层|排)[^0-9，。；、]{0,6}[0-9]")
        .expect("the pattern is a constant")
});

/// What stands before a total; after a count, what it counts as well: 个村共配备.
static TOTAL: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = "^[一-龥]{0,4}?(?:合计|共计|总计|一共|总共|共)(?:需|需要|要|有|配备|发放|安排|组织|选派|参加|培训|投入|筹集|补助|支出|资金|经费)?(?:资金|经费|费用|款)?$";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// Pieces before a result in which what it is computed of is looked for.
const PIECES_BACK: usize = 3;

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    for range in paragraph.sentences() {
        if !text[range.clone()].contains(['均', '每']) {
            continue;
        }
        let pieces = listing::pieces(text, range.clone());
        for (at, piece) in pieces.iter().enumerate() {
            let before = &pieces[at.saturating_sub(PIECES_BACK)..at];
            out.extend(average(text, piece, before));
            out.extend(product(text, piece, before));
        }
    }
}

/// The only quantity of this measure in some pieces.
fn only<'p, 'a>(pieces: &'p [Piece<'a>], measure: &str) -> Option<&'p Quantity<'a>> {
    let mut same = pieces.iter().flat_map(|piece| &piece.quantities).filter(|q| q.measure().0 == measure);
    let (found, None) = (same.next()?, same.next()) else { return None };
    (!found.hedged && !found.unit.is_empty()).then_some(found)
}

/// 发放补助120万元，惠及60户，户均2.5万元
fn average(text: &str, piece: &Piece<'_>, before: &[Piece<'_>]) -> Option<Finding> {
    let [stated] = &piece.quantities[..] else { return None };
    let found = AVERAGE.captures(piece.text.trim_start())?;
    let of = found.get(1).or_else(|| found.get(2))?.as_str().trim_start_matches('个');
    let total = only(before, stated.measure().0)?;
    let told = |words: &[&str]| before.iter().any(|piece| words.iter().any(|word| piece.text.contains(word)));
    if stated.hedged || told(&["其中", "分别", "同比", "人均", "户均"]) {
        return None;
    }
    let (count, shown) = if of == "月" {
        let months = before.iter().any(|piece| piece.text.contains('月'));
        let year = told(&["全年", "一年来"]) && !months;
        year.then(|| (12.0, "12".to_owned()))?
    } else {
        let measure = if of == "名" { "人" } else { of };
        let count = before
            .iter()
            .flat_map(|piece| &piece.quantities)
            .filter(|q| q.unit == of || q.measure().0 == measure && of != "村");
        let [count] = count.collect::<Vec<_>>()[..] else { return None };
        if count.hedged || count.value <= 0.0 {
            return None;
        }
        (count.amount(), text[count.range.clone()].trim().to_owned())
    };
    let exact = total.amount() / count;
    let spread = total.rounding * total.measure().1 / count;
    judge(text, stated, exact, spread, &format!("{}÷{shown}", text[total.range.clone()].trim()))
}

/// 每人补助200元，共30人，合计7000元
fn product(text: &str, piece: &Piece<'_>, before: &[Piece<'_>]) -> Option<Finding> {
    // 8个村共配备24名: the count stands in the same piece.
    let (within, stated) = match &piece.quantities[..] {
        [stated] => (None, stated),
        [count, stated] => (Some(count), stated),
        _ => return None,
    };
    let label = &text[within.map_or(piece.range.start, |count| count.range.end)..stated.range.start];
    if stated.hedged || !TOTAL.is_match(label) {
        return None;
    }
    let each_at = before.iter().rposition(|piece| EACH.is_match(&piece.text))?;
    let of = EACH.captures(&before[each_at].text)?.get(1)?.as_str().to_owned();
    let each = before[each_at].quantities.iter().filter(|q| q.measure().0 == stated.measure().0);
    let [each] = each.collect::<Vec<_>>()[..] else { return None };
    let rest: Vec<&Quantity<'_>> = before
        .iter()
        .flat_map(|piece| &piece.quantities)
        .chain(within)
        .filter(|q| q.range != each.range)
        .collect();
    let [count] = rest[..] else { return None };
    let is_of = count.unit == of
        || count.measure().0 == "人" && matches!(of.as_str(), "人" | "名")
        || matches!(count.unit, "个" | "") && text[count.range.end..].starts_with(&of);
    if each.hedged || count.hedged || !is_of {
        return None;
    }
    let exact = each.value * count.value;
    let spread = each.rounding * count.value;
    let [each, count] = [each, count].map(|q| text[q.range.clone()].trim());
    judge(text, stated, exact, spread, &format!("{each}×{count}"))
}

/// Holds a result against what is computed.
fn judge(text: &str, stated: &Quantity<'_>, exact: f64, spread: f64, terms: &str) -> Option<Finding> {
    // Rounded or cut.
    let one = stated.measure().1;
    let last = stated.last_place() * one;
    let value = stated.amount();
    if (value - exact).abs() < last + spread - exact * 1e-9 {
        return None;
    }
    // Something else was computed: of another year, in another unit.
    if exact <= 0.0 || !(0.5..=2.0).contains(&(value / exact)) {
        return None;
    }
    let right = format!("{}{}", quantity::show(exact / one / stated.factor()), stated.scaled_unit());
    let written = text[stated.range.clone()].trim();
    let message = format!("按前面的数算是{terms}＝{right}，不是{written}，请核对");
    Some(Finding::new(stated.range.clone(), message).replace(right, Applicability::Suggested))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean, messages};

    #[test]
    fn averages() {
        check(&RULE, "全村流转土地640亩，涉及80户，户均〔9亩→8亩〕。");
        check(&RULE, "发放补贴36.0万元，涉及农户120户，户均补贴〔2800元→3000元〕。");
        check(&RULE, "评审论文60篇，聘请专家12名，平均每名〔6篇→5篇〕。");
        check(&RULE, "全年走访群众360户，平均每月〔36户→30户〕。");
        assert_eq!(
            messages(&RULE, "奖励资金45万元，分给30人，人均1.2万元。"),
            ["按前面的数算是45万元÷30人＝1.5万元，不是1.2万元，请核对"]
        );
    }

    #[test]
    fn products() {
        check(&RULE, "购置课桌，每套260元，共50套，合计〔12000元→13000元〕。");
        check(&RULE, "每户补贴1.2万元，共85户，共计〔112万元→102万元〕。");
        check(&RULE, "比赛分4组，每组12人，共〔50人→48人〕。");
        check(&RULE, "每村3名网格员，8个村共配备〔26名→24名〕。");
        check(&RULE, "每桌8人，共15桌，一共〔130人→120人〕。");
        check_clean(&RULE, "每组12人，共4组，每组设组长1人，共有52人参加。");
        check_clean(&RULE, "每班3名教师，12个班共用1间实验室，共有40名教师。");
        check_clean(&RULE, "每户补贴1.2万元，共85户，共计102万元，每人每天50元，共30人，合计4500元。");
    }

    #[test]
    fn what_is_right_or_about_something_else() {
        check_clean(&RULE, "全村流转土地650亩，涉及80户，户均8.1亩，人均2.1亩。");
        check_clean(&RULE, "去年收入45万元，今年收入60万元，分给30人，人均1.2万元。");
        check_clean(&RULE, "全年开展活动24场，其中4月至11月集中开展，平均每月3场。");
        check_clean(&RULE, "每天放映3场，8月1日至20日，共60场。");
    }
}
