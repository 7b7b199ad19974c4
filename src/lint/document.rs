//! The rules that read the whole document.

use std::sync::atomic::{AtomicBool, Ordering};

use super::{ActiveRule, CACHED_IS_CHEAPER, Linter, MIN_BYTES_PER_THREAD, place};
use crate::finding::Diagnostic;
use crate::parallel;
use crate::rule::facts::{Extract, Facts};
use crate::rule::literals::Hit;
use crate::rule::{DocumentView, Scope};
use crate::rules;
use crate::text::document::Document;

/// Where the literals of document rules stand.
static LITERALS: Extract<Hit> = Extract::new(|text, _| rules::document_literals().find(text));

impl Linter {
    pub(super) fn run_document_rules(
        &self,
        document: &Document,
        facts: &Facts,
        cancelled: &AtomicBool,
    ) -> Vec<Diagnostic> {
        let literals = &facts.of(document, &LITERALS, None, 0);
        let document_type = self.config.document_type;
        let view = DocumentView { document, document_type, literals, first_list: 0, facts };
        let is_short = document.source().len() < MIN_BYTES_PER_THREAD * CACHED_IS_CHEAPER;
        let at_once = if is_short { self.rules.len().max(1) } else { 1 };
        parallel::flat_map(&self.rules, at_once, |_, &ActiveRule { rule, severity, needs }| {
            match rule.scope {
                Scope::Document(check) if !cancelled.load(Ordering::Relaxed) => {
                    let view = DocumentView { first_list: needs.first_list, ..view };
                    let findings = self.run_rule(rule, |out| check(&view, out));
                    let diagnostics = findings.into_iter();
                    diagnostics.map(|finding| place::diagnostic(finding, rule, severity)).collect::<Vec<_>>()
                }
                _ => Vec::new(),
            }
        })
    }
}
