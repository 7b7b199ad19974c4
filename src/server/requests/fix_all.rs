//! Many fixes of a document at once: the action `source.fixAll.zhubi` and its like.

use serde::{Deserialize, Serialize};
use tower_lsp_server::ls_types::CodeActionKind;

use crate::finding::group_of;
use crate::lint::fix_all::fix_all;
use crate::server::snapshot::Snapshot;
use crate::{Applicability, Diagnostic, Edit};

/// The kind of the action; `source.fixAll` holds it.
pub(crate) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.zhubi");

/// Whose fixes are applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Which {
    /// All that are safe.
    Safe,
    /// The safe ones of a rule.
    Rule(String),
    /// The safe ones of punctuation and numbering: what a formatter may do.
    Format,
    /// Those of the numbers of headings and of series, safe or not.
    Numbering,
}

/// The rules that speak of numbers of headings and of series.
const NUMBERING: [&str; 2] = ["structure/numbering", "structure/ordinal-series"];

impl Which {
    fn holds(&self, rule: &str) -> bool {
        match self {
            Self::Safe => true,
            Self::Rule(name) => rule == name,
            Self::Format => group_of(rule) == "punctuation" || NUMBERING.contains(&rule),
            Self::Numbering => NUMBERING.contains(&rule),
        }
    }

    fn least(&self) -> Applicability {
        if *self == Self::Numbering { Applicability::Suggested } else { Applicability::Safe }
    }

    /// How many of the findings have such a fix.
    pub(crate) fn count(&self, findings: &[Diagnostic]) -> usize {
        let fits = |finding: &&Diagnostic| {
            self.holds(finding.rule) && finding.applicability().is_some_and(|it| it >= self.least())
        };
        findings.iter().filter(fits).count()
    }
}

/// The edits after which none of these fixes is left; none where there is none now.
pub(crate) fn edits(snapshot: &Snapshot, which: &Which) -> Vec<Edit> {
    let Snapshot { draft, document, findings, .. } = snapshot;
    let picks = |finding: &Diagnostic| which.holds(finding.rule);
    fix_all(document, findings, &draft.in_force.linter, which.least(), picks).edits
}
