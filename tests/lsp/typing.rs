//! What a writer sees while typing: no finding at the cursor that was not there before.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Client, capabilities, range};

const URI: &str = "file:///tmp/zhubi-test/typing.txt";

fn insertion(at: (usize, usize), text: &str) -> Value {
    json!([{ "range": range(at, at), "text": text }])
}

fn codes(found: &[Value]) -> Vec<&str> {
    found.iter().map(|it| it["code"].as_str().unwrap()).collect()
}

#[test]
fn a_new_finding_at_the_cursor_is_withheld_until_it_is_idle() {
    let mut client = Client::ready("utf-8");
    client.open(URI, "plaintext", 1, "认真学习理论。\n");
    assert!(client.diagnostics(URI, 1).is_empty());
    client.change(URI, 2, insertion((0, 12), "政冶"));
    assert!(client.diagnostics(URI, 2).is_empty(), "withheld while the writer types");
    // Nothing more is typed: it is published for the same version.
    assert_eq!(codes(&client.diagnostics(URI, 2)), ["typo/confusable-word"]);
}

#[test]
fn a_withheld_finding_is_published_when_the_cursor_leaves() {
    let mut client = Client::ready("utf-8");
    client.open(URI, "plaintext", 1, "认真学习理论。\n扎实工作。\n");
    client.diagnostics(URI, 1);
    client.change(URI, 2, insertion((0, 12), "政冶"));
    client.change(URI, 3, insertion((1, 0), "要"));
    assert_eq!(codes(&client.diagnostics(URI, 3)), ["typo/confusable-word"]);
}

#[test]
fn a_withheld_finding_is_published_on_saving() {
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
    // And where the edit touches its end.
    client.change(URI, 3, insertion((0, 21), "的"));
    assert_eq!(client.diagnostics(URI, 3)[0]["range"], range((0, 15), (0, 21)));
    let more = client.drain(Duration::from_millis(1500));
    assert!(more.is_empty(), "nothing was withheld: {more:?}");
}

#[test]
fn what_is_new_in_the_paragraph_waits_and_what_is_new_elsewhere_does_not() {
    let mut client = Client::ready("utf-8");
    client.open(URI, "plaintext", 1, "做好以下两项工作：一是学习。二是落实。好\n认真学习理论。\n");
    assert!(client.diagnostics(URI, 1).is_empty());
    // 以下三项 with two of them: the mark stands far from the cursor, which is behind 好.
    let changes = json!([
        { "range": range((0, 12), (0, 15)), "text": "三" },
        { "range": range((0, 57), (0, 57)), "text": "的" },
    ]);
    client.change(URI, 2, changes);
    assert!(client.diagnostics(URI, 2).is_empty(), "withheld");
    assert_eq!(codes(&client.diagnostics(URI, 2)), ["structure/count-mismatch"]);
    // Pasted text is meant as it is.
    let pasted = "全面加强政冶建设，认真落实各项工作任务。";
    client.change(URI, 3, insertion((1, 0), pasted));
    assert_eq!(codes(&client.diagnostics(URI, 3)), ["structure/count-mismatch", "typo/confusable-word"]);
}

#[test]
fn an_open_quotation_is_no_fault_while_its_sentence_is_written() {
    for (open, close) in [("“", "”"), ("（", "）"), ("《", "》")] {
        let mut client = Client::ready("utf-8");
        client.open(URI, "plaintext", 1, "会议学习了政冶理论。\n");
        assert_eq!(codes(&client.diagnostics(URI, 1)), ["typo/confusable-word"]);
        // Before the marked word, which then counts as quoted.
        client.change(URI, 2, insertion((0, 15), open));
        assert_eq!(codes(&client.diagnostics(URI, 2)), ["typo/confusable-word"], "{open}");
        // However long the writer thinks.
        let more = client.drain(Duration::from_millis(2000));
        assert!(more.iter().all(|it| codes_of(it) == ["typo/confusable-word"]), "{open}: {more:?}");
        client.change(URI, 3, insertion((0, 15 + 3 + 12), close));
        let found = client.diagnostics(URI, 3);
        assert!(!codes(&found).contains(&"punctuation/unpaired"), "{found:?}");
    }
    // Nor where the editor saves by itself meanwhile.
    let mut client = Client::ready("utf-8");
    client.open(URI, "plaintext", 1, "会议指出：\n");
    client.diagnostics(URI, 1);
    client.change(URI, 2, insertion((0, 15), "“要抓"));
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": URI } }));
    let more = client.drain(Duration::from_millis(1500));
    assert!(more.iter().all(|it| codes_of(it).is_empty()), "{more:?}");
    // One that is still open when the sentence is over.
    let mut client = Client::ready("utf-8");
    client.open(URI, "plaintext", 1, "会议指出：\n");
    client.diagnostics(URI, 1);
    client.change(URI, 2, insertion((0, 15), "“"));
    assert!(client.diagnostics(URI, 2).is_empty());
    client.change(URI, 3, insertion((0, 18), "要抓紧。"));
    assert!(client.diagnostics(URI, 3).is_empty());
    assert_eq!(codes(&client.diagnostics(URI, 3)), ["punctuation/unpaired"], "after a pause");
}

