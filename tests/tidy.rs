//! The invariants of docs/ARCHITECTURE.md that a look at the files can prove.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The modules of the library, the lowest first: each may use those before it.
const ORDER: [&str; 14] = [
    "parallel", "finding", "chinese", "text", "typo", "doctype", "rule", "rules", "files", "config", "lint",
    "report", "server", "cli",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    let folder = root().join(folder);
    if folder.is_file() {
        found.push(folder);
    } else {
        walk(&folder, &mut found);
    }
    found.sort();
    found.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

/// The code of a file without comments and without its items for tests.
fn code(text: &str) -> String {
    let mut code = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim_start().starts_with("//") {
            continue;
        }
        if line.trim() != "#[cfg(test)]" {
            code.push_str(line);
            code.push('\n');
            continue;
        }
        // The formatter closes an item at the indentation of its attribute.
        let indent = &line[..line.len() - line.trim_start().len()];
        for item in lines.by_ref() {
            let is_first = item.starts_with(indent) && !item[indent.len()..].starts_with(' ');
            if is_first && item.ends_with([';', '}']) {
                break;
            }
        }
    }
    code
}

#[test]
fn code_leaves_out_what_is_for_tests_and_reads_on_behind_it() {
    let text = "use a;\n#[cfg(test)]\npub(crate) mod testing;\nuse b;\n    // c\n#[cfg(test)]\n#[track_caller]\nfn t() {\n    d();\n}\nfn e() {}\n";
    assert_eq!(code(text), "use a;\nuse b;\nfn e() {}\n");
}

