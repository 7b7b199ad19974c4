//! Quick fixes, fixes for the whole document, and which of them are offered.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Client, capabilities, range};
use crate::model::{Model, Unit};

const URI: &str = "file:///tmp/zhubi-test/a.txt";
const TEXT: &str = "😀认真学习政冶理论。\n报刊拦目,内容丰富。\n";

fn actions(client: &mut Client, range: Value, context: Value) -> Vec<Value> {
    let params = json!({ "textDocument": { "uri": URI }, "range": range, "context": context });
    client.call("textDocument/codeAction", params).as_array().unwrap().clone()
}

/// The edits of an action, which have to name this version.
fn edits(action: &Value, version: i64) -> Value {
    let document = &action["edit"]["documentChanges"][0];
    assert_eq!(document["textDocument"], json!({ "uri": URI, "version": version }));
    document["edits"].clone()
}

fn opened(unit: Unit) -> (Client, Vec<Value>, Model) {
    let mut client = Client::ready(unit.name());
    client.open(URI, "plaintext", 3, TEXT);
    let found = client.diagnostics(URI, 3);
    (client, found, Model { text: TEXT.to_owned(), unit })
}

fn typo(found: &[Value]) -> Value {
    found.iter().find(|it| it["code"] == "typo/confusable-word").expect("政冶 is marked").clone()
}

#[test]
fn a_quick_fix_replaces_the_word() {
    for unit in Unit::ALL {
        let (mut client, found, mut model) = opened(unit);
        let mark = typo(&found);
        assert_eq!(model.slice(&mark["range"]), "政冶");
        let in_short = json!([{ "title": "改为“政治”", "applicability": "safe", "replacement": "政治" }]);
        assert_eq!(mark["data"]["fixes"], in_short);
        let offered =
            actions(&mut client, mark["range"].clone(), json!({ "diagnostics": [], "only": ["quickfix"] }));
        let fix = &offered[0];
        assert_eq!((&fix["title"], &fix["kind"]), (&json!("改为“政治”"), &json!("quickfix")));
        assert_eq!(fix["isPreferred"], true);
        assert_eq!(fix["diagnostics"][0]["range"], mark["range"]);
        model.apply(&edits(fix, 3));
        assert_eq!(model.text, TEXT.replace("政冶", "政治"), "{unit:?}");
    }
}

#[test]
fn everything_safe_is_fixed_at_once() {
    for unit in Unit::ALL {
        let (mut client, _, mut model) = opened(unit);
        for kind in ["source.fixAll.zhubi", "source.fixAll", "source"] {
            let offered =
                actions(&mut client, range((0, 0), (0, 0)), json!({ "diagnostics": [], "only": [kind] }));
            assert_eq!(offered.len(), 1, "{kind}");
            assert_eq!(offered[0]["kind"], "source.fixAll.zhubi");
            model.text = TEXT.to_owned();
            model.apply(&edits(&offered[0], 3));
            assert!(model.text.contains("政治理论") && model.text.contains("栏目"), "{}", model.text);
        }
        client.change(URI, 4, json!([{ "text": model.text }]));
        let nothing_left = actions(
            &mut client,
            range((0, 0), (0, 0)),
            json!({ "diagnostics": [], "only": ["source.fixAll"] }),
        );
        assert!(nothing_left.is_empty(), "{nothing_left:?}");
    }
}

#[test]
fn the_range_takes_precedence_over_the_diagnostics_of_the_context() {
    let (mut client, found, model) = opened(Unit::Utf16);
    let first = typo(&found);
    let titles = |offered: Vec<Value>| -> Vec<String> {
        offered.iter().map(|it| it["title"].as_str().unwrap().to_owned()).collect()
    };
    let second = model.text.find("拦目").unwrap();
    let (line, column) = model.place(second);
    let at_second = range((line, column), (line, column));
    // Neovim 0.11 sends all diagnostics of the line with a narrow range.
    let by_range = actions(&mut client, at_second, json!({ "diagnostics": [first], "only": ["quickfix"] }));
    assert!(titles(by_range).contains(&"改为“栏目”".to_owned()));
    // ALE's range is wrong, but its diagnostics are right.
    let nowhere = range((0, 0), (0, 0));
    let by_context =
        actions(&mut client, nowhere.clone(), json!({ "diagnostics": [first], "only": ["quickfix"] }));
    assert!(titles(by_context).contains(&"改为“政治”".to_owned()));
    // A client that does not return `data`.
    let mut bare = first;
    bare.as_object_mut().unwrap().remove("data");
    let by_rule =
        actions(&mut client, nowhere.clone(), json!({ "diagnostics": [bare], "only": ["quickfix"] }));
    assert!(titles(by_rule).contains(&"改为“政治”".to_owned()));
    let none = actions(&mut client, nowhere, json!({ "diagnostics": [], "only": ["quickfix"] }));
    assert!(none.is_empty());
}

