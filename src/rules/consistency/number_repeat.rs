//! 同一个数前后不一：前面写建成村级服务站152个，后面写156个村级服务站。
//!
//! 只比同一篇里名称、单位都相同的两个数，而且只有一位数字不同，或者组成的数字相同、次序不同：320万元与302万元。这样的两处多半有一处抄错。
//!
//! ## 例
//! - 全年争取项目资金320万元。资金方面，全年争取项目资金〔302〕万元。
//! - 开展执法检查1253次，发现问题12个。其中，开展执法检查共〔1235〕次。
//!
//! ```text
//! 建成乡镇中转站14个、村级服务站152个，覆盖面明显扩大。
//! 要让〔156〕个村级服务站都能留得住。
//! ```
//!
//! ## 不报
//! 年份、不足三位的整数、约数、前面的名称太短的，以及同一名称写了三处以上的，都不比；总投资、全长这样只有一个的数，整数也比。
//!
//! - 争取中央项目资金320万元，争取省级项目资金302万元。 （名称不同）
//! - 全年争取项目资金320万元，上年争取项目资金350万元。 （是两年的数）
//! - 新增高标准农田18亩，又新增高标准农田81亩。 （不足三位）
//!
//! ## 依据
//! 同一事实，全文数字一致；《党政机关公文处理工作条例》第二十条：签发前审核数字是否准确。

use std::collections::HashMap;
use std::ops::Range;

use crate::chinese::quantity;
use crate::chinese::{date, is_hanzi};
use crate::finding::{Finding, Severity};
use crate::rule::facts::Extract;
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::BlockKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "consistency/number-repeat",
    summary: "同一个数前后不一",
    severity: Severity::Info,
    fix: None,
    doc: module_doc!("number_repeat.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

/// A number with the name of what it counts.
struct Named {
    /// Is what its clause says before it a total, of which there is one: 项目总投资, 大坝全长?
    is_total: bool,
    /// What stands before it, the last character first: its beginning may be the name of what is counted.
    before: Vec<char>,
    /// What stands behind its unit: its beginning may be that name.
    after: Vec<char>,
    /// Its scale and unit.
    unit: String,
    range: Range<usize>,
}

/// Length limits of an indicator's name, in characters.
const MIN_NAME: usize = 4;
const MAX_NAME: usize = 9;
const MIN_DIGITS: usize = 3;
/// More numbers than these are a table.
const MANY: usize = 600;

/// What stands between the name and the number, and says nothing of either.
const BETWEEN: [&str; 12] =
    ["达到了", "达到", "共计", "累计", "完成了", "超过", "达", "为", "约", "近", "共", "了"];

/// What makes a number one of another time, or one of several.
const OTHERWISE: [&str; 19] = [
    "上年", "去年", "同期", "往年", "计划", "目标", "力争", "新增", "再", "又", "分别", "原有", "增加",
    "回收", "收回", "有效", "完成", "合格", "其中",
];

/// What says that all of it is counted.
const TOTALS: [&str; 8] = ["总投资", "总造价", "总面积", "总人口", "总长", "全长", "占地面积", "建筑面积"];

static NAMED: Extract<Named> = Extract::new(read);

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let noted = view.extract(&NAMED);
    let number = |block: usize, named: &Named| &document.text(&document.blocks()[block])[named.range.clone()];
    for part in document.parts() {
        let mut by_unit: HashMap<&str, Vec<(usize, &Named)>> = HashMap::new();
        for (block, named) in noted.within(part) {
            let numbers = by_unit.entry(&named.unit).or_default();
            if numbers.len() <= MANY {
                numbers.push((block, named));
            }
        }
        let mut by_unit: Vec<_> = by_unit.into_iter().filter(|(_, numbers)| numbers.len() <= MANY).collect();
        by_unit.sort_unstable_by_key(|(unit, _)| *unit);
        for (_, numbers) in by_unit {
            for (at, (block, named)) in numbers.iter().enumerate() {
                let same: Vec<_> = numbers[..at].iter().filter(|(_, other)| are_same(other, named)).collect();
                // Stated more than twice, it is about several things.
                let [(there, other)] = same[..] else { continue };
                let (first, second) = (number(*there, other), number(*block, named));
                let later = numbers[at + 1..].iter().any(|(_, later)| are_same(other, later));
                let one_total = named.is_total && other.is_total && named.before == other.before;
                if is_turned(first, second, one_total) && !later {
                    let message = format!("前面写的是{first}{0}，这里是{second}{0}，请核对", named.unit);
                    let place = document.blocks()[*block].to_source(named.range.clone());
                    let before = document.blocks()[*there].to_source(other.range.clone());
                    out.push(Finding::new(place, message).related(before, "前面的数"));
                }
            }
        }
    }
}

