//! Quantities as prose writes them: 30人, 1.2亿元, 1,234户, 12.5%, 300余名.

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
    /// 万, 亿 or 万亿, where it is written so.
    pub scale: &'a str,
    /// Its value, with 万 and 亿 counted in.
    pub value: f64,
    /// Half of the last place that is written: what rounding may have taken or given.
    pub rounding: f64,
    /// The unit, without 万 and 亿; empty for a bare number.
    pub unit: &'a str,
    /// Is it more or less than what is written: 约, 近, 余, 多, 以上?
    pub hedged: bool,
}

impl Quantity<'_> {
    /// What it measures, and how much of that its unit is: 公顷 and 亩 are both areas.
    #[must_use]
    pub fn measure(&self) -> (&str, f64) {
        match self.unit {
            "人" | "名" | "位" => ("人", 1.0),
            "亩" => ("面积", 10_000.0 / 15.0),
            "公顷" => ("面积", 10_000.0),
            "平方公里" | "平方千米" => ("面积", 1e6),
            "平方米" => ("面积", 1.0),
            "公里" | "千米" => ("长度", 1_000.0),
            "米" => ("长度", 1.0),
            "吨" => ("重量", 1_000.0),
            "公斤" | "千克" => ("重量", 1.0),
            unit => (unit, 1.0),
        }
    }

    /// How much it is in what its measure is counted in: 2公顷 are 20,000 (square metres).
    #[must_use]
    pub fn amount(&self) -> f64 {
        self.value * self.measure().1
    }

    /// The decimal places that are written.
    #[must_use]
    pub fn places(&self) -> usize {
        places(self.digits)
    }

    /// One in the last place that is written: 1,000 of 3.5万.
    #[must_use]
    pub fn last_place(&self) -> f64 {
        self.factor() / 10f64.powi(self.places() as i32)
    }

    /// The scale and unit in which it is written: 万元.
    #[must_use]
    pub fn scaled_unit(&self) -> String {
        format!("{}{}", self.scale, self.unit)
    }

    /// What 万, 亿 or 万亿 makes of a number.
    #[must_use]
    pub fn factor(&self) -> f64 {
        factor(self.scale)
    }
}

fn places(digits: &str) -> usize {
    digits.split_once('.').map_or(0, |(_, fraction)| fraction.len())
}

fn factor(scale: &str) -> f64 {
    match scale {
        "万" => 1e4,
        "亿" => 1e8,
        "万亿" => 1e12,
        _ => 1.0,
    }
}

static QUANTITY: LazyLock<Regex> = LazyLock::new(|| {
    let long = "个百分点|百分点|平方公里|平方千米|平方米|立方米|千瓦时|千瓦|公里|千米|公顷|公斤|千克|毫米|厘米|\
        人次|户次|家次|批次|车次|班次|场次|课时|学时|学分|个月|小时|分钟|个工作日|工作日|人份|美元|欧元|日元|港元";
    let short = "元人名户个项件起家吨亩米次条份篇期场台套辆所处例位宗支只头张座间栋幢艘架枚株棵颗批桶箱袋瓶盒块片根把床盏门\
        本册部幅组队类种眼口扇孔斤克度票分天周年岁月日时号倍%％‰";
    let pattern = format!(
        r"([0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)\s?(万亿|亿|万)?(余|多|来)?({long}|[{short}])?(左右|以上|以下|上下|以内|多)?"
    );
    Regex::new(&pattern).expect("the pattern is a constant")
});

/// What stands before a number that is more or less.
const HEDGES: [&str; 14] = [
    "约",
    "近",
    "超",
    "逾",
    "超过",
    "不足",
    "将近",
    "大约",
    "至少",
    "最多",
    "突破",
    "不少于",
    "不低于",
    "不超过",
];

/// What ends with one of these and is another word.
const WORDS: [&str; 8] = ["履约", "签约", "预约", "节约", "制约", "邻近", "附近", "靠近"];

/// The quantities in `text`, in order. A number that is part of a name or of a longer one is none.
pub fn find(text: &str) -> impl Iterator<Item = Quantity<'_>> {
    QUANTITY.captures_iter(text).filter_map(|found| {
        let digits = found.get(1)?;
        let before = &text[..digits.start()];
        let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | '第' | '№');
        // 3 638所: its thousands are parted by a space.
        let spaced = before.ends_with(' ') && before.trim_end().ends_with(|c: char| c.is_ascii_digit());
        if before.ends_with(inside) || spaced {
            return None;
        }
        let plain: String = digits.as_str().chars().filter(|c| *c != ',').collect();
        let scale = found.get(2).map_or("", |m| m.as_str());
        let places = places(&plain).min(12);
        let exact = places == 0 && scale.is_empty();
        let more = found.get(5);
        let hedged = found.get(3).is_some()
            || more.is_some()
            || HEDGES.iter().any(|hedge| before.trim_end().ends_with(hedge))
                && !WORDS.iter().any(|word| before.trim_end().ends_with(word));
        Some(Quantity {
            range: digits.start()..more.map_or(found.get_match().end(), |more| more.start()),
            digits: digits.as_str(),
            scale,
            value: plain.parse::<f64>().ok()? * factor(scale),
            rounding: if exact { 0.0 } else { factor(scale) * 0.5 / 10f64.powi(places as i32) },
            unit: found.get(4).map_or("", |m| if m.as_str() == "％" { "%" } else { m.as_str() }),
            hedged,
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

    #[test]
    fn more_or_less() {
        let hedged = |text| find(text).map(|q| q.hedged).collect::<Vec<_>>();
        assert_eq!(hedged("300余名、4300多件、约5吨、近30年、20人左右、超过8次"), [true; 6]);
        assert_eq!(hedged("300名、共4300件、节约5吨、达30年"), [false; 4]);
    }

    #[test]
    fn numbers_of_names() {
        assert_eq!(find("第3场、A4张、GB-5个、1.2.3项").filter(|q| !q.unit.is_empty()).count(), 0);
    }
}
