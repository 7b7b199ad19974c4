use zhubi::{Document, Format};

use crate::package::{check, docx, p, parts};

#[test]
fn comments_stand_at_their_characters() {
    let body = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>认真学习政</w:t></w:r><w:r><w:t>冶理论，再接再励。</w:t></w:r></w:p>";
    let (run, folder) =
        check(&docx(body).bytes(), &["--annotate", "b.docx", "--select", "typo/confusable-word"]);
    assert_eq!((run.status, &*run.err), (1, ""));
    let all = parts(&std::fs::read(folder.path().join("b.docx")).unwrap());
    let document = &all["word/document.xml"];
    assert!(
        document.contains(
            "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">认真学习</w:t></w:r><w:commentRangeStart w:id=\"0\"/>\
             <w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">政</w:t></w:r>"
        ),
        "{document}"
    );
    assert!(document.contains("再接再励</w:t></w:r><w:commentRangeEnd w:id=\"1\"/>"), "{document}");
    let comments = &all["word/comments.xml"];
    assert!(comments.contains("w:author=\"朱笔\"") && comments.contains("错误：“政冶”是错词，应为“政治”"));
    assert!(all["[Content_Types].xml"].contains("/word/comments.xml"));
    assert!(all["word/_rels/document.xml.rels"].contains("relationships/comments"));
    // The text is the same.
    let again = Document::read(&std::fs::read(folder.path().join("b.docx")).unwrap(), Format::Docx).unwrap();
    assert_eq!(again.source(), "认真学习政冶理论，再接再励。\n");
}

#[test]
fn comments_that_are_there_stay() {
    let comments =
        "<w:comment w:id=\"7\" w:author=\"张三\"><w:p><w:r><w:t>旧批注</w:t></w:r></w:p></w:comment>";
    let docx = docx(&p("学习政冶。")).with("comments", "comments", comments);
    let (_, folder) = check(&docx.bytes(), &["--annotate", "b.docx"]);
    let all = parts(&std::fs::read(folder.path().join("b.docx")).unwrap());
    let comments = &all["word/comments0.xml"];
    assert!(
        comments.contains("旧批注") && comments.contains("<w:comment w:id=\"8\" w:author=\"朱笔\""),
        "{comments}"
    );
    assert!(!all.contains_key("word/comments.xml"));
}

#[test]
fn tracked_changes_are_what_a_fix_would_do() {
    let body = p("认真学习政冶理论,再接再励,布署工作。");
    let (run, folder) = check(&docx(&body).bytes(), &["--suggest", "b.docx"]);
    assert_eq!(run.err, "");
    let copy = std::fs::read(folder.path().join("b.docx")).unwrap();
    // Read as accepted.
    let accepted = Document::read(&copy, Format::Docx).unwrap();
    assert_eq!(accepted.source(), "认真学习政治理论，再接再厉，部署工作。\n");
    let document = &parts(&copy)["word/document.xml"];
    assert!(
        document.contains("<w:delText xml:space=\"preserve\">冶</w:delText>")
            || document.contains(">政冶</w:delText>")
    );
    assert!(document.contains("w:author=\"朱笔\""));
    // The draft itself is as it was.
    let draft = Document::read(&std::fs::read(folder.path().join("a.docx")).unwrap(), Format::Docx).unwrap();
    assert!(draft.source().contains("政冶"));
}

#[test]
fn lines_that_a_fix_adds_are_paragraphs_of_the_same_form() {
    const LONG: &str = "我镇地处河流下游，汛期内涝多发，现有排涝设备使用多年，故障频繁，难以满足需要。\
                        拟购置大功率水泵2台，共需资金5万元，申请县财政补助3万元，其余自筹解决。";
    let body = format!(
        "<w:p><w:pPr><w:pStyle w:val=\"a\"></w:pStyle><w:jc w:val=\"both\"/></w:pPr>\
                <w:r><w:rPr><w:b/></w:rPr><w:t>{LONG}</w:t></w:r></w:p>"
    );
    let head = p("关于购置水泵的请示") + &p("县水利局：");
    let (run, folder) = check(&docx(&(head + &body)).bytes(), &["--suggest", "b.docx"]);
    assert_eq!(run.err, "");
    let copy = std::fs::read(folder.path().join("b.docx")).unwrap();
    let accepted = Document::read(&copy, Format::Docx).unwrap();
    let lines: Vec<&str> = accepted.source().lines().skip(2).collect();
    assert_eq!(lines[..2], [LONG, "妥否，请批示。"]);
    let added = "</w:p><w:p><w:pPr><w:pStyle w:val=\"a\"/><w:jc w:val=\"both\"/><w:rPr><w:ins ";
    let document = &parts(&copy)["word/document.xml"];
    assert!(document.contains(added), "{document}");
    assert!(document.contains(
        "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">妥否，请批示。</w:t></w:r></w:ins></w:p>"
    ));
}

#[test]
fn a_header_s_fault_is_told_in_the_body() {
    let docx = docx(&p("正文。")).with("header", "hdr", &p("政冶学习"));
    let (run, folder) = check(&docx.bytes(), &["--annotate", "b.docx"]);
    assert!(run.out.contains("政冶"), "{}", run.out);
    let all = parts(&std::fs::read(folder.path().join("b.docx")).unwrap());
    assert!(all["word/comments.xml"].contains("（页眉、页脚或文本框里的“政冶”）"));
    assert!(!all["word/header0.xml"].contains("comment"));
}

#[test]
fn copies_are_of_one_document_and_never_over_the_draft() {
    let bytes = docx(&p("学习政冶。")).bytes();
    let (run, folder) = check(&bytes, &["--annotate", "./a.docx"]);
    assert!(run.status == 2 && run.err.contains("就是原稿"), "{}", run.err);
    assert_eq!(std::fs::read(folder.path().join("a.docx")).unwrap(), bytes);
    std::fs::write(folder.path().join("c.txt"), "政冶").unwrap();
    for paths in [&["c.txt"][..], &["a.docx", "c.txt"]] {
        let arguments = [&["check", "--suggest", "b.docx"], paths].concat();
        let run = crate::package::zhubi(folder.path(), &arguments);
        assert!(run.status == 2 && run.err.contains(".docx"), "{}", run.err);
    }
    assert!(!folder.path().join("b.docx").exists());
}
