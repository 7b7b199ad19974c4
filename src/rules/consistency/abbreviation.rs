//! 简称：写了“以下简称‘X’”，后文一次也没有用；同一个简称释了两次；或者释了以后又一再写全称。
//!
//! 全称又写三次以上，才作为参考提出。
//!
//! ## 例
//! ```text
//! 县农业农村局〔（以下简称“县农局”）→〕负责组织实施，各乡镇配合。
//! ……
//! ```
//!
//! ```text
//! 依照《河道管理办法》（以下简称《办法》）执行。
//! ……
//! 《办法》〔（以下简称《办法》）→〕自印发之日起施行。
//! ```
//!
//! ```text
//! 县农业农村局（以下简称“县农局”）负责组织实施。
//! ……
//! 县农局牵头，〔县农业农村局〕督办，县农业农村局考核，县农业农村局通报。
//! ```
//!
//! ## 不报
//! 不同的篇、附件各自解释的，不算两次；三百字以内的短稿、节选不查。
//!
//! - 县农业农村局（以下简称“县农局”）负责组织实施，各乡镇配合。 （短稿）
//!
//! 后文用到了简称：
//!
//! ```text
//! 县农业农村局（以下简称“县农局”）负责组织实施。
//! ……
//! 本方案由县农局负责解释。
//! ```
//!
//! 全称只又写了一两次：
//!
//! ```text
//! 县农业农村局（以下简称“县农局”）负责组织实施。
//! ……
//! 本方案由县农局负责解释，加盖县农业农村局公章。
//! ```
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第十九条：文字精练。简称先释后用，释了就用，是公文写作的通例。

use std::ops::Range;

use memchr::memmem;

use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::rule::facts::{Extract, flag};
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::references::abbreviation::{introductions, long_form, may_introduce};

/// The rule.
pub static RULE: Rule = Rule {
    id: "consistency/abbreviation",
    summary: "简称释而不用、重复解释、又写全称",
    severity: Severity::Info,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("abbreviation.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

/// More than this in a part, and it is a glossary, which need not be read to its end.
const MANY: usize = 60;

/// Shorter parts are extracts.
const MIN_BYTES: usize = 900;

/// 以下简称 stands in the paragraph.
static DEFINING: Extract<()> = Extract::new(|text, _| flag(may_introduce(text)));

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let noted = view.extract(&DEFINING);
    for part in document.parts() {
        let blocks = &document.blocks()[part.clone()];
        let mut known: Vec<(&str, Range<usize>)> = Vec::new();
        let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else { continue };
        let source = &document.source()[first.range.start..last.range.end];
        if source.len() < MIN_BYTES {
            continue;
        }
        for (index, ()) in noted.within(part) {
            let block = &document.blocks()[index];
            let text = document.text(block);
            for found in introductions(text) {
                // Each is looked for in the whole part.
                if known.len() > MANY {
                    break;
                }
                let (name, range) = (found.name, block.to_source(found.range.clone()));
                let edits = vec![Edit { range: range.clone(), text: String::new() }];
                let fix = Fix { title: "删去".to_owned(), edits, applicability: Applicability::Suggested };
                if let Some((_, before)) = known.iter().find(|(other, _)| *other == name) {
                    let message = format!("简称“{name}”前面已经解释过，这里不必再释");
                    out.push(Finding::new(range, message).related(before.clone(), "前面的解释").fix(fix));
                    continue;
                }
                known.push((name, range.clone()));
                if let Some(long) = long_form(&text[..found.range.start], name) {
                    repeated(document.source(), range.end..last.range.end, long, name, out);
                }
                // A name of one character is found anywhere; what follows 等 is a class.
                let used = memmem::find_iter(source.as_bytes(), name).take(2).count() > 1;
                if !used && name.chars().count() > 1 {
                    let message = format!("简称“{name}”后文没有用到，不必解释；或把后文的全称改为简称");
                    out.push(Finding::new(range, message).fix(fix));
                }
            }
        }
    }
}

/// The full name spelled out this often after its abbreviation.
const AGAIN: usize = 3;

/// The long form, written again and again where its short form is known.
fn repeated(source: &str, after: Range<usize>, long: &str, name: &str, out: &mut Vec<Finding>) {
    let base = after.start;
    let rest = &source[after];
    let places: Vec<_> = memmem::find_iter(rest.as_bytes(), long).take(20).map(|at| base + at).collect();
    if places.len() < AGAIN || memmem::find(rest.as_bytes(), name.as_bytes()).is_none() {
        return;
    }
    let message = format!("前面已有简称“{name}”，后文又写了{}次全称，宜统一用简称", places.len());
    let finding = Finding::new(places[0]..places[0] + long.len(), message).with_severity(Severity::Hint);
    out.push(places[1..].iter().fold(finding, |f, &at| f.related(at..at + long.len(), "又一处")));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean, messages};

    #[test]
    fn without_quotes_or_without_a_name() {
        let filler = "各乡镇要压实责任，认真组织排查，建立工作台账，逐项抓好整改。".repeat(12);
        check(&RULE, &format!("成立联合检查组〔（以下简称联检组）→〕。\n{filler}"));
        check_clean(&RULE, &format!("以下简称从略。\n{filler}"));
    }

    #[test]
    fn a_glossary_in_one_paragraph_is_not_read_to_its_end() {
        let found = |count: usize| {
            let text: String =
                (0..count).map(|i| format!("安全生产委员会{i}（以下简称安委{i}）。")).collect();
            messages(&RULE, &text).len()
        };
        assert_eq!((found(200), found(400)), (super::MANY + 1, super::MANY + 1));
    }
}
