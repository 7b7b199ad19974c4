//! 人名写法不一：同一篇里“刘志强局长”有一处写成“刘志墙局长”。
//!
//! 由职务、称谓或名单认出的三字姓名，别处有一种写法只差一个形近字或同音字，提示核对。出现多的一种为参考，一样多的以先出现的为参考。
//!
//! ## 例
//! - 刘志强局长主持会议，刘志强局长讲话，会后〔刘志墙→刘志强〕局长现场办公。
//! - 王晓燕同志负责宣传，王晓燕同志还兼管档案，去年〔王小燕→王晓燕〕同志被评为先进。
//!
//! ```text
//! 责任人为工程部部长逯兆炜。
//! 以上工作由〔逯兆玮→逯兆炜〕统一调度。
//! ```
//!
//! ## 不报
//! - 王晓燕同志负责宣传，王小燕同志负责档案。 （各一次，分不出哪个写错）
//! - 刘志强局长主持会议，刘志强局长讲话，刘大伟局长出席。 （差两个字）
//! - 刘志强局长主持会议，刘志强局长讲话，刘志华局长出席。 （字不同音、不形近）
//! - 名单：王晓燕、王小燕、刘志强。 （在同一份名单里，是两个人）
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第二十条：签发前审核人名是否准确。以出现多的写法为参考，由人核对。

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use crate::chinese::names::may_be_surname;
use crate::chinese::{is_hanzi, persons};
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::facts::Extract;
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::BlockKind;
use crate::typo::detector;
use crate::typo::model::confusion::Likeness;

/// The rule.
pub static RULE: Rule = Rule {
    id: "consistency/name-variant",
    summary: "人名写法不一",
    severity: Severity::Info,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("name_variant.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

/// Is it a line of a list of members, 成员：王海丰、李志? Who stands in two such lines is two persons.
fn is_roster(text: &str) -> bool {
    let is_name = |name: &str| name.chars().count() <= 4 && name.chars().all(is_hanzi);
    text.split_once(['：', ':']).is_some_and(|(role, names)| {
        role.chars().count() <= 6 && names.trim().split(['、', ' ', '　', '，']).all(is_name)
    })
}

/// More names than this are a list of members.
const MANY: usize = 200;

static NAMES: Extract<Range<usize>> = Extract::new(names);

/// The names of a paragraph that are names beyond doubt.
fn names(text: &str, kind: BlockKind) -> Vec<Range<usize>> {
    if kind == BlockKind::TableCell {
        return Vec::new();
    }
    persons::named(text, |word| detector().is_word(word))
}

/// Where a spelling stands: the paragraph, and the place in it.
type Place = (usize, Range<usize>);

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let (noted, candidates) = (view.extract(&NAMES), view.extract(&CANDIDATES));
    let text = |block: usize| document.text(&document.blocks()[block]);
    for part in document.parts() {
        let mut sure: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
        for (block, range) in noted.within(part.clone()) {
            sure.entry(&text(block)[range.clone()]).or_default().push((block, range.clone()));
        }
        if sure.is_empty() || sure.len() > MANY {
            continue;
        }
        let neighbours = Neighbours::of(sure.keys().copied());
        let mut spellings: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
        for (block, candidate) in candidates.within(part.clone()).filter(|(_, it)| neighbours.has(it)) {
            let range = candidate.range();
            spellings.entry(&text(block)[range.clone()]).or_default().push((block, range));
        }
        let mut marked: Vec<&str> = Vec::new();
        for (name, places) in &spellings {
            for (other, others) in &spellings {
                let known = sure.contains_key(name) || sure.contains_key(other);
                if known
                    && is_slip(name, other, others.len() > 1)
                    && is_rarer(places, others)
                    && !marked.contains(name)
                {
                    // In one paragraph or one list, each once: two persons.
                    let [here, there] = [places[0].0, others[0].0];
                    let are_listed = is_roster(text(here)) && is_roster(text(there));
                    if others.len() == 1 && (here == there || are_listed) {
                        continue;
                    }
                    marked.push(name);
                    let place = |(block, range): &Place| document.blocks()[*block].to_source(range.clone());
                    let message = format!("“{name}”只出现一次，别处{}次写作“{other}”，请核对", others.len());
                    out.push(
                        Finding::new(place(&places[0]), message)
                            .related(place(&others[0]), "另一种写法")
                            .replace(*other, Applicability::Suggested),
                    );
                }
            }
        }
    }
}

/// Is the first told once, and the other more often, or before it?
fn is_rarer(places: &[Place], others: &[Place]) -> bool {
    let at = |place: &Place| (place.0, place.1.start);
    places.len() == 1 && (others.len() > 1 || others.len() == 1 && at(&others[0]) < at(&places[0]))
}

/// What may be a name by its first character: every such place is noted, as a name is looked for among them
/// whenever any paragraph changes.
struct Candidate {
    /// In bytes of the paragraph.
    start: usize,
    chars: [char; 3],
}

static CANDIDATES: Extract<Candidate> = Extract::new(|text, _| {
    let mut found = Vec::new();
    let mut window = [(0, ' '); 3];
    for (at, c) in text.char_indices() {
        window = [window[1], window[2], (at, c)];
        let chars = window.map(|(_, c)| c);
        if may_be_surname(chars[0]) && chars.into_iter().all(is_hanzi) {
            found.push(Candidate { start: window[0].0, chars });
        }
    }
    found
});

impl Candidate {
    fn range(&self) -> Range<usize> {
        self.start..self.start + self.chars.iter().map(|c| c.len_utf8()).sum::<usize>()
    }
}

/// Names of three characters, for finding what is one of them or one character away from one: it has the
/// first character of a name, or its last two.
struct Neighbours {
    by_first: HashMap<char, Vec<[char; 3]>>,
    lasts: HashSet<[char; 2]>,
}

impl Neighbours {
    fn of<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let mut neighbours = Self { by_first: HashMap::new(), lasts: HashSet::new() };
        for name in names {
            let mut chars = name.chars();
            if let (Some(a), Some(b), Some(c)) = (chars.next(), chars.next(), chars.next()) {
                neighbours.by_first.entry(a).or_default().push([a, b, c]);
                neighbours.lasts.insert([b, c]);
            }
        }
        neighbours
    }

    fn has(&self, candidate: &Candidate) -> bool {
        let [a, b, c] = candidate.chars;
        let near = |name: &[char; 3]| name[1] == b || name[2] == c;
        self.by_first.get(&a).is_some_and(|names| names.iter().any(near)) || self.lasts.contains(&[b, c])
    }
}

