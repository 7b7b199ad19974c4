use crate::support::{folder, zhubi};

fn archive() -> tempfile::TempDir {
    let other: String = ('\u{5000}'..'\u{5800}').collect();
    let report = |verb: &str| format!("{verb}渭清坨镇开展活动。{verb}渭清坨镇群众，感谢渭清坨镇！\n");
    let files: Vec<(String, String)> = ["县领导到", "各单位在", "走访了", "支持", "检查"]
        .iter()
        .enumerate()
        .map(|(i, verb)| (format!("old/{i}.txt"), report(verb)))
        .chain([("old/other.md".to_owned(), other)])
        .collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(n, t)| (n.as_str(), t.as_bytes())).collect();
    folder(&files)
}

#[test]
fn terms_are_listed_for_a_person_to_read() {
    let folder = archive();
    let run = zhubi(folder.path(), &["learn", "old"]);
    assert_eq!(run.status, 0, "{}", run.shown());
    assert!(run.out.starts_with('#'));
    assert!(run.out.contains("渭清坨镇\t15次，5份稿子\n"), "{}", run.out);
}

#[test]
fn a_list_that_exists_is_kept_and_used() {
    let folder = archive();
    let list = folder.path().join("words.txt");
    std::fs::write(&list, "# 我们的词\n渭清坨镇\t地名").unwrap();
    let run = zhubi(folder.path(), &["learn", "old", "--output", "words.txt"]);
    assert_eq!(run.status, 0, "{}", run.shown());
    let text = std::fs::read_to_string(&list).unwrap();
    assert!(text.starts_with("# 我们的词\n渭清坨镇\t地名\n"), "{text}");
    assert_eq!(text.matches("渭清坨镇").count(), 1);
    let missing = zhubi(folder.path(), &["learn", "missing"]);
    assert_eq!(missing.status, 2);
}

#[test]
fn a_list_that_is_missing_is_a_fault_of_the_configuration() {
    let folder = folder(&[
        ("zhubi.toml", b"[dictionary]\nfiles = [\"words.txt\"]\n"),
        ("a.txt", "学习政冶".as_bytes()),
    ]);
    let run = zhubi(folder.path(), &["check", "a.txt"]);
    assert_eq!(run.status, 2, "{}", run.shown());
    assert!(run.err.contains("zhubi.toml:2:11") && run.err.contains("words.txt"), "{}", run.err);
    std::fs::write(folder.path().join("words.txt"), "# 专名\n政冶\t故意\n").unwrap();
    assert_eq!(zhubi(folder.path(), &["check", "a.txt"]).status, 0);
}
