//! Starts the program, and speaks with it as a browser does, or as one who is up to no good.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use scraper::{ElementRef, Html, Selector};
use tempfile::TempDir;

/// A server of a folder.
pub(crate) struct Server {
    child: Child,
    pub(crate) folder: TempDir,
    pub(crate) port: u16,
    pub(crate) token: String,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

/// What a request says beside its path.
#[derive(Clone, Default)]
pub(crate) struct With<'a> {
    pub(crate) headers: Vec<(&'a str, String)>,
    pub(crate) body: &'a [u8],
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Serves a folder with these files.
    pub(crate) fn start(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            std::fs::write(folder.path().join(name), bytes).unwrap();
        }
        let mut child = command(folder.path(), &["serve"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let rest = line.trim().strip_prefix("http://127.0.0.1:").expect(&line);
        let (port, token) = rest.trim_end_matches('/').split_once('/').unwrap();
        Self { child, folder, port: port.parse().unwrap(), token: token.to_owned() }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.host())
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.host()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    }

    /// Sends a request with just these headers, to a path as it is written.
    pub(crate) fn send(&self, method: &str, path: &str, with: &With<'_>) -> Answer {
        let mut stream = self.connect();
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        for (name, value) in &with.headers {
            head += &format!("{name}: {value}\r\n");
        }
        if !with.body.is_empty() || method != "GET" {
            head += &format!("Content-Length: {}\r\n", with.body.len());
        }
        stream.write_all(format!("{head}\r\n").as_bytes()).unwrap();
        // It may be refused before it has been read.
        let _ = stream.write_all(with.body);
        Answer::read(stream)
    }

    /// Asks for what stands behind the token.
    pub(crate) fn get(&self, path: &str) -> Answer {
        let with = With { headers: vec![("Host", self.host())], body: b"" };
        self.send("GET", &format!("/{}/{path}", self.token), &with)
    }

    /// Has something done, as the script of the page does.
    pub(crate) fn post(&self, path: &str, body: &[u8]) -> Answer {
        let headers = vec![("Host", self.host()), ("Origin", self.origin())];
        self.send("POST", &format!("/{}/{path}", self.token), &With { headers, body })
    }

    /// Drops a draft onto the page; returns its number.
    pub(crate) fn take(&self, name: &str, bytes: &[u8]) -> u64 {
        let answer = self.post(&format!("drafts?name={name}"), bytes);
        assert_eq!(answer.status, 200, "{}", answer.text());
        serde_json::from_slice::<serde_json::Value>(&answer.body).unwrap()["id"].as_u64().unwrap()
    }

    /// The page of a draft.
    pub(crate) fn draft(&self, id: u64) -> Page {
        let answer = self.get(&format!("drafts/{id}/"));
        assert_eq!(answer.status, 200, "{}", answer.text());
        Page(Html::parse_document(&answer.text()))
    }

    /// The number of the only draft of the folder.
    pub(crate) fn only(&self) -> u64 {
        let page = Page(Html::parse_document(&self.get("").text()));
        let links = page.select(".shelf a");
        let [link] = &links[..] else { panic!("{} drafts", links.len()) };
        link.attr("href").unwrap().trim_matches(|c: char| !c.is_ascii_digit()).parse().unwrap()
    }

    /// Takes the fix whose button has this name.
    pub(crate) fn accept(&self, id: u64, fix: &str) -> Answer {
        let page = self.draft(id);
        self.change(id, "accept", &page.told(fix))
    }

    pub(crate) fn change(&self, id: u64, what: &str, told: &str) -> Answer {
        self.post(&format!("drafts/{id}/{what}"), told.as_bytes())
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.folder.path().join(name)).unwrap()
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.folder.path().join(name), bytes).unwrap();
    }

    /// What is in the folder.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

impl Answer {
    pub(crate) fn read(mut stream: TcpStream) -> Self {
        let mut all = Vec::new();
        // Who is refused in the middle of a body may be cut off behind the answer.
        let _ = stream.read_to_end(&mut all);
        let end = all.windows(4).position(|four| four == b"\r\n\r\n").expect("no answer");
        let head = String::from_utf8(all[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Self { status, head: head.to_ascii_lowercase(), body: all[end + 4..].to_vec() }
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A page as the browser has it.
pub(crate) struct Page(Html);

impl Page {
    pub(crate) fn select(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.0.select(&Selector::parse(selector).unwrap()).collect()
    }

    pub(crate) fn stamp(&self) -> String {
        self.select("#serve")[0].attr("data-stamp").unwrap().to_owned()
    }

    pub(crate) fn text(&self, selector: &str) -> String {
        self.select(selector).iter().flat_map(ElementRef::text).collect()
    }

    /// The names of the buttons that take fixes.
    pub(crate) fn fixes(&self) -> Vec<String> {
        self.select(".accept").iter().map(|it| it.attr("aria-label").unwrap().to_owned()).collect()
    }

    /// What the script says when the button of a fix is pressed.
    pub(crate) fn told(&self, fix: &str) -> String {
        let buttons = self.select(".accept");
        let button = buttons.iter().find(|it| it.attr("aria-label").unwrap().contains(fix));
        let button = button.unwrap_or_else(|| panic!("no {fix} among {:?}", self.fixes()));
        let number = |name| button.attr(name).unwrap();
        let (finding, fix) = (number("data-finding"), number("data-fix"));
        format!("{{\"stamp\":\"{}\",\"finding\":{finding},\"fix\":{fix}}}", self.stamp())
    }

    /// The same of a change that is about all of the draft.
    pub(crate) fn told_whole(&self) -> String {
        format!("{{\"stamp\":\"{}\"}}", self.stamp())
    }
}

/// A run that has yet to be started.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhubi"));
    for name in ["CI", "ZHUBI_CONFIG", "ZHUBI_LOG"] {
        command.env_remove(name);
    }
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).stderr(Stdio::piped());
    command
}
