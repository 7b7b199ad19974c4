use std::collections::BTreeSet;

use serde_json::Value;

use crate::drafts::{ODD_NAME, bare_reports, check, drafts, report};
use crate::{assert_valid, schema, validator};

fn diagnostics(text: &str) -> Vec<Value> {
    let result: Value = serde_json::from_str(text).unwrap();
    assert_valid(&validator(&serde_json::from_str(&schema("rdjson.json")).unwrap()), &result);
    result["diagnostics"].as_array().unwrap().clone()
}

/// The byte of a text at a position, whose column counts bytes.
fn offset(text: &str, position: &Value) -> usize {
    let number = |key: &str| position[key].as_u64().unwrap() as usize;
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    lines[..number("line") - 1].iter().map(|line| line.len()).sum::<usize>() + number("column") - 1
}

#[test]
fn it_is_valid() {
    let diagnostics = diagnostics(report("rdjson"));
    let all = |pointer: &str| -> BTreeSet<&str> {
        diagnostics.iter().map(|it| it.pointer(pointer).unwrap().as_str().unwrap()).collect()
    };
    assert_eq!(all("/severity"), BTreeSet::from(["ERROR", "INFO", "WARNING"]));
    assert!(all("/location/path").contains(ODD_NAME));
    assert!(all("/code/value").contains("typo/confusable-word"));
}

/// A fix of several edits is one suggestion, and changes the text as the edits do.
#[test]
fn a_suggestion_is_a_whole_fix() {
    let drafts = drafts();
    let of = |format: &str| check(drafts.path(), format, &["samples/work-summary.txt"]).out;
    let text = std::fs::read_to_string(drafts.path().join("samples/work-summary.txt")).unwrap();
    let findings: Vec<Value> = serde_json::from_str(&of("json")).unwrap();
    let mut of_several_edits = 0;
    for (finding, diagnostic) in findings.iter().zip(diagnostics(&of("rdjson"))) {
        let fixes = finding["fixes"].as_array().unwrap();
        let suggestions = diagnostic["suggestions"].as_array().cloned().unwrap_or_default();
        assert_eq!(fixes.len(), suggestions.len());
        for (fix, suggestion) in fixes.iter().zip(suggestions) {
            let range = &suggestion["range"];
            let (start, end) = (offset(&text, &range["start"]), offset(&text, &range["end"]));
            let suggested = [&text[..start], suggestion["text"].as_str().unwrap(), &text[end..]].concat();
            let mut fixed = text.clone();
            let edits = fix["edits"].as_array().unwrap();
            for edit in edits.iter().rev() {
                let at = |key: &str| edit[key]["offset"].as_u64().unwrap() as usize;
                fixed.replace_range(at("start")..at("end"), edit["text"].as_str().unwrap());
            }
            assert_eq!(suggested, fixed);
            of_several_edits += usize::from(edits.len() > 1);
        }
    }
    assert!(of_several_edits > 0);
}

#[test]
fn it_is_whole_whatever_became_of_the_run() {
    for (_, report) in bare_reports("rdjson") {
        assert_eq!(diagnostics(&report).len(), 0);
    }
}
