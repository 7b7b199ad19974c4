//! What is seen at a terminal, which these tests make.

use std::fs::{File, OpenOptions};
use std::io::Read as _;
use std::path::Path;
use std::process::Stdio;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use unicode_width::UnicodeWidthStr as _;

use crate::support::{command, folder, zhubi};

/// A run with standard output and standard error at a terminal: its status and all that was written.
fn at_terminal(folder: &Path, arguments: &[&str], columns: u16, variables: &[(&str, &str)]) -> (i32, String) {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    tcsetwinsize(&master, Winsize { ws_row: 40, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();
    let name = ptsname(&master, Vec::new()).unwrap().into_string().unwrap();
    let terminal = OpenOptions::new().read(true).write(true).open(name).unwrap();
    let mut child = command(folder, arguments)
        .env("TERM", "xterm-256color")
        .envs(variables.iter().copied())
        .stdin(Stdio::null())
        .stdout(terminal.try_clone().unwrap())
        .stderr(terminal)
        .spawn()
        .unwrap();
    let mut written = Vec::new();
    // Linux reports an error when the last writer has closed the terminal.
    let _ = File::from(master).read_to_end(&mut written);
    let status = child.wait().unwrap().code().unwrap_or(-1);
    (status, String::from_utf8(written).unwrap().replace("\r\n", "\n"))
}

fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

#[test]
fn an_excerpt_is_as_wide_as_the_terminal() {
    let line = format!("{0}认真学习政冶理论{0}。\n", "扎实推进各项工作".repeat(30));
    let folder = folder(&[("a.txt", line.as_bytes())]);
    let mut last = 0;
    for columns in [60, 80, 120, 200] {
        let (status, out) = at_terminal(folder.path(), &["check", "."], columns, &[]);
        assert!(status == 1 && out.contains("\x1b["), "{out}");
        let widest =
            plain(&out).lines().filter(|line| line.starts_with("1 |")).map(|line| line.width()).max();
        let widest = widest.unwrap();
        assert!(widest <= usize::from(columns) && widest > last, "{columns}: {widest}\n{}", plain(&out));
        last = widest;
    }
}

#[test]
fn colours_can_be_refused_at_a_terminal() {
    let folder = folder(&[("a.txt", "认真学习政冶理论。\n".as_bytes())]);
    for (arguments, variables) in
        [(&["check", "--color", "never", "."][..], &[][..]), (&["check", "."], &[("NO_COLOR", "1")])]
    {
        let (status, out) = at_terminal(folder.path(), arguments, 80, variables);
        assert!(status == 1 && out.contains("政冶") && !out.contains('\x1b'), "{out:?}");
    }
}

#[test]
fn the_page_of_a_rule_is_linked_where_it_has_an_address() {
    let folder = folder(&[("a.txt", "认真学习政冶理论。\n".as_bytes())]);
    let can = [("FORCE_HYPERLINK", "1")];
    let (_, out) = at_terminal(folder.path(), &["check", "."], 80, &can);
    let has_address = !env!("CARGO_PKG_REPOSITORY").is_empty();
    assert_eq!(out.contains("docs/rules/typo/confusable-word.md"), has_address, "{out:?}");
    let piped = crate::support::zhubi_in(folder.path(), &["check", "--color", "always", "."], &can);
    assert!(!piped.out.contains("\x1b]8"), "{:?}", piped.out);
}

#[test]
fn a_long_run_shows_how_far_it_is_at_a_terminal_only() {
    let draft = "认真学习政冶理论。\n".as_bytes();
    let names: Vec<String> = (0..260).map(|nth| format!("{nth}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), draft)).collect();
    let many = folder(&files);
    let arguments = ["check", "-f", "concise", "."];
    let (status, out) = at_terminal(many.path(), &arguments, 80, &[]);
    assert!(status == 1 && out.contains("/260"), "{out:?}");
    // Where a finding begins, the bar has been cleared.
    for (at, _) in out.match_indices("./") {
        let before = &out[..at];
        let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
        assert!(!plain(line.rsplit("\x1b[2K").next().unwrap()).contains("/260"), "{line:?}");
    }
    let ends_with = plain(out.rsplit("\x1b[2K").next().unwrap());
    assert!(!ends_with.contains("/260") && ends_with.contains("共检查260个文件"), "{ends_with:?}");
    let (_, quiet) = at_terminal(many.path(), &["check", "-q", "."], 80, &[]);
    let (_, in_ci) = at_terminal(many.path(), &arguments, 80, &[("CI", "true")]);
    assert!(!quiet.contains("/260") && !in_ci.contains("/260"));
    let piped = zhubi(many.path(), &arguments);
    assert_eq!(piped.err, "");
    assert!(!piped.out.contains("/260"));
    let few = folder(&[("a.txt", draft)]);
    assert!(!at_terminal(few.path(), &arguments, 80, &[]).1.contains("/1 "));
}
