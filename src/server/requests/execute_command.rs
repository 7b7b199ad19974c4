//! `workspace/executeCommand`: commands that change more than the document, or look at more than it.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;
use serde_json::{Value, json};
use toml_edit::{Array, DocumentMut, Item, TableLike, value};
use tower_lsp_server::jsonrpc;

use crate::config::ignored::{IgnoreFile, Ignored, rule_of};
use crate::config::{refusal, words_of};
use crate::files::{self, replace};
use crate::lint::collection::Collection;
use crate::rules::selector::check_selector;
use crate::server::message::Message;
use crate::server::protocol::{
    ADD_WORD, AddWord, DictionaryScope, IGNORE_RULE, IgnoreRule, PASS_OVER, PassOver, Uri, file_path,
};
use crate::server::snapshot::Snapshot;
use crate::server::workspace::{self, DraftCheck, Workspace};
use crate::server::workspace_check::WorkspaceCheck;

/// Checks all drafts that are not open, and publishes the findings where the client does not pull them.
/// Returns the numbers of drafts and findings. Drafts are compared with each other and with open ones.
pub(crate) async fn check_workspace(
    mut check: WorkspaceCheck,
    open: Vec<Arc<Snapshot>>,
    tell: impl Fn(Message),
) -> jsonrpc::Result<Value> {
    let mut documents = Collection::default();
    for snapshot in &open {
        workspace::compare(snapshot, &mut documents, &mut Vec::new());
    }
    let documents = Mutex::new(documents);
    let work = move |workspace: &mut Workspace, uri: &Uri, cancelled: &AtomicBool| {
        let mut snapshot = workspace.check(uri, cancelled)?;
        // A client that pulls is given one draft at a time, and would never see this.
        if !workspace.capabilities.pulls {
            let mut documents = documents.lock().unwrap_or_else(PoisonError::into_inner);
            let mut findings = std::mem::take(&mut snapshot.findings);
            workspace::compare(&snapshot, &mut documents, &mut findings);
            snapshot.findings = findings;
        }
        let count = snapshot.findings.len();
        Some((count, (!workspace.capabilities.pulls).then(|| DraftCheck::of(snapshot))))
    };
    let work = Arc::new(work);
    let (mut files, mut findings) = (0, 0);
    check.begin().await?;
    while let Some(result) = check.next(work.clone()).await? {
        let Some((count, checked)) = result else { continue };
        files += 1;
        findings += count;
        if let Some(checked) = checked {
            tell(Message::DraftChecked(checked));
        }
    }
    tell(Message::WorkspaceChecked(check.drafts()));
    Ok(json!({ "files": files, "findings": findings }))
}

/// Runs a command that edits what belongs to the project or to the writer.
///
/// # Errors
/// A message for the writer.
pub(crate) fn edit(workspace: &Workspace, command: &str, arguments: Vec<Value>) -> Result<(), String> {
    match command {
        ADD_WORD => add_word(workspace, &argument(arguments)?),
        PASS_OVER => pass_over(workspace, argument(arguments)?),
        IGNORE_RULE => {
            let IgnoreRule { rule, uri } = argument(arguments)?;
            check_selector(&rule)?;
            edit_project(workspace, &uri, |project| push(project.as_table_mut(), "ignore", &rule))
        }
        other => Err(format!("没有“{other}”这个命令")),
    }
}

/// The only argument of a command.
fn argument<T: for<'a> Deserialize<'a>>(arguments: Vec<Value>) -> Result<T, String> {
    let only = arguments.into_iter().next().unwrap_or_default();
    let refused = |message: String| refusal(&message).unwrap_or(message);
    serde_json::from_value(only).map_err(|error| format!("命令的参数有误：{}", refused(error.to_string())))
}

fn pass_over(workspace: &Workspace, place: PassOver) -> Result<(), String> {
    let PassOver { uri, rule, text, before, after, message } = place;
    let rule = rule_of(&rule)?;
    let draft = file_path(&uri).ok_or("这个文稿还没有存成文件，没法记下；请先保存")?;
    let path =
        workspace.configurations.ignore_file(&draft, &uri).ok_or("找不到放 zhubi.ignore.toml 的文件夹")?;
    let place = Ignored { text, before, after, message, ..Ignored::all_of(String::new(), rule) };
    IgnoreFile::add(&path, &draft, place)
}

