//! A project's own words: those it uses rightly, whatever a rule thinks, and those it does not want.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

/// Words, ready to be looked for.
#[derive(Debug, Clone, Default)]
pub struct Dictionary {
    words: Vec<String>,
    find_words: Option<AhoCorasick>,
    forbidden: Vec<(String, String)>,
    find_forbidden: Option<AhoCorasick>,
}

impl Dictionary {
    /// Takes up words that are right, and forbidden ones, each with what is to stand in its place.
    #[must_use]
    pub fn new(words: &[String], forbidden: &BTreeMap<String, String>) -> Self {
        let find = |words: Vec<&str>| {
            let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
            let builder = (!words.is_empty())
                .then(|| AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&words));
            builder.and_then(Result::ok)
        };
        let words: Vec<String> = words.iter().filter(|word| !word.is_empty()).cloned().collect();
        let forbidden: Vec<(String, String)> = forbidden
            .iter()
            .filter(|(word, _)| !word.is_empty())
            .map(|(word, right)| (word.clone(), right.clone()))
            .collect();
        Self {
            find_words: find(words.iter().map(String::as_str).collect()),
            find_forbidden: find(forbidden.iter().map(|(word, _)| word.as_str()).collect()),
            words,
            forbidden,
        }
    }

    /// The words that are right.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// The bytes of `text` at which words of the project stand.
    pub fn protected(&self, text: &str) -> Vec<Range<usize>> {
        self.find_words.iter().flat_map(|find| find.find_iter(text)).map(|hit| hit.range()).collect()
    }

    /// The bytes of `text` at which forbidden words stand, each with what is to stand there instead.
    pub fn forbidden<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Range<usize>, &'a str)> {
        let hits = self.find_forbidden.iter().flat_map(move |find| find.find_iter(text));
        hits.map(|hit| (hit.range(), self.forbidden[hit.pattern()].1.as_str()))
    }
}
