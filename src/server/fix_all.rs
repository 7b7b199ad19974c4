//! Fixes for the whole document, applied until none is left: `source.fixAll.zhubi`, formatting and others.

use serde::{Deserialize, Serialize};

use super::snapshot::Snapshot;
use crate::lint::fix_all::fix_all;
use crate::rule::Rule;
use crate::rules;
use crate::{Applicability, Diagnostic, Edit};

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

    /// The number of findings that have such a fix.
    pub(crate) fn count(&self, findings: &[Diagnostic]) -> usize {
        let fits = |finding: &&Diagnostic| {
            self.includes(finding.rule) && finding.applicability().is_some_and(|it| it >= self.least())
        };
        findings.iter().filter(fits).count()
    }
}

/// The edits after which none of these fixes is left.
pub(crate) fn edits(snapshot: &Snapshot, which: &FixSet) -> Vec<Edit> {
    let Snapshot { state, document, findings, .. } = snapshot;
    let picks = |finding: &Diagnostic| which.includes(finding.rule);
    fix_all(document, findings, &state.config.linter, which.least(), picks).edits
}
