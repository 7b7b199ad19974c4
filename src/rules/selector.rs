//! The names by which rules are chosen: a rule's own, its group's, or `all`; in Chinese as well.

use std::ops::Range;

use crate::finding::group_of;
use crate::rule::Rule;
use crate::rules::{GROUPS, RULES};

/// The names that stand for all rules.
const ALL: [&str; 2] = ["all", "全部"];

/// A name must be as like as this to one that exists for that to be suggested, from 0 to 1.
const ALIKE: f64 = 0.6;

/// The rule, group or `all` that a name stands for: `typo/idiom` or 成语误写, `typo` or 错别字.
///
/// # Errors
/// A message that there is none, with the nearest name where one is near.
pub fn selector(name: &str) -> Result<&'static str, String> {
    let name = name.trim();
    if name.is_empty() {
        return Err("规则名是空的，请写规则或规则组，如 typo、错别字；全部规则见 zhubi rules".to_owned());
    }
    let found = names().find(|(known, _)| *known == name).map(|(_, id)| id);
    found.ok_or_else(|| {
        let nearest = nearest(name).map(|near| format!("，是否指“{near}”？")).unwrap_or("。".to_owned());
        format!("没有名为“{name}”的规则或规则组{nearest}全部规则见 zhubi rules")
    })
}

/// Is `name` the name of a rule, a group, or `all`, as a comment in a draft writes it?
///
/// # Errors
/// As [`selector`].
pub fn check_selector(name: &str) -> Result<(), String> {
    match selector(name) {
        Ok(known) if known == name => Ok(()),
        Ok(known) => Err(format!("没有名为“{name}”的规则或规则组，是否指“{known}”？全部规则见 zhubi rules")),
        Err(message) => Err(message),
    }
}

/// Does a name that [`selector`] gave stand for a rule?
pub(crate) fn selects(name: &str, rule: &Rule) -> bool {
    name == ALL[0] || name == rule.id || name == group_of(rule.id)
}

/// All names, each with the one that stands in the tables.
fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    let groups = GROUPS.iter().flat_map(|&(group, chinese)| [(group, group), (chinese, group)]);
    let rules = RULES.iter().flat_map(|rule| [(rule.id, rule.id), (rule.summary, rule.id)]);
    ALL.into_iter().map(|name| (name, ALL[0])).chain(groups).chain(rules)
}

fn nearest(name: &str) -> Option<&'static str> {
    // Without its group a rule's name is no selector, but it is what people remember.
    let bare = RULES.iter().map(|rule| (rule.name(), rule.id));
    let spelt = names().map(|(known, id)| (known, if known.is_ascii() { id } else { known }));
    let likeness = |known: &str| strsim::normalized_damerau_levenshtein(known, name);
    spelt
        .chain(bare)
        .map(|(known, shown)| (likeness(known), shown))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, shown)| shown)
}

/// What the names of a directive mean: the selectors, and those names that mean nothing. A Chinese name may
/// hold a blank (Markdown 加粗失效).
pub(crate) fn selectors<'a>(source: &'a str, names: &[Range<usize>]) -> (Vec<&'a str>, Vec<Range<usize>>) {
    let (mut selectors, mut unknown) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < names.len() {
        let longest = (at + 1..=names.len().min(at + 3)).rev();
        let known = longest.map(|to| (to, &source[names[at].start..names[to - 1].end]));
        match known.filter_map(|(to, name)| Some((to, exactly(name)?))).next() {
            Some((to, selector)) => {
                selectors.push(selector);
                at = to;
            }
            None => {
                unknown.push(names[at].clone());
                at += 1;
            }
        }
    }
    (selectors, unknown)
}

/// The rule or group of a name, by its own or its Chinese name.
fn exactly(name: &str) -> Option<&'static str> {
    let groups = GROUPS.iter().map(|(group, chinese)| (*group, *chinese));
    let rules = RULES.iter().map(|rule| (rule.id, rule.summary));
    let all = groups.chain(rules).chain([("all", "全部")]);
    all.into_iter().find(|(id, chinese)| *id == name || *chinese == name).map(|(id, _)| id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_stands_for_two_things() {
        let mut all: Vec<_> = names().collect();
        all.sort_unstable();
        for pair in all.windows(2) {
            assert_ne!(pair[0].0, pair[1].0, "{pair:?}");
        }
    }

    #[test]
    fn chinese_names_and_blanks_are_taken() {
        assert_eq!(selector("错别字"), Ok("typo"));
        assert_eq!(selector(" typo/idiom "), Ok("typo/idiom"));
        assert_eq!(selector("全部"), Ok("all"));
        let idiom = crate::rules::find("typo/idiom").unwrap();
        assert_eq!(selector(idiom.summary), Ok("typo/idiom"));
        assert!(check_selector("错别字").unwrap_err().contains("是否指“typo”"));
    }

    #[test]
    fn only_what_is_near_is_suggested() {
        for (name, near) in [
            ("typo/idoim", "typo/idiom"),
            ("idiom", "typo/idiom"),
            ("punctuaton", "punctuation"),
            ("错別字", "错别字"),
        ] {
            assert!(selector(name).unwrap_err().contains(&format!("是否指“{near}”")), "{name}");
        }
        for name in ["nosuch", "foo", "成语", "", "？"] {
            assert!(!selector(name).unwrap_err().contains("是否指"), "{name}");
        }
    }
}
