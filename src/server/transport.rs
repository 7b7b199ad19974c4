//! Messages over standard input and output.
//!
//! This replaces the library's own loop, which ends at the first malformed message, as its `FramedRead` does,
//! and which waits for a client that does not read, even after `exit`. Here a malformed message is answered
//! with an error, reading and writing have a thread each, and `exit` ends the server. So does a malformed
//! header, as nobody knows where the next message begins: an editor starts a server anew that has ended, but
//! not one that has gone deaf.
//!
//! Messages reach the session in the order in which they came: a handler sends its message to the session
//! before it first awaits anything, and each is polled once here before the next message is taken. Polling
//! the set of all unfinished answers would not do, for `FuturesUnordered` may return before it comes to the
//! newest.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::time::Duration;

use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, SinkExt, StreamExt};
use serde_json::Value;
use tokio::sync::{mpsc, oneshot};
use tower_lsp_server::jsonrpc::{Error, Id, Request, Response};
use tower_lsp_server::{ClientSocket, ExitedError, LanguageServer, LspService};
use tower_service::Service;

/// No editor's message comes near this; a greater length is an error.
const MAX_MESSAGE: usize = 1 << 30;

/// How many of the server's own messages may wait to be written; answers always may.
const MAX_WAITING: usize = 16;

/// Longer header lines are an error.
const MAX_HEADER: u64 = 4096;

/// How long the last answers may take after `exit`.
const EXIT_TIMEOUT: Duration = Duration::from_secs(1);

/// What was read.
enum Incoming {
    Request(Request),
    Response(Response),
    Malformed(Error),
}

/// Serves until `exit`, or until the client is gone. `encoded` brings messages of the server's own.
pub(crate) async fn serve<S: LanguageServer>(
    mut service: LspService<S>,
    socket: ClientSocket,
    mut encoded: mpsc::Receiver<Vec<u8>>,
) {
    let (mut own_messages, mut client_answers) = socket.split();
    let mut incoming = read(io::stdin());
    let (writer, written) = write(io::stdout());
    let mut answers = FuturesUnordered::new();
    let mut waiting = VecDeque::new();
    loop {
        // Answers go before the next message, and both before messages of the server's own.
        tokio::select! {
            biased;
            Some(answer) = answers.next() => {
                waiting.extend(encode_answer(answer));
            }
            permit = writer.reserve(), if !waiting.is_empty() => match permit {
                Ok(permit) => {
                    if let Some(message) = waiting.pop_front() {
                        permit.send(message);
                    }
                }
                Err(_) => return,
            },
            message = incoming.recv() => match message {
                Some(Incoming::Request(request)) => {
                    if std::future::poll_fn(|context| service.poll_ready(context)).await.is_err() {
                        break;
                    }
                    let (is_first, is_last) = (request.method() == "initialize", request.method() == "exit");
                    let mut answer = service.call(request);
                    if is_first {
                        // The service refuses what comes before its end.
                        waiting.extend(encode_answer(answer.await));
                    } else if let Some(answer) = (&mut answer).now_or_never() {
                        waiting.extend(encode_answer(answer));
                    } else {
                        answers.push(answer);
                    }
                    if is_last {
                        break;
                    }
                }
                // Fails only after `exit`.
                Some(Incoming::Response(response)) => drop(client_answers.send(response).await),
                Some(Incoming::Malformed(error)) => {
                    waiting.extend(encode(&Response::from_error(Id::Null, error)));
                }
                None => break,
            },
            // The writer waits for diagnostics, but not for the progress of a workspace check.
            Some(body) = encoded.recv(), if waiting.len() < MAX_WAITING => waiting.push_back(frame_of(body)),
            Some(message) = own_messages.next(), if waiting.len() < MAX_WAITING => {
                waiting.extend(encode(&message));
            }
        }
    }
    let last_answers = async {
        while let Some(answer) = answers.next().await {
            waiting.extend(encode_answer(answer));
        }
        for message in waiting {
            if writer.send(message).await.is_err() {
                return;
            }
        }
        drop(writer);
        let _ = written.await;
    };
    if tokio::time::timeout(EXIT_TIMEOUT, last_answers).await.is_err() {
        tracing::warn!("the client does not read its last messages");
    }
}

/// Notifications have no answer, nor has anything after `exit`.
fn encode_answer(answer: Result<Option<Response>, ExitedError>) -> Option<Frame> {
    encode(&answer.ok().flatten()?)
}

fn encode(message: &impl serde::Serialize) -> Option<Frame> {
    let body =
        serde_json::to_vec(message).inspect_err(|error| tracing::error!(%error, "no JSON form")).ok()?;
    Some(frame_of(body))
}

/// The header and the body of a message.
type Frame = [Vec<u8>; 2];

fn frame_of(body: Vec<u8>) -> Frame {
    [format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes(), body]
}