/// Do two numbers count the same: has one of them before it what the other has before or behind it?
fn are_same(a: &Named, b: &Named) -> bool {
    let shared = |a: &[char], b: &[char]| a.iter().zip(b).take_while(|(a, b)| a == b).count();
    // 村级服务站152个, 156个村级服务站
    let crossed = |before: &[char], after: &[char]| {
        (MIN_NAME..=before.len().min(after.len())).any(|n| before[..n].iter().rev().eq(&after[..n]))
    };
    a.before.len() >= MIN_NAME && a.before == b.before
        || shared(&a.before, &b.before) > MIN_NAME
        || shared(&a.after, &b.after) > MIN_NAME
        || crossed(&a.before, &b.after)
        || crossed(&b.before, &a.after)
}

/// Are the digits the same in another order, or all but one, and the point in its place?
fn is_turned(a: &str, b: &str, one_total: bool) -> bool {
    let sorted = |text: &str| {
        let mut bytes = text.as_bytes().to_vec();
        bytes.sort_unstable();
        bytes
    };
    let different = a.bytes().zip(b.bytes()).filter(|(a, b)| a != b).count();
    // 300 and 900, 120 and 150 are two round numbers, but for what there is only one of.
    let is_round = |text: &str| text.ends_with('0') && text.len() <= MIN_DIGITS;
    let round = !one_total && is_round(a) && is_round(b);
    let alike = different == 1 || sorted(a) == sorted(b);
    a != b && !round && a.len() == b.len() && a.find('.') == b.find('.') && alike
}

/// The numbers of a paragraph that have a name.
fn read(text: &str, kind: BlockKind) -> Vec<Named> {
    if kind == BlockKind::TableCell {
        return Vec::new();
    }
    let named = |quantity: quantity::Quantity<'_>| {
        let digits = quantity.digits.bytes().filter(u8::is_ascii_digit).count();
        let is_time = matches!(quantity.unit, "年" | "月" | "日" | "号" | "时" | "%");
        let is_rate = quantity.unit.ends_with("百分点") || quantity.unit == "倍";
        let min = if quantity.digits.contains('.') && !is_rate { MIN_DIGITS - 1 } else { MIN_DIGITS };
        if digits < min || quantity.hedged || is_time || quantity.unit.is_empty() {
            return None;
        }
        let clause = text[..quantity.range.start].rsplit(['，', '。', '；', '、', ',']).next()?;
        if OTHERWISE.iter().any(|word| clause.contains(word)) || date::has_year(clause) {
            return None;
        }
        let mut before = clause;
        while let Some(word) = BETWEEN.iter().find(|word| before.ends_with(**word)) {
            before = &before[..before.len() - word.len()];
        }
        let after = text[quantity.range.end..].trim_start_matches('的');
        let before = before.trim_start_matches(['该', '本', '此', '整']).trim_start_matches('个');
        Some(Named {
            is_total: TOTALS.iter().any(|word| before.contains(word)),
            before: before.chars().rev().take_while(|c| is_hanzi(*c)).take(MAX_NAME).collect(),
            after: after.chars().take_while(|c| is_hanzi(*c)).take(MAX_NAME).collect(),
            unit: quantity.scaled_unit(),
            range: quantity.range.start..quantity.range.start + quantity.digits.len(),
        })
    };
    quantity::find(text).filter_map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn turned_or_one_digit_off() {
        check(&RULE, "全年争取项目资金320万元。\n资金方面，全年争取项目资金〔302〕万元。");
        check(&RULE, "共发放调查问卷402份。\n发放的〔412〕份调查问卷均已收回。");
        check(&RULE, "全县有脱贫人口1268人。\n对〔1286〕人的脱贫人口台账逐户核对。");
        check(&RULE, "铺设供水管网136公里，新建泵站3座。\n如今，〔138〕公里供水管网全部通水。");
        check(&RULE, "项目总投资480万元。\n该项目总投资〔460〕万元，由县财政拨付。");
        check(&RULE, "新修通村公路3.6公里。\n这条〔3.8〕公里的通村公路，村民盼了多年。");
        check(&RULE, "参训学员共215人次。\n结业时，参训学员达到〔251〕人次。");
    }

    #[test]
    fn other_things_and_other_numbers() {
        let three = ["270", "720", "360"].map(|n| format!("住院伙食补助费{n}元。"));
        check_clean(&RULE, &three.concat());
        check_clean(&RULE, "总结 篇一：\n全年争取项目资金320万元。\n总结 篇二：\n全年争取项目资金302万元。");
        check_clean(&RULE, "截至二〇二五年底的2012年、截至二〇二五年底的2021年，资金320万元，资金302万元。");
        check_clean(&RULE, "建成村级服务站152个。\n152个村级服务站都能留得住。\n计划建成村级服务站156个。");
        check_clean(&RULE, "发放调查问卷400份，回收调查问卷372份。");
        check_clean(&RULE, "一期工程总投资480万元。\n二期工程总投资460万元。");
        check_clean(&RULE, "石门水库大坝全长320米。\n青山水库大坝全长350米。");
        check_clean(&RULE, "第一次演练参加人数120人。\n第二次演练参加人数150人。");
        check_clean(&RULE, "改造乡镇养老服务中心100个。\n新建300个乡镇养老服务中心。");
    }
}
