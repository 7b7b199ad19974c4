//! 确定的错词：政冶、拦目、安排布署一类，词典里没有、任何语境都不对的写法。
//!
//! ## 例
//! - 认真学习〔政冶→政治〕理论。
//! - 开设“继续教育园地”〔拦目→栏目〕。
//! - 安排〔布署→部署〕下一步工作。
//! - 妥否，〔请于批准→请予批准〕。
//!
//! ## 不报
//! - 在发布署名文章时，应当注明单位。 （“布”“署”分属两个词）
//! - 农机购置补贴发放到位。 （“机购”不是“机构”）
//! - 请于审批后五个工作日内缴费。 （“请于”后面是时间）
//! - “布署”是错误写法，应为“部署”。 （专门举出的错例）
//! - 先峰镇锦秀社区与圆林宾馆签约。 （地名、店名）
//!
//! ## 依据
//! 《现代汉语词典》；《通用规范汉字表》（2013）。词表为本项目所集，每条注明不报的语境。

use std::ops::Range;
use std::sync::LazyLock;

use crate::chinese::names::{self, Naming};
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::{LiteralList, Needs};
use crate::rule::table::rows;
use crate::rule::{Paragraph, Rule, Scope, module_doc};
use crate::typo::words::{self, Fit};

/// The rule.
pub static RULE: Rule = Rule {
    id: "typo/confusable-word",
    summary: "错词",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    doc: module_doc!("confusable_word.rs"),
    needs: &[Needs::Literal(&WRONG)],
    scope: Scope::Paragraph(check),
};

static TABLE: &str = include_str!("../../../data/confusable-word.tsv");

/// A row of the table: a wrong form, the right one, and where the wrong form is no word but an accident.
struct Row {
    wrong: &'static str,
    right: &'static str,
    severity: Severity,
    traps: &'static str,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let row = |[wrong, right, severity, traps]: [&'static str; 4]| {
        let severity = severity.parse().expect("the tests read every row");
        Row { wrong, right, severity, traps }
    };
    rows(TABLE).map(row).collect()
});

static WRONG: LiteralList = LiteralList::words(|| ROWS.iter().map(|row| row.wrong).collect());

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let mut last_end = 0;
    for hit in paragraph.hits().longest() {
        let row = &ROWS[hit.literal()];
        let range = hit.range();
        if range.start < last_end
            || is_trapped(text, &range, row.traps)
            || is_mentioned(text, &range)
            || names::is_in_name(text, &range)
        {
            continue;
        }
        let mut naming = names::naming(text, &range);
        if naming != Naming::No && completes_word(text, &range, row.right) {
            naming = Naming::No;
        }
        let is_short = row.wrong.chars().count() == 2;
        if naming == Naming::Likely || is_short && names::is_before_place(text, &range, 0) {
            continue;
        }
        let (severity, applicability) = match words::fit(text, &range, row.right) {
            Fit::Across => continue,
            Fit::Doubtful => (row.severity.min(Severity::Warning), Applicability::Suggested),
            Fit::Whole if naming == Naming::Maybe => {
                (row.severity.min(Severity::Warning), Applicability::Suggested)
            }
            Fit::Whole if row.severity == Severity::Error => (row.severity, Applicability::Safe),
            Fit::Whole => (row.severity, Applicability::Suggested),
        };
        last_end = range.end;
        let message = format!("“{}”是错词，应为“{}”", row.wrong, row.right);
        out.push(Finding::new(range, message).with_severity(severity).replace(row.right, applicability));
    }
}

/// Does `right` make a word with the character after it or before it? 候车室 is one; 荣誉梅, out of a name, is
/// none.
fn completes_word(text: &str, range: &Range<usize>, right: &str) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    after.is_some_and(|c| words::is_word(&format!("{right}{c}")))
        || before.is_some_and(|c| words::is_word(&format!("{c}{right}")))
}

/// A trap begins at most this many characters before the hit, and ends as many after it.
const NEAR: usize = 12;
/// The second half of a trap with a gap (既使…又) stands at most this many characters on, in the same sentence.
const FAR: usize = 40;

/// Does the hit stand inside one of its traps? A trap may leave out a few characters: 把…写做.
fn is_trapped(text: &str, range: &Range<usize>, traps: &str) -> bool {
    if traps.is_empty() {
        return false;
    }
    let ahead = |chars: usize| text[range.end..].chars().take(chars);
    let length = |chars: &mut dyn Iterator<Item = char>| chars.map(char::len_utf8).sum::<usize>();
    let start = range.start - length(&mut text[..range.start].chars().rev().take(NEAR));
    let near = &text[start..range.end + length(&mut ahead(NEAR))];
    let sentence = length(&mut ahead(FAR).take_while(|c| !"。！？；\n".contains(*c)));
    let far = &text[range.start..range.end + sentence];
    let offset = range.start - start;
    traps.split('|').filter(|trap| !trap.is_empty()).any(|trap| match trap.split_once('…') {
        Some((before, after)) => {
            near[..offset + range.len()].contains(before) && far.contains(after)
                || near[..offset].contains(before) && far.starts_with(after)
        }
        None => {
            near.match_indices(trap).any(|(at, _)| at <= offset && at + trap.len() >= offset + range.len())
        }
    })
}