#[test]
fn actions_are_filtered_by_kind() {
    let (mut client, found, _) = opened(Unit::Utf8);
    let mark = typo(&found)["range"].clone();
    let mut kinds = |context: Value| -> Vec<String> {
        let mut kinds: Vec<_> = actions(&mut client, mark.clone(), context)
            .iter()
            .map(|it| it["kind"].as_str().unwrap().to_owned())
            .collect();
        kinds.dedup();
        kinds
    };
    let both = ["quickfix", "source.fixAll.zhubi"];
    // What reaches over the whole text is for those who name it: this client cannot resolve it later.
    assert_eq!(kinds(json!({ "diagnostics": [] })), ["quickfix"]);
    assert_eq!(kinds(json!({ "diagnostics": [], "only": [""] })), ["quickfix"]);
    // What vim-lsp sends.
    let vim = ["", "quickfix", "refactor", "refactor.extract", "source", "source.organizeImports"];
    assert_eq!(kinds(json!({ "diagnostics": [], "only": vim })), both);
    assert_eq!(kinds(json!({ "diagnostics": [], "only": ["refactor"] })), [""; 0]);
    assert_eq!(kinds(json!({ "diagnostics": [], "only": ["source.organizeImports"] })), [""; 0]);
    // The editor looks for a light bulb.
    assert_eq!(kinds(json!({ "diagnostics": [], "triggerKind": 2 })), ["quickfix"]);
}

#[test]
fn a_client_without_versioned_edits_gets_plain_ones() {
    let mut can = capabilities("utf-16");
    can["workspace"] = json!({});
    let (mut client, _) = Client::with(can, None);
    client.open(URI, "plaintext", 1, TEXT);
    let mark = typo(&client.diagnostics(URI, 1))["range"].clone();
    let offered = actions(&mut client, mark, json!({ "diagnostics": [], "only": ["quickfix"] }));
    assert!(offered[0]["edit"].get("documentChanges").is_none());
    let mut model = Model { text: TEXT.to_owned(), unit: Unit::Utf16 };
    model.apply(&offered[0]["edit"]["changes"][URI]);
    assert_eq!(model.text, TEXT.replace("政冶", "政治"));
}

#[test]
fn an_action_is_for_the_text_as_it_was_requested() {
    let (mut client, found, mut model) = opened(Unit::Utf16);
    let mark = typo(&found)["range"].clone();
    // The request does not wait for the pause after an edit.
    client.change(URI, 4, json!([{ "range": range((1, 0), (1, 0)), "text": "甲" }]));
    model.replace((1, 0), (1, 0), "甲");
    let offered = actions(&mut client, mark, json!({ "diagnostics": [], "only": ["quickfix"] }));
    model.apply(&edits(&offered[0], 4));
    assert!(model.text.contains("政治理论") && model.text.contains("\n甲报刊"));
}

#[test]
fn each_candidate_is_offered_and_a_rule_can_be_fixed_in_the_whole_file() {
    let text = "认真学习政冶理论,内容丰富,形式多样,效果很好。\n再次学习政冶理论。\n";
    for unit in Unit::ALL {
        let mut client = Client::ready(unit.name());
        client.open(URI, "plaintext", 1, text);
        let found = client.diagnostics(URI, 1);
        for mark in &found {
            let context = json!({ "diagnostics": [mark], "only": ["quickfix"] });
            let offered = actions(&mut client, mark["range"].clone(), context);
            let titles: Vec<_> = offered.iter().map(|it| it["title"].clone()).collect();
            for fix in mark["data"]["fixes"].as_array().unwrap() {
                assert!(titles.contains(&fix["title"]), "{fix} of {mark} is not among {titles:?}");
            }
        }
        let at = typo(&found)["range"].clone();
        let offered = actions(&mut client, at, json!({ "diagnostics": [], "only": ["quickfix"] }));
        let all = offered.iter().find(|it| it["title"].as_str().unwrap().starts_with("改正全文的“"));
        let mut model = Model { text: text.to_owned(), unit };
        model.apply(&edits(all.expect("all of this rule in the file"), 1));
        assert_eq!(model.text, text.replace("政冶", "政治"), "and nothing else");
    }
}

