//! zhubi.toml: what it extends, and what it says for some files.

use std::path::Path;

use crate::support::{Run, folder, zhubi, zhubi_with};

const WRONG: &[u8] = "认真学习政冶理论。".as_bytes();

fn check(folder: &Path, arguments: &[&str]) -> Run {
    zhubi(folder, &[&["check"], arguments].concat())
}

#[test]
fn the_nearest_file_alone_is_in_force_unless_it_extends_the_others() {
    let folder = folder(&[
        ("zhubi.toml", b"[severity]\ntypo = \"hint\"\n"),
        ("a.txt", WRONG),
        ("near/zhubi.toml", b""),
        ("near/a.txt", WRONG),
        ("near/below/a.txt", WRONG),
        ("heir/zhubi.toml", b"extend = \"../zhubi.toml\"\n"),
        ("heir/a.txt", WRONG),
        ("heir/below/zhubi.toml", b"extend = \"../zhubi.toml\"\n[severity]\n\"typo\" = \"error\"\n"),
        ("heir/below/a.txt", WRONG),
    ]);
    for (file, status) in
        [("a.txt", 0), ("near/a.txt", 1), ("near/below/a.txt", 1), ("heir/a.txt", 0), ("heir/below/a.txt", 1)]
    {
        let run = check(folder.path(), &[file]);
        assert_eq!(run.status, status, "{file}: {}", run.shown());
    }
    let all = check(folder.path(), &["--format", "concise", "."]);
    assert_eq!((all.out.matches(": 错误 ").count(), all.err.as_str()), (3, ""), "{}", all.shown());
}

#[test]
fn a_configuration_is_named_or_none_is_used() {
    let folder = folder(&[
        ("zhubi.toml", b"ignore = [\"typo\"]\n"),
        ("other.toml", b"[severity]\ntypo = \"hint\"\n"),
        ("a.txt", WRONG),
    ]);
    for (arguments, said) in [
        (&["-q", "-fconcise", "a.txt"][..], ""),
        (&["-q", "-fconcise", "-c", "other.toml", "a.txt"], "参考"),
        (&["-q", "-fconcise", "--no-config", "a.txt"], "错误"),
    ] {
        let run = check(folder.path(), arguments);
        assert!(run.out.contains(said) && run.out.is_empty() == said.is_empty(), "{}", run.shown());
    }
    let both = check(folder.path(), &["--no-config", "-c", "other.toml", "a.txt"]);
    assert_eq!(both.status, 2);
    assert!(both.err.contains("不能和"), "{}", both.shown());
}

#[test]
fn faults_are_told_in_the_file_where_they_are() {
    let folder = folder(&[
        ("a.txt", WRONG),
        ("a.toml", b"extend = \"b.toml\"\n"),
        ("b.toml", "# 第一行\nextend = \"a.toml\"\n".as_bytes()),
        ("missing.toml", b"\n  extend = \"none.toml\"\n"),
        ("bad.toml", b"ignore = []\nignore-me = []\n"),
        ("of-bad.toml", b"extend = \"bad.toml\"\n"),
    ]);
    let said = |name: &str| {
        let run = check(folder.path(), &["--config", name, "a.txt"]);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{}", run.shown());
        let real = folder.path().canonicalize().unwrap();
        run.err
            .replace(&format!("{}/", real.display()), "")
            .replace(&format!("{}/", folder.path().display()), "")
    };
    insta::assert_snapshot!(["a.toml", "missing.toml", "of-bad.toml"].map(said).concat());
}

