//! Formatting, selection ranges, completion, hints, workspace symbols, resolving actions, status.

use serde_json::{Value, json};

use crate::client::{Client, capabilities, range, uri_of};
use crate::model::{Model, Unit};

const URI: &str = "file:///tmp/zhubi-test/requests.md";

const PLAIN: &str = "file:///tmp/zhubi-test/requests.txt";

fn document() -> Value {
    json!({ "uri": URI })
}

#[test]
fn formatting_fixes_punctuation_and_leaves_words_alone() {
    let text = "# 总结\n\n认真学习政冶理论,内容丰富。\n";
    for unit in Unit::ALL {
        let mut client = Client::ready(unit.name());
        client.open(URI, "markdown", 1, text);
        let params = json!({ "textDocument": document(), "options": { "tabSize": 4, "insertSpaces": true } });
        let edits = client.call("textDocument/formatting", params);
        let mut model = Model { text: text.to_owned(), unit };
        model.apply(&edits);
        assert_eq!(model.text, text.replace(',', "，"));
    }
}

#[test]
fn a_selection_grows_from_the_sentence_to_the_whole() {
    let text = "# 总结\n\n## 一、学习\n\n认真学习。深入调研。\n\n## 二、工作\n\n好。\n";
    let mut client = Client::ready("utf-16");
    client.open(URI, "markdown", 1, text);
    let params = json!({ "textDocument": document(), "positions": [{ "line": 4, "character": 7 }] });
    let mut chain = client.call("textDocument/selectionRange", params)[0].clone();
    let model = Model { text: text.to_owned(), unit: Unit::Utf16 };
    let mut selected = Vec::new();
    while chain.is_object() {
        selected.push(model.slice(&chain["range"]).to_owned());
        chain = chain["parent"].clone();
    }
    let section = "一、学习\n\n认真学习。深入调研。";
    assert_eq!(selected[..3], ["深入调研。", "认真学习。深入调研。", section]);
    assert_eq!(selected.last().unwrap(), text);
}

fn complete(client: &mut Client, text: &str) -> Vec<String> {
    client.open(URI, "markdown", 1, text);
    let position = json!({ "line": 0, "character": text.chars().count() });
    let items =
        client.call("textDocument/completion", json!({ "textDocument": document(), "position": position }));
    let texts =
        items.as_array().unwrap().iter().map(|it| it["textEdit"]["newText"].as_str().unwrap().to_owned());
    texts.collect()
}

#[test]
fn directives_are_completed() {
    let mut client = Client::ready("utf-32");
    assert_eq!(
        complete(&mut client, "学习<!-- zhubi: ig"),
        ["ignore", "ignore-next-line", "ignore-begin", "ignore-end", "ignore-file", "type="]
    );
    let names = complete(&mut client, "<!-- zhubi: ignore typo/idiom number/");
    assert!(names.contains(&"number/weekday".to_owned()) && names.contains(&"style".to_owned()));
    assert!(complete(&mut client, "认真学习 ").is_empty());
    assert!(complete(&mut client, "<!-- zhubi: ignore typo --> 学习 ").is_empty());
}

#[test]
fn hints_compare_lengths_with_targets() {
    let mut client = Client::start();
    let (can, options) =
        (capabilities("utf-16"), json!({ "targetLength": 100, "sectionLength": { "存在的问题": 8 } }));
    let params = json!({ "processId": null, "capabilities": can, "initializationOptions": options });
    client.call("initialize", params);
    client.notify("initialized", json!({}));
    client.open(PLAIN, "plaintext", 1, "年度总结\n一、工作情况\n很好。\n二、存在的问题\n不少。\n");
    let params = json!({ "textDocument": { "uri": PLAIN }, "range": range((0, 0), (9, 0)) });
    let hints = client.call("textDocument/inlayHint", params);
    let shown: Vec<_> =
        hints.as_array().unwrap().iter().map(|it| (&it["position"]["line"], &it["label"])).collect();
    assert_eq!(shown, [(&json!(0), &json!("23/100字")), (&json!(3), &json!("10/8字"))]);
    assert_eq!(hints[1]["tooltip"], "本节10字，比目标8字多2字");
    let status = client.call("zhubi/status", json!({ "uri": PLAIN }));
    assert_eq!(
        (&status["words"], &status["target"], &status["state"]),
        (&json!(23), &json!(100), &json!("ready"))
    );
    assert_eq!(status["documentType"], json!({ "id": "summary", "name": "工作总结" }));
}