#[test]
fn a_fault_of_the_whole_text_is_fixed_here_or_everywhere() {
    let text = "参加工作,一直在一线。\n会议强调,要抓落实,求实效。\n会议决定,开始整改。\n";
    for unit in Unit::ALL {
        let mut client = Client::ready(unit.name());
        client.open(URI, "plaintext", 3, text);
        let found = client.diagnostics(URI, 3);
        let marks: Vec<&Value> = found.iter().filter(|it| it["code"] == "punctuation/halfwidth").collect();
        assert_eq!(marks.len(), 1, "{found:#?}");
        let context = json!({ "diagnostics": [], "only": ["quickfix"] });
        let offered = actions(&mut client, marks[0]["range"].clone(), context);
        let after = |title: &str| {
            let action =
                offered.iter().find(|it| it["title"] == title).unwrap_or_else(|| panic!("{offered:#?}"));
            let mut model = Model { text: text.to_owned(), unit };
            model.apply(&edits(action, 3));
            model.text
        };
        assert_eq!(after("全文的逗号改为全角"), text.replace(',', "，"));
        assert_eq!(after("只把本段的改为全角"), text.replacen(',', "，", 1));
    }
}

#[test]
fn what_reaches_over_the_whole_text_is_for_who_names_it() {
    let text = format!("{TEXT}四、再次学习政冶理论。\n");
    let mut client = Client::ready("utf-16");
    client.open(URI, "plaintext", 3, &text);
    let mark = typo(&client.diagnostics(URI, 3))["range"].clone();
    let titles = |client: &mut Client, context: Value| -> Vec<String> {
        actions(client, mark.clone(), context)
            .iter()
            .map(|it| it["title"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = |titles: &[String]| titles.iter().filter(|it| it.starts_with("改正全文能放心改的错误")).count();
    let here = titles(&mut client, json!({ "diagnostics": [] }));
    assert_eq!(all(&here), 0, "{here:?}");
    assert!(here.iter().any(|it| it.starts_with("改正全文的“")), "one rule needs no second look: {here:?}");
    for only in ["source.fixAll.zhubi", "source.fixAll", "source"] {
        assert_eq!(all(&titles(&mut client, json!({ "diagnostics": [], "only": [only] }))), 1, "{only}");
    }
}

/// Run it in a release build: `cargo test --release --test lsp -- --ignored five_megabytes`.
#[test]
#[ignore = "takes minutes in a build that is not optimised"]
fn the_menu_in_five_megabytes_comes_at_once() {
    let mut text = String::from("年度工作总结\n");
    while text.len() < 5_000_000 {
        let number = text.len();
        text += &format!(
            "一、第{number}项工作\n认真学习政冶理论，全年召开会议{number}次,内容丰富。\n会后布署工作，走访群众{number}户。\n"
        );
    }
    let mut client = Client::ready("utf-16");
    client.open(URI, "plaintext", 1, &text);
    let asked = json!({ "textDocument": { "uri": URI }, "range": range((2, 4), (2, 4)), "context": { "diagnostics": [] } });
    // The first waits for the check.
    let mut times = Vec::new();
    let id = client.request("zhubi/status", json!({ "uri": URI }));
    client.wait_for(Duration::from_secs(300), "the check", |it| it["id"] == id && it.get("method").is_none());
    for _ in 0..5 {
        let begun = Instant::now();
        let offered = client.call("textDocument/codeAction", asked.clone());
        times.push(begun.elapsed());
        assert!(!offered.as_array().unwrap().is_empty());
    }
    times.sort();
    assert!(times[2] < Duration::from_millis(100), "{times:?}");
}
