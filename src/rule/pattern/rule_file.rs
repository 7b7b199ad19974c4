//! A rule of zhubi's own, as it is written in `src/rules/**/*.toml`. Only the build script and the tests read it.

use serde::Deserialize;

use super::source::Row;
use crate::finding::Severity;

/// A rule of zhubi's own whose knowledge is a list of phrases and frames.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RuleFile {
    /// What it finds, in a few words.
    pub(crate) summary: String,
    /// How much its findings matter, at the most, and where a row does not say otherwise.
    pub(crate) severity: Severity,
    /// The beginning of its page, in Markdown.
    pub(crate) doc: String,
    /// Sentences for its page, with 〔wrong→right〕 for what it marks.
    pub(crate) bad: Vec<String>,
    /// Sentences for its page that it leaves alone, each with the reason in （） after a space.
    pub(crate) good: Vec<String>,
    /// On what authority.
    pub(crate) basis: String,
    /// The message of rows that have none.
    pub(crate) message: Option<String>,
    /// Marks only the first place of a paragraph.
    #[serde(default)]
    pub(crate) once: bool,
    #[serde(rename = "rule")]
    pub(crate) rows: Vec<Row>,
}

impl RuleFile {
    /// The page of the rule, in Markdown.
    pub(crate) fn page(&self) -> String {
        let list = |lines: &[String]| lines.iter().map(|line| format!("- {line}\n")).collect::<String>();
        let (doc, basis) = (self.doc.trim(), self.basis.trim());
        let (bad, good) = (list(&self.bad), list(&self.good));
        format!("{doc}\n\n## 例\n{bad}\n## 不报\n{good}\n## 依据\n{basis}\n")
    }
}
