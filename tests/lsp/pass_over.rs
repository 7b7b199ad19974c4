//! Findings that are passed over: what is offered, what is written, what comes of it.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::client::{Client, capabilities, range, uri_of};
use crate::model::{Model, Unit};

const LIST: &str = "zhubi.ignore.toml";
const TYPO: &str = "typo/confusable-word";

struct Project {
    folder: tempfile::TempDir,
    client: Client,
    uri: String,
}

impl Project {
    fn new(name: &str, text: &str) -> Self {
        Self::of(name, text, &[("zhubi.toml", "")], capabilities("utf-16"))
    }

    fn of(name: &str, text: &str, files: &[(&str, &str)], can: Value) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let draft = folder.path().join(name);
        std::fs::create_dir_all(draft.parent().unwrap()).unwrap();
        std::fs::write(&draft, text).unwrap();
        let (mut client, _) = Client::with(can, Some(folder.path()));
        let uri = uri_of(&draft);
        let language = if name.ends_with(".md") { "markdown" } else { "plaintext" };
        client.open(&uri, language, 1, text);
        Self { folder, client, uri }
    }

    fn list(&self) -> PathBuf {
        self.folder.path().join(LIST)
    }

    fn found(&mut self, version: i64) -> Vec<Value> {
        self.client.diagnostics(&self.uri, version)
    }

    fn actions(&mut self, range: &Value) -> Vec<Value> {
        let context = json!({ "diagnostics": [] });
        let ask = json!({ "textDocument": { "uri": self.uri }, "range": range, "context": context });
        self.client.call("textDocument/codeAction", ask).as_array().unwrap().clone()
    }

    fn pass_over(&mut self, mark: &Value) {
        let actions = self.actions(&mark["range"]);
        let action = actions.iter().find(|it| it["title"] == "这一处不再提示，文稿不改");
        let command = &action.unwrap_or_else(|| panic!("{actions:#?}"))["command"];
        assert_eq!(command["command"], "zhubi.passOver");
        let run = json!({ "command": command["command"], "arguments": command["arguments"] });
        self.client.call("workspace/executeCommand", run);
    }

    fn watched(&mut self, path: &Path) {
        let changes = json!({ "changes": [{ "uri": uri_of(path), "type": 2 }] });
        self.client.notify("workspace/didChangeWatchedFiles", changes);
    }
}

fn marked(found: &[Value], rule: &str) -> Vec<(u64, u64)> {
    let own = found.iter().filter(|it| it["code"] == rule);
    own.map(|it| {
        (it["range"]["start"]["line"].as_u64().unwrap(), it["range"]["start"]["character"].as_u64().unwrap())
    })
    .collect()
}

fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().map(|it| it["title"].as_str().unwrap()).collect()
}

#[test]
fn one_place_is_passed_over_and_comes_back_when_its_entry_is_deleted() {
    let text = "认真学习政冶理论。\n再次学习政冶理论。\n";
    let mut project = Project::new("sub/a.txt", text);
    let found = project.found(1);
    assert_eq!(marked(&found, TYPO), [(0, 4), (1, 4)]);
    project.pass_over(found.iter().find(|it| it["code"] == TYPO).unwrap());
    assert_eq!(marked(&project.found(1), TYPO), [(1, 4)], "the other sentence is another place");
    let list = std::fs::read_to_string(project.list()).unwrap();
    for line in [
        "file = \"sub/a.txt\"",
        "rule = \"typo/confusable-word\"",
        "text = \"政冶\"",
        "before = \"认真学习\"",
        "after = \"理论\"",
    ] {
        assert!(list.lines().any(|it| it == line), "{line}: {list}");
    }
    // Elsewhere is edited, lines move, marks are mended.
    let moved = "前言。\n\n　　认真学习“政冶”理论，\n再次学习政冶理论。\n";
    project.client.change(&project.uri.clone(), 2, json!([{ "text": moved }]));
    assert_eq!(marked(&project.found(2), TYPO), [(3, 4)]);
    let uri = project.uri.clone();
    project.client.change(&uri, 3, json!([{ "text": text }]));
    assert_eq!(marked(&project.found(3), TYPO), [(1, 4)]);
    std::fs::write(project.list(), "").unwrap();
    project.watched(&project.list());
    assert_eq!(marked(&project.found(3), TYPO), [(0, 4), (1, 4)]);
}

