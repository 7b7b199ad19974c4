//! The client's settings, workspace folders, and the actions that suppress findings.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, capabilities, range, uri_of};
use crate::model::{Model, Unit};

const URI: &str = "file:///tmp/zhubi-test/settings.txt";
const TEXT: &str = "20__年。\n";

fn severities(found: &[Value]) -> Vec<i64> {
    found.iter().map(|it| it["severity"].as_i64().unwrap()).collect()
}

#[test]
fn settings_are_fetched_before_anything_is_published() {
    let mut can = capabilities("utf-8");
    can["workspace"]["configuration"] = json!(true);
    can["workspace"]["didChangeConfiguration"] = json!({ "dynamicRegistration": true });
    let (mut client, _) = Client::with(can, None);
    client.open(URI, "plaintext", 1, TEXT);
    let answer = |client: &mut Client, settings: Value| {
        let asked = client.wait("the settings", |message| message["method"] == "workspace/configuration");
        assert_eq!(asked["params"]["items"], json!([{ "section": "zhubi" }]));
        client.send(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": [settings] }));
    };
    answer(&mut client, json!({ "severity": { "leftover": "hint" }, "documentType": null }));
    assert_eq!(severities(&client.diagnostics(URI, 1)), [4]);
    let registered = client.wait("a registration", |it| it["method"] == "client/registerCapability");
    assert_eq!(registered["params"]["registrations"][0]["method"], "workspace/didChangeConfiguration");
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    answer(&mut client, json!({ "enable": false }));
    assert!(client.diagnostics(URI, 1).is_empty());
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    answer(&mut client, json!({ "ignor": [], "severity": { "leftover": "warning" } }));
    assert_eq!(
        severities(&client.diagnostics(URI, 1)),
        [2],
        "invalid settings are ignored, the others apply"
    );
    let warning = client.notification("window/showMessage");
    assert!(warning["message"].as_str().unwrap().contains("zhubi.ignor"), "{warning}");
}

#[test]
fn does_not_wait_for_settings_that_never_come() {
    let mut can = capabilities("utf-8");
    can["workspace"]["configuration"] = json!(true);
    let (mut client, _) = Client::with(can, None);
    client.open(URI, "plaintext", 1, TEXT);
    assert_eq!(severities(&client.diagnostics(URI, 1)), [1]);
}

#[test]
fn settings_come_with_initialize_or_a_notification() {
    let mut client = Client::start();
    let options = json!({ "severity": { "leftover": "info" }, "status": true });
    client.call(
        "initialize",
        json!({ "processId": null, "capabilities": capabilities("utf-8"), "initializationOptions": options }),
    );
    client.notify("initialized", json!({}));
    client.open(URI, "plaintext", 1, TEXT);
    assert_eq!(severities(&client.diagnostics(URI, 1)), [3]);
    let status = client.notification("zhubi/status");
    assert_eq!(status["findings"], json!({ "error": 0, "warning": 0, "info": 1, "hint": 0 }));
    let settings = json!({ "zhubi": { "ignore": ["leftover"] } });
    client.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
    assert!(client.diagnostics(URI, 1).is_empty());
}

#[test]
fn each_folder_has_its_configuration_and_the_project_overrides_the_settings() {
    let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::fs::write(a.path().join("zhubi.toml"), "[severity]\nleftover = \"info\"\n").unwrap();
    let mut client = Client::start();
    let folder = |path: &Path| json!({ "uri": uri_of(path), "name": "x" });
    client.call(
        "initialize",
        json!({
            "processId": null,
            "capabilities": capabilities("utf-8"),
            "workspaceFolders": [folder(a.path())],
            "initializationOptions": { "severity": { "leftover": "hint" } },
        }),
    );
    client.notify("initialized", json!({}));
    let (in_a, in_b) = (uri_of(&a.path().join("x.txt")), uri_of(&b.path().join("x.txt")));
    for uri in [&in_a, &in_b, "untitled:1"] {
        client.open(uri, "plaintext", 1, TEXT);
    }
    assert_eq!(severities(&client.diagnostics(&in_a, 1)), [3]);
    assert_eq!(severities(&client.diagnostics(&in_b, 1)), [4]);
    assert_eq!(severities(&client.diagnostics("untitled:1", 1)), [3], "as in the first folder");
    std::fs::write(b.path().join("zhubi.toml"), "ignore = [\"leftover\"]\n").unwrap();
    let event = json!({ "added": [folder(b.path())], "removed": [folder(a.path())] });
    client.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
    assert!(client.diagnostics(&in_b, 1).is_empty());
    assert!(client.diagnostics("untitled:1", 1).is_empty());
}

#[test]
fn a_large_document_gets_one_notice() {
    let mut client = Client::start();
    let options = json!({ "maxFileSize": 0.001 });
    client.call(
        "initialize",
        json!({ "processId": null, "capabilities": capabilities("utf-8"), "initializationOptions": options }),
    );
    client.notify("initialized", json!({}));
    client.open(URI, "plaintext", 1, &TEXT.repeat(200));
    assert!(client.diagnostics(URI, 1).is_empty());
    assert!(client.notification("window/showMessage")["message"].as_str().unwrap().contains("不检查"));
    assert_eq!(client.call("zhubi/status", json!({ "uri": URI }))["state"], "too-large");
    client.change(URI, 2, json!([{ "range": range((0, 0), (0, 0)), "text": "甲" }]));
    assert!(client.diagnostics(URI, 2).is_empty());
    client.change(URI, 3, json!([{ "text": TEXT }]));
    assert_eq!(client.diagnostics(URI, 3).len(), 1, "small enough again");
    let more = client.drain(Duration::from_millis(100));
    assert!(more.iter().all(|it| it["method"] != "window/showMessage"), "{more:?}");
}

#[test]
fn a_configuration_that_is_open_is_no_draft() {
    let mut client = Client::ready("utf-8");
    let uri = "file:///tmp/zhubi-test/none/zhubi.toml";
    client.open(uri, "plaintext", 1, "# 20__年\n");
    client.change(uri, 2, json!([{ "text": "# 20__年 \n" }]));
    assert!(client.drain(Duration::from_millis(400)).is_empty());
}

#[test]
fn files_that_the_client_watches_are_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("zhubi.toml", "select = [\"typo\"]\n[dictionary]\nfiles = [\"words.txt\"]\n");
    write("words.txt", "专班\n");
    let mut can = capabilities("utf-8");
    can["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": true });
    let (mut client, _) = Client::with(can, Some(folder.path()));
    let registered = client.wait("a registration", |it| it["method"] == "client/registerCapability");
    let watchers = &registered["params"]["registrations"][0]["registerOptions"]["watchers"];
    assert_eq!(watchers[0]["globPattern"], "**/zhubi.toml");
    assert_eq!(watchers[1]["globPattern"], "**/*.{toml,txt}", "dictionaries and packs");
    let uri = uri_of(&folder.path().join("a.txt"));
    client.open(&uri, "plaintext", 1, "认真学习政冶理论。\n");
    assert_eq!(client.diagnostics(&uri, 1).len(), 1);
    let changed = |client: &mut Client, name: &str| {
        let changes = json!([{ "uri": uri_of(&folder.path().join(name)), "type": 2 }]);
        client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    };
    write("words.txt", "专班\n政冶\n");
    changed(&mut client, "words.txt");
    assert!(client.diagnostics(&uri, 1).is_empty(), "the word is known");
    write("zhubi.toml", "[severity]\ntypo = \"hint\"\n");
    changed(&mut client, "zhubi.toml");
    assert_eq!(severities(&client.diagnostics(&uri, 1)), [4]);
}

