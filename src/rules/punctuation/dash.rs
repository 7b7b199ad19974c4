//! 破折号写法：破折号是占两个字的“——”，不写成“--”“－－”或制表符“──”。
//!
//! ## 例
//! - 本次会议的主题〔--→——〕高质量发展。
//! - 全年最大的一件事〔－－→——〕通自来水，年底前办成了。
//! - 这就是我们的目标〔──→——〕群众满意。
//!
//! ## 不报
//! - 2020—2024年，北京—上海线路执行GB/T 15834-2011。 （连接号）
//! - 运行 zhubi check --select typo 即可。 （命令行参数）
//! - 本次会议的主题——高质量发展。 （写对的）
//!
//! 整行的横线：
//!
//! ```text
//! ------------
//! ```
//!
//! ## 依据
//! GB/T 15834-2011《标点符号用法》4.10：破折号的形式是“——”。

use std::sync::LazyLock;

use regex_lite::Regex;

use crate::chinese::is_hanzi;
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::Needs;
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "punctuation/dash",
    summary: "破折号写法",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    doc: module_doc!("dash.rs"),
    needs: &[Needs::AnyChar("-－─–")],
    scope: Scope::Paragraph(check),
};

static DASHES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("-{2,}|－{2,}|─{2,}|–{2,}").expect("the pattern is a constant"));

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if !paragraph.may_contain_any("-－─–")
        || !["--", "－－", "──", "––"].iter().any(|dashes| text.contains(dashes))
    {
        return;
    }
    for found in DASHES.find_iter(text) {
        let before = text[..found.start()].chars().next_back();
        let after = text[found.end()..].chars().next();
        let chinese = |c: Option<char>| c.is_some_and(|c| is_hanzi(c) || "”“）（》《，。".contains(c));
        if found.as_str().chars().count() > 4 || !chinese(before) || !chinese(after) {
            continue;
        }
        let message = format!("破折号应写作“——”，不写作“{}”", found.as_str());
        out.push(Finding::new(found.range(), message).replace("——", Applicability::Safe));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_fix};

    #[test]
    fn wrong_forms() {
        check(&RULE, "政府工作报告〔－－→——〕在大会上。");
        check_fix(&RULE, "两个字--实干。", "两个字——实干。");
    }
}
