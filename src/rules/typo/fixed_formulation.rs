//! 固定表述写错：“绿水青山就是金山银山”“铸牢中华民族共同体意识”，一字不能动。
//!
//! 重要提法有固定的用字、次序和搭配：增强“四个意识”、坚定“四个自信”、做到“两个维护”；统筹推进“五位一体”总体布局、协调推进“四个全面”战略布局。
//! 提法见 `data/fixed-formulation.tsv`。
//!
//! ## 例
//! - 牢固树立〔青山绿水就是金山银山→绿水青山就是金山银山〕的理念。
//! - 以〔筑牢中华民族共同体意识→铸牢中华民族共同体意识〕为主线。
//! - 学习党的〔二十大三中全会→二十届三中全会〕精神，〔坚定“四个意识”→增强“四个意识”〕。
//!
//! ## 不报
//! - 这里青山绿水，景色宜人。 （普通用语）
//! - 增强“四个意识”、坚定“四个自信”、做到“两个维护”。 （写对的）
//! - 党的二十届三中全会召开，是党的二十大以来的第三次全会。 （写对的）
//!
//! ## 依据
//! 《中国共产党章程》、党的历次全国代表大会报告和中央全会公报中的原文。

use std::sync::LazyLock;

use regex::Regex;

use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::{LiteralList, Needs};
use crate::rule::table::rows;
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "typo/fixed-formulation",
    summary: "固定表述写错",
    severity: Severity::Error,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("fixed_formulation.rs"),
    needs: &[Needs::AnyOf(&[Needs::Literal(&WRONG), Needs::AnyChar("习")])],
    scope: Scope::Paragraph(check),
};

static TABLE: &str = include_str!("../../../data/fixed-formulation.tsv");

static ROWS: LazyLock<Vec<[&str; 2]>> = LazyLock::new(|| rows(TABLE).collect());

static WRONG: LiteralList = LiteralList::words(|| ROWS.iter().map(|[wrong, _]| *wrong).collect());

/// The general secretary's name with a character missing or wrong, or its 习 merged with that of 学习.
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?:^|[^学练复预实见补自讲研演积])(?P<m>习(?:[近平进金今晋劲尽评萍]|[进金今晋劲尽]平|近[评萍凭瓶])(?P<title>总书记|主席))|(?:^|[^习])(?P<learn>学习近平)";
    Regex::new(pattern).expect("the pattern is a constant")
});

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if paragraph.may_contain_any("习") {
        for found in NAME.captures_iter(text) {
            let (range, right) = match (found.name("m"), found.name("title"), found.name("learn")) {
                (Some(name), Some(title), _) => (name.range(), format!("习近平{}", title.as_str())),
                (_, _, Some(learn)) => (learn.range(), "学习习近平".to_owned()),
                _ => continue,
            };
            let message = format!("固定表述应为“{right}”，不写“{}”", &text[range.clone()]);
            out.push(Finding::new(range, message).replace(right, Applicability::Suggested));
        }
    }
    for found in paragraph.hits().longest() {
        let [wrong, right] = ROWS[found.literal()];
        // 120届三中全会 has another number in it.
        let before = text[..found.start()].chars().next_back();
        if before.is_some_and(|c| c.is_ascii_digit() || c == '第') && !wrong.starts_with('第') {
            continue;
        }
        let message = format!("固定表述应为“{right}”，不写“{wrong}”");
        out.push(Finding::new(found.range(), message).replace(right, Applicability::Suggested));
    }
}

#[cfg(test)]
mod tests {
    use super::{ROWS, RULE};
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn names_of_leaders() {
        check(&RULE, "学习〔习进总书记→习近平总书记〕在庆祝大会上的讲话，〔习近总书记→习近平总书记〕强调。");
        check(&RULE, "认真贯彻〔学习近平→学习习近平〕总书记重要讲话精神。");
        check_clean(
            &RULE,
            "深入学习习近平总书记重要讲话，习近平主席出席，习总书记指出，学习和平主席团的经验。",
        );
        check_clean(&RULE, "学习近期政策，复习进度表，实习主席致辞。");
    }

    #[test]
    fn every_row() {
        for [wrong, right] in ROWS.iter() {
            check(&RULE, &format!("坚持〔{wrong}→{right}〕。"));
            check_clean(&RULE, &format!("坚持{right}。"));
        }
    }
}