#[test]
fn the_writers_own_words_are_read_again_on_saving() {
    let mut project = project("a.txt", "plaintext", "认真学习政冶理论。\n", "");
    assert_eq!(project.client.diagnostics(&project.uri, 1).len(), 1);
    std::fs::create_dir_all(project.folder.path().join("zhubi")).unwrap();
    std::fs::write(project.folder.path().join("zhubi/words.txt"), "政冶\n").unwrap();
    project.client.notify("textDocument/didSave", json!({ "textDocument": { "uri": project.uri } }));
    assert!(project.client.diagnostics(&project.uri, 1).is_empty());
}

#[test]
fn a_document_that_is_open_is_never_read_from_disk() {
    let mut project = project("a.txt", "plaintext", "总结\n20__年。\n", "");
    let path = project.folder.path().join("a.txt");
    std::fs::write(&path, "认真学习政冶理论。\n").unwrap();
    assert_eq!(project.client.diagnostics(&project.uri, 1)[0]["code"], "leftover/placeholder");
    // The editor says that it has saved, but somebody else has written the file.
    project.client.notify("textDocument/didSave", json!({ "textDocument": { "uri": project.uri } }));
    let changes = json!([{ "uri": project.uri, "type": 2 }]);
    project.client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    std::fs::remove_file(&path).unwrap();
    assert_eq!(project.client.text(&project.uri), "总结\n20__年。\n");
    let symbols = project.client.call("workspace/symbol", json!({ "query": "总结" }));
    assert_eq!(symbols[0]["location"]["uri"], json!(project.uri));
    let counted =
        project.client.call("workspace/executeCommand", json!({ "command": "zhubi.checkWorkspace" }));
    assert_eq!(counted["files"], 0, "the only draft is open");
}

