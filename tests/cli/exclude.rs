//! `--exclude` and `exclude`: how they are written, and what fits none.

use std::path::Path;

use crate::support::{folder, zhubi};

fn drafts() -> tempfile::TempDir {
    let text = "认真学习政冶理论。".as_bytes();
    folder(&[("a.txt", text), ("sub/b.txt", text), ("sub/deep/c.txt", text), ("out/d.txt", text)])
}

fn listed(folder: &Path, arguments: &[&str]) -> (String, String) {
    let run = zhubi(folder, &[&["check", "--show-files"], arguments].concat());
    (run.out, run.err)
}

#[test]
fn a_folder_may_be_written_as_people_write_it() {
    let folder = drafts();
    let whole = folder.path().join("sub/deep").display().to_string();
    for pattern in ["sub/deep", "./sub/deep", "sub\\deep", ".\\sub\\deep\\", "./sub/deep/", "deep", &whole] {
        let (out, err) = listed(folder.path(), &["--exclude", pattern, "."]);
        assert!(out.contains("略过  ./sub/deep") && out.contains("检查  ./sub/b.txt"), "{pattern}: {out}");
        assert_eq!(err, "", "{pattern}");
    }
    // From the folder that is checked, or from the one that the command is given in.
    for pattern in ["sub/deep", "deep/c.txt", "/deep"] {
        let (out, err) = listed(folder.path(), &["--exclude", pattern, "sub"]);
        assert!(!out.contains("检查  sub/deep/c.txt") && err.is_empty(), "{pattern}: {out}{err}");
    }
    let (out, _) = listed(folder.path(), &["--exclude", "\\#a.txt", "."]);
    assert!(out.contains("检查  ./a.txt"), "{out}");
}

#[test]
fn what_leaves_nothing_out_is_said_once() {
    let folder = drafts();
    let (_, err) = listed(folder.path(), &["--exclude", "old/", "--exclude", "out", "sub", "."]);
    assert_eq!(err.lines().count(), 1, "{err}");
    assert!(err.contains("--exclude“old/”没有排除任何文件"), "{err}");
    std::fs::write(folder.path().join("zhubi.toml"), "exclude = [\"out/\", \"nosuch.txt\", \"sub/deep/\"]\n")
        .unwrap();
    std::fs::write(folder.path().join(".gitignore"), "/out/\n").unwrap();
    let (_, err) = listed(folder.path(), &["."]);
    assert!(err.lines().count() == 1 && err.contains("zhubi.toml：exclude 中的“nosuch.txt”"), "{err}");
    // A part of the project, or one file, tells nothing of what is written for the whole.
    assert_eq!(listed(folder.path(), &["sub"]).1, "");
    assert_eq!(listed(folder.path(), &["a.txt"]).1, "");
    assert_eq!(listed(folder.path(), &["--quiet", "."]).1, "");
}
