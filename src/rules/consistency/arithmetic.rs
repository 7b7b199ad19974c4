//! 分项与合计不符：共30人，其中男18人、女13人；由80家增加到100家，增长20%。
//!
//! 只算能穷尽的分项：男和女，城镇和农村，合格和不合格（见 `data/partition.tsv`），或者写明“其余”的；分项互不相干、可以交叉的不算。
//! 增长率按前后两个数计算，容许四舍五入的出入。算式写在说明里；哪个数错了，由人核对。
//!
//! ## 例
//! - 全站共有职工〔30人〕，其中男18人、女13人。
//! - 检查企业〔50家〕，其中合格43家，不合格6家。
//! - 全村共〔120户〕，其中低保12户，五保8户，其余90户。
//! - 合作社由80家增加到100家，增长〔20%→25%〕。
//!
//! ## 不报
//! - 全站共有职工30人，其中党员12人、女性8人。 （可以交叉，也没有穷尽）
//! - 参加活动的共300余人，其中男180人、女130人。 （约数）
//! - 落实资金1.4亿元，其中上半年0.82亿元，下半年0.55亿元。 （四舍五入的出入）
//! - 总产量由3.1万吨增加到3.5万吨，增长12.5%。 （两头的数本身是约数，12.5%说得通）
//!
//! ## 依据
//! 算术；《党政机关公文处理工作条例》第二十条：签发前审核数字是否准确。

use std::sync::LazyLock;

use regex::Regex;

use crate::chinese::quantity::{self, Quantity};
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::{LiteralList, Needs};
use crate::rule::table::rows;
use crate::rule::{Paragraph, Rule, Scope, module_doc};
use crate::text::sentence;

/// The rule.
pub static RULE: Rule = Rule {
    id: "consistency/arithmetic",
    summary: "分项与合计、增长率与前后数不符",
    severity: Severity::Error,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("arithmetic.rs"),
    needs: &[Needs::Digit, Needs::AnyOf(&[Needs::Literal(&AMONG), Needs::AnyChar("%％")])],
    scope: Scope::Paragraph(check),
};

static PARTITIONS: &str = include_str!("../../../data/partition.tsv");

static GROWTH: LazyLock<Regex> = LazyLock::new(|| {
    let number = r"([0-9][0-9,.]*\s?[万亿]{0,2}[^，。；、0-9%％（）]{1,3})";
    let pattern = format!(
        r"[由从][^，。；]{{0,12}}?{number}(?:增加|增长|提高|提升|上升|扩大|发展|减少|下降|降低)(?:到了|到|至|为){number}[，,](?:同比|较上年|比上年)?(?P<way>增长|增加|提高|增幅|上升|下降|减少|降低|降幅)(?:了|达到|达|为)?(?P<rate>[0-9]+(?:\.[0-9]+)?)[%％]"
    );
    Regex::new(&pattern).expect("the pattern is a constant")
});

static AMONG: LiteralList = LiteralList::words(|| vec!["其中"]);

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if paragraph.hits().all().next().is_some() {
        for range in sentence::sentences(text) {
            sum(&text[range.clone()], range.start, out);
        }
    }
    if paragraph.may_contain_any("%％")
        && paragraph.may_contain_any("由从")
        && paragraph.may_contain_any("到至为")
    {
        growth(text, out);
    }
}

/// The total is within this many characters before 其中, the items within twice as many after it.
const REACH: usize = 60;

