//! 不规范字形：从 PDF 复制来的部首字（⼯⼈）、日本字形（県、黒）、异体字（髙、査）和混进来的繁体字。
//!
//! 这些字看上去差不多，却不是《通用规范汉字表》里的字，搜索、排序、朗读都会出错。每个都只有一个规范字与之相当，可以放心改正。
//!
//! ## 例
//! - 〔⼯→工〕作〔⼈→人〕员按照规定开展调查。
//! - 我市统一采购了〔髙→高〕性能设备，开展检〔査→查〕。
//! - 深圳〔県→县〕委召开会议，取得〔-→一〕定的成效。
//! - 切实发挥桥〔樑→梁〕纽带作用。
//!
//! ## 不报
//! - 项目组成员霍荣铨、邓啟棠、李堃分别作出承诺。 （人名用字）
//! - 他研读《說文解字》多年。 （书名号里的原题）
//! - 國際經濟形勢複雜，我們應當堅持發展。 （整段繁体）
//! - 分期实施：周一-周五施工，北京-上海线路改道。 （连接号，不是“一”）
//!
//! ## 依据
//! 《通用规范汉字表》（2013）；《第一批异体字整理表》。对应关系取自 Unihan（Unicode 许可）。

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::chinese::names::is_surname;
use crate::chinese::{is_hanzi, is_open, surroundings};
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::table::rows;
use crate::rule::{Paragraph, Rule, Scope, module_doc};
use crate::typo::detector;
use crate::typo::words;

/// The rule.
pub static RULE: Rule = Rule {
    id: "typo/nonstandard-character",
    summary: "不规范字形",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    doc: module_doc!("nonstandard_character.rs"),
    needs: &[],
    scope: Scope::Paragraph(check),
};

static TABLE: &str = include_str!("../../../data/nonstandard-character.tsv");

/// How a character is not standard.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A radical or a compatibility form: the same character to the eye, another to a program.
    Form,
    /// A variant, of China or Japan.
    Variant,
    /// A traditional form.
    Traditional,
}

struct Characters {
    /// What stands in the table, by what follows U+2E80.
    bits: Vec<u64>,
    rows: HashMap<char, (char, Kind)>,
}

const FIRST: u32 = 0x2E80;
const SPAN: u32 = 0xFB00 - FIRST;

static CHARACTERS: LazyLock<Characters> = LazyLock::new(|| {
    let mut bits = vec![0; SPAN.div_ceil(64) as usize];
    let rows: HashMap<char, (char, Kind)> = rows(TABLE).map(row).collect();
    for c in rows.keys() {
        let place = *c as u32 - FIRST;
        bits[(place / 64) as usize] |= 1 << (place % 64);
    }
    Characters { bits, rows }
});

fn row([wrong, right, kind]: [&str; 3]) -> (char, (char, Kind)) {
    let character = |cell: &str| cell.parse().expect("the tests read every row");
    let kind = match kind {
        "radical" | "compatibility" => Kind::Form,
        "traditional" => Kind::Traditional,
        _ => Kind::Variant,
    };
    (character(wrong), (character(right), kind))
}

impl Characters {
    fn get(&self, c: char) -> Option<(char, Kind)> {
        let place = (c as u32).checked_sub(FIRST).filter(|place| *place < SPAN)?;
        let is_there = self.bits[(place / 64) as usize] >> (place % 64) & 1 == 1;
        if is_there { self.rows.get(&c).copied() } else { None }
    }
}

/// Above this count and share, a paragraph is in traditional Chinese or Japanese.
const FEW: usize = 3;
const SHARE: usize = 4;

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let first = out.len();
    characters(paragraph, out);
    if paragraph.may_contain_any(DASHES) {
        dashes(paragraph.text, out);
    }
    out[first..].sort_by_key(|finding| finding.range.start);
}

/// What stands for 一 where a scan or a slip of the hand made a line of it.
const DASHES: &str = "-－–—";
/// By so much a sentence has to gain in log-probability, in nats: 年轻-代 gains sixteen, 项目-个人 nine.
const LEAST_GAIN: f32 = 12.0;
/// The model sees no further than a few characters.
const REACH: usize = 20;

/// 年轻-代, 下-位: a dash between two characters that 一 joins.
fn dashes(text: &str, out: &mut Vec<Finding>) {
    for (at, dash) in text.char_indices().filter(|(_, c)| matches!(c, '-' | '－' | '–' | '—')) {
        let range = at..at + dash.len_utf8();
        let (before, after) = (&text[..range.start], &text[range.end..]);
        let follows = before.chars().next_back().is_some_and(|c| is_hanzi(c) || "，,。；：、（“".contains(c));
        if !follows || !after.starts_with(is_hanzi) {
            continue;
        }
        let (around, within) = surroundings(text, &range, REACH);
        let gain = detector().gain(around, &within, "一");
        if gain.is_some_and(|gain| gain >= LEAST_GAIN) {
            let message = format!("“{dash}”似应为“一”");
            out.push(
                Finding::new(range, message)
                    .with_severity(Severity::Warning)
                    .replace("一", Applicability::Suggested),
            );
        }
    }
}

