//! The diagnostics of a document as they are written to the client. They are spelt out where the document was checked, each by
//! itself; the session then only picks those that are said.

use std::io::Write;

use serde::Serialize;
use tower_lsp_server::ls_types::{self as lsp, Uri};

use super::convert;
use super::snapshot::Snapshot;

/// The diagnostics of a snapshot, in the order of its findings.
#[derive(Debug, Default)]
pub(crate) struct Spelt {
    text: Vec<u8>,
    /// Where each ends.
    ends: Vec<usize>,
    ranks: Vec<convert::Rank>,
}

impl Spelt {
    /// Spells the findings of a snapshot out.
    pub(crate) fn new(snapshot: &Snapshot) -> Self {
        let mut spelt = Self::default();
        for (finding, id) in snapshot.findings.iter().zip(convert::ids(snapshot)) {
            spelt.push(&convert::diagnostic(snapshot, finding, &id));
        }
        spelt
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
