use std::fs;
use std::path::Path;

use crate::support::{folder, zhubi, zhubi_in, zhubi_with};

const OLD: &str = "认真学习政冶理论,会后布署工作。\n\n领导班子再接再励。\n";

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).unwrap();
}

/// The findings that a run with the baseline still shows, one a line, and its status.
fn left(folder: &Path) -> (Vec<String>, i32) {
    let run = zhubi(folder, &["check", "--baseline", "zhubi-baseline.json", "-f", "concise", "-q", "."]);
    assert_eq!(run.err, "");
    (run.out.lines().map(str::to_owned).collect(), run.status)
}

#[test]
fn an_archive_passes_and_a_new_typo_fails() {
    let folder = folder(&[("a.txt", OLD.as_bytes()), ("旧稿/b.md", OLD.as_bytes())]);
    let path = folder.path();
    assert_eq!(zhubi(path, &["check", "."]).status, 1);
    let run = zhubi(path, &["baseline"]);
    insta::assert_snapshot!(run.shown());
    assert_eq!(left(path), (vec![], 0));
    let run = zhubi(path, &["check", "--baseline", "zhubi-baseline.json"]);
    insta::assert_snapshot!(run.shown());
    // The same word once more, in the same file.
    write(path, "a.txt", &format!("{OLD}政冶学习不能放松。\n"));
    let (found, status) = left(path);
    assert!(found.len() == 1 && found[0].starts_with("./a.txt:4:1: 错误 “政冶”"), "{found:?}");
    assert_eq!(status, 1);
}

#[test]
fn paragraphs_may_move_and_files_may_be_renamed() {
    let folder = folder(&[("a.txt", OLD.as_bytes())]);
    let path = folder.path();
    zhubi(path, &["baseline"]);
    let paragraphs: Vec<&str> = OLD.split_terminator("\n\n").collect();
    let moved = format!("　　{}\n\n前言在此。\n{}\n", paragraphs[1].trim(), paragraphs[0]);
    write(path, "a.txt", &moved);
    assert_eq!(left(path), (vec![], 0));
    fs::rename(path.join("a.txt"), path.join("定稿.txt")).unwrap();
    assert_eq!(left(path), (vec![], 0));
    // It is now known by its new name.
    let text = fs::read_to_string(path.join("zhubi-baseline.json")).unwrap();
    assert!(text.contains("定稿.txt") && !text.contains("a.txt"), "{text}");
}

#[test]
fn it_shrinks_so_that_what_was_mended_may_not_come_back() {
    let folder = folder(&[("a.txt", OLD.as_bytes())]);
    let path = folder.path();
    zhubi(path, &["baseline"]);
    write(path, "a.txt", &OLD.replace("政冶", "政治"));
    // In CI the file is left alone, and it is said that it could shrink.
    let before = fs::read(path.join("zhubi-baseline.json")).unwrap();
    let run = zhubi_in(path, &["check", "--baseline", "zhubi-baseline.json"], &[("CI", "true")]);
    assert!(
        run.status == 0 && run.err.contains("1处已经改好；请在本机运行 zhubi baseline --prune"),
        "{}",
        run.shown()
    );
    assert_eq!(fs::read(path.join("zhubi-baseline.json")).unwrap(), before);
    let run = zhubi(path, &["check", "--baseline", "zhubi-baseline.json"]);
    assert!(run.status == 0 && run.err.contains("去掉了已经改好的1处"), "{}", run.shown());
    write(path, "a.txt", OLD);
    let (found, status) = left(path);
    assert!(found.len() == 1 && found[0].contains("政冶") && status == 1, "{found:?}");
}

#[test]
fn prune_says_what_went_and_takes_nothing_up() {
    let folder = folder(&[("a.txt", OLD.as_bytes())]);
    let path = folder.path();
    zhubi(path, &["baseline"]);
    write(path, "a.txt", &(OLD.replace("再接再励", "再接再厉") + "按步就班。\n"));
    let run = zhubi(path, &["baseline", "--prune"]);
    insta::assert_snapshot!(run.shown());
    let (found, status) = left(path);
    assert!(found.len() == 1 && found[0].contains("按步就班") && status == 1, "{found:?}");
}

#[test]
fn what_a_run_did_not_look_at_is_kept() {
    let folder = folder(&[("a.txt", OLD.as_bytes()), ("b.txt", OLD.as_bytes())]);
    let path = folder.path();
    zhubi(path, &["baseline"]);
    let run =
        zhubi(path, &["check", "--baseline", "zhubi-baseline.json", "--select", "punctuation", "a.txt"]);
    assert!(run.out.contains("没有新的问题"), "{}", run.shown());
    assert_eq!(left(path), (vec![], 0));
    // Nor is a file that has gone from a folder that was not walked.
    fs::remove_file(path.join("b.txt")).unwrap();
    zhubi(path, &["check", "--baseline", "zhubi-baseline.json", "a.txt"]);
    write(path, "c.txt", OLD);
    assert_eq!(left(path), (vec![], 0));
}

#[test]
fn only_what_is_new_is_fixed() {
    let folder = folder(&[("a.txt", OLD.as_bytes())]);
    let path = folder.path();
    zhubi(path, &["baseline"]);
    write(path, "a.txt", &format!("{OLD}按步就班。\n"));
    let run = zhubi(path, &["check", "--baseline", "zhubi-baseline.json", "--fix", "."]);
    assert_eq!(run.status, 0, "{}", run.shown());
    assert_eq!(fs::read_to_string(path.join("a.txt")).unwrap(), format!("{OLD}按部就班。\n"));
}

