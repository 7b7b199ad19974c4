use crate::support::{folder, zhubi};

#[test]
fn hostile_files_give_findings_or_none() {
    let long = "政治学习，".repeat(70_000);
    let (deep, quotes, brackets) = ("> ".repeat(3_000), "“".repeat(20_000), "(".repeat(20_000));
    let files: &[(&str, &[u8])] = &[
        ("combining.txt", "\u{301}政\u{301}\u{20DD}".as_bytes()),
        ("long.txt", long.as_bytes()),
        ("cr.txt", "一、甲\r二、乙\r四、丙".as_bytes()),
        ("open.md", "```\n政冶".as_bytes()),
        ("deep.md", deep.as_bytes()),
        ("quotes.txt", quotes.as_bytes()),
        ("brackets.txt", brackets.as_bytes()),
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

#[test]
fn what_is_no_text_is_named_with_a_remedy() {
    let noise: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8 | 0x80).collect();
    let files: &[(&str, &[u8], &str)] = &[
        ("x.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n", "PDF"),
        ("pdf.txt", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", "PDF"),
        ("a.docx", b"PK\x03\x04\x14\0\0\0word/document.xml", "Word"),
        ("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "旧格式"),
        ("a.wps", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "WPS"),
        ("a.xlsx", b"PK\x03\x04\x14\0\0\0xl/workbook.xml", "表格"),
        ("a.txt", &noise, "不是文本文件"),
    ];
    let folder = folder(&files.iter().map(|(name, bytes, _)| (*name, *bytes)).collect::<Vec<_>>());
    for (name, _, what) in files {
        for command in ["check", "outline", "learn"] {
            let run = zhubi(folder.path(), &[command, name]);
            assert_eq!(run.status, 2, "{}", run.shown());
            assert!(run.err.contains(what) && run.err.contains("另存为"), "{command} {name}: {}", run.err);
            assert!(!run.out.contains("没有发现问题"), "{}", run.out);
        }
    }
}

#[test]
fn a_few_broken_bytes_are_said_and_not_fixed() {
    let line = "全镇认真学习政治理论，扎实开展各项工作。\n".as_bytes();
    let mut bytes = line.repeat(300);
    for at in [30, 100, 200] {
        bytes.insert(line.len() * at + at / 100, 0xFF);
    }
    bytes.extend("学习政冶。\n".as_bytes());
    let folder = folder(&[("a.txt", &bytes)]);
    let run = zhubi(folder.path(), &["check", "--fix", "--select", "typo", "a.txt"]);
    assert!(run.err.contains("a.txt：第31行、第101行、第201行有无法识别的字节，没有改正它"), "{}", run.err);
    assert!(run.out.contains("“政冶”是错词"), "{}", run.out);
    assert_eq!(std::fs::read(folder.path().join("a.txt")).unwrap(), bytes);
}

#[test]
fn utf_16_without_its_mark_is_read_and_written_back() {
    let text = "一、认真学习政冶理论，扎实开展各项工作。\r\n二、改进作风。\r\n";
    let utf_16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let folder = folder(&[("a.txt", &utf_16(text))]);
    let run = zhubi(folder.path(), &["check", "--fix", "--select", "typo", "a.txt"]);
    assert_eq!(run.err, "zhubi: a.txt：按 UTF-16LE 编码读取\n");
    assert_eq!(std::fs::read(folder.path().join("a.txt")).unwrap(), utf_16(&text.replace("政冶", "政治")));
}

#[test]
fn many_encodings_are_one_line_each() {
    let (gbk, _, _) = encoding_rs::GB18030.encode("认真学习政治理论。");
    let folder = folder(&[("a.txt", &gbk), ("b.txt", &gbk), ("c.txt", "\u{FEFF}学习".as_bytes())]);
    let run = zhubi(folder.path(), &["check", "."]);
    assert_eq!(run.err, "zhubi: 2个文件按 GB18030 编码读取\n");
}

#[test]
fn configurations_words_and_packs_may_be_gbk() {
    let gbk = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let pack = "name = \"用语\"\n[[rule]]\nname = \"群众\"\nfind = [\"老百姓\"]\nreplace = \"群众\"\nbad = [\"方便老百姓。\"]\n";
    let config = "# 本单位的配置\n[dictionary]\nfiles = [\"词表.txt\"]\n[packs]\nfiles = [\"用语.toml\"]\n";
    let folder = folder(&[
        ("zhubi.toml", &gbk(config)),
        ("词表.txt", &gbk("政冶\t人名\n")),
        ("用语.toml", &gbk(pack)),
        ("a.txt", "老百姓选政冶。".as_bytes()),
    ]);
    let run = zhubi(folder.path(), &["check", "a.txt"]);
    assert_eq!(run.err, "");
    assert!(run.out.contains("不用“老百姓”") && !run.out.contains("错词"), "{}", run.out);
    std::fs::write(folder.path().join("zhubi.toml"), gbk("# 本单位的配置\n忽略 = []\n")).unwrap();
    let run = zhubi(folder.path(), &["check", "a.txt"]);
    assert!(run.status == 2 && run.err.contains("zhubi.toml:2:1"), "{}", run.err);
    std::fs::write(folder.path().join("zhubi.toml"), [&b"# "[..], &[0xFF; 9]].concat()).unwrap();
    let run = zhubi(folder.path(), &["check", "a.txt"]);
    assert!(run.status == 2 && run.err.contains("zhubi.toml") && run.err.contains("UTF-8"), "{}", run.err);
}
