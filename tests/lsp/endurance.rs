//! A long day: tens of thousands of edits in many documents, with requests, cancellations and malformed
//! messages in between, from a client that never answers a request. It takes minutes: `cargo test --release
//! --test lsp -- --ignored endurance`.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, capabilities, range};
use crate::model::{Dice, Model, Unit, random_edit};

const DOCUMENTS: usize = 20;

/// Edits in each of the three encodings.
const EDITS: usize = 50_000;

/// Edits between two verifications.
const EDITS_BETWEEN_VERIFICATIONS: usize = 2_500;

const START: &str = "年度工作总结\n一、学习情况\r\n认真学习政冶理论，20__年😀参加某某市培训。\n二、工作\n做好以下三项工作：一是抓学习。二是抓落实。\n";

struct Open {
    uri: String,
    version: usize,
    model: Model,
}

struct Day {
    client: Client,
    dice: Dice,
    documents: Vec<Open>,
    /// Requests without an answer yet, and those of them that were cancelled.
    asked: HashSet<i64>,
    cancelled: HashSet<i64>,
    malformed: usize,
}

impl Day {
    fn begin(unit: Unit) -> Self {
        // Capabilities that make the server send requests, which this client never answers.
        let mut can = capabilities(unit.name());
        can["workspace"]["configuration"] = json!(true);
        can["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": true });
        can["window"] = json!({ "workDoneProgress": true });
        let (mut client, _) = Client::with(can, None);
        let open = |nth: usize| {
            let name = if nth.is_multiple_of(2) { "txt" } else { "md" };
            let uri = format!("file:///tmp/zhubi-test/endurance/{nth}.{name}");
            Open { uri, version: 0, model: Model { text: START.repeat(5), unit } }
        };
        let documents: Vec<_> = (0..DOCUMENTS).map(open).collect();
        for document in &documents {
            client.open(&document.uri, "", 0, &document.model.text);
        }
        let (asked, cancelled) = (HashSet::new(), HashSet::new());
        Self { client, dice: Dice(0x5EED_0007), documents, asked, cancelled, malformed: 0 }
    }

    fn step(&mut self) {
        let nth = self.dice.below(self.documents.len());
        let document = &mut self.documents[nth];
        document.version += 1;
        let change = random_edit(&mut document.model, &mut self.dice);
        self.client.change(&document.uri, document.version as i64, json!([change]));
        let name = json!({ "uri": document.uri });
        let line = self.dice.below(40);
        let place = json!({ "line": line, "character": self.dice.below(30) });
        let here = json!({ "textDocument": name, "position": place });
        let (method, params) = match self.dice.below(60) {
            0 => ("textDocument/hover", here),
            1 => ("textDocument/completion", here),
            2 => ("textDocument/documentSymbol", json!({ "textDocument": name })),
            3 => ("textDocument/foldingRange", json!({ "textDocument": name })),
            4 => ("textDocument/selectionRange", json!({ "textDocument": name, "positions": [place] })),
            5 => (
                "textDocument/formatting",
                json!({ "textDocument": name, "options": { "tabSize": 4, "insertSpaces": true } }),
            ),
            6 => {
                let range = range((line, 0), (line + 3, 0));
                let context = json!({ "diagnostics": [] });
                (
                    "textDocument/codeAction",
                    json!({ "textDocument": name, "range": range, "context": context }),
                )
            }
            7 => ("zhubi/status", json!({ "uri": document.uri })),
            8 => ("workspace/executeCommand", json!({ "command": "zhubi.checkWorkspace" })),
            9 => {
                let saved = json!({ "textDocument": name, "text": document.model.text });
                return self.client.notify("textDocument/didSave", saved);
            }
            10 => {
                self.malformed += 1;
                return self.client.send_bytes(b"Content-Length: 5\r\n\r\n{\"a\":");
            }
            11 => return self.client.notify("textDocument/didChange", json!({ "textDocument": 5 })),
            12 => {
                return self
                    .client
                    .notify("$/cancelRequest", json!({ "id": self.dice.below(1 << 20) + (1 << 20) }));
            }
            _ => return,
        };
        let id = self.client.request(method, params);
        self.asked.insert(id);
        if self.dice.below(3) == 0 {
            self.client.notify("$/cancelRequest", json!({ "id": id }));
            self.cancelled.insert(id);
        }
    }

    /// Every request is answered once, the texts agree, and all ranges lie in them.
    fn verify(&mut self) {
        for id in std::mem::take(&mut self.asked) {
            let answer = self.client.answer(id);
            let error = &answer["error"]["code"];
            let was_cancelled = self.cancelled.contains(&id) && *error == -32800;
            assert!(error.is_null() || was_cancelled, "{answer}");
        }
        self.cancelled.clear();
        for _ in 0..std::mem::take(&mut self.malformed) {
            self.client.wait("an error", |it| it["id"].is_null() && it["error"]["code"] == -32700);
        }
        for nth in 0..self.documents.len() {
            let Open { uri, model, .. } = &self.documents[nth];
            assert_eq!(self.client.text(uri), model.text, "{uri}");
        }
        // The last diagnostics of each document come once its cursor is idle.
        let mut last: HashMap<String, Value> = HashMap::new();
        for message in self.client.drain(Duration::from_millis(1800)) {
            assert!(
                message.get("id").is_none() || message.get("method").is_some(),
                "answered twice: {message}"
            );
            if message["method"] == "textDocument/publishDiagnostics" {
                last.insert(message["params"]["uri"].as_str().unwrap().to_owned(), message["params"].clone());
            }
        }
        for Open { uri, version, model } in &self.documents {
            let Some(params) = last.get(uri) else { continue };
            assert_eq!(params["version"], *version, "{uri}: nothing old comes last");
            for found in params["diagnostics"].as_array().unwrap() {
                model.slice(&found["range"]);
            }
        }
        self.verify_marks();
    }

    /// Once a document is saved and read anew, nothing is withheld or left of what was typed: its marks are
    /// those of the same text that is opened afresh.
    fn verify_marks(&mut self) {
        let nth = self.dice.below(self.documents.len());
        let document = &mut self.documents[nth];
        document.version += 1;
        let change = random_edit(&mut document.model, &mut self.dice);
        let (uri, version, text) = (&document.uri, document.version as i64, document.model.text.clone());
        self.client.change(uri, version, json!([change]));
        let saved = json!({ "textDocument": { "uri": uri }, "text": text });
        self.client.notify("textDocument/didSave", saved);
        // The whole text anew: nobody is in the middle of a sentence.
        document.version += 1;
        let version = version + 1;
        self.client.change(uri, version, json!([{ "text": text }]));
        let twin = uri.replace("endurance/", "endurance/twin-");
        self.client.open(&twin, "", 0, &text);
        let places = |found: Vec<Value>| -> Vec<(Value, Value)> {
            found.iter().map(|it| (it["code"].clone(), it["range"].clone())).collect()
        };
        let fresh = places(self.client.diagnostics(&twin, 0));
        let mut marks = places(self.client.diagnostics(uri, version));
        for message in self.client.drain(Duration::from_millis(200)) {
            if message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == *uri {
                marks = places(message["params"]["diagnostics"].as_array().unwrap().clone());
            }
        }
        assert_eq!(marks, fresh, "{uri}");
        self.client.notify("textDocument/didClose", json!({ "textDocument": { "uri": twin } }));
    }
}

