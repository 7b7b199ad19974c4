//! What is said of a line that stands with a slip in it.

use std::ops::Range;

use crate::chinese::wording::Slip;
use crate::finding::{Applicability, Finding, Severity};
use crate::typo::detector;
use crate::typo::model::confusion::Likeness;

/// The finding for a slip. `named` says what the line is, before it is quoted.
pub(super) fn finding(slip: Slip, severity: Severity, text: &str, named: &str, source: &str) -> Finding {
    let (wrong, right) = (&text[slip.range.clone()], &slip.right);
    let source = if source.is_empty() { String::new() } else { format!("（{source}）") };
    let message = match severity {
        Severity::Info => format!("{named}“{right}”{source}，这里的“{wrong}”是有意改动吗"),
        _ => format!("{named}“{right}”{source}，不是“{wrong}”"),
    };
    Finding::new(slip.range, message).with_severity(severity).replace(slip.right, Applicability::Suggested)
}

/// Does none of the findings, which stand in order, meet a range?
pub(super) fn is_free(findings: &[Finding], range: &Range<usize>) -> bool {
    let next = findings.partition_point(|finding| finding.range.end <= range.start);
    findings.get(next).is_none_or(|finding| range.end <= finding.range.start)
}

/// What differs by a character that sounds or looks alike is a slip, if the line is long enough not to be
/// another.
pub(super) fn severity_of_typing(slip: &Slip) -> Option<Severity> {
    if slip.length >= 7 || slip.is_continued {
        Some(Severity::Error)
    } else {
        (slip.is_clause || slip.is_line).then_some(Severity::Warning)
    }
}

/// Are only characters exchanged, for others that are alike or for each other?
pub(super) fn is_typed_wrong(slip: &Slip) -> bool {
    let alike = |(a, b): (char, char)| a == b || detector().likeness(a, b) != Likeness::None;
    let (wrong, right) = (&slip.differs.0, &slip.differs.1);
    is_disordered(slip)
        || wrong.chars().count() == right.chars().count() && wrong.chars().zip(right.chars()).all(alike)
}

/// Are the characters right, but not their order?
pub(super) fn is_disordered(slip: &Slip) -> bool {
    let sorted = |text: &str| {
        let mut chars: Vec<char> = text.chars().collect();
        chars.sort_unstable();
        chars
    };
    sorted(&slip.differs.0) == sorted(&slip.differs.1)
}
