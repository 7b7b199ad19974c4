//! 构成比相加不是100%：一产占10%、二产占45%、三产占48%，合起来是103%。
//!
//! 一句话里连着三个以上“占……%”，相加超出100%又超出得不多（百分之十五以内），多是算错、抄错；写明“其余占”的，不足100%也报。
//!
//! ## 例
//! - 三次产业〔占比分别为10%、45%、48%〕。
//! - 参评对象中优秀〔占20%，良好占45%，合格占25%，其余占3%〕。
//! - 全年用电量一季度〔占22%，二季度占26%，三季度占27%，四季度占29%〕。
//!
//! ## 不报
//! - 三类企业各占33.3%、33.3%、33.3%。 （四舍五入的零头）
//! - 受访群众中，选择交通的占60%，选择教育的占50%，选择医疗的占40%。 （可以多选）
//! - 党员占42%，其中女性占35%，大专以上占28%。 （“其中”不是同一层）
//! - 大豆占10%，玉米占20%，水稻占30%。 （没有写完，也没有“其余”）
//!
//! ## 依据
//! 算术；《党政机关公文处理工作条例》第二十条：签发前审核数字是否准确。

use std::sync::LazyLock;

use regex::Regex;

use crate::chinese::quantity;
use crate::finding::{Finding, Severity};
use crate::rule::literals::Needs;
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "consistency/percentage-sum",
    summary: "构成比相加不是100%",
    severity: Severity::Warning,
    fix: None,
    doc: module_doc!("percentage_sum.rs"),
    needs: &[Needs::AnyChar("占"), Needs::AnyChar("%％")],
    scope: Scope::Paragraph(check),
};

static SHARE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"占(?:比|总数|总量|总人数)?的?(?:分别)?(?:约|为|达|到)?([0-9]+(?:\.[0-9]+)?)[%％]((?:[、，,和](?:[0-9]+(?:\.[0-9]+)?)[%％])*)";
    Regex::new(pattern).expect("the pattern is a constant")
});

static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[0-9]+(?:\.[0-9]+)?").expect("the pattern is a constant"));

/// Words of a sentence whose shares are not shares of one whole.
const OTHERWISE: [&str; 12] =
    ["多选", "选择", "提到", "其中", "同比", "增长", "分别达", "认为", "表示", "上升", "下降", "累计"];

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    for range in paragraph.sentences() {
        let sentence = &text[range.clone()];
        if OTHERWISE.iter().any(|word| sentence.contains(word)) {
            continue;
        }
        let shares: Vec<_> = SHARE.captures_iter(sentence).collect();
        let (Some(first), Some(last)) = (shares.first(), shares.last()) else { continue };
        let mut values: Vec<&str> = Vec::new();
        for share in &shares {
            values.extend(share.get(1).map(|m| m.as_str()));
            let more = share.get(2).map_or("", |m| m.as_str());
            values.extend(NUMBER.find_iter(more).map(|m| m.as_str()));
        }
        let numbers: Vec<f64> = values.iter().filter_map(|v| v.parse().ok()).collect();
        let total: f64 = numbers.iter().sum();
        let places =
            values.iter().filter_map(|v| v.split_once('.')).map(|(_, f)| f.len() as i32).max().unwrap_or(0);
        let slack = 0.5 / 10f64.powi(places) * numbers.len() as f64 + 1e-6;
        let rest = ["其余", "其他", "其它"].iter().any(|word| sentence.contains(word));
        let over = total > 100.0 + slack && total <= 115.0;
        let under = rest && total < 100.0 - slack && total >= 85.0;
        if numbers.len() < 3 || numbers.iter().any(|n| *n >= 100.0) || !(over || under) {
            continue;
        }
        let message =
            format!("构成比相加不是100%：{}＝{}%，请核对", values.join("＋"), quantity::show(total));
        let (start, end) = (first.get_match().start(), last.get_match().end());
        out.push(Finding::new(range.start + start..range.start + end, message));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check_clean, messages};

    #[test]
    fn shares_of_more_or_less_than_all() {
        assert_eq!(
            messages(&RULE, "水稻占40％，玉米占35％，大豆占28％。"),
            ["构成比相加不是100%：40＋35＋28＝103%，请核对"]
        );
    }

    #[test]
    fn wholes_and_other_shares() {
        check_clean(&RULE, "三类企业各占33.3%、33.3%、33.3%，一产占10%、二产占45%、三产占45%。");
        check_clean(&RULE, "水稻占40%，玉米占35%。");
    }
}
