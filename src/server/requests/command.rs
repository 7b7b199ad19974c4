//! `workspace/executeCommand`: what changes more than the document, or looks at more than it.

use std::path::Path;

use serde::Deserialize;
use serde_json::Value;
use toml_edit::{Array, DocumentMut, Item, TableLike, value};
use tower_lsp_server::ls_types::Uri;

use crate::config::words_of;
use crate::files::replace;
use crate::rules::selector::check_selector;
use crate::server::session::Workspace;

/// Checks all drafts of the workspace.
pub(crate) const CHECK_WORKSPACE: &str = "zhubi.checkWorkspace";
/// Adds a word to a dictionary.
pub(crate) const ADD_WORD: &str = "zhubi.addWord";
/// Has the project do without a rule.
pub(crate) const IGNORE_RULE: &str = "zhubi.ignoreRule";

/// All of them.
pub(crate) const ALL: [&str; 3] = [CHECK_WORKSPACE, ADD_WORD, IGNORE_RULE];

/// A word, and the dictionary that it belongs to.
#[derive(Debug, Deserialize)]
pub(crate) struct AddWord {
    word: String,
    scope: Whose,
    uri: Uri,
}

/// Whose dictionary.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Whose {
    Project,
    User,
}

/// A rule, and a document of the project that is to do without it.
#[derive(Debug, Deserialize)]
pub(crate) struct IgnoreRule {
    rule: String,
    uri: Uri,
}

/// The only argument of a command.
pub(crate) fn argument<T: for<'a> Deserialize<'a>>(arguments: Vec<Value>) -> Result<T, String> {
    let only = arguments.into_iter().next().unwrap_or_default();
    serde_json::from_value(only).map_err(|error| format!("命令的参数有误：{error}"))
}

/// Adds a word.
///
/// # Errors
/// A message for the writer.
pub(crate) fn add_word(workspace: &Workspace, AddWord { word, scope, uri }: &AddWord) -> Result<(), String> {
    let word = word.trim();
    if word.is_empty() || word.contains(['\n', '\t', '#']) {
        return Err(format!("“{word}”不是一个词"));
    }
    match scope {
        Whose::Project => edit_project(workspace, uri, |project| {
            let dictionary = project.entry("dictionary").or_insert_with(toml_edit::table);
            let dictionary = dictionary.as_table_like_mut().ok_or("zhubi.toml 的 dictionary 不是表")?;
            push(dictionary, "words", word)
        }),
        Whose::User => {
            let path = workspace.configurations.dictionary().ok_or("找不到放词库的文件夹")?;
            let before = std::fs::read_to_string(path).unwrap_or_default();
            if words_of(&before).any(|known| known == word) {
                return Ok(());
            }
            let gap = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
            write(path, &format!("{before}{gap}{word}\n"))
        }
    }
}

/// Adds a rule to those that the project does without.
///
/// # Errors
/// A message for the writer.
pub(crate) fn ignore_rule(
    workspace: &Workspace,
    IgnoreRule { rule, uri }: &IgnoreRule,
) -> Result<(), String> {
    check_selector(rule)?;
    edit_project(workspace, uri, |project| push(project.as_table_mut(), "ignore", rule))
}

/// Edits the project's zhubi.toml, or makes one; what a person wrote in it stays as it is.
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
    write(&path, &project.to_string())
}

/// Adds a text to an array, in the manner of its last element.
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
    // An element a line: the new one has its own, below what is said of the one before.
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
    fn an_array_grows_in_its_own_manner() {
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
