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

#[cfg(unix)]
mod on_unix {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::path::Path;

    use crate::support::{folder, locks_hold, zhubi};

    fn mode(path: &Path, mode: u32) {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_write_protected_file_is_left_alone() {
        let folder = folder(&[("final.txt", "学习政冶".as_bytes()), ("draft.txt", "学习政冶".as_bytes())]);
        let file = folder.path().join("final.txt");
        mode(&file, 0o444);
        let run = zhubi(folder.path(), &["check", "final.txt"]);
        assert!(run.status == 1 && !run.out.contains("可用 --fix"), "{}", run.shown());
        let run = zhubi(folder.path(), &["check", "--fix", "."]);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "学习政冶");
        assert_eq!(std::fs::read_to_string(folder.path().join("draft.txt")).unwrap(), "学习政治");
        assert!(run.err.contains("final.txt：没有写入，原文未动：文件是只读的"), "{}", run.err);
        // What is wrong is still said, and is still the result.
        assert!(run.out.contains("“政冶”是错词") && run.out.contains("改正1处（1个文件）"), "{}", run.out);
        // Something that was asked for was not done, and is not promised again.
        assert!(run.status == 2 && !run.out.contains("可用 --fix"), "{}", run.shown());
    }

    #[test]
    fn a_folder_that_cannot_be_written_hides_nothing() {
        if !locks_hold() {
            return;
        }
        let folder = folder(&[("d/a.txt", "学习政冶".as_bytes())]);
        mode(&folder.path().join("d"), 0o555);
        let run = zhubi(folder.path(), &["check", "--fix", "d"]);
        mode(&folder.path().join("d"), 0o755);
        assert_eq!(run.status, 2);
        assert!(
            run.out.contains("“政冶”是错词") && run.out.contains("共检查1个文件：错误1处"),
            "{}",
            run.shown()
        );
        assert!(run.err.contains("没有写入，原文未动：没有读写的权限"), "{}", run.err);
    }

    #[test]
    fn other_names_of_a_file_keep_up_with_it() {
        let folder = folder(&[("a.txt", "学习政冶".as_bytes())]);
        let (a, b) = (folder.path().join("a.txt"), folder.path().join("b.txt"));
        mode(&a, 0o640);
        std::fs::hard_link(&a, &b).unwrap();
        zhubi(folder.path(), &["check", "--fix", "a.txt"]);
        assert_eq!(std::fs::read_to_string(&b).unwrap(), "学习政治");
        assert_eq!(std::fs::metadata(&a).unwrap().ino(), std::fs::metadata(&b).unwrap().ino());
        assert_eq!(std::fs::metadata(&a).unwrap().mode() & 0o777, 0o640);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left beside");
    }

    #[test]
    fn the_owner_stays() {
        let folder = folder(&[("a.txt", "学习政冶".as_bytes())]);
        let file = folder.path().join("a.txt");
        // Only the administrator can give a file away.
        if std::os::unix::fs::chown(&file, Some(65534), Some(65534)).is_err() {
            return;
        }
        zhubi(folder.path(), &["check", "--fix", "a.txt"]);
        let metadata = std::fs::metadata(&file).unwrap();
        assert_eq!((metadata.uid(), metadata.gid()), (65534, 65534));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "学习政治");
    }
}