/// 共30人，其中男18人、女13人
fn sum(sentence: &str, offset: usize, out: &mut Vec<Finding>) {
    for (at, word) in sentence.match_indices("其中") {
        let near = sentence[..at].char_indices().rev().nth(REACH).map_or(0, |(start, _)| start);
        let clause = sentence[near..at].trim_end_matches(['，', ',', '；', '：', '（', '(', ' ']);
        let clause_start = clause.rfind(['，', '；', '。', '：']).map_or(0, |i| i + '，'.len_utf8());
        let Some(total) = quantity::find(&clause[clause_start..]).last() else { continue };
        let rest = &sentence[at + word.len()..];
        let far = rest.char_indices().nth(REACH * 2).map_or(rest.len(), |(end, _)| end);
        let rest = &rest[..far];
        let rest = rest.split("其中").next().unwrap_or_default();
        let end = rest.find(['；', '。', '）', ')']).unwrap_or(rest.len());
        let Some(items) = items(&rest[..end], total.unit) else { continue };
        if !is_exact(&clause[clause_start..])
            || total.unit.is_empty()
            || matches!(total.unit, "%" | "倍" | "百分点" | "个百分点")
        {
            continue;
        }
        let Some(count) = exhausts(&items) else { continue };
        let items = &items[..count];
        let added: f64 = items.iter().map(|(_, q)| q.value).sum();
        let slack: f64 = items.iter().map(|(_, q)| q.rounding).sum::<f64>() + total.rounding + 1e-6;
        if (added - total.value).abs() <= slack {
            continue;
        }
        let terms: Vec<String> = items.iter().map(|(_, q)| written(&rest[..end], q)).collect();
        let whole = &clause[clause_start..];
        let message = format!(
            "分项与合计不符：{}＝{}≠{}，请核对",
            terms.join("＋"),
            in_the_scale_of(added, &total, whole),
            written(whole, &total)
        );
        let start = offset + near + clause_start;
        out.push(Finding::new(start + total.range.start..start + total.range.end, message));
    }
}

/// A number as written, without its unit.
fn written(text: &str, quantity: &Quantity<'_>) -> String {
    let shown = &text[quantity.range.clone()];
    shown[..shown.len() - quantity.unit.len().min(shown.len())].trim().to_owned()
}

/// A sum in 万 or 亿 where the total is written so.
fn in_the_scale_of(value: f64, total: &Quantity<'_>, text: &str) -> String {
    let shown = &text[total.range.clone()];
    let scale = [("万亿", 1e12), ("亿", 1e8), ("万", 1e4)].into_iter().find(|(name, _)| shown.contains(name));
    scale.map_or_else(
        || quantity::show(value),
        |(name, scale)| format!("{}{name}", quantity::show(value / scale)),
    )
}

/// Is the total neither rounded (余, 多, 约, 近) nor one of several?
fn is_exact(clause: &str) -> bool {
    !clause.contains(['余', '多', '约', '近', '逾', '超'])
}

/// The labels and quantities of the items, all of one unit; `None` where there is anything else.
fn items<'a>(list: &'a str, unit: &str) -> Option<Vec<(&'a str, Quantity<'a>)>> {
    let mut items = Vec::new();
    let mut done = 0;
    for quantity in quantity::find(list) {
        if quantity.unit != unit {
            return None;
        }
        let label =
            list[done..quantity.range.start].trim_matches(['，', ',', '、', '：', ':', ' ', '和', '及']);
        done = quantity.range.end;
        let own = label.trim_start_matches("其余");
        if own.contains(['，', '约', '近', '余', '超', '同']) || list[done..].starts_with(['余', '多', '以'])
        {
            return None;
        }
        items.push((label, quantity));
    }
    (items.len() >= 2).then_some(items)
}