/// The paths that code names from `crate`, `super` or `self`, with braces written out.
fn paths(code: &str) -> Vec<Vec<String>> {
    fn expand(prefix: &[String], rest: &str, found: &mut Vec<Vec<String>>) -> usize {
        let mut path = prefix.to_vec();
        let mut at = 0;
        loop {
            let word: String = rest[at..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if word.is_empty() {
                break;
            }
            at += word.len();
            path.push(word);
            let Some(after) = rest[at..].strip_prefix("::") else { break };
            at += 2;
            if after.starts_with('{') {
                at += 1;
                while !rest[at..].starts_with('}') {
                    let skipped = rest[at..].len() - rest[at..].trim_start_matches([' ', '\n', ',']).len();
                    at += skipped;
                    if !rest[at..].starts_with('}') {
                        at += expand(&path, &rest[at..], found).max(1);
                    }
                }
                return at + 1;
            }
        }
        found.push(path);
        at
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = ["crate::", "super::", "self::"].iter().filter_map(|w| code[at..].find(w)).min() {
        let start = at + next;
        let is_word =
            code[..start].chars().next_back().is_some_and(|c| c.is_alphanumeric() || "_:$".contains(c));
        at = start + if is_word { 5 } else { expand(&[], &code[start..], &mut found) };
    }
    found
}

#[test]
fn paths_are_written_out() {
    let found = paths("use crate::a::{self, B, c::{D, e}};\nlet x = super::f::g(); $crate::h!()");
    let found: Vec<String> = found.iter().map(|path| path.join("::")).collect();
    assert_eq!(found, ["crate::a::self", "crate::a::B", "crate::a::c::D", "crate::a::c::e", "super::f::g"]);
}

/// The modules of the library by their paths, each with the modules whose items it names.
fn imports() -> BTreeMap<Vec<String>, BTreeSet<Vec<String>>> {
    let module = |path: &Path| -> Vec<String> {
        let mut parts: Vec<String> = path
            .strip_prefix(root().join("src"))
            .unwrap()
            .with_extension("")
            .iter()
            .map(|part| part.to_str().unwrap().to_owned())
            .collect();
        if parts.last().is_some_and(|last| last == "mod") {
            parts.pop();
        }
        parts
    };
    let mut files = Vec::new();
    let mut for_tests = BTreeSet::new();
    for (path, text) in sources("src") {
        let module = module(&path);
        let lines: Vec<&str> = text.lines().collect();
        for pair in lines.windows(2).filter(|pair| pair[0] == "#[cfg(test)]") {
            if let Some((_, name)) = pair[1].strip_suffix(';').and_then(|item| item.split_once("mod ")) {
                for_tests.insert([&module[..], &[name.to_owned()]].concat());
            }
        }
        files.push((module, code(&text)));
    }
    files.retain(|(module, _)| !for_tests.contains(module));
    let known: BTreeSet<&[String]> = files.iter().map(|(module, _)| &module[..]).collect();
    // What lib.rs shows again is named by its place there.
    let lib = &files.iter().find(|(module, _)| module == &["lib"]).unwrap().1;
    let mut shown = BTreeMap::new();
    for line in lib.lines().filter_map(|line| line.strip_prefix("pub use ")) {
        for path in paths(&format!("crate::{line}")) {
            shown.insert(path.last().unwrap().clone(), path[1..].to_vec());
        }
    }
    let mut imports = BTreeMap::new();
    for (from, code) in &files {
        let mut named = BTreeSet::new();
        for path in paths(code) {
            let mut place = if path[0] == "crate" { Vec::new() } else { from.clone() };
            let mut rest = &path[..];
            while let Some((first, after)) = rest.split_first() {
                match first.as_str() {
                    "super" => drop(place.pop()),
                    "crate" | "self" => {}
                    _ => break,
                }
                rest = after;
            }
            let again = rest.first().and_then(|name| shown.get(name));
            place.extend(again.filter(|_| path[0] == "crate").map_or(rest, |path| path).iter().cloned());
            while !known.contains(&place[..]) && place.pop().is_some() {}
            if !place.is_empty() && &place != from {
                named.insert(place);
            }
        }
        imports.insert(from.clone(), named);
    }
    imports
}

#[test]
fn what_stands_left_knows_nothing_of_what_stands_right() {
    let rank = |module: &[String]| ORDER.iter().position(|name| *name == module[0]);
    let mut faults = Vec::new();
    for (from, named) in imports() {
        if ["lib", "main"].contains(&from[0].as_str()) {
            continue;
        }
        let own = rank(&from).unwrap_or_else(|| panic!("{from:?} stands nowhere in the order"));
        for to in named.iter().filter(|to| rank(to).is_none_or(|rank| rank > own)) {
            faults.push(format!("{} may not use {}", from.join("::"), to.join("::")));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    // A folder's mod.rs is its face: what stands in the folder may use it.
    let imports = imports();
    let mut graph: BTreeMap<&[String], Vec<&[String]>> = BTreeMap::new();
    for (from, named) in &imports {
        let up = named.iter().filter(|to| !from.starts_with(to)).map(|to| &to[..]);
        graph.insert(from, up.collect());
    }
    // What nothing is left to use, and what is not used any more, is in no circle.
    loop {
        let before = graph.len();
        let left: BTreeSet<&[String]> = graph.keys().copied().collect();
        graph.retain(|_, named| named.iter().any(|to| left.contains(to)));
        let used: BTreeSet<&[String]> = graph.values().flatten().copied().collect();
        graph.retain(|from, _| used.contains(from));
        if graph.len() == before {
            break;
        }
    }
    let left: Vec<String> = graph
        .iter()
        .map(|(from, named)| {
            let named: Vec<String> =
                named.iter().filter(|to| graph.contains_key(*to)).map(|to| to.join("::")).collect();
            format!("{} uses {}", from.join("::"), named.join(", "))
        })
        .collect();
    assert!(left.is_empty(), "{left:#?}");
}

#[track_caller]
fn forbid(folder: &str, words: &[&str]) {
    for (path, text) in sources(folder).into_iter().filter(|(path, _)| !is_for_tests(path)) {
        // The archive of a Word document is read and written in memory.
        let code = code(&text).replace("std::io::{Cursor, Read as _, Write as _}", "");
        for word in words {
            assert!(!code.contains(word), "{} may not use `{word}`", path.display());
        }
    }
}

/// The file of the module that holds a file of another.
fn parent(path: &Path) -> PathBuf {
    let folder = path.parent().unwrap();
    let module = folder.join("mod.rs");
    if module.exists() { module } else { folder.with_extension("rs") }
}

/// Is it a module for tests alone?
fn is_for_tests(path: &Path) -> bool {
    let (name, parent) = (path.file_stem().unwrap().to_str().unwrap(), parent(path));
    let declared = std::fs::read_to_string(parent).unwrap_or_default();
    let lines: Vec<&str> = declared.lines().collect();
    let declares = |line: &str| line.ends_with(&format!("mod {name};"));
    lines.windows(2).any(|pair| pair[0] == "#[cfg(test)]" && declares(pair[1]))
}

/// A rule without its `pub mod` does not compile, as the build script has put it into the list.
#[test]
fn what_lies_among_the_rules_is_a_rule_or_a_part_of_them() {
    for (path, text) in sources("src/rules") {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let declared = std::fs::read_to_string(parent(&path)).unwrap();
        let is_part = declared.lines().any(|line| {
            line.strip_suffix(';').and_then(|line| line.split_once("mod ")).is_some_and(|(_, it)| it == name)
        });
        let is_rule = text.contains("pub static RULE: Rule");
        assert!(name == "mod" || is_rule || is_part, "{} is nobody's", path.display());
    }
}

/// The modules that read and write nothing.
const PURE: [&str; 8] = ["finding.rs", "chinese", "text", "typo", "doctype", "rule", "rules", "lint"];

#[test]
fn text_language_and_rules_do_no_io() {
    for module in PURE {
        forbid(
            &format!("src/{module}"),
            &[
                "std::fs",
                "std::io",
                "std::env",
                "std::process",
                "std::net",
                "println!",
                "eprintln!",
                "static mut",
            ],
        );
    }
}

#[test]
fn only_the_server_knows_the_protocol() {
    for module in PURE.iter().chain(&["files", "config", "report", "cli"]) {
        forbid(&format!("src/{module}"), &["tower_lsp", "ls_types", "lsp_types"]);
    }
}

/// The parts of the server that know the protocol's types.
const KNOW_THE_TYPES: [&str; 6] =
    ["backend.rs", "capabilities.rs", "convert.rs", "outbox.rs", "protocol.rs", "requests"];

#[test]
fn the_types_of_the_protocol_end_at_the_edge_of_the_server() {
    let folder = root().join("src/server");
    let knowing: BTreeSet<String> = sources("src/server")
        .iter()
        .filter(|(_, text)| code(text).contains("ls_types"))
        .map(|(path, _)| {
            path.strip_prefix(&folder).unwrap().iter().next().unwrap().to_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(knowing.iter().collect::<Vec<_>>(), KNOW_THE_TYPES);
    let architecture = std::fs::read_to_string(root().join("docs/ARCHITECTURE.md")).unwrap();
    for name in KNOW_THE_TYPES {
        assert!(architecture.contains(&format!("`{name}")), "docs/ARCHITECTURE.md does not name {name}");
    }
}

#[test]
fn only_the_backend_of_the_server_knows_its_requests() {
    let requests = ["server".to_owned(), "requests".to_owned()];
    for (from, named) in imports() {
        let may = from.starts_with(&requests) || from == ["server", "backend"];
        assert!(may || named.iter().all(|to| !to.starts_with(&requests)), "{from:?} uses requests");
    }
}

#[test]
fn only_the_positions_count_code_units() {
    for (path, text) in sources("src").iter().filter(|(path, _)| !path.ends_with("text/position.rs")) {
        let counts = ["len_utf16", "utf16_cu"].iter().any(|word| code(text).contains(word));
        assert!(!counts, "{} counts code units, which is for text/position.rs", path.display());
    }
}

/// The files in which one of these words stands in the code.
fn naming(words: &[&str]) -> Vec<PathBuf> {
    let names =
        |(path, text): (PathBuf, String)| words.iter().any(|it| code(&text).contains(it)).then_some(path);
    sources("src").into_iter().filter_map(names).collect()
}

#[test]
fn nothing_opens_the_network_but_the_listener_of_serve_on_the_loopback_address() {
    let listener = root().join("src/cli/serve/listener.rs");
    assert_eq!(naming(&["std::net", "tokio::net", "socket2"]), std::slice::from_ref(&listener));
    let text = code(&std::fs::read_to_string(listener).unwrap());
    let binds: Vec<&str> = text.lines().filter(|line| line.contains("::bind(")).map(str::trim).collect();
    assert_eq!(binds, ["let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;"]);
    assert!(!text.contains("connect("), "it connects to others");
}

#[test]
fn nothing_starts_a_process_but_git_and_the_browser_where_they_are_asked_for() {
    assert_eq!(naming(&["Command::new("]), [root().join("src/cli/check/changes.rs")]);
    assert_eq!(naming(&["open::that"]), [root().join("src/cli/serve/browser.rs")]);
    forbid("src", &["tokio::process"]);
}

#[test]
fn only_learn_loads_the_dictionary_of_jieba() {
    let names_it = |(path, text): (PathBuf, String)| text.contains("jieba_rs").then_some(path);
    let found: Vec<PathBuf> = sources("src").into_iter().filter_map(names_it).collect();
    assert_eq!(found, [root().join("src/cli/learn.rs")]);
}

#[test]
fn files_hold_one_idea() {
    for (path, text) in sources("src") {
        let lines = code(&text).lines().count();
        assert!(lines <= 450, "{} has {lines} lines of code: it may hold two ideas", path.display());
    }
}

/// The formatter leaves comments alone.
#[test]
fn comments_keep_within_the_width() {
    const WIDTH: usize = 110;
    for folder in ["src", "builder/src", "tests"] {
        for (path, text) in sources(folder) {
            let wide = text.lines().enumerate().filter(|(_, line)| {
                let comment = line.trim_start();
                comment.starts_with("//") && !comment.starts_with("//!") && line.chars().count() > WIDTH
            });
            let lines: Vec<usize> = wide.map(|(index, _)| index + 1).collect();
            assert!(lines.is_empty(), "{}: comments too wide in lines {lines:?}", path.display());
        }
    }
}
