//! The parts that kinds of documents expect, with their patterns compiled.

use std::sync::{LazyLock, OnceLock};

use regex::Regex;

use super::fault::is_fault;
use crate::doctype::{PARTS, Part};

/// The patterns of [`PARTS`], in the same order.
pub(super) static EXPECTED: LazyLock<Vec<Expected>> =
    LazyLock::new(|| PARTS.iter().map(Expected::new).collect());

/// How a part is found. What no document asks for is not compiled.
pub(super) struct Expected {
    part: &'static Part,
    in_headings: OnceLock<Regex>,
    in_text: OnceLock<Regex>,
    faults: OnceLock<Regex>,
}

impl Expected {
    fn new(part: &'static Part) -> Self {
        let [in_headings, in_text, faults] = [const { OnceLock::new() }; 3];
        Self { part, in_headings, in_text, faults }
    }

    /// Is this the heading of the part?
    pub(super) fn is_heading(&self, title: &str) -> bool {
        self.matches(&self.in_headings, self.part.in_headings, title)
    }

    /// Does a paragraph tell what belongs to the part?
    pub(super) fn is_told(&self, text: &str) -> bool {
        self.matches(&self.in_text, self.part.in_text, text)
            || self.is_about_faults() && self.matches(&self.faults, self.part.faults, text)
    }

    fn is_about_faults(&self) -> bool {
        !self.part.faults.is_empty()
    }

    /// In a part about faults, only what is still wrong counts.
    fn matches(&self, compiled: &OnceLock<Regex>, patterns: &[&str], text: &str) -> bool {
        let any = || Regex::new(&patterns.join("|")).expect("tested with the kinds of documents");
        let pattern = compiled.get_or_init(any);
        if self.is_about_faults() {
            pattern.find_iter(text).any(|found| is_fault(text, found.range()))
        } else {
            pattern.is_match(text)
        }
    }
}
