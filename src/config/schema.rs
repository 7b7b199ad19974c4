//! The JSON schemas of `zhubi.toml` and of packs.

use super::Config;
use super::error::LEVELS;
use crate::rule::pack::Pack;

/// The schema made of the types, with the names that are taken beside those it has.
fn with_names_in_both_languages(mut schema: serde_json::Value) -> serde_json::Value {
    for (definition, names) in [("Level", &LEVELS[..]), ("Severity", &LEVELS[..4])] {
        let list = schema.pointer_mut(&format!("/$defs/{definition}/oneOf"));
        let Some(list) = list.and_then(serde_json::Value::as_array_mut) else { continue };
        let known: Vec<String> =
            list.iter().filter_map(|it| it["const"].as_str().map(str::to_owned)).collect();
        for (english, chinese) in names {
            for (name, other) in [(english, chinese), (chinese, english)] {
                if !known.iter().any(|known| known == name) {
                    let description = format!("= {other}");
                    list.push(
                        serde_json::json!({ "const": name, "description": description, "type": "string" }),
                    );
                }
            }
        }
    }
    schema
}

impl Config {
    /// The JSON schema of `zhubi.toml`.
    #[must_use]
    pub fn json_schema() -> serde_json::Value {
        with_names_in_both_languages(schemars::schema_for!(Self).to_value())
    }
}

impl Pack {
    /// The JSON schema of a pack.
    #[must_use]
    pub fn json_schema() -> serde_json::Value {
        with_names_in_both_languages(schemars::schema_for!(Self).to_value())
    }
}