/// Reads messages on a thread of its own until the end of the input.
fn read(input: impl Read + Send + 'static) -> mpsc::Receiver<Incoming> {
    let (sender, receiver) = mpsc::channel(64);
    std::thread::spawn(move || {
        let mut input = BufReader::new(input);
        loop {
            let message = match frame(&mut input) {
                Ok(Some(body)) => parse(&body),
                Ok(None) => return,
                Err(error) => {
                    tracing::error!(%error, "the input cannot be read");
                    // Where the next message begins is unknown from here on.
                    let _ = sender.blocking_send(Incoming::Malformed(Error::parse_error()));
                    return;
                }
            };
            if sender.blocking_send(message).is_err() {
                return;
            }
        }
    });
    receiver
}

/// Writes messages on a thread of its own until the sender is dropped or the client stops reading; then
/// the second value completes.
fn write(mut output: impl Write + Send + 'static) -> (mpsc::Sender<Frame>, oneshot::Receiver<()>) {
    let (sender, mut receiver) = mpsc::channel::<Frame>(1);
    let (done, written) = oneshot::channel();
    std::thread::spawn(move || {
        // Dropped at the end of the thread, which completes the receiver.
        let _done: oneshot::Sender<()> = done;
        while let Some([header, body]) = receiver.blocking_recv() {
            let written = output.write_all(&header).and_then(|()| output.write_all(&body));
            if let Err(error) = written.and_then(|()| output.flush()) {
                tracing::info!(%error, "the client does not read any more");
                return;
            }
        }
    });
    (sender, written)
}

/// The body of the next message; none at the end of the input.
fn frame(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut length = None;
    let mut line = Vec::new();
    loop {
        line.clear();
        // Without a bound, a stream without line feeds would fill the memory.
        if input.by_ref().take(MAX_HEADER).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let malformed = |why| Err(io::Error::new(io::ErrorKind::InvalidData, why));
        let header = String::from_utf8_lossy(&line);
        let header = header.trim();
        if header.is_empty() {
            match length {
                Some(length) => break read_body(input, length).map(Some),
                None => return malformed("no Content-Length"),
            }
        }
        let Some((name, value)) = header.split_once(':') else { return malformed("no header") };
        if name.trim().eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok().filter(|length| *length <= MAX_MESSAGE);
            if length.is_none() {
                return malformed("no such length");
            }
        }
    }
}

fn read_body(input: &mut impl BufRead, length: usize) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    input.take(length as u64).read_to_end(&mut body)?;
    if body.len() < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(body)
}

fn parse(body: &[u8]) -> Incoming {
    let Ok(mut message) = serde_json::from_slice::<Value>(body) else {
        return Incoming::Malformed(Error::parse_error());
    };
    escape_uris(&mut message);
    let parsed = if message.get("method").is_some() {
        serde_json::from_value(message).map(Incoming::Request)
    } else {
        serde_json::from_value(message).map(Incoming::Response)
    };
    parsed.unwrap_or_else(|_| Incoming::Malformed(Error::invalid_request()))
}

/// A URI is ASCII, but not every client escapes 总结.txt, and the library would refuse its message.
fn escape_uris(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(escape_uris),
        Value::Object(fields) => {
            for (name, field) in fields {
                match field {
                    Value::String(uri) if name == "uri" || name.ends_with("Uri") => escape(uri),
                    field => escape_uris(field),
                }
            }
        }
        _ => {}
    }
}

fn escape(uri: &mut String) {
    let is_fine = |byte: u8| byte.is_ascii_graphic() && !b"\"<>[\\]^`{|}".contains(&byte);
    if !uri.bytes().all(is_fine) {
        let bytes = std::mem::take(uri).into_bytes();
        for byte in bytes {
            match is_fine(byte) {
                true => uri.push(byte.into()),
                false => uri.push_str(&format!("%{byte:02X}")),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_read() {
        let mut input: &[u8] = b"content-length:2\r\nContent-Type: x\r\n\r\n{}Content-Length: 2\n\n[]\
            X: 1\r\n\r\nContent-Length: 3\r\n\r\nabc";
        assert_eq!(frame(&mut input).unwrap().as_deref(), Some(&b"{}"[..]));
        assert_eq!(frame(&mut input).unwrap().as_deref(), Some(&b"[]"[..]));
        assert_eq!(frame(&mut input).unwrap_err().kind(), io::ErrorKind::InvalidData);
        assert_eq!(frame(&mut input).unwrap().as_deref(), Some(&b"abc"[..]));
        assert!(frame(&mut input).unwrap().is_none());
        assert!(frame(&mut &b"Content-Length: 9\r\n\r\n{}"[..]).is_err());
    }

    #[test]
    fn messages_are_told_apart() {
        let parse = |text: &str| parse(text.as_bytes());
        assert!(matches!(parse(r#"{"jsonrpc":"2.0","method":"x"}"#), Incoming::Request(_)));
        assert!(matches!(parse(r#"{"jsonrpc":"2.0","id":1,"result":null}"#), Incoming::Response(_)));
        for bad in ["", "{", "[]", "1", r#"{"method":"x"}"#, r#"{"jsonrpc":"2.0","method":1}"#, "\u{feff}{}"]
        {
            assert!(matches!(parse(bad), Incoming::Malformed(_)), "{bad}");
        }
    }
}
