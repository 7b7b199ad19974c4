//! Quantities as prose writes them: 30人, 1.2亿元, 1,234户, 12.5%.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// A number with its unit in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity<'a> {
    /// Its bytes, unit included.
    pub range: Range<usize>,
    /// The number as it is written, without 万 or 亿.
    pub digits: &'a str,
    /// Its value, with 万 and 亿 counted in.
    pub value: f64,
    /// Half of the last place that is written: what rounding may have taken or given.
    pub rounding: f64,
    /// The unit, without 万 and 亿; empty for a bare number.
    pub unit: &'a str,
}

static QUANTITY: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"([0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)\s?(万|亿|万亿)?余?(个百分点|百分点|平方公里|平方千米|平方米|立方米|公里|千米|公顷|公斤|千克|人次|户次|家次|元|美元|人|名|户|个|项|件|起|家|吨|亩|米|次|条|份|篇|期|场|台|套|辆|所|处|例|位|宗|支|只|头|张|座|间|栋|%|％|倍)?";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// The quantities in `text`, in order.
pub fn find(text: &str) -> impl Iterator<Item = Quantity<'_>> {
    QUANTITY.captures_iter(text).filter_map(|found| {
        let digits = found.get(1)?;
        let plain: String = digits.as_str().chars().filter(|c| *c != ',').collect();
        let scale = match found.get(2).map(|m| m.as_str()) {
            Some("万") => 1e4,
            Some("亿") => 1e8,
            Some("万亿") => 1e12,
            _ => 1.0,
        };
        let places = plain.split_once('.').map_or(0, |(_, fraction)| fraction.len().min(12));
        let exact = places == 0 && scale == 1.0;
        Some(Quantity {
            range: found.get_match().range(),
            digits: digits.as_str(),
            value: plain.parse::<f64>().ok()? * scale,
            rounding: if exact { 0.0 } else { scale * 0.5 / 10f64.powi(places as i32) },
            unit: found.get(3).map_or("", |m| if m.as_str() == "％" { "%" } else { m.as_str() }),
        })
    })
}

/// `value` as prose writes it: whole, or with as many decimal places as it needs, at most four.
#[must_use]
pub fn show(value: f64) -> String {
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text.is_empty() || text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_of_prose() {
        let read: Vec<_> = find("共1,234户、1.2亿元，增长12.5％，3名").map(|q| (q.value, q.unit)).collect();
        assert_eq!(read, [(1234.0, "户"), (1.2e8, "元"), (12.5, "%"), (3.0, "名")]);
        assert_eq!(show(31.0), "31");
        assert_eq!(show(103.20000001), "103.2");
    }
}
