//! What the command line says of itself.

use crate::support::{folder, zhubi};

#[test]
fn help_is_a_command_and_wholly_chinese() {
    let folder = folder(&[]);
    let help = zhubi(folder.path(), &["help"]);
    assert_eq!((help.status, &help.out), (0, &zhubi(folder.path(), &["--help"]).out));
    assert!(help.out.contains("用法：") && help.out.contains("退出状态"), "{}", help.out);
    let check = zhubi(folder.path(), &["help", "check"]);
    assert_eq!((check.status, &check.out), (0, &zhubi(folder.path(), &["check", "-h"]).out));
    for level in ["错误 error", "警告 warning", "提示 info", "参考 hint", "关 off"] {
        assert!(check.out.contains(level), "{level}");
    }
    insta::assert_snapshot!(check.out);
    let of_help = zhubi(folder.path(), &["help", "help"]);
    assert!(of_help.status == 0 && of_help.out.contains("zhubi help"), "{}", of_help.shown());
    assert!(help.out.contains("\n命令：\n") && help.out.contains("  help         显示帮助"), "{}", help.out);
    let learn = zhubi(folder.path(), &["learn", "--help"]).out;
    assert!(learn.contains("--least") && learn.contains("--drafts"), "{learn}");
}

#[test]
fn without_a_command_the_help_is_shown_and_it_is_a_failure() {
    let run = zhubi(folder(&[]).path(), &[]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.contains("用法："), "{}", run.err);
}

#[test]
fn mistakes_of_the_command_line_are_said_in_chinese() {
    let folder = folder(&[]);
    let said: Vec<String> = [
        &["chekc"][..],
        &["check", "--exclud"],
        &["check", "--format", "xml"],
        &["check", "--format"],
        &["check", "--min-severity", "提醒"],
        &["check", "--exclude", "["],
        &["explain"],
        &["explain", "a", "b"],
        &["learn", "--least", "-1", "."],
        &["check", "--select", "nosuch"],
        &["check", "a.txt", "--config"],
        &["check", "--select", ""],
        &["check", "--exclude", ""],
        &["check", ""],
        &["outline", ""],
        &["learn", ""],
        &["explain", ""],
    ]
    .iter()
    .map(|arguments| {
        let run = zhubi(folder.path(), arguments);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{}", run.shown());
        format!("{}\n    {}", arguments.join(" "), run.err)
    })
    .collect();
    insta::assert_snapshot!(said.concat());
}
