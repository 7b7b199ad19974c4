//! What a writer sees while typing: nothing under the caret that was not there before.

use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, range};

const URI: &str = "file:///tmp/zhubi-test/typing.txt";

fn insertion(at: (usize, usize), text: &str) -> Value {
    json!([{ "range": range(at, at), "text": text }])
}

fn codes(found: &[Value]) -> Vec<&str> {
    found.iter().map(|it| it["code"].as_str().unwrap()).collect()
}

#[test]
fn a_new_finding_under_the_caret_waits_for_it_to_rest() {
    let mut client = Client::ready("utf-8");
    client.open(URI, "plaintext", 1, "认真学习理论。\n");
    assert!(client.diagnostics(URI, 1).is_empty());
    client.change(URI, 2, insertion((0, 12), "政冶"));
    assert!(client.diagnostics(URI, 2).is_empty(), "held while the writer types");
    // Nothing more is typed: it is said, of the same version.
    assert_eq!(codes(&client.diagnostics(URI, 2)), ["typo/confusable-word"]);
}

#[test]
fn it_is_said_when_the_caret_leaves() {
    let mut client = Client::ready("utf-8");
    client.open(URI, "plaintext", 1, "认真学习理论。\n扎实工作。\n");
    client.diagnostics(URI, 1);
    client.change(URI, 2, insertion((0, 12), "政冶"));
    client.change(URI, 3, insertion((1, 0), "要"));
    assert_eq!(codes(&client.diagnostics(URI, 3)), ["typo/confusable-word"]);
}

#[test]
fn it_is_said_on_saving() {
    let mut client = Client::ready("utf-8");
    client.open(URI, "plaintext", 1, "认真学习理论。\n");
    client.diagnostics(URI, 1);
    client.change(URI, 2, insertion((0, 12), "政冶"));
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": URI } }));
    assert_eq!(codes(&client.diagnostics(URI, 2)), ["typo/confusable-word"]);
}

#[test]
fn an_old_finding_stays_and_moves() {
    let mut client = Client::ready("utf-8");
    client.open(URI, "plaintext", 1, "认真学习政冶理论。\n");
    client.diagnostics(URI, 1);
    client.change(URI, 2, insertion((0, 12), "新"));
    let moved = client.diagnostics(URI, 2);
    assert_eq!(moved[0]["range"], range((0, 15), (0, 21)));
    // Right behind it, too.
    client.change(URI, 3, insertion((0, 21), "的"));
    assert_eq!(client.diagnostics(URI, 3)[0]["range"], range((0, 15), (0, 21)));
    let more = client.drain(Duration::from_millis(1500));
    assert!(more.is_empty(), "nothing was held: {more:?}");
}