/// One character apart, and that confusable; where the other is well known, by those as well who mix up
/// n and l.
fn is_slip(a: &str, b: &str, is_known: bool) -> bool {
    let mut different = a.chars().zip(b.chars()).filter(|(a, b)| a != b);
    // 于社区, 与社区: another surname makes another person, and may be no name at all.
    let given = |name: &str| name.char_indices().nth(1).map_or(0, |(at, _)| at);
    if a[given(a)..] == b[given(b)..]
        && (detector().is_word(&a[given(a)..]) || !b.starts_with(may_be_surname))
    {
        return false;
    }
    match (different.next(), different.next()) {
        (Some((a, b)), None) => {
            let likeness = detector().likeness(a, b);
            likeness.is_close() || is_known && likeness == Likeness::NearSound
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn slips() {
        check(&RULE, "刘志强局长出席。\n刘志强局长讲话。\n〔刘志墙→刘志强〕局长总结。");
        check(&RULE, "出席人员：逄海峤、亓文昊、乐为民\n会上，〔逄海娇→逄海峤〕通报了情况。");
        check(&RULE, "站长逯兆炜带队检查。\n〔逯兆玮→逯兆炜〕还介绍了经验。");
        check(&RULE, "副组长由昝立诚担任。\n联系人：昝立诚\n请〔昝立城→昝立诚〕同志牵头。");
        check(&RULE, "记录人：宓小芃\n（联系人：〔宓晓芃→宓小芃〕，电话：138****2046）");
        check(&RULE, "总务主任庞立国负责采购。\n8月底，〔庞力国→庞立国〕报送清单。");
        check(&RULE, "由护士长张晓红负责培训。\n自查表交护士长〔张小红→张晓红〕汇总。");
        check(&RULE, "组长何建华、副组长吴志平分片包干。\n〔吴志萍→吴志平〕负责东片。");
        check(&RULE, "由站长韩玉柱牵头，韩玉柱每周报告。\n〔韩玉住→韩玉柱〕带人清淤。");
        check(&RULE, "院长孙志坚致辞。\n〔孙志建→孙志坚〕回答了提问。");
        check(&RULE, "本人晏宗珉，现任科长，晏宗珉同志分管后勤。\n述职人 〔晏宗岷→晏宗珉〕");
    }

    #[test]
    fn two_persons() {
        check_clean(&RULE, "王晓燕同志、王小燕同志到会，王晓燕同志主持，王小燕同志记录。");
        check_clean(&RULE, "刘志强局长出席，刘志强局长讲话，刘海洋局长总结。");
        check_clean(&RULE, "主任刘强负责东片。\n主任刘强说要快。\n刘强硕果累累。");
        check_clean(&RULE, "对于社区网格员从优。\n于社区网格员有利。\n与社区相邻。");
        check_clean(&RULE, "哥哥刘德旺在家种地。\n弟弟刘德望在镇上开店。");
        check_clean(&RULE, "组长：王海峰\n副组长：王海锋、李志\n成员：王海丰");
        check_clean(&RULE, "一等奖：李丽华。\n二等奖：李丽花。");
        check_clean(&RULE, "参加人员：张晓林、王海波、李建国、张小林\n会议由王海波主持。");
        check_clean(&RULE, "王晓燕同志负责宣传。\n王晓燕同志讲话。\n王小燕同志记录。\n王小燕同志归档。");
    }
}
