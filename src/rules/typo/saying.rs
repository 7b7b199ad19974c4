//! 名句、俗语引错：与通行的说法只差一个字，或者多一个字、少一个字。
//!
//! 词表 `data/saying.tsv` 收报告里常引的诗文、格言、俗语和论断；有几种通行写法的，写哪一种都对。
//!
//! ## 例
//! - 急得像〔热锅的蚂蚁→热锅上的蚂蚁〕。
//! - 要牢记〔空谈误国，实干新邦→空谈误国，实干兴邦〕。
//! - 〔宝剑锋从磨励出，梅花香自苦寒来→宝剑锋从磨砺出，梅花香自苦寒来〕。
//!
//! ## 不报
//! - 打铁还需自身硬，打铁必须自身硬。 （都通行）
//! - 空谈误国、实干兴邦。 （只是标点不同）
//! - 学而不思则罔，学习要多思考。 （只引半句）
//! - 像蚂蚁搬家一样，锅上的水开了。 （不是那句话）
//!
//! ## 依据
//! 各句的通行文本。词表为本项目所集，在七千万字公开文本上读过命中。

use std::ops::Range;
use std::sync::LazyLock;

use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::{Hit, LiteralList, Needs};
use crate::rule::table::rows;
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "typo/saying",
    summary: "名句、俗语引错",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("saying.rs"),
    needs: &[Needs::Literal(&ANCHORS)],
    scope: Scope::Paragraph(check),
};

static TABLE: &str = include_str!("../../../data/saying.tsv");

/// A way to write a saying.
struct Form {
    written: &'static str,
    /// Its characters without punctuation.
    bare: Vec<char>,
    /// The row of the table, which other ways share.
    row: usize,
}

/// A part of a form that a slip in the other half leaves whole.
struct Anchor {
    form: usize,
    /// Where it begins among the bare characters.
    at: usize,
    in_first_half: bool,
}

struct Sayings {
    forms: Vec<Form>,
    anchors: Vec<Anchor>,
    texts: Vec<&'static str>,
}

static SAYINGS: LazyLock<Sayings> = LazyLock::new(|| {
    let (mut forms, mut anchors, mut texts) = (Vec::new(), Vec::new(), Vec::new());
    for (row, [first, others]) in rows(TABLE).enumerate() {
        for written in [first].into_iter().chain(others.split('|').filter(|other| !other.is_empty())) {
            let bare: Vec<char> = written.chars().filter(|&c| !is_gap(c)).collect();
            for in_first_half in [true, false] {
                let (at, text) = anchor(written, bare.len() / 2, in_first_half);
                anchors.push(Anchor { form: forms.len(), at, in_first_half });
                texts.push(text);
            }
            forms.push(Form { written, bare, row });
        }
    }
    Sayings { forms, anchors, texts }
});

static ANCHORS: LiteralList = LiteralList::words(|| SAYINGS.texts.clone());

/// The longest run without punctuation in a half of a form, and where it begins among the bare characters.
fn anchor(written: &str, half: usize, in_first_half: bool) -> (usize, &str) {
    let mut runs = vec![(0, 0..0)];
    let mut at = 0;
    for (byte, c) in written.char_indices() {
        if is_gap(c) || at == half && in_first_half {
            runs.push((at, byte..byte));
        }
        if is_gap(c) {
            continue;
        }
        if (at < half) == in_first_half {
            let end = byte + c.len_utf8();
            match runs.last_mut() {
                Some((_, run)) if run.start < run.end => run.end = end,
                Some(empty) => *empty = (at, byte..end),
                None => runs.push((at, byte..end)),
            }
        }
        at += 1;
    }
    let runs = runs.into_iter().map(|(at, run)| (at, &written[run]));
    runs.max_by_key(|(at, run)| (run.chars().count(), std::cmp::Reverse(*at))).unwrap_or_default()
}

/// What may stand between the characters of a saying, one way or another.
fn is_gap(c: char) -> bool {
    matches!(
        c,
        '，' | '、' | '；' | '：' | '？' | '！' | ',' | ';' | ':' | '?' | '!' | ' ' | '　' | '“' | '”' | '"'
    )
}

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let sayings = &*SAYINGS;
    let first = out.len();
    let mut hits: Vec<Hit> = paragraph.hits().all().collect();
    hits.sort_by_key(|hit| (hit.end(), hit.start()));
    for hit in hits {
        let anchor = &sayings.anchors[hit.literal()];
        let form = &sayings.forms[anchor.form];
        let Some(range) = slip(text, hit.start(), anchor, form) else { continue };
        if out[first..].iter().any(|f| f.range.start < range.end && range.start < f.range.end) {
            continue;
        }
        let message = format!("这句话的通行说法是“{}”", form.written);
        out.push(Finding::new(range, message).replace(form.written, Applicability::Suggested));
    }
    out[first..].sort_by_key(|finding| finding.range.start);
}

/// The bytes at which a form stands with one character changed, added or left out.
fn slip(text: &str, hit: usize, anchor: &Anchor, form: &Form) -> Option<Range<usize>> {
    let length = form.bare.len();
    let ahead = anchor.at + 1;
    let bare = |(_, c): &(usize, char)| !is_gap(*c);
    let mut around: Vec<(usize, char)> = text[..hit].char_indices().rev().filter(bare).take(ahead).collect();
    around.reverse();
    let here = around.len();
    let after = text[hit..].char_indices().map(|(at, c)| (hit + at, c));
    around.extend(after.filter(bare).take(length - anchor.at + 1));
    let chars: Vec<char> = around.iter().map(|(_, c)| *c).collect();
    let own = SAYINGS.forms.iter().filter(|other| other.row == form.row);
    if own.into_iter().any(|other| chars.windows(other.bare.len()).any(|window| window == other.bare)) {
        return None;
    }
    [length, length - 1, length + 1].into_iter().find_map(|size| {
        let start = if anchor.in_first_half {
            here.checked_sub(anchor.at)?
        } else {
            (here + length).checked_sub(anchor.at + size)?
        };
        let window = chars.get(start..start + size)?;
        let (last_at, last) = around[start + size - 1];
        let ends = window.first() == form.bare.first() && window.last() == form.bare.last();
        (ends && is_one_slip(window, &form.bare)).then(|| around[start].0..last_at + last.len_utf8())
    })
}

/// Do the two differ in one character, or by one?
fn is_one_slip(a: &[char], b: &[char]) -> bool {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    a.len() - tail <= 1 && b.len() - tail <= 1
}

#[cfg(test)]
mod tests {
    use super::{RULE, SAYINGS};
    use crate::rules::testing::{check, check_clean, messages};

    #[test]
    fn misquoted() {
        check(&RULE, "古人说：“〔千里之行、始于脚下→千里之行，始于足下〕。”");
    }

    #[test]
    fn well_quoted_or_only_alike() {
        check_clean(&RULE, "千里之行，始于足下；千里之外，也要赶到。");
    }

    #[test]
    fn every_form_is_right_and_a_slip_in_it_is_not() {
        for form in &SAYINGS.forms {
            assert!(form.bare.len() >= 5, "{}", form.written);
            check_clean(&RULE, form.written);
            let slipped: String = {
                let mut chars = form.bare.clone();
                let middle = chars.len() / 2;
                chars[middle] = '囗';
                chars.into_iter().collect()
            };
            assert_eq!(messages(&RULE, &slipped).len(), 1, "{slipped}");
        }
    }
}
