//! 同一个数前后不一：同一指标两处写了，数字恰好颠倒了次序。
//!
//! 只比同一篇里名称、单位都相同的两个数，而且组成的数字相同、次序不同：320万元与302万元。这样的两处多半有一处抄错。
//!
//! ## 例
//! - 全年争取项目资金320万元。资金方面，全年争取项目资金〔302〕万元。
//! - 新增高标准农田1.86万亩。据统计，新增高标准农田〔1.68〕万亩。
//! - 开展执法检查1253次，发现问题12个。其中，开展执法检查共〔1235〕次。
//!
//! ## 不报
//! 年份、不足三位的数、前面的名称不足五个字的，以及同一名称写了三处以上的，都不比。
//!
//! - 争取中央项目资金320万元，争取省级项目资金302万元。 （名称不同）
//! - 全年争取项目资金320万元，上年争取项目资金350万元。 （不只是颠倒）
//! - 新增高标准农田18亩，又新增高标准农田81亩。 （不足三位）
//!
//! ## 依据
//! 同一事实，全文数字一致；《党政机关公文处理工作条例》第二十条：签发前审核数字是否准确。

use std::collections::BTreeMap;
use std::ops::Range;

use crate::chinese::is_hanzi;
use crate::finding::{Finding, Severity};
use crate::rule::facts::Extract;
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::BlockKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "consistency/number-repeat",
    summary: "同一指标的数字颠倒",
    severity: Severity::Info,
    fix: None,
    doc: module_doc!("number_repeat.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

/// A number with the name of what it counts.
struct Named {
    /// What stands before it, and its unit: what makes two numbers the same.
    name: String,
    range: Range<usize>,
}

/// Length limits of an indicator's name, in characters.
const MIN_NAME: usize = 5;
const MAX_NAME: usize = 9;
const MIN_DIGITS: usize = 3;

/// What stands between the name and the number, and says nothing of either.
const BETWEEN: [&str; 12] =
    ["达到了", "达到", "共计", "累计", "完成了", "超过", "达", "为", "约", "近", "共", "了"];

static NAMED: Extract<Named> = Extract::new(read);

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let noted = view.extract(&NAMED);
    for part in document.parts() {
        let mut known: BTreeMap<&str, Vec<(&str, Range<usize>)>> = BTreeMap::new();
        for (index, named) in noted.within(part) {
            let block = &document.blocks()[index];
            let number = &document.text(block)[named.range.clone()];
            known.entry(&named.name).or_default().push((number, block.to_source(named.range.clone())));
        }
        // Stated more than twice, it is about several things.
        for places in known.values() {
            let [(first, there), (second, here)] = &places[..] else { continue };
            if is_turned(first, second) {
                let message = format!("前面写的是{first}，这里是{second}，数字像是颠倒了，请核对");
                out.push(Finding::new(here.clone(), message).related(there.clone(), "前面的数"));
            }
        }
    }
}

/// Are the digits the same in another order, and the point in its place?
fn is_turned(a: &str, b: &str) -> bool {
    let sorted = |text: &str| {
        let mut bytes = text.as_bytes().to_vec();
        bytes.sort_unstable();
        bytes
    };
    a != b && a.len() == b.len() && a.find('.') == b.find('.') && sorted(a) == sorted(b)
}

/// The numbers of a paragraph that have a name.
fn read(text: &str, kind: BlockKind) -> Vec<Named> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while kind != BlockKind::TableCell && at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && (bytes[at].is_ascii_digit() || matches!(bytes[at], b'.' | b',')) {
            at += 1;
        }
        let number = text[start..at].trim_end_matches(['.', ',']);
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        if digits >= MIN_DIGITS
            && let Some(name) = name(&text[..start], &text[start + number.len()..])
        {
            found.push(Named { name, range: start..start + number.len() });
        }
    }
    found
}

/// The name of what a number counts, with its unit.
fn name(before: &str, after: &str) -> Option<String> {
    let hanzi = |c: &char| is_hanzi(*c);
    let unit: String = after.chars().take_while(hanzi).take(2).collect();
    if unit.is_empty() || unit.starts_with(['年', '月', '日', '号']) {
        return None;
    }
    let mut before = before;
    while let Some(word) = BETWEEN.iter().find(|word| before.ends_with(**word)) {
        before = &before[..before.len() - word.len()];
    }
    let chars: Vec<char> = before.chars().rev().take_while(hanzi).take(MAX_NAME).collect();
    (chars.len() >= MIN_NAME).then(|| chars.into_iter().rev().chain(unit.chars()).collect())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn turned() {
        check(&RULE, "全年争取项目资金320万元。\n资金方面，全年争取项目资金〔302〕万元。");
    }

    #[test]
    fn other_things_and_other_numbers() {
        let three = ["270", "720", "360"].map(|n| format!("住院伙食补助费{n}元。"));
        check_clean(&RULE, &three.concat());
        check_clean(&RULE, "总结 篇一：\n全年争取项目资金320万元。\n总结 篇二：\n全年争取项目资金302万元。");
        check_clean(&RULE, "截至二〇二五年底的2012年、截至二〇二五年底的2021年，资金320万元，资金302万元。");
    }
}
