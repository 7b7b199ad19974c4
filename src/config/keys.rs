//! The keys of `zhubi.toml`, in the order in which they are shown: the one table beside the types.

use serde_json::Value;

/// A key, and how what a file says goes together with what the file that it extends says: see `Config::over`.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The tables that lead to it, and its own name.
    pub path: &'static [&'static str],
    /// What its values are to one another.
    pub kind: Kind,
}

/// How the values of a key go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The one above takes the place of the one below.
    Value,
    /// The one above is added to the one below.
    List,
    /// Each entry takes the place of the one below.
    Table,
    /// It says where and for what the others count.
    Scope,
}

const fn key(path: &'static [&'static str], kind: Kind) -> Key {
    Key { path, kind }
}

/// All keys: a table's stand together, and those that are in no table come first.
pub const KEYS: [Key; 15] = [
    key(&["extend"], Kind::Scope),
    key(&["select"], Kind::Value),
    key(&["ignore"], Kind::List),
    key(&["exclude"], Kind::List),
    key(&["document-type"], Kind::Value),
    key(&["severity"], Kind::Table),
    key(&["typo", "min-confidence"], Kind::Value),
    key(&["typo", "possible"], Kind::Value),
    key(&["dictionary", "words"], Kind::List),
    key(&["dictionary", "files"], Kind::List),
    key(&["dictionary", "forbidden"], Kind::Table),
    key(&["packs", "files"], Kind::List),
    key(&["length", "document"], Kind::Value),
    key(&["length", "sections"], Kind::Table),
    key(&["overrides"], Kind::Scope),
];

impl Key {
    /// Is it a table of its own, `[severity]`?
    #[must_use]
    pub fn is_table(&self) -> bool {
        self.path.len() == 1 && self.kind == Kind::Table
    }

    /// What the schema of configurations says of it.
    #[must_use]
    pub fn property<'a>(&self, schema: &'a Value) -> &'a Value {
        property(schema, self.path)
    }
}

/// What a schema says of the key at the end of a path; null where there is none.
#[must_use]
pub fn property<'a>(schema: &'a Value, path: &[&str]) -> &'a Value {
    path.iter().fold(schema, |table, name| &definition(schema, table)["properties"][*name])
}

/// The definition of what a schema only refers to.
#[must_use]
pub fn definition<'a>(schema: &'a Value, property: &'a Value) -> &'a Value {
    let reference = property["$ref"].as_str().and_then(|place| place.strip_prefix('#'));
    reference.and_then(|place| schema.pointer(place)).unwrap_or(property)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn the_table_has_every_key_of_the_types() {
        let schema = Config::json_schema();
        let mut found = Vec::new();
        for (name, property) in schema["properties"].as_object().unwrap() {
            match definition(&schema, property)["properties"].as_object() {
                Some(below) => found.extend(below.keys().map(|below| vec![name.as_str(), below])),
                None => found.push(vec![name.as_str()]),
            }
        }
        let mut keys: Vec<Vec<&str>> = KEYS.iter().map(|key| key.path.to_vec()).collect();
        keys.sort();
        found.sort();
        assert_eq!(keys, found);
    }

    #[test]
    fn every_key_says_what_it_is_and_shows_an_example() {
        let schema = Config::json_schema();
        let overrides = schema["$defs"]["Override"]["properties"].as_object().unwrap();
        let of_overrides = overrides.iter().map(|(name, property)| (name.clone(), property));
        let own = KEYS.iter().map(|key| (key.path.join("."), key.property(&schema)));
        for (name, property) in own.chain(of_overrides) {
            let says = |field: &str| property[field].as_str().is_some_and(|text| !text.is_empty());
            assert!(says("description") && says("x-en"), "{name}: {property}");
            assert!(!property["description"].as_str().unwrap().is_ascii(), "{name}");
            let has_own_keys = !definition(&schema, property)["properties"].is_null();
            assert!(has_own_keys || property["examples"][0] != Value::Null, "{name}: {property}");
        }
    }
}
