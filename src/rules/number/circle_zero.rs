//! 年份里的“〇”误写：二○二四年、二O二四年、二零二四年，都应写作“二〇二四年”。
//!
//! 汉字年份的零用“〇”（U+3007），不用圆圈“○”、字母“O”、数字“0”和“零”。
//!
//! ## 例
//! - 〔二○二四→二〇二四〕年十二月三十一日
//! - 〔二O二五→二〇二五〕年度工作要点
//! - 到〔二零三五→二〇三五〕年基本实现现代化。
//!
//! ## 不报
//! - 二〇二四年、2024年都可以。 （写对的）
//! - 一千零二十四年前建寺。 （计量用“零”）
//! - 推广O2O模式，开展零距离服务。 （型号、词语）
//!
//! ## 依据
//! GB/T 15835-2011《出版物上数字用法》：数字用于编号（含年份）时，“0”的汉字写作“〇”，用于计量时写作“零”。

use std::sync::LazyLock;

use regex_lite::Regex;

use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::Needs;
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "number/circle-zero",
    summary: "年份里的“〇”误写",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    doc: module_doc!("circle_zero.rs"),
    needs: &[Needs::AnyChar("年"), Needs::AnyChar("○OoＯ0零")],
    scope: Scope::Paragraph(check),
};

static YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?P<year>(?:一九|二[○OoＯ0零〇])[一二三四五六七八九○OoＯ0零〇]{2})年")
        .expect("the pattern is a constant")
});

/// What stands for a zero where it should be 〇.
const ZEROS: [char; 6] = ['○', 'O', 'o', 'Ｏ', '0', '零'];

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if !paragraph.may_contain_any("年")
        || !paragraph.may_contain_any("○OoＯ0零")
        || !(text.contains("一九")
            || text
                .match_indices('二')
                .any(|(at, two)| text[at + two.len()..].starts_with(|c| c == '〇' || ZEROS.contains(&c))))
    {
        return;
    }
    for found in YEAR.captures_iter(text) {
        let Some(year) = found.name("year").filter(|year| year.as_str().contains(ZEROS)) else { continue };
        let wrong = year.as_str().chars().find(|c| ZEROS.contains(c)).unwrap_or('○');
        let wanted = year.as_str().replace(ZEROS, "〇");
        let message = format!("汉字年份的零写作“〇”，不用“{wrong}”");
        let finding = Finding::new(year.range(), message).replace(wanted, Applicability::Safe);
        // 二零二四年 is wide-spread.
        out.push(if wrong == '零' { finding.with_severity(Severity::Info) } else { finding });
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean, check_fix};

    #[test]
    fn other_zeros() {
        check(&RULE, "〔二O二五→二〇二五〕年度，〔二0二六→二〇二六〕年初");
        check_fix(&RULE, "到二零三五年", "到二〇三五年");
    }

    #[test]
    fn right_zeros() {
        check_clean(&RULE, "二〇二四年、2024年、一九四九年。");
        check_clean(&RULE, "一千零二十四年，零距离服务，一百零八将。");
        check_clean(&RULE, "型号O2O，三○一医院，二〇二四年○月。");
    }
}
