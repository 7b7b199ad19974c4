//! Runs the binary and keeps what it said.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a run said and how it ended.
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    /// All of it, for a snapshot.
    pub(crate) fn shown(&self) -> String {
        format!("{}--- stderr\n{}--- status {}\n", self.out, self.err, self.status)
    }
}

/// Runs `zhubi` with arguments in a folder, with nothing on standard input.
pub(crate) fn zhubi(folder: &Path, arguments: &[&str]) -> Run {
    zhubi_with(folder, arguments, b"")
}

/// The same with variables in its environment.
pub(crate) fn zhubi_in(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    run(folder, arguments, variables, b"")
}

/// The same with something on standard input.
pub(crate) fn zhubi_with(folder: &Path, arguments: &[&str], input: &[u8]) -> Run {
    run(folder, arguments, &[], input)
}

/// Variables that change what it does, and may be set where the tests run.
const VARIABLES: [&str; 13] = [
    "CI",
    "CLICOLOR_FORCE",
    "FORCE_HYPERLINK",
    "GITHUB_ACTIONS",
    "GITLAB_CI",
    "NO_COLOR",
    "ZHUBI_BASELINE",
    "ZHUBI_CACHE_DIR",
    "ZHUBI_CHANGED_SINCE",
    "ZHUBI_CONFIG",
    "ZHUBI_FAIL_ON",
    "ZHUBI_FORMAT",
    "ZHUBI_LOG",
];

/// A run that has yet to be started.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhubi"));
    for name in VARIABLES {
        command.env_remove(name);
    }
    command.args(arguments).current_dir(folder);
    command
}

fn run(folder: &Path, arguments: &[&str], variables: &[(&str, &str)], input: &[u8]) -> Run {
    let mut child = command(folder, arguments)
        .envs(variables.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // From a thread: a program that answers as it reads would wait for us, and we for it.
    let writer = std::thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Run {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Can files be locked from whoever runs the tests? Not from the administrator.
#[cfg(unix)]
pub(crate) fn locks_hold() -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder(&[("locked", b"")]);
    let locked = folder.path().join("locked");
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000)).unwrap();
    std::fs::read(locked).is_err()
}

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}
