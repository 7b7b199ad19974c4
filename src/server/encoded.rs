//! The diagnostics of a document as they are written to the client. They are spelt out where the document was checked, each by
//! itself; the session then only picks those that are said.

use std::io::Write;

use rayon::prelude::*;
use serde::Serialize;
use tower_lsp_server::ls_types::{self as lsp, Uri};

use super::convert;
use super::snapshot::Snapshot;

/// So many diagnostics are soon spelt out.
const PORTION: usize = 256;

/// The diagnostics of a snapshot, in the order of its findings.
#[derive(Debug, Default)]
pub(crate) struct Spelt {
    text: Vec<u8>,
    /// Where each ends.
    ends: Vec<usize>,
    ranks: Vec<convert::Rank>,
}

impl Spelt {
    /// Spells the findings of a snapshot out, side by side where they are many.
    pub(crate) fn new(snapshot: &Snapshot) -> Self {
        let ids = convert::ids(snapshot);
        let spell = |(findings, ids): (&[crate::Diagnostic], &[String])| {
            let mut spelt = Self::default();
            for (finding, id) in findings.iter().zip(ids) {
                spelt.push(&convert::diagnostic(snapshot, finding, id));
            }
            spelt
        };
        if ids.len() <= PORTION {
            return spell((&snapshot.findings, &ids));
        }
        let portions = snapshot.findings.par_chunks(PORTION).zip(ids.par_chunks(PORTION)).map(spell);
        portions.collect::<Vec<_>>().into_iter().fold(Self::default(), Self::followed_by)
    }

    fn followed_by(mut self, next: Self) -> Self {
        let start = self.text.len();
        self.text.extend(next.text);
        self.ends.extend(next.ends.into_iter().map(|end| start + end));
        self.ranks.extend(next.ranks);
        self
    }

    fn push(&mut self, diagnostic: &lsp::Diagnostic) {
        put(&mut self.text, diagnostic);
        self.ends.push(self.text.len());
        self.ranks.push(convert::rank(diagnostic));
    }

    /// The message that publishes those that are said, without its header.
    pub(crate) fn message(&self, uri: &Uri, version: i32, said: &[bool]) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.text.len() + 256);
        out.extend(br#"{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{"uri":"#);
        put(&mut out, uri);
        // Writing to memory cannot fail.
        let _ = write!(out, r#","version":{version},"diagnostics":["#);
        let said = (0..self.ends.len()).filter(|&index| said.get(index) == Some(&true)).collect();
        let (chosen, rest) = convert::choose(said, |index| self.ranks[*index]);
        let mut comma = "";
        for index in chosen {
            out.extend(comma.as_bytes());
            out.extend(
                &self.text[index.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[index]],
            );
            comma = ",";
        }
        if let Some(rest) = rest {
            out.extend(comma.as_bytes());
            put(&mut out, &rest);
        }
        out.extend(b"]}}");
        out
    }
}

fn put(out: &mut Vec<u8>, value: &impl Serialize) {
    if let Err(error) = serde_json::to_writer(out, value) {
        tracing::error!(%error, "unsayable");
    }
}
