use crate::package::{check, docx, p, zipped};

fn refused(bytes: &[u8], remedy: &str) {
    let (run, _folder) = check(bytes, &[]);
    assert!(run.status == 2 && run.err.contains(remedy) && run.out.is_empty(), "{}{}", run.out, run.err);
}

#[test]
fn what_is_no_sound_document_is_refused_with_the_remedy() {
    let whole = docx(&p("学习政冶。")).bytes();
    refused(&whole[..whole.len() / 2], "另存为一份新的");
    refused(b"PK\x03\x04", "另存为一份新的");
    refused(b"", "空的");
    refused(&zipped(&[("a.txt".to_owned(), "甲".to_owned())]), "另存为一份新的");
    refused(&docx("<w:p><w:r></w:p>").bytes(), "另存为一份新的");
    let dtd = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]>";
    let mut files: Vec<(String, String)> = crate::package::parts(&whole).into_iter().collect();
    for (name, text) in &mut files {
        if name == "word/document.xml" {
            text.insert_str(0, dtd);
        }
    }
    refused(&zipped(&files), "另存为一份新的");
}

#[test]
fn an_old_or_a_locked_document_is_known_for_what_it_is() {
    let ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    refused(&[&ole[..], &[0; 2000]].concat(), "另存为 .docx");
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    refused(&[&ole[..], &[0; 1000], &name, &[0; 1000]].concat(), "去掉密码");
}

#[test]
fn a_bomb_is_not_unpacked() {
    // 200 MB of one character are some 200 KB in the archive.
    let bytes = docx(&p(&"a".repeat(200 << 20))).bytes();
    assert!(bytes.len() < 1 << 20);
    refused(&bytes, "太大");
    let deep = format!("{}{}", "<w:tbl>".repeat(100_000), "</w:tbl>".repeat(100_000));
    refused(&docx(&deep).bytes(), "太大");
}
