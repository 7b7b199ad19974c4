//! One draft: read, checked, and fixed where that is asked for.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Arguments, Target};
use crate::files::replace;
use crate::files::{self, Input};
use crate::finding::{Applicability, Diagnostic, Edit};
use crate::lint::Linter;
use crate::lint::fix_all::{FixAll, Fixed, fix_all};
use crate::text::document::Document;
use crate::text::position::LineIndex;

/// What came of a target.
pub(super) struct Checked {
    pub(super) path: PathBuf,
    /// The text that the findings are in: as it is now, with `--diff` as it would be.
    pub(super) document: Document,
    pub(super) findings: Vec<Diagnostic>,
    /// What was fixed, and the text before that.
    pub(super) fixed: Vec<Fixed>,
    pub(super) edits: Vec<Edit>,
    pub(super) before: Option<Document>,
    /// What standard input becomes on standard output: fixed where it could be.
    pub(super) filtered: Option<Vec<u8>>,
    /// Messages beside the findings.
    pub(super) notes: Vec<String>,
    /// Something that was asked for could not be done.
    pub(super) failed: bool,
    /// A fix can be, or has been, written to where the text came from.
    pub(super) can_be_written: bool,
}

/// Checks a target.
///
/// # Errors
/// A message in Chinese: it cannot be read.
pub(super) fn check(target: &Target, linter: &Arc<Linter>, arguments: &Arguments) -> Result<Checked, String> {
    let input = match target {
        Target::Stdin => files::read_stdin(arguments.stdin_filename.as_deref())?,
        Target::File(path) => files::read(path)?,
    };
    let document = input.document()?;
    let findings = linter.check(&document);
    let is_whole = document.unread() == 0;
    let mut checked = Checked {
        path: input.path.clone(),
        document,
        findings,
        fixed: Vec::new(),
        edits: Vec::new(),
        before: None,
        filtered: None,
        notes: Vec::new(),
        failed: false,
        can_be_written: is_whole && !is_read_only(target),
    };
    let fixes = arguments.fix || arguments.diff;
    if !is_whole {
        checked.notes.push(unread_note(&checked, fixes));
        let least = arguments.min_severity;
        checked.failed =
            fixes && checked.findings.iter().any(|d| d.severity >= least && d.safe_fix().is_some());
    } else if fixes {
        checked.fix(target, &input, linter, arguments);
    }
    if arguments.is_filter() && matches!(target, Target::Stdin) {
        checked.filtered.get_or_insert(input.bytes);
    }
    Ok(checked)
}

impl Checked {
    /// Is there nothing to check in it?
    pub(super) fn is_empty(&self) -> bool {
        self.document.source().trim().is_empty()
    }

    /// Fixes the text, and writes it where it came from.
    fn fix(&mut self, target: &Target, input: &Input, linter: &Arc<Linter>, arguments: &Arguments) {
        let picks = |d: &Diagnostic| d.severity >= arguments.min_severity;
        let FixAll { document, findings, fixed, edits } =
            fix_all(&self.document, &self.findings, linter, Applicability::Safe, picks);
        if fixed.is_empty() {
            return;
        }
        if !arguments.diff {
            let bytes = input.format.write(&input.bytes, &edits).map_err(|why| why.to_string());
            let written = bytes.and_then(|bytes| match target {
                Target::File(path) => replace::exchange(path, &input.bytes, &bytes),
                Target::Stdin => {
                    self.filtered = Some(bytes);
                    Ok(())
                }
            });
            if let Err(message) = written {
                (self.failed, self.can_be_written) = (true, false);
                return self.notes.push(message);
            }
        }
        self.before = Some(std::mem::replace(&mut self.document, document));
        (self.findings, self.fixed, self.edits) = (findings, fixed, edits);
    }
}

/// Has its owner protected it? Then no fix can be promised.
fn is_read_only(target: &Target) -> bool {
    let Target::File(path) = target else { return false };
    std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().readonly())
}

/// At most this many lines are listed.
const MAX_LINES: usize = 5;

/// Where bytes could not be read.
fn unread_note(checked: &Checked, fixes: bool) -> String {
    let text = checked.document.source();
    let lines = LineIndex::new(text);
    let mut places: Vec<usize> = text.match_indices('\u{FFFD}').map(|(at, _)| lines.line(at) + 1).collect();
    places.dedup();
    let listed: Vec<String> = places.iter().take(MAX_LINES).map(|line| format!("第{line}行")).collect();
    let more = if places.len() > MAX_LINES { "等" } else { "" };
    let unfixed = if fixes { "，没有改正它" } else { "" };
    format!(
        "{}：{}{more}有无法识别的字节{unfixed}；请对照原稿补上，用 UTF-8 编码另存",
        checked.path.display(),
        listed.join("、")
    )
}
