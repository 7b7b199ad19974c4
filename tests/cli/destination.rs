//! Where reports go: what stands there must not be lost.

use std::fs;
use std::path::Path;

use crate::support::{folder, zhubi, zhubi_in};

const DRAFT: &str = "认真学习政冶理论。\n";

fn refused(folder: &Path, arguments: &[&str], why: &str) {
    let run = zhubi(folder, &[&["check", "-q"], arguments].concat());
    assert!(run.status == 2 && run.out.is_empty() && run.err.contains(why), "{arguments:?} {}", run.shown());
}

#[test]
fn two_names_of_one_file_are_one_place() {
    let folder = folder(&[("a.txt", DRAFT.as_bytes()), ("there.json", b""), ("sub/x", b"")]);
    for name in ["new.json", "there.json"] {
        for other in
            [format!("./{name}"), format!("sub/../{name}"), folder.path().join(name).display().to_string()]
        {
            let formats = format!("json={name},sarif={other}");
            refused(folder.path(), &["-f", &formats, "a.txt"], "两个 --format 都写到");
        }
    }
    refused(folder.path(), &["-f", "json,sarif=-", "a.txt"], "标准输出");
}

#[test]
fn a_report_never_takes_the_place_of_what_the_run_reads() {
    let folder = folder(&[("a.txt", DRAFT.as_bytes()), ("b.txt", DRAFT.as_bytes()), ("zhubi.toml", b"")]);
    let path = folder.path();
    // As a shell expands `-o *.txt *.txt`.
    refused(path, &["-o", "a.txt", "b.txt", "a.txt"], "盖掉要检查的 a.txt");
    refused(path, &["-f", "concise=./b.txt", "."], "盖掉要检查的 ./b.txt");
    refused(path, &["-o", "zhubi.toml", "a.txt"], "zhubi.toml");
    zhubi(path, &["baseline", "-q"]);
    refused(
        path,
        &["--baseline", "zhubi-baseline.json", "-o", "./zhubi-baseline.json"],
        "zhubi-baseline.json",
    );
    // Nor does the report of a run that cannot begin.
    fs::write(path.join("zhubi.toml"), "x = 1").unwrap();
    refused(path, &["-o", "a.txt", "."], "盖掉要检查的 a.txt");
    assert_eq!(fs::read_to_string(path.join("a.txt")).unwrap(), DRAFT);
    assert_eq!(fs::read_to_string(path.join("b.txt")).unwrap(), DRAFT);
}

#[cfg(unix)]
#[test]
fn a_pipe_takes_a_report_and_stays_a_pipe() {
    use std::os::unix::fs::FileTypeExt as _;
    let folder = folder(&[("a.txt", DRAFT.as_bytes())]);
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).unwrap()
    });
    let run = zhubi(folder.path(), &["check", "-q", "-f", "concise=pipe", "a.txt"]);
    assert_eq!((run.status, &*run.out, &*run.err), (1, "", ""), "{}", run.shown());
    assert!(reader.join().unwrap().starts_with("a.txt:1:5"));
    assert!(fs::metadata(pipe).unwrap().file_type().is_fifo());
}

#[cfg(unix)]
#[test]
fn standard_output_and_standard_error_have_names() {
    let folder = folder(&[("a.txt", DRAFT.as_bytes())]);
    let run = zhubi(folder.path(), &["check", "-q", "-f", "concise=/dev/stdout,json=/dev/stderr", "a.txt"]);
    assert!(run.out.starts_with("a.txt:1:5") && run.err.starts_with("[\n{"), "{}", run.shown());
    let run = zhubi(folder.path(), &["check", "-q", "-o", "-", "a.txt"]);
    assert!(run.out.starts_with("a.txt:1:5") && !folder.path().join("-").exists(), "{}", run.shown());
}

#[test]
fn a_format_that_is_none_is_told_by_the_name_of_the_option_that_gives_it() {
    let folder = folder(&[("a.txt", DRAFT.as_bytes())]);
    for arguments in [&["-f", "jsn"][..], &["-fjsn"], &["-qf", "jsn"], &["--format=jsn=x"]] {
        let run =
            zhubi_in(folder.path(), &[&["check", "a.txt"], arguments].concat(), &[("ZHUBI_FORMAT", "json")]);
        assert!(run.status == 2 && run.err.contains("--format"), "{arguments:?} {}", run.shown());
    }
}
