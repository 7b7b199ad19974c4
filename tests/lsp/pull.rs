//! Diagnostics for a client that pulls them, and checks of the workspace.

use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, capabilities, range, uri_of};

const URI: &str = "file:///tmp/zhubi-test/pull.txt";

fn pulling() -> Value {
    let mut can = capabilities("utf-8");
    can["textDocument"]["diagnostic"] = json!({});
    can["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    can
}

fn pull(client: &mut Client, uri: &str, previous: Option<&str>) -> Value {
    let params = json!({ "textDocument": { "uri": uri }, "previousResultId": previous });
    client.call("textDocument/diagnostic", params)
}

#[test]
fn a_client_that_pulls_is_pushed_nothing() {
    let (mut client, answer) = Client::with(pulling(), None);
    assert_eq!(answer["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"], true);
    client.open(URI, "plaintext", 1, "20__年。\n");
    let first = pull(&mut client, URI, None);
    assert_eq!((&first["kind"], first["items"].as_array().unwrap().len()), (&json!("full"), 1));
    let name = first["resultId"].as_str().unwrap().to_owned();
    assert_eq!(pull(&mut client, URI, Some(&name)), json!({ "kind": "unchanged", "resultId": name }));
    client.change(URI, 2, json!([{ "text": "好。\n" }]));
    let second = pull(&mut client, URI, Some(&name));
    assert_eq!((&second["kind"], &second["items"]), (&json!("full"), &json!([])));
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": URI } }));
    let pushed = client.drain(Duration::from_millis(400));
    assert!(pushed.is_empty(), "{pushed:?}");
}

#[test]
fn a_pull_does_not_wait_for_a_pause() {
    let mut client = Client::start();
    let options = json!({ "delay": 600_000 });
    let params = json!({ "processId": null, "capabilities": pulling(), "initializationOptions": options });
    client.call("initialize", params);
    client.notify("initialized", json!({}));
    client.open(URI, "plaintext", 1, "好。\n");
    client.change(URI, 2, json!([{ "text": "20__年。\n" }]));
    assert_eq!(pull(&mut client, URI, None)["items"].as_array().unwrap().len(), 1);
}

#[test]
fn pulled_and_pushed_diagnostics_have_the_same_limit() {
    let text = "认真学习政冶理论。20__年。\n".repeat(1_500);
    let (mut puller, _) = Client::with(pulling(), None);
    puller.open(URI, "plaintext", 1, &text);
    let pulled = pull(&mut puller, URI, None)["items"].clone();
    let mut client = Client::ready("utf-8");
    client.open(URI, "plaintext", 1, &text);
    let pushed = client.diagnostics(URI, 1);
    assert_eq!(pushed.len(), 2001);
    assert!(pushed[2000]["message"].as_str().unwrap().contains("没有列出"), "{}", pushed[2000]);
    let places = |it: &Value| (it["range"].clone(), it["code"].clone(), it["data"]["id"].clone());
    let pulled: Vec<_> = pulled.as_array().unwrap().iter().map(places).collect();
    assert_eq!(pushed.iter().map(places).collect::<Vec<_>>(), pulled);
}

#[test]
fn withheld_findings_are_pulled_once_the_cursor_is_idle() {
    let (mut client, _) = Client::with(pulling(), None);
    client.open(URI, "plaintext", 1, "认真学习理论。\n");
    pull(&mut client, URI, None);
    client.change(URI, 2, json!([{ "range": range((0, 12), (0, 12)), "text": "政冶" }]));
    let withheld = pull(&mut client, URI, None);
    assert_eq!(withheld["items"], json!([]));
    client.wait("a refresh", |message| message["method"] == "workspace/diagnostic/refresh");
    let all = pull(&mut client, URI, withheld["resultId"].as_str());
    assert_eq!(all["items"][0]["code"], "typo/confusable-word");
}

#[test]
fn a_pull_waits_for_the_settings() {
    let mut can = pulling();
    can["workspace"]["configuration"] = json!(true);
    let (mut client, _) = Client::with(can, None);
    client.open(URI, "plaintext", 1, "20__年。\n");
    let params = json!({ "textDocument": { "uri": URI } });
    let pulled = client.request("textDocument/diagnostic", params);
    let asked = client.wait("the settings", |message| message["method"] == "workspace/configuration");
    client.send(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": [{ "ignore": ["leftover"] }] }));
    assert_eq!(client.answer(pulled)["result"]["items"], json!([]));
}

fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("a.txt", "20__年。\n");
    write("b.md", "好。\n");
    write("c.txt", "认真学习政冶理论。\n");
    write("d.rs", "20__年。\n");
    write("e.txt", "20__年。\n");
    write("zhubi.toml", "exclude = [\"e.txt\"]\n");
    folder
}

#[test]
fn unchanged_reports_of_the_workspace_are_not_sent_again() {
    let folder = workspace();
    let (mut client, _) = Client::with(pulling(), Some(folder.path()));
    let uri = |name: &str| uri_of(&folder.path().join(name));
    client.open(&uri("c.txt"), "plaintext", 1, "好。\n");
    let all = client.call("workspace/diagnostic", json!({ "previousResultIds": [], "workDoneToken": "w" }));
    let items = all["items"].as_array().unwrap();
    let uris: Vec<_> = items.iter().map(|it| it["uri"].as_str().unwrap().to_owned()).collect();
    assert_eq!(uris, [uri("a.txt"), uri("b.md")], "neither the open one nor the excluded one");
    assert_eq!(items[0]["items"][0]["code"], "leftover/placeholder");
    let kinds: Vec<_> = client
        .drain(Duration::from_millis(100))
        .iter()
        .filter(|message| message["method"] == "$/progress" && message["params"]["token"] == "w")
        .map(|message| message["params"]["value"]["kind"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(kinds, ["begin", "report", "report", "end"]);
    let previous: Vec<_> =
        items.iter().map(|it| json!({ "uri": it["uri"], "value": it["resultId"] })).collect();
    let again = client.call("workspace/diagnostic", json!({ "previousResultIds": previous }));
    assert!(again["items"].as_array().unwrap().iter().all(|it| it["kind"] == "unchanged"), "{again}");
}

#[test]
fn pulling_the_workspace_can_be_cancelled() {
    let folder = tempfile::tempdir().unwrap();
    for nth in 0..400 {
        std::fs::write(folder.path().join(format!("{nth}.txt")), "认真学习政冶理论。\n".repeat(10)).unwrap();
    }
    let (mut client, _) = Client::with(pulling(), Some(folder.path()));
    let params = json!({ "previousResultIds": [], "workDoneToken": 7, "partialResultToken": 8 });
    let id = client.request("workspace/diagnostic", params);
    client.wait("the first part", |message| message["params"]["token"] == 8);
    client.notify("window/workDoneProgress/cancel", json!({ "token": 7 }));
    assert_eq!(client.answer(id)["error"]["code"], -32800);
    let id = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    client.notify("$/cancelRequest", json!({ "id": id }));
    assert_eq!(client.answer(id)["error"]["code"], -32800);
    assert_eq!(client.call("shutdown", Value::Null), Value::Null);
}

#[test]
fn the_command_checks_the_workspace_and_pushes() {
    let folder = workspace();
    let mut can = capabilities("utf-8");
    can["window"] = json!({ "workDoneProgress": true });
    let (mut client, _) = Client::with(can, Some(folder.path()));
    let counted = client.call("workspace/executeCommand", json!({ "command": "zhubi.checkWorkspace" }));
    assert_eq!(counted, json!({ "files": 3, "findings": 2 }));
    let all = client.drain(Duration::from_millis(200));
    let published = |name: &str| {
        let uri = uri_of(&folder.path().join(name));
        all.iter().any(|it| it["params"]["uri"] == *uri && it["params"]["diagnostics"][0].is_object())
    };
    assert!(published("a.txt") && published("c.txt") && !published("b.md"));
    assert!(all.iter().any(|it| it["method"] == "window/workDoneProgress/create"));
    assert!(all.iter().any(|it| it["params"]["value"]["kind"] == "end"));
}

#[test]
fn drafts_of_the_workspace_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    let lines = [
        "全年共组织党员干部集中学习二十四次，撰写心得体会六十余篇。",
        "协调解决停车难、办证难等群众反映的问题一百二十六件。",
        "图书馆全年开放三百一十天，接待读者四万二千余人次。",
        "项目部克服工期紧的困难，提前十二天完成主体工程施工任务。",
    ];
    let text = lines.join("\n");
    let (old, new) = (folder.path().join("old.txt"), folder.path().join("new.txt"));
    std::fs::write(&old, format!("去年的材料\n{text}\n")).unwrap();
    let (mut client, _) = Client::with(capabilities("utf-8"), Some(folder.path()));
    client.open(&uri_of(&new), "plaintext", 1, &text.replace("二十四", "二十六"));
    client.call("workspace/executeCommand", json!({ "command": "zhubi.checkWorkspace" }));
    let found = client.wait("the old draft", |it| {
        it["method"] == "textDocument/publishDiagnostics" && it["params"]["version"].is_null()
    });
    let found = found["params"]["diagnostics"].as_array().unwrap().clone();
    let copied = found.iter().find(|it| it["code"] == "style/copied-document");
    let message = copied.expect("four sentences are the same")["message"].as_str().unwrap();
    assert!(message.contains("new.txt") && message.contains("共4句"), "{message}");
}

#[test]
fn the_command_that_checks_the_workspace_can_be_cancelled() {
    let folder = tempfile::tempdir().unwrap();
    for nth in 0..400 {
        std::fs::write(folder.path().join(format!("{nth}.txt")), "认真学习政冶理论。\n".repeat(10)).unwrap();
    }
    let (mut client, _) = Client::with(capabilities("utf-8"), Some(folder.path()));
    let id = client.request(
        "workspace/executeCommand",
        json!({ "command": "zhubi.checkWorkspace", "workDoneToken": "check" }),
    );
    client.wait("progress", |message| message["params"]["value"]["kind"] == "report");
    client.notify("window/workDoneProgress/cancel", json!({ "token": "check" }));
    assert_eq!(client.answer(id)["error"]["code"], -32800);
    let ended = client.drain(Duration::from_millis(200));
    assert!(ended.iter().any(|it| it["params"]["value"]["kind"] == "end"), "the progress has an end");
}