struct Project {
    folder: tempfile::TempDir,
    uri: String,
    client: Client,
}

/// An open draft in a project, whose folder also has the writer's own words.
fn project(name: &str, language: &str, text: &str, toml: &str) -> Project {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("zhubi.toml"), toml).unwrap();
    let uri = uri_of(&folder.path().join(name));
    let mut client = Client::start_in(folder.path());
    let root = json!({ "uri": uri_of(folder.path()), "name": "x" });
    let can = capabilities("utf-8");
    client.call("initialize", json!({ "processId": null, "capabilities": can, "workspaceFolders": [root] }));
    client.notify("initialized", json!({}));
    client.open(&uri, language, 1, text);
    Project { folder, uri, client }
}

impl Project {
    fn action(&mut self, range: &Value, title: &str) -> Value {
        let context = json!({ "diagnostics": [], "only": ["quickfix"] });
        let params = json!({ "textDocument": { "uri": self.uri }, "range": range, "context": context });
        let offered = self.client.call("textDocument/codeAction", params);
        let offered = offered.as_array().unwrap();
        let found = offered.iter().find(|it| it["title"].as_str().unwrap().starts_with(title));
        found.unwrap_or_else(|| panic!("no {title} in {offered:?}")).clone()
    }

    fn run(&mut self, action: &Value) {
        let command = &action["command"];
        let params = json!({ "command": command["command"], "arguments": command["arguments"] });
        self.client.call("workspace/executeCommand", params);
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(name)).unwrap()
    }
}

#[test]
fn a_word_goes_into_the_projects_dictionary() {
    let toml = "# 我们的配置\n[dictionary]\nwords = [\n  \"专班\", # 常用\n]\n";
    let mut project = project("a.txt", "plaintext", "认真学习政冶理论。\n", toml);
    let found = project.client.diagnostics(&project.uri, 1);
    let action = project.action(&found[0]["range"], "这个词没错，“政冶”加入项目");
    project.run(&action);
    assert!(project.client.diagnostics(&project.uri, 1).is_empty(), "known at once");
    assert_eq!(
        project.read("zhubi.toml"),
        "# 我们的配置\n[dictionary]\nwords = [\n  \"专班\", # 常用\n  \"政冶\",\n]\n"
    );
}

#[test]
fn a_word_goes_into_the_writers_dictionary() {
    let mut project = project("a.txt", "plaintext", "认真学习政冶理论。\n", "");
    let found = project.client.diagnostics(&project.uri, 1);
    let action = project.action(&found[0]["range"], "这个词没错，“政冶”加入我的");
    project.run(&action);
    assert!(project.client.diagnostics(&project.uri, 1).is_empty(), "known at once");
    assert_eq!(project.read("zhubi/words.txt"), "政冶\n");
    assert_eq!(project.read("zhubi.toml"), "");
}

#[test]
fn a_rule_is_turned_off_for_the_project() {
    let mut project =
        project("a.txt", "plaintext", "认真学习政冶理论。\n", "# 说明\n[typo]\nmin-confidence = 0.9\n");
    let found = project.client.diagnostics(&project.uri, 1);
    let action = project.action(&found[0]["range"], "项目里停用");
    project.run(&action);
    let found = project.client.diagnostics(&project.uri, 1);
    assert!(found.iter().all(|it| it["code"] != "typo/confusable-word"), "{found:?}");
    let toml = project.read("zhubi.toml");
    assert!(toml.contains("ignore = [\"typo/confusable-word\"]") && toml.contains("# 说明"), "{toml}");
}

#[test]
fn a_comment_suppresses_a_finding_in_its_line_or_in_the_file() {
    for (name, language, text) in [
        ("a.txt", "plaintext", "总结\r\n认真学习政冶理论。\r\n再次学习政冶理论。\r\n"),
        ("a.md", "markdown", "---\ntitle: x\n---\n# 总结\n\n认真学习政冶理论。\n\n再次学习政冶理论。\n"),
    ] {
        for (title, left) in [("这一段不再提示", 1), ("这篇不再提示", 0)] {
            let mut project = project(name, language, text, "select = [\"typo\"]\n");
            let found = project.client.diagnostics(&project.uri, 1);
            assert_eq!(found.len(), 2);
            let action = project.action(&found[0]["range"], title);
            let mut model = Model { text: text.to_owned(), unit: Unit::Utf8 };
            model.apply(&action["edit"]["documentChanges"][0]["edits"]);
            project.client.change(&project.uri, 2, json!([{ "text": model.text }]));
            let found = project.client.diagnostics(&project.uri, 2);
            assert_eq!(found.len(), left, "{title}: {}", model.text);
        }
    }
}
