//! Every format that a program reads, held to the schema of its owner, or read back by a parser that is not ours.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

mod checkstyle;
mod drafts;
mod github;
mod gitlab;
mod html;
mod json;
mod junit;
mod places;
mod rdjson;
mod sarif;
#[allow(dead_code, reason = "the tests of the command line use all of it")]
#[path = "../cli/support.rs"]
mod support;

use std::path::Path;

use serde_json::Value;

/// A file of `schemas/`.
fn schema(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/schemas");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

/// A validator by one of these, or by the part of one that a JSON pointer names.
fn validator(schema: &Value) -> jsonschema::Validator {
    jsonschema::options().should_validate_formats(true).build(schema).unwrap()
}

#[track_caller]
fn assert_valid(validator: &jsonschema::Validator, instance: &Value) {
    let errors: Vec<String> =
        validator.iter_errors(instance).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

/// Holds XML to an XML schema.
#[track_caller]
fn assert_valid_xml(schema: &str, text: &str) {
    let schema = uppsala::parse(schema).unwrap();
    let validator = uppsala::XsdValidator::from_schema(&schema).unwrap();
    let errors = validator.validate(&uppsala::parse(text).unwrap());
    assert!(errors.is_empty(), "{errors:?}\n{text}");
}

/// A validator that lets all pass would prove nothing.
#[test]
fn the_schemas_refuse_what_is_not_so() {
    for (name, instance) in [
        ("sarif-2.1.0.json", r#"{"version":"2.1.0","runs":[{"tool":{"driver":{}}}]}"#),
        (
            "sarif-2.1.0.json",
            r#"{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"a","informationUri":"a b"}}}]}"#,
        ),
        ("gitlab.json", r#"{"description":"a","severity":"minor","location":{}}"#),
        ("rdjson.json", r#"{"diagnostics":[{"severity":"error"}]}"#),
    ] {
        let validator = validator(&serde_json::from_str(&schema(name)).unwrap());
        assert!(!validator.is_valid(&serde_json::from_str(instance).unwrap()), "{name}");
    }
    for (name, text) in [
        ("junit-10.xsd", "<testsuites><testsuite name='a'/></testsuites>"),
        ("junit-10.xsd", "<testsuites><testcase name='a'/></testsuites>"),
        ("checkstyle.xsd", "<checkstyle version='1'><file name='a'><error line='0'/></file></checkstyle>"),
    ] {
        let schema = schema(name);
        let schema = uppsala::parse(&schema).unwrap();
        let validator = uppsala::XsdValidator::from_schema(&schema).unwrap();
        assert!(!validator.validate(&uppsala::parse(text).unwrap()).is_empty(), "{text}");
    }
}
