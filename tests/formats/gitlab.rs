use std::collections::BTreeSet;

use serde_json::Value;

use crate::drafts::{ODD_NAME, bare_reports, check, drafts, report};
use crate::support::folder;
use crate::{assert_valid, schema, validator};

fn issues(text: &str) -> Vec<Value> {
    let validator = validator(&serde_json::from_str(&schema("gitlab.json")).unwrap());
    let issues: Vec<Value> = serde_json::from_str(text).unwrap();
    issues.iter().for_each(|issue| assert_valid(&validator, issue));
    issues
}

#[test]
fn every_issue_is_valid_and_has_a_fingerprint_of_its_own() {
    let issues = issues(report("gitlab"));
    let all = |pointer: &str| -> BTreeSet<&str> {
        issues.iter().map(|issue| issue.pointer(pointer).unwrap().as_str().unwrap()).collect()
    };
    assert_eq!(all("/severity"), BTreeSet::from(["info", "major", "minor"]));
    assert_eq!(all("/fingerprint").len(), issues.len());
    assert!(all("/location/path").contains(ODD_NAME));
    assert!(issues.iter().all(|issue| issue["location"]["positions"]["begin"]["line"].is_u64()));
}

#[test]
fn fingerprints_are_the_same_from_run_to_run() {
    let drafts = drafts();
    let run = || check(drafts.path(), "gitlab", &["."]).out;
    assert_eq!(run(), run());
}

#[test]
fn paths_are_those_of_the_repository() {
    let text = "认真学习政冶理论。".as_bytes();
    let folder = folder(&[(".git/HEAD", b""), ("部门/稿/a.txt", text), ("部门/b.txt", text)]);
    let run = check(&folder.path().join("部门/稿"), "gitlab", &["a.txt", "../b.txt"]);
    let paths: Vec<Value> = issues(&run.out).iter().map(|issue| issue["location"]["path"].clone()).collect();
    assert_eq!(paths, ["部门/稿/a.txt", "部门/b.txt"]);
}

#[test]
fn it_is_whole_whatever_became_of_the_run() {
    for (_, report) in bare_reports("gitlab") {
        assert_eq!(report, "[]\n");
    }
}
