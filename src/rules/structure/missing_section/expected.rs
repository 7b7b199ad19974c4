//! The parts that kinds of documents expect, with their patterns compiled.

use std::sync::LazyLock;

use regex::Regex;

use super::fault::is_fault;
use crate::doctype::{PARTS, Part};

/// The patterns of [`PARTS`], in the same order.
pub(super) static EXPECTED: LazyLock<Vec<Expected>> =
    LazyLock::new(|| PARTS.iter().map(Expected::new).collect());

/// How a part is found.
pub(super) struct Expected {
    in_headings: Regex,
    in_text: Regex,
    faults: Option<Regex>,
}

impl Expected {
    fn new(part: &Part) -> Self {
        let any =
            |patterns: &[&str]| Regex::new(&patterns.join("|")).expect("tested with the kinds of documents");
        Self {
            in_headings: any(part.in_headings),
            in_text: any(part.in_text),
            faults: (!part.faults.is_empty()).then(|| any(part.faults)),
        }
    }

    /// Is this the heading of the part?
    pub(super) fn is_heading(&self, title: &str) -> bool {
        self.matches(&self.in_headings, title)
    }

    /// Does a paragraph tell what belongs to the part?
    pub(super) fn is_told(&self, text: &str) -> bool {
        self.matches(&self.in_text, text)
            || self.faults.as_ref().is_some_and(|faults| self.matches(faults, text))
    }

    /// In a part about faults, only what is still wrong counts.
    fn matches(&self, pattern: &Regex, text: &str) -> bool {
        match self.faults {
            Some(_) => pattern.find_iter(text).any(|found| is_fault(text, found.range())),
            None => pattern.is_match(text),
        }
    }
}
