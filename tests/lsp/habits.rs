//! What real editors do to a server, as observed with each of them: one test a habit.

use std::collections::HashMap;
use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, capabilities, range, uri_of};
use crate::model::{Dice, Model, Unit, random_edit};

const URI: &str = "file:///tmp/zhubi-test/habits.txt";

fn code_actions(client: &mut Client, range: Value, context: Value) -> Vec<Value> {
    let params = json!({ "textDocument": { "uri": URI }, "range": range, "context": context });
    client.call("textDocument/codeAction", params).as_array().unwrap().clone()
}

/// eglot 1.9 hangs Emacs where a column is inside a surrogate pair: whatever is published fits the text of
/// its version, and no version comes after a newer one.
#[test]
fn stale_marks_never_reach_emacs() {
    let mut client = Client::ready("utf-16");
    let mut model = Model { text: "😀20__年😀参加某某市工作。\n".repeat(40), unit: Unit::Utf16 };
    client.open(URI, "plaintext", 0, &model.text);
    let mut texts = HashMap::from([(0, model.text.clone())]);
    let mut dice = Dice(0x5EED_0008);
    for version in 1..=120 {
        let change = random_edit(&mut model, &mut dice);
        client.change(URI, version, json!([change]));
        texts.insert(version, model.text.clone());
        if dice.below(3) == 0 {
            client.notify("textDocument/didSave", json!({ "textDocument": { "uri": URI } }));
        }
        std::thread::sleep(Duration::from_millis(dice.below(20) as u64));
    }
    client.diagnostics(URI, 120);
    let mut newest = 0;
    for message in client.drain(Duration::from_millis(200)) {
        if message["method"] != "textDocument/publishDiagnostics" {
            continue;
        }
        let version = message["params"]["version"].as_i64().unwrap();
        assert!(version >= newest, "{version} after {newest}");
        newest = version;
        let at_that_time = Model { text: texts[&version].clone(), unit: Unit::Utf16 };
        for found in message["params"]["diagnostics"].as_array().unwrap() {
            at_that_time.slice(&found["range"]);
        }
    }
}

/// ALE 3.3 takes columns as bytes. No server can help that, as ALE names no encoding: it is given UTF-16, by
/// the protocol, and is better served by the command line (docs/editors.md).
#[test]
fn ale_is_given_what_the_protocol_says() {
    let (mut client, answer) = Client::with(json!({ "workspace": {}, "textDocument": {} }), None);
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
    client.open(URI, "text", 1, "😀20__年。\n");
    assert_eq!(client.diagnostics(URI, 1)[0]["range"], range((0, 2), (0, 7)));
    let docs = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/editors.md")).unwrap();
    assert!(docs.contains("ALE"), "docs/editors.md says how ALE is served");
}

/// vim-lsp sends the empty kind, which includes every kind, and counts code points: a text that has drifted
/// is repaired on saving.
#[test]
fn vim_lsp_asks_for_the_empty_kind_and_counts_characters() {
    let mut client = Client::ready("utf-16");
    client.open(URI, "plaintext", 1, "😀认真学习政冶理论。\n");
    let mark = client.diagnostics(URI, 1)[0]["range"].clone();
    let only = json!({ "diagnostics": [], "only": ["", "quickfix", "source"] });
    assert!(!code_actions(&mut client, mark, only).is_empty());
    // The client means the end of the first character; in UTF-16 it is inside of it.
    client.change(URI, 2, json!([{ "range": range((0, 1), (0, 1)), "text": "要" }]));
    let meant = "😀要认真学习政冶理论。\n";
    assert_ne!(client.text(URI), meant);
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": URI }, "text": meant }));
    assert_eq!(client.text(URI), meant);
}

/// ALE's range is wrong, its diagnostics are right; Neovim 0.11 sends those of the line with a narrow range.
#[test]
fn the_range_takes_precedence_and_the_diagnostics_help_out() {
    let mut client = Client::ready("utf-16");
    client.open(URI, "plaintext", 1, "认真学习政冶理论，开设报刊拦目。\n");
    let found = client.diagnostics(URI, 1);
    let titles = |actions: &[Value]| actions.iter().map(|it| it["title"].to_string()).collect::<String>();
    let both = json!({ "diagnostics": found, "only": ["quickfix"] });
    let neovim = code_actions(&mut client, range((0, 14), (0, 14)), both.clone());
    assert!(titles(&neovim).contains("栏目") && !titles(&neovim).contains("政治"), "{neovim:?}");
    let ale = code_actions(&mut client, range((0, 0), (0, 0)), both);
    assert!(titles(&ale).contains("栏目") && titles(&ale).contains("政治"), "{ale:?}");
}

