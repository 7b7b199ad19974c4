//! Our own part of the protocol, as it goes over the wire: requests, notifications and commands that only
//! zhubi knows. docs/editors.md describes them for those who write an editor's side.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tower_lsp_server::ls_types::CodeActionKind;
use tower_lsp_server::ls_types::notification::Notification;
/// The only types of the protocol that the whole server uses: names that the client gives.
pub(crate) use tower_lsp_server::ls_types::{ProgressToken, Uri};

/// All safe fixes of a document. A client that asks for `source.fixAll` gets it as well.
pub(crate) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.zhubi");

/// Puts the numbers of headings and series in order.
pub(crate) const RENUMBER: CodeActionKind = CodeActionKind::new("refactor.rewrite.zhubi.numbering");

/// The command that checks all drafts of the workspace.
pub(crate) const CHECK_WORKSPACE: &str = "zhubi.checkWorkspace";

/// The command that adds a word to a dictionary; its argument is [`AddWord`].
pub(crate) const ADD_WORD: &str = "zhubi.addWord";

/// The command that turns a rule off for the project; its argument is [`IgnoreRule`].
pub(crate) const IGNORE_RULE: &str = "zhubi.ignoreRule";

/// The command that passes over a finding without touching the draft; its argument is [`PassOver`].
pub(crate) const PASS_OVER: &str = "zhubi.passOver";

/// A word, and the dictionary to add it to.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct AddWord {
    pub(crate) word: String,
    pub(crate) scope: DictionaryScope,
    /// A document of the project.
    pub(crate) uri: Uri,
}

/// Whose dictionary.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum DictionaryScope {
    Project,
    User,
}

/// A rule to turn off, and a document of the project.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct IgnoreRule {
    pub(crate) rule: String,
    pub(crate) uri: Uri,
}

/// A place to pass over: what zhubi.ignore.toml is to say of it. Without `text` it is all that the rule
/// finds.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct PassOver {
    /// The document.
    pub(crate) uri: Uri,
    pub(crate) rule: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) after: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) message: Option<String>,
}

/// The parameters of `zhubi/text`, `zhubi/status` and `zhubi/trace`.
#[derive(Debug, Deserialize)]
pub(crate) struct DocumentParams {
    pub(crate) uri: Uri,
}

/// The answer to `zhubi/text`: the text of an open document as the server has it. It serves tests of
/// synchronisation, a client's and ours; no editor needs it.
#[derive(Debug, Serialize)]
pub(crate) struct TextResult {
    pub(crate) text: String,
    pub(crate) version: i32,
}

/// The answer to `zhubi/trace`: what was computed of a document and how long it took, as Markdown.
#[derive(Debug, Serialize)]
pub(crate) struct Trace {
    pub(crate) text: String,
}

/// The answer to `zhubi/status`, and the parameters of [`StatusNotification`]: what a status bar shows.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Status {
    pub(crate) uri: Uri,
    pub(crate) version: i32,
    pub(crate) state: CheckState,
    pub(crate) words: usize,
    pub(crate) characters: usize,
    pub(crate) target: Option<usize>,
    pub(crate) document_type: Option<DocumentType>,
    pub(crate) findings: FindingCounts,
}

/// Is the document checked?
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CheckState {
    Ready,
    Disabled,
    TooLarge,
    Excluded,
    NoDraft,
}

/// The kind of a document.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct DocumentType {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// The number of findings by severity.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct FindingCounts {
    pub(crate) error: usize,
    pub(crate) warning: usize,
    pub(crate) info: usize,
    pub(crate) hint: usize,
}

/// `zhubi/status`, sent after each check to a client that asked for it when it started the server.
#[derive(Debug)]
pub(crate) enum StatusNotification {}

impl Notification for StatusNotification {
    type Params = Status;
    const METHOD: &'static str = "zhubi/status";
}

/// `$/progress` with any value: the type in `ls_types` knows no partial results.
#[derive(Debug)]
pub(crate) enum ProgressNotification {}

impl Notification for ProgressNotification {
    type Params = Value;
    const METHOD: &'static str = "$/progress";
}

/// The path of a document that is a file.
pub(crate) fn file_path(uri: &Uri) -> Option<PathBuf> {
    let is_file = uri.scheme().as_str().eq_ignore_ascii_case("file");
    is_file.then(|| uri.to_file_path()).flatten().map(std::borrow::Cow::into_owned)
}
