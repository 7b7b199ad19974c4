//! What is listed, and how: groups, counts, excerpts.

use serde_json::Value;

use crate::support::{folder, zhubi, zhubi_in};

fn drafts() -> tempfile::TempDir {
    folder(&[
        ("a.txt", "认真学习政冶理论,再接再励。\n于2月30日完成。\n".as_bytes()),
        ("b.txt", "会议指出,要加强领导。\n安排布署防汛工作。\n".as_bytes()),
        ("clean.txt", "会议指出，要加强领导。\n".as_bytes()),
    ])
}

#[test]
fn a_crowded_line() {
    let line = "今年以来，我局认真学习政冶理论，按步就班推进各项工作，再接再励，全力以付做好侯车室改造，安排布署防汛工作，于2月30日召开会议，20__年完成投资三、四百万元。\n";
    let folder = folder(&[("a.txt", line.as_bytes())]);
    insta::assert_snapshot!(zhubi(folder.path(), &["check", "."]).shown());
}

#[test]
fn groups_by_file_rule_and_severity() {
    let folder = drafts();
    let shown = |arguments: &[&str]| zhubi(folder.path(), &[&["check", "."], arguments].concat()).shown();
    insta::assert_snapshot!("groups_by_file", shown(&["-f", "concise", "--group-by", "file"]));
    insta::assert_snapshot!("groups_by_rule", shown(&["-f", "concise", "--group-by", "rule"]));
    insta::assert_snapshot!("groups_by_severity", shown(&["--group-by", "severity"]));
    for (chinese, name) in [("文件", "file"), ("规则", "rule"), ("级别", "severity")] {
        assert_eq!(shown(&["--group-by", chinese]), shown(&["--group-by", name]));
    }
}

#[test]
fn groups_are_for_people() {
    let folder = drafts();
    let run = zhubi(folder.path(), &["check", "--group-by", "rule", "-f", "json", "."]);
    assert!(run.status == 2 && run.out.is_empty() && run.err.contains("给人看"), "{}", run.shown());
    let formats = ["-f", "concise", "-f", "json=all.json"];
    let run = zhubi(folder.path(), &[&["check", "--group-by", "rule", "."][..], &formats].concat());
    let json = std::fs::read_to_string(folder.path().join("all.json")).unwrap();
    let all: Vec<Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(run.out.lines().filter(|line| line.starts_with("./")).count(), all.len(), "{}", run.shown());
}

#[test]
fn statistics_in_the_place_of_findings() {
    let folder = drafts();
    insta::assert_snapshot!(zhubi(folder.path(), &["check", "--statistics", "."]).shown());
    let run = zhubi(folder.path(), &["check", "--statistics", "-f", "json", "."]);
    let counted: Value = serde_json::from_str(&run.out).unwrap();
    insta::assert_snapshot!("statistics_as_json", run.shown());
    let sum = |rows: &Value| rows.as_array().unwrap().iter().map(|row| row["count"].as_u64().unwrap()).sum();
    let (by_rule, by_file): (u64, u64) = (sum(&counted["rules"]), sum(&counted["files"]));
    let by_severity: u64 =
        counted["severities"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
    assert_eq!((by_rule, by_file), (by_severity, by_severity));
}

#[test]
fn statistics_of_nothing_and_where_they_mean_nothing() {
    let folder = drafts();
    let run = zhubi(folder.path(), &["check", "--statistics", "clean.txt"]);
    assert_eq!((run.status, run.out.as_str()), (0, "共检查1个文件：没有发现问题\n"));
    for format in ["github", "gitlab"] {
        let run = zhubi(folder.path(), &["check", "--statistics", "-f", format, "."]);
        assert!(run.status == 2 && run.err.contains("只有 full、concise、json"), "{}", run.shown());
    }
    for other in [&["--diff"][..], &["--group-by", "rule"], &["--max-findings", "3"]] {
        let run = zhubi(folder.path(), &[&["check", "--statistics", "."], other].concat());
        assert!(run.status == 2 && run.err.contains("不能和"), "{}", run.shown());
    }
    let in_job = zhubi_in(folder.path(), &["check", "--statistics", "."], &[("GITHUB_ACTIONS", "true")]);
    assert!(in_job.out.contains("处数"), "{}", in_job.shown());
}

#[test]
fn no_more_findings_are_listed_than_asked_for() {
    let folder = drafts();
    let listed = |most: &str, format: &str| {
        zhubi(folder.path(), &["check", "--max-findings", most, "-f", format, "."])
    };
    let all = zhubi(folder.path(), &["check", "-f", "json", "."]);
    let count = serde_json::from_str::<Vec<Value>>(&all.out).unwrap().len();
    for most in [0, 1, 3, 100] {
        let (shown, rest) = (count.min(most), count.saturating_sub(most));
        let note = format!("{rest}处没有列出（--max-findings）");
        let json = listed(&most.to_string(), "json");
        assert_eq!(serde_json::from_str::<Vec<Value>>(&json.out).unwrap().len(), shown);
        assert_eq!(json.err.contains(&note), rest > 0, "{}", json.shown());
        let text = listed(&most.to_string(), "concise");
        assert_eq!(text.out.lines().filter(|line| line.starts_with("./")).count(), shown, "{}", text.shown());
        assert_eq!((text.out.contains(&note), text.err.as_str()), (rest > 0, ""), "{}", text.shown());
        assert_eq!((json.status, text.status), (1, 1), "what is not listed counts");
    }
}

#[test]
fn what_is_not_listed_is_fixed_all_the_same() {
    let folder = drafts();
    zhubi(folder.path(), &["check", "--fix", "--max-findings", "0", "."]);
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("a.txt"), "认真学习政治理论，再接再厉。\n于2月30日完成。\n");
    assert_eq!(read("b.txt"), "会议指出，要加强领导。\n安排部署防汛工作。\n");
}

#[test]
fn a_draft_in_half_width_marks_is_one_finding_but_many_for_a_baseline() {
    let text = "参加工作,一直在一线。\n会议强调,要抓落实。\n会议要求,要开好会。\n会议决定,开始整改。\n";
    let folder = folder(&[("a.txt", text.as_bytes())]);
    let run = zhubi(folder.path(), &["check", "--select", "punctuation/halfwidth", "."]);
    insta::assert_snapshot!(run.shown());
    zhubi(folder.path(), &["baseline", "."]);
    let mended = text.replacen(',', "，", 1);
    std::fs::write(folder.path().join("a.txt"), mended).unwrap();
    let run = zhubi(folder.path(), &["check", "--baseline", "zhubi-baseline.json", "."]);
    assert!(run.out.contains("另有3处在基线里"), "{}", run.shown());
}

#[test]
fn colours_are_as_asked_for() {
    let folder = drafts();
    let colours =
        |choice: &str| zhubi(folder.path(), &["check", "--color", choice, "."]).out.contains('\x1b');
    assert!(colours("always") && colours("总是"));
    assert!(!colours("auto") && !colours("never") && !colours("从不"));
    let file = ["check", "--color", "always", "-o", "report", "."];
    zhubi(folder.path(), &file);
    let report = std::fs::read_to_string(folder.path().join("report")).unwrap();
    assert!(report.contains("政冶") && !report.contains('\x1b'));
}
