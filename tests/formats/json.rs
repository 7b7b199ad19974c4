use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use crate::drafts::{bare_reports, check, drafts, fixed_report, report};
use crate::support::{zhubi, zhubi_with};
use crate::{assert_valid, validator};

/// Our own schema, or a part of it.
fn part(name: &str) -> jsonschema::Validator {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/zhubi-output.schema.json");
    let mut schema: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    schema["$ref"] = format!("#/$defs/{name}").into();
    validator(&schema)
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn the_array_is_as_its_schema_says() {
    let whole = json(report("json"));
    assert_valid(&part("Report"), &whole);
    let severities: BTreeSet<&str> =
        whole.as_array().unwrap().iter().map(|it| it["severity"].as_str().unwrap()).collect();
    assert_eq!(severities, BTreeSet::from(["error", "hint", "info", "warning"]));
    let fixed = json(&fixed_report("json"));
    assert_valid(&part("Report"), &fixed);
    assert!(fixed.as_array().unwrap().iter().any(|it| it["fixed"].is_array()));
    for (_, report) in bare_reports("json") {
        assert_eq!(json(&report), json!([]));
    }
}

#[test]
fn the_schema_refuses_what_is_not_so() {
    let report = part("Report");
    assert!(!report.is_valid(&json!({})));
    assert!(!report.is_valid(&json!([{ "path": "a.txt" }])));
    let mut finding = json(self::report("json"))[0].clone();
    finding["severity"] = "grave".into();
    assert!(!report.is_valid(&json!([finding])));
}

#[test]
fn lines_are_the_elements_of_the_array() {
    let drafts = drafts();
    let whole = json(&check(drafts.path(), "json", &["."]).out);
    let lines = check(drafts.path(), "jsonl", &["."]).out;
    let lines: Vec<Value> = lines.lines().map(json).collect();
    assert_eq!(Value::from(lines.clone()), whole);
    let element = part("Element");
    lines.iter().for_each(|line| assert_valid(&element, line));
    for (_, report) in bare_reports("jsonl") {
        assert_eq!(report, "");
    }
}

#[test]
fn answers_of_batch_and_lists_of_files_are_as_the_schema_says() {
    let drafts = drafts();
    let input =
        "{\"id\": {\"a\": 1e400}, \"text\": \"学习政冶。\"}\n{\"text\": \"学习。\"}\n{\"id\": 7}\n不是\n";
    let answers = zhubi_with(drafts.path(), &["batch"], input.as_bytes()).out;
    let answer = part("Answer");
    assert_eq!(answers.lines().count(), 4);
    for line in answers.lines() {
        // A number that no type of ours holds is no number to the parser either.
        assert_valid(&answer, &json(&line.replace("1e400", "1")));
    }
    let files = zhubi(drafts.path(), &["check", "--show-files", "--format", "json", "."]).out;
    assert_valid(&part("Files"), &json(&files));
    assert!(json(&files).as_array().unwrap().iter().any(|it| it["checked"] == false), "{files}");
}
