//! 增减的幅度与前后两个数不符：由80家增加到100家，增长20%（应为25%）。
//!
//! 前后两个数都写明，后面又写增减了多少的，按两个数计算：增减的数量、百分比、百分点都算。容许四舍五入的出入。
//!
//! ## 例
//! - 合作社由80家增加到100家，增长〔20%→25%〕。
//! - 办理时限由15个工作日压缩到6个工作日，压缩〔7个工作日→9个工作日〕。
//! - 入园率由86.5%提高到92%，提高〔6.5个百分点→5.5个百分点〕。
//! - 实现销售收入360万元，比上年的300万元增长〔25%→20%〕。
//!
//! ## 不报
//! - 总产量由3.1万吨增加到3.5万吨，增长12.5%。 （两头的数本身是约数，12.5%说得通）
//! - 会员由300余人增加到450人，增长40%。 （约数）
//! - 产值由20亿元增加到30亿元，年均增长8.4%。 （年均增长率另有算法）
//!
//! ## 依据
//! 算术；《党政机关公文处理工作条例》第二十条：签发前审核数字是否准确。

use std::ops::Range;
use std::sync::LazyLock;

use regex_lite::Regex;

use crate::chinese::listing::{self, Piece};
use crate::chinese::quantity::{self, Quantity};
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::Needs;
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "consistency/growth",
    summary: "增减幅度与前后数不符",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("growth.rs"),
    needs: &[Needs::Digit, Needs::AnyChar("由从比较"), Needs::AnyChar("增提升涨扩降减压缩多少")],
    scope: Scope::Paragraph(check),
};

const VERBS: &str =
    "增长|增加|提高|提升|上升|扩大|增幅|涨幅|上涨|多|下降|减少|降低|降幅|缩短|压缩|压减|回落|少|增|降|减";

/// 由A增加到B, with what stands between the two.
static CHANGE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"^[^0-9]{0,2}(?:[^0-9]{0,10}?)(?:增加|增长|提高|提升|上升|扩大|发展|上涨|增|升|减少|下降|降低|压缩|缩短|压减|缩减|降|减|变)[^0-9]{0,4}(?:到了|到|至|为)(?:(?:19|20)[0-9]{2}年)?[^0-9]{0,8}$";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// 增长20%, and nothing else.
static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = format!(
        "^(?:同比|(?:较|比)(?:上年|去年)(?:同期)?|与(?:上年|去年)(?:同期)?相比|净|共|一共|总共|实际)?(?P<way>{VERBS})(?:了|幅度|率)?(?:达到|达|为|约为)?(?P<amount>[0-9][^，。；、]*)$"
    );
    Regex::new(&pattern).expect("the pattern is a constant")
});

/// 比上年的300万元增长25%
static AGAINST: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = format!(
        "^(?:同比|比|较|与)[^0-9]{{1,12}}?(?:的)?(?P<base>[0-9][^，。；、增提升涨扩降减压缩多少]*)(?P<way>{VERBS})(?:了)?(?P<amount>[0-9][^，。；、]*)$"
    );
    Regex::new(&pattern).expect("the pattern is a constant")
});

/// A change that is not between two values next to each other.
const OTHERWISE: [&str; 9] = ["年均", "月均", "日均", "累计", "其中", "平均", "倍", "复合", "分别"];

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    for range in paragraph.sentences() {
        let sentence = &text[range.clone()];
        if !sentence.contains(['由', '从', '比', '较']) {
            continue;
        }
        let pieces = listing::pieces(text, range.clone());
        for (at, piece) in pieces.iter().enumerate() {
            out.extend(from_to(text, piece, pieces.get(at + 1)));
            out.extend(at.checked_sub(1).and_then(|before| against(text, &pieces[before], piece)));
        }
    }
}

/// 由80家增加到100家，增长20%
fn from_to(text: &str, piece: &Piece<'_>, next: Option<&Piece<'_>>) -> Option<Finding> {
    let values: Vec<&Quantity<'_>> = piece.quantities.iter().filter(|q| !is_time(q)).collect();
    let (from, to) = values.windows(2).find_map(|pair| {
        let before = &text[piece.range.start..pair[0].range.start];
        let between = &text[pair[0].range.end..pair[1].range.start];
        let is_change = before.contains(['由', '从']) && CHANGE.is_match(between);
        is_change.then_some((pair[0], pair[1]))
    })?;
    let next = next.filter(|next| matches!(next.mark, '，' | ','))?;
    let stated = AMOUNT.captures(next.text.trim_end())?;
    let (way, amount) = (stated.name("way")?, stated.name("amount")?);
    if OTHERWISE.iter().any(|word| next.text.contains(word)) {
        return None;
    }
    // 同比 is against the same time of last year, which need not be the first value.
    if next.text.contains("同比") && piece.text.contains(['月', '季', '周']) {
        return None;
    }
    let start = next.range.start + amount.start();
    judge(from, to, way.as_str(), start..next.range.start + amount.end(), text)
}

/// 销售收入360万元，比上年的300万元增长25%
fn against(text: &str, before: &Piece<'_>, piece: &Piece<'_>) -> Option<Finding> {
    let stated = AGAINST.captures(piece.text.trim_end())?;
    let (way, amount) = (stated.name("way")?, stated.name("amount")?);
    let (from, to) = (piece.quantities.first()?, before.quantities.last()?);
    let at_end = to.range.end == before.range.end;
    let is_base = stated.name("base")?.start() + piece.range.start == from.range.start;
    let foreseen = ["预期", "预计", "预测"].iter().any(|word| before.text.contains(word));
    if !at_end || !is_base || foreseen || OTHERWISE.iter().any(|word| piece.text.contains(word)) {
        return None;
    }
    let start = piece.range.start + amount.start();
    judge(from, to, way.as_str(), start..piece.range.start + amount.end(), text)
}

