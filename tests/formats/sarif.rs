use std::collections::BTreeSet;

use serde_json::Value;

use crate::drafts::{bare_reports, drafts, fixed_report, report};
use crate::{assert_valid, schema, validator};

fn log(text: &str) -> Value {
    let log: Value = serde_json::from_str(text).unwrap();
    assert_valid(&validator(&serde_json::from_str(&schema("sarif-2.1.0.json")).unwrap()), &log);
    log
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("no {pointer} in {value}"))
}

#[test]
fn it_is_valid_and_its_references_hold() {
    let log = log(report("sarif"));
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let artifacts = run["artifacts"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(results.len() > 30);
    for result in results {
        let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        let location = &result["locations"][0]["physicalLocation"]["artifactLocation"];
        assert_eq!(artifacts[location["index"].as_u64().unwrap() as usize]["location"], *location);
        assert_eq!(text(result, "/partialFingerprints/zhubi~1v1").split('-').count(), 3);
        assert!(result.get("baselineState").is_none());
        let related = result["relatedLocations"].as_array();
        let ids: BTreeSet<u64> = related.into_iter().flatten().map(|it| it["id"].as_u64().unwrap()).collect();
        assert_eq!(ids.len(), related.map_or(0, Vec::len));
    }
    let levels: BTreeSet<&str> = results.iter().map(|it| text(it, "/level")).collect();
    assert_eq!(levels, BTreeSet::from(["error", "note", "warning"]));
    assert!(results.iter().any(|it| it["relatedLocations"].is_array()));
    assert!(results.iter().any(|it| it["fixes"][0]["artifactChanges"][0]["replacements"].is_array()));
    assert_eq!(run["columnKind"], "unicodeCodePoints");
}

/// What GitHub asks for beside the schema.
#[test]
fn each_rule_has_what_code_scanning_shows() {
    let log = log(report("sarif"));
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let ids: BTreeSet<&str> = rules.iter().map(|rule| text(rule, "/id")).collect();
    assert_eq!(ids.len(), rules.len());
    for rule in rules {
        for pointer in ["/name", "/shortDescription/text", "/fullDescription/text", "/help/text"] {
            assert!(!text(rule, pointer).is_empty());
        }
        assert!(text(rule, "/fullDescription/text").chars().count() < 1024);
        assert!(
            text(rule, "/help/markdown").starts_with("# ") && text(rule, "/help/markdown").contains("## 例")
        );
        let group = text(rule, "/id").split_once('/').unwrap().0;
        assert_eq!(rule["properties"]["tags"], serde_json::json!([group]));
    }
}

#[test]
fn uris_lead_to_the_files() {
    let drafts = drafts();
    let log = log(&crate::drafts::check(drafts.path(), "sarif", &["."]).out);
    let run = &log["runs"][0];
    let root = text(run, "/originalUriBaseIds/%SRCROOT%/uri");
    assert!(root.starts_with("file:///") && root.ends_with('/'));
    let path = |uri: &str| percent_encoding::percent_decode_str(uri).decode_utf8().unwrap().into_owned();
    let artifacts = run["artifacts"].as_array().unwrap();
    assert!(artifacts.iter().any(|it| path(text(it, "/location/uri")) == crate::drafts::ODD_NAME));
    for artifact in artifacts {
        assert_eq!(text(artifact, "/location/uriBaseId"), "%SRCROOT%");
        let file = path(root.strip_prefix("file://").unwrap()) + &path(text(artifact, "/location/uri"));
        assert!(std::path::Path::new(&file).is_file(), "{file}");
    }
    let encoding = |name| {
        let artifact = artifacts.iter().find(|it| text(it, "/location/uri") == name);
        text(artifact.unwrap(), "/encoding")
    };
    assert_eq!((encoding("gb18030.txt"), encoding("bom.txt")), ("GB18030", "UTF-8"));
}

#[test]
fn a_message_of_a_draft_is_shown_as_it_is() {
    let log = log(report("sarif"));
    let results = log["runs"][0]["results"].as_array().unwrap();
    let message =
        results.iter().map(|it| text(it, "/message/text")).find(|it| it.contains("非字符")).unwrap();
    let expected = "空\u{0}、转义\u{1B}[31m、非字符\u{FFFE}、]]>、\"双\"、'单'、<b>&amp;、[链\\](1)、{{0}}、换\n行、100%";
    assert!(message.contains(expected), "{message:?}");
}

#[test]
fn what_failed_is_told_with_the_run() {
    let run = |text: &str| log(text)["runs"][0].clone();
    let whole = run(report("sarif"));
    let notifications = whole["invocations"][0]["toolExecutionNotifications"].as_array().unwrap();
    assert_eq!(whole["invocations"][0]["executionSuccessful"], false);
    assert!(notifications.iter().any(|it| text(it, "/message/text").contains("unreadable.txt")));
    for (status, report) in bare_reports("sarif") {
        let run = run(&report);
        let invocation = &run["invocations"][0];
        assert_eq!(run["results"], serde_json::json!([]));
        assert_eq!(invocation["executionSuccessful"], status != 2);
        let is_told = !invocation["toolExecutionNotifications"].as_array().unwrap().is_empty();
        assert_eq!(is_told, status == 2);
    }
}

#[test]
fn what_is_fixed_is_no_result_any_more() {
    let before = log(report("sarif"));
    let after = log(&fixed_report("sarif"));
    let results = |log: &Value| log["runs"][0]["results"].as_array().unwrap().clone();
    assert!(results(&after).len() < results(&before).len());
    for result in results(&after) {
        let best = &result["fixes"][0]["properties"]["applicability"];
        assert_ne!(best, "safe", "{result}");
    }
}