fn codes_of(message: &Value) -> Vec<&str> {
    codes(message["params"]["diagnostics"].as_array().unwrap())
}

#[test]
fn a_mark_goes_at_once_where_it_is_corrected_and_comes_back_no_more() {
    let mut client = Client::ready("utf-8");
    client.open(URI, "plaintext", 1, "认真学习政冶理论，20__年。\n");
    assert_eq!(client.diagnostics(URI, 1).len(), 2);
    client.change(URI, 2, json!([{ "range": range((0, 15), (0, 18)), "text": "治" }]));
    assert_eq!(codes(&client.diagnostics(URI, 2)), ["leftover/placeholder"]);
    let more = client.drain(Duration::from_millis(1500));
    assert!(more.is_empty(), "{more:?}");
    // Where a comment says so, too.
    client.change(URI, 3, insertion((0, 0), "zhubi: ignore-next-line leftover/placeholder\n"));
    assert!(client.diagnostics(URI, 3).is_empty());
}

/// A server that waits for a pause of so many milliseconds.
fn with_delay(delay: u64) -> Client {
    let mut client = Client::start();
    let params = json!({
        "processId": null, "capabilities": capabilities("utf-8"), "initializationOptions": { "delay": delay },
    });
    client.call("initialize", params);
    client.notify("initialized", json!({}));
    client
}

#[test]
fn only_an_edit_waits_for_a_pause() {
    let mut client = with_delay(600_000);
    client.open(URI, "plaintext", 1, "20__年。\n");
    assert_eq!(client.diagnostics(URI, 1).len(), 1, "nothing waits on opening");
    client.change(URI, 2, insertion((0, 0), "甲。"));
    let early = client.drain(Duration::from_millis(400));
    assert!(early.is_empty(), "the pause is not over: {early:?}");
    let params = json!({ "textDocument": { "uri": URI }, "position": { "line": 0, "character": 8 } });
    assert!(client.call("textDocument/hover", params)["contents"].is_object(), "nor does a request wait");
    assert_eq!(client.diagnostics(URI, 2).len(), 1, "what was checked for it is published");
    client.change(URI, 3, insertion((0, 0), "乙。"));
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": URI } }));
    assert_eq!(client.diagnostics(URI, 3).len(), 1, "nor saving");
}

#[test]
fn the_pause_is_counted_from_the_last_edit() {
    let mut client = with_delay(300);
    client.open(URI, "plaintext", 1, "20__年。\n");
    client.diagnostics(URI, 1);
    let mut last = Instant::now();
    for version in 2..=6 {
        last = Instant::now();
        client.change(URI, version, insertion((0, 0), "甲"));
        std::thread::sleep(Duration::from_millis(60));
    }
    client.diagnostics(URI, 6);
    assert!(last.elapsed() >= Duration::from_millis(300), "{:?}", last.elapsed());
}

#[test]
fn an_edit_cancels_the_check_before_it() {
    let mut client = with_delay(0);
    client.open(URI, "plaintext", 0, &"认真学习政治理论，扎实做好各项工作。20__年。\n".repeat(4_000));
    for version in 1..=20 {
        client.change(URI, version, insertion((0, 0), "好"));
        std::thread::sleep(Duration::from_millis(2));
    }
    let last = client.wait("the last version", |message| message["params"]["version"] == 20);
    assert!(!last["params"]["diagnostics"].as_array().unwrap().is_empty());
    // The first check takes a hundred times as long as all the edits: only the last one finishes. Its
    // findings may come once more, with those that the cursor withheld.
    let published = client
        .drain(Duration::from_millis(50))
        .into_iter()
        .filter(|it| it["method"] == "textDocument/publishDiagnostics" && it["params"]["version"] != 20);
    assert_eq!(published.count(), 0);
}
