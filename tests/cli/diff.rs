//! `check --diff`, and what `--fix` tells.

use serde_json::Value;

use crate::support::{folder, zhubi, zhubi_with};

const TEXT: &str = "一、认真学习政冶理论。\n二、开设拦目,改进工作。\n三、会议指出，要加强领导。\n";

#[test]
fn a_diff_is_shown_and_nothing_is_written() {
    let folder = folder(&[("a.txt", TEXT.as_bytes()), ("clean.txt", "会议指出，要加强领导。".as_bytes())]);
    let run = zhubi(folder.path(), &["check", "--diff", "a.txt"]);
    insta::assert_snapshot!(run.shown());
    assert_eq!(std::fs::read_to_string(folder.path().join("a.txt")).unwrap(), TEXT);
    assert_eq!(zhubi(folder.path(), &["check", "--diff", "--fix", "a.txt"]).out, run.out);
    let clean = zhubi(folder.path(), &["check", "--diff", "clean.txt"]);
    assert_eq!((clean.status, clean.out.as_str()), (0, ""));
    let json = zhubi(folder.path(), &["check", "--diff", "--format", "json", "a.txt"]);
    assert_eq!((json.status, json.out.as_str()), (2, ""), "{}", json.err);
}

#[test]
fn a_fix_tells_what_it_changed() {
    let folder = folder(&[("a.txt", TEXT.as_bytes())]);
    let before = zhubi(folder.path(), &["check", "a.txt"]).out;
    let run = zhubi(folder.path(), &["check", "--fix", "a.txt"]);
    insta::assert_snapshot!(run.shown());
    // Said before and after, it is the same number.
    assert!(before.contains("其中3处可用 --fix") && run.out.contains("改正3处（1个文件）"), "{before}");
}

#[test]
fn a_fix_tells_programs_what_it_changed() {
    let folder = folder(&[("a.txt", TEXT.as_bytes())]);
    let run = zhubi(folder.path(), &["check", "--fix", "--format", "json", "a.txt"]);
    let entries: Vec<Value> = serde_json::from_str(&run.out).unwrap();
    let fixed: Vec<&Value> = entries.iter().filter(|entry| entry.get("fixed").is_some()).collect();
    assert_eq!(fixed.len(), 3, "{}", run.out);
    for entry in fixed {
        for edit in entry["fixed"].as_array().unwrap() {
            let offset = |side: &str| edit[side]["offset"].as_u64().unwrap() as usize;
            assert_eq!(&TEXT[offset("start")..offset("end")], edit["before"].as_str().unwrap());
        }
    }
}

#[test]
fn only_what_is_shown_is_mended() {
    let folder = folder(&[("a.txt", TEXT.as_bytes())]);
    let read = || std::fs::read_to_string(folder.path().join("a.txt")).unwrap();
    zhubi(folder.path(), &["check", "--fix", "--min-severity", "error", "a.txt"]);
    assert_eq!(read(), TEXT.replace("政冶", "政治").replace("拦目", "栏目"));
    zhubi(folder.path(), &["check", "--fix", "--select", "leftover", "a.txt"]);
    assert!(read().contains("栏目,"));
    zhubi(folder.path(), &["check", "--fix", "a.txt"]);
    assert!(read().contains("栏目，"));
}

#[test]
fn standard_input_is_mended_to_standard_output() {
    let folder = folder(&[]);
    let run = zhubi_with(folder.path(), &["check", "--fix", "-"], TEXT.as_bytes());
    let after = TEXT.replace("政冶", "政治").replace("拦目,", "栏目，");
    assert_eq!((run.status, run.out), (0, after));
    assert!(run.err.contains("<标准输入>:1:7 改正[typo/confusable-word] “政冶”改为“政治”"), "{}", run.err);
    let clean = zhubi_with(folder.path(), &["check", "--fix", "-"], "会议指出，要加强领导。".as_bytes());
    assert_eq!(clean.out, "会议指出，要加强领导。");
    let diff = zhubi_with(folder.path(), &["check", "--diff", "-"], TEXT.as_bytes());
    assert!(diff.status == 1 && diff.out.starts_with("--- <标准输入>\n"), "{}", diff.shown());
}

#[test]
fn damaged_bytes_come_out_as_they_came_in() {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let bytes = [TEXT.repeat(20).as_bytes(), b"\xFF\n"].concat();
    let mut child = Command::new(env!("CARGO_BIN_EXE_zhubi"))
        .args(["check", "--fix", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&bytes).unwrap();
    assert_eq!(child.wait_with_output().unwrap().stdout, bytes);
}
