//! 引用的条、章、图、表不存在：本办法第四十条（全文只有三十二条）、见表3（只有两张表）。
//!
//! ## 例
//! ```text
//! 第一条 为规范管理，制定本办法。
//! 第二条 本办法适用于全县。
//! 第三条 违反规定的，依照〔本办法第九条〕处理。
//! ```
//!
//! ```text
//! 各乡镇情况〔见表3〕。
//! 表1 各乡镇户数
//! 表2 各乡镇人数
//! ```
//!
//! ```text
//! 第一章 总则
//! 第二章 组织领导
//! 分工〔详见第六章〕。
//! 第三章 附则
//! ```
//!
//! ## 不报
//! 超过一百九十九条的法律不查。引用别的文件：
//!
//! ```text
//! 第一条 为规范管理，制定本办法。
//! 第二条 本办法适用于全县。
//! 第三条 依照本办法第二条处理，《条例》第九十条另有规定的除外。
//! ```
//!
//! 文稿里没有图题、表题：
//!
//! ```text
//! 各乡镇情况见表3，流程如图5所示。
//! ```
//!
//! 按章编号的表：
//!
//! ```text
//! 各乡镇情况见表2-1和表3.2。
//! 表1 各乡镇户数
//! ```
//!
//! ## 依据
//! 前后照应：引用的对象应当存在。《党政机关公文处理工作条例》第二十条：签发前审核引文是否准确。

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex_lite::Regex;

use crate::chinese::numeral;
use crate::finding::{Finding, Severity};
use crate::rule::facts::{Extract, flag};
use crate::rule::literals::{LiteralList, Needs, whole};
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::document::Document;

/// The rule.
pub static RULE: Rule = Rule {
    id: "structure/cross-reference",
    summary: "引用的条、章、图、表不存在",
    severity: Severity::Warning,
    fix: None,
    doc: module_doc!("cross_reference.rs"),
    needs: &[Needs::Literal(&CUES)],
    scope: Scope::Document(check),
};

static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = "本(?:办法|规定|条例|细则|章程|规则|制度|方案|意见)第(?P<article>[一二三四五六七八九十百零〇0-9]+)条|(?:见|参见|详见)(?:本文|本报告|本办法|本规定)?第(?P<chapter>[一二三四五六七八九十0-9]+)章|(?:见|如|参见|详见)(?P<kind>[图表])[\\s\u{A0}\u{3000}]?(?P<figure>[0-9]{1,2})(?P<tail>[-—.．0-9]?)";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// One of these stands in every reference.
static CUES: LiteralList = LiteralList::words(|| {
    let cues = "办法第|规定第|条例第|细则第|章程第|规则第|制度第|方案第|意见第|见第|见本文第|见本报告第|见图|见表|如图|如表";
    cues.split('|').collect()
});

/// What a part has: its articles, chapters, figures and tables.
#[derive(Default)]
struct Targets {
    articles: BTreeSet<u32>,
    chapters: BTreeSet<u32>,
    figures: BTreeSet<u32>,
    tables: BTreeSet<u32>,
}

static REFERS: Extract<()> =
    Extract::with_literals(|text, hits| flag(hits.all().next().is_some() && REFERENCE.is_match(text)));

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let noted = view.extract(&REFERS);
    for part in document.parts() {
        if noted.within(part.clone()).next().is_none() {
            continue;
        }
        let targets = targets(document, part.clone());
        for (index, ()) in noted.within(part) {
            let block = &document.blocks()[index];
            let text = document.text(block);
            for found in REFERENCE.captures_iter(text) {
                let value = |name| found.name(name).and_then(|m| numeral::parse(m.as_str()));
                let (known, value, unit) = if let Some(value) = value("article") {
                    (&targets.articles, value, "条")
                } else if let Some(value) = value("chapter") {
                    (&targets.chapters, value, "章")
                } else if let (Some(value), "") =
                    (value("figure"), found.name("tail").map_or("", |m| m.as_str()))
                {
                    if found.name("kind").is_some_and(|kind| kind.as_str() == "图") {
                        (&targets.figures, value, "图")
                    } else {
                        (&targets.tables, value, "表")
                    }
                } else {
                    continue;
                };
                let Some(&last) = known.last() else { continue };
                let counted = matches!(unit, "图" | "表") || known.len() as u32 == last && last >= 3;
                if counted && value > last && last < 199 {
                    let shown = whole(&found);
                    let message =
                        format!("“{}”不存在：本篇最后是{}，请核对", shown.as_str(), name(unit, last));
                    out.push(Finding::new(block.to_source(shown.range()), message));
                }
            }
        }
    }
}

fn name(unit: &str, value: u32) -> String {
    match unit {
        "图" | "表" => format!("{unit}{value}"),
        _ => format!("第{}{unit}", numeral::to_chinese(value)),
    }
}

fn targets(document: &Document, part: Range<usize>) -> Targets {
    let mut targets = Targets::default();
    for block in &document.blocks()[part] {
        let text = document.text(block);
        let Some(first) = text.chars().next() else { continue };
        let rest = text[first.len_utf8()..].trim_start();
        let len = rest
            .find(|c| !(numeral::is_chinese_digit(c) || numeral::arabic_digit(c).is_some()))
            .unwrap_or(rest.len());
        let Some(value) = numeral::parse(&rest[..len]) else { continue };
        let caption = text.chars().count() <= 40 && !rest[len..].starts_with(['-', '.', '—']);
        match (first, rest[len..].chars().next()) {
            ('第', Some('条')) => targets.articles.insert(value),
            ('第', Some('章')) => targets.chapters.insert(value),
            ('图', _) if caption => targets.figures.insert(value),
            ('表', _) if caption => targets.tables.insert(value),
            _ => false,
        };
    }
    targets
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_clean;

    #[test]
    fn there_or_elsewhere() {
        check_clean(&RULE, "各乡镇情况见表2。\n表1 户数\n表2 人数");
        check_clean(&RULE, "表1 户数\n见表2-1和表3.2。");
    }
}
