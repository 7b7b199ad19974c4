//! `zhubi check --watch`, over what it really does. Machines may be slow: what is waited for may take a minute.

use std::io::{BufRead as _, BufReader, Read};
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use crate::support::{command, folder, zhubi, zhubi_with};

/// A run that goes on, ended with the test.
struct Watch {
    child: Child,
    /// Its lines, in order within standard output and standard error each.
    written: Receiver<String>,
    read: String,
}

impl Watch {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = command(folder, &[&["check", "--watch", "-f", "concise"], arguments].concat())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, written) = mpsc::channel();
        let streams: [Box<dyn Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for stream in streams {
            let sender = sender.clone();
            std::thread::spawn(move || {
                let lines = BufReader::new(stream).lines().map_while(Result::ok);
                lines.map(|line| sender.send(line)).take_while(Result::is_ok).for_each(drop);
            });
        }
        Self { child, written, read: String::new() }
    }

    /// Reads until all of this has been written since the last call, in any order.
    #[track_caller]
    fn wait_for(&mut self, said: &[&str]) {
        let until = Instant::now() + Duration::from_secs(60);
        while !said.iter().all(|said| self.read.contains(said)) {
            let left = until.saturating_duration_since(Instant::now());
            match self.written.recv_timeout(left) {
                Ok(line) => self.read += &(line + "\n"),
                Err(error) => panic!("{error}: {said:?} is not in {:?}", self.read),
            }
        }
        self.read.clear();
    }

    /// Does it come to rest, with nothing checked for a while? One change may be several on a slow machine.
    fn is_idle(&self) -> bool {
        (0..5).any(|_| {
            std::thread::sleep(Duration::from_secs(1));
            !self.written.try_iter().any(|line| line.contains(WAITS))
        })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const WAITS: &str = "一有改动就重新检查";

#[test]
fn a_change_is_checked_and_what_a_check_does_is_none() {
    let folder = folder(&[
        ("a.txt", "认真学习政冶理论。\n".as_bytes()),
        ("words.lst", b""),
        ("zhubi.toml", b"[dictionary]\nfiles = [\"words.lst\"]\n"),
    ]);
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let mut watch = Watch::start(folder.path(), &["--cache", "-f", "json=report.txt", "."]);
    watch.wait_for(&["a.txt:1:5", WAITS]);
    assert!(watch.is_idle(), "its own report, cache and reading are no changes");
    write("a.txt", "安排布署防汛工作。\n");
    watch.wait_for(&["布署", "错误1处", WAITS]);
    write("b.txt", "认真学习政冶理论。\n");
    watch.wait_for(&["b.txt:1:5", "错误2处", WAITS]);
    // As editors save: a new file in the place of the old one.
    write("a.txt~", "安排部署防汛工作。\n");
    std::fs::rename(folder.path().join("a.txt~"), folder.path().join("a.txt")).unwrap();
    watch.wait_for(&["错误1处", WAITS]);
    write("words.lst", "政冶\n");
    watch.wait_for(&["没有发现问题", WAITS]);
    write("zhubi.toml", "selct = []\n");
    watch.wait_for(&["selct", WAITS]);
    write("zhubi.toml", "");
    watch.wait_for(&["b.txt:1:5", WAITS]);
    assert!(watch.is_idle());
    write("b.log", "政冶");
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(watch.written.try_iter().collect::<String>(), "", "no draft");
}

#[test]
fn what_a_configuration_is_made_of_is_watched_before_it_is_there() {
    let draft = "认真学习政冶理论。\n".as_bytes();
    let folder = folder(&[
        ("稿/部/a.txt", draft),
        ("稿/部/zhubi.toml", b"extend = \"../../base/zhubi.toml\"\n"),
        ("base/x", b""),
    ]);
    let write = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    };
    let known = "../known.json";
    write("known.json", "{\"version\": 1, \"files\": {}}");
    let mut watch = Watch::start(&folder.path().join("稿"), &["--baseline", known, "."]);
    watch.wait_for(&["不能继承", WAITS]);
    write("base/zhubi.toml", "[dictionary]\nfiles = [\"lists/words.lst\"]\n");
    watch.wait_for(&["words.lst", WAITS]);
    write("base/lists/words.lst", "x\n");
    watch.wait_for(&["a.txt:1:5", WAITS]);
    write("base/lists/words.lst", "政冶\n");
    watch.wait_for(&["没有发现问题", WAITS]);
    write("base/zhubi.toml", "");
    watch.wait_for(&["a.txt:1:5", WAITS]);
    zhubi(&folder.path().join("稿"), &["baseline", "-q", "-o", known]);
    watch.wait_for(&["在基线里", WAITS]);
    // One that comes to be above a draft that has none of its own.
    std::fs::remove_file(folder.path().join("稿/部/zhubi.toml")).unwrap();
    watch.wait_for(&[WAITS]);
    write("zhubi.toml", "selct = []\n");
    watch.wait_for(&["selct", WAITS]);
}

#[test]
fn a_single_file_is_watched_and_the_interrupt_key_ends_it() {
    let folder = folder(&[("a.txt", "认真学习政冶理论。\n".as_bytes()), ("b.txt", b"")]);
    let mut watch = Watch::start(folder.path(), &["a.txt"]);
    watch.wait_for(&["a.txt:1:5", WAITS]);
    std::fs::write(folder.path().join("a.txt"), "安排布署防汛工作。\n").unwrap();
    watch.wait_for(&["布署", WAITS]);
    let id = watch.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    // The shell reports 128 and the number of the signal, which is 2.
    assert_eq!(watch.child.wait().unwrap().signal(), Some(2));
}

#[test]
fn it_ends_when_nobody_reads_it_any_more() {
    let folder = folder(&[("a.txt", "认真学习政冶理论。\n".as_bytes())]);
    let mut child = command(folder.path(), &["check", "-w", "."])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut texts = ["认真学习政冶理论。\n", "认真学习。\n"];
    let until = Instant::now() + Duration::from_secs(60);
    let ended = loop {
        match child.try_wait().unwrap() {
            // It notices as it writes. The first time, a process that another test is starting may hold the
            // pipe yet.
            None if Instant::now() < until => {
                std::thread::sleep(Duration::from_millis(200));
                texts.rotate_left(1);
                std::fs::write(folder.path().join("a.txt"), texts[0]).unwrap();
            }
            ended => break ended,
        }
    };
    if ended.is_none() {
        child.kill().unwrap();
    }
    assert_eq!(ended.and_then(|status| status.code()), Some(1));
}

#[test]
fn what_cannot_be_watched_is_refused() {
    let folder = folder(&[("a.txt", b"a")]);
    for (arguments, said) in [
        (&["--fix", "a.txt"][..], "--watch 不能和 --fix 一起用"),
        (&["--show-files", "a.txt"], "不能和"),
        (&["no/such.txt"], "--watch 看不到"),
        (&["--select", "no-such-rule", "a.txt"], "no-such-rule"),
    ] {
        let run = zhubi(folder.path(), &[&["check", "--watch"], arguments].concat());
        assert!(run.status == 2 && run.err.contains(said), "{}", run.shown());
        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    }
    let run = zhubi_with(folder.path(), &["check", "-w", "-"], b"a");
    assert!(run.status == 2 && run.err.contains("标准输入"), "{}", run.shown());
}
