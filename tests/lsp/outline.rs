//! Symbols, folds and hovers.

use serde_json::{Value, json};

use crate::client::{Client, capabilities};
use crate::model::{Model, Unit};

const URI: &str = "file:///tmp/zhubi-test/a.txt";
const TEXT: &str = "检验科个人总结 篇一:\n一、政治思想方面:\n20__年,认真学习。\n二、工作方面:\n(一)吃苦耐劳\n我来自农村。\n检验科个人总结 篇二:\n一、提高站位\n好。\n";

fn opened(capabilities: Value) -> Client {
    let (mut client, _) = Client::with(capabilities, None);
    client.open(URI, "plaintext", 1, TEXT);
    client
}

fn lines(symbols: &Value, depth: usize, model: &Model, out: &mut Vec<String>) {
    for symbol in symbols.as_array().unwrap() {
        let (whole, selection) = (model.slice(&symbol["range"]), model.slice(&symbol["selectionRange"]));
        assert!(whole.contains(selection), "{symbol}");
        let (name, detail) = (symbol["name"].as_str().unwrap(), symbol["detail"].as_str().unwrap());
        out.push(format!("{}{name} {detail}", "  ".repeat(depth)));
        if symbol.get("children").is_some() {
            lines(&symbol["children"], depth + 1, model, out);
        }
    }
}

#[test]
fn symbols_are_a_tree_with_lengths() {
    let mut client = opened(capabilities("utf-16"));
    let symbols = client.call("textDocument/documentSymbol", json!({ "textDocument": { "uri": URI } }));
    let mut tree = Vec::new();
    lines(&symbols, 0, &Model { text: TEXT.to_owned(), unit: Unit::Utf16 }, &mut tree);
    assert_eq!(
        tree,
        [
            "检验科个人总结 篇一: 47字",
            "  一、政治思想方面: 17字",
            "  二、工作方面: 20字",
            "    (一)吃苦耐劳 13字",
            "检验科个人总结 篇二: 18字",
            "  一、提高站位 8字",
        ]
    );
}

#[test]
fn symbols_are_flat_for_a_client_that_takes_no_tree() {
    let mut client = opened(json!({}));
    let symbols = client.call("textDocument/documentSymbol", json!({ "textDocument": { "uri": URI } }));
    let model = Model { text: TEXT.to_owned(), unit: Unit::Utf16 };
    let flat: Vec<_> = symbols
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (model.slice(&it["location"]["range"]), it["containerName"].as_str()))
        .collect();
    assert_eq!(flat.len(), 6);
    assert_eq!(flat[3], ("(一)吃苦耐劳", Some("二、工作方面:")));
}

#[test]
fn sections_fold() {
    let mut client = opened(capabilities("utf-8"));
    let folds = client.call("textDocument/foldingRange", json!({ "textDocument": { "uri": URI } }));
    let lines: Vec<_> = folds
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["startLine"].as_u64().unwrap(), it["endLine"].as_u64().unwrap()))
        .collect();
    assert_eq!(lines, [(0, 5), (1, 2), (3, 5), (4, 5), (6, 8), (7, 8)]);
}

#[test]
fn a_hover_explains_the_finding() {
    for (can, is_markdown) in [(capabilities("utf-16"), true), (json!({}), false)] {
        let mut client = opened(can);
        let mut hover = |line: u32, character: u32| {
            let position = json!({ "line": line, "character": character });
            client.call("textDocument/hover", json!({ "textDocument": { "uri": URI }, "position": position }))
        };
        let shown = hover(2, 2);
        let contents = &shown["contents"];
        assert_eq!(contents["kind"], if is_markdown { "markdown" } else { "plaintext" });
        let value = contents["value"].as_str().unwrap();
        // The message, an example, the rule; no headings.
        for part in ["没有填", "例：", "leftover/placeholder"] {
            assert!(value.contains(part), "{part}: {value}");
        }
        assert!(
            !value.contains('#') && value.lines().filter(|line| !line.is_empty()).count() == 3,
            "{value}"
        );
        assert_eq!(value.contains("20\\_\\_年"), is_markdown, "{value}");
        assert_eq!(shown["range"]["end"], json!({ "line": 2, "character": 5 }));
        assert_eq!(hover(2, 9), Value::Null);
        assert_eq!(hover(99, 99), Value::Null);
    }
}
