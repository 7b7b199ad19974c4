//! Fixes that are taken: what is written, and what is not.

use crate::package::{docx, p, parts};
use crate::server::Server;

const DRAFT: &str = "一、学习情况\r\n认真学习政冶理论,再接再励。\r\n";

#[test]
fn a_fix_is_written_and_nothing_else_of_the_file_is_changed() {
    let encoded = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let server = Server::start(&[("总结.txt", &encoded(DRAFT))]);
    let id = server.only();
    let answer = server.accept(id, "政治");
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(server.read("总结.txt"), encoded(&DRAFT.replace("政冶", "政治")));
    assert!(server.draft(id).text(".text").contains("再接再励"));
    assert_eq!(server.accept(id, "再接再厉").status, 200);
    assert_eq!(server.read("总结.txt"), encoded(&DRAFT.replace("政冶", "政治").replace("再励", "再厉")));
    assert_eq!(server.names(), ["总结.txt"], "nothing is left beside");
}

#[test]
fn all_safe_fixes_are_made_at_once_and_steps_are_taken_back() {
    let server = Server::start(&[("a.txt", DRAFT.as_bytes())]);
    let id = server.only();
    let page = server.draft(id);
    assert!(page.text(".desk").contains("全部采纳安全的") && !page.text(".desk").contains("撤销"));
    assert_eq!(server.change(id, "accept-safe", &page.told_whole()).status, 200);
    let fixed = server.read("a.txt");
    let text = String::from_utf8(fixed.clone()).unwrap();
    assert!(text.contains("政治理论，再接再厉。\r\n"), "{text}");
    let page = server.draft(id);
    assert!(!page.text(".desk").contains("全部采纳安全的") && page.text(".desk").contains("撤销"));
    assert_eq!(server.change(id, "undo", &page.told_whole()).status, 200);
    assert_eq!(server.read("a.txt"), DRAFT.as_bytes());
    // What another has written since is not taken back.
    let page = server.draft(id);
    assert_eq!(server.change(id, "accept-safe", &page.told_whole()).status, 200);
    server.write("a.txt", &[&fixed[..], "新的一段。".as_bytes()].concat());
    let page = server.draft(id);
    assert!(!page.text(".desk").contains("撤销"));
    assert_eq!(server.change(id, "undo", &page.told_whole()).status, 409);
    assert!(server.read("a.txt").ends_with("新的一段。".as_bytes()));
}

#[test]
fn what_has_been_changed_since_it_was_seen_is_not_written_over() {
    let server = Server::start(&[("a.txt", DRAFT.as_bytes())]);
    let id = server.only();
    let told = server.draft(id).told("政治");
    let saved = "又写了一段。\r\n认真学习政冶理论。\r\n";
    server.write("a.txt", saved.as_bytes());
    for what in ["accept", "accept-safe", "undo"] {
        let answer = server.change(id, what, &told);
        assert_eq!(answer.status, 409, "{}", answer.text());
        assert!(answer.text().contains("刚在别处改过"), "{}", answer.text());
        assert_eq!(server.read("a.txt"), saved.as_bytes());
    }
    assert_eq!(server.accept(id, "政治").status, 200);
    // Other rules find other things in the same text.
    server.write("a.txt", DRAFT.as_bytes());
    let told = server.draft(id).told("政治");
    server.write("zhubi.toml", b"ignore = [\"typo\"]\n");
    server.get("");
    assert_eq!(server.change(id, "accept", &told).status, 409);
    assert_eq!(server.read("a.txt"), DRAFT.as_bytes());
}

#[test]
fn a_fix_that_is_not_there_is_refused() {
    let server = Server::start(&[("a.txt", DRAFT.as_bytes())]);
    let id = server.only();
    let stamp = server.draft(id).stamp();
    for told in [
        format!("{{\"stamp\":\"{stamp}\",\"finding\":99,\"fix\":0}}"),
        format!("{{\"stamp\":\"{stamp}\",\"finding\":0,\"fix\":99}}"),
        "{\"stamp\":\"\"}".to_owned(),
    ] {
        assert_eq!(server.change(id, "accept", &told).status, 409, "{told}");
    }
    for told in ["", "{}", "[]", &format!("{{\"stamp\":\"{stamp}\",\"finding\":-1}}"), &" ".repeat(5000)] {
        let status = server.change(id, "accept", told).status;
        assert!(status == 400 || status == 413, "{told}: {status}");
    }
    assert_eq!(server.read("a.txt"), DRAFT.as_bytes());
}

#[cfg(unix)]
#[test]
fn a_file_that_is_protected_stays_as_it_is_and_that_is_said() {
    use std::os::unix::fs::PermissionsExt as _;
    let server = Server::start(&[("a.txt", DRAFT.as_bytes())]);
    let id = server.only();
    let file = server.folder.path().join("a.txt");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o444)).unwrap();
    let answer = server.accept(id, "政治");
    assert!(answer.status == 409 && answer.text().contains("只读"), "{}", answer.text());
    assert_eq!(server.read("a.txt"), DRAFT.as_bytes());
}

#[test]
fn a_word_document_of_the_folder_is_fixed_and_copied_with_comments() {
    let body = [p("工作总结"), p("认真学习政冶理论，再接再励。")].concat();
    let server = Server::start(&[("总结.docx", &docx(&body).bytes())]);
    let id = server.only();
    let annotated = server.get(&format!("drafts/{id}/annotated"));
    assert_eq!(annotated.status, 200);
    let name = "filename*=utf-8''%e6%80%bb%e7%bb%93%ef%bc%88%e6%89%b9%e6%b3%a8%ef%bc%89%2edocx";
    assert!(annotated.head.contains(name), "{}", annotated.head);
    let comments = parts(&annotated.body).remove("word/comments.xml").unwrap();
    roxmltree::Document::parse(&comments).unwrap();
    assert!(comments.contains("政治") && comments.contains("再接再厉"), "{comments}");
    let suggested = server.get(&format!("drafts/{id}/suggested"));
    let document = parts(&suggested.body).remove("word/document.xml").unwrap();
    roxmltree::Document::parse(&document).unwrap();
    assert!(document.contains("<w:ins ") && document.contains("<w:del "), "{document}");
    assert_eq!(server.accept(id, "政治").status, 200);
    let document = parts(&server.read("总结.docx")).remove("word/document.xml").unwrap();
    assert!(document.contains("政治") && document.contains("再接再励"), "{document}");
    assert_eq!(server.names(), ["总结.docx"]);
}
