//! Green means looked at: what a walk over folders takes up, and what it says of the rest.

use crate::support::{folder, zhubi};

#[test]
fn nothing_to_check_is_no_success() {
    let folder = folder(&[
        ("empty/.gitkeep", b""),
        ("office/a.odt", b"PK"),
        ("office/b.pdf", b"%PDF"),
        ("office/c.wps", b""),
        ("hidden/.secret/a.txt", b"a"),
        ("ignored/a.txt", b"a"),
        ("ignored/.gitignore", b"a.txt\n"),
    ]);
    for (path, why) in [
        ("empty", "文件夹是空的"),
        ("office", "Word、PDF 等文档"),
        ("hidden", "名称以点开头1个"),
        ("ignored", ".gitignore 等忽略1个"),
    ] {
        let run = zhubi(folder.path(), &["check", path]);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{}", run.shown());
        assert!(run.err.contains("没有可检查的稿子") && run.err.contains(why), "{}", run.err);
        let allowed = zhubi(folder.path(), &["check", "--allow-empty", path]);
        assert_eq!(allowed.status, 0, "{}", allowed.shown());
        assert!(!allowed.out.contains("没有发现问题"), "{}", allowed.out);
    }
    let run = zhubi(folder.path(), &["check", "missing.txt"]);
    assert_eq!(run.status, 2);
    assert!(!run.out.contains("没有发现问题"), "{}", run.out);
}

#[test]
fn what_is_passed_over_is_counted_and_listed() {
    let folder = folder(&[
        ("a.txt", "会议指出，要加强领导。".as_bytes()),
        ("b.wps", b"PK"),
        ("c.rs", b""),
        ("d.txt", b""),
        (".gitignore", b"d.txt\nout/\n"),
        ("out/e.txt", b""),
        ("old/f.txt", b""),
        ("temp/g.txt", b""),
        (".notes/h.txt", b""),
        (".git/config", b""),
        ("requirements.txt", "# 依赖,都要\n".as_bytes()),
        ("词表.txt", "2025年2月30日\n".as_bytes()),
        ("zhubi.toml", "exclude = [\"/old/\"]\n[dictionary]\nfiles = [\"词表.txt\"]\n".as_bytes()),
    ]);
    let run = zhubi(folder.path(), &["check", "--exclude", "temp", "."]);
    assert_eq!(run.status, 0, "{}", run.shown());
    insta::assert_snapshot!(run.out);
    let listed = zhubi(folder.path(), &["check", "--exclude", "temp", "--show-files", "."]);
    insta::assert_snapshot!("passed_over_listed", listed.out);
    let json = zhubi(folder.path(), &["check", "--show-files", "--format", "json", "."]).out;
    let listed: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    assert!(
        listed.iter().any(|it| it["path"] == "./b.wps" && it["checked"] == false && it["reason"].is_string())
    );
    let all = zhubi(folder.path(), &["check", "--show-files", "--no-ignore", "."]).out;
    for name in ["检查  ./d.txt", "检查  ./out/e.txt", "检查  ./.notes/h.txt", "略过  ./old"] {
        assert!(all.contains(name), "{name}: {all}");
    }
    assert!(!all.contains(".git/"), "{all}");
    // From below, the patterns are still those of the folder of zhubi.toml.
    let below = zhubi(&folder.path().join("temp"), &["check", "--show-files", ".."]).out;
    assert!(below.contains("略过  ../old"), "{below}");
}

#[test]
fn what_is_named_is_checked_whatever_its_name() {
    let folder = folder(&[
        ("requirements.txt", "学习政冶".as_bytes()),
        ("words.txt", "学习政冶".as_bytes()),
        (".a.txt", "学习政冶".as_bytes()),
        (".gitignore", b"*.txt"),
        ("zhubi.toml", b"[dictionary]\nfiles = []\n"),
    ]);
    for name in ["requirements.txt", "words.txt", ".a.txt"] {
        assert_eq!(zhubi(folder.path(), &["check", name]).status, 1, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn a_locked_folder_costs_itself_only() {
    use std::os::unix::fs::PermissionsExt as _;
    if !crate::support::locks_hold() {
        return;
    }
    let folder = folder(&[("lk/锁/b.txt", b""), ("lk/a.txt", "认真学习政冶理论。".as_bytes())]);
    let locked = folder.path().join("lk/锁");
    let mode = |mode| std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(mode)).unwrap();
    mode(0o000);
    let runs = [zhubi(folder.path(), &["check", "lk"]), zhubi(folder.path(), &["learn", "lk"])];
    mode(0o755);
    assert_eq!((runs[0].status, runs[1].status), (2, 2));
    assert!(runs[0].out.contains("“政冶”是错词"), "{}", runs[0].shown());
    assert!(runs[1].err.contains("读了1份稿子"), "{}", runs[1].err);
    for run in runs {
        assert!(run.err.contains("lk/锁：没有读写的权限") && !run.err.contains("os error"), "{}", run.err);
    }
}

#[test]
fn a_pattern_that_is_none_is_named_as_it_is_written() {
    let folder = folder(&[("a.txt", b"a"), ("zhubi.toml", b"# ![\nexclude = [\"old\", \"a[\"]\n")]);
    let run = zhubi(folder.path(), &["check", "."]);
    assert_eq!(run.status, 2, "{}", run.shown());
    assert!(run.err.contains("zhubi.toml:2:20：") && run.err.contains("“a[”"), "{}", run.err);
}
