//! 套话：一句不算，成片才算。
//!
//! 按篇统计套话：同一句用了三次以上，或每千字超过十二处，各报一条，标在第一处或标题上，并列出其余各处。
//!
//! ## 例
//! 同一句用了三次：
//!
//! ```text
//! 一、学习
//! 〔以更加饱满的热情〕投入学习。
//! 二、工作
//! 以更加饱满的热情做好工作。
//! 三、打算
//! 以更加饱满的热情迎接明年。
//! ```
//!
//! ```text
//! 工作总结
//! 〔时光荏苒〕，一年过去。
//! 一、学习
//! 时光荏苒，我坚持读书。
//! 二、工作
//! 时光荏苒，我坚守岗位。
//! ```
//!
//! 三百字以上的一篇，处处是套话：
//!
//! ```text
//! 〔年度工作总结〕
//! 时光荏苒，不知不觉一年过去了。
//! ……
//! 在今后的工作中，要上紧发条，上下联动，不走过场，不断加强学习，不断提升能力，不辱使命，不负韶华。
//! ```
//!
//! ## 不报
//! - 以更加饱满的热情投入学习，以更加饱满的热情做好工作。 （两次）
//!
//! 公文的法定用语：
//!
//! ```text
//! 特此通知。
//! 特此通知。
//! 特此通知。
//! ```
//!
//! 各篇各算：
//!
//! ```text
//! 总结 篇一：
//! 时光荏苒，一年过去。
//! 总结 篇二：
//! 时光荏苒，一年过去。
//! 总结 篇三：
//! 时光荏苒，一年过去。
//! ```
//!
//! 引号里的原话：
//!
//! ```text
//! 有人开口“时光荏苒”。
//! 有人落笔“时光荏苒”。
//! 有人收尾“时光荏苒”。
//! ```
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第十九条：公文起草应当内容简洁、表述准确、文字精练；中央八项规定精神“切实改进文风”。

use std::ops::Range;
use std::sync::LazyLock;

use crate::finding::{Finding, Severity};
use crate::rule::facts::Extract;
#[cfg(feature = "cli")]
use crate::rule::literals::LiteralSet;
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

/// A phrase is reported if used this often in a part and per 1,000 characters: a report of thirty pages may
/// say 扎实推进 ten times.
const REPEATS: usize = 3;
const REPEATS_PER_1000: f64 = 1.0;
/// Stock phrases per 1,000 characters that are reported, in a part of at least `MIN_CHARS`.
pub(crate) const MAX_DENSITY: f64 = 12.0;
const MIN_CHARS: usize = 300;
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

static USES: Extract<Use> = Extract::with_literals(uses);

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let noted = view.extract(&USES);
    for part in document.parts() {
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
                // Bounded, so that an endless clause is not scanned again for each hit.
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
        let finding = Finding::new(first, message).with_severity(Severity::Hint);
        out.push(finding.related_places(ranges(places[1..].iter().copied()), "套话"));
    }
}

/// One finding, on the first line, for a part that is full of them.
fn dense(document: &Document, blocks: &[Block], chars: usize, uses: &[Use], out: &mut Vec<Finding>) {
    let (Some(first), Some(density)) = (blocks.first(), density(uses.len(), chars)) else { return };
    if density < MAX_DENSITY {
        return;
    }
    let message = format!(
        "本篇约{chars}字，有套话{}处，每千字{density:.0}处（超过{MAX_DENSITY:.0}处即偏密），宜多写事实、数字和措施",
        uses.len()
    );
    let line = first.to_source(0..document.text(first).len());
    out.push(Finding::new(line, message).related_places(ranges(uses), "套话"));
}

/// Uses per 1,000 characters; none where the text is too short to tell.
pub(crate) fn density(uses: usize, chars: usize) -> Option<f64> {
    (chars >= MIN_CHARS).then(|| uses as f64 * 1000.0 / chars as f64)
}

/// Where stock phrases stand in a document, in order: for a report that counts them by section.
#[cfg(feature = "cli")]
pub(crate) fn places(document: &Document) -> Vec<Range<usize>> {
    static LITERALS: LazyLock<LiteralSet> =
        LazyLock::new(|| LiteralSet::new([(RULE.id, RULE.needs)].into_iter()));
    let in_block = |block: &Block| -> Vec<Range<usize>> {
        let text = document.text(block);
        let hits = LITERALS.find(text);
        uses(text, Hits::new(&hits, 0)).into_iter().map(|it| block.to_source(it.range)).collect()
    };
    document.blocks().iter().flat_map(in_block).collect()
}

fn ranges<'a>(uses: impl IntoIterator<Item = &'a Use>) -> impl Iterator<Item = Range<usize>> {
    uses.into_iter().map(|place| place.range.clone())
}

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE, rows};
    use crate::rules::testing::{check_clean, messages};

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
        check_clean(&RULE, "特此通知。\n妥否，请批示。");
    }
}
