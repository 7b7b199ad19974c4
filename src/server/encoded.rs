//! Diagnostics as JSON. They are encoded on the worker that checked the document, each by itself; the session
//! then only picks those to publish.

use rayon::prelude::*;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::convert;
use super::protocol::Uri;
use super::snapshot::Snapshot;
use super::typing_guard::Shown;

/// Fewer diagnostics than this are encoded faster by one thread.
const PARALLEL_FROM: usize = 256;

/// The diagnostics of a snapshot that are likely to be shown, with the indices of their findings, in order.
#[derive(Debug, Default)]
pub(crate) struct EncodedDiagnostics(Vec<(usize, Box<RawValue>)>);

impl EncodedDiagnostics {
    /// Encodes the findings of a snapshot.
    pub(crate) fn new(snapshot: &Snapshot) -> Self {
        let (chosen, _) = convert::most_severe(&snapshot.findings, &Shown::all(snapshot).visible);
        Self::of(snapshot, &chosen)
    }

    fn of(snapshot: &Snapshot, indices: &[usize]) -> Self {
        let ids = convert::ids(snapshot, indices);
        let encode = |(&index, id): (&usize, &String)| {
            (index, encode(&convert::diagnostic(snapshot, &snapshot.findings[index], id)))
        };
        Self(if indices.len() < PARALLEL_FROM {
            indices.iter().zip(&ids).map(encode).collect()
        } else {
            indices.par_iter().zip(&ids).map(encode).collect()
        })
    }

    fn get(&self, index: usize) -> Option<&RawValue> {
        let at = self.0.binary_search_by_key(&index, |(index, _)| *index).ok()?;
        Some(&self.0[at].1)
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
        let (chosen, rest) = convert::most_severe(&snapshot.findings, &shown.visible);
        // Where some wait, others take their places.
        let late: Vec<usize> = chosen.iter().copied().filter(|index| self.get(*index).is_none()).collect();
        let late = Self::of(snapshot, &late);
        let visible = chosen.iter().filter_map(|index| self.get(*index).or_else(|| late.get(*index)));
        let lingering = shown.lingering.iter().map(|finding| encode(&convert::lingering(snapshot, finding)));
        let more: Vec<_> = lingering.chain(convert::rest(rest).map(|note| encode(&note))).collect();
        let diagnostics: Vec<&RawValue> = visible.chain(more.iter().map(|it| &**it)).collect();
        publication(&snapshot.state.uri, version, &diagnostics)
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