fn characters(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let characters = &*CHARACTERS;
    let found: Vec<(usize, char, char, Kind)> = text
        .char_indices()
        .filter_map(|(at, c)| characters.get(c).map(|(right, kind)| (at, c, right, kind)))
        .collect();
    if found.is_empty() {
        return;
    }
    let others = found.iter().filter(|(.., kind)| *kind != Kind::Form).count();
    let letters = text.chars().filter(|c| is_hanzi(*c)).count();
    let is_foreign = others > FEW && others * SHARE > letters || text.chars().any(is_kana);
    for (at, wrong, right, kind) in found {
        let range = at..at + wrong.len_utf8();
        let certain = match kind {
            Kind::Form => true,
            _ if wrong == '笫' && text[..at].ends_with('床') => continue,
            _ if is_mentioned(text, &range) => continue,
            _ if is_foreign || is_in_title(text, at) || is_named(text, &range) => continue,
            // 嬢嬢 is a word of a dialect.
            _ => !is_doubled(text, &range) && makes_a_word(text, &range, right),
        };
        // Of a character by itself, it is not sure that nothing else is meant.
        let (severity, applicability) = if certain {
            (Severity::Error, Applicability::Safe)
        } else {
            (Severity::Info, Applicability::Suggested)
        };
        let message = match kind {
            Kind::Form => {
                format!("“{wrong}”是部首或兼容字形，不是汉字“{right}”，搜索时找不到，应改为“{right}”")
            }
            Kind::Variant => format!("“{wrong}”不是规范字，应为“{right}”"),
            Kind::Traditional => format!("“{wrong}”是繁体字，应为“{right}”"),
        };
        out.push(Finding::new(range, message).with_severity(severity).replace(right, applicability));
    }
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30FA}')
}

/// “後”和“后”: a character that is talked about.
fn is_mentioned(text: &str, range: &Range<usize>) -> bool {
    text[..range.start].ends_with(['“', '‘', '「', '【'])
        && text[range.end..].starts_with(['”', '’', '」', '】'])
}

fn is_doubled(text: &str, range: &Range<usize>) -> bool {
    let c = &text[range.clone()];
    text[..range.start].ends_with(c) || text[range.end..].starts_with(c)
}

fn is_in_title(text: &str, at: usize) -> bool {
    is_open(&text[..at], ('《', '》'))
}

/// Does the standard character make a word with a neighbour?
fn makes_a_word(text: &str, range: &Range<usize>, right: char) -> bool {
    let standard = |c: char| CHARACTERS.get(c).map_or(c, |(right, _)| right);
    let before = text[..range.start].chars().next_back().map(standard);
    let after = text[range.end..].chars().next().map(standard);
    before.is_some_and(|c| words::is_pair(c, right)) || after.is_some_and(|c| words::is_pair(right, c))
}

/// Is it the first or the second character of a given name? 邓啟棠, 王喆髙.
fn is_named(text: &str, range: &Range<usize>) -> bool {
    let mut before = text[..range.start].char_indices().rev();
    let surname_at = |found: Option<(usize, char)>| {
        found.is_some_and(|(at, c)| is_surname(c) && words::is_boundary(text, at))
    };
    let first = before.next();
    let second = before.next();
    let next = text[range.end..].chars().next();
    let next_but_one = text[range.end..].chars().nth(1);
    let ends = |c: Option<char>| {
        c.is_none_or(|c| !is_hanzi(c) || "同先女书主局院校科处老医的在和与等为任".contains(c))
    };
    surname_at(first) && (ends(next) || ends(next_but_one)) || surname_at(second) && ends(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn forms_that_look_the_same() {
        check(&RULE, "〔⼯→工〕作〔⼈→人〕员按照规定开展调查，〔⽤→用〕心服务群众。");
        check(
            &RULE,
            "我市统一〔釆→采〕购了〔髙→高〕性能设备，检〔査→查〕组进行抽〔査→查〕，〔巿→市〕政府予以支持。",
        );
        check(&RULE, "深圳〔県→县〕委召开会议，研究〔黒→黑〕恶势力问题，〔毎→每〕周一报。");
    }

    #[test]
    fn a_dash_for_one_and_the_mat_for_the_number() {
        check(&RULE, "作为年轻〔-→一〕代，取得了〔-→一〕定的进步，再传给下〔－→一〕位邻居。");
        check(&RULE, "从基本功教起,〔-→一〕个动作一个动作地抠，〔笫→第〕三方评估。");
        check_clean(&RULE, "第一章-个人总结，项目-个人，王某-个体户，年度总结-定稿，人员-名单。");
        check_clean(&RULE, "周一-周五，北京-上海，沪昆高速贵阳-安顺段，床笫之间，A-1型。");
    }

    #[test]
    fn names_titles_and_traditional_passages() {
        check_clean(&RULE, "项目组成员霍荣铨、邓啟棠、张旂康、萧桦、闫焱分别作出承诺。");
        check_clean(&RULE, "他研读《說文解字》多年，“後”是“后”的繁体。");
        check_clean(&RULE, "これは経済の問題です。");
        check_clean(&RULE, "认真学习贯彻落实各项方针政策，髹漆、笊篱、犄角旮旯都是规范字。");
    }

    #[test]
    fn every_row_of_the_table_is_a_character_and_its_standard_form() {
        for (wrong, (right, _)) in rows(TABLE).map(row) {
            assert_eq!(CHARACTERS.get(wrong).map(|found| found.0), Some(right), "{wrong}");
            assert!(CHARACTERS.get(right).is_none(), "{right}");
            assert!(is_hanzi(right) || ('\u{3400}'..'\u{4DC0}').contains(&right), "{right}");
        }
    }
}
