//! Drafts that are dropped onto the page: they are kept in memory, and bounded.

use std::io::Write as _;
use std::time::{Duration, Instant};

use crate::package::{docx, p, parts, zipped};
use crate::server::{Answer, Server};

#[test]
fn a_word_document_is_checked_fixed_and_given_back_and_nothing_is_written() {
    let server = Server::start(&[]);
    let body = [p("工作总结"), p("认真学习政冶理论，再接再励。")].concat();
    let id = server.take("%E6%80%BB%E7%BB%93.docx", &docx(&body).bytes());
    let page = server.draft(id);
    assert_eq!(page.text("h2 bdi"), "总结.docx");
    assert!(page.fixes().iter().any(|it| it.contains("政治")), "{:?}", page.fixes());
    assert_eq!(server.accept(id, "政治").status, 200);
    let text = parts(&server.get(&format!("drafts/{id}/text")).body);
    assert!(text["word/document.xml"].contains("政治") && text["word/document.xml"].contains("再励"));
    let annotated = parts(&server.get(&format!("drafts/{id}/annotated")).body);
    let document = roxmltree::Document::parse(&annotated["word/document.xml"]).unwrap();
    let named = |name: &str| document.descendants().filter(|it| it.tag_name().name() == name).count();
    assert!(named("commentRangeStart") > 0 && named("commentRangeStart") == named("commentReference"));
    assert!(annotated["word/comments.xml"].contains("再接再厉"));
    assert!(annotated["[Content_Types].xml"].contains("comments+xml"));
    // A report that needs no server.
    let report = server.get(&format!("drafts/{id}/report")).text();
    assert!(
        report.contains("再接再励") && !report.contains("connect-src") && !report.contains("采纳"),
        "{report}"
    );
    assert!(server.names().is_empty());
    let told = server.draft(id).told_whole();
    assert_eq!(server.change(id, "undo", &told).status, 200);
    assert!(server.draft(id).text(".text").contains("政冶"));
    assert_eq!(server.post(&format!("drafts/{id}/discard"), b"").status, 200);
    assert_eq!(server.get(&format!("drafts/{id}/")).status, 404);
}

#[test]
fn text_in_an_old_encoding_comes_back_in_it() {
    let server = Server::start(&[]);
    let encoded = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let text = "各部门要认真学习政冶理论，把各项任务落到实处。\r\n";
    let id = server.take("a.txt", &encoded(text));
    assert_eq!(server.accept(id, "政治").status, 200);
    assert_eq!(server.get(&format!("drafts/{id}/text")).body, encoded(&text.replace("冶", "治")));
}

#[test]
fn a_draft_of_a_folder_is_not_discarded() {
    let server = Server::start(&[("a.txt", "认真学习政冶理论。".as_bytes())]);
    assert_eq!(server.post(&format!("drafts/{}/discard", server.only()), b"").status, 404);
    assert_eq!(server.names(), ["a.txt"]);
}

#[test]
fn what_is_no_draft_is_refused_with_the_remedy() {
    let server = Server::start(&[]);
    let entities = "<!DOCTYPE w:document [<!ENTITY a \"aaaa\">]><w:document/>";
    let types = ("[Content_Types].xml".to_owned(), "<Types/>".to_owned());
    let hostile = zipped(&[types, ("word/document.xml".to_owned(), entities.to_owned())]);
    for (name, bytes, said) in [
        ("a.docx", &b"PK\x03\x04 broken"[..], "另存为一份新的 .docx"),
        ("a.docx", &hostile, "损坏的 Word 文档"),
        ("a.pdf", b"%PDF-1.7", "是 PDF"),
        ("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "另存为 .docx"),
        ("a.txt", b" \r\n ", "里面没有文字"),
        ("a.txt", b"", "里面没有文字"),
    ] {
        let answer = server.post(&format!("drafts?name={name}"), bytes);
        assert_eq!(answer.status, 422, "{name}: {}", answer.text());
        assert!(answer.text().contains(said), "{name}: {}", answer.text());
    }
    assert_eq!(server.post("drafts", b"text").status, 400);
}

#[test]
fn only_so_many_drafts_are_kept() {
    let server = Server::start(&[]);
    let ids: Vec<u64> = (0..20).map(|_| server.take("a.txt", "认真学习。".as_bytes())).collect();
    let refused = server.post("drafts?name=a.txt", "认真学习。".as_bytes());
    assert!(refused.status == 507 && refused.text().contains("先去掉几份"), "{}", refused.text());
    assert_eq!(server.post(&format!("drafts/{}/discard", ids[0]), b"").status, 200);
    server.take("a.txt", "认真学习。".as_bytes());
}

/// The most memory that the server has had, in bytes.
fn peak(server: &Server) -> Option<usize> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.pid())).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<usize>().ok()? << 10)
}

#[test]
fn a_hundred_megabytes_are_refused_and_not_read() {
    let server = Server::start(&[]);
    server.get("");
    let before = peak(&server);
    let head = |how: &str| {
        let (token, host, origin) = (&server.token, server.host(), server.origin());
        format!(
            "POST /{token}/drafts?name=a.txt HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\n{how}\r\n\r\n"
        )
    };
    let begun = Instant::now();
    let mut stream = server.connect();
    stream.write_all(head("Content-Length: 104857600").as_bytes()).unwrap();
    let answer = Answer::read(stream);
    assert_eq!(answer.status, 413, "{}", answer.text());
    assert!(answer.text().contains("超过64兆字节") && begun.elapsed() < Duration::from_secs(5));
    if let (Some(before), Some(after)) = (before, peak(&server)) {
        assert!(after < before + (4 << 20), "{} MB more", (after - before) >> 20);
    }
    // One that does not say how long it is, is read as far as is allowed.
    let mut stream = server.connect();
    stream.write_all(head("Transfer-Encoding: chunked").as_bytes()).unwrap();
    let piece = [b"100000\r\n", &vec![b'a'; 1 << 20][..], b"\r\n"].concat();
    let sent = (0..100).take_while(|_| stream.write_all(&piece).is_ok()).count();
    assert!(sent < 100, "all was read");
    assert_eq!(server.get("").status, 200);
}
