//! What changes on the disk is announced, and shown.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;

use crate::server::Server;

/// The events of a page.
struct Events(BufReader<TcpStream>);

impl Events {
    fn of(server: &Server, path: &str) -> Self {
        let mut stream = server.connect();
        let head = format!("GET /{}/{path} HTTP/1.1\r\nHost: {}\r\n\r\n", server.token, server.host());
        stream.write_all(head.as_bytes()).unwrap();
        Self(BufReader::new(stream))
    }

    /// The next stamp.
    fn next(&mut self) -> String {
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the stream has ended");
            if let Some(stamp) = line.strip_prefix("data: ") {
                return stamp.trim().to_owned();
            }
        }
    }
}

#[test]
fn a_page_hears_that_its_draft_was_saved_elsewhere() {
    let server = Server::start(&[("a.txt", "认真学习政冶理论。".as_bytes())]);
    let id = server.only();
    let mut events = Events::of(&server, &format!("drafts/{id}/events"));
    assert_eq!(events.next(), server.draft(id).stamp());
    server.write("a.txt", "认真学习政治理论，再接再励。".as_bytes());
    let stamp = events.next();
    let page = server.draft(id);
    assert_eq!(stamp, page.stamp());
    assert!(page.fixes().iter().any(|it| it.contains("再接再厉")), "{:?}", page.fixes());
    // What is done here is heard as well: the draft may be open in two windows.
    assert_eq!(server.accept(id, "再接再厉").status, 200);
    assert_eq!(events.next(), server.draft(id).stamp());
    std::fs::remove_file(server.folder.path().join("a.txt")).unwrap();
    assert_eq!(events.next(), "gone");
    assert_eq!(server.get(&format!("drafts/{id}/")).status, 404);
}

#[test]
fn the_list_hears_of_new_drafts() {
    let server = Server::start(&[("a.txt", "认真学习政冶理论。".as_bytes())]);
    let mut events = Events::of(&server, "events");
    let first = events.next();
    server.write("b.md", "# 总结\n\n认真学习政冶理论。\n".as_bytes());
    let second = events.next();
    assert_ne!(second, first);
    assert!(server.get("").text().contains("b.md"));
    server.take("c.txt", "认真学习政冶理论。".as_bytes());
    assert_ne!(events.next(), second);
    let list = server.get("").text();
    assert!(list.contains("拿来的稿子") && list.contains("c.txt"), "{list}");
}

#[test]
fn a_page_that_was_loaded_is_fresh_whether_the_system_tells_of_changes_or_not() {
    let server = Server::start(&[("a.txt", "认真学习政冶理论。".as_bytes())]);
    let id = server.only();
    for text in ["认真学习政治理论，再接再励。", "工作按步就班。"] {
        server.write("a.txt", text.as_bytes());
        let shown = server.draft(id).text(".text");
        assert!(shown.contains(&text[..6]), "{shown}");
    }
}

#[test]
fn drafts_are_compared_with_each_other() {
    let text = "全年共组织党员干部集中学习二十四次，撰写心得体会六十篇。走访企业四十二家，帮助解决用工、融资等\
        问题三十一个。举办技能培训班六期，培训农村实用人才四百五十人次。";
    let server = Server::start(&[("a.txt", text.as_bytes()), ("b.txt", text.as_bytes())]);
    assert!(server.get("").text().contains("style/copied-document"));
    std::fs::remove_file(server.folder.path().join("a.txt")).unwrap();
    assert!(!server.get("").text().contains("style/copied-document"));
}
