//! The outlines of whole drafts: each of `tests/outlines` beside what is expected of it, the kinds of its documents in
//! the first line. `ZHUBI_UPDATE=1` writes them; read the diff.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use std::path::Path;

use super::title;
use crate::text::document::Document;
use crate::text::format::Format;
use crate::text::outline::Node;

fn tree(nodes: &[Node], depth: usize, out: &mut String) {
    for node in nodes {
        out.push_str(&format!("{}{}\n", "  ".repeat(depth), node.title));
        tree(&node.children, depth + 1, out);
    }
}

fn outline(document: &Document) -> String {
    let kind = |part| title(document, part)?.document_type;
    let kinds: Vec<&str> = document.texts().map(|part| kind(part).map_or("—", |kind| kind.name)).collect();
    let mut out = format!("{}\n", kinds.join("；"));
    tree(document.outline().roots(), 0, &mut out);
    out
}

#[test]
fn drafts_have_the_outlines_that_a_reader_expects() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outlines");
    let mut drafts: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    drafts.retain(|path| path.extension().is_some_and(|extension| extension != "outline"));
    drafts.sort();
    assert!(drafts.len() >= 35);
    let mut wrong = String::new();
    for draft in drafts {
        let document = Document::new(std::fs::read_to_string(&draft).unwrap(), Format::of_path(&draft));
        let (found, file) = (outline(&document), draft.with_extension("outline"));
        if std::env::var_os("ZHUBI_UPDATE").is_some() {
            std::fs::write(&file, &found).unwrap();
        }
        let expected = std::fs::read_to_string(&file).unwrap_or_default();
        if found != expected {
            wrong += &format!("== {}\n-- expected\n{expected}-- found\n{found}", draft.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