/// A lone CR ends no line in Neovim: the server asks for the whole text at each save, and uses it.
#[test]
fn neovim_has_its_own_idea_of_lines() {
    let (mut client, answer) = Client::with(capabilities("utf-8"), None);
    assert_eq!(answer["capabilities"]["textDocumentSync"]["save"]["includeText"], true);
    client.open(URI, "text", 1, "甲\r乙\n丙\n");
    client.change(URI, 2, json!([{ "range": range((1, 0), (1, 0)), "text": "20__年" }]));
    let meant = "甲\r乙\n20__年丙\n";
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": URI }, "text": meant }));
    assert_eq!(client.text(URI), meant);
}

/// Neovim on Linux watches no files: configurations are read again when a document is opened or saved.
#[test]
fn neovim_watches_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let uri = uri_of(&folder.path().join("a.txt"));
    let (mut client, _) = Client::with(capabilities("utf-8"), Some(folder.path()));
    client.open(&uri, "text", 1, "20__年。\n");
    assert_eq!(client.diagnostics(&uri, 1).len(), 1);
    std::fs::write(folder.path().join("zhubi.toml"), "ignore = [\"leftover\"]\n").unwrap();
    client.open(&uri_of(&folder.path().join("b.txt")), "text", 1, "好。\n");
    assert!(client.diagnostics(&uri, 1).is_empty(), "seen when another document was opened");
    std::fs::write(folder.path().join("zhubi.toml"), "").unwrap();
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(client.diagnostics(&uri, 1).len(), 1, "and when this one was saved");
}

/// Neovim 0.11 pulls diagnostics and cannot be told to pull again, so they are pushed: what changes the marks
/// reaches them at once, without an edit.
#[test]
fn neovim_sees_settings_and_files_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let uri = uri_of(&folder.path().join("a.txt"));
    let mut can = capabilities("utf-8");
    can["textDocument"]["diagnostic"] = json!({ "dynamicRegistration": false });
    let (mut client, answer) = Client::with(can, Some(folder.path()));
    assert!(answer["capabilities"].get("diagnosticProvider").is_none());
    client.open(&uri, "text", 1, "20__年。\n");
    assert_eq!(client.diagnostics(&uri, 1).len(), 1);
    let settings = |ignored: Value| json!({ "settings": { "zhubi": { "ignore": ignored } } });
    client.notify("workspace/didChangeConfiguration", settings(json!(["leftover"])));
    assert!(client.diagnostics(&uri, 1).is_empty());
    client.notify("workspace/didChangeConfiguration", settings(json!([])));
    assert_eq!(client.diagnostics(&uri, 1).len(), 1);
    let argument = json!({ "rule": "leftover/placeholder", "uri": uri });
    let command = json!({ "command": "zhubi.ignoreRule", "arguments": [argument] });
    client.call("workspace/executeCommand", command);
    assert!(client.diagnostics(&uri, 1).is_empty());
}

/// Capabilities are read from what an editor declares, whatever its name.
#[test]
fn capabilities_are_what_the_client_declares() {
    for name in ["Visual Studio Code", "eglot", "Neovim"] {
        for pulls in [false, true] {
            let mut can = capabilities("utf-16");
            can["textDocument"]["diagnostic"] = json!({});
            if pulls {
                can["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
            }
            let mut client = Client::start();
            let params = json!({ "processId": null, "clientInfo": { "name": name }, "capabilities": can });
            let answer = client.call("initialize", params);
            assert_eq!(answer["capabilities"].get("diagnosticProvider").is_some(), pulls, "{name}");
        }
    }
}

/// Some clients do not escape Chinese characters in a URI. The server always does, by the protocol.
#[test]
fn a_uri_that_is_not_escaped_is_understood() {
    let mut client = Client::ready("utf-8");
    let (bare, escaped) =
        ("file:///tmp/zhubi test/总结.txt", "file:///tmp/zhubi%20test/%E6%80%BB%E7%BB%93.txt");
    client.open(bare, "plaintext", 1, "20__年。\n");
    assert_eq!(client.diagnostics(escaped, 1).len(), 1);
    assert_eq!(client.text(bare), "20__年。\n");
    client.change(escaped, 2, json!([{ "text": "好。\n" }]));
    assert!(client.diagnostics(escaped, 2).is_empty(), "both are one document");
}
