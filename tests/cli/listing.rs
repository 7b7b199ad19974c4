use std::path::Path;

use crate::support::{folder, zhubi};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn outline() {
    insta::assert_snapshot!("outline_text", zhubi(root(), &["outline", "samples/work-summary.txt"]).shown());
    insta::assert_snapshot!(
        "outline_json",
        zhubi(root(), &["outline", "--format", "json", "samples/notice.md"]).shown()
    );
    let run = zhubi(root(), &["outline", "samples/missing.txt"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
}

#[test]
fn every_rule_is_listed_and_explained() {
    let folder = folder(&[]);
    let listed = zhubi(folder.path(), &["rules", "--format", "json"]);
    let rules: Vec<serde_json::Value> = serde_json::from_str(&listed.out).unwrap();
    assert_eq!(rules.len(), zhubi::rules().len());
    let text = zhubi(folder.path(), &["rules"]).out;
    for rule in rules {
        let id = rule["rule"].as_str().unwrap();
        assert!(text.contains(id));
        assert!(zhubi(folder.path(), &["explain", id]).out.contains("## 不报"));
    }
    let unknown = zhubi(folder.path(), &["explain", "typo/idoim"]);
    assert_eq!(unknown.status, 2);
    assert!(unknown.err.contains("typo/idiom"), "{}", unknown.err);
}
