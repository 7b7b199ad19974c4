//! Who is let in, and what those see who are not.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::server::{Answer, Server, With, command};

const SECRET: &str = "认真学习政冶理论。";

fn server() -> Server {
    Server::start(&[("a.txt", SECRET.as_bytes())])
}

fn with(headers: &[(&'static str, &str)]) -> With<'static> {
    With { headers: headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect(), body: b"{}" }
}

#[track_caller]
fn refused(answer: &Answer, status: u16) {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert!(!answer.text().contains("政冶") && !answer.text().contains("a.txt"), "{}", answer.text());
    assert!(!answer.head.contains("access-control"), "{}", answer.head);
}

#[test]
fn without_the_token_nothing_is_shown() {
    let server = server();
    let host = server.host();
    let own = with(&[("Host", &host)]);
    let (id, token) = (server.only(), server.token.clone());
    for path in [
        "/".to_owned(),
        format!("/drafts/{id}/"),
        format!("/{}/", "0".repeat(64)),
        format!("/{}/drafts/{id}/", &token[..63]),
        format!("/{token}x/"),
        format!("/?token={token}"),
        format!("//{token}/"),
        "/favicon.ico".to_owned(),
    ] {
        refused(&server.send("GET", &path, &own), 403);
    }
    assert!(server.get("").text().contains("a.txt"));
}

#[test]
fn another_host_or_origin_is_refused_though_it_has_the_token() {
    let server = server();
    let (host, origin) = (server.host(), server.origin());
    let path = format!("/{}/drafts/{}/", server.token, server.only());
    let port = server.port;
    for foreign in [
        "evil.example",
        &format!("evil.example:{port}"),
        &format!("127.0.0.1.evil.example:{port}"),
        "127.0.0.1",
    ] {
        refused(&server.send("GET", &path, &with(&[("Host", foreign)])), 403);
    }
    refused(&server.send("GET", &path, &with(&[])), 403);
    for foreign in ["null", "http://evil.example", &format!("http://localhost:{port}"), "http://127.0.0.1:1"]
    {
        for method in ["GET", "POST", "OPTIONS"] {
            let headers = with(&[("Host", &host), ("Origin", foreign)]);
            refused(&server.send(method, &path, &headers), 403);
        }
    }
    let told = server.draft(server.only()).told("改为");
    let foreign = With { headers: vec![("Host", host.clone())], body: told.as_bytes() };
    refused(&server.send("POST", &format!("{path}accept"), &foreign), 403);
    for (site, mode) in [("cross-site", "no-cors"), ("same-site", "cors"), ("cross-site", "cors")] {
        let headers = with(&[("Host", &host), ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode)]);
        refused(&server.send("GET", &path, &headers), 403);
    }
    assert_eq!(server.read("a.txt"), SECRET.as_bytes());
    let own = with(&[("Host", &host), ("Origin", &origin), ("Sec-Fetch-Site", "same-origin")]);
    assert_eq!(server.send("GET", &path, &own).status, 200);
}

#[test]
fn no_path_leads_out_of_the_list() {
    let server = server();
    std::fs::write(server.folder.path().join("../zhubi-outside.txt"), SECRET).unwrap();
    for path in [
        "../",
        "../../etc/passwd",
        "drafts/../",
        "drafts/..%2f..%2fetc%2fpasswd/",
        "drafts/a.txt/",
        "drafts/./",
        "drafts/%2e%2e/text",
        "drafts//etc/passwd/",
        "drafts/1/../../../../etc/passwd",
        "drafts/0/",
        "drafts/99/text",
        "drafts/-1/",
        "drafts/18446744073709551616/",
        "a.txt",
        "drafts/1/..%2fzhubi-outside.txt",
        "zhubi.toml",
        "drafts/1/%2e%2e",
        "icon.svg/",
        "events/",
    ] {
        let answer = server.get(path);
        assert!(answer.status == 404, "{path}: {} {}", answer.status, answer.text());
        assert!(!answer.text().contains("root:") && !answer.text().contains("政冶"), "{path}");
        assert_eq!(server.post(path, b"{\"stamp\":\"\"}").status, 404, "{path}");
    }
    let id = server.take("..%2F..%2F..%2Ftmp%2Fzhubi-upload.txt", SECRET.as_bytes());
    assert_eq!(server.draft(id).text("h2 bdi"), "zhubi-upload.txt");
    assert_eq!(server.names(), ["a.txt"]);
    assert!(!std::path::Path::new("/tmp/zhubi-upload.txt").exists());
    std::fs::remove_file(server.folder.path().join("../zhubi-outside.txt")).unwrap();
}

#[test]
fn every_answer_forbids_what_it_does_not_need() {
    let server = server();
    let id = server.only();
    let none = with(&[("Host", &server.host())]);
    let answers = [
        server.get(""),
        server.get(&format!("drafts/{id}/")),
        server.get(&format!("drafts/{id}/report")),
        server.get("icon.svg"),
        server.get("nowhere"),
        server.send("GET", "/", &none),
        server.send("GET", &format!("/{}", server.token), &none),
        server.post("drafts", b""),
        server.post(&format!("drafts/{id}/accept"), b"no json"),
    ];
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [200, 200, 200, 200, 404, 403, 308, 400, 400]);
    for answer in answers {
        for header in [
            "cache-control: no-store",
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
            "cross-origin-resource-policy: same-origin",
            "x-frame-options: deny",
        ] {
            assert!(answer.head.contains(header), "{header} in {}", answer.head);
        }
        let policy = answer.head.lines().find(|line| line.starts_with("content-security-policy:")).unwrap();
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{policy}"
        );
        assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
    }
}

