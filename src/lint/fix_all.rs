//! Applies fixes round after round until none is left: one fix may make room for another.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::edited_text::EditedText;
use super::{Checker, Linter, fix};
use crate::finding::{Applicability, Diagnostic, Edit, Severity};
use crate::text::document::Document;

/// Fixes that undo each other would never settle.
const MAX_ROUNDS: usize = 10;

/// A document after its fixes.
#[derive(Debug)]
pub struct FixAll {
    /// The document now.
    pub document: Document,
    /// What is found in it.
    pub findings: Vec<Diagnostic>,
    /// The findings that were fixed, by their places in the document before.
    pub fixed: Vec<Fixed>,
    /// The edits that lead from the document before to this one, in order.
    pub edits: Vec<Edit>,
}

/// A finding that was fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The rule.
    pub rule: &'static str,
    /// How much it mattered.
    pub severity: Severity,
    /// What was wrong.
    pub message: String,
    /// What was changed: one edit at least.
    pub edits: Vec<Change>,
}

/// What an edit changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The bytes of the document before all fixes.
    pub range: Range<usize>,
    /// What was replaced.
    pub before: String,
    /// What replaces it.
    pub after: String,
}

/// Applies the best fixes, if at least as applicable as `least`, of the findings that `picks` picks among
/// those of a document, in every round anew.
#[must_use]
pub fn fix_all(
    document: &Document,
    findings: &[Diagnostic],
    linter: &Arc<Linter>,
    least: Applicability,
    picks: impl Fn(&Document, &[Diagnostic]) -> Vec<bool>,
) -> FixAll {
    let mut checker = Checker::new(linter.clone());
    let mut text = EditedText::new(document.source().len());
    let (mut now, mut findings, mut fixed) = (document.clone(), findings.to_vec(), Vec::new());
    for _ in 0..MAX_ROUNDS {
        let picked = findings.iter().zip(picks(&now, &findings)).filter(|(_, is_picked)| *is_picked);
        let taken = fix::fixable(picked.map(|(finding, _)| finding), least);
        if taken.is_empty() {
            break;
        }
        fixed.extend(taken.iter().map(|d| settled(d, now.source(), &text)));
        let edits = fix::best_edits(&taken);
        now = now.edited(&edits);
        text.apply(&edits);
        findings = checker.check_by_place(&now, &AtomicBool::new(false)).unwrap_or_default();
    }
    fixed.sort_by_key(|fixed: &Fixed| fixed.edits.first().map(|edit| edit.range.start));
    FixAll { document: now, findings, fixed, edits: text.edits(document.source()) }
}

fn settled(d: &Diagnostic, source: &str, text: &EditedText) -> Fixed {
    let edits = d.fixes.first().into_iter().flat_map(|fix| &fix.edits);
    let changes = edits.map(|edit| {
        let start = text.start_before(edit.range.start);
        Change {
            range: start..text.end_before(edit.range.end).max(start),
            before: source[edit.range.clone()].to_owned(),
            after: edit.text.clone(),
        }
    });
    Fixed { rule: d.rule, severity: d.severity, message: d.message.clone(), edits: changes.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::text::format::Format;

    fn fixed(text: &str, least: Severity) -> FixAll {
        let document = Document::new(text, Format::Plain);
        let linter = Arc::new(Linter::new(&Config::default()));
        let findings = linter.check(&document);
        fix_all(&document, &findings, &linter, Applicability::Safe, |_, found| {
            found.iter().map(|d| d.severity >= least).collect()
        })
    }

    #[test]
    fn what_was_changed_stood_there_before() {
        let text = "一、认真学习政冶理论,开设\"园地\"拦目。\n二、按步就班,认真学习政冶理论,再接再励。\n";
        let all = fixed(text, Severity::Hint);
        assert!(all.fixed.len() > 4, "{:?}", all.fixed);
        for edit in all.fixed.iter().flat_map(|fixed| &fixed.edits) {
            assert_eq!(text[edit.range.clone()], edit.before);
        }
        assert!(all.findings.iter().all(|d| d.safe_fix().is_none()), "{:?}", all.findings);
        assert_eq!(crate::finding::apply(text, &all.edits), all.document.source());
    }

    #[test]
    fn what_is_not_picked_is_not_changed() {
        let all = fixed("认真学习政冶理论,再做工作。", Severity::Error);
        assert_eq!(all.document.source(), "认真学习政治理论,再做工作。");
        assert_eq!(all.fixed.len(), 1);
    }
}
