//! Tests of rules read as prose: 〔wrong→right〕 stands where a mark is expected, 〔wrong〕 where it has no
//! single replacement.

use super::Rule;
use crate::config::Config;
use crate::finding::{Applicability, Diagnostic};
use crate::lint::Linter;
use crate::lint::fix;
pub(crate) use crate::rule::example::{marked, unmarked};
use crate::text::document::Document;
use crate::text::format::Format;

fn lint(rule: &Rule, text: &str, format: Format) -> Vec<Diagnostic> {
    let config = Config { select: Some(vec![rule.id.to_owned()]), ..Config::default() };
    Linter::new(&config).check(&Document::new(text, format))
}

/// The rule marks exactly what is bracketed in plain text.
#[track_caller]
pub(crate) fn check(rule: &Rule, expected: &str) {
    check_in(rule, Format::Plain, expected);
}

/// The rule marks exactly what is bracketed in a format.
#[track_caller]
pub(crate) fn check_in(rule: &Rule, format: Format, expected: &str) {
    let text = unmarked(expected);
    assert_eq!(marked(&text, &lint(rule, &text, format)), expected);
}

/// The rule has nothing to say of a text, which may hold brackets of its own.
#[track_caller]
pub(crate) fn check_clean(rule: &Rule, text: &str) {
    assert_eq!(marked(text, &lint(rule, text, Format::Plain)), text);
}

/// The rule's safe fixes make one text into another, in which they find nothing more.
#[track_caller]
pub(crate) fn check_fix(rule: &Rule, before: &str, after: &str) {
    let fixed =
        |text: &str| fix::apply(text, &fix::edits(&lint(rule, text, Format::Plain), Applicability::Safe));
    assert_eq!(fixed(before), after);
    assert_eq!(fixed(after), after, "not idempotent");
}

/// The rule's best fixes, safe or not, make one text into another.
#[track_caller]
pub(crate) fn check_suggestion(rule: &Rule, before: &str, after: &str) {
    let found = lint(rule, before, Format::Plain);
    assert_eq!(fix::apply(before, &fix::edits(&found, Applicability::Suggested)), after);
}

/// A text after the rule's best fixes, safe or not.
pub(crate) fn suggestion(rule: &Rule, format: Format, text: &str) -> String {
    fix::apply(text, &fix::edits(&lint(rule, text, format), Applicability::Suggested))
}

/// The rule's findings in plain text.
pub(crate) fn findings(rule: &Rule, text: &str) -> Vec<Diagnostic> {
    lint(rule, text, Format::Plain)
}

/// The messages of the rule's findings in plain text.
pub(crate) fn messages(rule: &Rule, text: &str) -> Vec<String> {
    lint(rule, text, Format::Plain).into_iter().map(|d| d.message).collect()
}
