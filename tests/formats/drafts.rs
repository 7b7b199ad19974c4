//! The drafts that all formats are tried on, and their reports.

use std::collections::HashMap;
use std::path::Path;
use std::sync::LazyLock;

use tempfile::TempDir;

use crate::support::{Run, folder, zhubi};

/// A file whose name has to be escaped everywhere.
pub(crate) const ODD_NAME: &str = "目 录#1/稿“一”100%,a:b;c='d'&.txt";

const PACK: &str = r#"name = "本单位"
[[rule]]
name = "试"
find = "驻村帮扶队"
replace = "驻村“工作队”"
message = "空\u0000、转义\u001B[31m、非字符\uFFFE、]]>、\"双\"、'单'、<b>&amp;、[链](1)、{0}、换\n行、100%"
severity = "warning"
bad = "驻村帮扶队走访群众。"
good = "驻村工作队走访群众。"
"#;

/// Drafts with all that a report may have to tell.
pub(crate) fn drafts() -> TempDir {
    let sample =
        |name: &str| std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)).unwrap();
    let (summary, notice, survey) = (sample("work-summary.txt"), sample("notice.md"), sample("survey.md"));
    let request = sample("request.txt");
    let repeated = "全年共组织党员干部集中学习二十四次，撰写心得体会六十篇，\n走访企业四十二家，帮助解决用工、融资等问题三十一个。\n举办技能培训班六期，培训农村实用人才四百五十人次。";
    let lines = format!("# 总结\n\n{repeated}\n\n中间一段，书记说，“一定要把好事办好。”\n\n{repeated}\n");
    let beyond = "😀𠮷认真学习政冶理论,会上😀学习政冶。\r\n驻村帮扶队走访群众。\r\n";
    let (chinese, _, _) = encoding_rs::GB18030.encode("认真学习政冶理论。\r\n会议指出,要加强。\r\n");
    folder(&[
        ("zhubi.toml", "[packs]\nfiles = [\"pack.toml\"]\n".as_bytes()),
        ("pack.toml", PACK.as_bytes()),
        ("samples/work-summary.txt", &summary),
        ("samples/notice.md", &notice),
        ("samples/survey.md", &survey),
        ("samples/request.txt", &request),
        ("lines.md", lines.as_bytes()),
        (ODD_NAME, beyond.as_bytes()),
        ("bom.txt", "\u{FEFF}认真学习政冶理论。\n".as_bytes()),
        ("control.txt", "学习政冶\u{1B}[31m理论\u{7F}、再接再励]]>。\n".as_bytes()),
        ("clean.txt", "会议指出，要加强领导。\n".as_bytes()),
        ("gb18030.txt", &chinese),
        ("unreadable.txt", b"\x00\xFF\x00\x01\x02\xFE\xFF\x00\x81"),
        ("empty.txt", b""),
    ])
}

/// What `zhubi check` says of a folder in a format.
pub(crate) fn check(folder: &Path, format: &str, arguments: &[&str]) -> Run {
    zhubi(folder, &[&["check", "--format", format], arguments].concat())
}

/// The formats that a program reads, a browser too.
const FORMATS: [&str; 9] =
    ["json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "html"];

/// The reports of a run in all formats at once, by the formats.
pub(crate) fn reports(folder: &Path, arguments: &[&str]) -> (Run, HashMap<&'static str, String>) {
    let reports = tempfile::tempdir().unwrap();
    let file = |format: &str| reports.path().join(format!("报告.{format}"));
    let outputs = FORMATS.map(|format| format!("--format={format}={}", file(format).display()));
    let outputs: Vec<&str> = outputs.iter().map(String::as_str).collect();
    let run = zhubi(folder, &[&["check", "--format=concise"], &outputs[..], arguments].concat());
    (run, FORMATS.map(|format| (format, std::fs::read_to_string(file(format)).unwrap())).into())
}

/// The report of the drafts in a format.
pub(crate) fn report(format: &str) -> &'static str {
    static REPORTS: LazyLock<HashMap<&str, String>> = LazyLock::new(|| {
        let (run, reports) = reports(drafts().path(), &["."]);
        assert_eq!(run.status, 2, "{}", run.err);
        reports
    });
    &REPORTS[format]
}

/// The reports of the runs in which there is nothing to tell, or nothing else: each with its exit status.
pub(crate) fn bare_reports(format: &str) -> Vec<(i32, String)> {
    let clean = "会议指出，要加强领导。\n";
    let runs = [
        (0, clean, "", "."),
        (0, "", "", "--allow-empty"),
        (2, "", "", "."),
        (2, clean, "selct = []", "."),
        (2, clean, "", "missing.txt"),
    ];
    let report = |(status, draft, config, argument): (i32, &str, &str, &str)| {
        let folder = folder(&[("a.txt", draft.as_bytes()), ("zhubi.toml", config.as_bytes())]);
        let run = check(folder.path(), format, &[argument]);
        assert_eq!(run.status, status, "{}", run.shown());
        (status, run.out)
    };
    runs.map(report).into()
}

/// The report of drafts that `--fix` has mended.
pub(crate) fn fixed_report(format: &str) -> String {
    let drafts = drafts();
    let run = check(drafts.path(), format, &["--fix", "."]);
    assert_eq!(run.status, 2, "{}", run.err);
    run.out
}