#[test]
fn without_a_configuration_the_list_is_in_the_folder_of_the_workspace() {
    let mut project = Project::of("sub/a.txt", "认真学习政冶理论。\n", &[], capabilities("utf-16"));
    let found = project.found(1);
    project.pass_over(found.iter().find(|it| it["code"] == TYPO).unwrap());
    assert_eq!(marked(&project.found(1), TYPO), []);
    assert!(project.list().exists() && !project.folder.path().join("zhubi.toml").exists());
}

#[test]
fn a_fault_in_the_list_is_told_with_its_line_and_the_last_valid_one_stays() {
    let mut project = Project::new("a.txt", "认真学习政冶理论。\n");
    let found = project.found(1);
    project.pass_over(found.iter().find(|it| it["code"] == TYPO).unwrap());
    assert_eq!(marked(&project.found(1), TYPO), []);
    let valid = std::fs::read_to_string(project.list()).unwrap();
    let broken = format!("{valid}\n[[ignore]]\nfile = 1\n");
    std::fs::write(project.list(), &broken).unwrap();
    project.watched(&project.list());
    let list = uri_of(&project.list());
    let told = project.client.wait("the fault", |it| it["params"]["uri"] == list.as_str());
    let line = broken.lines().position(|line| line == "file = 1").unwrap();
    assert_eq!(told["params"]["diagnostics"][0]["range"]["start"]["line"], line);
    let uri = project.uri.clone();
    project.client.change(&uri, 2, json!([{ "text": "认真学习政冶理论。\n好。\n" }]));
    assert_eq!(marked(&project.found(2), TYPO), []);
    // Nothing is written into what cannot be read.
    let argument = json!({ "uri": uri, "rule": TYPO, "text": "布署" });
    let run = json!({ "command": "zhubi.passOver", "arguments": [argument] });
    project.client.call_error("workspace/executeCommand", run);
    assert_eq!(std::fs::read_to_string(project.list()).unwrap(), broken);
}

#[test]
fn what_is_so_in_all_of_a_draft_is_passed_over_as_a_whole() {
    let text = "参加工作,一直在一线。\n会议强调,要抓落实,求实效。\n会议决定,开始整改。\n";
    let mut project = Project::new("a.txt", text);
    let found = project.found(1);
    let mark = found.iter().find(|it| it["code"] == "punctuation/halfwidth").unwrap();
    let actions = project.actions(&mark["range"]);
    let action = actions.iter().find(|it| it["title"] == "这些都不再提示，文稿不改").expect("offered");
    let run = json!({ "command": "zhubi.passOver", "arguments": action["command"]["arguments"] });
    project.client.call("workspace/executeCommand", run);
    assert_eq!(marked(&project.found(1), "punctuation/halfwidth"), []);
}

#[test]
fn what_is_passed_over_is_fixed_by_nobody() {
    let text = "认真学习政冶理论，会后布署工作。\n";
    let mut project = Project::new("a.txt", text);
    let found = project.found(1);
    project.pass_over(found.iter().find(|it| it["code"] == TYPO).unwrap());
    assert_eq!(marked(&project.found(1), TYPO).len(), 1);
    let context = json!({ "diagnostics": [], "only": ["source.fixAll"] });
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } });
    let ask = json!({ "textDocument": { "uri": project.uri }, "range": range, "context": context });
    let all = project.client.call("textDocument/codeAction", ask);
    let edits = all[0]["edit"]["documentChanges"][0]["edits"].as_array().unwrap().clone();
    assert!(edits.len() == 1 && edits[0]["newText"].as_str().unwrap().contains('部'), "{edits:?}");
}

#[test]
fn what_is_passed_over_is_spared_by_the_fixes_in_a_selection() {
    let text = "首先学习政冶理论，报刊拦目很多。\n再次学习政冶理论，报刊拦目不少。\n";
    let mut project = Project::new("a.txt", text);
    let found = project.found(1);
    project.pass_over(found.iter().find(|it| it["code"] == TYPO).unwrap());
    assert_eq!(marked(&project.found(1), TYPO).len(), 3);
    let selection = range((0, 0), (1, 16));
    let actions = project.actions(&selection);
    let fix = actions.iter().find(|it| it["title"].as_str().unwrap().starts_with("改正选中部分")).unwrap();
    assert_eq!(fix["title"], "改正选中部分可以放心改的错误（3处）");
    let mut after = Model { text: text.to_owned(), unit: Unit::Utf16 };
    after.apply(&fix["edit"]["documentChanges"][0]["edits"]);
    assert_eq!(after.text, "首先学习政冶理论，报刊栏目很多。\n再次学习政治理论，报刊栏目不少。\n");
}

