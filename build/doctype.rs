//! Turns the kinds of documents, `src/doctype/*.toml`, into Rust. Each key becomes the field of the same name, so
//! `DocumentType` and `Part` in `src/doctype/mod.rs` are the schema: the compiler rejects unknown keys and values of
//! the wrong type.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use toml::{Table, Value};

const FOLDER: &str = "src/doctype";

/// Writes `PARTS` and `ALL` for `src/doctype/mod.rs` to include.
pub(crate) fn generate() {
    println!("cargo::rerun-if-changed={FOLDER}");
    let kinds = read();
    // Kinds that expect the same part share it, so that each pattern is searched for once.
    let mut parts: Vec<String> = Vec::new();
    let mut all = String::new();
    for (key, kind) in &kinds {
        let _ = write!(all, "\n    // {FOLDER}/{key}.toml\n    DocumentType {{ key: {key:?}, ");
        for (name, value) in kind {
            let value = match (name.as_str(), value) {
                ("parts", Value::Array(list)) => {
                    let indices = list.iter().map(|part| index(&mut parts, part_fields(&kinds, part)));
                    format!("&{:?}", indices.collect::<Vec<_>>())
                }
                _ => literal(value),
            };
            let _ = write!(all, "{}: {value}, ", field(name));
        }
        all.push_str("..DocumentType::NONE },");
    }
    let parts: String = parts.iter().map(|part| format!("\n    Part {{ {part}..Part::NONE }},")).collect();
    let code = format!(
        "/// The distinct parts that kinds of documents expect.\npub static PARTS: &[Part] = &[{parts}\n];\n\n\
         /// All kinds of documents, sorted by key.\npub static ALL: &[DocumentType] = &[{all}\n];\n"
    );
    let out = env::var_os("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("doctype.rs"), code).expect("the folder is writable");
}

/// The files by their keys.
fn read() -> BTreeMap<String, Table> {
    let entries = fs::read_dir(FOLDER).expect("the folder is part of the sources");
    let files = entries.map(|entry| entry.expect("the folder is readable").path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    let table = |path: &Path| {
        let text = fs::read_to_string(path).map_err(|error| error.to_string());
        let table = text.and_then(|text| text.parse().map_err(|error: toml::de::Error| error.to_string()));
        table.unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    files.map(|path| (path.file_stem().unwrap_or_default().display().to_string(), table(&path))).collect()
}

/// The fields of a part. `like = "summary"` inherits what is not given from the part of the same name there.
fn part_fields(kinds: &BTreeMap<String, Table>, part: &Value) -> String {
    fn whole(kinds: &BTreeMap<String, Table>, part: &Value) -> Table {
        let own = part.as_table().expect("parts are tables");
        let mut whole = match own.get("like").and_then(Value::as_str) {
            Some(kind) => {
                let parts = kinds.get(kind).and_then(|kind| kind.get("parts")?.as_array());
                let part = parts.and_then(|parts| parts.iter().find(|it| it.get("name") == own.get("name")));
                whole(kinds, part.unwrap_or_else(|| panic!("{kind} has no such part: {own}")))
            }
            None => Table::new(),
        };
        whole.extend(own.clone());
        whole.remove("like");
        whole
    }
    whole(kinds, part).iter().map(|(name, value)| format!("{}: {}, ", field(name), literal(value))).collect()
}

fn index(parts: &mut Vec<String>, part: String) -> usize {
    parts.iter().position(|known| *known == part).unwrap_or_else(|| {
        parts.push(part);
        parts.len() - 1
    })
}

fn field(key: &str) -> String {
    key.replace('-', "_")
}

fn literal(value: &Value) -> String {
    match value {
        Value::Array(list) => format!("&[{}]", list.iter().map(literal).collect::<Vec<_>>().join(", ")),
        Value::String(text) => format!("{text:?}"),
        other => other.to_string(),
    }
}
