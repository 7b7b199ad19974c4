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
    assert_eq!(run.err, "zhubi: 读了6份稿子，找到1个词\n");
}

#[test]
fn both_thresholds_have_a_name() {
    let folder = archive();
    let few = zhubi(folder.path(), &["learn", "--least", "16", "old"]);
    assert!(few.err.contains("--least") && few.err.contains("--drafts"), "{}", few.err);
    let few = zhubi(folder.path(), &["learn", "--drafts", "6", "old"]);
    assert!(!few.out.contains("渭清坨镇"), "{}", few.out);
    let one = zhubi(folder.path(), &["learn", "--drafts", "5", "old"]);
    assert!(one.out.contains("渭清坨镇"), "{}", one.out);
}

#[test]
fn what_a_rule_marks_as_wrong_is_not_learnt() {
    let folder = archive();
    for (i, verb) in ["要求", "号召", "组织干部", "教育职工", "动员群众"].iter().enumerate() {
        let text = format!("{verb}再接再励，{verb}融会惯通。{verb}再接再励！融会惯通，{verb}。");
        std::fs::write(folder.path().join(format!("old/w{i}.txt")), text).unwrap();
    }
    let run = zhubi(folder.path(), &["learn", "old"]);
    assert!(run.out.contains("渭清坨镇"), "{}", run.out);
    assert!(!run.out.contains("再接再励") && !run.out.contains("融会惯通"), "{}", run.out);
}

#[test]
fn a_list_in_gbk_stays_in_gbk() {
    let folder = archive();
    let list = folder.path().join("words.txt");
    let gbk = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    std::fs::write(&list, gbk("# 我们的词\n五办一中心\t机构\n")).unwrap();
    zhubi(folder.path(), &["learn", "old", "--output", "words.txt"]);
    let after = std::fs::read(&list).unwrap();
    assert_eq!(after, gbk("# 我们的词\n五办一中心\t机构\n渭清坨镇\t15次，5份稿子\n"));
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

#[test]
fn standard_input_is_a_draft_as_well() {
    let text =
        "县领导到渭清坨镇开展活动。各单位在渭清坨镇走访，支持渭清坨镇群众，感谢渭清坨镇！检查渭清坨镇。";
    let run =
        crate::support::zhubi_with(folder(&[]).path(), &["learn", "--drafts", "1", "-"], text.as_bytes());
    assert!(run.status == 0 && run.err.contains("读了1份稿子"), "{}", run.shown());
}
