//! Which findings a run is about: those that the baseline does not know, on lines that have changed, and
//! grave enough.

use std::path::Path;

use super::changes::{Before, Changes, changed_lines};
use super::ignored::IgnoreFiles;
use super::known::BaselineFile;
use crate::config::ignored::IgnoredHere;
use crate::finding::{Diagnostic, Severity};
use crate::lint::baseline::Allowance;
use crate::text::charset;
use crate::text::document::Document;
use crate::text::position::LineIndex;

/// What a run is about.
pub(in crate::cli) struct Scope<'a> {
    pub(in crate::cli) baseline: Option<&'a BaselineFile>,
    pub(super) changes: Option<Changes>,
    pub(super) min_severity: Severity,
    pub(super) ignored: IgnoreFiles,
}

/// The same for one draft.
pub(in crate::cli) struct DraftScope<'a> {
    known: Allowance<'a>,
    before: Earlier,
    min_severity: Severity,
    pub(in crate::cli) ignored: IgnoredHere,
}

/// A draft as it was, where only what has changed matters.
enum Earlier {
    /// All of it matters.
    Nothing,
    /// None of it does.
    Same,
    Text(String),
}

/// What becomes of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Fate {
    Shown,
    /// It is in the baseline.
    Known,
    /// It is passed over by zhubi.ignore.toml.
    Ignored,
    /// It is on lines that have not changed.
    Unchanged,
    /// It is below the severities to show.
    Minor,
}

impl<'a> Scope<'a> {
    /// All that a baseline does not know.
    pub(in crate::cli) fn of_baseline(file: &'a BaselineFile, ignored: IgnoreFiles) -> Self {
        Self { baseline: Some(file), ..Self::of_ignored(ignored) }
    }

    /// All that is not passed over.
    pub(in crate::cli) fn of_ignored(ignored: IgnoreFiles) -> Self {
        Self { baseline: None, changes: None, min_severity: Severity::Hint, ignored }
    }

    /// The part of it that is about a draft.
    ///
    /// # Errors
    /// A message: git cannot say what the draft was.
    pub(super) fn of(&self, draft: &Path, is_saved: bool) -> Result<DraftScope<'a>, String> {
        let before = match &self.changes {
            None => Earlier::Nothing,
            Some(changes) => match changes.before(draft, is_saved)? {
                Before::Same => Earlier::Same,
                Before::Absent => Earlier::Nothing,
                Before::Bytes(bytes) => {
                    charset::decode(&bytes).map_or(Earlier::Nothing, |it| Earlier::Text(it.text))
                }
            },
        };
        let known = self.baseline.map(|file| file.allowance(draft)).unwrap_or_default();
        let ignored = self.ignored.here(draft);
        Ok(DraftScope { known, before, min_severity: self.min_severity, ignored })
    }
}

impl DraftScope<'_> {
    /// Is nothing in the draft of interest?
    pub(in crate::cli) fn is_unchanged(&self) -> bool {
        matches!(self.before, Earlier::Same)
    }

    /// What becomes of each finding.
    pub(in crate::cli) fn fates(&self, document: &Document, findings: &[Diagnostic]) -> Vec<Fate> {
        let known = self.known.known(document, findings);
        let ignored = self.ignored.places(document, findings);
        let source = document.source();
        let changed = match &self.before {
            Earlier::Nothing => None,
            Earlier::Same => Some(Vec::new()),
            Earlier::Text(before) => Some(changed_lines(before, source)),
        };
        let lines = LineIndex::new(source);
        let has_changed = |finding: &Diagnostic| {
            let first = lines.line(finding.range.start);
            let last = lines.line(finding.range.end.max(finding.range.start + 1) - 1);
            changed.as_ref().is_none_or(|all| all.iter().any(|it| it.start <= last && first < it.end))
        };
        let fate = |((finding, is_known), place): ((&Diagnostic, bool), Option<usize>)| match finding {
            _ if is_known => Fate::Known,
            _ if place.is_some() => Fate::Ignored,
            it if !has_changed(it) => Fate::Unchanged,
            it if it.severity < self.min_severity => Fate::Minor,
            _ => Fate::Shown,
        };
        findings.iter().zip(known).zip(ignored).map(fate).collect()
    }
}
