use serde_json::{Value, json};

use crate::support::{folder, zhubi_with};

fn batch(input: &[u8], arguments: &[&str]) -> Vec<Value> {
    let (answers, status) = batch_status(input, arguments);
    assert_eq!(status, 0);
    answers
}

fn batch_status(input: &[u8], arguments: &[&str]) -> (Vec<Value>, i32) {
    let run = zhubi_with(folder(&[]).path(), &[&["batch"], arguments].concat(), input);
    let answers = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (answers, run.status)
}

#[test]
fn each_line_is_answered_before_the_next_is_sent() {
    use std::io::{BufRead as _, BufReader, Write as _};
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_zhubi"))
        .args(["batch", "--select", "typo/confusable-word"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    // The next line is not sent before the answer is there: a program that reads on would never end here.
    for (id, found) in [(1, 1), (2, 0), (3, 1)] {
        let text = if found == 1 { "学习政冶" } else { "学习" };
        // The beginning of a line that is not whole yet is not waited for either.
        let next = format!("{{\"id\": {}", id + 1);
        let begun = if id == 1 { format!("{{\"id\": {id}") } else { String::new() };
        writeln!(stdin, "{begun}, \"text\": \"{text}\"}}").unwrap();
        write!(stdin, "{next}").unwrap();
        stdin.flush().unwrap();
        let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["id"], id);
        assert_eq!(answer["diagnostics"].as_array().unwrap().len(), found);
    }
    writeln!(stdin, ", \"text\": \"\"}}").unwrap();
    drop(stdin);
    assert!(answers.next().is_some() && answers.next().is_none());
    assert!(child.wait().unwrap().success());
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
    assert_eq!(found.get("confidence"), None);
}

#[test]
fn bad_lines_are_answered_in_their_place() {
    let input = b"{\"id\": 1, \"text\": \"a\"}\nnot json\n\n{\"id\": 3}\n\xFF\n{\"text\": \"b\"}";
    let (answers, status) = batch_status(input, &[]);
    assert_eq!(status, 2);
    let ids: Vec<&Value> = answers.iter().map(|answer| &answer["id"]).collect();
    assert_eq!(ids, [&json!(1), &Value::Null, &json!(3), &Value::Null, &Value::Null]);
    let failed: Vec<bool> = answers.iter().map(|answer| answer.get("error").is_some()).collect();
    assert_eq!(failed, [false, true, true, true, false]);
    let errors: Vec<&str> = answers.iter().filter_map(|answer| answer["error"].as_str()).collect();
    let begins = ["第2行：第2个字节起不合 JSON", "第4行：缺少 text", "第5行：不是 UTF-8"];
    assert!(errors.iter().zip(begins).all(|(error, begin)| error.starts_with(begin)), "{errors:?}");
    assert_eq!(answers[1]["line"], 2);
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

#[test]
fn an_id_comes_back_as_it_came() {
    let input = "{\"id\": 123456789012345678901234567890, \"text\": \"甲\"}\n{\"id\": 1.10, \"text\": 1}\n{\"text\": \"甲\", \"text\": \"乙\"}\n";
    let run = zhubi_with(folder(&[]).path(), &["batch"], input.as_bytes());
    let lines: Vec<&str> = run.out.lines().collect();
    assert!(lines[0].starts_with("{\"id\":123456789012345678901234567890,"), "{}", run.out);
    assert!(
        lines[1].starts_with("{\"id\":1.10,") && lines[1].contains("text 不是加引号的文字"),
        "{}",
        run.out
    );
    assert!(lines[2].contains("text 写了两次"), "{}", run.out);
}
