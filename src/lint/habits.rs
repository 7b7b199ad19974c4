//! A fault that is in all of a document is one finding, and not one a paragraph.
//!
//! What a paragraph rule finds depends on its paragraph alone and is cached by it; so the findings are merged
//! here, after all else. Whoever picks among places (a baseline, `--changed-since`, `--fix`) does so before.

use super::{Linter, conflicts};
use crate::finding::Diagnostic;
use crate::rule::Scope;
use crate::text::document::Document;

impl Linter {
    /// Merges the findings of each rule that says how.
    pub(crate) fn merge_habits(&self, document: &Document, found: &mut Vec<Diagnostic>) {
        for active in &self.rules {
            let Scope::Habit(_, merge) = active.rule.scope else { continue };
            let is_own = |d: &mut Diagnostic| d.rule == active.rule.id && d.safe_fix().is_some();
            let own: Vec<Diagnostic> = found.extract_if(.., is_own).collect();
            if !own.is_empty() {
                found.extend(self.isolate(active.rule, || merge(document, own)));
                conflicts::sort(found);
            }
        }
    }
}