#[test]
fn hints_are_asked_for_again_when_a_target_is_set() {
    let folder = tempfile::tempdir().unwrap();
    let uri = uri_of(&folder.path().join("a.txt"));
    let mut can = capabilities("utf-8");
    can["workspace"]["inlayHint"] = json!({ "refreshSupport": true });
    let (mut client, _) = Client::with(can, Some(folder.path()));
    client.open(&uri, "plaintext", 1, "很好。\n");
    client.diagnostics(&uri, 1);
    std::fs::write(folder.path().join("zhubi.toml"), "[length]\ndocument = 100\n").unwrap();
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
    client.wait("a refresh", |message| message["method"] == "workspace/inlayHint/refresh");
    let params = json!({ "textDocument": { "uri": uri }, "range": range((0, 0), (9, 0)) });
    assert_eq!(client.call("textDocument/inlayHint", params)[0]["label"], "3/100字");
}

/// As other linters do: what the project leaves out is let alone in the editor, too.
#[test]
fn a_document_that_is_excluded_or_of_another_language_is_let_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("zhubi.toml"), "exclude = [\"归档/\"]\n").unwrap();
    let uri = |name: &str| uri_of(&folder.path().join(name)).replace("归档", "%E5%BD%92%E6%A1%A3");
    let (mut client, _) = Client::with(capabilities("utf-8"), Some(folder.path()));
    for (name, language, state, marks) in [
        ("归档/a.txt", "plaintext", "excluded", 0),
        ("a.txt", "plaintext", "ready", 1),
        ("b.tex", "latex", "no-draft", 0),
        ("c.tex", "plaintext", "ready", 1),
        ("d.txt", "mail", "ready", 1),
        ("untitled", "", "ready", 1),
        ("e.rs", "rust", "no-draft", 0),
    ] {
        let uri = uri(name);
        client.open(&uri, language, 1, "20__年。\n");
        assert_eq!(client.diagnostics(&uri, 1).len(), marks, "{name}");
        assert_eq!(client.call("zhubi/status", json!({ "uri": uri }))["state"], state, "{name}");
    }
    std::fs::write(folder.path().join("zhubi.toml"), "").unwrap();
    let archived = uri("归档/a.txt");
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": archived } }));
    assert_eq!(client.diagnostics(&archived, 1).len(), 1, "it is left out no longer");
}

#[test]
fn the_kind_of_document_that_is_shown_is_the_one_that_is_checked() {
    let mut client = Client::start();
    let options = json!({ "documentType": "request" });
    client.call(
        "initialize",
        json!({ "processId": null, "capabilities": capabilities("utf-16"), "initializationOptions": options }),
    );
    client.notify("initialized", json!({}));
    let body = "我站因抗旱需要，拟购置水泵两台，用于沿河三个村的农田灌溉。".repeat(4);
    client.open(PLAIN, "plaintext", 1, &format!("购置水泵\n县财政局：\n{body}\n"));
    let found = client.diagnostics(PLAIN, 1);
    assert!(found.iter().any(|it| it["code"] == "structure/request"), "{found:?}");
    let kind =
        |client: &mut Client| client.call("zhubi/status", json!({ "uri": PLAIN }))["documentType"].clone();
    assert_eq!(kind(&mut client)["id"], "request");
    client.change(PLAIN, 2, json!([{ "text": "zhubi: type=通知\n购置水泵\n" }]));
    assert_eq!(kind(&mut client)["id"], "notice");
}

