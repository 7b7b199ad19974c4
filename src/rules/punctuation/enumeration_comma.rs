//! 顿号误用：顿号与“和”“等”连用，书名号、引号之间多用顿号，概数中间用顿号。
//!
//! 书名号、引号之间的顿号只作提示，每段合报一条，一次改完。
//!
//! ## 例
//! - 走访学校、医院〔、→〕和社区。
//! - 利用农闲开展宣讲、培训〔、→〕等。
//! - 走访了〔三、四个→三四个〕村。
//! - 学习《宪法》〔、〕《民法典》、《监察法》。
//!
//! ## 不报
//! - 建设安全、和谐的社区，做到公平、及时。 （“和谐”“及时”是词）
//! - 三、四季度评出一、二等奖。 （两个季度、两个等级）
//! - 按一级、等级评定。 （“等级”是词）
//! - 学习《条例》（节选）、《办法》（全文）。 （书名号后面有括注）
//!
//! ## 依据
//! GB/T 15834-2011《标点符号用法》4.5.3.5：相邻两数字连用表示概数通常不用顿号，连用为缩略形式宜用顿号；标有引号、书名号的并列成分之间通常不用顿号。

use std::sync::LazyLock;

use regex_lite::Regex;

use crate::chinese::is_hanzi;
use crate::chinese::numeral;
use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::rule::literals::{LiteralList, Needs};
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "punctuation/enumeration-comma",
    summary: "顿号误用",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    doc: module_doc!("enumeration_comma.rs"),
    needs: &[Needs::AnyOf(&[Needs::AnyChar("、"), Needs::Literal(&SIGNS)])],
    scope: Scope::Paragraph(check),
};

static APPROXIMATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:一、二|二、三|三、四|四、五|五、六|六、七|七、八|八、九)(?:个|名|人|天|次|倍|百|千|万)")
        .expect("the pattern is a constant")
});

/// What a comma of enumeration should not stand before or between.
static SIGNS: LiteralList = LiteralList::words(|| vec!["、以及", "、和", "、等", "》、《", "”、“"]);

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let signs = paragraph.hits().all().next().is_some();
    if signs {
        conjunctions(text, out);
    }
    let numbers = text.match_indices('、').any(|(at, mark)| {
        let (before, after) = (text[..at].chars().next_back(), text[at + mark.len()..].chars().next());
        before.is_some_and(numeral::is_chinese_digit) && after.is_some_and(numeral::is_chinese_digit)
    });
    for found in APPROXIMATE.find_iter(if numbers { text } else { "" }) {
        let before = text[..found.start()].chars().next_back();
        if before.is_some_and(|c| "第十百千万、一二三四五六七八九".contains(c)) {
            continue;
        }
        let right = found.as_str().replace('、', "");
        let message = format!("概数中间不用顿号，应为“{right}”");
        out.push(Finding::new(found.range(), message).replace(right, Applicability::Suggested));
    }
    if signs {
        between_marks(text, out);
    }
}

/// A、B、和C, A、B、等: the conjunction or 等 already parts them.
fn conjunctions(text: &str, out: &mut Vec<Finding>) {
    for (at, _) in text.match_indices('、') {
        let rest = &text[at + '、'.len_utf8()..];
        let Some(word) = ["以及", "和", "等"].into_iter().find(|word| rest.starts_with(word)) else {
            continue;
        };
        let next = rest[word.len()..].chars().next();
        let fits = match word {
            "等" => next.is_none_or(|c| "，。；）” ".contains(c)),
            "和" => next.is_some_and(|c| {
                is_hanzi(c) && !"谐平睦解美顺田县林气好声合约面风蔼煦善弦龙声泰硕静衷缓悦服政布盘".contains(c)
            }),
            _ => next.is_some(),
        };
        if fits {
            let end = at + '、'.len_utf8();
            let severity = if word == "等" { Severity::Warning } else { Severity::Info };
            let message = format!("“{word}”前面不用顿号");
            out.push(
                Finding::new(at..end, message).with_severity(severity).replace("", Applicability::Suggested),
            );
        }
    }
}

/// 》、《 and ”、“: one finding for a paragraph, with all of them in its fix.
fn between_marks(text: &str, out: &mut Vec<Finding>) {
    for (marks, name) in [("》、《", "书名号"), ("”、“", "引号")] {
        let edits: Vec<Edit> = text
            .match_indices(marks)
            .map(|(at, _)| {
                let start = at + '》'.len_utf8();
                Edit { range: start..start + '、'.len_utf8(), text: String::new() }
            })
            .collect();
        let Some(first) = edits.first() else { continue };
        let range = first.range.clone();
        let count =
            if edits.len() > 1 { format!("（本段共{}处）", edits.len()) } else { String::new() };
        let message = format!("并列的{name}之间通常不用顿号{count}");
        let title = "删去顿号".to_owned();
        let fix = Fix { title, edits, applicability: Applicability::Safe };
        out.push(Finding::new(range, message).with_severity(Severity::Hint).fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check_clean, check_fix};

    #[test]
    fn misused() {
        check_fix(
            &RULE,
            "学习《甲》、《乙》、《丙》，做到“快”、“准”。",
            "学习《甲》《乙》《丙》，做到“快”“准”。",
        );
    }

    #[test]
    fn well_used() {
        check_clean(&RULE, "三、四季度，一、二等奖，第三、四个项目。");
        check_clean(&RULE, "按一级、等级评定；走访学校、医院和社区等。");
        check_clean(&RULE, "学习《甲》（节选）、《乙》（全文）。");
    }
}
