//! Papers in which there is nothing to mark: notices, forms, lists, tables, code. Not one error and not one warning stands in
//! them, whatever the rule.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use std::path::Path;

use zhubi::{Config, Document, Format, Linter, Severity};

#[test]
fn nothing_is_marked_where_nothing_is_wrong() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/silent");
    let linter = Linter::new(&Config::default());
    let mut papers: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    papers.sort();
    assert!(papers.len() >= 17);
    let mut said = Vec::new();
    for paper in papers {
        let name = paper.file_name().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(&paper).unwrap();
        let document = Document::new(text, Format::of_path(&paper));
        for finding in linter.check(&document).into_iter().filter(|d| d.severity >= Severity::Warning) {
            let marked = document.source()[finding.range.clone()].to_owned();
            said.push((name.clone(), finding.rule, marked, finding.message));
        }
    }
    assert!(said.is_empty(), "{said:#?}");
}
