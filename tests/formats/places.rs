//! All formats tell one place, whatever stands before it.

use serde_json::Value;

use crate::drafts::{check, drafts, reports};
use crate::github::annotation;

/// The line and column of each finding, by what JSON says of it.
fn positions(json: &str, pointer: &str, keys: [&str; 2]) -> Vec<(u64, u64)> {
    let values: Value = serde_json::from_str(json).unwrap();
    let array = if pointer.is_empty() { &values } else { values.pointer(pointer).unwrap() };
    let number = |value: &Value, key: &str| value.pointer(key).unwrap().as_u64().unwrap();
    array.as_array().unwrap().iter().map(|it| (number(it, keys[0]), number(it, keys[1]))).collect()
}

#[test]
fn all_formats_tell_the_same_places_in_one_run() {
    let drafts = drafts();
    let text = "😀𠮷认真学习政冶理论,会上😀学习政冶。\r\n驻村帮扶队走访群众。\r\n";
    let name = "beyond.txt";
    std::fs::write(drafts.path().join(name), text).unwrap();
    let (run, reports) = reports(drafts.path(), &["-q", "--select", "typo,style/house-style", name]);
    let report = |format: &str| reports[format].as_str();
    for place in ["beyond.txt:1:7:", "beyond.txt:1:17:", "beyond.txt:2:1:"] {
        assert!(run.out.contains(place), "{}", run.shown());
    }
    let expected = [(1, 7), (1, 17), (2, 1)];
    assert_eq!(positions(report("json"), "", ["/start/line", "/start/column"]), expected);
    let array = format!("[{}]", report("jsonl").trim_end().replace('\n', ","));
    assert_eq!(positions(&array, "", ["/start/line", "/start/column"]), expected);
    let region = "/locations/0/physicalLocation/region";
    let start = [&*format!("{region}/startLine"), &*format!("{region}/startColumn")];
    assert_eq!(positions(report("sarif"), "/runs/0/results", start), expected);
    let end = [&*format!("{region}/endLine"), &*format!("{region}/endColumn")];
    assert_eq!(positions(report("sarif"), "/runs/0/results", end), [(1, 9), (1, 19), (2, 6)]);
    let begin = ["/location/positions/begin/line", "/location/positions/begin/column"];
    assert_eq!(positions(report("gitlab"), "", begin), expected);
    let number = |value: Option<&str>| value.unwrap().parse::<u64>().unwrap();
    let checkstyle = roxmltree::Document::parse(report("checkstyle")).unwrap();
    let errors = checkstyle.descendants().filter(|it| it.has_tag_name("error"));
    let places: Vec<_> =
        errors.map(|it| (number(it.attribute("line")), number(it.attribute("column")))).collect();
    assert_eq!(places, expected);
    let junit = roxmltree::Document::parse(report("junit")).unwrap();
    let cases = junit.descendants().filter(|it| it.has_tag_name("testcase"));
    let names: Vec<_> = cases.map(|it| it.attribute("name").unwrap().split_once(' ').unwrap().0).collect();
    assert_eq!(names, ["1:7", "1:17", "2:1"]);
    let github: Vec<_> = report("github").lines().filter_map(annotation).collect();
    let places: Vec<_> = github
        .iter()
        .map(|(_, it)| {
            (number(it.get("line").map(String::as_str)), number(it.get("col").map(String::as_str)))
        })
        .collect();
    assert_eq!(places, expected);
    // Its specification wants bytes.
    let start = ["/location/range/start/line", "/location/range/start/column"];
    let bytes = positions(report("rdjson"), "/diagnostics", start);
    let (first, _) = text.split_once('\r').unwrap();
    let columns: Vec<u64> = first.match_indices("政冶").map(|(at, _)| at as u64 + 1).collect();
    assert_eq!(bytes, [(1, columns[0]), (1, columns[1]), (2, 1)]);
}

/// DEL and what is like it are characters of a draft, no escape codes of ours.
#[test]
fn what_a_program_reads_is_not_stripped() {
    let drafts = drafts();
    let text = std::fs::read_to_string(drafts.path().join("control.txt")).unwrap();
    std::fs::write(drafts.path().join("del.toml"), PACK).unwrap();
    std::fs::write(drafts.path().join("zhubi.toml"), "[packs]\nfiles = [\"del.toml\"]\n").unwrap();
    assert!(text.contains('\u{7F}'));
    for format in ["json", "sarif"] {
        let out = check(drafts.path(), format, &["control.txt"]).out;
        assert!(out.contains("甲\u{7F}\u{9B}乙"), "{format}: {out}");
    }
}

const PACK: &str = r#"name = "控制字符"
[[rule]]
name = "试"
find = "学习"
replace = "甲\u007F\u009B乙"
message = "试"
severity = "warning"
bad = "学习。"
good = "会议。"
"#;
