//! What is written as data and compiled into the program, so that nothing is parsed at start-up.

#![allow(clippy::print_stdout, reason = "so a build script speaks with cargo")]

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::PathBuf;

#[path = "build/doctype.rs"]
mod doctype;
#[allow(dead_code, unreachable_pub, reason = "shared with the crate")]
#[path = "src/finding.rs"]
mod finding;
#[allow(unreachable_pub, reason = "shared with the crate")]
#[path = "src/chinese/wording/pieces.rs"]
mod pieces;
#[allow(unreachable_pub, reason = "shared with the crate")]
#[path = "src/rule/pattern/required.rs"]
mod required;
#[path = "src/rule/pattern/rule_file.rs"]
mod rule_file;
#[path = "build/rules.rs"]
mod rules;
#[allow(unreachable_pub, reason = "shared with the crate")]
#[path = "src/rule/pattern/source.rs"]
mod source;
#[path = "build/wording.rs"]
mod wording;

fn main() {
    doctype::generate();
    rules::generate();
    wording::generate();
    println!("cargo::rustc-env=ZHUBI_BUILD={:016x}", sources().expect("the sources can be read"));
}

/// A hash of what the program is made of, by which a cache tells one build from another.
fn sources() -> std::io::Result<u64> {
    let mut hasher = DefaultHasher::new();
    let mut places: Vec<PathBuf> = SOURCES.map(PathBuf::from).into();
    while let Some(place) = places.pop() {
        println!("cargo::rerun-if-changed={}", place.display());
        if place.is_dir() {
            let mut inside =
                fs::read_dir(&place)?.map(|it| Ok(it?.path())).collect::<std::io::Result<Vec<_>>>()?;
            inside.sort();
            places.extend(inside);
        } else if place.exists() {
            (&place, fs::read(&place)?).hash(&mut hasher);
        }
    }
    Ok(hasher.finish())
}

const SOURCES: [&str; 5] = ["Cargo.toml", "Cargo.lock", "build", "data", "src"];
