use std::path::Path;

use serde_json::Value;

use crate::support::{folder, zhubi, zhubi_with};

fn samples() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/samples"))
}

#[test]
fn the_samples_as_text() {
    let run = zhubi(samples(), &["check", "work-summary.txt", "notice.md"]);
    insta::assert_snapshot!(run.shown());
}

#[test]
fn the_samples_as_json() {
    let run = zhubi(samples(), &["check", "--format", "json", "--select", "typo,leftover", "notice.md"]);
    insta::assert_snapshot!(run.shown());
    let findings: Value = serde_json::from_str(&run.out).unwrap();
    let source = std::fs::read_to_string(samples().join("notice.md")).unwrap();
    let first = &findings[0];
    let (start, end) = (first["start"]["offset"].as_u64().unwrap(), first["end"]["offset"].as_u64().unwrap());
    assert_eq!(&source[start as usize..end as usize], "布署");
}

#[test]
fn the_samples_as_one_line_a_finding() {
    let run = zhubi(samples(), &["check", "--format", "concise", "work-summary.txt", "notice.md"]);
    insta::assert_snapshot!(run.shown());
}

#[test]
fn what_was_fixed_is_one_line_too() {
    let folder = folder(&[("a.txt", "认真学习政冶理论,再接再励。\n".as_bytes())]);
    let run = zhubi(folder.path(), &["check", "--fix", "--format", "concise", "."]);
    insta::assert_snapshot!(run.shown());
}

#[test]
fn status_follows_the_severity_and_not_the_format() {
    let folder = folder(&[
        ("error.txt", "认真学习政冶理论。".as_bytes()),
        ("warning.txt", "会议指出,要加强。".as_bytes()),
        ("clean.txt", "会议指出，要加强领导。".as_bytes()),
    ]);
    let status = |arguments: &[&str]| zhubi(folder.path(), &[&["check"], arguments].concat()).status;
    assert_eq!(status(&["error.txt"]), 1);
    assert_eq!(status(&["error.txt", "--format", "json"]), 1);
    assert_eq!(status(&["warning.txt"]), 0);
    assert_eq!(status(&["warning.txt", "--fail-on", "warning"]), 1);
    assert_eq!(status(&["clean.txt"]), 0);
    assert_eq!(status(&["error.txt", "--ignore", "typo"]), 0);
    assert_eq!(status(&["error.txt", "--select", "leftover"]), 0);
    assert_eq!(status(&["."]), 1);
}

#[test]
fn what_is_copied_from_another_draft_of_the_run_is_said() {
    let last = "全年共组织党员干部集中学习二十四次，撰写心得体会六十篇。走访企业四十二家，帮助解决用工、融资等问题三十一个。举办技能培训班六期，培训农村实用人才四百五十人次。";
    let this = last.replace("二十四", "二十六");
    let folder = folder(&[("2025.txt", last.as_bytes()), ("2026.txt", this.as_bytes())]);
    let run = zhubi(folder.path(), &["check", "--select", "style/copied-document", "."]);
    assert!(run.out.contains("2025.txt”第1行相同"), "{}", run.out);
    assert_eq!(run.out.matches("style/copied-document").count(), 1, "{}", run.out);
    let ignored = format!("zhubi: ignore-file style/copied-document\n{this}");
    std::fs::write(folder.path().join("2026.txt"), ignored).unwrap();
    let run = zhubi(folder.path(), &["check", "--select", "style/copied-document", "."]);
    assert!(run.out.contains("没有发现问题"), "{}", run.out);
}

#[test]
fn min_severity_hides_but_does_not_forgive() {
    let folder = folder(&[("a.txt", "会议指出,要加强。".as_bytes())]);
    let run = zhubi(folder.path(), &["check", "a.txt", "--min-severity", "error", "--fail-on", "warning"]);
    let said = "共检查1个文件：没有要显示的问题；另有警告1处，级别低于 --min-severity，没有显示\n";
    assert_eq!((run.status, run.out.as_str()), (1, said));
}

#[test]
fn a_file_given_twice_is_checked_once() {
    let text = "全年共组织党员干部集中学习二十四次，撰写心得体会六十篇。走访企业四十二家，帮助解决用工、融资等问题三十一个。举办技能培训班六期，培训农村实用人才四百五十人次。";
    let folder = folder(&[("r.txt", text.as_bytes()), ("sub/s.txt", b"")]);
    for paths in [&["r.txt", "./r.txt"][..], &[".", "r.txt"], &["sub/../r.txt", "r.txt"], &["r.*", "r.txt"]] {
        let run = zhubi(
            folder.path(),
            &[&["check", "--select", "style/copied-document", "--quiet"], paths].concat(),
        );
        assert_eq!((run.status, run.shown().contains("copied-document")), (0, false), "{}", run.shown());
        let listed = zhubi(folder.path(), &[&["check", "--show-files"], paths].concat()).out;
        assert_eq!(listed.matches("r.txt").count(), 1, "{listed}");
    }
}

#[test]
fn json_is_json_whatever_became_of_the_run() {
    let folder = folder(&[("a.txt", b"a"), ("zhubi.toml", b"selct = []"), ("empty/zhubi.toml", b"")]);
    for (path, status) in [("a.txt", 2), ("missing.txt", 2), ("empty", 2)] {
        let run = zhubi(folder.path(), &["check", "--format", "json", path]);
        assert_eq!((run.status, run.out.as_str()), (status, "[]\n"), "{path}: {}", run.shown());
    }
}

