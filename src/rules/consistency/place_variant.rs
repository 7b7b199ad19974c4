//! 地名、单位名写法不一：同一篇里“上畈村”有一处写成“上贩村”，“德盛物业公司”写成“德胜物业公司”。
//!
//! 村、镇、社区、公司、学校这样的名称，两种写法只差一个形近字或同音字，提示核对。出现多的一种为参考，一样多的以先出现的为参考。东西、
//! 上下、大小、数字相对的是两个地方，不报；并列在一起的也不报。
//!
//! ## 例
//! ```text
//! 大桥连着松塘、上畈两村。
//! 去年〔上贩村→上畈村〕的柑橘要靠人力挑运。
//! ```
//!
//! ```text
//! 该标段由德盛物业公司承接。
//! 会议要求约谈〔德胜物业公司→德盛物业公司〕负责人。
//! ```
//!
//! ```text
//! 沙湾社区有居民三千人，沙湾社区设网格八个。
//! 〔沙弯社区→沙湾社区〕的经验值得推广。
//! ```
//!
//! ## 不报
//! - 走访了东塘村、冬塘村、西塘村。 （并列在一起，是两个村）
//! - 上坪村有三百户，下坪村有两百户。 （上、下相对）
//! - 新华公司中标，新桦集团落选。 （不是同一种单位）
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第二十条：签发前审核地名、单位名称是否准确。由人核对。

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::chinese::is_hanzi;
use crate::chinese::places::{KINDS, NOT_IN_NAMES, is_only_a_kind};
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::facts::Extract;
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::BlockKind;
use crate::typo::detector;
use crate::typo::model::confusion::Likeness;

/// The rule.
pub static RULE: Rule = Rule {
    id: "consistency/place-variant",
    summary: "地名、单位名写法不一",
    severity: Severity::Info,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("place_variant.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

/// Only literals, so that a text without any is passed over at once.
static KIND: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!("(?:{KINDS})(?:公司)?")).expect("the pattern is a constant"));

/// 松塘、上畈两村
static LIST: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = "(?:^|[^一-龥]|[在是为连着和、])((?:[一-龥]{2,3}[、和])+[一-龥]{2,3}?)[两二三四五六七八九](?:个)?(村|镇|乡|社区|街道|公司|学校|中学|小学|医院|厂|桥)";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// A name: what it is called, which kind of thing it is, and where it stands.
struct Name {
    /// Its characters before the kind, the last first: at the beginning more may stand than the name.
    reversed: Vec<char>,
    kind: String,
    range: Range<usize>,
    /// Does it stand beside others, parted by 、?
    listed: bool,
}

static NAMES: Extract<Name> = Extract::new(names);

/// Where nothing before it is the same, such a character is no part of the name: 对于上市公司.
const BEFORE_NAMES: &str = "于受下去出展立并位使权往经比按请让同国市县省以会他她";
const OPPOSED: &str = "一二三四五六七八九十东西南北中上下前后左右内外大小新老旧高低甲乙丙丁子午";

/// Length limits of a name before its kind, in characters.
const SHORTEST: usize = 2;
const LONGEST: usize = 6;
/// Bytes: names that stand nearer to each other are told apart.
const SENTENCE: usize = 45;
/// More names than these are a directory.
const MANY: usize = 400;

fn names(text: &str, kind: BlockKind) -> Vec<Name> {
    if kind == BlockKind::TableCell {
        return Vec::new();
    }
    let mut found: Vec<Name> = Vec::new();
    let mut last = 0;
    for kind in KIND.find_iter(text) {
        // Back from the kind; at the beginning more may stand than the name.
        let before = &text[..kind.start()];
        let own = before[last..].char_indices().rev().take_while(|(_, c)| is_hanzi(*c)).take(LONGEST);
        let stem: Vec<usize> = own.map(|(at, _)| last + at).collect();
        let (Some(start), true) = (stem.last().copied(), stem.len() >= SHORTEST) else { continue };
        last = kind.end();
        if is_only_a_kind(&text[..kind.end()]) {
            continue;
        }
        let reversed: Vec<char> = before.chars().rev().take_while(|c| is_hanzi(*c)).take(LONGEST).collect();
        let listed = text[..start].ends_with('、') || text[kind.end()..].starts_with(['、', '和', '与']);
        found.push(Name { reversed, kind: kind.as_str().to_owned(), range: start..kind.end(), listed });
    }
    let lists = text.contains(['、', '和']).then(|| LIST.captures_iter(text));
    for list in lists.into_iter().flatten() {
        let (Some(stems), Some(kind)) = (list.get(1), list.get(2)) else { continue };
        let mut at = stems.start();
        for stem in stems.as_str().split(['、', '和']) {
            let range = at..at + stem.len();
            let reversed = stem.chars().rev().collect();
            found.push(Name { reversed, kind: kind.as_str().to_owned(), range, listed: false });
            at += stem.len() + '、'.len_utf8();
        }
    }
    found
}

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let noted = view.extract(&NAMES);
    for part in document.parts() {
        let names: Vec<(usize, &Name)> = noted.within(part).collect();
        if names.len() > MANY {
            continue;
        }
        let mut done: Vec<String> = Vec::new();
        for (at, (block, name)) in names.iter().enumerate() {
            for (usual, (other_block, other)) in names.iter().enumerate() {
                let Some(shared) = variant(name, other) else { continue };
                let count = |name: &Name| {
                    let same = |other: &&(usize, &Name)| {
                        other.1.kind == name.kind && other.1.reversed.starts_with(&name.reversed[..shared])
                    };
                    names.iter().filter(same).count()
                };
                let (own, others) = (count(name), count(other));
                let apart = name.range.start.abs_diff(other.range.start) > SENTENCE;
                let beside = block == other_block && (name.listed || other.listed || !apart);
                if own > 1 || others < own || others == own && usual > at || beside {
                    continue;
                }
                let spelled = |name: &Name| {
                    name.reversed[..shared]
                        .iter()
                        .rev()
                        .chain(name.kind.chars().collect::<Vec<_>>().iter())
                        .collect::<String>()
                };
                let (written, wanted) = (spelled(name), spelled(other));
                if done.contains(&written) {
                    continue;
                }
                let text = document.text(&document.blocks()[*block]);
                let end = name.range.end;
                let start =
                    if text[..end].ends_with(&written) { end - written.len() } else { name.range.start };
                let place = document.blocks()[*block].to_source(start..end);
                let there = document.blocks()[*other_block].to_source(other.range.clone());
                let message = format!("“{written}”只出现一次，别处写作“{wanted}”，是不是同一个名称？请核对");
                let mut finding = Finding::new(place, message).related(there, "另一种写法");
                if end - start == written.len() {
                    finding = finding.replace(wanted, Applicability::Suggested);
                }
                out.push(finding);
                done.push(written);
            }
        }
    }
}