#[test]
fn the_port_is_open_on_the_loopback_address_alone() {
    let server = server();
    // On Linux the whole of 127/8 is this machine.
    if cfg!(target_os = "linux") {
        assert!(TcpStream::connect(("127.0.0.2", server.port)).is_err());
    }
    let local =
        command(server.folder.path(), &["serve", "--port", &server.port.to_string()]).output().unwrap();
    let said = String::from_utf8(local.stderr).unwrap();
    assert!(local.status.code() == Some(2) && said.contains("已被别的程序占用"), "{said}");
}

/// Who can see the programs that run sees what they are started with.
#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_not_told_the_address_where_others_see_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let browser = folder.path().join("xdg-open");
    std::fs::write(&browser, "#!/bin/sh\nls -l \"$1\" > told\ncat \"$1\" > page.tmp\nmv page.tmp page\n")
        .unwrap();
    std::fs::set_permissions(&browser, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    let mut command = command(folder.path(), &["serve", "--open"]);
    let mut child = command.env("PATH", path).stdout(std::process::Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    while !folder.path().join("page").exists() && begun.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(50));
    }
    child.kill().unwrap();
    let address = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    let token = address.trim().trim_end_matches('/').rsplit('/').next().unwrap();
    let told = std::fs::read_to_string(folder.path().join("told")).unwrap();
    assert!(told.starts_with("-rw-------") && !told.contains(token), "{told}");
    let page = std::fs::read_to_string(folder.path().join("page")).unwrap();
    assert!(page.contains(&format!("url={}\"", address.trim())), "{page}");
}

#[test]
fn arguments_that_cannot_be_used_are_said() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, said) in [
        (&["serve", "--port", "70000"][..], "端口是 0 到 65535 的整数"),
        (&["serve", "-"], "serve 不读标准输入"),
        (&["serve", "nosuch.txt"], "没有这个文件"),
        (&["serve", "--select", "nosuch"], "nosuch"),
    ] {
        let run = command(folder.path(), arguments).output().unwrap();
        let err = String::from_utf8(run.stderr).unwrap();
        assert!(run.status.code() == Some(2) && run.stdout.is_empty() && err.contains(said), "{err}");
    }
}

#[test]
fn who_is_slow_or_sends_too_much_keeps_nobody_waiting() {
    let server = server();
    let mut slow: Vec<TcpStream> = (0..40).map(|_| server.connect()).collect();
    for stream in &mut slow {
        stream
            .write_all(format!("POST /{}/drafts?name=a.txt HTTP/1.1\r\nHost: ", server.token).as_bytes())
            .unwrap();
    }
    // Two bodies that never come, as many as are taken at a time.
    let mut halves: Vec<TcpStream> = (0..2).map(|_| server.connect()).collect();
    for stream in &mut halves {
        let head = format!(
            "POST /{}/drafts?name=a.txt HTTP/1.1\r\nHost: {}\r\nOrigin: {}\r\nContent-Length: 1000\r\n\r\n甲",
            server.token,
            server.host(),
            server.origin()
        );
        stream.write_all(head.as_bytes()).unwrap();
    }
    let begun = Instant::now();
    assert_eq!(server.get("").status, 200);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    let long = with(&[("Host", &server.host()), ("Cookie", &"x".repeat(40 << 10))]);
    refused(&server.send("GET", "/", &long), 431);
    // A head that does not come is not waited for.
    let mut answer = Vec::new();
    slow[0].set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let _ = slow[0].read_to_end(&mut answer);
    assert!(begun.elapsed() < Duration::from_secs(25), "{:?}", begun.elapsed());
}
