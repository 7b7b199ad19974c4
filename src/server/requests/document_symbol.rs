//! `textDocument/documentSymbol`: the parts, titles and headings, each with its length.

use tower_lsp_server::ls_types::{
    DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, Location, SymbolInformation, SymbolKind,
};

use crate::server::convert;
use crate::server::snapshot::Snapshot;
use crate::text::count::Count;
use crate::text::outline::{Node, NodeKind};

/// The outline: a tree where the client takes one.
pub(crate) fn answer(snapshot: &Snapshot, _: &DocumentSymbolParams) -> DocumentSymbolResponse {
    let roots = snapshot.document.outline().roots();
    if snapshot.state.capabilities.nested_symbols {
        DocumentSymbolResponse::Nested(roots.iter().map(|node| nested(snapshot, node)).collect())
    } else {
        let mut symbols = Vec::new();
        flat(snapshot, roots, None, &mut symbols);
        DocumentSymbolResponse::Flat(symbols)
    }
}

fn nested(snapshot: &Snapshot, node: &Node) -> DocumentSymbol {
    let whole = node.range.start.min(node.selection.start)..node.range.end.max(node.selection.end);
    let children: Vec<_> = node.children.iter().map(|child| nested(snapshot, child)).collect();
    #[expect(deprecated, reason = "the field has to be given")]
    DocumentSymbol {
        name: name(node),
        detail: Some(format!("{}字", Count::of_blocks(&snapshot.document, node.block..node.end_block).words)),
        kind: kind(node),
        tags: None,
        deprecated: None,
        range: convert::range(snapshot, &whole),
        selection_range: convert::range(snapshot, &node.selection),
        children: (!children.is_empty()).then_some(children),
    }
}

fn flat(snapshot: &Snapshot, nodes: &[Node], container: Option<&str>, symbols: &mut Vec<SymbolInformation>) {
    for node in nodes {
        let name = name(node);
        #[expect(deprecated, reason = "the field has to be given")]
        symbols.push(SymbolInformation {
            name: name.clone(),
            kind: kind(node),
            tags: None,
            deprecated: None,
            location: Location {
                uri: snapshot.state.uri.clone(),
                range: convert::range(snapshot, &node.selection),
            },
            container_name: container.map(str::to_owned),
        });
        flat(snapshot, &node.children, Some(&name), symbols);
    }
}

/// A name on one line; some clients refuse the whole outline because of one empty name.
fn name(node: &Node) -> String {
    let name = node.title.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() { "（无标题）".to_owned() } else { name }
}

fn kind(node: &Node) -> SymbolKind {
    match node.kind {
        NodeKind::Part => SymbolKind::MODULE,
        NodeKind::Title | NodeKind::Heading | NodeKind::RunIn => SymbolKind::STRING,
    }
}
