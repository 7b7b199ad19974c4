use zhubi::{Document, Format};

use crate::package::{Docx, check, docx, numbered, p};

fn text(docx: &Docx) -> String {
    Document::read(&docx.bytes(), Format::Docx).unwrap().source().to_owned()
}

/// The definition of a list, and the list: each level's format and text.
fn list(levels: &[(&str, &str)]) -> String {
    let level = |(at, (format, text)): (usize, &(&str, &str))| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let levels: String = levels.iter().enumerate().map(level).collect();
    format!(
        "<w:abstractNum w:abstractNumId=\"0\">{levels}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
         <w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/>\
         </w:lvlOverride></w:num>"
    )
}

const OFFICIAL: [(&str, &str); 4] = [
    ("chineseCountingThousand", "%1、"),
    ("chineseCountingThousand", "（%2）"),
    ("decimal", "%3."),
    ("decimalEnclosedCircleChinese", "%4"),
];

#[test]
fn automatic_numbers_are_written_out_as_word_shows_them() {
    let body = [
        numbered(1, 0, "甲"),
        numbered(1, 1, "乙"),
        numbered(1, 1, "丙"),
        numbered(1, 2, "丁"),
        numbered(1, 3, "戊"),
        p("正文。"),
        numbered(1, 2, "己"),
        numbered(1, 0, "庚"),
        numbered(1, 1, "辛"),
        // Another list of the same definition, with a start of its own.
        numbered(2, 0, "壬"),
        numbered(1, 0, "癸"),
    ];
    let found = text(&docx(&body.concat()).with("numbering", "numbering", &list(&OFFICIAL)));
    assert_eq!(
        found,
        "一、甲\n（一）乙\n（二）丙\n1.丁\n①戊\n正文。\n2.己\n二、庚\n（一）辛\n一、壬\n二、癸\n"
    );
}

#[test]
fn numbers_of_every_format_and_of_several_levels() {
    let all = |format: &str, pattern: &str, count: usize| -> Vec<String> {
        let body: String = (0..count).map(|_| numbered(1, 0, "文")).collect();
        let found = text(&docx(&body).with("numbering", "numbering", &list(&[(format, pattern)])));
        found.lines().map(|line| line.trim_end_matches('文').trim().to_owned()).collect()
    };
    assert_eq!(all("chineseCounting", "第%1章", 12)[9..], ["第十章", "第十一章", "第十二章"]);
    assert_eq!(all("ideographTraditional", "%1、", 3), ["甲、", "乙、", "丙、"]);
    assert_eq!(all("chineseLegalSimplified", "%1", 2), ["壹", "贰"]);
    assert_eq!(all("lowerLetter", "%1)", 27)[25..], ["z)", "aa)"]);
    assert_eq!(all("upperRoman", "%1.", 9)[8], "IX.");
    assert_eq!(all("decimalZero", "%1", 1), ["01"]);
    assert_eq!(all("decimalEnclosedCircle", "%1", 2), ["①", "②"]);
    assert_eq!(all("none", "附件", 1), ["附件"]);
    let levels = [("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3")];
    let body =
        [numbered(1, 0, "甲"), numbered(1, 1, "乙"), numbered(1, 2, "丙"), numbered(1, 2, "5亿")].concat();
    let found = text(&docx(&body).with("numbering", "numbering", &list(&levels)));
    assert_eq!(found, "1 甲\n1.1 乙\n1.1.1 丙\n1.1.2 5亿\n");
    // A number that is not of a sentence's own is set apart.
    let body = numbered(1, 0, "5亿元");
    assert_eq!(text(&docx(&body).with("numbering", "numbering", &list(&[("decimal", "%1.")]))), "1. 5亿元\n");
}

#[test]
fn headings_come_by_their_styles_with_the_numbers_of_these() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"2\"><w:name w:val=\"heading 1\"/><w:pPr><w:numPr>\
        <w:numId w:val=\"1\"/></w:numPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"own\"><w:name w:val=\"own\"/><w:basedOn w:val=\"2\"/></w:style>";
    let heading = |style: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let body = [heading("2", "主要工作"), p("正文。"), heading("own", "存在问题")].concat();
    let docx = docx(&body).with("styles", "styles", styles).with("numbering", "numbering", &list(&OFFICIAL));
    assert_eq!(text(&docx), "一、主要工作\n正文。\n二、存在问题\n");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.docx"), docx.bytes()).unwrap();
    let outline = crate::package::zhubi(folder.path(), &["outline", "a.docx"]).out;
    assert!(outline.contains("一、主要工作") && outline.contains("二、存在问题"), "{outline}");
    let body = body.replace("正文。", "学习政冶理论。");
    let docx = crate::package::docx(&body).with("styles", "styles", styles).with(
        "numbering",
        "numbering",
        &list(&OFFICIAL),
    );
    let (run, _folder) = check(&docx.bytes(), &["-f", "full"]);
    assert!(run.out.contains("    所在：第2段，一、主要工作\n"), "{}", run.out);
}

