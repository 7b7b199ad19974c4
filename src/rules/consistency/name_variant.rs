//! 人名写法不一：同一篇里“刘志强局长”有一处写成“刘志墙局长”。
//!
//! 姓名后面带职务、称谓的，两种写法只差一个形近字或同音字，一种多次、一种只出现一次，提示核对。
//!
//! ## 例
//! - 刘志强局长主持会议，刘志强局长讲话，会后〔刘志墙→刘志强〕局长现场办公。
//! - 王晓燕同志负责宣传，王晓燕同志还兼管档案，去年〔王小燕→王晓燕〕同志被评为先进。
//! - 陈建明主任到村走访，陈建明主任听取意见，〔陈健明→陈建明〕主任当场答复。
//!
//! ## 不报
//! - 王晓燕同志负责宣传，王小燕同志负责档案。 （各一次，分不出哪个写错）
//! - 刘志强局长主持会议，刘志强局长讲话，刘大伟局长出席。 （差两个字）
//! - 刘志强局长主持会议，刘志强局长讲话，刘志华局长出席。 （字不同音、不形近）
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第二十条：签发前审核人名是否准确。以出现多的写法为参考，由人核对。

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex_lite::Regex;

use crate::chinese::names::SURNAMES;
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::facts::Extract;
use crate::rule::literals::{LiteralList, Needs};
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::typo::detector;
use crate::typo::model::confusion::Likeness;

/// The rule.
pub static RULE: Rule = Rule {
    id: "consistency/name-variant",
    summary: "人名写法不一",
    severity: Severity::Info,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("name_variant.rs"),
    needs: &[Needs::Literal(&TITLES)],
    scope: Scope::Document(check),
};

static NAME: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = format!(
        "(?P<name>[{SURNAMES}][一-龥]{{2}})(?:同志|局长|书记|主任|院长|校长|科长|处长|镇长|县长|市长|所长|站长|医生|老师|副局长|副书记|副主任|委员|组长)"
    );
    Regex::new(&pattern).expect("the pattern is a constant")
});

/// Does the text end with a name?
fn follows_name(before: &str) -> bool {
    before.chars().nth_back(2).is_some_and(|c| SURNAMES.contains(c))
}

/// The titles: without one of them there is no name to read.
static TITLES: LiteralList = LiteralList::words(|| {
    let titles = "同志|局长|书记|主任|院长|校长|科长|处长|镇长|县长|市长|所长|站长|医生|老师|副局长|副书记|副主任|委员|组长";
    titles.split('|').collect()
});

/// More names than this are a list of members.
const MANY: usize = 200;

static NAMES: Extract<Range<usize>> = Extract::with_literals(|text, hits| {
    if !hits.all().any(|title| follows_name(&text[..title.start()])) {
        return Vec::new();
    }
    NAME.captures_iter(text).filter_map(|found| Some(found.name("name")?.range())).collect()
});

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let noted = view.extract(&NAMES);
    for part in document.parts() {
        let mut names: BTreeMap<&str, Vec<Range<usize>>> = BTreeMap::new();
        for (index, range) in noted.within(part) {
            let block = &document.blocks()[index];
            let name = &document.text(block)[range.clone()];
            names.entry(name).or_default().push(block.to_source(range.clone()));
        }
        if names.len() > MANY {
            continue;
        }
        for (rare, places) in names.iter().filter(|(_, places)| places.len() == 1) {
            let usual = names.iter().filter(|(name, places)| places.len() >= 2 && is_slip(rare, name));
            let Some((usual, others)) = usual.max_by_key(|(_, places)| places.len()) else { continue };
            let message = format!("“{rare}”只出现一次，别处{}次写作“{usual}”，请核对", others.len());
            out.push(
                Finding::new(places[0].clone(), message)
                    .related(others[0].clone(), "另一种写法")
                    .replace(*usual, Applicability::Suggested),
            );
        }
    }
}

/// One character apart, and that confusable.
fn is_slip(a: &str, b: &str) -> bool {
    let mut different = a.chars().zip(b.chars()).filter(|(a, b)| a != b);
    match (different.next(), different.next()) {
        (Some((a, b)), None) => {
            matches!(detector().likeness(a, b), Likeness::SameSound | Likeness::Shape)
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
    }

    #[test]
    fn two_persons() {
        check_clean(&RULE, "王晓燕同志、王小燕同志到会，王晓燕同志主持，王小燕同志记录。");
        check_clean(&RULE, "刘志强局长出席，刘志强局长讲话，刘海洋局长总结。");
        check_clean(&RULE, "刘志强出席，刘志强讲话，刘志墙总结。");
    }
}
