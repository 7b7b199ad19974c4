//! Nothing to check does not look like nothing found.

use crate::support::{folder, zhubi, zhubi_with};

#[test]
fn an_empty_file_is_said_and_counted() {
    let folder = folder(&[
        ("a.txt", "会议指出，要加强领导。".as_bytes()),
        ("e.txt", b""),
        ("bom.txt", b"\xEF\xBB\xBF"),
        ("blank.txt", " \n\u{3000}\n".as_bytes()),
    ]);
    let run = zhubi(folder.path(), &["check", "a.txt", "e.txt"]);
    assert_eq!((run.status, run.err.as_str()), (0, "zhubi: e.txt：是空的\n"));
    assert!(run.out.contains("共检查1个文件") && run.out.contains("略过1个：空文件1个"), "{}", run.out);
    let run = zhubi(folder.path(), &["check", "."]);
    assert!(run.err.contains("3个文件是空的") && run.out.contains("空文件3个"), "{}", run.shown());
}

#[test]
fn only_empty_input_is_a_failure_unless_it_is_allowed() {
    let folder = folder(&[("e.txt", b"")]);
    for arguments in [&["check", "-"][..], &["check", "e.txt"], &["check", "--fix", "-"], &["check", "."]] {
        let run = zhubi_with(folder.path(), arguments, b"");
        assert_eq!(run.status, 2, "{}", run.shown());
        assert!(run.err.contains("没有可检查的文字") && run.err.contains("是空的"), "{}", run.shown());
        assert!(!run.out.contains("没有发现问题"), "{}", run.out);
        let allowed = zhubi_with(folder.path(), &[arguments, &["--allow-empty"]].concat(), b"");
        assert_eq!(allowed.status, 0, "{}", allowed.shown());
    }
    let json = zhubi(folder.path(), &["check", "--format", "json", "e.txt"]);
    assert_eq!((json.status, json.out.as_str()), (2, "[]\n"));
}
