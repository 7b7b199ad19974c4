//! 分号层级：“一是……；二是……；三是……”各项里面已有逗号，项与项之间该用分号。
//!
//! 标在第一处，快速修复把各项之间一起改成分号。
//!
//! ## 例
//! - 一是加强学习，提高认识〔，〕二是改进作风，狠抓落实，三是严明纪律，守住底线。
//! - 一要压实责任，逐级签字〔，〕二要加强督查，定期通报，三要严格考核，兑现奖惩。
//! - 一是任务重，时间紧〔，〕二是人手少，经验不足，三是经费紧张，设备陈旧。
//!
//! ## 不报
//! - 一是学习，二是调研，三是整改。 （各项里面没有逗号）
//! - 一是加强学习，提高认识；二是改进作风，狠抓落实；三是严明纪律。 （已用分号）
//! - 一是加强学习，提高认识，二是改进作风，狠抓落实。 （只有两项）
//!
//! ## 依据
//! GB/T 15834-2011《标点符号用法》4.6.3.1：分号表示复句内部并列关系的分句之间的停顿，分句内部还有逗号时尤其如此。

use std::sync::LazyLock;

use regex_lite::Regex;

use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::rule::{Paragraph, Rule, Scope, module_doc};
use crate::text::sentence::sentences;

/// The rule.
pub static RULE: Rule = Rule {
    id: "punctuation/semicolon-level",
    summary: "并列各项之间该用分号",
    severity: Severity::Info,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("semicolon_level.rs"),
    needs: &[],
    scope: Scope::Paragraph(check),
};

static ITEM: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("，[二三四五六七八九](?:是|要)").expect("the pattern is a constant"));

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if !text.contains("，二是") && !text.contains("，二要") {
        return;
    }
    for sentence in sentences(text) {
        let shown = &text[sentence.clone()];
        let (Some(first), false) = (shown.find("一是").or(shown.find("一要")), shown.contains('；'))
        else {
            continue;
        };
        let items: Vec<usize> = ITEM.find_iter(shown).map(|m| m.start()).filter(|at| *at > first).collect();
        if items.len() < 2 {
            continue;
        }
        let bounds: Vec<usize> = std::iter::once(first).chain(items.iter().copied()).collect();
        let inner = |pair: &[usize]| shown[pair[0] + '，'.len_utf8()..pair[1]].contains('，');
        if !bounds.windows(2).all(inner) {
            continue;
        }
        let edits: Vec<Edit> = items
            .iter()
            .map(|at| Edit { range: sentence.start + at..sentence.start + at + 3, text: "；".to_owned() })
            .collect();
        let range = edits[0].range.clone();
        let message = "各项里面已有逗号，项与项之间宜用分号";
        let title = "各项之间改为分号".to_owned();
        let fix = Fix { title, edits, applicability: Applicability::Suggested };
        out.push(Finding::new(range, message).fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_suggestion};

    #[test]
    fn marked() {
        check(
            &RULE,
            "我们做到：一要压实责任，明确分工〔，〕二要细化措施，倒排工期，三要严格考核，奖优罚劣。",
        );
        check_suggestion(
            &RULE,
            "一是甲，乙，二是丙，丁，三是戊，己。",
            "一是甲，乙；二是丙，丁；三是戊，己。",
        );
    }
}
