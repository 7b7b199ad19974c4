//! 千分位用了全角逗号：1，234人，应为1,234人（或1234人）。
//!
//! ## 例
//! - 发放补贴〔1，234→1,234〕万元。
//! - 共登记〔12，580→12,580〕户。
//! - 全市总人口〔1，340，000→1,340,000〕人。
//!
//! ## 不报
//! - 发放补贴1,234万元。 （半角）
//! - 上年为8，120人是今年的数。 （句子里的逗号）
//! - 抽查第1，200号档案；单价5，100和200元两种。 （列举）
//!
//! ## 依据
//! GB/T 15835-2011《出版物上数字用法》：四位以上的数用千分撇分节，千分撇是半角的“,”。

use std::sync::LazyLock;

use regex_lite::Regex;

use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::Needs;
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "number/thousands-separator",
    summary: "千分位用了全角逗号",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("thousands_separator.rs"),
    needs: &[Needs::Digit, Needs::AnyChar("，")],
    scope: Scope::Paragraph(check),
};

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[1-9][0-9]{0,2}(?:，[0-9]{3})+(?:\.[0-9]+)?").expect("the pattern is a constant")
});

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let digit = |c: char| c.is_ascii_digit();
    let parts =
        |(at, mark): (usize, &str)| text[..at].ends_with(digit) && text[at + mark.len()..].starts_with(digit);
    if !text.match_indices('，').any(parts) {
        return;
    }
    for found in NUMBER.find_iter(text) {
        let before = text[..found.start()].chars().next_back();
        let after = &text[found.end()..];
        let attached = before
            .is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '，' | '、' | '第' | '为' | '-'));
        let counted = after.starts_with(|c: char| "万亿元人户名家件个亩吨次项台套".contains(c));
        if !attached && counted {
            let wanted = found.as_str().replace('，', ",");
            let message = format!("千分位不用全角逗号，应写作“{wanted}”");
            out.push(Finding::new(found.range(), message).replace(wanted, Applicability::Suggested));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_clean;

    #[test]
    fn other_commas() {
        check_clean(&RULE, "发放补贴1,234万元，1234万元。");
        check_clean(&RULE, "单价5，100和200元两种；1，2，3项。");
    }
}
