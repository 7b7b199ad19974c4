//! 概数中间不加顿号：三四个、五六十人，不写“三、四个”“五、六十人”。
//!
//! 相邻两个数字连用表示概数时，中间不用顿号；加了顿号就成了两个数。
//!
//! ## 例
//! - 每月走访〔三、四→三四〕次。
//! - 到会〔五、六→五六〕十人。
//! - 等了〔两、三→两三〕个小时。
//!
//! ## 不报
//! - 三、四季度完成投资八成，七、八两月主汛期平稳度过。 （两个季度、两个月）
//! - 二、三年级学生获一、二等奖。 （两个年级、两个等级）
//! - 第三、四次会议研究了预算。 （序数）
//! - 一、二、三个村分别由三名同志包联。 （逐个列举）
//!
//! ## 依据
//! GB/T 15835-2011《出版物上数字用法》：两个数字连用表示概数，两数之间不用顿号隔开。

use std::sync::LazyLock;

use regex_lite::Regex;

use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::Needs;
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "number/approximate",
    summary: "概数中间加了顿号",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("approximate.rs"),
    needs: &[Needs::AnyChar("、")],
    scope: Scope::Paragraph(check),
};

static SERIES: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?P<pair>二、三|两、三|三、四|三、五|四、五|五、六|六、七|七、八|八、九)(?P<unit>十[几多余]?[个人名家户次天年岁里万]|[百千万][多余]?[个人名家户次元]|个(?:小时|星期|月|人|村|点)?|天|人|名|次|家|户|岁|里|公里|小时|分钟|倍|成|遍|趟|回)";
    Regex::new(pattern).expect("the pattern is a constant")
});

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let pair = |(at, mark): (usize, &str)| {
        let after = &text[at + mark.len()..];
        text[..at].ends_with(|c| "二两三四五六七八".contains(c))
            && after.starts_with(|c| "三四五六七八九".contains(c))
    };
    if !text.match_indices('、').any(pair) {
        return;
    }
    for found in SERIES.captures_iter(text) {
        let (Some(pair), Some(unit)) = (found.name("pair"), found.name("unit")) else { continue };
        let before = text[..pair.start()].chars().next_back();
        let ordinal = before.is_some_and(|c| {
            matches!(
                c,
                '第' | '、' | '十' | '百' | '和' | '初' | '高' | '大' | '星' | '期' | '周' | '（' | '('
            ) || c.is_ascii_digit()
        });
        // A number of its own line, and what is counted by kind and not by number.
        if pair.start() == 0
            || ordinal
            || text[unit.end()..].starts_with(['方', '阶', '层', '类', '级', '等', '类', '项', '大'])
        {
            continue;
        }
        let wanted = pair.as_str().replace('、', "");
        let message = format!("概数写作“{wanted}{}”，中间不加顿号", unit.as_str());
        out.push(Finding::new(pair.range(), message).replace(wanted, Applicability::Suggested));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn parted_pairs() {
        check(&RULE, "全镇有〔七、八→七八〕家合作社。");
    }

    #[test]
    fn two_numbers_or_none() {
        check_clean(&RULE, "三、四季度，七、八两月，二、三年级，一、二等奖，二、三产业。");
        check_clean(&RULE, "第三、四次会议，每月走访三四次。");
        check_clean(&RULE, "二、三个方面的工作\n一、二、三个村");
    }
}
