//! 省略号写法：省略号是六个居中的点“……”，占两个字的位置，不写成“...”“。。。”，也不与“等”并用。
//!
//! 同一段合为一条，标在第一处，一次改完。
//!
//! ## 例
//! - 走访、座谈、问卷〔。。。→……〕形式多样。
//! - 他想了想〔...→……〕没有说话。
//! - 开展了宣讲、培训〔……等→等〕活动。
//!
//! ## 不报
//! - 一棵、两棵……数不清。 （写对的）
//! - 一、总体要求........................3 （目录的点线）
//! - 屏幕上显示loading... please wait （英文的三点）
//! - 分为特级、一级……等级分明。 （“等级”是一个词）
//!
//! ## 依据
//! GB/T 15834-2011《标点符号用法》4.11：省略号的形式为“……”；附录A.9：省略号与“等”“等等”不能同时使用。

use std::ops::Range;
use std::sync::LazyLock;

use regex_lite::Regex;

use crate::chinese::is_hanzi;
use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::rule::literals::{LiteralList, Needs};
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "punctuation/ellipsis",
    summary: "省略号写法",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    doc: module_doc!("ellipsis.rs"),
    needs: &[Needs::Literal(&MARKS)],
    scope: Scope::Paragraph(check),
};

static MARKS: LiteralList = LiteralList::words(|| vec!["…", "⋯", "。。。", "...", "．．．", "，，，"]);

static DOTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:等等?)?(?:…+|⋯+|。{3,}|\.{3,}|．{3,}|，{3,})(?:等等?)?")
        .expect("the pattern is a constant")
});

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let mut wrong: Vec<(Range<usize>, &str)> = Vec::new();
    for found in DOTS.find_iter(text) {
        let shown = found.as_str();
        let dots = shown.trim_matches('等');
        let count = dots.chars().count();
        let before = text[..found.start()].chars().next_back();
        let after = text[found.end()..].chars().next();
        // The leader of a table of contents.
        if count > 6 || after.is_some_and(|c| c.is_ascii_digit()) && count > 3 {
            continue;
        }
        if shown.len() > dots.len() {
            // 等 may begin another word: 等级, 等待.
            let word =
                shown.ends_with('等') && after.is_some_and(|c| "级待候额价量次式于同离边温".contains(c));
            if !word && dots == "……" {
                let message = "省略号与“等”意思重复，只用一个";
                out.push(Finding::new(found.range(), message).replace("等", Applicability::Suggested));
            }
            continue;
        }
        let chinese = |c: Option<char>| c.is_some_and(|c| is_hanzi(c) || "”）》、，".contains(c));
        if dots == "……" || dots == "…………" || !(chinese(before) || (before.is_none() && chinese(after)))
        {
            continue;
        }
        wrong.push((found.range(), shown));
    }
    let Some((first, shown)) = wrong.first().cloned() else { return };
    // A habit of the paragraph is one finding, marked at its first place, as with commas.
    let count = if wrong.len() > 1 { format!("（本段共{}处）", wrong.len()) } else { String::new() };
    let message = format!("省略号应写作“……”，不写作“{shown}”{count}");
    let edits = wrong.into_iter().map(|(range, _)| Edit { range, text: "……".to_owned() }).collect();
    let title = "改为“……”".to_owned();
    out.push(Finding::new(first, message).fix(Fix { title, edits, applicability: Applicability::Safe }));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_fix, messages};

    #[test]
    fn wrong_forms() {
        check_fix(&RULE, "如此种种…不再列举。", "如此种种……不再列举。");
    }

    #[test]
    fn one_mark_for_a_paragraph() {
        let text = "他想了想…没有说话…后来…走了。";
        assert_eq!(messages(&RULE, text), ["省略号应写作“……”，不写作“…”（本段共3处）"]);
        check_fix(&RULE, text, &text.replace('…', "……"));
        check(&RULE, "甲〔…→……〕乙。\n丙〔…→……〕丁。");
    }
}
