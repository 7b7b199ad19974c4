//! The marks that a check of the workspace leaves on drafts that are not open: they go with the drafts, and
//! follow what happens to them on disk.

use std::collections::HashMap;
use std::fs;
use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, capabilities, uri_of};

struct Project {
    folder: tempfile::TempDir,
    client: Client,
}

impl Project {
    /// A workspace of three drafts with a mark each, which has been checked.
    fn checked() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("旧")).unwrap();
        for name in ["a.txt", "b.md", "旧/c.txt"] {
            fs::write(folder.path().join(name), "20__年。\n").unwrap();
        }
        let (client, _) = Client::with(capabilities("utf-8"), Some(folder.path()));
        let mut project = Self { folder, client };
        project.check();
        for name in ["a.txt", "b.md", "旧/c.txt"] {
            assert_eq!(project.marks(name), 1, "{name}");
        }
        project
    }

    fn check(&mut self) {
        self.client.call("workspace/executeCommand", json!({ "command": "zhubi.checkWorkspace" }));
    }

    fn uri(&self, name: &str) -> String {
        uri_of(&self.folder.path().join(name)).replace('旧', "%E6%97%A7").replace('新', "%E6%96%B0")
    }

    /// The number of marks in the next message about a draft on disk.
    fn marks(&mut self, name: &str) -> usize {
        let uri = self.uri(name);
        let message = self.client.wait(&format!("marks of {name}"), |it| {
            it["method"] == "textDocument/publishDiagnostics"
                && it["params"]["uri"] == uri
                && it["params"]["version"].is_null()
        });
        message["params"]["diagnostics"].as_array().unwrap().len()
    }

    fn watched(&mut self, changes: &[(&str, u8)]) {
        let changes: Vec<Value> =
            changes.iter().map(|(name, kind)| json!({ "uri": self.uri(name), "type": kind })).collect();
        self.client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    }

    fn is_silent(&mut self) -> bool {
        self.client.drain(Duration::from_millis(400)).is_empty()
    }
}

#[test]
fn a_draft_that_is_deleted_loses_its_marks() {
    let mut project = Project::checked();
    project.watched(&[("a.txt", 3)]);
    assert_eq!(project.marks("a.txt"), 0);
    let files = json!([{ "uri": project.uri("旧") }]);
    project.client.notify("workspace/didDeleteFiles", json!({ "files": files }));
    assert_eq!(project.marks("旧/c.txt"), 0, "its folder was deleted");
    fs::remove_file(project.folder.path().join("b.md")).unwrap();
    project.check();
    assert_eq!(project.marks("b.md"), 0, "nobody said so before the next check");
}

#[test]
fn a_draft_that_is_renamed_takes_its_marks_along() {
    let mut project = Project::checked();
    let (old, new) = (project.folder.path().join("a.txt"), project.folder.path().join("新.txt"));
    fs::rename(old, new).unwrap();
    let files = json!([{ "oldUri": project.uri("a.txt"), "newUri": project.uri("新.txt") }]);
    project.client.notify("workspace/didRenameFiles", json!({ "files": files }));
    assert_eq!(project.marks("a.txt"), 0);
    assert_eq!(project.marks("新.txt"), 1);
    fs::rename(project.folder.path().join("b.md"), project.folder.path().join("d.md")).unwrap();
    project.watched(&[("d.md", 1), ("b.md", 3)]);
    assert_eq!((project.marks("b.md"), project.marks("d.md")), (0, 1), "as a watcher tells it");
}

#[test]
fn a_folder_that_is_renamed_takes_the_marks_of_its_drafts_along() {
    let mut project = Project::checked();
    fs::rename(project.folder.path().join("旧"), project.folder.path().join("新")).unwrap();
    let files = json!([{ "oldUri": project.uri("旧"), "newUri": project.uri("新") }]);
    project.client.notify("workspace/didRenameFiles", json!({ "files": files }));
    assert_eq!((project.marks("旧/c.txt"), project.marks("新/c.txt")), (0, 1));
}

#[test]
fn a_draft_that_is_renamed_while_it_is_open_keeps_its_marks_when_it_is_closed() {
    let mut project = Project::checked();
    let (old, new) = (project.uri("a.txt"), project.uri("新.txt"));
    project.client.open(&old, "plaintext", 1, "20__年。\n");
    assert_eq!(project.client.diagnostics(&old, 1).len(), 1);
    fs::rename(project.folder.path().join("a.txt"), project.folder.path().join("新.txt")).unwrap();
    project.client.notify("textDocument/didClose", json!({ "textDocument": { "uri": old } }));
    project.client.open(&new, "plaintext", 1, "20__年。\n");
    assert_eq!(project.client.diagnostics(&new, 1).len(), 1);
    let files = json!([{ "oldUri": old, "newUri": new }]);
    project.client.notify("workspace/didRenameFiles", json!({ "files": files }));
    project.client.notify("textDocument/didClose", json!({ "textDocument": { "uri": new } }));
    assert_eq!(project.marks("新.txt"), 1);
}