#[test]
fn quiet_leaves_the_findings_only() {
    let folder = folder(&[("a.txt", &*encoding_rs::GB18030.encode("认真学习政冶理论。").0), ("b.pdf", b"")]);
    let run = zhubi(folder.path(), &["check", "-q", "."]);
    assert!(run.out.contains("政冶") && !run.out.contains("共检查"), "{}", run.shown());
    assert_eq!(run.err, "");
}

#[test]
fn a_name_for_standard_input_needs_standard_input() {
    let folder = folder(&[("real.md", "政冶".as_bytes())]);
    for arguments in [
        &["check", "--stdin-filename", "x.md", "real.md"][..],
        &["outline", "--stdin-filename", "x.md", "real.md"],
    ] {
        let run = zhubi(folder.path(), arguments);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{}", run.shown());
        assert!(run.err.contains("“-”"), "{}", run.err);
    }
    let run = zhubi_with(
        folder.path(),
        &["outline", "-", "--stdin-filename", "x.md"],
        "# 总结\n\n内容。\n".as_bytes(),
    );
    assert!(run.out.starts_with("总结  "), "{}", run.shown());
}

#[test]
fn patterns_that_the_shell_left_alone_are_expanded() {
    let folder =
        folder(&[("a.txt", "学习政冶".as_bytes()), ("b.txt", b""), ("[1].txt", b""), (".c.txt", b"")]);
    let listed = |pattern: &str| zhubi(folder.path(), &["check", "--show-files", pattern]).out;
    assert_eq!(listed("*.txt"), "检查  [1].txt\n检查  a.txt\n检查  b.txt\n");
    assert_eq!(listed("[1].txt"), "检查  [1].txt\n");
    assert_eq!(listed("[ab].txt"), "检查  a.txt\n检查  b.txt\n");
    let run = zhubi(folder.path(), &["check", "*.md"]);
    assert_eq!((run.status, run.err.as_str()), (2, "zhubi: 没有符合“*.md”的文件\n"));
}

#[test]
fn folders_are_walked_in_order_and_gitignore_is_kept() {
    let draft = "学习政冶".as_bytes();
    let folder = folder(&[
        ("b.txt", draft),
        ("a/z.md", draft),
        ("a/b.txt", draft),
        ("skip.txt", draft),
        ("code.rs", draft),
        (".gitignore", b"skip.txt\n"),
        ("out/old.txt", draft),
        ("zhubi.toml", b"exclude = [\"out\"]\n"),
    ]);
    let run = zhubi(folder.path(), &["check", "--format", "json", "."]);
    let findings: Vec<Value> = serde_json::from_str(&run.out).unwrap();
    let paths: Vec<&str> = findings.iter().map(|f| f["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["./a/b.txt", "./a/z.md", "./b.txt"]);
}

#[test]
fn standard_input_takes_a_name_for_its_format() {
    let text = "看`政冶`两字。".as_bytes();
    let folder = folder(&[]);
    assert_eq!(zhubi_with(folder.path(), &["check", "-"], text).status, 1);
    let run = zhubi_with(folder.path(), &["check", "-", "--stdin-filename", "a.md"], text);
    assert_eq!(run.status, 0, "{}", run.shown());
}

#[test]
fn what_cannot_be_done_is_said_and_the_rest_is_done() {
    let folder = folder(&[
        ("bad.txt", &[0x89, b'P', b'N', b'G', 0xFF, 0xD8, 0, 0xFE, 0x80][..]),
        ("good.txt", "学习政冶".as_bytes()),
    ]);
    let run = zhubi(folder.path(), &["check", "bad.txt", "missing.txt", "good.txt"]);
    insta::assert_snapshot!(run.shown());
}

#[test]
fn bad_arguments_and_bad_configuration_are_status_2() {
    let folder = folder(&[("a.txt", b"a"), ("zhubi.toml", "ignore = []\nselct = [\"typo\"]\n".as_bytes())]);
    let runs = [
        zhubi(folder.path(), &["check", "a.txt"]),
        zhubi(samples(), &["check", "--select", "typo/idoim", "."]),
        zhubi(samples(), &["check", "--min-severity", "fatal", "."]),
        zhubi(samples(), &["check", "--config", "missing.toml", "."]),
    ];
    for run in &runs {
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{}", run.shown());
        assert!(!run.err.contains("panicked"));
    }
    let said: Vec<&str> = runs.iter().map(|run| run.err.lines().next().unwrap()).collect();
    insta::assert_snapshot!(
        said.join("\n")
            .replace(folder.path().canonicalize().unwrap().to_str().unwrap(), "FOLDER")
            .replace(folder.path().to_str().unwrap(), "FOLDER")
    );
}

#[test]
fn the_nearest_configuration_rules() {
    let draft = "学习政冶".as_bytes();
    let folder = folder(&[
        ("zhubi.toml", b"[severity]\ntypo = \"hint\"\n"),
        ("a.txt", draft),
        ("strict/zhubi.toml", b""),
        ("strict/b.txt", draft),
    ]);
    assert_eq!(zhubi(folder.path(), &["check", "a.txt"]).status, 0);
    assert_eq!(zhubi(folder.path(), &["check", "strict/b.txt"]).status, 1);
}