#[test]
fn a_client_that_pulls_the_workspace_sees_what_is_passed_over() {
    let mut can = capabilities("utf-8");
    can["textDocument"]["diagnostic"] = json!({});
    can["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    let mut project =
        Project::of("a.txt", "好。\n", &[("zhubi.toml", ""), ("b.txt", "学习政冶理论。\n")], can);
    let pull = |client: &mut Client, previous: Value| {
        let pulled = client.call("workspace/diagnostic", json!({ "previousResultIds": previous }));
        pulled["items"][0].clone()
    };
    let first = pull(&mut project.client, json!([]));
    assert_eq!(first["items"].as_array().unwrap().len(), 1);
    let list = "[[ignore]]\nfile = \"b.txt\"\nrule = \"typo/confusable-word\"\n";
    std::fs::write(project.folder.path().join(LIST), list).unwrap();
    let second = pull(&mut project.client, json!([{ "uri": first["uri"], "value": first["resultId"] }]));
    assert_eq!((&second["kind"], &second["items"]), (&json!("full"), &json!([])));
}

#[test]
fn fixes_come_first_in_the_order_of_the_menu_and_by_code_point() {
    let mut can = capabilities("utf-16");
    can["textDocument"]["codeAction"] = json!({ "resolveSupport": { "properties": ["edit"] } });
    let text = "认真学习政冶理论,会后布署工作。\n再次学习政冶理论。\n";
    for name in ["a.txt", "a.md"] {
        let mut project = Project::of(name, text, &[("zhubi.toml", "")], can.clone());
        let found = project.found(1);
        let mark = found.iter().find(|it| it["code"] == TYPO).unwrap()["range"].clone();
        let actions = project.actions(&mark);
        let in_text = if name.ends_with("md") {
            ["在行尾加注释", "在文首加注释"]
        } else {
            ["在文中加一行注释", "在文末加一行注释"]
        };
        let expected = [
            "改为“政治”".to_owned(),
            "改正全文的“错词”（3处）".to_owned(),
            "改正全文能放心改的错误（4处）".to_owned(),
            "这一处不再提示，文稿不改".to_owned(),
            format!("这一段不再提示“错词”，{}", in_text[0]),
            "这个词没错，“政冶”加入我的词库".to_owned(),
            "这个词没错，“政冶”加入项目词库".to_owned(),
            format!("这篇不再提示“错词”，{}", in_text[1]),
            "项目里停用“错词”".to_owned(),
        ];
        assert_eq!(titles(&actions), expected);
        let mut sorted = expected.to_vec();
        sorted.sort();
        assert_eq!(sorted, expected, "by code point");
        // VS Code puts last what is about no diagnostic.
        assert!(actions.iter().all(|it| it["diagnostics"].is_array() && it["kind"] == "quickfix"));
        let preferred: Vec<bool> = actions.iter().map(|it| it["isPreferred"] == true).collect();
        assert_eq!(preferred.iter().position(|it| *it), Some(0));
        assert_eq!(preferred.iter().filter(|it| **it).count(), 1);
    }
}

#[test]
fn long_names_are_cut_at_a_mark() {
    let text = "工作方案\n一、目标\n甲。\n二、任务\n乙。\n四、要求\n丙。\n";
    let mut project = Project::new("a.txt", text);
    let found = project.found(1);
    let mark = found.iter().find(|it| it["code"] == "structure/numbering").unwrap()["range"].clone();
    let actions = project.actions(&mark);
    assert!(titles(&actions).contains(&"项目里停用“编号跳号、重号、越级等”"), "{:?}", titles(&actions));
    assert!(titles(&actions).iter().all(|title| title.chars().count() <= 32), "{:?}", titles(&actions));
}

/// The words that are offered for dictionaries at a mark of each sentence; none where the fault is no word.
#[test]
fn words_for_dictionaries_are_whole_words() {
    for (text, wrong, word) in [
        ("我市大力引近高层次人才。", "近", Some("引近")),
        ("全市部份企业的完成情况较好。", "份", Some("部份")),
        ("认真学习政冶理论和业务知识。", "政冶", Some("政冶")),
        ("各级党组织要切实负起主体则任。", "则", Some("则任")),
        ("要着力决解群众最关心的问题。", "决解", Some("决解")),
        ("各地要认真的抓好落实。", "的", None),
        ("把安全生产工作抓的很紧。", "的", None),
        ("我们的的工作得到了上级的肯定。", "的", None),
        ("要全面落实落实各项防控措施。", "落实", None),
        ("要充发动群众，依靠群众。", "充", None),
        ("要全面贯落实会议精神。", "贯", None),
        ("内容丰富,形式多样。", ",", None),
    ] {
        let mut project = Project::new("a.txt", &format!("{text}\n"));
        let found = project.found(1);
        let at = |it: &Value, which: &str| it["range"][which]["character"].as_u64().unwrap() as usize;
        let shown = |it: &Value| {
            text.chars().skip(at(it, "start")).take(at(it, "end") - at(it, "start")).collect::<String>()
        };
        let mark =
            found.iter().find(|it| shown(it).contains(wrong)).unwrap_or_else(|| panic!("{text}: {found:#?}"));
        let range = mark["range"].clone();
        let actions = project.actions(&range);
        let offered = actions.iter().find(|it| it["command"]["command"] == "zhubi.addWord");
        let offered = offered.map(|it| it["command"]["arguments"][0]["word"].as_str().unwrap());
        assert_eq!(offered, word, "{text} {mark}");
        // The word settles it.
        if let Some(action) =
            actions.iter().find(|it| it["title"].as_str().unwrap().ends_with("加入项目词库"))
        {
            let rule = mark["code"].as_str().unwrap().to_owned();
            let run = json!({ "command": "zhubi.addWord", "arguments": action["command"]["arguments"] });
            project.client.call("workspace/executeCommand", run);
            assert_eq!(marked(&project.found(1), &rule), [], "{text}");
        }
    }
}

#[test]
fn a_comment_for_a_place_does_not_change_a_region() {
    let text = "zhubi: ignore-begin number\n认真学习政冶理论，于2月30日完成。\nzhubi: ignore-end\n";
    let mut project = Project::new("a.txt", text);
    let found = project.found(1);
    let mark = found.iter().find(|it| it["code"] == TYPO).expect("a region is for its rules").clone();
    assert_eq!(marked(&found, "number/impossible-date"), []);
    let actions = project.actions(&mark["range"]);
    let edit = actions.iter().find(|it| it["title"].as_str().unwrap().starts_with("这一段不再提示")).unwrap();
    let edit = &edit["edit"]["documentChanges"][0]["edits"][0];
    assert_eq!(edit["newText"], format!("zhubi: ignore-next-line {TYPO}\n"));
}

/// What a hover says at the first mark of a draft.
fn hover(client: &mut Client) -> String {
    let uri = "file:///tmp/zhubi-test/hover.txt";
    client.open(uri, "plaintext", 1, "认真学习政冶理论。\n");
    let at = json!({ "line": 0, "character": 5 });
    let hover = client.call("textDocument/hover", json!({ "textDocument": { "uri": uri }, "position": at }));
    hover["contents"]["value"].as_str().unwrap().to_owned()
}

#[test]
fn a_hover_says_what_is_wrong_once_with_an_example_and_a_link() {
    let mut client = Client::ready("utf-16");
    let said = hover(&mut client);
    let lines: Vec<&str> = said.split("\n\n").collect();
    assert_eq!(lines.len(), 3, "{said}");
    assert_eq!(lines[0], "**错误**：“政冶”是错词，应为“政治”");
    assert!(lines[1].starts_with("例：") && lines[1].contains(" → "), "{said}");
    assert!(lines[2].contains("错词（typo/confusable-word）"), "{said}");
    // An editor that shows the message itself, and opens the page.
    let mut client = Client::start();
    let options = json!({ "showsMessages": true, "openRule": "zhubi.openRule" });
    let params = json!({ "processId": null, "capabilities": capabilities("utf-16"), "initializationOptions": options });
    client.call("initialize", params);
    client.notify("initialized", json!({}));
    let said = hover(&mut client);
    assert!(!said.contains("应为“政治”"), "{said}");
    assert!(said.ends_with("](command:zhubi.openRule?%5B%22typo%2Fconfusable-word%22%5D)"), "{said}");
    // One without Markdown.
    let mut can = capabilities("utf-16");
    can["textDocument"]["hover"] = json!({ "contentFormat": ["plaintext"] });
    let said = hover(&mut Client::with(can, None).0);
    assert!(!said.contains("**") && said.lines().count() == 3, "{said}");
}
