//! One draft: read, checked, and mended where that is asked for.

use std::path::PathBuf;

use super::{Arguments, Target};
use crate::files::replace;
use crate::files::{self, Source};
use crate::finding::Diagnostic;
use crate::lint::Linter;
use crate::lint::mend::{Fixed, Mended, mend};
use crate::text::charset::{self, Charset};
use crate::text::document::Document;
use crate::text::format::Format;
use crate::text::position::LineIndex;

/// What came of a target.
pub(super) struct Checked {
    pub(super) path: PathBuf,
    /// The text that the findings are in: as it is now, with `--diff` as it would be.
    pub(super) document: Document,
    pub(super) findings: Vec<Diagnostic>,
    pub(super) charset: Charset,
    /// What was changed, and the text before that.
    pub(super) fixed: Vec<Fixed>,
    pub(super) before: Option<Document>,
    /// For standard output: what came in, mended where it could be.
    pub(super) mended: Option<Vec<u8>>,
    /// What is to be said beside the findings.
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
pub(super) fn check(target: &Target, linter: &Linter, arguments: &Arguments) -> Result<Checked, String> {
    let path = match target {
        Target::Stdin => arguments.stdin_filename.clone().unwrap_or_else(|| PathBuf::from("<标准输入>")),
        Target::File(path) => path.clone(),
    };
    let named = |why: String| format!("{}：{why}", path.display());
    let bytes = match target {
        Target::Stdin => files::stdin_bytes()?,
        Target::File(path) => files::bytes(path)?,
    };
    let source = Source::decode(&bytes).map_err(named)?;
    let document = Document::new(source.text, Format::of_path(&path));
    let findings = linter.check(&document);
    let mut checked = Checked {
        path,
        document,
        findings,
        charset: source.charset,
        fixed: Vec::new(),
        before: None,
        mended: None,
        notes: Vec::new(),
        failed: false,
        can_be_written: source.unread == 0 && !is_protected(target),
    };
    if source.unread > 0 {
        let fixes = arguments.fix || arguments.diff;
        checked.notes.push(unread_note(&checked, fixes));
        let least = arguments.min_severity;
        checked.failed =
            fixes && checked.findings.iter().any(|d| d.severity >= least && d.safe_fix().is_some());
    } else if arguments.fix || arguments.diff {
        checked.mend(target, &bytes, linter, arguments);
    }
    if arguments.fix && !arguments.diff && matches!(target, Target::Stdin) {
        let text = checked.document.source();
        let is_whole = source.unread == 0 && !checked.fixed.is_empty();
        checked.mended = Some(if is_whole { charset::encode(text, source.charset) } else { bytes });
    }
    Ok(checked)
}

impl Checked {
    /// Is there nothing to check in it?
    pub(super) fn is_empty(&self) -> bool {
        self.document.source().trim().is_empty()
    }

    /// Mends the text, and writes it where it came from.
    fn mend(&mut self, target: &Target, bytes: &[u8], linter: &Linter, arguments: &Arguments) {
        let Mended { document, findings, fixed } =
            mend(&self.document, &self.findings, arguments.min_severity, linter);
        if fixed.is_empty() {
            return;
        }
        if let (Target::File(path), false) = (target, arguments.diff) {
            let written = replace::exchange(path, bytes, &charset::encode(document.source(), self.charset));
            if let Err(message) = written {
                (self.failed, self.can_be_written) = (true, false);
                return self.notes.push(message);
            }
        }
        self.before = Some(std::mem::replace(&mut self.document, document));
        (self.findings, self.fixed) = (findings, fixed);
    }
}

/// Has its owner protected it? What can be mended in it is then not to be promised.
fn is_protected(target: &Target) -> bool {
    let Target::File(path) = target else { return false };
    std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().readonly())
}

/// More lines than these are not listed.
const MOST_LINES: usize = 5;

/// Where bytes could not be read.
fn unread_note(checked: &Checked, fixes: bool) -> String {
    let text = checked.document.source();
    let lines = LineIndex::new(text);
    let mut places: Vec<usize> = text.match_indices('\u{FFFD}').map(|(at, _)| lines.line(at) + 1).collect();
    places.dedup();
    let listed: Vec<String> = places.iter().take(MOST_LINES).map(|line| format!("第{line}行")).collect();
    let more = if places.len() > MOST_LINES { "等" } else { "" };
    let unfixed = if fixes { "，没有改正它" } else { "" };
    format!(
        "{}：{}{more}有无法识别的字节{unfixed}；请对照原稿补上，用 UTF-8 编码另存",
        checked.path.display(),
        listed.join("、")
    )
}
