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

use crate::chinese::numeral;
use crate::finding::{Finding, Severity};
use crate::rule::facts::{Extract, flag};
use crate::rule::literals::{LiteralList, Needs};
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::BlockKind;
use crate::text::document::Document;
use crate::text::numbering::NumberForm;
use crate::text::references::caption::{self, Captioned};
use crate::text::references::ordinal;

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

static REFERS: Extract<()> = Extract::with_literals(|_, hits| flag(hits.all().next().is_some()));

/// What a reference names, by its number.
#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Article,
    Chapter,
    Figure,
    Table,
}

/// The references of a paragraph beyond doubt: what they name, the number, their bytes.
fn references(text: &str, kind: BlockKind) -> Vec<(Unit, u32, Range<usize>)> {
    let after = |at: usize, cues: &[&str]| {
        cues.iter().find_map(|cue| text[..at].ends_with(cue).then(|| at - cue.len()))
    };
    let seen = |at: usize| after(at, &["详见", "参见", "见"]);
    let ordinals = ordinal::ordinals(text).into_iter().filter_map(|it| {
        let own = ordinal::own_name_start(text, it.range.start);
        let (unit, start) = match it.unit {
            ordinal::Unit::Of(NumberForm::Article) => (Unit::Article, own?),
            ordinal::Unit::Of(NumberForm::Chapter) => (Unit::Chapter, seen(own.unwrap_or(it.range.start))?),
            _ => return None,
        };
        Some((unit, it.value, start..it.range.end))
    });
    let labels = caption::mentions(text, kind).filter_map(|label| {
        let [value] = label.number.parts[..] else { return None };
        let at = label.range.start;
        let start = seen(at).or_else(|| after(at, &["如"]))?;
        let unit = match label.what {
            Captioned::Figure => Unit::Figure,
            Captioned::Table => Unit::Table,
        };
        Some((unit, value, start..label.range.end))
    });
    ordinals.chain(labels).collect()
}

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
            for (unit, value, range) in references(text, block.kind) {
                let known = match unit {
                    Unit::Article => &targets.articles,
                    Unit::Chapter => &targets.chapters,
                    Unit::Figure => &targets.figures,
                    Unit::Table => &targets.tables,
                };
                let Some(&last) = known.last() else { continue };
                let counted =
                    matches!(unit, Unit::Figure | Unit::Table) || known.len() as u32 == last && last >= 3;
                if counted && value > last && last < 199 {
                    let shown = &text[range.clone()];
                    let message = format!("“{shown}”不存在：本篇最后是{}，请核对", name(unit, last));
                    out.push(Finding::new(block.to_source(range), message));
                }
            }
        }
    }
}

fn name(unit: Unit, value: u32) -> String {
    match unit {
        Unit::Figure => format!("图{value}"),
        Unit::Table => format!("表{value}"),
        Unit::Article => format!("第{}条", numeral::to_chinese(value)),
        Unit::Chapter => format!("第{}章", numeral::to_chinese(value)),
    }
}

fn targets(document: &Document, part: Range<usize>) -> Targets {
    let mut targets = Targets::default();
    for block in &document.blocks()[part] {
        let text = document.text(block);
        if let Some(label) = caption::caption(text, block.kind) {
            if let [value] = label.number.parts[..] {
                let captions = match label.what {
                    Captioned::Figure => &mut targets.figures,
                    Captioned::Table => &mut targets.tables,
                };
                captions.insert(value);
            }
            continue;
        }
        let Some(rest) = text.strip_prefix('第').map(str::trim_start) else { continue };
        let len = numeral::leading(rest);
        let Some(value) = numeral::parse(&rest[..len]) else { continue };
        match rest[len..].chars().next() {
            Some('条') => targets.articles.insert(value),
            Some('章') => targets.chapters.insert(value),
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
