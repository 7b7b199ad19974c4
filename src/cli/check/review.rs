//! Copies of a Word document with the findings in it: `--annotate` and `--suggest`.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::help::FIXES;
use crate::files::replace;
use crate::finding::{Applicability, Diagnostic, Edit};
use crate::lint::fix;
use crate::text::format::Format;
use crate::text::format::docx::review::{Comment, annotated, suggested};
use crate::text::read_error::ReadError;

/// The copies to write.
#[derive(Debug, Args)]
pub(super) struct Review {
    /// 另存一份 Word 文档，每处问题是一条批注
    #[arg(long, value_name = "新文档.docx", help_heading = FIXES)]
    annotate: Option<PathBuf>,
    /// 另存一份 Word 文档，每处改法是一处修订，在 Word、WPS 里逐处接受或拒绝
    #[arg(long, value_name = "新文档.docx", help_heading = FIXES)]
    suggest: Option<PathBuf>,
}

impl Review {
    pub(super) fn is_wanted(&self) -> bool {
        self.annotate.is_some() || self.suggest.is_some()
    }

    /// Why the copies cannot be made of these drafts.
    pub(super) fn refusal<'a>(&self, drafts: impl IntoIterator<Item = Option<&'a Path>>) -> Option<String> {
        if !self.is_wanted() {
            return None;
        }
        let drafts: Vec<Option<&Path>> = drafts.into_iter().collect();
        let [Some(draft)] = drafts[..] else {
            return Some("--annotate、--suggest 一次只能用于一份 .docx 文档，请写明是哪一份".to_owned());
        };
        let is_docx = Format::of_path(draft) == Format::Docx;
        if !is_docx {
            return Some(format!("--annotate、--suggest 只用于 .docx 文档，{} 不是", draft.display()));
        }
        let real = |path: &Path| path.canonicalize().ok();
        let copies = [self.annotate.as_deref(), self.suggest.as_deref()];
        let over =
            copies.into_iter().flatten().find(|copy| real(copy).is_some() && real(copy) == real(draft));
        over.map(|copy| format!("{} 就是原稿，请给批注、修订另起一个文件名", copy.display()))
    }

    /// Writes the copies of a draft with its findings.
    ///
    /// # Errors
    /// A message: a copy cannot be made or written.
    pub(super) fn write(&self, bytes: &[u8], findings: &[Diagnostic]) -> Result<(), String> {
        let made = |path: &Path, copy: Result<Vec<u8>, ReadError>| {
            let copy = copy.map_err(|why| format!("{}：没有写成：原稿{why}", path.display()))?;
            replace::replace(path, &copy)
        };
        if let Some(path) = &self.annotate {
            made(path, with_comments(bytes, findings))?;
        }
        if let Some(path) = &self.suggest {
            made(path, with_suggestions(bytes, findings))?;
        }
        Ok(())
    }
}

/// A copy of a document in which each finding is a comment.
///
/// # Errors
/// The bytes are no document of Word.
pub(in crate::cli) fn with_comments(bytes: &[u8], findings: &[Diagnostic]) -> Result<Vec<u8>, ReadError> {
    let comments: Vec<Comment> = findings.iter().map(comment).collect();
    annotated(bytes, &comments)
}

/// A copy of a document in which each fix is a tracked change.
///
/// # Errors
/// The bytes are no document of Word.
pub(in crate::cli) fn with_suggestions(bytes: &[u8], findings: &[Diagnostic]) -> Result<Vec<u8>, ReadError> {
    let edits: Vec<Edit> = fix::edits(findings, Applicability::Suggested).into_iter().cloned().collect();
    suggested(bytes, &edits)
}

/// What a comment says: the fault, the remedy, the rule.
fn comment(finding: &Diagnostic) -> Comment {
    let mut lines = vec![format!("{}：{}", finding.severity.chinese(), finding.message)];
    if let Some(fix) = finding.fixes.first() {
        lines.push(match fix.applicability {
            Applicability::Safe => fix.title.clone(),
            Applicability::Suggested => format!("建议{}", fix.title),
        });
    }
    lines.push(format!("规则 {}", finding.rule));
    Comment { range: finding.range.clone(), lines }
}
