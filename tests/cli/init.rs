//! `zhubi init`: a configuration that suits a folder.

use crate::support::{folder, zhubi};

const REQUEST: &[u8] = "关于购置水泵的请示\n\n县财政局：\n\n拟购置水泵两台。\n".as_bytes();
const PACK: &[u8] =
    "name = \"用语\"\n[[rule]]\nname = \"甲\"\nfind = \"甲乙\"\nbad = \"甲乙。\"\n".as_bytes();

#[test]
fn what_a_folder_holds_is_put_in_or_proposed() {
    let folder = folder(&[
        ("zhubi.toml", b"ignore = [\"number\"]\n"),
        ("part/a.txt", REQUEST),
        ("part/b.txt", REQUEST),
        ("part/c.md", "# 通知\n".as_bytes()),
        ("part/README.md", b"# x\n"),
        ("part/2020/旧稿存档/d.txt", REQUEST),
        ("part/words.txt", "专班\n".as_bytes()),
        ("part/packs/a.toml", PACK),
        ("part/packs/bad.toml", b"name = \"x\"\n[[rule]]\n"),
        ("part/other.toml", b"x = 1\n"),
    ]);
    let run = zhubi(folder.path(), &["init", "part"]);
    assert_eq!((run.status, run.out.as_str()), (0, ""), "{}", run.shown());
    assert!(run.err.contains("写好了 part/zhubi.toml（有5份稿子：.md 2份，.txt 3份）"), "{}", run.err);
    assert!(run.err.contains("packs/bad.toml：规则包有误，没有写进去"), "{}", run.err);
    let file = folder.path().join("part/zhubi.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    insta::assert_snapshot!(text);
    let config = zhubi::Config::read(&file).unwrap();
    assert_eq!((config.ignore, config.packs.loaded.len()), (vec!["number".to_owned()], 1));
    let check = zhubi(folder.path(), &["check", "part"]);
    assert!(check.status < 2 && check.err.is_empty(), "{}", check.shown());
}

#[test]
fn what_is_there_is_not_overwritten_unless_that_is_asked_for() {
    let folder = folder(&[("zhubi.toml", b"# mine\n"), ("a.txt", b"")]);
    let read = || std::fs::read_to_string(folder.path().join("zhubi.toml")).unwrap();
    let run = zhubi(folder.path(), &["init"]);
    assert!(
        run.status == 2 && run.err.contains("已经有了") && run.err.contains("--force"),
        "{}",
        run.shown()
    );
    assert_eq!(read(), "# mine\n");
    let shown = zhubi(folder.path(), &["init", "--stdout"]);
    assert_eq!((shown.status, shown.err.as_str(), read().as_str()), (0, "", "# mine\n"));
    assert_eq!(zhubi(folder.path(), &["init", "--force"]).status, 0);
    assert_eq!(read(), shown.out);
    for (place, said) in [("none", "没有这个文件或文件夹"), ("a.txt", "不是文件夹")] {
        let run = zhubi(folder.path(), &["init", place]);
        assert!(run.status == 2 && run.err.contains(said), "{}", run.shown());
    }
}

#[test]
fn a_configuration_above_that_is_wrong_is_not_extended() {
    let folder = folder(&[("zhubi.toml", b"selct = []\n"), ("part/x", b"")]);
    let run = zhubi(folder.path(), &["init", "part"]);
    assert!(run.status == 0 && run.err.contains("没有继承它"), "{}", run.shown());
    let config = zhubi::Config::read(&folder.path().join("part/zhubi.toml")).unwrap();
    assert_eq!(config.extend, None);
}

#[cfg(unix)]
#[test]
fn what_is_proposed_to_be_left_out_is_left_out_whatever_it_is_called() {
    let names = ["归档[x]{y}", "备份*?", "旧稿\"'"];
    let files: Vec<(String, &[u8])> = names.map(|name| (format!("{name}/a.txt"), REQUEST)).into();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (&**name, *text)).collect();
    let folder = folder(&files);
    assert_eq!(zhubi(folder.path(), &["init"]).status, 0);
    let file = folder.path().join("zhubi.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("#exclude", "exclude")).unwrap();
    let listed = zhubi(folder.path(), &["check", "--show-files"]);
    assert_eq!(
        listed.out.lines().filter(|line| line.contains("exclude 排除")).count(),
        3,
        "{}",
        listed.shown()
    );
    assert!(listed.err.is_empty(), "{}", listed.err);
}
