//! What is done in a selection alone: formatting, and the fixes that may be applied unseen.

use serde_json::{Value, json};

use crate::client::{Client, capabilities, range};
use crate::model::{Model, Unit};

const URI: &str = "file:///tmp/zhubi-test/selection.txt";
const TEXT: &str =
    "😀认真学习政冶理论,内容丰富。\n报刊拦目,内容丰富,学习政冶理论。\n再接再励,学习政冶理论,内容丰富。\n";

fn open(client: &mut Client) {
    client.open(URI, "plaintext", 2, TEXT);
}

#[test]
fn formatting_leaves_what_is_not_selected() {
    for unit in Unit::ALL {
        let mut client = Client::ready(unit.name());
        open(&mut client);
        let mut model = Model { text: TEXT.to_owned(), unit };
        let place = |shown: &str| model.place(model.text.find(shown).unwrap());
        let selection = range(place("报刊"), place("内容丰富,学"));
        let options = json!({ "tabSize": 4, "insertSpaces": true });
        let params = json!({ "textDocument": { "uri": URI }, "range": selection, "options": options });
        let edits = client.call("textDocument/rangeFormatting", params);
        model.apply(&edits);
        assert_eq!(model.text, TEXT.replace("拦目,", "拦目，"), "{unit:?}");
    }
}

fn offered(client: &mut Client, selection: &Value, context: Value) -> Option<Value> {
    let params = json!({ "textDocument": { "uri": URI }, "range": selection, "context": context });
    let actions = client.call("textDocument/codeAction", params);
    let mut actions = actions.as_array().unwrap().iter();
    actions.find(|action| action["title"].as_str().unwrap().starts_with("改正选中部分")).cloned()
}

#[test]
fn the_fixes_in_a_selection() {
    let mut resolves = capabilities("utf-16");
    resolves["textDocument"]["codeAction"] = json!({ "resolveSupport": { "properties": ["edit"] } });
    for can in [capabilities("utf-16"), resolves] {
        let resolve = can["textDocument"]["codeAction"].is_object();
        let (mut client, _) = Client::with(can, None);
        open(&mut client);
        let second_line = range((1, 0), (2, 0));
        let mut action = offered(&mut client, &second_line, json!({ "diagnostics": [] })).unwrap();
        assert_eq!(action["title"], "改正选中部分可以放心改的错误（3处）");
        assert_eq!(action["kind"], "quickfix");
        assert_eq!(action["edit"].is_null(), resolve);
        if resolve {
            action = client.call("codeAction/resolve", action);
        }
        let document = &action["edit"]["documentChanges"][0];
        assert_eq!(document["textDocument"]["version"], 2);
        let mut model = Model { text: TEXT.to_owned(), unit: Unit::Utf16 };
        model.apply(&document["edits"]);
        let lines: Vec<&str> = TEXT.lines().collect();
        assert_eq!(model.text, format!("{}\n报刊栏目，内容丰富，学习政治理论。\n{}\n", lines[0], lines[2]));
    }
}

#[test]
fn it_is_offered_where_it_is_of_use() {
    let mut client = Client::ready("utf-16");
    open(&mut client);
    let mut is_offered =
        |selection: Value, context: Value| offered(&mut client, &selection, context).is_some();
    let asked = json!({ "diagnostics": [] });
    let whole = range((0, 0), (3, 0));
    assert!(!is_offered(whole.clone(), asked.clone()), "the whole text has an action of its own");
    assert!(!is_offered(range((1, 0), (1, 0)), asked.clone()), "nothing is selected");
    assert!(!is_offered(range((1, 2), (1, 4)), asked.clone()), "one finding has its own fix");
    // On save, editors apply what is of this kind; the selection is none of it.
    let on_save = json!({ "diagnostics": [], "only": ["source.fixAll"] });
    assert!(!is_offered(range((1, 0), (2, 0)), on_save));
    assert!(!is_offered(range((1, 0), (2, 0)), json!({ "diagnostics": [], "triggerKind": 2 })));
}

#[test]
fn findings_are_tagged_for_clients_that_show_tags() {
    let text = "县农技站关于请求解决水泵购置资金的请示\n县政府：\n五保户张三申请资金。\n";
    let tags = |can: Value| -> Vec<(String, Value)> {
        let (mut client, _) = Client::with(can, None);
        client.open(URI, "plaintext", 1, text);
        let found = client.diagnostics(URI, 1);
        found.iter().map(|it| (it["code"].as_str().unwrap().to_owned(), it["tags"].clone())).collect()
    };
    let mut shows = capabilities("utf-16");
    shows["textDocument"]["publishDiagnostics"]["tagSupport"] = json!({ "valueSet": [1, 2] });
    let found = tags(shows.clone());
    let of =
        |rule: &str| &found.iter().find(|(code, _)| code == rule).unwrap_or_else(|| panic!("{found:?}")).1;
    assert_eq!(of("structure/title"), &json!([1]));
    assert_eq!(of("typo/outdated-term"), &json!([2]));
    shows["textDocument"]["publishDiagnostics"]["tagSupport"] = json!({ "valueSet": [2] });
    assert!(tags(shows).iter().all(|(_, tags)| *tags != json!([1])));
    assert!(tags(capabilities("utf-16")).iter().all(|(_, tags)| tags.is_null()));
}
