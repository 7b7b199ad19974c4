//! Abbreviations: where one is introduced (以下简称“县农局”), and what it stands for.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

static INTRODUCED: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = "[（(]以下(?:统一)?(?:简称|统称|称)(?:为)?[:：]?[“\"《‘]?(?P<name>[^“”\"《》‘’（）()，。；、]{1,20})[”\"》’]?[）)]";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// Where an abbreviation is introduced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Introduction<'t> {
    /// The bytes of the brackets and what is in them.
    pub(crate) range: Range<usize>,
    pub(crate) name: &'t str,
    /// The bytes of the name.
    pub(crate) place: Range<usize>,
}

/// May a text introduce abbreviations? A cheap question.
pub(crate) fn may_introduce(text: &str) -> bool {
    text.contains("以下")
}

/// The abbreviations that a text introduces.
pub(crate) fn introductions(text: &str) -> impl Iterator<Item = Introduction<'_>> {
    INTRODUCED.captures_iter(text).filter_map(|found| {
        let name = found.name("name")?;
        let range = found.get_match().range();
        Some(Introduction { range, name: name.as_str(), place: name.range() })
    })
}

/// The full name before an abbreviation: begins with its first character and contains all of them in order.
pub(crate) fn long_form<'a>(before: &'a str, name: &str) -> Option<&'a str> {
    let clause = before.rsplit(['，', '。', '；', '：', '、', '“', '（', '\n']).next()?;
    let clause = clause.trim_end_matches(['》', '”']);
    let bare = name.trim_matches(['《', '》', '“', '”']);
    let first = bare.chars().next()?;
    let long = &clause[clause.find(first)?..];
    let mut rest = long.chars();
    let holds = bare.chars().all(|c| rest.any(|other| other == c));
    (holds && long.chars().count() >= bare.chars().count() + 3).then_some(long)
}
