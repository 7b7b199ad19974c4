use serde_json::{Value, json};

use crate::support::{folder, zhubi_with};

fn batch(input: &[u8], arguments: &[&str]) -> Vec<Value> {
    let run = zhubi_with(folder(&[]).path(), &[&["batch"], arguments].concat(), input);
    assert_eq!(run.status, 0, "{}", run.shown());
    run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn offsets_count_scalar_values() {
    let answers =
        batch(json!({"id": "a", "text": "😀é学习政冶。"}).to_string().as_bytes(), &["--select", "typo"]);
    assert_eq!(answers[0]["id"], "a");
    let found = &answers[0]["diagnostics"][0];
    assert_eq!((found["start"].as_u64(), found["end"].as_u64()), (Some(4), Some(6)));
    assert_eq!(found["replacements"], json!(["政治"]));
    assert_eq!(found["applicability"], "safe");
    assert_eq!((&found["rule"], &found["severity"]), (&json!("typo/confusable-word"), &json!("error")));
    assert_eq!(found["confidence"], Value::Null);
}

#[test]
fn bad_lines_are_answered_in_their_place() {
    let input = b"{\"id\": 1, \"text\": \"a\"}\nnot json\n\n{\"id\": 3}\n\xFF\n{\"text\": \"b\"}";
    let answers = batch(input, &[]);
    let ids: Vec<&Value> = answers.iter().map(|answer| &answer["id"]).collect();
    assert_eq!(ids, [&json!(1), &Value::Null, &json!(3), &Value::Null, &Value::Null]);
    let failed: Vec<bool> = answers.iter().map(|answer| answer.get("error").is_some()).collect();
    assert_eq!(failed, [false, true, true, true, false]);
}

#[test]
fn thousands_of_records_come_back_in_order() {
    let input: String =
        (0..20_000).map(|i| format!("{{\"id\": {i}, \"text\": \"学习政冶{i}\"}}\n")).collect();
    let answers = batch(input.as_bytes(), &["--select", "typo/confusable-word"]);
    assert!(
        answers
            .iter()
            .enumerate()
            .all(|(i, answer)| answer["id"] == i && answer["diagnostics"].as_array().unwrap().len() == 1)
    );
    assert_eq!(answers.len(), 20_000);
}
