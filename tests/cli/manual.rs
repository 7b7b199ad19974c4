//! What the command line gives out of itself: schemas, the table of rules, completions, pages of the manual.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::{Run, folder, zhubi};

fn given(arguments: &[&str]) -> String {
    let Run { status, out, err } = zhubi(folder(&[]).path(), arguments);
    assert_eq!((status, err.as_str()), (0, ""), "{arguments:?}");
    out
}

/// Runs a program of the system over a file, where there is one: what it complains about.
fn complaints(program: &str, arguments: &[&str], file: &Path) -> Option<String> {
    let run = Command::new(program).args(arguments).arg(file).stdin(Stdio::null()).output().ok()?;
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    Some(if run.status.success() { said } else { format!("{said}{}", run.status) })
}

#[test]
fn schemas_are_those_of_the_documents() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    for (kind, file) in [
        (&["schema"][..], "zhubi.schema.json"),
        (&["schema", "config"], "zhubi.schema.json"),
        (&["schema", "pack"], "zhubi-pack.schema.json"),
    ] {
        assert_eq!(given(kind), std::fs::read_to_string(docs.join(file)).unwrap());
    }
}

#[test]
fn rules_are_a_table_in_markdown() {
    let table = given(&["rules", "--format", "markdown", "错别字"]);
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(rows[..2], ["| 规则 | 组 | 说明 | 级别 | 修复 |", "| --- | --- | --- | --- | --- |"]);
    assert!(rows.contains(&"| `typo/idiom` | 错别字 | 成语误写 | 错误 | 有修改建议 |"), "{table}");
    assert!(rows.iter().all(|row| row.matches('|').count() == 6), "{table}");
    let all = given(&["rules", "--format", "json"]);
    let all: Vec<serde_json::Value> = serde_json::from_str(&all).unwrap();
    assert_eq!(given(&["rules", "--format", "markdown"]).lines().count(), all.len() + 2);
}

#[test]
fn shells_take_their_completions() {
    for (shell, arguments) in [
        ("bash", &["-n"][..]),
        ("zsh", &["-n"]),
        ("fish", &["-n"]),
        ("powershell", &[]),
        ("elvish", &["-compileonly"]),
    ] {
        let script = given(&["completions", shell]);
        for word in ["check", "config", "show", "min-severity", "concise"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
        let folder = folder(&[("script", script.as_bytes())]);
        if shell != "powershell"
            && let Some(said) = complaints(shell, arguments, &folder.path().join("script"))
        {
            assert_eq!(said, "", "{shell}");
        }
    }
    let run = zhubi(folder(&[]).path(), &["completions", "tcsh"]);
    assert!(
        run.status == 2 && run.err.contains("可以写：bash、zsh、fish、powershell、elvish"),
        "{}",
        run.shown()
    );
}

#[test]
fn pages_of_the_manual_are_chinese_and_set_without_complaint() {
    let folder = folder(&[]);
    let run = zhubi(folder.path(), &["man", "--dir", "man1"]);
    assert_eq!((run.status, run.out.as_str()), (0, ""), "{}", run.shown());
    let names = std::fs::read_dir(folder.path().join("man1")).unwrap();
    let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    for name in ["zhubi.1", "zhubi-check.1", "zhubi-config-show.1", "zhubi-pack-test.1"] {
        assert!(names.iter().any(|it| it == name), "{names:?}");
    }
    for name in names {
        let path = folder.path().join("man1").join(&name);
        let page = std::fs::read_to_string(&path).unwrap();
        let command: Vec<&str> = name.trim_end_matches(".1").split('-').skip(1).collect();
        assert_eq!(page, given(&[&["man"], &command[..]].concat()), "{name}");
        let headings: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix(".SH ")).collect();
        assert!(headings.len() >= 3 && headings[0] == "名称", "{name}: {headings:?}");
        assert!(headings.iter().all(|heading| !heading.is_ascii()), "{name}: {headings:?}");
        for english in ["Possible values", "[default", "May also be"] {
            assert!(!page.contains(english), "{name}: {english}");
        }
        if let Some(said) = complaints("groff", &["-Kutf8", "-Tutf8", "-man", "-ww", "-z"], &path) {
            assert_eq!(said, "", "{name}");
        }
    }
    let run = zhubi(folder.path(), &["man", "nosuch"]);
    assert!(run.status == 2 && run.err.contains("没有“nosuch”这个命令"), "{}", run.shown());
}
