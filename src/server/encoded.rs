//! Diagnostics as JSON. They are encoded on the worker that checked the document, each by itself; the session
//! then only picks those to publish.

use rayon::prelude::*;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::convert::{self, Rank};
use super::protocol::Uri;
use super::snapshot::Snapshot;
use super::typing_guard::Shown;

/// Fewer diagnostics than this are encoded faster by one thread.
const PARALLEL_FROM: usize = 256;

/// The diagnostics of a snapshot, in the order of its findings.
#[derive(Debug, Default)]
pub(crate) struct EncodedDiagnostics(Vec<(Rank, Box<RawValue>)>);

impl EncodedDiagnostics {
    /// Encodes the findings of a snapshot.
    pub(crate) fn new(snapshot: &Snapshot) -> Self {
        let ids = convert::ids(snapshot);
        let encode = |(finding, id): (_, &String)| {
            let diagnostic = convert::diagnostic(snapshot, finding, id);
            (convert::rank(&diagnostic), encode(&diagnostic))
        };
        let findings = &snapshot.findings;
        Self(if findings.len() < PARALLEL_FROM {
            findings.iter().zip(&ids).map(encode).collect()
        } else {
            findings.par_iter().zip(&ids).map(encode).collect()
        })
    }

    /// The message that publishes all of them for a draft that is not open, and so has no version.
    pub(crate) fn publication_of_file(&self, snapshot: &Snapshot) -> Vec<u8> {
        self.message(snapshot, None, &Shown::all(snapshot))
    }

    /// The message that publishes what is shown of them.
    pub(crate) fn publication(&self, snapshot: &Snapshot, shown: &Shown) -> Vec<u8> {
        self.message(snapshot, Some(snapshot.state.version), shown)
    }

    fn message(&self, snapshot: &Snapshot, version: Option<i32>, shown: &Shown) -> Vec<u8> {
        let visible = self.0.iter().zip(&shown.visible).filter(|(_, visible)| **visible).map(|(it, _)| it);
        let (chosen, note) = convert::most_severe(visible.collect(), |(rank, _)| *rank);
        let lingering = shown.lingering.iter().map(|finding| encode(&convert::lingering(snapshot, finding)));
        let more: Vec<_> = lingering.chain(note.map(|note| encode(&note))).collect();
        let diagnostics = chosen.into_iter().map(|(_, encoded)| encoded).chain(&more);
        publication(&snapshot.state.uri, version, &diagnostics.collect::<Vec<_>>())
    }
}

/// The message that publishes the diagnostics of a document.
pub(crate) fn publication(uri: &Uri, version: Option<i32>, diagnostics: &[impl Serialize]) -> Vec<u8> {
    #[derive(Serialize)]
    struct Params<'a, D> {
        uri: &'a Uri,
        #[serde(skip_serializing_if = "Option::is_none")]
        version: Option<i32>,
        diagnostics: &'a [D],
    }
    #[derive(Serialize)]
    struct Notification<P> {
        jsonrpc: &'static str,
        method: &'static str,
        params: P,
    }
    let params = Params { uri, version, diagnostics };
    let message = Notification { jsonrpc: "2.0", method: "textDocument/publishDiagnostics", params };
    serde_json::to_vec(&message).unwrap_or_default()
}

/// Diagnostics hold strings and numbers only, which always have a JSON form.
fn encode(diagnostic: &impl Serialize) -> Box<RawValue> {
    to_raw_value(diagnostic).unwrap_or_default()
}
