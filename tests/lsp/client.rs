//! A small client: framed JSON-RPC over the pipes of a real `zhubi lsp`. Every wait has a limit, so that a
//! hang fails the test.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// No answer takes this long on any machine.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(60);

pub(crate) struct Client {
    child: Child,
    stdin: Option<ChildStdin>,
    incoming: Receiver<Value>,
    waiting: VecDeque<Value>,
    next_id: i64,
}

impl Client {
    /// A server that is not initialized.
    pub(crate) fn start() -> Self {
        let mut client = Self::deaf();
        client.incoming = read(client.child.stdout.take().unwrap());
        client
    }

    /// One whose user has their configuration in a folder.
    pub(crate) fn start_in(folder: &Path) -> Self {
        let mut client = Self::spawn(folder);
        client.incoming = read(client.child.stdout.take().unwrap());
        client
    }

    /// A client that never reads what the server writes.
    pub(crate) fn deaf() -> Self {
        Self::spawn(Path::new("/nonexistent"))
    }

    fn spawn(configuration: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_zhubi"))
            .args(["lsp", "--stdio"])
            .env("XDG_CONFIG_HOME", configuration)
            .env("HOME", configuration)
            .env("APPDATA", configuration)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let stdin = child.stdin.take();
        Self { child, stdin, incoming: mpsc::channel().1, waiting: VecDeque::new(), next_id: 1 }
    }

    /// A server initialized with all capabilities, counting columns in `encoding`.
    pub(crate) fn ready(encoding: &str) -> Self {
        Self::with(capabilities(encoding), None).0
    }

    /// A server initialized with these capabilities, and its answer.
    pub(crate) fn with(capabilities: Value, root: Option<&Path>) -> (Self, Value) {
        let mut client = Self::start();
        let root = root.map(uri_of);
        let params = json!({ "processId": null, "rootUri": root, "capabilities": capabilities });
        let answer = client.call("initialize", params);
        client.notify("initialized", json!({}));
        (client, answer)
    }

    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().unwrap();
        stdin.write_all(bytes).unwrap();
        stdin.flush().unwrap();
    }

    pub(crate) fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        let mut message = json!({ "jsonrpc": "2.0", "method": method });
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(&message);
    }

    /// Sends a request and returns its id.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> i64 {
        let id = self.next_id;
        self.next_id += 1;
        let mut message = json!({ "jsonrpc": "2.0", "id": id, "method": method });
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(&message);
        id
    }

    /// The whole answer to a request.
    pub(crate) fn answer(&mut self, id: i64) -> Value {
        self.wait(&format!("the answer to {id}"), |message| {
            message.get("method").is_none() && message["id"] == id
        })
    }

    /// Sends a request and waits for its result.
    pub(crate) fn call(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// Sends a request and waits for its error. Returns the code.
    pub(crate) fn call_error(&mut self, method: &str, params: Value) -> i64 {
        let id = self.request(method, params);
        let answer = self.answer(id);
        answer["error"]["code"].as_i64().unwrap_or_else(|| panic!("{method}: {answer}"))
    }

    /// The next notification of this method.
    pub(crate) fn notification(&mut self, method: &str) -> Value {
        self.wait(method, |message| message["method"] == method)["params"].clone()
    }

    /// The diagnostics of this version of a document.
    pub(crate) fn diagnostics(&mut self, uri: &str, version: i64) -> Vec<Value> {
        let message = self.wait(&format!("diagnostics of version {version}"), |message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
                && message["params"]["version"] == version
        });
        message["params"]["diagnostics"].as_array().unwrap().clone()
    }

    /// Everything that arrives within a time.
    pub(crate) fn drain(&mut self, time: Duration) -> Vec<Value> {
        let end = Instant::now() + time;
        while let Ok(message) = self.incoming.recv_timeout(end.saturating_duration_since(Instant::now())) {
            self.waiting.push_back(message);
        }
        self.waiting.drain(..).collect()
    }

    /// Waits for a message; other ones are kept.
    pub(crate) fn wait(&mut self, what: &str, is_wanted: impl Fn(&Value) -> bool) -> Value {
        self.wait_for(TIMEOUT, what, is_wanted)
    }

    /// The same with another limit.
    pub(crate) fn wait_for(
        &mut self,
        limit: Duration,
        what: &str,
        is_wanted: impl Fn(&Value) -> bool,
    ) -> Value {
        if let Some(at) = self.waiting.iter().position(&is_wanted) {
            return self.waiting.remove(at).unwrap();
        }
        let end = Instant::now() + limit;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let message = self
                .incoming
                .recv_timeout(left)
                .unwrap_or_else(|error| panic!("waiting for {what}: {error}"));
            if is_wanted(&message) {
                return message;
            }
            self.waiting.push_back(message);
        }
    }

    pub(crate) fn open(&mut self, uri: &str, language: &str, version: i64, text: &str) {
        let document = json!({ "uri": uri, "languageId": language, "version": version, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub(crate) fn change(&mut self, uri: &str, version: i64, changes: Value) {
        self.notify(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": changes }),
        );
    }

    /// The text as the server has it.
    pub(crate) fn text(&mut self, uri: &str) -> String {
        self.call("zhubi/text", json!({ "uri": uri }))["text"].as_str().unwrap().to_owned()
    }

    /// The server's resident memory in megabytes, where the system reports it.
    pub(crate) fn memory(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
    }

    pub(crate) fn close_stdin(&mut self) {
        self.stdin = None;
    }

    /// The exit code, once the server has ended by itself.
    pub(crate) fn exit_code(&mut self) -> Option<i32> {
        let end = Instant::now() + TIMEOUT;
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            thread::sleep(Duration::from_millis(5));
        }
        panic!("the server does not end");
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// All capabilities, counting columns in `encoding`.
pub(crate) fn capabilities(encoding: &str) -> Value {
    json!({
        "general": { "positionEncodings": [encoding] },
        "workspace": { "workspaceEdit": { "documentChanges": true } },
        "textDocument": {
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "publishDiagnostics": { "relatedInformation": true, "versionSupport": true },
        },
    })
}

pub(crate) fn uri_of(path: &Path) -> String {
    format!("file://{}", path.display())
}

pub(crate) fn range(start: (usize, usize), end: (usize, usize)) -> Value {
    json!({
        "start": { "line": start.0, "character": start.1 },
        "end": { "line": end.0, "character": end.1 },
    })
}

fn read(stdout: ChildStdout) -> Receiver<Value> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut stdout = BufReader::new(stdout);
        loop {
            let mut length = 0;
            loop {
                let mut header = String::new();
                if stdout.read_line(&mut header).unwrap_or(0) == 0 {
                    return;
                }
                match header.trim_end().split_once(": ") {
                    Some(("Content-Length", value)) => length = value.parse().unwrap(),
                    Some(_) => {}
                    None => break,
                }
            }
            let mut body = vec![0; length];
            if stdout.read_exact(&mut body).is_err() {
                return;
            }
            if sender.send(serde_json::from_slice(&body).unwrap()).is_err() {
                return;
            }
        }
    });
    receiver
}
