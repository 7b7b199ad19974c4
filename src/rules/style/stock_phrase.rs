//! 套话：一句不算，成片才算。
//!
//! 按篇统计词表里的套话：同一句反复出现，或每千字超过一定处数，各报一条，标在第一处，并列出其余各处。
//! 单独出现的一处不报。
//!
//! ## 例
//! - 同一篇里“统一思想、提高认识”用了四次：报一条，附其余三处。
//! - 一千字里有十五处套话：在标题上报一条，附最密的几处。
//! - 三个部分都以“〔以更加饱满的热情〕”起头：报一条，附其余两处。
//!
//! ## 不报
//! - 偶尔一两处。
//! - 公文的法定用语（特此通知、妥否，请批示）。
//! - 引号里的原话。
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第十九条：公文起草应当内容简洁、用语准确；中央八项规定精神“切实改进文风”。

use std::ops::Range;
use std::sync::LazyLock;

use crate::finding::Finding;
use crate::finding::Severity;
use crate::rule::literals::{Hits, LiteralList, Needs};
use crate::rule::table::rows;
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::Block;
use crate::text::document::Document;

/// The rule.
pub static RULE: Rule = Rule {
    id: "style/stock-phrase",
    summary: "套话反复、套话过密",
    severity: Severity::Info,
    fix: None,
    doc: module_doc!("stock_phrase.rs"),
    needs: &[Needs::Literal(&HEADS)],
    scope: Scope::Document(check),
};

static TABLE: &str = include_str!("../../../data/stock-phrase.tsv");

/// So many uses of one phrase in a part are worth a word, where they are also so many in 1,000 characters: a report of
/// thirty pages may say 扎实推进 ten times.
const REPEATS: usize = 3;
const REPEATS_PER_1000: f64 = 1.0;
/// So many stock phrases in 1,000 characters are worth a word, in a part that is long enough to tell.
const DENSITY: f64 = 12.0;
const MIN_CHARS: usize = 300;
/// A finding lists no more places than this.
const MAX_PLACES: usize = 12;
/// An ellipsis in a phrase stands for no more bytes than this: twelve characters.
const GAP: usize = 36;

/// Each phrase as its first piece, and the second where an ellipsis parts them.
static PHRASES: LazyLock<Vec<(&str, Option<&str>)>> = LazyLock::new(|| {
    rows(TABLE)
        .map(|[phrase]| phrase.split_once('…').map_or((phrase, None), |(head, tail)| (head, Some(tail))))
        .filter(|(head, _)| !head.is_empty())
        .collect()
});

static HEADS: LiteralList = LiteralList::words(|| PHRASES.iter().map(|(head, _)| *head).collect());

/// A use of a phrase.
struct Use {
    phrase: usize,
    range: Range<usize>,
}

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let noted = view.note_hits(uses);
    for part in document.outline().parts(document.blocks().len()) {
        let blocks = &document.blocks()[part.clone()];
        let in_source = |(block, found): (usize, &Use)| Use {
            range: document.blocks()[block].to_source(found.range.clone()),
            ..*found
        };
        let uses: Vec<Use> = noted.within(part.clone()).map(in_source).collect();
        let chars = view.length(part.clone());
        repeated(document, chars, &uses, out);
        dense(document, blocks, chars, &uses, out);
    }
}

/// The uses in a paragraph, in bytes of its prose.
fn uses(text: &str, hits: Hits<'_>) -> Vec<Use> {
    let found = hits.longest().filter_map(|hit| {
        let (_, tail) = PHRASES[hit.literal()];
        let end = match tail {
            None => hit.end(),
            Some(tail) => {
                // No further than the longest gap and tail: a clause without an end is not read again at each hit.
                let rest = &text[hit.end()..];
                let reach = rest.char_indices().nth(GAP).map_or(rest.len(), |(at, _)| at);
                let clause = rest[..reach].split(['，', '。', '；', ',', ';']).next().unwrap_or_default();
                let at = clause.find(tail).filter(|at| *at <= GAP)?;
                hit.end() + at + tail.len()
            }
        };
        let quoted = text[..hit.start()].ends_with('“') && text[end..].starts_with('”');
        (!quoted).then(|| Use { phrase: hit.literal(), range: hit.start()..end })
    });
    found.collect()
}

/// One finding for each phrase that comes back and back.
fn repeated(document: &Document, chars: usize, uses: &[Use], out: &mut Vec<Finding>) {
    let mut by_phrase: Vec<&Use> = uses.iter().collect();
    by_phrase.sort_by_key(|u| u.phrase);
    for places in by_phrase.chunk_by(|a, b| a.phrase == b.phrase) {
        if places.len() < REPEATS || (places.len() as f64) * 1000.0 < REPEATS_PER_1000 * chars as f64 {
            continue;
        }
        let first = places[0].range.clone();
        let shown = &document.source()[first.clone()];
        let message = format!("套话“{shown}”本篇用了{}次，可只留一处，其余换成具体的事", places.len());
        let finding = Finding::new(first, message).at(Severity::Hint);
        out.push(with_places(finding, &places[1..]));
    }
}

/// One finding, on the first line, for a part that is full of them.
fn dense(document: &Document, blocks: &[Block], chars: usize, uses: &[Use], out: &mut Vec<Finding>) {
    let density = uses.len() as f64 * 1000.0 / chars.max(1) as f64;
    let (Some(first), true) = (blocks.first(), chars >= MIN_CHARS && density >= DENSITY) else { return };
    let places: Vec<&Use> = uses.iter().collect();
    let message = format!(
        "本篇约{chars}字，有套话{}处，每千字{density:.0}处（超过{DENSITY:.0}处即偏密），宜多写事实、数字和措施",
        uses.len()
    );
    let line = first.to_source(0..document.text(first).len());
    out.push(with_places(Finding::new(line, message), &places));
}

fn with_places(finding: Finding, places: &[&Use]) -> Finding {
    places.iter().take(MAX_PLACES).fold(finding, |f, place| f.related(place.range.clone(), "套话"))
}

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE, rows};
    use crate::rules::testing::{check, check_clean, messages};

    #[test]
    fn a_phrase_that_comes_back() {
        check(
            &RULE,
            "一、学习\n〔以更加饱满的热情〕投入学习。\n二、工作\n以更加饱满的热情做好工作。\n三、打算\n以更加饱满的热情迎接明年。",
        );
    }

    #[test]
    fn another_phrase_and_another_distance() {
        check(
            &RULE,
            "总结\n〔时光荏苒〕，一年过去。\n一、学习\n时光荏苒，我坚持学习。\n二、工作\n时光荏苒，我坚守岗位。",
        );
    }

    #[test]
    fn a_part_that_is_full_of_them() {
        let phrases: Vec<&str> =
            rows(TABLE).map(|[phrase]| phrase).filter(|phrase| !phrase.contains('…')).collect();
        let text =
            format!("年度工作总结\n{}。", phrases.iter().take(60).copied().collect::<Vec<_>>().join("，"));
        let found = messages(&RULE, &text);
        assert!(found.iter().any(|m| m.contains("每千字")), "{found:?}");
    }

    #[test]
    fn once_or_twice_is_nothing() {
        check_clean(&RULE, "以更加饱满的热情投入学习，以更加饱满的热情做好工作。");
        check_clean(&RULE, "特此通知。\n妥否，请批示。");
        check_clean(&RULE, "总结 篇一：\n时光荏苒。\n总结 篇二：\n时光荏苒。\n总结 篇三：\n时光荏苒。");
    }
}
