//! 开头套语：时光荏苒、岁月如梭、光阴似箭，总结一开头就用，千篇一律。
//!
//! 只查每篇的前四段，标题也算一段。
//!
//! ## 例
//! ```text
//! 年度工作总结
//! 〔时光荏苒〕，转眼一年过去了。
//! ```
//!
//! - 〔光阴似箭，日月如梭〕，一年的工作结束了。
//! - 〔岁月如梭〕，一年的工作即将告一段落。
//!
//! ## 不报
//! - 学习《岁月如歌》，观看“时光飞逝”展览。 （书名、引号里）
//! - 2026年，县教育局围绕中心工作，抓了三件大事。 （直接写事）
//!
//! 正文中间的叙事：
//!
//! ```text
//! 老厂房改造工作总结
//! 厂房建于1958年。
//! 1992年停产。
//! 2020年列入改造计划。
//! 老厂房历经斗转星移，今年变成了文化街区。
//! ```
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第十九条：内容简洁、文字精练；中央八项规定精神“切实改进文风”。

use std::sync::LazyLock;

use regex::Regex;

use crate::finding::{Finding, Severity};
use crate::rule::{DocumentView, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "style/opening-cliche",
    summary: "开头套语",
    severity: Severity::Hint,
    fix: None,
    doc: module_doc!("opening_cliche.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

/// Paragraphs that make up the opening of a part, its title included.
const OPENING: usize = 4;

static CLICHE: LazyLock<Regex> = LazyLock::new(|| {
    let one = "时光荏苒|岁月如梭|岁月如歌|光阴似箭|光阴荏苒|日月如梭|白驹过隙|斗转星移|时光飞逝|时光如梭|岁月荏苒|弹指一挥间|光阴如梭|韶华易逝|似水流年|春华秋实，?又是一年|一元复始，?万象更新";
    Regex::new(&format!("(?:{one})(?:[，、,](?:{one}))*")).expect("the pattern is a constant")
});

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    for part in document.parts() {
        for block in document.blocks()[part].iter().take(OPENING) {
            let text = document.text(block);
            for found in CLICHE.find_iter(text) {
                if text[..found.start()].ends_with(['“', '《', '‘']) {
                    continue;
                }
                let message = format!("“{}”是用滥了的开头，宜删去，直接写事", found.as_str());
                out.push(Finding::new(block.to_source(found.range()), message));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn openings() {
        check(&RULE, "总结 篇一：\n〔岁月如梭〕。\n总结 篇二：\n〔白驹过隙〕，又到年终。");
    }

    #[test]
    fn elsewhere() {
        check_clean(&RULE, "总结\n甲。\n乙。\n丙。\n丁。\n老厂房历经斗转星移。");
        check_clean(&RULE, "本报告分四个部分。");
    }
}
