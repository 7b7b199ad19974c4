//! `zhubi batch`: JSON lines in, JSON lines out, in the same order, on all cores, in bounded memory. Places are offsets
//! in Unicode scalar values of the text.

use std::io::{self, BufRead, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Outcome;
use super::settings::{Selection, Settings};
use crate::lint::Linter;
use crate::lint::diagnostic::{Applicability, Diagnostic, Severity};
use crate::text::document::Document;
use crate::text::format::Format;

/// Arguments of `zhubi batch`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    selection: Selection,
}

#[derive(Deserialize)]
struct Record {
    #[serde(default)]
    id: Value,
    text: String,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Answer {
    Found { id: Value, diagnostics: Vec<Found> },
    Failed { id: Value, error: String },
}

#[derive(Serialize)]
struct Found {
    rule: &'static str,
    severity: Severity,
    message: String,
    start: usize,
    end: usize,
    replacements: Vec<String>,
    applicability: Option<Applicability>,
    confidence: Option<f32>,
}

/// Lines and bytes that are taken up at a time.
const PORTION_LINES: usize = 4096;
const PORTION_BYTES: usize = 8 << 20;

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let linter = Settings::new(&arguments.selection)?.linter(Path::new("."))?;
    let mut input = io::stdin().lock();
    let mut out = BufWriter::new(io::stdout().lock());
    loop {
        let lines = portion(&mut input)?;
        if lines.is_empty() {
            return Ok(ExitCode::SUCCESS);
        }
        let answers: Vec<Option<Vec<u8>>> = lines.par_iter().map(|line| answer(&linter, line)).collect();
        for answer in answers.into_iter().flatten() {
            out.write_all(&answer)?;
        }
        out.flush()?;
    }
}

/// The next lines: as many as have arrived, so that a dialogue line by line is answered line by line.
fn portion(input: &mut impl BufRead) -> io::Result<Vec<Vec<u8>>> {
    let mut lines = Vec::new();
    let mut bytes = 0;
    while lines.len() < PORTION_LINES && bytes < PORTION_BYTES {
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        bytes += line.len();
        lines.push(line);
    }
    Ok(lines)
}

/// The answer to a line, with its line feed; none to an empty line.
fn answer(linter: &Linter, line: &[u8]) -> Option<Vec<u8>> {
    if line.trim_ascii().is_empty() {
        return None;
    }
    let answer = match serde_json::from_slice::<Record>(line) {
        Ok(Record { id, text }) => Answer::Found { id, diagnostics: check(linter, text) },
        Err(error) => {
            Answer::Failed { id: id_of(line), error: format!("不是 {{\"id\", \"text\"}}：{error}") }
        }
    };
    let mut bytes = serde_json::to_vec(&answer).unwrap_or_default();
    bytes.push(b'\n');
    Some(bytes)
}

/// The id of a bad record, where it has one.
fn id_of(line: &[u8]) -> Value {
    let value: Value = serde_json::from_slice(line).unwrap_or_default();
    value.get("id").cloned().unwrap_or_default()
}

fn check(linter: &Linter, text: String) -> Vec<Found> {
    let document = Document::new(text, Format::Plain);
    let findings = linter.check(&document);
    let mut counter = ScalarCounter::new(document.source());
    let starts: Vec<usize> = findings.iter().map(|d| counter.count(d.range.start)).collect();
    findings.into_iter().zip(starts).map(|(d, start)| found(d, start, document.source())).collect()
}

fn found(d: Diagnostic, start: usize, source: &str) -> Found {
    Found {
        rule: d.rule,
        severity: d.severity,
        start,
        end: start + source[d.range.clone()].chars().count(),
        replacements: d.replacements().map(str::to_owned).collect(),
        applicability: d.applicability(),
        confidence: d.confidence,
        message: d.message,
    }
}

/// Counts scalar values up to offsets that come in order, in one pass.
struct ScalarCounter<'a> {
    text: &'a str,
    at: usize,
    scalars: usize,
}

impl<'a> ScalarCounter<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0, scalars: 0 }
    }

    fn count(&mut self, offset: usize) -> usize {
        self.scalars += self.text[self.at..offset].chars().count();
        self.at = offset;
        self.scalars
    }
}
