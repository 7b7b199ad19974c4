//! Incremental edits: after thousands of them, valid and invalid, server and client have the same text.

use serde_json::{Value, json};

use crate::client::Client;
use crate::model::{Dice, Model, Unit, random_edit};

const URI: &str = "file:///tmp/zhubi-test/random.txt";
const EDITS: usize = 2_000;

fn edit_at_random(unit: Unit, seed: u64) {
    let mut dice = Dice(seed);
    let mut model = Model { text: "一、工作\r\n20__年😀参加\r某某市\n".repeat(20), unit };
    let mut client = Client::ready(unit.name());
    client.open(URI, "plaintext", 0, &model.text);
    let mut version = 0;
    let mut done = 0;
    while done < EDITS {
        let edits = (1 + dice.below(3)).min(EDITS - done);
        version += 1;
        let changes: Value = (0..edits).map(|_| random_edit(&mut model, &mut dice)).collect();
        client.change(URI, version, changes);
        done += edits;
        if dice.below(20) == 0 {
            assert_eq!(client.text(URI), model.text, "{unit:?} after {done} edits");
        }
    }
    let answer = client.call("zhubi/text", json!({ "uri": URI }));
    assert_eq!(answer, json!({ "text": model.text, "version": version }), "{unit:?}");
    assert!(model.text.len() > 500, "the edits have left a text: {}", model.text.len());
    // `slice` asserts that each range lies in the text.
    for found in client.diagnostics(URI, version) {
        assert!(!model.slice(&found["range"]).is_empty(), "{found}");
    }
}

#[test]
fn random_edits_in_utf_8() {
    edit_at_random(Unit::Utf8, 0x5EED_0001);
}

#[test]
fn random_edits_in_utf_16() {
    edit_at_random(Unit::Utf16, 0x5EED_0002);
}

#[test]
fn random_edits_in_utf_32() {
    edit_at_random(Unit::Utf32, 0x5EED_0003);
}

#[test]
fn several_documents_are_kept_apart() {
    let mut dice = Dice(0x5EED_0004);
    let mut client = Client::ready("utf-16");
    let uri = |nth: usize| format!("untitled:{nth}");
    let mut models: Vec<_> = (0..5).map(|_| Model { text: String::new(), unit: Unit::Utf16 }).collect();
    for nth in 0..models.len() {
        client.open(&uri(nth), "markdown", 0, "");
    }
    for version in 1..=400 {
        let nth = dice.below(models.len());
        let change = random_edit(&mut models[nth], &mut dice);
        client.change(&uri(nth), version, json!([change]));
    }
    for (nth, model) in models.iter().enumerate() {
        assert_eq!(client.text(&uri(nth)), model.text);
    }
}
