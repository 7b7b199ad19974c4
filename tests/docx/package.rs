//! Makes packages, and runs the program over them.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use std::process::Command;

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A document: its body, and other parts by the last word of their relationship's type.
#[derive(Default)]
pub(crate) struct Docx {
    body: String,
    parts: Vec<(&'static str, String)>,
}

/// A document of these paragraphs and tables.
pub(crate) fn docx(body: &str) -> Docx {
    Docx { body: body.to_owned(), parts: Vec::new() }
}

/// A paragraph with one run.
pub(crate) fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

/// A paragraph of a list.
pub(crate) fn numbered(list: u32, level: u32, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>\
         <w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

impl Docx {
    /// With another part: its root element's name and content.
    pub(crate) fn with(mut self, kind: &'static str, root: &str, content: &str) -> Self {
        self.parts.push((kind, format!("<w:{root} {W}>{content}</w:{root}>")));
        self
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut related = String::new();
        let mut files = Vec::new();
        for (at, (kind, xml)) in self.parts.iter().enumerate() {
            let name = format!("{kind}{at}.xml");
            related += &format!("<Relationship Id=\"r{at}\" Type=\"{OFFICE}/{kind}\" Target=\"{name}\"/>");
            files.push((format!("word/{name}"), xml.clone()));
        }
        let relationships = |inside: &str| {
            let namespace = "http://schemas.openxmlformats.org/package/2006/relationships";
            format!("<Relationships xmlns=\"{namespace}\">{inside}</Relationships>")
        };
        let root = format!(
            "<Relationship Id=\"r1\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/>"
        );
        let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
            <Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>";
        files.extend([
            ("[Content_Types].xml".to_owned(), types.to_owned()),
            ("_rels/.rels".to_owned(), relationships(&root)),
            ("word/_rels/document.xml.rels".to_owned(), relationships(&related)),
            (
                "word/document.xml".to_owned(),
                format!("<w:document {W}><w:body>{}</w:body></w:document>", self.body),
            ),
            ("word/media/image1.png".to_owned(), "not really".to_owned()),
        ]);
        zipped(&files)
    }
}

pub(crate) fn zipped(files: &[(String, String)]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        out.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// The parts of a package by name.
pub(crate) fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        parts.insert(file.name().unwrap().into_owned(), text);
    }
    parts
}

pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

pub(crate) fn zhubi(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhubi"));
    for name in ["CI", "GITHUB_ACTIONS", "GITLAB_CI", "ZHUBI_LOG", "ZHUBI_CONFIG", "ZHUBI_FORMAT"] {
        command.env_remove(name);
    }
    let output = command.args(arguments).current_dir(folder).output().unwrap();
    Run {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs `check` over a document called a.docx with more arguments.
pub(crate) fn check(bytes: &[u8], arguments: &[&str]) -> (Run, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.docx"), bytes).unwrap();
    let arguments =
        if arguments.contains(&"-f") { arguments.to_vec() } else { [&["-f", "concise"], arguments].concat() };
    let run = zhubi(folder.path(), &[&["check", "-q", "a.docx"], &arguments[..]].concat());
    (run, folder)
}
