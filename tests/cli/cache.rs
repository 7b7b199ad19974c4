use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{folder, zhubi};

const DRAFT: &str = "`政冶`学习,认真学习政冶理论。驻村帮扶队走访。\n";

fn check(folder: &Path, arguments: &[&str]) -> String {
    zhubi(folder, &[&["check", "--cache", "-f", "json"], arguments].concat()).out
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let inside =
        |folder: &Path| fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect::<Vec<_>>();
    let folders = inside(&folder.join(".zhubi-cache")).into_iter().filter(|it| it.is_dir());
    folders.flat_map(|it| inside(&it)).collect()
}

/// Checks with the cache and without it, and counts the new entries.
fn same(folder: &Path, arguments: &[&str]) -> usize {
    let before = if folder.join(".zhubi-cache").exists() { entries(folder).len() } else { 0 };
    let fresh = zhubi(folder, &[&["check", "-f", "json"], arguments].concat()).out;
    assert_eq!(check(folder, arguments), fresh, "{arguments:?}");
    assert_eq!(check(folder, arguments), fresh, "the second time, {arguments:?}");
    entries(folder).len() - before
}

#[test]
fn each_ingredient_of_a_finding_makes_an_entry_of_its_own() {
    let pack = |replace: &str| {
        format!(
            "name = \"用语\"\n[[rule]]\nname = \"驻村\"\nfind = [\"驻村帮扶队\"]\nreplace = \"{replace}\"\n\
             bad = [\"驻村帮扶队走访。\"]\n"
        )
    };
    let folder = folder(&[("a.txt", DRAFT.as_bytes())]);
    let path = folder.path();
    assert_eq!(same(path, &["a.txt"]), 1);
    // The bytes.
    fs::write(path.join("a.txt"), format!("{DRAFT}再接再励。\n")).unwrap();
    assert_eq!(same(path, &["a.txt"]), 1);
    fs::write(path.join("a.txt"), DRAFT).unwrap();
    assert_eq!(same(path, &["a.txt"]), 0, "as it was");
    // The name does not matter, the format does.
    fs::write(path.join("b.txt"), DRAFT).unwrap();
    assert_eq!(same(path, &["b.txt"]), 0);
    fs::write(path.join("a.md"), DRAFT).unwrap();
    assert_eq!(same(path, &["a.md"]), 1);
    // The rules.
    assert_eq!(same(path, &["--select", "punctuation", "a.txt"]), 1);
    assert_eq!(same(path, &["--ignore", "punctuation", "a.txt"]), 1);
    // The configuration, its severities, its words, and what its files hold.
    fs::write(path.join("words.txt"), "政冶\n").unwrap();
    fs::write(path.join("pack.toml"), pack("驻村工作队")).unwrap();
    for config in [
        "[severity]\ntypo = \"hint\"\n",
        "[dictionary]\nwords = [\"政冶理论\"]\n",
        "[dictionary]\nfiles = [\"words.txt\"]\n",
        "[packs]\nfiles = [\"pack.toml\"]\n",
        "document-type = \"通知\"\n",
        "[typo]\npossible = false\n",
        "[length]\ndocument = 5\n",
    ] {
        fs::write(path.join("zhubi.toml"), config).unwrap();
        assert_eq!(same(path, &["a.txt"]), 1, "{config}");
    }
    fs::write(path.join("zhubi.toml"), "[packs]\nfiles = [\"pack.toml\"]\n").unwrap();
    fs::write(path.join("pack.toml"), pack("工作队")).unwrap();
    assert_eq!(same(path, &["a.txt"]), 1, "the pack");
    fs::write(path.join("zhubi.toml"), "[dictionary]\nfiles = [\"words.txt\"]\n").unwrap();
    fs::write(path.join("words.txt"), "驻村帮扶队\n").unwrap();
    assert_eq!(same(path, &["a.txt"]), 1, "the words");
}

