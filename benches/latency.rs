//! How long a writer waits: `cargo bench --bench latency`. A client speaks the protocol to the release binary over its pipes; each
//! time is from before `didChange` is written until `publishDiagnostics` of that version is read, without the debounce.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark may fail by panic, and prints")]

mod report;

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use report::report;
use serde_json::{Value, json};

/// Keystrokes for each size.
const KEYS: usize = 300;

struct Client {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

impl Client {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_zhubi"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut client = Self { child, stdin, stdout: BufReader::with_capacity(1 << 16, stdout) };
        let can = json!({ "general": { "positionEncodings": ["utf-32"] } });
        let params = json!({ "capabilities": can, "initializationOptions": { "delay": 0 } });
        client.send(&json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params }));
        client.receive();
        client.send(&json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }));
        client
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.stdin, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        self.stdin.flush().unwrap();
    }

    fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// The bytes of the next message.
    fn receive(&mut self) -> Vec<u8> {
        let mut length = 0;
        loop {
            let mut header = String::new();
            self.stdout.read_line(&mut header).unwrap();
            match header.trim_end().split_once(": ") {
                Some((_, value)) => length = value.parse().unwrap(),
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.stdout.read_exact(&mut body).unwrap();
        body
    }

    /// Waits for the diagnostics of a version, and says when they were there and how many they are.
    fn published(&mut self, version: usize) -> (Instant, usize) {
        loop {
            let body = self.receive();
            let arrived = Instant::now();
            let message: Value = serde_json::from_slice(&body).unwrap();
            if message["params"]["version"] == version {
                return (arrived, message["params"]["diagnostics"].as_array().unwrap().len());
            }
        }
    }

    fn open(&mut self, uri: &str, text: &str) -> (Duration, usize) {
        let document = json!({ "uri": uri, "languageId": "plaintext", "version": 0, "text": text });
        let start = Instant::now();
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
        let (arrived, found) = self.published(0);
        (arrived - start, found)
    }

    /// The time until a request is answered.
    fn call(&mut self, method: &str, params: &Value) -> Duration {
        let start = Instant::now();
        self.send(&json!({ "jsonrpc": "2.0", "id": 2, "method": method, "params": params }));
        loop {
            let message: Value = serde_json::from_slice(&self.receive()).unwrap();
            if message["id"] == 2 && message.get("method").is_none() {
                return start.elapsed();
            }
        }
    }

    /// Types a character, and waits for what is said of it.
    fn key(&mut self, uri: &str, version: usize, line: usize, column: usize, key: &str) -> Duration {
        let place = json!({ "line": line, "character": column });
        let change = json!({ "range": { "start": place, "end": place }, "text": key });
        let document = json!({ "uri": uri, "version": version });
        let start = Instant::now();
        self.notify(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": [change] }),
        );
        self.published(version).0 - start
    }

    /// The processor time that the server has taken, where the system tells: what a keystroke costs, however busy the
    /// machine is. In ticks of a hundredth of a second.
    fn cpu(&self) -> Option<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
        let ticks = |field: usize| fields.get(field)?.parse::<f64>().ok();
        Some((ticks(11)? + ticks(12)?) * 10.0)
    }

    /// Megabytes of resident memory, where the system tells.
    fn memory(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Types words at places all over a text, a few characters at each.
fn type_into(client: &mut Client, uri: &str, lines: usize) -> Vec<Duration> {
    let keys = ["进", "一", "步", "加", "强", "，"];
    let mut line = 0;
    let times = (0..KEYS).map(|nth| {
        if nth % keys.len() == 0 {
            line = (line + 7919) % lines;
        }
        client.key(uri, nth + 1, line, nth % keys.len(), keys[nth % keys.len()])
    });
    times.collect()
}

/// How long a save keeps the server from the next message, where many drafts are open under a long list of words.
fn save(words: usize, drafts: usize) -> Duration {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let hanzi = |nth: usize| char::from_u32(0x4E00 + nth as u32).unwrap();
    let word = |nth: usize| format!("{}{}{}\n", hanzi(nth / 150), hanzi(nth % 150), hanzi(nth % 7));
    write("words.txt", &(0..words).map(word).collect::<String>());
    write("zhubi.toml", "[dictionary]\nfiles = [\"words.txt\"]\n");
    let mut client = Client::start();
    let uri = |nth: usize| format!("file://{}/{nth}.txt", folder.path().display());
    for nth in 0..drafts {
        client.open(&uri(nth), "认真学习。\n");
    }
    // Younger files are read at each event: they could have changed unseen.
    std::thread::sleep(Duration::from_millis(2_100));
    let mut times: Vec<Duration> = (0..20)
        .map(|nth| {
            let document = json!({ "uri": uri(nth % drafts) });
            client.notify("textDocument/didSave", json!({ "textDocument": document }));
            client.call("zhubi/text", &document)
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}

/// How long the menu of a long draft takes in a client that does not resolve its entries.
fn menu(characters: usize) -> Duration {
    let mut client = Client::start();
    let uri = "file:///tmp/zhubi-bench/menu.txt";
    client.open(uri, &report(characters));
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    let context = json!({ "diagnostics": [] });
    let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": context });
    client.call("textDocument/codeAction", &params);
    client.call("textDocument/codeAction", &params)
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn main() {
    println!("| characters | findings | open | median | p99 | longest | CPU a key | memory |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    let own = std::env::var("ZHUBI_BENCH_TEXT").ok().map(|path| std::fs::read_to_string(path).unwrap());
    let sizes = [10_000, 100_000, 1_000_000].map(report);
    for text in own.into_iter().chain(sizes) {
        let mut client = Client::start();
        let uri = "file:///tmp/zhubi-bench/report.txt";
        let (opened, found) = client.open(uri, &text);
        let before = client.cpu();
        let mut times = type_into(&mut client, uri, text.lines().count());
        times.sort_unstable();
        let memory = client.memory().map_or_else(|| "?".to_owned(), |megabytes| format!("{megabytes:.0} MB"));
        let cpu = client.cpu().zip(before).map(|(after, before)| (after - before) / KEYS as f64);
        let cpu = cpu.map_or_else(|| "?".to_owned(), |cpu| format!("{cpu:.1} ms"));
        println!(
            "| {} | {found} | {:.0} ms | {:.1} ms | {:.1} ms | {:.1} ms | {cpu} | {memory} |",
            text.chars().count(),
            ms(opened),
            ms(times[times.len() / 2]),
            ms(times[times.len() * 99 / 100]),
            ms(times[times.len() - 1]),
        );
    }
    let mut client = Client::start();
    for nth in 0..10 {
        let uri = format!("file:///tmp/zhubi-bench/{nth}.txt");
        let text = report(10_000 + nth);
        client.open(&uri, &text);
        type_into(&mut client, &uri, text.lines().count());
    }
    println!(
        "\nten reports of 10,000 characters, after typing in each: {:.0} MB",
        client.memory().unwrap_or_default()
    );
    println!("a save, 100 drafts open under 20,000 words: {:.1} ms", ms(save(20_000, 100)));
    println!("the menu, not resolved, of 1,700,000 characters (5 MB): {:.1} ms", ms(menu(1_700_000)));
}
