//! What is published, when, and at which positions.

use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, capabilities, range, uri_of};
use crate::model::{Model, Unit};

const URI: &str = "file:///tmp/zhubi-test/%E6%80%BB%E7%BB%93.txt";

#[test]
fn a_diagnostic_has_all_fields() {
    let mut client = Client::ready("utf-8");
    client.open(URI, "plaintext", 7, "20__年参加工作。\n");
    let found = client.diagnostics(URI, 7);
    assert_eq!(found.len(), 1);
    let it = &found[0];
    assert_eq!(it["range"], range((0, 0), (0, "20__年".len())));
    assert_eq!(
        (&it["severity"], &it["code"], &it["source"]),
        (&json!(1), &json!("leftover/placeholder"), &json!("zhubi"))
    );
    assert!(it["message"].as_str().unwrap().contains("20__年"));
    assert!(it["data"]["id"].is_string() && it["data"]["fixes"].is_array());
}

#[test]
fn ranges_cover_the_flagged_characters_in_every_encoding() {
    for unit in Unit::ALL {
        let text = "😀👨‍👩‍👧e\u{301}20__年，𠀀__市。\r😀某某县\r\n甲TODO 乙".to_owned();
        let mut client = Client::ready(unit.name());
        client.open(URI, "plaintext", 1, &text);
        let model = Model { text, unit };
        let found = client.diagnostics(URI, 1);
        let marked: Vec<_> = found.iter().map(|it| model.slice(&it["range"])).collect();
        assert!(["20__年", "__市", "某某县"].iter().all(|part| marked.contains(part)), "{unit:?} {marked:?}");
    }
}

#[test]
fn only_the_current_version_is_published() {
    let mut client = Client::ready("utf-8");
    client.open(URI, "plaintext", 1, "20__年。\n");
    client.diagnostics(URI, 1);
    for version in 2..=30 {
        let insertion = json!([{ "range": range((0, 0), (0, 0)), "text": "甲" }]);
        client.change(URI, version, insertion);
        std::thread::sleep(Duration::from_millis(5));
    }
    let last = client.diagnostics(URI, 30);
    assert_eq!(last[0]["range"]["start"]["character"], 29 * 3);
    let versions: Vec<_> = client
        .drain(Duration::from_millis(400))
        .into_iter()
        .filter(|message| message["method"] == "textDocument/publishDiagnostics")
        .map(|message| message["params"]["version"].clone())
        .collect();
    assert_eq!(versions, [Value::Null; 0], "nothing between the first and the last");
}

#[test]
fn saving_checks_at_once_and_closing_clears() {
    let mut client = Client::ready("utf-8");
    client.open(URI, "plaintext", 1, "好。\n");
    assert!(client.diagnostics(URI, 1).is_empty());
    client.change(URI, 2, json!([{ "text": "20__年。\n" }]));
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": URI }, "text": "20__年。\n" }));
    assert_eq!(client.diagnostics(URI, 2).len(), 1);
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": URI } }));
    let cleared = client.notification("textDocument/publishDiagnostics");
    assert_eq!((&cleared["uri"], &cleared["diagnostics"]), (&json!(URI), &json!([])));
}

#[test]
fn saving_repairs_a_text_that_has_drifted() {
    let mut client = Client::ready("utf-8");
    client.open(URI, "plaintext", 1, "甲\r乙\r丙\n丁\n");
    // To Neovim a lone CR is part of its line: it means this edit for the line of 丁.
    client.change(URI, 2, json!([{ "range": range((1, 0), (1, 0)), "text": "20__年" }]));
    let meant = "甲\r乙\r丙\n20__年丁\n";
    assert_ne!(client.text(URI), meant);
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": URI }, "text": meant }));
    assert_eq!(client.text(URI), meant);
    let found = client.wait("the repaired range", |message| {
        message["params"]["diagnostics"][0]["range"]["start"] == json!({ "line": 3, "character": 0 })
    });
    assert_eq!(found["params"]["version"], 2);
}

#[test]
fn the_language_decides_the_format_and_the_name_helps() {
    let mut client = Client::ready("utf-8");
    let text = "`20__年`是写法。\n";
    client.open("untitled:Untitled-1", "markdown", 1, text);
    assert!(client.diagnostics("untitled:Untitled-1", 1).is_empty());
    client.open("untitled:Untitled-2", "plaintext", 1, text);
    client.diagnostics("untitled:Untitled-2", 1);
    client.open("file:///tmp/a.md", "", 1, text);
    assert!(client.diagnostics("file:///tmp/a.md", 1).is_empty());
}

#[test]
fn the_configuration_is_read_again_on_save() {
    let folder = tempfile::tempdir().unwrap();
    let uri = uri_of(&folder.path().join("a.txt"));
    let write = |text: &str| std::fs::write(folder.path().join("zhubi.toml"), text).unwrap();
    write("ignore = [\"leftover\"]");
    let (mut client, _) = Client::with(capabilities("utf-8"), Some(folder.path()));
    let save = |client: &mut Client| {
        client.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
    };
    client.open(&uri, "plaintext", 1, "20__年。\n");
    client.open("untitled:1", "plaintext", 1, "20__年。\n");
    assert!(client.diagnostics(&uri, 1).is_empty());
    assert!(client.diagnostics("untitled:1", 1).is_empty(), "an untitled text follows the workspace");
    write("[severity]\nleftover = \"info\"");
    save(&mut client);
    assert_eq!(client.diagnostics(&uri, 1)[0]["severity"], 3);
    assert_eq!(client.diagnostics("untitled:1", 1)[0]["severity"], 3);
    write("\nselct = []");
    save(&mut client);
    save(&mut client);
    let warning = client.notification("window/showMessage");
    assert!(warning["message"].as_str().unwrap().contains("第 2 行"), "{warning}");
    let toml = uri_of(&folder.path().join("zhubi.toml"));
    let of_toml = |client: &mut Client| {
        let message = client.wait("diagnostics of zhubi.toml", |message| message["params"]["uri"] == *toml);
        message["params"]["diagnostics"].clone()
    };
    assert_eq!(of_toml(&mut client)[0]["range"], range((1, 0), (1, 5)));
    let again = client.drain(Duration::from_millis(300));
    assert!(again.is_empty(), "reported once, and nothing else changes: {again:?}");
    write("");
    save(&mut client);
    assert_eq!(client.diagnostics(&uri, 1)[0]["severity"], 1);
    assert_eq!(of_toml(&mut client), json!([]));
}
