//! What a fix changes, as a unified diff.

use similar::TextDiff;

use super::FixReport;

/// The diff; nothing where nothing changes.
#[must_use]
pub fn render(report: &FixReport<'_>) -> String {
    if report.fixed.is_empty() {
        return String::new();
    }
    let path = report.path.display().to_string();
    let diff = TextDiff::from_lines(report.before.source(), report.after.source());
    diff.unified_diff().context_radius(2).header(&path, &path).to_string()
}
