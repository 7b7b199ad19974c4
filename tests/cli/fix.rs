use crate::support::{folder, zhubi};

#[test]
fn a_fix_keeps_encoding_and_line_ends() {
    let before = "一、认真学习政冶理论,\r\n开设\"园地\"拦目。\r\n";
    let after = "一、认真学习政治理论，\r\n开设“园地”栏目。\r\n";
    let gbk = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let bom = |text: &str| format!("\u{FEFF}{text}").into_bytes();
    let folder =
        folder(&[("gbk.txt", &gbk(before)), ("bom.txt", &bom(before)), ("utf8.txt", before.as_bytes())]);
    let run = zhubi(folder.path(), &["check", "--fix", "."]);
    assert_eq!(run.status, 0, "{}", run.shown());
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    assert_eq!(read("gbk.txt"), gbk(after));
    assert_eq!(read("bom.txt"), bom(after));
    assert_eq!(read("utf8.txt"), after.as_bytes());
}

#[test]
fn only_safe_fixes_are_applied_and_nothing_is_left_beside() {
    let text = "一、学习政冶\n二、工作\n四、打算\n";
    let folder = folder(&[("a.txt", text.as_bytes())]);
    zhubi(folder.path(), &["check", "--fix", "a.txt"]);
    assert_eq!(std::fs::read_to_string(folder.path().join("a.txt")).unwrap(), text.replace("政冶", "政治"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_fix_keeps_permissions_and_follows_a_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder(&[("real.txt", "学习政冶".as_bytes())]);
    let real = folder.path().join("real.txt");
    std::fs::set_permissions(&real, PermissionsExt::from_mode(0o640)).unwrap();
    symlink("real.txt", folder.path().join("link.txt")).unwrap();
    zhubi(folder.path(), &["check", "--fix", "link.txt"]);
    assert_eq!(std::fs::read_to_string(&real).unwrap(), "学习政治");
    assert_eq!(std::fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(folder.path().join("link.txt").is_symlink());
}