/// “布署”应为“部署”: a word that is talked about, alone between quotes.
fn is_mentioned(text: &str, range: &Range<usize>) -> bool {
    text[..range.start].ends_with(['“', '‘', '「'])
        && text[range.end..].starts_with(['”', '’', '」'])
        && ["错", "应为", "误", "写成", "写作"].iter().any(|cue| text.contains(cue))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn wrong_words() {
        check(&RULE, "〔按步就班→按部就班〕地开展。");
    }

    #[test]
    fn what_every_school_teaches_is_found_in_a_sentence_in_quotes_and_alone() {
        for (wrong, right) in [
            ("针贬", "针砭"),
            ("鬼鬼崇崇", "鬼鬼祟祟"),
            ("渡假区", "度假区"),
            ("走头无路", "走投无路"),
            ("检则", "检测"),
            ("瞄淮", "瞄准"),
            ("合恪", "合格"),
            ("装祯", "装帧"),
            ("一摸一样", "一模一样"),
            ("防患末然", "防患未然"),
        ] {
            check(&RULE, &format!("材料里还有〔{wrong}→{right}〕的地方。"));
            check(&RULE, &format!("标题写的是“〔{wrong}→{right}〕”，请核对。"));
            check(&RULE, &format!("〔{wrong}→{right}〕"));
        }
    }

    #[test]
    fn names_of_persons_and_places_are_no_slips() {
        check_clean(&RULE, "荣玉梅、许锦秀、王先峰、粟子涵、张圆林");
        check_clean(&RULE, "联系人：荣玉芬");
        check(&RULE, "〔侯车→候车〕室");
        check_clean(&RULE, "先峰镇锦秀社区与圆林宾馆签约，安祥村委会到会。");
        check(&RULE, "发挥〔先峰→先锋〕模范作用，共赴〔锦秀前程→锦绣前程〕。");
    }

    #[test]
    fn what_is_right_before_a_time_or_behind_a_preposition() {
        check_clean(&RULE, "请于审批后五个工作日内缴费，信息不透明对监管不利。");
        check_clean(&RULE, "产值占比列全省第二，祭祖以先人为主。");
        check(&RULE, "厂房〔租凭→租赁〕合同，各单位〔勿必→务必〕参加。");
    }

    #[test]
    fn what_only_looks_like_a_listed_word_is_let_alone() {
        check_clean(&RULE, "房屋登记薄弱环节较多，群众作业薄弱，家庭户口薄弱地区。");
        check_clean(&RULE, "该市向北欧打开市场，抓赌博斗争，高阻档位正常，妇幼中心提供做月子餐。");
        check_clean(&RULE, "如何偿还贷款，用触摸板翻页，车辆挂低挡通过。");
    }

    #[test]
    fn accidents() {
        check_clean(&RULE, "在发布署名文章时，宣布署假日安排。");
        check_clean(&RULE, "各部暑期安排已定，农机购置补贴到位，学习贯彻精神。");
        check_clean(&RULE, "这次活动既使孩子们体会到了父母的辛苦，又使家长了解了学校。");
    }

    #[test]
    fn what_cuts_through_the_words_of_its_neighbours_is_an_accident() {
        check_clean(&RULE, "问卷显示，开放题高频主题集中在停车难，这篇散文充斥着作者的情感。");
        check_clean(&RULE, "他按着名单逐一核对，墙上挂着名家字画，第三题高度概括了全文。");
        check(&RULE, "会上〔布署→部署〕了工作，认真落实〔政冶→政治〕责任。");
    }

    #[test]
    fn every_row_of_the_table_is_found_and_its_traps_are_silent() {
        for row in ROWS.iter() {
            assert_ne!(row.wrong, row.right);
            let found = crate::rules::testing::messages(&RULE, row.wrong);
            assert!(found.len() == 1 || !row.traps.is_empty(), "{}: {found:?}", row.wrong);
            for trap in row.traps.split('|').filter(|trap| trap.contains(row.wrong)) {
                let own = format!("“{}”是错词，应为“{}”", row.wrong, row.right);
                assert!(!crate::rules::testing::messages(&RULE, trap).contains(&own), "{trap}");
            }
        }
    }

    /// What looks like a listed word between the words of a sentence, line by line.
    #[test]
    fn halves_of_other_words_are_no_slips() {
        for line in include_str!("../../../tests/half-words.txt").lines() {
            check_clean(&RULE, &format!("今年，{line}工作。"));
        }
    }
}
