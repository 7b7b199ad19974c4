//! `zhubi batch`: JSON lines in, JSON lines out, in the same order, on all cores, in bounded memory. A line
//! is answered before the next is waited for. Places are offsets in Unicode scalar values of the text.

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use super::settings::{Selection, Settings};
use super::{FAILED, Outcome, say};
use crate::finding::{Applicability, Diagnostic, Severity};
use crate::lint::Linter;
use crate::text::document::Document;
use crate::text::format::Format;
use crate::text::position::PositionEncoding;

/// Arguments of `zhubi batch`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    selection: Selection,
}

#[derive(Deserialize)]
struct Record {
    /// Unparsed: a number may be larger than any of our types.
    #[serde(default)]
    id: Option<Box<RawValue>>,
    text: String,
}

/// The id of a record that is otherwise wrong.
#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    id: Option<Box<RawValue>>,
}

/// A line that `zhubi batch` writes for one that it has read.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Answer {
    /// What was found in the text.
    Found {
        /// As it was given; `null` where there was none.
        #[schemars(with = "Value")]
        id: Option<Box<RawValue>>,
        diagnostics: Vec<Found>,
    },
    /// The line cannot be understood.
    Failed {
        /// As it was given; `null` where there was none.
        #[schemars(with = "Value")]
        id: Option<Box<RawValue>>,
        /// The number of the line, from 1.
        line: usize,
        /// What is wrong with it, in Chinese.
        error: String,
    },
}

/// A finding, by its place in the text.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AnswerFinding")]
pub(super) struct Found {
    /// The rule's id.
    rule: &'static str,
    severity: Severity,
    /// The fault and the remedy, in Chinese.
    message: String,
    /// From 0, in Unicode scalar values.
    start: usize,
    /// Behind the last character.
    end: usize,
    /// What may stand in the place of this range, the best first.
    replacements: Vec<String>,
    /// That of the best fix; `null` where there is none.
    applicability: Option<Applicability>,
    /// From 0 to 1; only of findings of the contextual detector.
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<f32>,
}

/// Bytes that are read ahead: the lines in them are answered in parallel.
const AHEAD: usize = 1 << 20;

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let linter = Settings::new(&arguments.selection)?.of(Path::new("."))?.linter(None);
    let mut input = BufReader::with_capacity(AHEAD, io::stdin());
    let mut out = BufWriter::new(io::stdout().lock());
    let (mut before, mut bad) = (0, 0);
    loop {
        let lines = portion(&mut input)?;
        if lines.is_empty() {
            break;
        }
        let numbered = lines.par_iter().enumerate();
        let answers: Vec<Option<(Answer, Vec<u8>)>> =
            numbered.map(|(at, line)| answer(&linter, before + at + 1, line)).collect();
        for (answer, bytes) in answers.into_iter().flatten() {
            bad += usize::from(matches!(answer, Answer::Failed { .. }));
            out.write_all(&bytes)?;
        }
        out.flush()?;
        before += lines.len();
    }
    if bad > 0 {
        say(format!("有{bad}行没能检查，见输出里的 error"));
        return Ok(ExitCode::from(FAILED));
    }
    Ok(ExitCode::SUCCESS)
}

/// The next line and any complete lines buffered behind it, without waiting for more.
fn portion(input: &mut BufReader<impl Read>) -> io::Result<Vec<Vec<u8>>> {
    let mut lines = Vec::new();
    loop {
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(lines);
        }
        lines.push(line);
        if memchr::memchr(b'\n', input.buffer()).is_none() {
            return Ok(lines);
        }
    }
}

/// The answer to a line and its JSON with a line feed; none to an empty line.
fn answer(linter: &Linter, number: usize, line: &[u8]) -> Option<(Answer, Vec<u8>)> {
    // Some editors write a byte order mark.
    let line = if number == 1 { line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line) } else { line };
    if line.trim_ascii().is_empty() {
        return None;
    }
    let answer = match serde_json::from_slice::<Record>(line) {
        Ok(Record { id, text }) => Answer::Found { id, diagnostics: check(linter, text) },
        Err(error) => Answer::Failed { id: id_of(line), line: number, error: fault(number, line, &error) },
    };
    let mut bytes = serde_json::to_vec(&answer).unwrap_or_default();
    bytes.push(b'\n');
    Some((answer, bytes))
}

/// What is wrong with a line.
fn fault(number: usize, line: &[u8], error: &serde_json::Error) -> String {
    let why = match serde_json::from_slice::<Value>(line) {
        Ok(Value::Object(_)) if is_doubled(error, "text") => "text 写了两次".to_owned(),
        Ok(Value::Object(_)) if is_doubled(error, "id") => "id 写了两次".to_owned(),
        Ok(Value::Object(fields)) if fields.contains_key("text") => "text 不是加引号的文字".to_owned(),
        Ok(Value::Object(_)) => "缺少 text".to_owned(),
        Ok(_) => "不是一个对象".to_owned(),
        Err(_) if std::str::from_utf8(line).is_err() => "不是 UTF-8 编码".to_owned(),
        Err(_) => format!("第{}个字节起不合 JSON 的写法", error.column().max(1)),
    };
    format!("第{number}行：{why}，应当写 {{\"id\": …, \"text\": \"…\"}}")
}

/// The id of a bad record, where it has one.
fn id_of(line: &[u8]) -> Option<Box<RawValue>> {
    serde_json::from_slice::<Named>(line).ok()?.id
}

fn is_doubled(error: &serde_json::Error, key: &str) -> bool {
    error.to_string().starts_with(&format!("duplicate field `{key}`"))
}

fn check(linter: &Linter, text: String) -> Vec<Found> {
    let document = Document::new(text, Format::Plain);
    let findings = linter.check_by_place(&document);
    // The findings are in order, so that the text is counted once.
    let (mut at, mut start) = (0, 0);
    let found = |d: Diagnostic| {
        start += PositionEncoding::Utf32.len(&document.source()[at..d.range.start]);
        at = d.range.start;
        found(d, start, document.source())
    };
    findings.into_iter().map(found).collect()
}

fn found(d: Diagnostic, start: usize, source: &str) -> Found {
    Found {
        rule: d.rule,
        severity: d.severity,
        start,
        end: start + PositionEncoding::Utf32.len(&source[d.range.clone()]),
        replacements: d.replacements().map(str::to_owned).collect(),
        applicability: d.applicability(),
        confidence: d.confidence,
        message: d.message,
    }
}
