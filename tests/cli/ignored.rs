//! Places that zhubi.ignore.toml passes over.

use std::fs;
use std::path::Path;

use crate::support::{folder, zhubi, zhubi_with};

const LIST: &str = "zhubi.ignore.toml";

const DRAFT: &str = "认真学习政冶理论。\n再次学习政冶理论。\n";

fn entry(file: &str, text: &str, before: &str, after: &str) -> String {
    let rule = "typo/confusable-word";
    format!(
        "[[ignore]]\nfile = \"{file}\"\nrule = \"{rule}\"\ntext = \"{text}\"\nbefore = \"{before}\"\nafter = \"{after}\"\n"
    )
}

/// The places of what is found, and the last line.
fn checked(folder: &Path, arguments: &[&str]) -> (Vec<String>, String, i32) {
    let run =
        zhubi(folder, &[&["check", "-f", "concise", "--select", "typo/confusable-word"], arguments].concat());
    let (places, rest): (Vec<&str>, Vec<&str>) = run.out.lines().partition(|line| line.contains(" 错误 "));
    let place = |line: &&str| line.split(' ').next().unwrap().to_owned();
    (places.iter().map(place).collect(), rest.join("\n") + &run.err, run.status)
}

#[test]
fn one_place_is_passed_over_and_counted_and_shown_again() {
    let list = entry("稿/a.txt", "政冶", "认真学习", "理论");
    let folder = folder(&[("稿/a.txt", DRAFT.as_bytes()), (LIST, list.as_bytes())]);
    let (found, said, status) = checked(folder.path(), &["."]);
    assert_eq!((&found[..], status), (&["./稿/a.txt:2:5:".to_owned()][..], 1));
    assert!(said.contains("另有1处忽略过（--show-ignored）"), "{said}");
    assert!(!said.contains("略过1个"), "the list is no draft: {said}");
    assert_eq!(checked(folder.path(), &["--show-ignored", "."]).0.len(), 2);
    assert_eq!(checked(folder.path(), &["--no-config", "."]).0.len(), 2);
    // From elsewhere, by a whole path, and from standard input.
    let path = folder.path().join("稿/a.txt");
    assert_eq!(checked(&folder.path().join("稿"), &[path.to_str().unwrap()]).0.len(), 1);
    let arguments = ["check", "-f", "concise", "-q", "--select", "typo", "--stdin-filename", "稿/a.txt", "-"];
    let run = zhubi_with(folder.path(), &arguments, DRAFT.as_bytes());
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
}

/// All that a rule finds in a draft is no place in another: nothing would be told of that any more.
#[test]
fn what_holds_for_a_draft_that_is_gone_is_passed_over_nowhere_else() {
    let folder = folder(&[("b.txt", DRAFT.as_bytes())]);
    for place in ["", "text = \"政冶\"\n", "text = \"政冶\"\nbefore = \"认真学习\"\n"] {
        let list = format!("[[ignore]]\nfile = \"a.txt\"\nrule = \"typo/confusable-word\"\n{place}");
        fs::write(folder.path().join(LIST), list).unwrap();
        assert_eq!(checked(folder.path(), &["."]).0.len(), 2, "{place}");
        assert!(zhubi(folder.path(), &["ignored", "."]).out.contains("落空  a.txt"), "{place}");
    }
}

#[test]
fn it_holds_when_lines_move_and_the_draft_is_renamed() {
    let list = entry("a.txt", "政冶", "认真学习", "理论");
    let folder = folder(&[("a.txt", DRAFT.as_bytes()), (LIST, list.as_bytes())]);
    fs::write(
        folder.path().join("a.txt"),
        format!("前言。\n\n　　{}", DRAFT.replace("学习政冶", "学习“政冶”")),
    )
    .unwrap();
    assert_eq!(checked(folder.path(), &["."]).0, ["./a.txt:4:6:"]);
    fs::rename(folder.path().join("a.txt"), folder.path().join("b.txt")).unwrap();
    assert_eq!(checked(folder.path(), &["."]).0, ["./b.txt:4:6:"]);
}

#[test]
fn a_fix_passes_it_over_too() {
    let draft = "认真学习政冶理论，会后布署工作。\n";
    let list = entry("a.txt", "政冶", "认真学习", "理论，会后布署工作");
    let folder = folder(&[("a.txt", draft.as_bytes()), (LIST, list.as_bytes())]);
    checked(folder.path(), &["--fix", "."]);
    let fixed = fs::read_to_string(folder.path().join("a.txt")).unwrap();
    assert_eq!(fixed, draft.replace("布署", "部署"));
}

#[test]
fn a_list_with_a_fault_stops_the_run_with_its_line() {
    let folder = folder(&[
        ("a.txt", DRAFT.as_bytes()),
        (LIST, "[[ignore]]\nfile = \"a.txt\"\nrul = \"x\"\n".as_bytes()),
    ]);
    let run = zhubi(folder.path(), &["check", "."]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("zhubi.ignore.toml:3:1") && run.err.contains("rul"), "{}", run.err);
}

#[test]
fn the_baseline_does_without_what_is_passed_over() {
    let list = entry("a.txt", "政冶", "认真学习", "理论");
    let folder = folder(&[("a.txt", DRAFT.as_bytes()), (LIST, list.as_bytes())]);
    zhubi(folder.path(), &["baseline", "--select", "typo"]);
    let baseline = fs::read_to_string(folder.path().join("zhubi-baseline.json")).unwrap();
    assert_eq!(baseline.matches("政冶").count(), 1, "{baseline}");
}

#[test]
fn what_is_no_longer_there_is_listed_and_pruned() {
    let list = [
        entry("a.txt", "政冶", "认真学习", "理论"),
        "# 老李说的\n".to_owned() + &entry("a.txt", "布署", "会后", "工作"),
        entry("gone.txt", "布署", "会后", "工作"),
        entry("other/b.txt", "布署", "会后", "工作"),
    ];
    let folder = folder(&[
        ("a.txt", DRAFT.as_bytes()),
        ("other/b.txt", "好。\n".as_bytes()),
        (LIST, list.join("\n").as_bytes()),
    ]);
    let run = zhubi(folder.path(), &["ignored", "a.txt"]);
    assert!(run.out.contains("忽略  a.txt  “政冶”[typo/confusable-word]"), "{}", run.out);
    assert!(run.out.contains("落空  a.txt  “布署”") && run.out.contains("没查  other/b.txt"), "{}", run.out);
    assert!(run.out.contains("没查  gone.txt"), "{}", run.out);
    assert!(run.out.ends_with("记有4处，其中1处落空；用 --prune 去掉\n"), "{}", run.out);
    let run = zhubi(folder.path(), &["ignored", "--prune"]);
    assert!(run.out.ends_with("记有1处（去掉3处）\n") && run.status == 0, "{}{}", run.out, run.err);
    assert_eq!(fs::read_to_string(folder.path().join(LIST)).unwrap(), list[0].clone());
    // Of a rule that does not run, nothing is known.
    fs::write(folder.path().join(LIST), &list[1]).unwrap();
    let run = zhubi(folder.path(), &["ignored", "--ignore", "typo"]);
    assert!(run.out.contains("没查  a.txt"), "{}", run.out);
}
