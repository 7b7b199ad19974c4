//! 全角字母、数字：阿拉伯数字和拉丁字母用半角，２０２４年写作2024年。
//!
//! 同一段合为一条，标在第一处，一次改完。
//!
//! ## 例
//! - 〔２０２４→2024〕年引进平台一个。
//! - 引进〔ＡＩ→AI〕平台。
//! - 合格率〔９８％→98%〕。
//!
//! ## 不报
//! - 2024年完成投资3.5亿元。 （半角）
//! - （一）总体要求：稳中求进，“实”字当头！ （全角标点）
//! - 　　引进AI平台，合格率98%。 （段首的全角空格）
//!
//! ## 依据
//! GB/T 15835-2011《出版物上数字用法》：阿拉伯数字一般用正体二分字身，即占半个汉字位置；字母的通行排法与此相同。

use std::sync::LazyLock;

use regex::Regex;

use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::rule::literals::Needs;
use crate::rule::{Paragraph, Rule, Scope, module_doc};
use crate::text::block::BlockKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "punctuation/fullwidth-alnum",
    summary: "全角字母、数字",
    severity: Severity::Info,
    fix: Some(Applicability::Safe),
    doc: module_doc!("fullwidth_alnum.rs"),
    needs: &[Needs::AnyChar(ALNUM)],
    scope: Scope::Paragraph(check),
};

static RUN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("[０-９Ａ-Ｚａ-ｚ](?:[０-９Ａ-Ｚａ-ｚ]|[．／－][０-９Ａ-Ｚａ-ｚ])*％?")
        .expect("the pattern is a constant")
});

const ALNUM: &str = "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ";

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if paragraph.kind == BlockKind::TableCell || !paragraph.may_contain_any(ALNUM) {
        return;
    }
    let edits: Vec<Edit> = RUN
        .find_iter(text)
        .map(|run| Edit { range: run.range(), text: run.as_str().chars().map(halfwidth).collect() })
        .collect();
    let Some(first) = edits.first() else { return };
    let (range, shown) = (first.range.clone(), &text[first.range.clone()]);
    let count = if edits.len() > 1 { format!("（本段共{}处）", edits.len()) } else { String::new() };
    let message = format!("全角的“{shown}”应用半角“{}”{count}", first.text);
    let title = if edits.len() > 1 {
        "本段全部改为半角".to_owned()
    } else {
        format!("改为“{}”", first.text)
    };
    out.push(Finding::new(range, message).fix(Fix { title, edits, applicability: Applicability::Safe }));
}

fn halfwidth(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check_clean, check_fix};

    #[test]
    fn wide() {
        check_fix(&RULE, "２０２４年完成投资３．５亿元，共１２项。", "2024年完成投资3.5亿元，共12项。");
    }

    #[test]
    fn narrow() {
        check_clean(&RULE, "\u{3000}\u{3000}引进AI平台，合格率98%。");
    }
}
