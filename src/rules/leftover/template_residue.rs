//! 范文网站的残留：“以下是小编整理的……希望对大家有所帮助”“相关推荐”。
//!
//! 从范文网站抄来的稿子，编者的话要删去。短语见 `data/template-residue.tsv`。
//!
//! ## 例
//! - 以下内容由〔小编整理〕。
//! - 〔希望对大家有所帮助〕。
//! - 〔相关推荐〕
//!
//! ## 不报
//! - 引号里的话：栏目叫“推荐阅读”。
//! - 正文：全民阅读推荐书目。
//! - 通知里的“供参考”。
//!
//! ## 依据
//! 定稿只留正文。

use crate::finding::Finding;
use crate::finding::Severity;
use crate::rule::literals::{LiteralList, Needs};
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "leftover/template-residue",
    summary: "范文网站的残留",
    severity: Severity::Warning,
    fix: None,
    doc: module_doc!("template_residue.rs"),
    needs: &[Needs::Literal(&PHRASES)],
    scope: Scope::Paragraph(check),
};

static TABLE: &str = include_str!("../../../data/template-residue.tsv");

static PHRASES: LiteralList = LiteralList::words(|| TABLE.lines().skip(1).collect());

/// 与产业相关推荐企业 and “推荐阅读” are prose.
fn is_residue(text: &str, start: usize) -> bool {
    let before = text[..start].chars().next_back();
    let heading = ["相关推荐", "推荐阅读", "热门文章", "免费下载", "文档下载"];
    let titled = heading.iter().any(|word| text[start..].starts_with(word));
    before.is_none() || (!titled && before != Some('“'))
}

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let found = paragraph.hits().longest().find(|found| is_residue(text, found.start()));
    let Some(found) = found else { return };
    let shown = &text[found.range()];
    out.push(Finding::new(found.range(), format!("“{shown}”是范文网站的话，应连整句删去")));
}

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE};
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn residue() {
        check(&RULE, "以下内容由〔小编整理〕。");
        check(&RULE, "这里有五篇总结，〔希望对大家有所帮助〕。");
        check(&RULE, "〔相关推荐〕");
    }

    #[test]
    fn prose() {
        check_clean(&RULE, "图书馆开设“推荐阅读”栏目。");
        check_clean(&RULE, "全民阅读推荐书目已经公布，供参考。");
        check_clean(&RULE, "与产业相关推荐企业三家。");
    }

    #[test]
    fn every_row() {
        let rows: Vec<&str> = TABLE.lines().skip(1).collect();
        assert!(rows.is_sorted());
        for row in rows {
            check(&RULE, &format!("〔{row}〕"));
        }
    }
}
