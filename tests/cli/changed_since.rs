use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{Run, folder, zhubi, zhubi_in, zhubi_with};

fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.current_dir(folder).args([
        "-c",
        "user.name=n",
        "-c",
        "user.email=n@example.com",
        "-c",
        "core.autocrlf=false",
    ]);
    let output = git.args(arguments).output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A repository with these files in its first commit.
fn repository(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = folder(files);
    git(folder.path(), &["init", "-q", "-b", "main"]);
    commit(folder.path());
    folder
}

fn commit(folder: &Path) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-qm", "draft"]);
}

fn since(folder: &Path, revision: &str) -> Run {
    zhubi(folder, &["check", "--changed-since", revision, "--select", "typo", "-f", "concise", "-q", "."])
}

const OLD: &str = "一、认真学习政冶理论。\n二、会后工作。\n";

#[test]
fn only_changed_lines_are_told() {
    let folder = repository(&[("a.txt", OLD.as_bytes()), ("b.txt", OLD.as_bytes())]);
    let path = folder.path();
    let run = since(path, "HEAD");
    assert_eq!((run.status, &*run.out, &*run.err), (0, "", ""));
    fs::write(path.join("a.txt"), format!("前言。\n{OLD}三、布署工作。\n")).unwrap();
    fs::write(path.join("新 稿.txt"), "按步就班。\n").unwrap();
    let run = since(path, "HEAD");
    let found: Vec<&str> = run.out.lines().collect();
    assert!(run.status == 1 && found.len() == 2, "{}", run.shown());
    assert!(found[0].starts_with("./a.txt:4:3: 错误 “布署”") && found[1].starts_with("./新 稿.txt:1:1"));
    // What is committed has changed since the commit before, too.
    commit(path);
    assert_eq!(since(path, "HEAD~1").out, run.out);
    assert_eq!(since(path, "HEAD").out, "");
}

#[test]
fn a_branch_is_compared_with_where_it_began() {
    let folder = repository(&[("a.txt", OLD.as_bytes())]);
    let path = folder.path();
    git(path, &["checkout", "-qb", "draft"]);
    fs::write(path.join("a.txt"), format!("{OLD}三、布署工作。\n")).unwrap();
    commit(path);
    git(path, &["checkout", "-q", "main"]);
    fs::write(path.join("a.txt"), OLD.replace("政冶", "政治")).unwrap();
    commit(path);
    git(path, &["checkout", "-q", "draft"]);
    let run = since(path, "main");
    assert!(run.out.lines().count() == 1 && run.out.contains("布署"), "{}", run.shown());
}

