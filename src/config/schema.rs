//! The JSON schemas of `zhubi.toml` and of packs. Who writes one reads their descriptions in an editor: they
//! are in Chinese where the types have them so, and then `x-en` has the comment of the type.

use serde_json::{Value, json};

use super::Config;
use super::error::LEVELS;
use crate::rule::pack::Pack;

/// The schema made of the types, for those who write in Chinese.
fn for_writers(mut schema: Value) -> Value {
    add_names(&mut schema);
    describe(&mut schema);
    schema
}

/// Adds the names of severities that are taken beside those that the types have.
fn add_names(schema: &mut Value) {
    for (definition, names) in [("Level", &LEVELS[..]), ("Severity", &LEVELS[..4])] {
        let list = schema.pointer_mut(&format!("/$defs/{definition}/oneOf"));
        let Some(list) = list.and_then(Value::as_array_mut) else { continue };
        let known: Vec<String> =
            list.iter().filter_map(|it| it["const"].as_str().map(str::to_owned)).collect();
        for entry in list.iter_mut() {
            if let Some((_, chinese)) = names.iter().find(|(english, _)| entry["const"] == *english) {
                entry["description"] = (*chinese).into();
            }
        }
        for (english, chinese) in names {
            for (name, other) in [(english, chinese), (chinese, english)] {
                if !known.iter().any(|known| known == name) {
                    list.push(
                        json!({ "const": name, "description": format!("= {other}"), "type": "string" }),
                    );
                }
            }
        }
    }
}

/// Puts the descriptions in Chinese where they are looked for.
fn describe(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if let Some(chinese) = fields.remove("x-zh")
                && let Some(english) = fields.insert("description".to_owned(), chinese)
            {
                fields.insert("x-en".to_owned(), english);
            }
            fields.values_mut().for_each(describe);
        }
        Value::Array(elements) => elements.iter_mut().for_each(describe),
        _ => {}
    }
}

impl Config {
    /// The JSON schema of `zhubi.toml`.
    #[must_use]
    pub fn json_schema() -> serde_json::Value {
        for_writers(schemars::schema_for!(Self).to_value())
    }
}

impl Pack {
    /// The JSON schema of a pack.
    #[must_use]
    pub fn json_schema() -> serde_json::Value {
        for_writers(schemars::schema_for!(Self).to_value())
    }
}
