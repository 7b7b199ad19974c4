//! 率与所依据的数不符：发放问卷400份，回收372份，回收率为95%（应为93%）。
//!
//! 分子、分母都写明的率，按两个数计算：回收率是回收的除以发放的，合格率是合格的除以抽检的。“其中……占……%”按
//! 前面的总数计算。容许四舍五入或去尾；同一段里有别的数算得通的，不报。
//!
//! ## 例
//! - 发放调查问卷400份，收回有效问卷372份，有效回收率为〔95%→93%〕。
//! - 抽检食品250批次，合格245批次，合格率〔96%→98%〕。
//! - 全站有职工60人，其中党员24人，占〔45%→40%〕。
//! - 全年受理诉求320件，按期办结304件，办结率达〔98%→95%〕。
//!
//! ## 不报
//! - 发放问卷500份，回收487份，回收率97.4%，其中有效问卷480份，有效率98.6%。 （有效率按回收的算）
//! - 抽检样品300余批次，合格297批次，合格率98.5%。 （约数）
//! - 其中党员24人，占全县党员的1.2%。 （占的是别的总数）
//!
//! ## 依据
//! 算术；《党政机关公文处理工作条例》第二十条：签发前审核数字是否准确。

use std::sync::LazyLock;

use regex_lite::Regex;

use crate::chinese::listing::{self, Piece};
use crate::chinese::quantity::{self, Quantity};
use crate::chinese::surroundings;
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::Needs;
use crate::rule::table::rows;
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "consistency/ratio",
    summary: "率与所依据的数不符",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("ratio.rs"),
    needs: &[Needs::Digit, Needs::AnyChar("%％"), Needs::AnyChar("率占")],
    scope: Scope::Paragraph(check),
};

static RATES: &str = include_str!("../../../data/rate.tsv");

/// 有效回收率为95%
static RATE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?P<name>[一-龥]{0,8}率)[^0-9，。；、]{0,4}?(?P<rate>[0-9]+(?:\.[0-9]+)?[%％])$";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// 占45%
static SHARE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern =
        r"^占(?:比|总数|总量|总人数|总数的|总人数的|总户数的)?(?:为|达到|达)?[0-9]+(?:\.[0-9]+)?[%％]$";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// Characters about a rate in which another figure may be what it is computed of, and how many figures.
const NEAR: usize = 150;
const FIGURES: usize = 30;
/// More pieces than these before a rate are not looked through.
const PIECES_BACK: usize = 6;

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if !text.contains('率') && !text.contains('占') {
        return;
    }
    for range in paragraph.sentences() {
        let sentence = &text[range.clone()];
        if !sentence.contains(['%', '％']) {
            continue;
        }
        let pieces = listing::pieces(text, range.clone());
        for (at, piece) in pieces.iter().enumerate() {
            let before = &pieces[at.saturating_sub(PIECES_BACK)..at];
            // What the piece itself tells before its rate counts as well: 合格245批次合格率96%.
            let found = rate(piece, before).or_else(|| share(piece, before));
            let Some((part, whole, place)) = found else { continue };
            out.extend(judge(text, part, whole, place));
        }
    }
}

type Found<'p, 'a> = (&'p Quantity<'a>, &'p Quantity<'a>, &'p Quantity<'a>);

/// 抽检250批次，合格245批次，合格率96%: the part, the whole and the rate.
fn rate<'p, 'a>(piece: &'p Piece<'a>, before: &'p [Piece<'a>]) -> Option<Found<'p, 'a>> {
    let found = RATE.captures(piece.text.trim_end())?;
    let name = found.name("name")?.as_str();
    let start = piece.range.start + found.name("rate")?.start();
    let place = piece.quantities.iter().find(|q| q.range.start == start)?;
    let of = rows::<3>(RATES).filter(|row| name.ends_with(row[0])).max_by_key(|row| row[0].len());
    let [_, wholes, parts] = of?;
    let named = |piece: &'p Piece<'a>, names: &str| {
        let quantity = piece.quantities.iter().rev().find(|q| q.unit != "%")?;
        names.split('/').any(|name| is_told(&piece.text, name)).then_some(quantity)
    };
    let part_at = before.iter().rposition(|piece| named(piece, parts).is_some())?;
    let part = named(&before[part_at], parts)?;
    let whole = before[..part_at]
        .iter()
        .rev()
        .find_map(|piece| named(piece, wholes).filter(|whole| whole.measure().0 == part.measure().0))?;
    Some((part, whole, place))
}

/// Is a word there, and not denied?
fn is_told(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| !text[..at].ends_with(['不', '未', '没', '无', '待', '应', '拟']))
}