#[test]
fn renamed_files_and_every_encoding_are_compared_as_text() {
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(OLD.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let folder = repository(&[("a.txt", OLD.as_bytes()), ("b.txt", &utf16)]);
    let path = folder.path();
    git(path, &["mv", "a.txt", "改名.txt"]);
    // The same text with other line ends and in another encoding has not changed.
    fs::write(path.join("b.txt"), encoding_rs::GB18030.encode(&OLD.replace('\n', "\r\n")).0).unwrap();
    let run = since(path, "HEAD");
    assert_eq!((run.status, &*run.out), (0, ""), "{}", run.shown());
    let added = format!("{OLD}三、布署工作。\n");
    fs::write(path.join("改名.txt"), &added).unwrap();
    fs::write(path.join("b.txt"), encoding_rs::GB18030.encode(&added).0).unwrap();
    let run = since(path, "HEAD");
    assert_eq!(run.out.matches("布署").count(), 2, "{}", run.shown());
    assert!(!run.out.contains("政冶"), "{}", run.shown());
}

#[test]
fn only_changed_lines_are_fixed() {
    let folder = repository(&[("a.txt", OLD.as_bytes())]);
    let path = folder.path();
    fs::write(path.join("a.txt"), format!("{OLD}三、布署工作。\n")).unwrap();
    zhubi(path, &["check", "--changed-since", "HEAD", "--fix", "."]);
    assert_eq!(fs::read_to_string(path.join("a.txt")).unwrap(), format!("{OLD}三、部署工作。\n"));
}

#[test]
fn standard_input_is_compared_under_its_name() {
    let folder = repository(&[("a.txt", OLD.as_bytes())]);
    let arguments = [
        "check",
        "--changed-since",
        "HEAD",
        "--select",
        "typo",
        "-f",
        "concise",
        "-q",
        "--stdin-filename",
        "a.txt",
        "-",
    ];
    let run = zhubi_with(folder.path(), &arguments, format!("{OLD}三、布署工作。\n").as_bytes());
    assert!(run.out.lines().count() == 1 && run.out.contains("布署"), "{}", run.shown());
}

#[test]
fn what_git_does_not_know_is_refused() {
    let repository = repository(&[("a.txt", OLD.as_bytes())]);
    let run = since(repository.path(), "origin/main");
    assert!(run.status == 2 && run.err.contains("没有“origin/main”这个版本"), "{}", run.shown());
    // A revision is never taken for an option.
    assert_eq!(since(repository.path(), "--output=x").status, 2);
    let folder = folder(&[("a.txt", OLD.as_bytes())]);
    let run = since(folder.path(), "HEAD");
    assert!(run.status == 2 && run.err.contains("不在 git 仓库里"), "{}", run.shown());
}

#[test]
fn what_git_does_not_look_at_is_looked_at() {
    let repository = repository(&[("a.txt", OLD.as_bytes()), ("b.txt", OLD.as_bytes())]);
    let path = repository.path();
    git(path, &["update-index", "--assume-unchanged", "a.txt"]);
    git(path, &["update-index", "--skip-worktree", "b.txt"]);
    assert_eq!(since(path, "HEAD").out, "");
    for name in ["a.txt", "b.txt"] {
        fs::write(path.join(name), format!("{OLD}三、布署工作。\n")).unwrap();
    }
    let run = since(path, "HEAD");
    assert!(run.out.lines().count() == 2 && !run.out.contains("政冶"), "{}", run.shown());
}

#[test]
fn the_repository_is_the_one_that_the_draft_is_in() {
    let (other, folder) =
        (repository(&[("o.txt", OLD.as_bytes())]), repository(&[("sub/a.txt", OLD.as_bytes())]));
    let path = folder.path();
    fs::write(path.join("sub/a.txt"), format!("{OLD}三、布署工作。\n")).unwrap();
    // A hook of git speaks of its own repository, from its root.
    let foreign = other.path().join(".git").display().to_string();
    for git_dir in [".git", &foreign] {
        let variables = [("GIT_DIR", git_dir), ("GIT_INDEX_FILE", ".git/index"), ("GIT_PREFIX", "")];
        let arguments = ["check", "--changed-since", "HEAD", "--select", "typo", "-f", "concise", "-q", "."];
        let run = zhubi_in(&path.join("sub"), &arguments, &variables);
        assert!(run.out.lines().count() == 1 && run.out.contains("布署"), "{}", run.shown());
    }
    // Not everything of that name is a repository.
    fs::create_dir(path.join("sub/.git")).unwrap();
    assert_eq!(since(path, "HEAD").out.lines().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_link_is_as_the_file_that_it_leads_to() {
    let repository = repository(&[("稿/a.txt", OLD.as_bytes())]);
    let path = repository.path();
    std::os::unix::fs::symlink("稿/a.txt", path.join("link.txt")).unwrap();
    commit(path);
    fs::write(path.join("稿/a.txt"), format!("{OLD}三、布署工作。\n")).unwrap();
    let run =
        zhubi(path, &["check", "--changed-since", "HEAD", "--select", "typo", "-f", "concise", "link.txt"]);
    assert!(run.out.contains("布署") && !run.out.contains("政冶"), "{}", run.shown());
}

#[test]
fn a_file_that_was_renamed_before_is_known_still() {
    let folder = repository(&[("a.txt", OLD.as_bytes())]);
    let path = folder.path();
    zhubi(path, &["baseline", "-q"]);
    git(path, &["mv", "a.txt", "b.txt"]);
    commit(path);
    let known = ["check", "--baseline", "zhubi-baseline.json", "-q", "."];
    assert_eq!(zhubi(path, &[&known[..], &["--changed-since", "HEAD"]].concat()).status, 0);
    assert_eq!(zhubi(path, &known).status, 0);
}