/// How many leading items make up the whole; `None` if they are not exhaustive or may overlap.
fn exhausts(items: &[(&str, Quantity<'_>)]) -> Option<usize> {
    let is = |label: &str, names: &str| {
        names.split('/').any(|name| {
            label == name || label.starts_with(name) && label.chars().count() <= name.chars().count() + 3
        })
    };
    let known = rows(PARTITIONS).find_map(|[parts]| {
        let names: Vec<&str> = parts.split('；').collect();
        let matches = items.len() >= names.len()
            && names
                .iter()
                .all(|name| items[..names.len()].iter().filter(|(label, _)| is(label, name)).count() == 1);
        // 男18人、女13人、党员12人: the rest is of another kind; 男、女、其他 is not.
        matches.then_some(names.len())
    });
    known.or_else(|| {
        let last = items.last().is_some_and(|(label, _)| label.starts_with("其余"));
        last.then_some(items.len())
    })
}

/// 由80家增加到100家，增长20%
fn growth(text: &str, out: &mut Vec<Finding>) {
    for found in GROWTH.captures_iter(text) {
        let quantity = |group: usize| {
            let shown = found.get(group)?.as_str();
            let quantity = quantity::find(shown).next()?;
            (quantity.range.start == 0 && !quantity.unit.is_empty()).then_some(quantity)
        };
        let (Some(from), Some(to)) = (quantity(1), quantity(2)) else { continue };
        let (Some(way), Some(rate)) = (found.name("way"), found.name("rate")) else { continue };
        if from.unit != to.unit
            || from.value <= 0.0
            || found.get_match().as_str().contains(['余', '约', '近'])
        {
            continue;
        }
        let places = rate.as_str().split_once('.').map_or(0, |(_, fraction)| fraction.len() as i32);
        let Ok(said) = rate.as_str().parse::<f64>() else { continue };
        let grows = !matches!(way.as_str(), "下降" | "减少" | "降低" | "降幅");
        let sign = if grows { 1.0 } else { -1.0 };
        let rate_of = |from: f64, to: f64| (to - from) / from * 100.0 * sign;
        let exact = rate_of(from.value, to.value);
        // The ends are rounded as well.
        let low = rate_of(from.value + sign * from.rounding, to.value - sign * to.rounding);
        let high = rate_of(from.value - sign * from.rounding, to.value + sign * to.rounding);
        let half = 0.5 / 10f64.powi(places) + 0.1;
        if said >= low.min(high) - half && said <= low.max(high) + half || exact <= 0.0 {
            continue;
        }
        let right =
            format!("{exact:.*}", places.max(usize::from(exact.fract().abs() > 0.05) as i32) as usize);
        let message = format!(
            "增长率算得不对：（{}－{}）÷{}＝{right}%，不是{}%，请核对",
            quantity::show(from.value.max(to.value)),
            quantity::show(from.value.min(to.value)),
            quantity::show(from.value),
            rate.as_str()
        );
        let range = rate.start()..found.get_match().end();
        out.push(
            Finding::new(range, message)
                .with_severity(Severity::Warning)
                .replace(format!("{right}%"), Applicability::Suggested),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::{PARTITIONS, RULE, rows};
    use crate::rules::testing::{check, check_clean, messages};

    #[test]
    fn sums() {
        check(&RULE, "全年检查企业〔50家〕，其中：合格43家，不合格6家。");
        check(&RULE, "落实资金〔1.50亿元〕，其中上半年0.85亿元，下半年0.55亿元。");
        check(&RULE, "共有党员〔30名〕，其中男18名、女13名，其中退休党员5名。");
        assert_eq!(
            messages(&RULE, "共有职工30人，其中男职工18人，女职工13人。"),
            ["分项与合计不符：18＋13＝31≠30，请核对"]
        );
    }

    #[test]
    fn every_partition() {
        for [parts] in rows(PARTITIONS) {
            let names: Vec<&str> = parts.split('；').map(|names| names.split('/').next().unwrap()).collect();
            let list: Vec<String> = names.iter().map(|name| format!("{name}10人")).collect();
            check(&RULE, &format!("共〔99人〕，其中{}。", list.join("，")));
            check_clean(&RULE, &format!("共{}0人，其中{}。", names.len(), list.join("，")));
        }
    }

    #[test]
    fn growth() {
        check(&RULE, "亩均收入从2000元提高到2500元，增长〔20%→25%〕。");
        check_clean(&RULE, "合作社由80家增加到100家，增长25%，村集体收入从1.2万元增加到1.6万元，增长33.3%。");
    }

    #[test]
    fn what_may_overlap_or_is_not_whole() {
        check_clean(&RULE, "共有职工31人，其中男18人、女13人，党员12人。");
        check_clean(&RULE, "落实资金2.4亿元，其中上半年1.25亿元，下半年1.15亿元。");
    }
}