fn endure(unit: Unit) {
    let mut day = Day::begin(unit);
    let mut early = None;
    for edit in 1..=EDITS {
        day.step();
        if edit % EDITS_BETWEEN_VERIFICATIONS == 0 {
            day.verify();
            if edit == EDITS / 5 {
                early = day.client.memory();
            }
        }
    }
    if let (Some(early), Some(late)) = (early, day.client.memory()) {
        #[allow(clippy::print_stdout, reason = "a measurement, for who runs this by hand")]
        {
            println!("{unit:?}: {early:.0} MB after a fifth of the day, {late:.0} MB at its end");
        }
        assert!(late < early * 1.25 + 8.0, "memory grows: {early:.0} MB, {late:.0} MB");
    }
    // An orderly end in the middle of a check.
    day.client.open("untitled:large", "plaintext", 1, &START.repeat(5_000));
    assert_eq!(day.client.call("shutdown", Value::Null), Value::Null);
    day.client.notify("exit", Value::Null);
    assert_eq!(day.client.exit_code(), Some(0));
}

#[test]
#[ignore = "takes minutes"]
fn endurance_in_utf_8() {
    endure(Unit::Utf8);
}

#[test]
#[ignore = "takes minutes"]
fn endurance_in_utf_16() {
    endure(Unit::Utf16);
}

#[test]
#[ignore = "takes minutes"]
fn endurance_in_utf_32() {
    endure(Unit::Utf32);
}
