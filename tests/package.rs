//! What is published fits the registry, which takes crates of up to 10 MiB, and has one version.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Bytes of a crate at the most.
const MOST: u64 = 10_000_000;

/// What cargo says in this workspace.
fn cargo(arguments: &[&str]) -> String {
    let mut cargo = Command::new(env!("CARGO"));
    let out = cargo.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(out.status.success(), "cargo {arguments:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

/// The names and folders of the crates that are published.
fn published() -> Vec<(String, String)> {
    let metadata = cargo(&["metadata", "--no-deps", "--offline", "--locked", "--format-version", "1"]);
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let packages = metadata["packages"].as_array().unwrap().iter().filter(|it| it["publish"].is_null());
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    let folder = |it: &Value| text(it).strip_suffix("Cargo.toml").unwrap().to_owned();
    packages.map(|it| (text(&it["name"]), folder(&it["manifest_path"]))).collect()
}

/// The sizes are those before packing: what is large is the model, and it does not shrink.
#[test]
fn every_crate_fits_the_registry() {
    let crates = published();
    assert!(crates.len() >= 3, "{crates:?}");
    for (name, folder) in crates {
        let list =
            cargo(&["package", "--list", "--allow-dirty", "--offline", "--locked", "--package", &name]);
        // What cargo writes itself (Cargo.toml.orig, the lock file) need not be there, and is small.
        let size = |file: &str| Path::new(&folder).join(file).metadata().map_or(0, |it| it.len());
        let bytes: u64 = list.lines().map(size).sum();
        let model = name.starts_with("zhubi-").then_some(".model\n");
        for file in ["LICENSE-MIT", "LICENSE-APACHE"].into_iter().chain(model) {
            assert!(list.contains(file), "{name} lacks {file}: {list}");
        }
        assert!(bytes < MOST, "{name} has {bytes} bytes, and {MOST} are the most: {list}");
    }
}

/// Cargo.toml says the version, and packages are made with it; what people copy from our pages names it.
#[test]
fn there_is_one_version() {
    let version = r"(\d+\.\d+\.\d+)";
    let copied =
        format!(r"zhubi(?:@|:|==|/)v?{version}|rev: v{version}|download/v{version}|install.sh v{version}");
    let places = [
        ("README.md", copied.clone()),
        ("docs/ci.md", copied),
        ("packaging/gitlab/templates/zhubi.yml", format!(r#"default: "{version}""#)),
        ("editors/vscode/package.json", format!(r#"(?m)^  "version": "{version}""#)),
    ];
    for (file, pattern) in places {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
        let found: Vec<&str> = regex::Regex::new(&pattern)
            .unwrap()
            .captures_iter(&text)
            .map(|it| it.iter().skip(1).flatten().next().unwrap().as_str())
            .collect();
        assert!(!found.is_empty(), "{file} names no version");
        for it in found {
            assert_eq!(it, env!("CARGO_PKG_VERSION"), "{file}");
        }
    }
}
