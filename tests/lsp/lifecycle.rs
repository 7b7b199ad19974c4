//! From `initialize` to `exit`, with messages in between that should not be there.

use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, capabilities};

#[test]
fn shutdown_and_exit_end_the_server() {
    let mut client = Client::ready("utf-8");
    assert_eq!(client.call("shutdown", Value::Null), Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), Some(0));
}

#[test]
fn exit_without_shutdown_is_a_failure() {
    let mut client = Client::ready("utf-8");
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), Some(1));
}

#[test]
fn ends_when_its_input_is_closed() {
    let mut client = Client::ready("utf-8");
    client.open("file:///tmp/a.txt", "plaintext", 1, &"20__年参加工作。\n".repeat(20_000));
    client.close_stdin();
    assert_eq!(client.exit_code(), Some(1));
    let mut uninitialized = Client::start();
    uninitialized.close_stdin();
    assert_eq!(uninitialized.exit_code(), Some(1));
}

#[test]
fn shuts_down_in_the_middle_of_a_run() {
    let mut client = Client::ready("utf-8");
    client.open("file:///tmp/a.txt", "plaintext", 1, &"20__年参加工作。\n".repeat(20_000));
    client.request(
        "textDocument/hover",
        json!({ "textDocument": { "uri": "file:///tmp/a.txt" }, "position": { "line": 0, "character": 0 } }),
    );
    client.call("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), Some(0));
}

#[test]
fn initialize_returns_name_version_and_capabilities() {
    let (_client, answer) = Client::with(capabilities("utf-16"), None);
    assert_eq!(answer["serverInfo"], json!({ "name": "zhubi", "version": env!("CARGO_PKG_VERSION") }));
    let can = &answer["capabilities"];
    assert_eq!(can["textDocumentSync"]["change"], 2);
    assert_eq!(can["textDocumentSync"]["save"]["includeText"], true);
    let kinds = json!(["quickfix", "refactor.rewrite.zhubi.numbering", "source.fixAll.zhubi"]);
    assert_eq!(can["codeActionProvider"]["codeActionKinds"], kinds);
    for provider in [
        "hoverProvider",
        "documentSymbolProvider",
        "foldingRangeProvider",
        "selectionRangeProvider",
        "documentFormattingProvider",
        "workspaceSymbolProvider",
        "inlayHintProvider",
    ] {
        assert_eq!(can[provider], true, "{provider}");
    }
    assert!(can.get("diagnosticProvider").is_none(), "this client does not pull");
}

#[test]
fn the_encoding_is_negotiated() {
    let chosen = |general: Value| {
        Client::with(json!({ "general": general }), None).1["capabilities"]["positionEncoding"].clone()
    };
    assert_eq!(chosen(json!({})), "utf-16");
    assert_eq!(chosen(json!({ "positionEncodings": ["utf-16"] })), "utf-16");
    assert_eq!(chosen(json!({ "positionEncodings": ["utf-32", "utf-16"] })), "utf-32");
    assert_eq!(chosen(json!({ "positionEncodings": ["utf-16", "utf-8"] })), "utf-8");
}

#[test]
fn refuses_requests_before_initialize() {
    let mut client = Client::start();
    assert_eq!(client.call_error("shutdown", Value::Null), -32002);
}

#[test]
fn answers_what_it_does_not_understand_with_errors() {
    let mut client = Client::ready("utf-8");
    assert_eq!(client.call_error("zhubi/unknown", json!({})), -32601);
    assert_eq!(client.call_error("textDocument/hover", json!({ "position": "here" })), -32602);
    assert_eq!(client.call_error("textDocument/codeAction", Value::Null), -32602);
    assert_eq!(client.call_error("zhubi/text", json!({ "uri": "file:///tmp/not-open.txt" })), -32602);
    client.notify("$/unknown", json!({}));
    client.notify("textDocument/didOpen", json!({ "textDocument": 1 }));
    client.change("file:///tmp/not-open.txt", 2, json!([{ "text": "x" }]));
    assert_eq!(client.call("shutdown", Value::Null), Value::Null);
}

#[test]
fn survives_malformed_messages() {
    let mut client = Client::ready("utf-8");
    for (bad, code) in [
        ("Content-Length: 3\r\n\r\n{]}", -32700),
        ("Content-Length: 2\r\n\r\n[]", -32600),
        ("Content-Length: 24\r\n\r\n{\"jsonrpc\":\"1.0\",\"id\":1}", -32600),
    ] {
        client.send_bytes(bad.as_bytes());
        let answer = client.wait(bad, |message| message["id"].is_null() && message.get("method").is_none());
        assert_eq!(answer["error"]["code"], code, "{bad}");
    }
    assert_eq!(client.call("shutdown", Value::Null), Value::Null);
}

/// Where the next message begins is unknown then: an editor starts the server anew.
#[test]
fn ends_at_a_malformed_header() {
    for bad in [
        "Content-Length: x\r\n\r\n",
        "Content-Length: 99999999999999999999999\r\n\r\n",
        "Content-Length: 2000000000\r\n\r\n",
        "Garbage\r\n\r\n",
        "\u{0}\u{1}junk\n",
    ] {
        let mut client = Client::ready("utf-8");
        client.send_bytes(bad.as_bytes());
        let answer = client.wait(bad, |message| message["id"].is_null() && message.get("method").is_none());
        assert_eq!(answer["error"]["code"], -32700, "{bad}");
        assert_eq!(client.exit_code(), Some(1), "{bad}");
    }
}

/// The pipe is held open here, as by a process that the client has left behind.
#[cfg(unix)]
#[test]
fn ends_when_the_clients_process_is_killed() {
    let mut editor = std::process::Command::new("sleep").arg("600").spawn().unwrap();
    let mut client = Client::start();
    client.call("initialize", json!({ "processId": editor.id(), "capabilities": {} }));
    client.notify("initialized", json!({}));
    client.open("untitled:1", "plaintext", 1, "20__年。\n");
    editor.kill().unwrap();
    editor.wait().unwrap();
    assert_eq!(client.exit_code(), Some(1));
}

#[test]
fn a_process_that_is_not_to_be_seen_is_not_waited_for() {
    let mut client = Client::start();
    client.call("initialize", json!({ "processId": i32::MAX, "capabilities": {} }));
    client.notify("initialized", json!({}));
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(client.call("shutdown", Value::Null), Value::Null);
}

#[test]
fn does_not_wait_for_a_client_that_never_reads() {
    let mut client = Client::deaf();
    client.request("initialize", json!({ "capabilities": {} }));
    // More diagnostics than a pipe holds.
    client.open("untitled:1", "plaintext", 1, &"20__年\n".repeat(5_000));
    let position = json!({ "line": 0, "character": 0 });
    let hover = json!({ "textDocument": { "uri": "untitled:1" }, "position": position });
    client.request("textDocument/hover", hover);
    std::thread::sleep(Duration::from_secs(2));
    client.request("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), Some(0));
}
