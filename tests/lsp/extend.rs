//! A zhubi.toml that extends another, and what it says for some files.

use serde_json::{Value, json};

use crate::client::{Client, capabilities, uri_of};

const TEXT: &str = "认真学习政冶理论。\n";

fn severities(found: &[Value]) -> Vec<i64> {
    found.iter().map(|it| it["severity"].as_i64().unwrap()).collect()
}

#[test]
fn a_change_of_the_file_that_is_extended_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    for part in ["a", "b"] {
        std::fs::create_dir(folder.path().join(part)).unwrap();
        write(&format!("{part}/zhubi.toml"), "extend = \"../base.toml\"\n");
    }
    write("base.toml", "[severity]\ntypo = \"hint\"\n");
    let (mut client, _) = Client::with(capabilities("utf-8"), Some(folder.path()));
    let [a, b] = ["a/a.txt", "b/b.txt"].map(|name| uri_of(&folder.path().join(name)));
    let base = uri_of(&folder.path().join("base.toml"));
    client.open(&a, "plaintext", 1, TEXT);
    assert_eq!(severities(&client.diagnostics(&a, 1)), [4]);
    client.open(&b, "plaintext", 1, TEXT);
    assert_eq!(severities(&client.diagnostics(&b, 1)), [4]);
    let changed = |client: &mut Client| {
        let changes = json!([{ "uri": base, "type": 2 }]);
        client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    };
    let of_base = |client: &mut Client| {
        let message = client.wait("diagnostics of base.toml", |message| message["params"]["uri"] == *base);
        message["params"]["diagnostics"].as_array().unwrap().clone()
    };
    write("base.toml", "[severity]\ntypo = \"info\"\n");
    changed(&mut client);
    assert_eq!(severities(&client.diagnostics(&a, 1)), [3]);
    assert_eq!(severities(&client.diagnostics(&b, 1)), [3]);
    // What is wrong with it is shown in it, once for all that extend it, and the last that was right stays.
    write("base.toml", "\nselct = []\n");
    changed(&mut client);
    let found = of_base(&mut client);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["range"]["start"], json!({ "line": 1, "character": 0 }));
    assert!(found[0]["message"].as_str().unwrap().contains("selct"));
    let warning = client.notification("window/showMessage");
    assert!(warning["message"].as_str().unwrap().contains("base.toml 第 2 行"), "{warning}");
    write("a/zhubi.toml", "");
    changed(&mut client);
    assert_eq!(severities(&client.diagnostics(&a, 1)), [1]);
    write("base.toml", "[severity]\ntypo = \"warning\"\n");
    changed(&mut client);
    assert_eq!(of_base(&mut client), Vec::<Value>::new(), "right again, for the last of them too");
    assert_eq!(severities(&client.diagnostics(&b, 1)), [2]);
    // One that nobody reads any more does not keep the fault of another alive.
    write("base.toml", "selct = []\n");
    write("a/zhubi.toml", "extend = \"../base.toml\"\n");
    changed(&mut client);
    assert_eq!(of_base(&mut client).len(), 1);
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": a } }));
    write("base.toml", "");
    changed(&mut client);
    assert_eq!(of_base(&mut client), Vec::<Value>::new());
    // A file that is gone is told where it is named.
    std::fs::remove_file(folder.path().join("base.toml")).unwrap();
    changed(&mut client);
    let heir = uri_of(&folder.path().join("b/zhubi.toml"));
    let message = client.wait("diagnostics of zhubi.toml", |message| message["params"]["uri"] == *heir);
    assert_eq!(message["params"]["diagnostics"][0]["range"]["start"], json!({ "line": 0, "character": 9 }));
}

#[test]
fn a_draft_has_the_overrides_that_are_for_it_and_the_workspace_its_exclusions() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    std::fs::create_dir_all(folder.path().join("work/old")).unwrap();
    write(
        "zhubi.toml",
        "exclude = [\"/work/old/\"]\n[[overrides]]\nfiles = [\"/work/*.md\"]\nseverity = { typo = \"hint\" }\n",
    );
    write("work/old/c.txt", TEXT);
    write("work/d.txt", TEXT);
    std::fs::create_dir(folder.path().join("work/below")).unwrap();
    write("work/below/zhubi.toml", "exclude = [\"e.txt\"]\n");
    write("work/below/e.txt", TEXT);
    let (mut client, _) = Client::with(capabilities("utf-8"), Some(&folder.path().join("work")));
    for (name, severity) in [("a.txt", 1), ("a.md", 4), ("b.md", 4)] {
        let uri = uri_of(&folder.path().join("work").join(name));
        client.open(&uri, "plaintext", 1, TEXT);
        assert_eq!(severities(&client.diagnostics(&uri, 1)), [severity], "{name}");
    }
    let counted = client.call("workspace/executeCommand", json!({ "command": "zhubi.checkWorkspace" }));
    assert_eq!(counted["files"], 1, "the patterns count from their own folder");
}
