//! From a finding in a paragraph's prose to a diagnostic in the source.

use crate::finding::{Diagnostic, Edit, Finding, Fix, Related, Severity};
use crate::rule::Rule;
use crate::text::block::Block;
use crate::text::document::Document;

/// A finding in bytes of the source as a diagnostic. It may ask for less than its rule's severity, never for
/// more: the configuration has the last word.
pub(super) fn diagnostic(finding: Finding, rule: &Rule, severity: Severity) -> Diagnostic {
    Diagnostic {
        rule: rule.id,
        severity: finding.severity.map_or(severity, |asked| asked.min(severity)),
        range: finding.range,
        message: finding.message,
        fixes: finding.fixes,
        related: finding.related,
        confidence: finding.confidence,
    }
}

/// A finding in bytes of a block's prose as a diagnostic.
pub(super) fn in_source(
    mut finding: Finding,
    rule: &Rule,
    severity: Severity,
    document: &Document,
    block: &Block,
) -> Diagnostic {
    let text = document.text(block);
    finding.fixes = finding.fixes.into_iter().filter_map(|fix| fix_in_source(fix, text, block)).collect();
    finding.range = block.to_source(finding.range);
    finding.related = finding
        .related
        .into_iter()
        .map(|related| Related { range: block.to_source(related.range), ..related })
        .collect();
    diagnostic(finding, rule, severity)
}

/// An edit across markup is trimmed to what it changes; where that still spans markup, there is no fix.
fn fix_in_source(fix: Fix, text: &str, block: &Block) -> Option<Fix> {
    let edit_in_source = |mut edit: Edit| {
        if !block.is_unbroken(&edit.range) {
            edit = edit.trimmed(text);
        }
        let is_unbroken = block.is_unbroken(&edit.range);
        is_unbroken.then(|| Edit { range: block.to_source(edit.range), text: edit.text })
    };
    let edits = fix.edits.into_iter().map(edit_in_source).collect::<Option<Vec<_>>>()?;
    Some(Fix { edits, ..fix })
}
