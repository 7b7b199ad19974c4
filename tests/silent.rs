//! Papers in which there is nothing to mark: notices, forms, lists, tables, code. Not one error and not one warning stands in
//! them, whatever the rule.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use std::path::Path;

use zhubi::{Config, Document, Format, Linter, Severity};

/// False alarms that are known and not mended yet: the paper, the rule, and what it marks. A row that no longer comes
/// true fails the test, so that the list can only shrink.
const KNOWN: &[(&str, &str, &str)] = &[
    ("01-公示.txt", "leftover/placeholder", "（以姓名笔画为序）"),
    ("02-会议通知.txt", "leftover/placeholder", "（见附件2，含姓名、单位、职务、手机号码）"),
    ("02-会议通知.txt", "typo/missing-character", "栾"),
    ("04-报名表.txt", "leftover/placeholder", "______年"),
    ("04-报名表.txt", "leftover/placeholder", "____月"),
    ("04-报名表.txt", "leftover/placeholder", "____日"),
    ("05-问卷.txt", "leftover/placeholder", "________"),
    ("05-问卷.txt", "leftover/placeholder", "____年"),
    ("05-问卷.txt", "leftover/placeholder", "____月"),
    ("05-问卷.txt", "leftover/placeholder", "____日"),
    ("08-合同.txt", "leftover/placeholder", "________区"),
    ("08-合同.txt", "leftover/placeholder", "________"),
    ("08-合同.txt", "leftover/placeholder", "______"),
    ("08-合同.txt", "leftover/placeholder", "______年"),
    ("08-合同.txt", "leftover/placeholder", "____月"),
    ("08-合同.txt", "leftover/placeholder", "____日"),
    ("08-合同.txt", "leftover/placeholder", "______元"),
    ("08-合同.txt", "leftover/placeholder", "________________元"),
    ("22-告家长书.txt", "leftover/placeholder", "____年"),
    ("22-告家长书.txt", "leftover/placeholder", "____班"),
    ("23-名单.txt", "typo/confusable-word", "安祥"),
    ("24-操作手册.txt", "leftover/placeholder", "_单位"),
    ("24-操作手册.txt", "leftover/placeholder", "_"),
    ("25-公文格式说明.txt", "leftover/placeholder", "××局"),
    ("26-数学教案.txt", "leftover/placeholder", "____"),
    ("37-主持词.txt", "leftover/placeholder", "××同志"),
    ("38-申请书.txt", "typo/extra-character", "期"),
];

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
    let known = |name: &str, rule: &str, marked: &str| KNOWN.contains(&(name, rule, marked));
    let new: Vec<_> = said.iter().filter(|(name, rule, marked, _)| !known(name, rule, marked)).collect();
    assert!(new.is_empty(), "{new:#?}");
    let mended: Vec<_> = KNOWN
        .iter()
        .filter(|row| {
            !said.iter().any(|(name, rule, marked, _)| (name.as_str(), *rule, marked.as_str()) == **row)
        })
        .collect();
    assert!(mended.is_empty(), "no longer said, take them from the list: {mended:#?}");
}
