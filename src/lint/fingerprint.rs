//! What a finding is known by when lines move and neighbours change: its rule and its words, not its place.

use std::collections::HashMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::finding::Diagnostic;
use crate::text::document::Document;
use crate::text::surroundings::letters;

/// A finding without its place: what it is, and what stands before and behind it, each as a part of a BLAKE3
/// hash in hexadecimal.
///
/// Two findings that are the same and have the same on both sides are equal. One whose surroundings were
/// mended on one side is still [like](Self::is_like) the one that it was.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fingerprint {
    /// The rule, the words, and the message without its numbers, which may be those of a line or a count.
    pub finding: String,
    /// The letters before it.
    before: String,
    /// The letters behind it.
    behind: String,
}

/// Hexadecimal digits of the three parts.
const DIGITS: [usize; 3] = [16, 8, 8];

impl Fingerprint {
    fn new(source: &str, finding: &Diagnostic) -> Self {
        let message = finding.gist();
        let words = &source[finding.range.clone()];
        let before = letters(source[..finding.range.start].chars().rev());
        let behind = letters(source[finding.range.end..].chars());
        let hash = |text: &str, digits: usize| blake3::hash(text.as_bytes()).to_hex()[..digits].to_owned();
        Self {
            finding: hash(&format!("{}\0{words}\0{message}", finding.rule), DIGITS[0]),
            before: hash(&before, DIGITS[1]),
            behind: hash(&behind, DIGITS[2]),
        }
    }

    /// Is it the same finding with the same on one side at least?
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        self.finding == other.finding && (self.before == other.before || self.behind == other.behind)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.finding, self.before, self.behind)
    }
}

impl From<Fingerprint> for String {
    fn from(fingerprint: Fingerprint) -> Self {
        fingerprint.to_string()
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match &text.split('-').collect::<Vec<_>>()[..] {
            &[finding, before, behind] if [finding, before, behind].map(str::len) == DIGITS => {
                let [finding, before, behind] = [finding, before, behind].map(str::to_owned);
                Ok(Self { finding, before, behind })
            }
            _ => Err("no fingerprint"),
        }
    }
}

/// The fingerprints of findings of a document, one for each, in their order.
#[must_use]
pub fn fingerprints(document: &Document, findings: &[Diagnostic]) -> Vec<Fingerprint> {
    findings.iter().map(|finding| Fingerprint::new(document.source(), finding)).collect()
}

/// The same for a report in which no two findings may have one fingerprint: those of other files, and equal
/// ones of this one, are told apart. 32 hexadecimal digits.
#[must_use]
pub fn unique_fingerprints(path: &str, document: &Document, findings: &[Diagnostic]) -> Vec<String> {
    let mut seen: HashMap<Fingerprint, usize> = HashMap::new();
    let unique = |fingerprint: Fingerprint| {
        let nth = seen.entry(fingerprint.clone()).or_default();
        *nth += 1;
        let hash = blake3::hash(format!("{path}\0{fingerprint}\0{nth}").as_bytes());
        hash.to_hex()[..32].to_owned()
    };
    fingerprints(document, findings).into_iter().map(unique).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Config, Format, Linter};

    fn of(source: &str) -> Vec<Fingerprint> {
        let document = Document::new(source, Format::Plain);
        let found = Linter::new(&Config::default()).check(&document);
        let errors: Vec<_> = found.into_iter().filter(|d| d.rule == "typo/confusable-word").collect();
        fingerprints(&document, &errors)
    }

    #[test]
    fn a_fingerprint_moves_with_its_sentence() {
        let first = of("认真学习政冶理论。会议开得很好。");
        assert_eq!(first.len(), 1);
        assert_eq!(first, of("前言。\n\n　　认真学习 政冶理论，会议开得很好！\n"));
        assert_eq!(
            [&*first, &*first].concat(),
            of("认真学习政冶理论。会议开得很好。\n认真学习政冶理论。会议开得很好。\n")
        );
        assert!(Fingerprint::try_from(String::from(first[0].clone())) == Ok(first[0].clone()));
    }

    #[test]
    fn what_is_mended_on_one_side_leaves_it_alike() {
        let first = of("认真学习政冶理论。");
        let [mended, other] = [of("认真学习政冶理认。"), of("刻苦钻研政冶课程。")];
        assert!(first != mended && first[0].is_like(&mended[0]));
        assert!(!first[0].is_like(&other[0]));
    }

    #[test]
    fn equal_sentences_are_told_apart_in_a_report() {
        let document = Document::new("学习政冶。\n学习政冶。\n", Format::Plain);
        let found = Linter::new(&Config::default()).check(&document);
        let mut all = unique_fingerprints("a.txt", &document, &found);
        all.extend(unique_fingerprints("b.txt", &document, &found));
        let count = all.len();
        all.sort();
        all.dedup();
        assert!(count >= 4 && all.len() == count, "{all:?}");
    }
}
