//! 成语误写：与一条成语或公文习语只差一个音近、形近的字，换过来句子明显更通；或者漏了一个字，剩下的三个字别处从不连用。
//!
//! ## 例
//! - 我们要〔再接再励→再接再厉〕，不负众望。
//! - 做到〔举一返三→举一反三〕、立行立改。
//! - 当时的情景至今〔记忆尤新→记忆犹新〕。
//! - 在乡村振兴中〔厉奋发→踔厉奋发〕，〔因地宜→因地制宜〕。
//!
//! ## 不报
//! - 统筹推进五位一体总体布局，形成三位一体格局。 （都是习语）
//! - 弘扬“声入人心”的传统，“骑”乐无穷。 （加引号的仿词）
//! - 不能一罚了之、一关了之，更不能一拆到底。 （换成成语并不更通）
//! - 不管多晚，总会有人在值班室守着。 （不是“大有人在”）
//! - 有识之士踔厉奋发，因地制宜。 （没有漏字）
//!
//! ## 依据
//! 《现代汉语词典》；GF 1001-2001《第一批异形词整理表》。公文里的习语也在内。

use std::sync::LazyLock;

use crate::chinese::idiom::{self, Near};
use crate::chinese::{is_hanzi, surroundings};
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::{LiteralList, Needs};
use crate::rule::table::rows;
use crate::rule::{Paragraph, Rule, Scope, module_doc};
use crate::rules::typo::misquotation;
use crate::typo::detector;
use crate::typo::model::confusion::Likeness;

/// The rule.
pub static RULE: Rule = Rule {
    id: "typo/idiom",
    summary: "成语误写",
    severity: Severity::Error,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("idiom.rs"),
    needs: &[Needs::Optional(&SHORTENED)],
    scope: Scope::Paragraph(check),
};

/// Minimum gain in log-probability, in nats: 总会有人在 for 大有人在 gains nothing, a typo gains ten or more.
const LEAST_GAIN: f32 = 3.5;
const LEAST_GAIN_OF_A_RARE_ONE: f32 = 8.0;
/// Of those said, nearly all are right; not all, because writers play with idioms.
const CONFIDENCE: f32 = 0.95;

/// What is left of a common idiom without one of its characters, and stands nowhere else; and the idiom.
static SHORTENED_ROWS: LazyLock<Vec<[&str; 2]>> =
    LazyLock::new(|| rows(include_str!("../../../data/idiom-shortened.tsv")).collect());

static SHORTENED: LiteralList =
    LiteralList::words(|| SHORTENED_ROWS.iter().map(|[short, _]| *short).collect());

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    mistyped(paragraph.text, out);
    shortened(paragraph, out);
    out.sort_by_key(|finding| finding.range.start);
}

/// Idioms with one character too few.
fn shortened(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let known = out.len();
    for hit in paragraph.hits().longest() {
        let [short, idiom] = SHORTENED_ROWS[hit.literal()];
        let range = hit.range();
        let before =
            text[..range.start].chars().next_back().map_or(range.start, |c| range.start - c.len_utf8());
        let after = text[range.end..].chars().next().map_or(range.end, |c| range.end + c.len_utf8());
        let is_whole =
            idiom::is_idiom(&text[before..range.end]) || idiom::is_idiom(&text[range.start..after]);
        let is_free = misquotation::is_free(&out[..known], &range);
        // 春风化“语”: its character is replaced, and the quotation marks say so.
        let is_played_on = text[range.end..].starts_with(['“', '‘', '"', '「'])
            || text[..range.start].ends_with(['”', '’', '"', '」']);
        if is_played_on || is_whole || !is_free || is_quoted(text, range.start, range.end) {
            continue;
        }
        let message = format!("成语“{idiom}”漏了字，这里只有“{short}”");
        let finding = Finding::new(range, message).replace(idiom, Applicability::Suggested);
        // What is left in one piece may be cut out of other words.
        let is_piece = idiom.starts_with(short) || idiom.ends_with(short);
        out.push(finding.with_severity(if is_piece { Severity::Info } else { Severity::Warning }));
    }
}

