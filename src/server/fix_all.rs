//! Fixes for the whole document, applied until none is left: `source.fixAll.zhubi`, formatting and others.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::PoisonError;
use std::sync::atomic::AtomicBool;

use serde::{Deserialize, Serialize};

use super::snapshot::Snapshot;
use crate::lint::fix;
use crate::lint::fix_all::fix_all;
use crate::rule::{Rule, Scope};
use crate::rules;
use crate::{Applicability, Diagnostic, Document, Edit};

/// Which fixes are applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum FixSet {
    /// All safe ones.
    Safe,
    /// The safe ones of a rule.
    Rule(String),
    /// The safe ones that a formatter may apply.
    Format,
    /// Those that renumber headings and series, safe or not.
    Numbering,
}

impl FixSet {
    fn includes(&self, rule: &str) -> bool {
        match self {
            Self::Safe => true,
            Self::Rule(id) => rule == id,
            Self::Format => rules::find(rule).is_some_and(Rule::formats),
            Self::Numbering => rules::find(rule).is_some_and(Rule::renumbers),
        }
    }

    fn least(&self) -> Applicability {
        if *self == Self::Numbering { Applicability::Suggested } else { Applicability::Safe }
    }

    /// Has a finding such a fix?
    fn fixes(&self, finding: &Diagnostic) -> bool {
        self.includes(finding.rule) && finding.applicability().is_some_and(|it| it >= self.least())
    }
}

/// Does the best fix of a finding change nothing outside a selection?
fn is_within(finding: &Diagnostic, selection: &Range<usize>) -> bool {
    let edits = finding.fixes.first().map_or(&[][..], |fix| &fix.edits);
    edits.iter().all(|edit| selection.start <= edit.range.start && edit.range.end <= selection.end)
}

/// A habit is one finding a paragraph: of its fix what is selected, but for marks that need their other half.
fn clipped(mut finding: Diagnostic, selection: &Range<usize>) -> Diagnostic {
    let is_habit = rules::find(finding.rule).is_some_and(|rule| matches!(rule.scope, Scope::Habit(..)));
    if is_habit && !is_within(&finding, selection) {
        for fix in &mut finding.fixes {
            fix.edits.retain(|edit| {
                let is_selected = selection.start <= edit.range.start && edit.range.end <= selection.end;
                is_selected && !edit.text.contains(|c| "“”‘’（）《》〈〉【】「」『』〔〕[]()".contains(c))
            });
        }
        finding.fixes.retain(|fix| !fix.edits.is_empty());
    }
    finding
}

/// Such fixes of a document, or in a selection.
pub(crate) struct Fixes<'s> {
    pub(crate) snapshot: &'s Snapshot,
    pub(crate) which: FixSet,
    /// The bytes that are selected, where not all of the document is.
    pub(crate) selection: Option<Range<usize>>,
    findings: Cow<'s, [Diagnostic]>,
}

impl<'s> Fixes<'s> {
    /// Those of the document.
    pub(crate) fn of_document(snapshot: &'s Snapshot, which: FixSet) -> Self {
        Self { snapshot, which, selection: None, findings: Cow::Borrowed(&snapshot.findings) }
    }

    /// Those in a selection, where every place counts, also of what is one finding in the whole document.
    pub(crate) fn in_selection(snapshot: &'s Snapshot, which: FixSet, selection: Range<usize>) -> Self {
        let Snapshot { state, document, .. } = snapshot;
        let mut findings = Vec::new();
        if state.skip_reason().is_none() {
            let mut checker = state.checker.lock().unwrap_or_else(PoisonError::into_inner);
            findings = checker.check_by_place(document, &AtomicBool::new(false)).unwrap_or_default();
            drop(checker);
            state.config.ignored.drop_from(document, &mut findings);
        }
        let findings = findings.into_iter().map(|it| clipped(it, &selection)).collect();
        Self { snapshot, which, selection: Some(selection), findings: Cow::Owned(findings) }
    }

    /// How many findings have one.
    pub(crate) fn count(&self) -> usize {
        let is_here =
            |it: &Diagnostic| self.selection.as_ref().is_none_or(|selection| is_within(it, selection));
        self.findings.iter().filter(|it| self.which.fixes(it) && is_here(it)).count()
    }

    /// The edits after which none is left. What stands behind a selection moves as a whole; what is passed
    /// over is left alone.
    pub(crate) fn edits(&self) -> Vec<Edit> {
        let Snapshot { state, document, .. } = self.snapshot;
        let ignored = &state.config.ignored;
        let picks = |now: &Document, found: &[Diagnostic]| {
            let changed = now.source() != document.source();
            let selection = self.selection.as_ref().map(|selection| {
                let behind = document.source().len() - selection.end;
                selection.start..now.source().len() - behind
            });
            let picks = |it: &Diagnostic| {
                self.which.includes(it.rule)
                    && selection.as_ref().is_none_or(|selection| is_within(it, selection))
                    && ignored.lets_fix(now, it, changed)
            };
            found.iter().map(picks).collect()
        };
        fix_all(document, &self.findings, &state.config.linter, self.which.least(), picks).edits
    }

    /// The edits of all of them at once. One may make room for another, which is not looked for.
    pub(crate) fn edits_at_once(&self) -> Vec<Edit> {
        let found = self.findings.iter().filter(|it| self.which.includes(it.rule));
        fix::edits(found, self.which.least()).into_iter().cloned().collect()
    }
}
