//! 网页粘贴的残留：从网站复制，把“责任编辑”“打印本页”“上一篇”一起贴了进来。
//!
//! 短语见 `data/web-residue.tsv`；只看不成句的短行和行首。
//!
//! ## 例
//! - 〔责任编辑：〕张三
//! - 〔【打印】〕【关闭】
//! - 〔转载请注明〕出处
//!
//! ## 不报
//! - 正文里的句子：网站首页设置“打印本页”功能。
//! - 图表的“来源：统计局”。
//! - 长的段落中间提到的。
//!
//! ## 依据
//! 定稿只留正文。

use crate::finding::Finding;
use crate::finding::Severity;
use crate::rule::literals::{LiteralList, Needs};
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "leftover/web-residue",
    summary: "网页粘贴的残留",
    severity: Severity::Warning,
    fix: None,
    doc: module_doc!("web_residue.rs"),
    needs: &[Needs::Literal(&PHRASES)],
    scope: Scope::Paragraph(check),
};

static TABLE: &str = include_str!("../../../data/web-residue.tsv");

static PHRASES: LiteralList = LiteralList::words(|| TABLE.lines().skip(1).collect());

/// It begins a short line that is no sentence.
fn is_residue(text: &str, start: usize) -> bool {
    let lead = text[..start].trim_matches(|c: char| c.is_whitespace() || "（([【|丨".contains(c));
    lead.is_empty() && text.chars().count() <= 60 && !text.ends_with(['。', '；'])
}

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let found = paragraph.hits().longest().find(|found| is_residue(text, found.start()));
    let Some(found) = found else { return };
    let shown = &text[found.range()];
    out.push(Finding::new(found.range(), format!("“{shown}”是从网页带来的，应删去这一行")));
}

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE};
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn residue() {
        check(&RULE, "〔责任编辑：〕张三");
        check(&RULE, "〔【打印】〕【关闭】");
        check(&RULE, "〔转载请注明〕出处");
    }

    #[test]
    fn prose() {
        check_clean(&RULE, "网站首页设置“打印本页”功能，方便群众使用。");
        check_clean(&RULE, "来源：县统计局");
        check_clean(&RULE, "对转载内容，各单位应当注明出处，版权所有者提出异议的，应当及时处理。");
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
