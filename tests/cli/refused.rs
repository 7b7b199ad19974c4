//! What cannot be checked, or mended, is said, and costs itself only.

use crate::support::{folder, zhubi, zhubi_with};

const WRONG: &[u8] = "认真学习政冶理论。".as_bytes();

#[test]
fn a_binary_file_is_no_text_and_is_not_mended() {
    let zeros = vec![0; 4096];
    let tar = [b"a.txt", &[0; 95][..], WRONG, &[0; 400]].concat();
    let folder = folder(&[("z.txt", &zeros), ("tar.txt", &tar), ("a.txt", WRONG)]);
    let run = zhubi(folder.path(), &["check", "--fix", "."]);
    assert!(run.status == 2 && run.err.matches("不是文本文件").count() == 2, "{}", run.shown());
    assert_eq!(std::fs::read(folder.path().join("z.txt")).unwrap(), zeros);
    assert_eq!(std::fs::read(folder.path().join("tar.txt")).unwrap(), tar);
    let utf_32: Vec<u8> = "\u{FEFF}学习".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    let run = zhubi_with(folder.path(), &["check", "-"], &utf_32);
    assert!(run.status == 2 && run.err.contains("标准输入") && run.err.contains("UTF-32"), "{}", run.shown());
}

#[test]
fn a_bad_configuration_below_costs_its_folder_only() {
    let folder = folder(&[
        ("a.txt", WRONG),
        ("sub/zhubi.toml", b"selct = []\n"),
        ("sub/b.txt", WRONG),
        ("sub/c.txt", WRONG),
    ]);
    let run = zhubi(folder.path(), &["check", "."]);
    assert_eq!(run.status, 2, "{}", run.shown());
    assert!(run.out.contains("./a.txt:1:5") && run.out.contains("有2个文件或文件夹没能检查"), "{}", run.out);
    assert_eq!(run.err.matches("zhubi.toml:1:1").count(), 1, "{}", run.err);
    let run = zhubi(folder.path(), &["check", "sub/b.txt", "a.txt"]);
    assert!(run.status == 2 && run.out.contains("a.txt:1:5"), "{}", run.shown());
}

#[test]
fn what_is_no_text_is_not_to_be_saved_as_a_draft_where_it_is_none() {
    let folder = folder(&[("a.txt", WRONG), ("w.txt", b"%PDF-1.4\n"), ("p.toml", b"\0\0")]);
    let config = folder.path().join("zhubi.toml");
    for text in ["\0\0\0\0", "[dictionary]\nfiles = [\"w.txt\"]\n", "[packs]\nfiles = [\"p.toml\"]\n"] {
        std::fs::write(&config, text).unwrap();
        let run = zhubi(folder.path(), &["check", "a.txt"]);
        assert!(run.status == 2 && run.err.contains("应当是 UTF-8 编码的纯文本"), "{}", run.shown());
        assert!(!run.err.contains(".md"), "{}", run.err);
    }
}

#[test]
fn a_file_too_large_for_a_draft_is_refused() {
    let folder = folder(&[("a.txt", b"")]);
    let file = std::fs::File::options().write(true).open(folder.path().join("a.txt")).unwrap();
    file.set_len((64 << 20) + 1).unwrap();
    let run = zhubi(folder.path(), &["check", "a.txt"]);
    assert!(run.status == 2 && run.err.contains("超过64兆字节"), "{}", run.shown());
}

#[test]
fn a_broken_byte_in_a_short_draft_is_told_by_its_line() {
    let folder = folder(&[("a.txt", "一、学习\n二、工".as_bytes().split_last().unwrap().1)]);
    let run = zhubi(folder.path(), &["check", "a.txt"]);
    assert!(run.status == 2 && run.err.contains("a.txt：第2行有无法识别的字节"), "{}", run.shown());
}

#[cfg(unix)]
mod on_unix {
    use std::os::unix::fs::symlink;
    use std::process::{Command, Stdio};

    use super::WRONG;
    use crate::support::{folder, zhubi};

    #[test]
    fn what_is_no_file_is_not_read() {
        let folder = folder(&[]);
        let pipe = folder.path().join("pipe.txt");
        // Made by the tool for it: the standard library cannot.
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        for (name, what) in [("pipe.txt", "是管道"), ("/dev/zero", "是设备"), (".", "")] {
            for command in ["check", "outline", "learn"] {
                let run = zhubi(folder.path(), &[command, name]);
                assert!(run.status == 2 && run.err.contains(what), "{command} {name}: {}", run.shown());
            }
        }
    }

    #[test]
    fn a_configuration_that_is_no_file_is_said() {
        let folder = folder(&[
            ("a.txt", WRONG),
            ("sub/b.txt", WRONG),
            ("dir/c.txt", WRONG),
            ("dir/zhubi.toml/x", b""),
        ]);
        symlink("nowhere", folder.path().join("sub/zhubi.toml")).unwrap();
        let run = zhubi(folder.path(), &["check", "."]);
        assert_eq!(run.status, 2, "{}", run.shown());
        assert!(run.err.contains("sub/zhubi.toml：是链接，它指向的文件已经不在了"), "{}", run.err);
        assert!(run.err.contains("dir/zhubi.toml：是文件夹，不是文件"), "{}", run.err);
        assert!(run.out.contains("./a.txt:1:5"), "{}", run.out);
    }

    #[test]
    fn two_names_of_one_file_are_one_file() {
        let folder = folder(&[("a.txt", WRONG)]);
        std::fs::hard_link(folder.path().join("a.txt"), folder.path().join("b.txt")).unwrap();
        let run = zhubi(folder.path(), &["check", "--fix", "a.txt", "b.txt"]);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{}", run.shown());
        assert!(run.out.contains("改正1处（1个文件）"), "{}", run.out);
        assert_eq!(std::fs::read_to_string(folder.path().join("b.txt")).unwrap(), "认真学习政治理论。");
    }

    #[test]
    fn whoever_stops_reading_learns_what_was_found_till_then() {
        let many: String = "认真学习政冶理论。\n\n".repeat(3_000);
        let folder = folder(&[("a.txt", many.as_bytes()), ("b.txt", WRONG)]);
        let status = |arguments: &[&str]| {
            let mut child = Command::new(env!("CARGO_BIN_EXE_zhubi"))
                .args(arguments)
                .current_dir(folder.path())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            drop(child.stdout.take());
            child.wait().unwrap().code()
        };
        assert_eq!(status(&["check", "."]), Some(1));
        assert_eq!(status(&["check", "--format", "json", "."]), Some(1));
        // What is to be mended is mended, read or not.
        assert_eq!(status(&["check", "--fix", "."]), Some(0));
        assert_eq!(std::fs::read_to_string(folder.path().join("b.txt")).unwrap(), "认真学习政治理论。");
    }

    #[test]
    fn a_help_that_cannot_be_written_is_a_failure() {
        if !std::path::Path::new("/dev/full").exists() {
            return;
        }
        for arguments in [&["help"][..], &["--version"], &["help", "check"]] {
            let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
            let mut command = Command::new(env!("CARGO_BIN_EXE_zhubi"));
            let status = command.args(arguments).stdout(full).stderr(Stdio::null()).status().unwrap();
            assert_eq!(status.code(), Some(2), "{arguments:?}");
        }
    }
}