#[test]
fn what_is_no_baseline_is_refused() {
    let folder = folder(&[
        ("a.txt", OLD.as_bytes()),
        ("x.json", b"[]"),
        ("old.json", b"{\"version\":0,\"files\":{}}"),
    ]);
    for name in ["missing.json", "x.json", "old.json"] {
        let run = zhubi(folder.path(), &["check", "--baseline", name, "."]);
        assert!(
            run.status == 2 && run.out.is_empty() && run.err.contains("zhubi baseline"),
            "{}",
            run.shown()
        );
    }
    let run = zhubi(folder.path(), &["baseline", "--prune"]);
    assert!(run.status == 2 && run.err.contains("zhubi-baseline.json"), "{}", run.shown());
}

#[test]
fn a_merge_conflict_in_it_is_told() {
    let broken = "<<<<<<< HEAD\n{\n=======\n{ \n>>>>>>> x\n\"version\": 1, \"files\": {}}\n";
    let folder = folder(&[("a.txt", OLD.as_bytes()), ("zhubi-baseline.json", broken.as_bytes())]);
    for arguments in [&["check", "--baseline", "zhubi-baseline.json"][..], &["baseline"]] {
        let run = zhubi(folder.path(), arguments);
        assert!(run.status == 2 && run.err.contains("合并冲突"), "{}", run.shown());
    }
    assert_eq!(fs::read_to_string(folder.path().join("zhubi-baseline.json")).unwrap(), broken);
}

#[test]
fn a_renamed_file_is_known_still_after_a_run_that_did_not_look_at_it() {
    for part in [&["--select", "punctuation", "."][..], &["--exclude", "b.txt", "."]] {
        let folder = folder(&[("a.txt", OLD.as_bytes()), ("c.txt", "好。\n".as_bytes())]);
        let path = folder.path();
        zhubi(path, &["baseline"]);
        fs::rename(path.join("a.txt"), path.join("b.txt")).unwrap();
        zhubi(path, &[&["check", "--baseline", "zhubi-baseline.json"], part].concat());
        assert_eq!(left(path), (vec![], 0), "{part:?}");
    }
}

#[test]
fn a_draft_that_is_empty_now_has_nothing_that_may_come_back() {
    let folder = folder(&[("a.txt", OLD.as_bytes()), ("b.txt", OLD.as_bytes())]);
    let path = folder.path();
    zhubi(path, &["baseline"]);
    write(path, "a.txt", "\n");
    zhubi(path, &["check", "--baseline", "zhubi-baseline.json", "-q"]);
    write(path, "a.txt", OLD);
    assert_eq!(left(path).1, 1);
    write(path, "a.txt", "");
    write(path, "b.txt", "");
    let run = zhubi(path, &["baseline"]);
    assert!(run.status == 2 && run.err.contains("没有可检查的文字"), "{}", run.shown());
    assert_eq!(zhubi(path, &["baseline", "--allow-empty"]).status, 0);
}

#[test]
fn drafts_outside_its_folder_are_known_on_another_machine() {
    let folder = folder(&[("here/稿/a.txt", OLD.as_bytes()), ("here/ci/x", b"")]);
    let (here, there) = (folder.path().join("here"), folder.path().join("there"));
    let run = zhubi(&here, &["baseline", "-o", "ci/known.json", "稿"]);
    assert_eq!(run.status, 0, "{}", run.shown());
    let text = fs::read_to_string(here.join("ci/known.json")).unwrap();
    assert!(text.contains("\"../稿/a.txt\""), "{text}");
    fs::rename(&here, &there).unwrap();
    assert_eq!(zhubi(&there, &["check", "--baseline", "ci/known.json", "-q"]).status, 0);
    assert_eq!(fs::read_to_string(there.join("ci/known.json")).unwrap(), text);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_utf8_are_told_apart() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = folder(&[]);
    let path = folder.path();
    for name in [&b"\xB8\xE5.txt"[..], b"\xB8\xE6.txt", b"100%.txt"] {
        fs::write(path.join(std::ffi::OsStr::from_bytes(name)), OLD).unwrap();
    }
    zhubi(path, &["baseline"]);
    let before = fs::read(path.join("zhubi-baseline.json")).unwrap();
    assert_eq!(left(path), (vec![], 0));
    assert_eq!(fs::read(path.join("zhubi-baseline.json")).unwrap(), before);
}

#[test]
fn runs_at_one_time_do_not_lose_what_the_others_write() {
    let names: Vec<String> = (0..6).map(|nth| format!("稿{nth}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (&**name, OLD.as_bytes())).collect();
    let folder = folder(&files);
    let path = folder.path();
    let all_at_once = |arguments: &[&str]| {
        std::thread::scope(|scope| {
            for name in &names {
                scope.spawn(move || {
                    let run = zhubi(path, &[arguments, &[name]].concat());
                    assert_eq!(run.status, 0, "{}", run.shown());
                });
            }
        });
    };
    all_at_once(&["baseline"]);
    assert_eq!(left(path), (vec![], 0));
    for name in &names {
        write(path, name, "好。\n");
    }
    all_at_once(&["check", "--baseline", "zhubi-baseline.json"]);
    let text = fs::read_to_string(path.join("zhubi-baseline.json")).unwrap();
    assert!(!text.contains("fingerprint"), "{text}");
}

#[test]
fn standard_input_is_known_by_its_name_only() {
    let folder = folder(&[("a.txt", OLD.as_bytes())]);
    let run = zhubi_with(folder.path(), &["baseline", "-"], OLD.as_bytes());
    assert!(run.status == 2 && run.err.contains("--stdin-filename"), "{}", run.shown());
    let run = zhubi_with(folder.path(), &["baseline", "--stdin-filename", "a.txt", "-"], OLD.as_bytes());
    assert_eq!((run.status, left(folder.path())), (0, (vec![], 0)), "{}", run.shown());
}