#[test]
fn what_a_draft_has_in_common_with_another_is_never_cached() {
    let last = "全年共组织党员干部集中学习二十四次，撰写心得体会六十篇。走访企业四十二家，帮助解决用工、融资等问题三十一个。举办技能培训班六期，培训农村实用人才四百五十人次。";
    let folder = folder(&[("2025.txt", last.as_bytes()), ("2026.txt", last.as_bytes())]);
    let path = folder.path();
    for _ in 0..2 {
        assert_eq!(check(path, &["."]).matches("style/copied-document").count(), 1);
    }
    assert!(!check(path, &["2026.txt"]).contains("copied-document"));
}

#[test]
fn an_entry_that_is_broken_is_made_anew() {
    let folder = folder(&[("a.txt", DRAFT.as_bytes())]);
    let path = folder.path();
    let found = check(path, &["a.txt"]);
    let entry = entries(path).remove(0);
    let whole = fs::read_to_string(&entry).unwrap();
    for broken in
        ["", "[", "[{\"rule\":\"typo/none\"}]", &whole.replace("\"start\":", "\"start\":9"), &whole[..86]]
    {
        fs::write(&entry, broken).unwrap();
        assert_eq!(check(path, &["a.txt"]), found, "{broken}");
        assert_eq!(fs::read_to_string(&entry).unwrap(), whole);
    }
}

#[test]
fn the_folder_is_none_of_git_s_and_none_of_a_walk_s() {
    let folder = folder(&[("a.txt", DRAFT.as_bytes())]);
    let path = folder.path();
    check(path, &["."]);
    assert_eq!(fs::read_to_string(path.join(".zhubi-cache/.gitignore")).unwrap(), "*\n");
    assert!(path.join(".zhubi-cache/CACHEDIR.TAG").exists());
    let listed = zhubi(path, &["check", "--show-files", "."]).out;
    assert_eq!(listed, "检查  ./a.txt\n");
    let run = zhubi(path, &["check", "--cache-dir", "a.txt", "."]);
    assert!(run.status == 2 && run.err.contains("--cache-dir"), "{}", run.shown());
}

#[cfg(unix)]
#[test]
fn links_in_it_are_not_followed_and_pipes_are_not_read() {
    use std::os::unix::fs::symlink;
    let folder = folder(&[("a.txt", DRAFT.as_bytes()), ("own.txt", b"own")]);
    let path = folder.path();
    let found = check(path, &["a.txt"]);
    let (stamp, entry) = (path.join(".zhubi-cache/swept"), entries(path).remove(0));
    for name in [&stamp, &entry] {
        fs::remove_file(name).unwrap();
        symlink(path.join("own.txt"), name).unwrap();
    }
    fs::remove_file(path.join(".zhubi-cache/.gitignore")).unwrap();
    symlink(path.join("none"), path.join(".zhubi-cache/.gitignore")).unwrap();
    // The stamp is of today; an old one is made anew.
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(3 * 24 * 60 * 60);
    fs::File::options().append(true).open(path.join("own.txt")).unwrap().set_modified(old).unwrap();
    assert_eq!(check(path, &["a.txt"]), found);
    assert_eq!(fs::read_to_string(path.join("own.txt")).unwrap(), "own");
    assert!(!path.join("none").exists() && !stamp.is_symlink() && !entry.is_symlink());
    fs::remove_file(&entry).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&entry).status().unwrap().success());
    assert_eq!(check(path, &["a.txt"]), found);
}

#[test]
fn a_folder_of_drafts_is_no_cache() {
    let folder = folder(&[("a.txt", DRAFT.as_bytes()), ("empty/x", b"")]);
    let path = folder.path();
    fs::remove_file(path.join("empty/x")).unwrap();
    for name in [".", "./"] {
        let run = zhubi(path, &["check", "--cache-dir", name, "."]);
        assert!(run.status == 2 && run.err.contains("不能用作缓存"), "{}", run.shown());
    }
    assert!(!path.join(".gitignore").exists());
    for name in ["empty", "empty", "new/cache"] {
        assert_eq!(zhubi(path, &["check", "--cache-dir", name, "a.txt"]).status, 1);
    }
}
