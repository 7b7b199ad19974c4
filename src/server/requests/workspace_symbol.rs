//! `workspace/symbol`: headings in all drafts.

use std::sync::Arc;

use tower_lsp_server::ls_types::{Location, OneOf, SymbolKind, WorkspaceSymbol};

use crate::server::convert;
use crate::server::protocol::file_path;
use crate::server::snapshot::Snapshot;
use crate::server::workspace::Workspace;

/// More headings are of no help in a list.
const MAX_SYMBOLS: usize = 1000;

/// The headings that contain `query`, in whatever case: those of open documents first.
pub(crate) fn answer(mut workspace: Workspace, open: &[Arc<Snapshot>], query: &str) -> Vec<WorkspaceSymbol> {
    let query = query.to_lowercase();
    let mut found: Vec<_> = open.iter().flat_map(|snapshot| symbols(snapshot, &query)).collect();
    for uri in workspace.closed_drafts() {
        if found.len() >= MAX_SYMBOLS {
            break;
        }
        found.extend(workspace.outline(&uri).iter().flat_map(|snapshot| symbols(snapshot, &query)));
    }
    found.truncate(MAX_SYMBOLS);
    found
}

fn symbols(snapshot: &Snapshot, query: &str) -> impl Iterator<Item = WorkspaceSymbol> {
    let path = file_path(&snapshot.state.uri);
    let container_name = path.and_then(|path| Some(path.file_stem()?.to_string_lossy().into_owned()));
    let nodes = snapshot.document.outline().nodes().into_iter();
    let matching =
        nodes.filter(move |node| !node.title.trim().is_empty() && node.title.to_lowercase().contains(query));
    matching.map(move |node| WorkspaceSymbol {
        name: node.title.trim().to_owned(),
        kind: SymbolKind::STRING,
        tags: None,
        container_name: container_name.clone(),
        location: OneOf::Left(Location {
            uri: snapshot.state.uri.clone(),
            range: convert::range(snapshot, &node.selection),
        }),
        data: None,
    })
}
