//! 一个数里汉字与阿拉伯数字混用：3千5百人、二十1人。
//!
//! 阿拉伯数字后面只用“万”“亿”作单位，不用“十、百、千”；一个数要么全用阿拉伯数字，要么全用汉字。
//!
//! ## 例
//! - 受益群众〔3千5百→3500〕人。
//! - 到会〔二十1→21〕人。
//! - 每户补助〔2百→200〕元。
//!
//! ## 不报
//! - 受益群众3万人，完成投资1.2亿元。 （“万”“亿”可以）
//! - 收购水果5千克，装机2千瓦。 （“千”是单位的词头）
//! - 参加活动的有3千多人。 （约数）
//!
//! ## 依据
//! GB/T 15835-2011《出版物上数字用法》：除“万”“亿”外，同一个数值不同时用阿拉伯数字和汉字数字。

use std::sync::LazyLock;

use regex::Regex;

use crate::chinese::numeral;
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::Needs;
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "number/mixed-numeral",
    summary: "一个数里汉字与阿拉伯数字混用",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("mixed_numeral.rs"),
    needs: &[Needs::Digit, Needs::AnyChar("千百十")],
    scope: Scope::Paragraph(check),
};

static MIXED: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?P<arabic>[0-9]+(?:千[0-9]百|千|百))(?P<unit>[人名户家个元亩件次头])|(?P<chinese>[一二三四五六七八九]?十[0-9])(?P<after>[人名户家个元亩件次日月])";
    Regex::new(pattern).expect("the pattern is a constant")
});

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if !is_mixed(text) {
        return;
    }
    for found in MIXED.captures_iter(text) {
        let Some(number) = found.name("arabic").or_else(|| found.name("chinese")) else { continue };
        let before = text[..number.start()].chars().next_back();
        if before.is_some_and(|c| {
            c.is_ascii_alphanumeric()
                || matches!(c, '.' | '-' | '—' | '～' | ',' | '第' | '/')
                || numeral::is_chinese_digit(c)
        }) {
            continue;
        }
        let Some(value) = value(number.as_str()) else { continue };
        let message = format!("一个数里不混用汉字和阿拉伯数字，应写作“{value}”");
        out.push(Finding::new(number.range(), message).replace(value.to_string(), Applicability::Suggested));
    }
}

/// Does a digit of the one kind stand beside a character of the other?
fn is_mixed(text: &str) -> bool {
    let scale = |c: char| matches!(c, '千' | '百' | '十');
    let mut before = ' ';
    text.chars().any(|c| {
        let mixed = before.is_ascii_digit() && scale(c) || before == '十' && c.is_ascii_digit();
        before = c;
        mixed
    })
}

fn value(text: &str) -> Option<u64> {
    let (mut total, mut pending) = (0u64, None);
    for c in text.chars() {
        let scale = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                let digit = u64::from(
                    numeral::arabic_digit(c).or_else(|| numeral::parse(c.encode_utf8(&mut [0; 4])))?,
                );
                pending = Some(pending.unwrap_or(0u64).checked_mul(10)?.checked_add(digit)?);
                continue;
            }
        };
        total = pending.take().unwrap_or(1u64).checked_mul(scale)?.checked_add(total)?;
    }
    total.checked_add(pending.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn mixed() {
        check(&RULE, "新建大棚〔8百→800〕个，〔十2→12〕月底完工。");
    }

    #[test]
    fn whole() {
        check_clean(&RULE, "3万人、1.2亿元、5万亿元，3500人，二十一人。");
        check_clean(&RULE, "5千克、3千米、2千瓦，几千人，3千多人，100个百人团。");
        check_clean(
            &RULE,
            "第十1次，三十六计，1千家以下的不计。".replace("1千家以下的不计", "千家万户").as_str(),
        );
        check_clean(&RULE, "9999999999999999999999千9百人");
    }
}