fn add_word(workspace: &Workspace, AddWord { word, scope, uri }: &AddWord) -> Result<(), String> {
    let word = word.trim();
    if word.is_empty() || word.contains(['\n', '\t', '#']) {
        return Err(format!("“{word}”不是一个词"));
    }
    match scope {
        DictionaryScope::Project => edit_project(workspace, uri, |project| {
            let dictionary = project.entry("dictionary").or_insert_with(toml_edit::table);
            let dictionary = dictionary.as_table_like_mut().ok_or("zhubi.toml 的 dictionary 不是表")?;
            push(dictionary, "words", word)
        }),
        DictionaryScope::User => {
            let path = workspace.configurations.dictionary().ok_or("找不到放词库的文件夹")?;
            let before = std::fs::read_to_string(path).unwrap_or_default();
            if words_of(&before).any(|known| known == word) {
                return Ok(());
            }
            let gap = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
            write(path, &files::with_line_ends_of(&before, &format!("{before}{gap}{word}\n")))
        }
    }
}

/// Edits the project's zhubi.toml, or creates one; what a person wrote in it stays as it is.
fn edit_project(
    workspace: &Workspace,
    uri: &Uri,
    edit: impl FnOnce(&mut DocumentMut) -> Result<(), String>,
) -> Result<(), String> {
    let path =
        workspace.configurations.project_file(uri).ok_or("这个文稿不在任何文件夹里，无处放 zhubi.toml")?;
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(format!("{}：无法读取（{error}）", path.display())),
    };
    let mut project: DocumentMut = text.parse().map_err(|_| format!("{} 有误，请先改正", path.display()))?;
    edit(&mut project)?;
    write(&path, &files::with_line_ends_of(&text, &project.to_string()))
}

/// Adds a text to an array, laid out like its last element.
fn push(table: &mut dyn TableLike, key: &str, text: &str) -> Result<(), String> {
    let item: &mut Item = table.entry(key).or_insert_with(|| value(Array::new()));
    let array = item.as_array_mut().ok_or_else(|| format!("zhubi.toml 的 {key} 不是数组"))?;
    if array.iter().any(|known| known.as_str() == Some(text)) {
        return Ok(());
    }
    let last = array.iter().last().and_then(|last| last.decor().prefix()?.as_str()).unwrap_or_default();
    let indent = last.rfind('\n').map(|at| last[at..].to_owned());
    let trailing = array.trailing().as_str().unwrap_or_default().to_owned();
    array.push(text);
    // One element a line: the new one gets its own, below the comment on the one before.
    if let (Some(indent), true, Some(new)) = (indent, array.trailing_comma(), array.iter_mut().last()) {
        new.decor_mut().set_prefix(format!("{}{indent}", trailing.trim_end()));
        array.set_trailing("\n");
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| format!("{}：{error}", folder.display()))?;
    }
    replace::replace(path, text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pushed(before: &str, text: &str) -> String {
        let mut project: DocumentMut = before.parse().unwrap();
        push(project.as_table_mut(), "ignore", text).unwrap();
        project.to_string()
    }

    #[test]
    fn an_array_keeps_its_layout() {
        assert_eq!(pushed("", "style"), "ignore = [\"style\"]\n");
        assert_eq!(
            pushed("# 说明\nignore = [\"a\"] # 尾注\n", "b"),
            "# 说明\nignore = [\"a\", \"b\"] # 尾注\n"
        );
        assert_eq!(pushed("ignore = [\"a\"]\n", "a"), "ignore = [\"a\"]\n");
        assert_eq!(
            pushed("ignore = [\n  \"a\", # 甲\n  \"b\", # 乙\n]\n\n[typo]\n", "c"),
            "ignore = [\n  \"a\", # 甲\n  \"b\", # 乙\n  \"c\",\n]\n\n[typo]\n"
        );
        assert_eq!(pushed("[typo]\n", "c"), "ignore = [\"c\"]\n[typo]\n");
    }
}