#[test]
fn a_draft_that_is_corrected_on_disk_is_checked_again() {
    let mut project = Project::checked();
    fs::write(project.folder.path().join("a.txt"), "2026年。\n").unwrap();
    project.watched(&[("a.txt", 2)]);
    assert_eq!(project.marks("a.txt"), 0);
    fs::write(project.folder.path().join("e.txt"), "20__年。\n").unwrap();
    project.watched(&[("e.txt", 1)]);
    assert!(project.is_silent(), "nobody asked about the new one");
}

#[test]
fn a_draft_that_is_left_out_or_no_longer_in_the_workspace_loses_its_marks() {
    let mut project = Project::checked();
    fs::write(project.folder.path().join("zhubi.toml"), "exclude = [\"旧/\"]\n").unwrap();
    project.watched(&[("zhubi.toml", 1)]);
    assert_eq!(project.marks("旧/c.txt"), 0);
    fs::write(project.folder.path().join("zhubi.toml"), "exclude = [\"旧/\"]\nignore = [\"leftover\"]\n")
        .unwrap();
    project.watched(&[("zhubi.toml", 2)]);
    assert_eq!((project.marks("a.txt"), project.marks("b.md")), (0, 0), "a rule was switched off");
    fs::write(project.folder.path().join("zhubi.toml"), "").unwrap();
    project.check();
    assert_eq!(project.marks("a.txt"), 1);
    let folder = json!({ "uri": uri_of(project.folder.path()), "name": "x" });
    let event = json!({ "event": { "added": [], "removed": [folder] } });
    project.client.notify("workspace/didChangeWorkspaceFolders", event);
    assert_eq!(project.marks("a.txt"), 0);
}

#[test]
fn a_draft_that_was_opened_and_closed_keeps_its_marks() {
    let mut project = Project::checked();
    let uri = project.uri("a.txt");
    project.client.open(&uri, "plaintext", 1, "20__年，20__年。\n");
    assert_eq!(project.client.diagnostics(&uri, 1).len(), 2);
    project.client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(project.marks("a.txt"), 1, "of the text on disk");
    let other = project.uri("f.txt");
    project.client.open(&other, "plaintext", 1, "20__年。\n");
    assert_eq!(project.client.diagnostics(&other, 1).len(), 1);
    project.client.notify("textDocument/didClose", json!({ "textDocument": { "uri": other } }));
    assert_eq!(project.marks("f.txt"), 0, "it was not checked on disk");
}

#[test]
fn a_draft_that_was_open_while_all_were_checked_keeps_its_marks() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "20__年。\n").unwrap();
    let (client, _) = Client::with(capabilities("utf-8"), Some(folder.path()));
    let mut project = Project { folder, client };
    let uri = project.uri("a.txt");
    project.client.open(&uri, "plaintext", 1, "20__年，20__年。\n");
    assert_eq!(project.client.diagnostics(&uri, 1).len(), 2);
    project.check();
    project.client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(project.marks("a.txt"), 1, "of the text on disk");
}

#[test]
fn marks_come_back_with_what_took_them_away() {
    let mut project = Project::checked();
    for (configuration, marks) in [("exclude = [\"旧/\"]\n", 0), ("", 1)] {
        fs::write(project.folder.path().join("zhubi.toml"), configuration).unwrap();
        project.watched(&[("zhubi.toml", 2)]);
        assert_eq!(project.marks("旧/c.txt"), marks, "{configuration}");
    }
    for (enable, marks) in [(false, 0), (true, 1)] {
        let settings = json!({ "settings": { "zhubi": { "enable": enable } } });
        project.client.notify("workspace/didChangeConfiguration", settings);
        for name in ["a.txt", "b.md", "旧/c.txt"] {
            assert_eq!(project.marks(name), marks, "{name}: {enable}");
        }
    }
    fs::remove_file(project.folder.path().join("a.txt")).unwrap();
    project.watched(&[("a.txt", 3)]);
    assert_eq!(project.marks("a.txt"), 0);
    project.watched(&[("zhubi.toml", 2)]);
    assert!(project.is_silent(), "what is gone is forgotten");
}

#[test]
fn settings_that_change_during_a_check_count() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..60 {
        fs::write(folder.path().join(format!("{number}.txt")), "20__年。\n".repeat(20)).unwrap();
    }
    let (mut client, _) = Client::with(capabilities("utf-8"), Some(folder.path()));
    let check = client.request("workspace/executeCommand", json!({ "command": "zhubi.checkWorkspace" }));
    let settings = json!({ "settings": { "zhubi": { "enable": false } } });
    client.notify("workspace/didChangeConfiguration", settings);
    client.answer(check);
    let mut marks: HashMap<String, usize> = HashMap::new();
    for message in client.drain(Duration::from_millis(1500)) {
        if message["method"] == "textDocument/publishDiagnostics" {
            let count = message["params"]["diagnostics"].as_array().unwrap().len();
            marks.insert(message["params"]["uri"].to_string(), count);
        }
    }
    assert!(!marks.is_empty() && marks.values().all(|count| *count == 0), "{marks:?}");
}
