//! One thing has one name in Chinese and one in English, and either is taken everywhere.

use crate::support::{folder, zhubi};

#[test]
fn severities_are_taken_in_chinese() {
    let folder = folder(&[
        ("a.txt", "会议指出,要加强。".as_bytes()),
        ("off/a.txt", "会议指出,要加强。".as_bytes()),
        ("off/zhubi.toml", "[severity]\n\"标点\" = \"关\"\n".as_bytes()),
        ("all/a.txt", "会议指出,要加强。".as_bytes()),
        ("all/zhubi.toml", "[severity]\nall = \"错误\"\n".as_bytes()),
    ]);
    let status = |arguments: &[&str]| zhubi(folder.path(), &[&["check"], arguments].concat()).status;
    assert_eq!(status(&["a.txt", "--fail-on", "警告"]), 1);
    assert_eq!(status(&["a.txt", "--fail-on", "warning"]), 1);
    assert_eq!(status(&["a.txt", "--fail-on", "错误", "--min-severity", "提示"]), 0);
    assert_eq!(status(&["off/a.txt", "--fail-on", "warning"]), 0);
    assert_eq!(status(&["all/a.txt"]), 1);
}

#[test]
fn rules_and_groups_are_taken_in_chinese() {
    let folder = folder(&[("a.txt", "会议指出,要认真学习政冶理论。".as_bytes())]);
    let found = |select: &str| zhubi(folder.path(), &["check", "a.txt", "--select", select]).out;
    let found = |select: &str| (found(select).contains("typo/"), found(select).contains("punctuation/"));
    assert_eq!(found("错别字"), (true, false));
    assert_eq!(found("typo, punctuation"), (true, true));
    assert_eq!(found("错词，标点"), (true, true));
    assert_eq!(found("全部"), (true, true));
    let explained = zhubi(folder.path(), &["explain", "成语误写"]);
    assert!(explained.out.starts_with("# typo/idiom：成语误写"), "{}", explained.shown());
    assert!(zhubi(folder.path(), &["explain", "错别字"]).out.contains("typo/idiom"));
    let rules = zhubi(folder.path(), &["rules", "typo"]).out;
    assert!(rules.contains("typo/idiom") && !rules.contains("style/"), "{rules}");
}

#[test]
fn document_types_are_taken_in_english() {
    let body = "我站因抗旱需要，拟购置水泵两台，用于沿河三个村的农田灌溉。".repeat(6);
    let text = format!("# 购置水泵\n\n县财政局：\n\n{body}\n");
    let text = text.as_bytes();
    let folder = folder(&[
        ("zh/a.md", text),
        ("zh/zhubi.toml", "document-type = \"请示\"\n".as_bytes()),
        ("en/a.md", text),
        ("en/zhubi.toml", b"document-type = \"request\"\n"),
        ("bad/a.md", text),
        ("bad/zhubi.toml", "document-type = \"诗歌\"\n".as_bytes()),
    ]);
    let found = |path: &str| zhubi(folder.path(), &["check", path]);
    assert!(found("zh/a.md").out.contains("请示"));
    assert_eq!(found("zh/a.md").out.replace("zh/", ""), found("en/a.md").out.replace("en/", ""));
    let bad = found("bad/a.md");
    assert!(bad.status == 2 && bad.err.contains("请示（request）"), "{}", bad.shown());
}

#[test]
fn the_command_line_goes_before_the_file() {
    let folder = folder(&[
        ("a.txt", "认真学习政冶理论。".as_bytes()),
        ("zhubi.toml", b"ignore = [\"typo\"]\n"),
        ("off/a.txt", "认真学习政冶理论。".as_bytes()),
        ("off/zhubi.toml", b"[severity]\ntypo = \"off\"\n"),
    ]);
    let status = |arguments: &[&str]| zhubi(folder.path(), &[&["check"], arguments].concat()).status;
    assert_eq!(status(&["a.txt"]), 0);
    assert_eq!(status(&["a.txt", "--select", "typo/confusable-word"]), 1);
    assert_eq!(status(&["off/a.txt"]), 0);
    assert_eq!(status(&["off/a.txt", "--select", "typo"]), 1);
    assert_eq!(status(&["a.txt", "--select", "typo", "--ignore", "typo/confusable-word"]), 0);
}

#[test]
fn suggestions_are_near_or_none() {
    let folder = folder(&[]);
    let said = |name: &str| zhubi(folder.path(), &["explain", name]).err;
    assert!(said("typo/idoim").contains("是否指“typo/idiom”"));
    assert!(said("成语误用").contains("是否指“成语误写”"));
    for name in ["nosuch", "foo", "朱笔"] {
        assert!(!said(name).contains("是否指"), "{}", said(name));
    }
}
