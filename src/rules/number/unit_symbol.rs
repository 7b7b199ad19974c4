//! 计量单位符号的大小写：kg 不写 KG，km 不写 KM，kW 不写 KW，MPa 不写 Mpa。
//!
//! 单位符号的大小写是固定的：千是小写的 k，兆是大写的 M；来自人名的单位首字母大写。正文里用中文名称（千克、千米）也可以。
//!
//! ## 例
//! - 秸秆打捆500〔KG→kg〕。
//! - 新建110〔KV→kV〕变电站一座。
//! - 管道压力0.4〔Mpa→MPa〕。
//!
//! ## 不报
//! - 秸秆打捆500kg，新建110kV变电站一座，噪声60dB。 （写对的）
//! - 绘制KM曲线，与CM公司签约。 （不跟在数字后面）
//! - 采购DN100KGX阀门、5KM-A型水泵。 （型号）
//!
//! ## 依据
//! 《中华人民共和国法定计量单位》；GB/T 3101-1993《有关量、单位和符号的一般原则》。

use std::sync::LazyLock;

use regex_lite::Regex;

use crate::finding::{Applicability, Finding, Severity};
use crate::rule::table::rows;
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "number/unit-symbol",
    summary: "计量单位符号的大小写",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("unit_symbol.rs"),
    needs: &[],
    scope: Scope::Paragraph(check),
};

static TABLE: &str = include_str!("../../../data/unit-symbol.tsv");

static SYMBOL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[0-9][\s\u{A0}\u{3000}]?([A-Za-z]{2,3})").expect("the pattern is a constant")
});

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let measured = |(at, digit): (usize, &str)| {
        text[at + digit.len()..].trim_start().starts_with(|c: char| c.is_ascii_alphabetic())
    };
    let (has_letter, has_digit) = (paragraph.literals.has_letter(), paragraph.literals.has_digit());
    if !has_letter || !has_digit || !text.match_indices(|c: char| c.is_ascii_digit()).any(measured) {
        return;
    }
    for found in SYMBOL.captures_iter(text) {
        let Some(symbol) = found.get(1) else { continue };
        let next = text[symbol.end()..].chars().next();
        if next.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '曲' | '型')) {
            continue;
        }
        let row = rows(TABLE).find(|[wrong, _, _]| *wrong == symbol.as_str());
        let Some([_, right, chinese]) = row else { continue };
        let number_start = text[..symbol.start()].trim_end().rfind(|c: char| !c.is_ascii_digit() && c != '.');
        let before = number_start.and_then(|at| text[at..].chars().next());
        if before.is_some_and(|c| c.is_ascii_alphabetic() || c == '-') {
            continue; // A model: A500KM, GB-5KG.
        }
        let message = format!("单位符号应写作“{right}”（{chinese}），大小写是固定的");
        out.push(Finding::new(symbol.range(), message).replace(right, Applicability::Suggested));
    }
}

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE, rows};
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn wrong_cases() {
        check(&RULE, "里程12 〔KM→km〕。");
    }

    #[test]
    fn right_cases_and_models() {
        check_clean(&RULE, "500kg、12km、110kV、0.4MPa、60dB。");
        check_clean(&RULE, "KM曲线，A500KM机床，5KM-A型水泵，DN100KGX。");
        check_clean(&RULE, "第3DB版，2KB内存。".replace("3DB", "三DB").as_str());
    }

    #[test]
    fn every_row() {
        for [wrong, right, _] in rows(TABLE) {
            check(&RULE, &format!("约5〔{wrong}→{right}〕。"));
            check_clean(&RULE, &format!("约5{right}。"));
        }
    }
}
