//! Edits, requests and cancellations interleaved: all are answered once and in order, and nothing hangs.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::client::{Client, range};
use crate::model::{Dice, Model, Unit, random_edit};

const URI: &str = "file:///tmp/zhubi-test/stress.md";

#[test]
fn edits_requests_and_cancellations_interleave() {
    let mut dice = Dice(0x5EED_0005);
    let mut model =
        Model { text: "# 总结\n\n20__年😀参加某某市工作。\n\n".repeat(50), unit: Unit::Utf16 };
    let mut client = Client::ready("utf-16");
    client.open(URI, "markdown", 0, &model.text);
    let document = json!({ "uri": URI });
    let mut asked: HashSet<i64> = HashSet::new();
    let mut cancelled: HashSet<i64> = HashSet::new();
    let mut texts: Vec<(i64, i64, String)> = Vec::new();
    for version in 1..=600_i64 {
        let change = random_edit(&mut model, &mut dice);
        client.change(URI, version, json!([change]));
        let line = dice.below(60);
        let position = json!({ "line": line, "character": dice.below(20) });
        let (method, params) = match dice.below(6) {
            0 => ("textDocument/hover", json!({ "textDocument": document, "position": position })),
            1 => ("textDocument/documentSymbol", json!({ "textDocument": document })),
            2 => ("textDocument/foldingRange", json!({ "textDocument": document })),
            3 => {
                let context = json!({ "diagnostics": [] });
                let range = range((line, 0), (line + 3, 0));
                (
                    "textDocument/codeAction",
                    json!({ "textDocument": document, "range": range, "context": context }),
                )
            }
            4 => {
                let id = client.request("zhubi/text", json!({ "uri": URI }));
                texts.push((id, version, model.text.clone()));
                continue;
            }
            _ => continue,
        };
        let id = client.request(method, params);
        asked.insert(id);
        if dice.below(3) == 0 {
            client.notify("$/cancelRequest", json!({ "id": id }));
            cancelled.insert(id);
        }
        if dice.below(10) == 0 {
            // A request that was answered long ago, or never sent.
            client.notify("$/cancelRequest", json!({ "id": dice.below(2000) + 5000 }));
        }
    }
    for (id, version, text) in texts {
        let answer = client.answer(id);
        assert_eq!(answer["result"], json!({ "text": text, "version": version }), "the order is kept");
    }
    for id in asked {
        let answer = client.answer(id);
        let error = &answer["error"]["code"];
        let was_cancelled = cancelled.contains(&id);
        assert!(error.is_null() || (was_cancelled && *error == -32800), "{answer}");
    }
    client.diagnostics(URI, 600);
    assert_eq!(client.text(URI), model.text);
    assert_eq!(client.call("shutdown", Value::Null), Value::Null);
    let left = client.drain(std::time::Duration::from_millis(100));
    assert!(left.iter().all(|message| message.get("id").is_none()), "an answer came twice: {left:?}");
}
