//! For programs that read as it comes: a line for each element of the array that `json` writes.

use std::io::{self, Write};

use super::{FileReport, Reporter, json};

pub(super) struct Jsonl;

impl Reporter for Jsonl {
    fn is_for_programs(&self) -> bool {
        true
    }

    fn file(&mut self, report: &FileReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        json::each(report, |element| {
            serde_json::to_writer(&mut *out, element)?;
            writeln!(out)
        })
    }
}
