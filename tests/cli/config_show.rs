//! `zhubi config show`: the settings in force, and where each is written.

use std::path::Path;

use crate::support::{folder, zhubi};

fn project() -> tempfile::TempDir {
    folder(&[
        (
            "zhubi.toml",
            "select = [\"错别字\", \"style\"]\nignore = [\"成语误写\"]\nexclude = [\"old/\"]\n\n\
             [severity]\nstyle = \"提示\"\n\"style/vague-plan\" = \"关\"\n\n\
             [dictionary]\nwords = [\"专班\"]\nforbidden = { \"老百姓\" = \"群众\" }\n"
                .as_bytes(),
        ),
        (
            "part/zhubi.toml",
            "extend = \"../zhubi.toml\"\nignore = [\"number\"]\ndocument-type = \"request\"\n\n\
             [[overrides]]\nfiles = [\"*.md\"]\nselect = [\"错别字\"]\n\n\
             [[overrides]]\nfiles = [\"*.md\", \"*.txt\"]\n[overrides.length]\ndocument = 500\n\n\
             [[overrides]]\nfiles = [\"none.txt\"]\nignore = [\"style\"]\n\n\
             [packs]\nfiles = [\"pack.toml\"]\n"
                .as_bytes(),
        ),
        (
            "part/pack.toml",
            "name = \"用语\"\n[[rule]]\nname = \"甲\"\nfind = \"甲乙\"\nbad = \"甲乙。\"\n".as_bytes(),
        ),
        ("part/a.md", b""),
    ])
}

fn shown(folder: &Path, arguments: &[&str]) -> String {
    let run = zhubi(folder, &[&["config", "show"], arguments].concat());
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{}", run.shown());
    run.out
}

#[test]
fn every_setting_is_shown_with_its_place() {
    let folder = project();
    let whole = folder.path().canonicalize().unwrap();
    insta::assert_snapshot!(
        shown(folder.path(), &["part/a.md"])
            .replace(whole.to_str().unwrap(), "FOLDER")
            .replace(folder.path().to_str().unwrap(), "FOLDER")
    );
    let empty = tempfile::tempdir().unwrap();
    insta::assert_snapshot!(shown(empty.path(), &[]));
}

/// What is shown is what is in force: checked with it alone, a draft has the same findings.
#[test]
fn what_is_shown_is_a_configuration_that_says_the_same() {
    let folder = project();
    let text = shown(folder.path(), &["part/a.md"]);
    let draft = "# 关于购置水泵的请示\n\n县财政局：\n\n老百姓认真学习政冶理论，甲乙。在新的一年里，我们将进一步加强学习。\n";
    std::fs::write(folder.path().join("part/a.md"), draft).unwrap();
    std::fs::write(folder.path().join("shown.toml"), &text).unwrap();
    let config = zhubi::Config::parse(&text).unwrap();
    assert_eq!(config.select, Some(vec!["typo".to_owned()]));
    assert_eq!(config.length.document, Some(500));
    let check = |arguments: &[&str]| zhubi(folder.path(), &[&["check", "part/a.md"], arguments].concat());
    let (before, after) = (check(&[]), check(&["--config", "shown.toml"]));
    assert_eq!((&before.out, before.status), (&after.out, after.status));
    assert!(before.out.contains("政冶"), "{}", before.shown());
}

#[test]
fn programs_get_the_same() {
    let folder = project();
    let text = shown(folder.path(), &["--format", "json", "part/a.md"]);
    let entries: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let find =
        |key: &str| entries.iter().find(|entry| entry["key"] == key).unwrap_or_else(|| panic!("no {key}"));
    let ends = |entry: &serde_json::Value, file: &str| entry["file"].as_str().unwrap().ends_with(file);
    let length = find("length.document");
    assert!(length["value"] == 500 && length["line"] == 12 && ends(length, "part/zhubi.toml"), "{length}");
    let rule = find("severity.\"style/long-sentence\"");
    assert!(rule["value"] == "info" && rule["line"] == 6, "{rule}");
    let ignore = find("ignore");
    assert_eq!(ignore["value"], serde_json::json!(["typo/idiom", "number"]));
    assert_eq!(ignore["elements"][1]["line"], 2, "{ignore}");
    assert!(ignore["file"].is_null(), "two files add to it: {ignore}");
    let exclude = find("exclude");
    assert!(exclude["line"] == 3 && ends(exclude, "zhubi.toml"), "{exclude}");
    let unset = find("typo.possible");
    assert!(unset["value"].is_null() && unset["file"].is_null(), "{unset}");
}

#[test]
fn a_path_that_is_not_there_and_a_configuration_that_is_wrong_are_refused() {
    let folder = folder(&[("zhubi.toml", b"selct = []\n"), ("a.txt", b"")]);
    for (path, said) in [("none.txt", "none.txt：没有这个文件"), ("a.txt", "zhubi.toml:1:1：配置有误")]
    {
        let run = zhubi(folder.path(), &["config", "show", path]);
        assert!(run.status == 2 && run.out.is_empty() && run.err.contains(said), "{}", run.shown());
    }
}
