//! The invariants of docs/ARCHITECTURE.md that a look at the files can prove.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use std::path::{Path, PathBuf};

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
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    found.sort();
    found.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

/// The code of a file without its tests and its comments.
fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn forbid(folder: &str, words: &[&str]) {
    for (path, text) in sources(folder) {
        let code = code(&text);
        for word in words {
            assert!(!code.contains(word), "{} may not use `{word}`", path.display());
        }
    }
}

/// How many examples the tests of a rule give: sentences that it marks, sentences that it leaves alone. The rows of a
/// table hold one of each.
fn examples(source: &str) -> (usize, usize) {
    let tests = source.split("#[cfg(test)]").nth(1).unwrap_or_default();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let rows: usize = source
        .split("data/")
        .skip(1)
        .filter_map(|rest| rest.split_once('"'))
        .filter(|(name, _)| name.ends_with(".tsv") && tests.contains("every_"))
        .map(|(name, _)| std::fs::read_to_string(root.join("data").join(name)).unwrap().lines().count() - 1)
        .sum();
    let count = |words: &[&str]| words.iter().map(|word| tests.matches(word).count()).sum::<usize>();
    let marked = count(&[
        "〔",
        "check_fix(",
        "check_suggestion(",
        "messages(",
        "found(TOML",
        "found(\"",
        "found(&[",
        "assert_eq!(unused(",
    ]);
    let silent = count(&["check_clean(", "is_empty()", ", [])", "check_in("]);
    (marked + rows, silent + rows)
}

#[test]
fn every_rule_has_three_examples_of_either_sort() {
    for rule in zhubi::rules::RULES {
        let file = format!("src/rules/{}.rs", rule.id.replace('-', "_"));
        let source = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&file)).unwrap();
        let (marked, silent) = examples(&source);
        assert!(marked >= 3 && silent >= 3, "{file}: {marked} sentences marked, {silent} let alone");
    }
}

#[test]
fn what_stands_left_knows_nothing_of_what_stands_right() {
    forbid(
        "src/text",
        &["crate::rules", "crate::lint", "crate::report", "crate::cli", "crate::server", "crate::config"],
    );
    forbid(
        "src/chinese",
        &["crate::rules", "crate::lint", "crate::report", "crate::cli", "crate::server", "crate::config"],
    );
    forbid("src/rules", &["crate::report", "crate::cli", "crate::server"]);
    forbid("src/lint", &["crate::report", "crate::cli", "crate::server"]);
    forbid("src/report", &["crate::cli", "crate::server"]);
}

#[test]
fn text_language_and_rules_do_no_io() {
    for folder in ["src/text", "src/chinese", "src/rules", "src/lint"] {
        forbid(
            folder,
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
    for folder in ["src/text", "src/chinese", "src/rules", "src/lint", "src/report", "src/cli"] {
        forbid(folder, &["tower_lsp", "ls_types", "lsp_types"]);
    }
}

#[test]
fn nothing_opens_the_network_or_starts_a_process() {
    forbid("src", &["std::net", "tokio::net", "Command::new", "tokio::process"]);
}

#[test]
fn files_hold_one_idea() {
    for (path, text) in sources("src") {
        let lines = code(&text).lines().count();
        assert!(lines <= 450, "{} has {lines} lines of code: it may hold two ideas", path.display());
    }
}
