//! The JSON schema of what the commands write as JSON, made from the types.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::batch::Answer;
use super::check::Listed;
use crate::report::json::Element;

/// The schema of `check --format json`.
///
/// Among its definitions are a line of `jsonl` (`Element`), a line of `batch` (`Answer`), and what
/// `--show-files` writes (`Files`).
#[must_use]
pub fn output_schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let report = array::<Element<'_>>(&mut generator, "What `zhubi check --format json` writes.");
    let files = array::<Listed>(&mut generator, "What `zhubi check --show-files --format json` writes.");
    generator.subschema_for::<Answer>();
    let mut definitions: Map<String, Value> = generator.take_definitions(true);
    definitions.insert("Report".to_owned(), report);
    definitions.insert("Files".to_owned(), files);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What zhubi writes as JSON",
        "$ref": "#/$defs/Report",
        "$defs": definitions,
    })
}

fn array<T: JsonSchema>(generator: &mut SchemaGenerator, description: &str) -> Value {
    let items: Schema = generator.subschema_for::<T>();
    json!({ "description": description, "type": "array", "items": items })
}