/// Idioms with a wrong character.
fn mistyped(text: &str, out: &mut Vec<Finding>) {
    let mut last_end = 0;
    for start in four_hanzi(text) {
        let range = start..start + 12;
        let window = &text[range.clone()];
        if range.start < last_end {
            continue;
        }
        // Cheapest first: few strings of four characters have half an idiom in them.
        let near: Vec<Near> = idiom::near(window).into_iter().filter(|near| is_slip(window, near)).collect();
        if near.is_empty()
            || idiom::is_idiom(window)
            || idiom::is_lookalike(window)
            || is_quoted(text, range.start, range.end)
        {
            continue;
        }
        let (around, within) = surroundings(text, &range, REACH);
        let gains = near.into_iter().filter_map(|near| {
            let gain = detector().gain(around, &within, &near.idiom)?;
            let least = if near.common { LEAST_GAIN } else { LEAST_GAIN_OF_A_RARE_ONE };
            (gain >= least).then_some((gain, near))
        });
        if let Some((_, near)) = gains.max_by(|a, b| a.0.total_cmp(&b.0)) {
            last_end = range.end;
            let idiom = near.idiom.as_str();
            let message = format!("“{window}”应为成语“{idiom}”");
            let mut finding = Finding::new(range, message).replace(idiom, Applicability::Suggested);
            // What sounds otherwise may be a play on the idiom: 切腹之痛.
            if likeness(window, &near) != Likeness::SameSound || !near.common {
                finding = finding.with_severity(Severity::Warning);
            }
            finding.confidence = Some(CONFIDENCE);
            out.push(finding);
        }
    }
}

/// The model sees no further than a few symbols: more of a paragraph than this would be read for nothing.
const REACH: usize = 40;

/// The bytes at which four characters of the basic block begin.
fn four_hanzi(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut run = 0;
    text.char_indices().filter_map(move |(at, c)| {
        run = if is_hanzi(c) { run + 1 } else { 0 };
        (run >= 4).then(|| at + 3 - 12)
    })
}

/// How the character that differs is like the right one.
fn likeness(window: &str, near: &Near) -> Likeness {
    let at = |text: &str| text.chars().nth(near.position);
    at(window).zip(at(&near.idiom)).map_or(Likeness::None, |(typed, right)| detector().likeness(typed, right))
}

/// Could a writer have typed this for the idiom: does the one character sound or look like the other?
fn is_slip(window: &str, near: &Near) -> bool {
    let at = |text: &str| text.chars().nth(near.position);
    let (Some(typed), Some(right)) = (at(window), at(&near.idiom)) else { return false };
    let numeral = |c: char| "一二三四五六七八九十百千万两几".contains(c);
    let likeness = likeness(window, near);
    let is_slot = FRAMES.iter().any(|frame| fills(frame, &near.idiom, near.position));
    !numeral(typed)
        && !numeral(right)
        && if is_slot { likeness == Likeness::SameSound } else { likeness != Likeness::None }
}

/// Frames that writers fill as they like: 一罚了之, 一赶了之. Only what sounds the same is a slip there.
const FRAMES: [&str; 30] = [
    "一＿了之",
    "一＿到底",
    "一＿了事",
    "一＿而＿",
    "一＿再＿",
    "一＿百＿",
    "有＿无＿",
    "无＿无＿",
    "不＿不＿",
    "不＿而＿",
    "＿而不＿",
    "＿来＿去",
    "有＿有＿",
    "边＿边＿",
    "大＿大＿",
    "无＿可＿",
    "有＿可＿",
    "可＿可＿",
    "以＿代＿",
    "以＿促＿",
    "半＿半＿",
    "又＿又＿",
    "能＿能＿",
    "敢＿敢＿",
    "应＿尽＿",
    "先＿后＿",
    "重＿轻＿",
    "多＿多＿",
    "因＿制宜",
    "一＿一＿",
];

/// Is the character at `position` of an idiom what fills the frame?
fn fills(frame: &str, idiom: &str, position: usize) -> bool {
    frame
        .chars()
        .zip(idiom.chars())
        .enumerate()
        .all(|(at, (slot, c))| if at == position { slot == '＿' } else { slot == '＿' || slot == c })
}

/// A play on words stands in quotes, whole or by the character.
fn is_quoted(text: &str, start: usize, end: usize) -> bool {
    let opens = text[..start].ends_with(['“', '‘', '「', '"', '《']);
    opens && text[end..].starts_with(['”', '’', '」', '"', '》'])
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn slips() {
        check(&RULE, "他〔迫不急待→迫不及待〕地打开，〔记忆尤新→记忆犹新〕。");
    }

    #[test]
    fn one_character_too_few() {
        check(&RULE, "工作〔有条紊→有条不紊〕，群众〔家喻晓→家喻户晓〕，文化〔博精深→博大精深〕。");
        check(&RULE, "〔五湖海→五湖四海〕的人，〔一视仁→一视同仁〕，〔移易俗→移风易俗〕。");
        check(&RULE, "办法〔锲不舍→锲而不舍〕，〔全力赴→全力以赴〕，〔力不从→力不从心〕。");
        check_clean(
            &RULE,
            "淬厉奋发，不忘初心，实事求是，有条不紊，引人注目，家喻户晓，博大精深，供不应求。",
        );
    }

    #[test]
    fn phrases_in_their_own_right() {
        check_clean(&RULE, "整治不能一赶了之，也不能一罚了之、一关了之，更不能一拆到底。");
        check_clean(&RULE, "总会有人在关心，毫无意义，一心一意，同心同德。");
    }
}