/// Is it a time, not an amount?
fn is_time(quantity: &Quantity<'_>) -> bool {
    matches!(quantity.unit, "年" | "月" | "日" | "时" | "号" | "岁")
}

/// Holds what is said of a change against the two values.
fn judge(
    from: &Quantity<'_>,
    to: &Quantity<'_>,
    way: &str,
    range: Range<usize>,
    text: &str,
) -> Option<Finding> {
    let stated = quantity::find(&text[range.clone()]).next().filter(|q| q.range.start == 0)?;
    let (measure, one) = from.measure();
    let falls =
        ["下降", "减少", "降低", "降幅", "缩短", "压缩", "压减", "回落", "少", "降", "减"].contains(&way);
    let sign = if falls { -1.0 } else { 1.0 };
    if measure.is_empty()
        || measure != to.measure().0
        || from.value <= 0.0
        || from.hedged
        || to.hedged
        || stated.hedged
        || is_time(from)
    {
        return None;
    }
    let difference = |from: f64, to: f64| (to - from) * sign;
    let of = |from: f64, to: f64| match stated.unit {
        "%" => Some(difference(from, to) / from * 100.0),
        "个百分点" | "百分点" if measure == "%" => Some(difference(from, to)),
        _ if stated.measure().0 == measure => Some(difference(from, to) / stated.measure().1),
        _ => None,
    };
    let (a, b) = (from.amount(), to.amount());
    let (ra, rb) = (from.rounding * one, to.rounding * to.measure().1);
    let exact = of(a, b)?;
    let ends = [of(a - ra, b + rb)?, of(a + ra, b - rb)?];
    let (low, high) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
    // Rates are rounded, or cut, or computed of figures with more places.
    let slack =
        if stated.unit == "%" { (1.5 * stated.last_place()).max(0.1) } else { stated.rounding } + 1e-6;
    // 由10%提高到15%，提高5% is a matter of another rule.
    let points = stated.unit == "%" && measure == "%" && (difference(a, b) - stated.value).abs() < 1e-6;
    if exact <= 0.0 || points || (low - slack..=high + slack).contains(&stated.value) {
        return None;
    }
    let whole = exact / stated.factor();
    let shown = format!("{whole:.*}", stated.places());
    let shown = if shown.parse() == Ok(whole) { shown } else { format!("{whole:.1}") };
    let shown = if shown.contains('.') { shown.trim_end_matches('0').trim_end_matches('.') } else { &shown };
    let right = format!("{shown}{}", stated.scaled_unit());
    let (larger, smaller) = if falls { (from, to) } else { (to, from) };
    let [larger, smaller, base] = [larger, smaller, from].map(|q| text[q.range.clone()].trim().to_owned());
    let message = if stated.unit == "%" {
        format!(
            "按前后两个数算是（{larger}－{smaller}）÷{base}＝{right}，不是{}，请核对",
            &text[range.clone()]
        )
    } else {
        format!("按前后两个数算是{larger}－{smaller}＝{right}，不是{}，请核对", &text[range.clone()])
    };
    let range = range.start..range.start + stated.range.end;
    Some(Finding::new(range, message).replace(right, Applicability::Suggested))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean, messages};

    #[test]
    fn from_and_to() {
        check(&RULE, "亩均收入从2000元提高到2500元，增长〔20%→25%〕。");
        check(&RULE, "危房由86户减少到31户，减少〔45户→55户〕。");
        check(&RULE, "平均等候时间由24分钟缩短至9分钟，缩短了〔16分钟→15分钟〕。");
        check(&RULE, "全县绿色食品由18个增加到27个，同比增长〔40%→50%〕。");
        check(&RULE, "退稿率由年初的6.2%降到年末的1.1%，下降〔4.1个百分点→5.1个百分点〕。");
        check(&RULE, "村集体收入由2023年的125万元增加到2024年的150万元，增长〔25%→20%〕。");
        check(&RULE, "耕地由120亩扩大到10公顷，增加〔40亩→30亩〕。");
    }

    #[test]
    fn against_last_year() {
        check(&RULE, "全年接访126批次，比上年的140批次下降〔8%→10%〕。");
        check(&RULE, "全年用水120吨，同比去年的150吨下降〔30%→20%〕。");
        check(&RULE, "参训人数达到450人，较去年的360人增加〔80人→90人〕。");
        check(&RULE, "节约用电1200千瓦时，较上年同期的1000千瓦时增长〔25%→20%〕。");
        assert_eq!(
            messages(&RULE, "收到建议48件，比上年的40件增加10件。"),
            ["按前后两个数算是48件－40件＝8件，不是10件，请核对"]
        );
    }

    #[test]
    fn what_is_right_or_about_something_else() {
        check_clean(&RULE, "合作社由80家增加到100家，增长25%，村集体收入从1.2万元增加到1.6万元，增长33.3%。");
        check_clean(&RULE, "合作社由80家增加到100家，带动农户增加300户。");
        check_clean(&RULE, "全年接访126批次，比上年下降8%；由一季度的30件降到二季度的24件，同比下降12.5%。");
        check_clean(&RULE, "满意率由90%提高到95%，提高5个百分点。");
        check_clean(&RULE, "床位由100张增加到200张，增长1倍，年均增长15%。");
        check_clean(&RULE, "全年接访140余批次，比上年的126批次增长8%。");
    }
}