#[test]
fn what_is_shown_is_read_and_what_is_not_is_not() {
    let run = |inside: &str| format!("<w:r>{inside}</w:r>");
    let t = |text: &str| run(&format!("<w:t>{text}</w:t>"));
    let field = |code: &str, result: &str| {
        [
            run("<w:fldChar w:fldCharType=\"begin\"/>"),
            run(&format!("<w:instrText>{code}</w:instrText>")),
            run("<w:fldChar w:fldCharType=\"separate\"/>"),
            t(result),
            run("<w:fldChar w:fldCharType=\"end\"/>"),
        ]
        .concat()
    };
    let paragraph = |inside: &[String]| format!("<w:p>{}</w:p>", inside.concat());
    let body = [
        // Tracked changes as accepted, the older state of properties left alone.
        paragraph(&[
            t("学习"),
            format!("<w:del w:id=\"1\" w:author=\"a\">{}</w:del>", run("<w:delText>政冶</w:delText>")),
            format!("<w:ins w:id=\"2\" w:author=\"a\">{}</w:ins>", t("政治")),
            run("<w:rPr><w:b/><w:rPrChange w:id=\"3\" w:author=\"a\"><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>理论</w:t>"),
        ]),
        // A paragraph whose end was deleted goes on in the next.
        "<w:p><w:pPr><w:rPr><w:del w:id=\"4\" w:author=\"a\"/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>".to_owned(),
        paragraph(&[t("后半。")]),
        // Hidden text, a field's result, a tab, a break, entities.
        paragraph(&[run("<w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t>"), t("显示"), field(" PAGE ", "3"), t("页")]),
        paragraph(&[run("<w:t>甲</w:t><w:tab/><w:t>乙&lt;&#20057;&amp;</w:t><w:br/><w:t>丙</w:t><w:br w:type=\"page\"/>")]),
        // The same box twice, for old and new programs.
        "<w:p><w:r><mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">\
         <mc:Choice><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
         <mc:Fallback><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></mc:Fallback>\
         </mc:AlternateContent></w:r><w:r><w:t>框外</w:t></w:r></w:p>".to_owned(),
        format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", p("格一"), p("格二")),
    ];
    let notes = "<w:footnote w:id=\"1\"><w:p><w:r><w:t>脚注。</w:t></w:r></w:p></w:footnote>";
    let docx = docx(&body.concat()).with("footnotes", "footnotes", notes).with("header", "hdr", &p("页眉"));
    assert_eq!(
        text(&docx),
        "学习政治理论\n前半后半。\n显示3页\n甲\t乙<乙&\n丙\n框外\n格一\n格二\n框内\n脚注。\n页眉\n"
    );
}

#[test]
fn a_table_of_contents_repeats_nothing() {
    let contents = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>\
        <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>一、主要工作</w:t></w:r></w:p>\
        <w:p><w:r><w:t>二、存在问题</w:t></w:r></w:p><w:p><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
    let body =
        [contents, &p("一、主要工作"), &p("做了不少工作。"), &p("二、存在问题"), &p("还有不足。")].concat();
    let (run, _folder) = check(&docx(&body).bytes(), &["--select", "structure"]);
    assert!(!run.out.contains("structure/numbering"), "{}", run.out);
}

#[test]
fn findings_are_those_of_the_same_text_in_their_lines() {
    let lines = ["关于做好培训的通知", "认真学习政冶理论,提高水平。", "会后布署工作。"];
    let body: String = lines.iter().map(|line| p(line)).collect();
    let (run, folder) = check(&docx(&body).bytes(), &[]);
    std::fs::write(folder.path().join("a.txt"), lines.join("\n")).unwrap();
    let of_text = crate::package::zhubi(folder.path(), &["check", "-q", "-f", "concise", "a.txt"]).out;
    assert_eq!(run.out, of_text.replace("a.txt", "a.docx"));
    assert!(run.out.contains("a.docx:2:5: 错误 “政冶”") && run.status == 1, "{}", run.out);
}
