use crate::support::{folder, zhubi};

#[test]
fn hostile_files_give_findings_or_none() {
    let long = "政治学习，".repeat(70_000);
    let (deep, quotes, brackets) = ("> ".repeat(3_000), "“".repeat(20_000), "(".repeat(20_000));
    let files: &[(&str, &[u8])] = &[
        ("empty.txt", b""),
        ("nul.txt", b"\0\0\0"),
        ("combining.txt", "\u{301}政\u{301}\u{20DD}".as_bytes()),
        ("long.txt", long.as_bytes()),
        ("cr.txt", "一、甲\r二、乙\r四、丙".as_bytes()),
        ("open.md", "```\n政冶".as_bytes()),
        ("deep.md", deep.as_bytes()),
        ("quotes.txt", quotes.as_bytes()),
        ("brackets.txt", brackets.as_bytes()),
        ("bom.txt", b"\xEF\xBB\xBF"),
    ];
    let folder = folder(files);
    for (name, _) in files {
        let run = zhubi(folder.path(), &["check", name]);
        assert!(run.status < 2, "{name}: {}", run.err);
        assert!(!run.err.contains("panicked"), "{name}: {}", run.err);
    }
}

#[test]
fn the_encoding_is_found_and_said() {
    let (gbk, _, _) = encoding_rs::GB18030.encode("一、认真学习政冶理论。\r\n二、改进工作。\r\n");
    let folder = folder(&[("gbk.txt", &gbk), ("bom.txt", "\u{FEFF}学习政冶".as_bytes())]);
    let run = zhubi(folder.path(), &["check", "gbk.txt", "bom.txt", "--select", "typo"]);
    insta::assert_snapshot!(run.shown());
}

#[test]
fn a_flood_is_shown_once_and_counted_whole() {
    let line = "认真贯彻落实会议精神，进一步推动经济社会发展。".repeat(3_000);
    let folder = folder(&[("same.txt", line.as_bytes())]);
    let run = zhubi(folder.path(), &["check", "--select", "style", "same.txt"]);
    assert!(run.out.lines().count() < 60, "{}", run.out.lines().count());
    assert!(run.out.contains("不再逐一列出"));
    let run = zhubi(folder.path(), &["check", "--select", "style", "--format", "json", "same.txt"]);
    let findings: Vec<serde_json::Value> = serde_json::from_str(&run.out).unwrap();
    assert!(findings.len() > 2_000, "{}", findings.len());
}

#[test]
fn sixty_errors_in_one_paragraph_are_errors() {
    let line = "我们认真学习政冶理论，".repeat(60);
    let folder = folder(&[("a.txt", line.as_bytes())]);
    let run = zhubi(folder.path(), &["check", "a.txt"]);
    assert_eq!(run.status, 1);
    assert!(run.out.contains("错误60处") && run.out.matches("confusable-word").count() == 1, "{}", run.out);
    let run = zhubi(folder.path(), &["check", "--fix", "a.txt"]);
    assert_eq!(run.status, 0, "{}", run.shown());
    let mended = std::fs::read_to_string(folder.path().join("a.txt")).unwrap();
    assert_eq!(mended.matches("政治").count(), 60);
}