#[test]
fn patterns_count_from_the_folder_of_the_file_that_has_them() {
    let folder = folder(&[
        ("zhubi.toml", "exclude = [\"/part/old/\", \"*.tmp.txt\"]\n".as_bytes()),
        ("part/zhubi.toml", b"extend = \"../zhubi.toml\"\nexclude = [\"/new/\"]\n"),
        ("part/a.txt", WRONG),
        ("part/a.tmp.txt", WRONG),
        ("part/old/a.txt", WRONG),
        ("part/new/a.txt", WRONG),
        ("part/deep/new/a.txt", WRONG),
    ]);
    let listed = |folder: &Path, place: &str| {
        let run = check(folder, &["--show-files", place]);
        assert_eq!(run.err, "", "{}", run.shown());
        let checked = run.out.lines().filter_map(|line| line.strip_prefix("检查  "));
        checked.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(listed(folder.path(), "."), ["./part/a.txt", "./part/deep/new/a.txt"]);
    assert_eq!(listed(folder.path(), "part"), ["part/a.txt", "part/deep/new/a.txt"]);
    assert_eq!(listed(folder.path(), "part/new"), ["part/new/a.txt"], "it is named");
    assert_eq!(listed(&folder.path().join("part"), "."), ["./a.txt", "./deep/new/a.txt"]);
    // A file of another folder says nothing of this one.
    let elsewhere = folder.path().join("part/deep");
    std::fs::write(elsewhere.join("zhubi.toml"), "extend = \"../new/base.toml\"\n").unwrap();
    std::fs::write(folder.path().join("part/new/base.toml"), "exclude = [\"/new/\"]\n").unwrap();
    assert_eq!(listed(&elsewhere, "."), ["./new/a.txt"]);
}

#[test]
fn a_file_has_the_overrides_that_are_for_it() {
    let folder = folder(&[
        (
            "zhubi.toml",
            "[[overrides]]\nfiles = [\"归档/**\"]\nseverity = { typo = \"warning\" }\n\n\
             [[overrides]]\nfiles = [\"*.md\"]\nignore = [\"typo\"]\n\n\
             [[overrides]]\nfiles = [\"归档/要件.txt\"]\nseverity = { typo = \"error\" }\n"
                .as_bytes(),
        ),
        ("a.txt", WRONG),
        ("归档/a.txt", WRONG),
        ("归档/要件.txt", WRONG),
        ("归档/深/a.md", WRONG),
    ]);
    let run = check(folder.path(), &["--format", "concise", "."]);
    assert_eq!(run.err, "", "{}", run.shown());
    insta::assert_snapshot!(run.out);
    let stdin = |name: &str| {
        let arguments = ["check", "--stdin-filename", name, "-"];
        zhubi_with(folder.path(), &arguments, WRONG).status
    };
    assert_eq!((stdin("b.txt"), stdin("归档/b.txt"), stdin("b.md")), (1, 0, 0));
    // The command line wins over all of it.
    assert_eq!(check(folder.path(), &["--select", "typo", "--fail-on", "warning", "归档/深/a.md"]).status, 1);
    // From another folder, and with a configuration that is named.
    let inside = folder.path().join("归档");
    assert_eq!(check(&inside, &["a.txt"]).status, 0);
    assert_eq!(check(&inside, &["--config", "../zhubi.toml", "a.txt"]).status, 0);
    assert_eq!(check(&inside, &["--config", "../zhubi.toml", "../a.txt"]).status, 1);
}

#[test]
fn an_override_for_no_file_is_told_where_all_were_looked_at() {
    let folder = folder(&[
        ("zhubi.toml", "[[overrides]]\nfiles = [\"归挡/**\", \"*.txt\"]\nignore = [\"typo\"]\n".as_bytes()),
        ("a.txt", WRONG),
        ("sub/a.txt", WRONG),
    ]);
    let (all, part) = (check(folder.path(), &["."]), check(folder.path(), &["sub"]));
    assert!(
        all.err.lines().count() == 1 && all.err.contains("zhubi.toml：overrides 中的“归挡/**”"),
        "{}",
        all.err
    );
    assert_eq!((part.err.as_str(), check(folder.path(), &["a.txt"]).err.as_str()), ("", ""));
    assert_eq!(check(folder.path(), &["--quiet", "."]).err, "");
}
