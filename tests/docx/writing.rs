use zhubi::{Document, Format};

use crate::package::{check, docx, numbered, p, parts};

/// The parts of a document after `--fix`, and its text.
fn fixed(bytes: &[u8]) -> (std::collections::BTreeMap<String, String>, String) {
    let (run, folder) = check(bytes, &["--fix"]);
    assert_eq!(run.err, "", "{}", run.out);
    let after = std::fs::read(folder.path().join("a.docx")).unwrap();
    let text = Document::read(&after, Format::Docx).unwrap().source().to_owned();
    (parts(&after), text)
}

#[test]
fn a_fix_changes_its_characters_and_nothing_else() {
    // A word in two runs, one of them in a link, with properties and a bookmark between.
    let body = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>认真学习政</w:t></w:r><w:bookmarkStart w:id=\"0\" w:name=\"x\"/>\
        <w:hyperlink r:id=\"r9\" xmlns:r=\"x\"><w:r><w:rPr><w:i/></w:rPr><w:t>冶理论。</w:t></w:r></w:hyperlink>\
        <w:bookmarkEnd w:id=\"0\"/></w:p>"
        .to_owned()
        + &p("甲&amp;乙布署工作。");
    let bytes = docx(&body).bytes();
    let before = parts(&bytes);
    let (after, text) = fixed(&bytes);
    assert_eq!(text, "认真学习政治理论。\n甲&乙部署工作。\n");
    let expected = before["word/document.xml"].replace(">冶理论", ">治理论").replace("布署", "部署");
    assert_eq!(after["word/document.xml"], expected);
    for (name, part) in before.iter().filter(|(name, _)| *name != "word/document.xml") {
        assert_eq!(after[name], *part, "{name}");
    }
}

#[test]
fn a_number_that_is_counted_is_never_changed() {
    let numbering = "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"2\"/>\
        <w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1、\"/></w:lvl></w:abstractNum>\
        <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";
    let body =
        [p("一、甲"), p("正文。"), numbered(1, 0, "乙"), p("正文。"), p("四、丙"), p("正文。")].concat();
    let docx = docx(&body).with("numbering", "numbering", numbering);
    let findings = |bytes: &[u8]| {
        let (run, _folder) = check(bytes, &["--select", "structure/numbering", "-f", "json"]);
        run.out
    };
    // One that is typed can be.
    let found = findings(&docx.bytes());
    assert!(found.contains("编号从“二、”跳到“四、”") && found.contains("\"text\":\"三\""), "{found}");
    let body =
        [p("一、甲"), p("正文。"), p("二、甲"), p("正文。"), numbered(1, 0, "乙"), p("正文。")].concat();
    let found = findings(&crate::package::docx(&body).with("numbering", "numbering", numbering).bytes());
    assert!(found.contains("编号“二、”重复") && found.contains("\"fixes\":[]"), "{found}");
}

#[test]
fn spaces_at_the_edge_of_a_text_are_kept() {
    let (after, text) = fixed(&docx(&p("请假条, 张三。学习政冶 。")).bytes());
    assert!(text.contains("政治"), "{text}");
    assert!(after["word/document.xml"].contains("xml:space=\"preserve\""));
}