#[test]
fn headings_are_found_in_the_whole_workspace() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.md"), "# 防汛工作总结\n\n## 一、主要做法\n\n好。\n").unwrap();
    std::fs::write(folder.path().join("b.md"), "# 旧的防汛总结\n").unwrap();
    let open = uri_of(&folder.path().join("b.md"));
    let (mut client, _) = Client::with(capabilities("utf-16"), Some(folder.path()));
    client.open(&open, "markdown", 1, "# 新的防汛总结\n");
    let symbols = client.call("workspace/symbol", json!({ "query": "防汛" }));
    let names: Vec<_> = symbols.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["新的防汛总结", "防汛工作总结"], "what is open is not read from disk");
    assert_eq!(client.call("workspace/symbol", json!({ "query": "无此标题" })), json!([]));
}

#[test]
fn costly_actions_come_without_edits_where_the_client_resolves_them() {
    let mut can = capabilities("utf-16");
    can["textDocument"]["codeAction"] = json!({ "resolveSupport": { "properties": ["edit"] } });
    let (mut client, _) = Client::with(can, None);
    let text = "认真学习政冶理论,内容丰富。\n";
    client.open(URI, "plaintext", 1, text);
    let context = json!({ "diagnostics": [], "only": ["source.fixAll"] });
    let ask = json!({ "textDocument": document(), "range": range((0, 0), (0, 0)), "context": context });
    let action = client.call("textDocument/codeAction", ask)[0].clone();
    assert!(action.get("edit").is_none());
    let resolved = client.call("codeAction/resolve", action.clone());
    let mut model = Model { text: text.to_owned(), unit: Unit::Utf16 };
    model.apply(&resolved["edit"]["documentChanges"][0]["edits"]);
    assert_eq!(model.text, "认真学习政治理论，内容丰富。\n");
    client.change(URI, 2, json!([{ "text": "好。\n" }]));
    assert_eq!(client.call_error("codeAction/resolve", action), -32801, "the text is another");
}

#[test]
fn headings_are_renumbered_and_a_missing_section_is_inserted() {
    let mut client = Client::ready("utf-16");
    let text = "工作方案\n一、目标\n甲。\n二、任务\n乙。\n四、要求\n丙。\n五、其他\n丁。\n";
    client.open(PLAIN, "plaintext", 1, text);
    let context = json!({ "diagnostics": [], "only": ["refactor.rewrite"] });
    let ask = json!({ "textDocument": { "uri": PLAIN }, "range": range((0, 0), (0, 0)), "context": context });
    let offered = client.call("textDocument/codeAction", ask);
    assert_eq!(offered[0]["kind"], "refactor.rewrite.zhubi.numbering");
    let mut model = Model { text: text.to_owned(), unit: Unit::Utf16 };
    model.apply(&offered[0]["edit"]["documentChanges"][0]["edits"]);
    assert_eq!(model.text, text.replace("四、", "三、").replace("五、", "四、"));
    let body = "今年以来，全镇上下齐心协力，各项任务按时完成，群众满意度稳步提高。".repeat(20);
    let text = format!("防汛工作总结\n一、主要工作\n{body}\n");
    client.open(PLAIN, "plaintext", 2, &text);
    let missing = client.diagnostics(PLAIN, 2);
    let missing =
        missing.iter().find(|it| it["code"] == "structure/missing-section").expect("问题一节没有写");
    let context = json!({ "diagnostics": [], "only": ["quickfix"] });
    let ask = json!({ "textDocument": { "uri": PLAIN }, "range": missing["range"], "context": context });
    let offered = client.call("textDocument/codeAction", ask);
    let titles: Vec<_> = offered.as_array().unwrap().iter().map(|it| it["title"].as_str().unwrap()).collect();
    assert!(titles.iter().any(|title| title.starts_with("在文末插入“二、")), "{titles:?}");
}

#[test]
fn a_trace_tells_what_was_computed_and_nothing_of_the_text() {
    let mut client = Client::ready("utf-8");
    client.open(PLAIN, "plaintext", 1, "年度总结\n认真学习政冶理论。\n");
    client.diagnostics(PLAIN, 1);
    let trace = client.call("zhubi/trace", json!({ "uri": PLAIN }))["text"].as_str().unwrap().to_owned();
    for part in ["# 朱笔运行记录", "## 最近几次检查", "| typo/confusable-word |", "文种：工作总结"]
    {
        assert!(trace.contains(part), "{part}: {trace}");
    }
    assert!(!trace.contains("政") && !trace.contains("理论"), "{trace}");
}