/// 有职工60人，其中党员24人，占45%: the part, the whole and the share.
fn share<'p, 'a>(piece: &'p Piece<'a>, before: &'p [Piece<'a>]) -> Option<Found<'p, 'a>> {
    let place = piece.quantities.first().filter(|_| SHARE.is_match(piece.text.trim()))?;
    let part = before.last()?.quantities.last()?;
    let among = before.iter().rposition(|piece| piece.text.trim_start().starts_with("其中"))?;
    // What is a share itself may have been parted otherwise.
    if before[..before.len() - 1].iter().any(|piece| piece.text.trim_start().starts_with('占')) {
        return None;
    }
    let whole = before[..among].iter().rev().find(|piece| !piece.is_attribute())?.quantities.last()?;
    (whole.measure().0 == part.measure().0).then_some((part, whole, place))
}

/// Holds a rate against what it is computed of.
fn judge(text: &str, part: &Quantity<'_>, whole: &Quantity<'_>, place: &Quantity<'_>) -> Option<Finding> {
    // Rounded or cut.
    let last = place.last_place();
    let fits = |part: &Quantity<'_>, whole: &Quantity<'_>| {
        let of = |sign: f64| {
            let (part, one) = (part.value + sign * part.rounding, part.measure().1 / whole.measure().1);
            part * one / (whole.value - sign * whole.rounding) * 100.0
        };
        of(-1.0) - last + 1e-6 < place.value && place.value < of(1.0) + last - 1e-6
    };
    let hedged = part.hedged || whole.hedged || place.hedged;
    if hedged || whole.value <= part.value || part.unit.is_empty() || fits(part, whole) {
        return None;
    }
    // Of other figures about it, it may be the share.
    let (about, _) = surroundings(text, &place.range, NEAR);
    let others: Vec<_> =
        quantity::find(about).filter(|other| other.measure().0 == part.measure().0).take(FIGURES).collect();
    if others.iter().any(|part| others.iter().any(|whole| fits(part, whole))) {
        return None;
    }
    let exact = part.amount() / whole.amount() * 100.0;
    let shown = format!("{exact:.*}", place.places().max(usize::from((exact - exact.round()).abs() > 0.005)));
    let [part, whole] = [part, whole].map(|q| text[q.range.clone()].trim());
    let message = format!("按前面的数算是{part}÷{whole}＝{shown}%，不是{}%，请核对", place.digits);
    Some(Finding::new(place.range.clone(), message).replace(format!("{shown}%"), Applicability::Suggested))
}

#[cfg(test)]
mod tests {
    use super::{RATES, RULE, rows};
    use crate::rules::testing::{check, check_clean, messages};

    #[test]
    fn every_rate() {
        for [rate, wholes, parts] in rows(RATES) {
            for (whole, part) in wholes.split('/').flat_map(|w| parts.split('/').map(move |p| (w, p))) {
                check(&RULE, &format!("{whole}80份，{part}60份，{rate}〔85%→75%〕。"));
                check_clean(&RULE, &format!("{whole}80份，{part}60份，{rate}75%。"));
            }
        }
    }

    #[test]
    fn rates() {
        check(&RULE, "今年计划改造老旧小区32个，已完成24个，完成率为〔85%→75%〕。");
        check(&RULE, "共排查隐患60处，已整改57处，整改率达到〔98%→95%〕，其余限期整改。");
        check(&RULE, "应到代表150人，实到141人，到会率〔96%→94%〕。");
        check(&RULE, "参加考试125人，及格118人，及格率〔96.4%→94.4%〕。");
        check(&RULE, "毕业生260人（其中女生120人），落实就业234人，就业率〔95%→90%〕。");
        assert_eq!(
            messages(&RULE, "发放问卷300份，回收276份，回收率为93%。"),
            ["按前面的数算是276份÷300份＝92%，不是93%，请核对"]
        );
    }

    #[test]
    fn shares() {
        check(&RULE, "全村有劳动力850人，其中外出务工340人，占〔45%→40%〕。");
        check(&RULE, "共收到建议48条，其中采纳30条，占总数的〔60%→62.5%〕。");
        check_clean(&RULE, "共收到建议48条，其中采纳30条，占62.5%，部分采纳8条，占16.7%。");
        check_clean(&RULE, "全县有党员2000人，全镇有职工60人，其中党员24人，占1.2%。");
    }

    #[test]
    fn what_may_be_computed_otherwise() {
        check_clean(&RULE, "发放问卷500份，回收487份，其中有效问卷480份，有效率98.6%，回收率97.4%。");
        check_clean(&RULE, "抽检样品300批次，合格297批次，合格率98.5%以上。");
        check_clean(&RULE, "抽检样品300批次，合格率98.5%，比上年提高2个百分点。");
        check_clean(&RULE, "发放问卷3.2万份，回收2.9万份，回收率92%。");
        check_clean(&RULE, "检查企业300家，不合格3家，合格率99%。");
    }
}