/// How many characters two names share but for one that may be mistaken for the other.
fn variant(name: &Name, other: &Name) -> Option<usize> {
    if name.kind != other.kind {
        return None;
    }
    let (a, b) = (&name.reversed, &other.reversed);
    let differs = a.iter().zip(b).position(|(a, b)| a != b)?;
    let (x, y) = (a[differs], b[differs]);
    let opposed = OPPOSED.contains(x) && OPPOSED.contains(y);
    let likeness = detector().likeness(x, y);
    let same = differs + a[differs + 1..].iter().zip(&b[differs + 1..]).take_while(|(a, b)| a == b).count();
    // 青松岭, 青松林: where more is the same, n for ng as well.
    let alike = likeness.is_close() || same >= 2 && likeness == Likeness::NearSound;
    if opposed || !alike || NOT_IN_NAMES.contains(x) || NOT_IN_NAMES.contains(y) {
        return None;
    }
    let next = |chars: &[char]| chars.get(differs + 1).copied();
    let goes_on =
        next(a).is_some() && next(a) == next(b) && !next(a).is_some_and(|c| NOT_IN_NAMES.contains(c));
    if !goes_on && (BEFORE_NAMES.contains(x) || BEFORE_NAMES.contains(y)) {
        return None;
    }
    let shared = match differs {
        // 上畈, 上贩: the character before is the same.
        _ if goes_on => differs + 2,
        // 松塘, 送塘: what follows is the same.
        1.. => differs + 1,
        0 => return None,
    };
    let stem = |chars: &[char]| chars[..shared].iter().rev().collect::<String>();
    let pair = |chars: &[char]| chars[shared - 2..shared].iter().rev().collect::<String>();
    // Two words may be two names; with more that is the same they are one.
    let said = shared + name.kind.chars().count().saturating_sub(2);
    let both_words = said < 4 && same < 2 && detector().is_word(&pair(a)) && detector().is_word(&pair(b));
    let usual = stem(a).chars().chain(stem(b).chars()).any(|c| NOT_IN_NAMES.contains(c));
    (!both_words && !usual).then_some(shared)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn slips() {
        check(&RULE, "望桥镇共有行政村14个，望桥镇建成中转站1个。\n〔忘桥镇→望桥镇〕的站长告诉我们。");
        check(&RULE, "委托和浦市路桥勘测设计院检测。\n和浦市路桥〔勘侧设计院→勘测设计院〕出具了报告。");
        check(&RULE, "青松岭水库是水源地。\n青〔松林水库→松岭水库〕的大坝已加固。");
        check(&RULE, "康泰物业进驻小区。\n居民对〔康太物业→康泰物业〕很满意。");
        check(&RULE, "云石中学占地百亩。\n〔云实中学→云石中学〕的校舍建于上世纪。");
        check(&RULE, "项目由云帆商贸公司承建。\n经查，〔云凡商贸公司→云帆商贸公司〕没有资质。");
    }

    #[test]
    fn other_places() {
        check_clean(
            &RULE,
            "推动城乡融合发展。\n鼓励城乡劳动者创业。\n增加城乡居民收入，实施农村改革，使农村更美。",
        );
        check_clean(&RULE, "对于上市公司从严。\n旗下上市公司很多。\n同红豆集团合作。\n国红豆集团成立。");
        check_clean(&RULE, "松塘村在东边。\n松岗村在西边。");
        check_clean(&RULE, "走访了上坪村。\n下坪村的情况相同。");
        check_clean(&RULE, "实验小学参赛。\n试验小学没有参赛。");
        check_clean(&RULE, "各村都要开会。\n个别村没有到会，这个村、全村、本村、我村。");
    }
}
