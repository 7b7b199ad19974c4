//! What the environment says.

use crate::support::{folder, zhubi_in};

#[test]
fn the_configuration_is_taken_from_the_environment_unless_the_command_line_names_one() {
    let folder = folder(&[
        ("a.txt", "认真学习政冶理论。".as_bytes()),
        ("off.toml", b"ignore = [\"typo\"]\n"),
        ("on.toml", b""),
    ]);
    let status = |variable: &str, arguments: &[&str]| {
        let arguments = [&["check", "a.txt"], arguments].concat();
        zhubi_in(folder.path(), &arguments, &[("ZHUBI_CONFIG", variable)]).status
    };
    assert_eq!(status("off.toml", &[]), 0);
    assert_eq!(status("off.toml", &["--config", "on.toml"]), 1);
    assert_eq!(status("", &[]), 1, "empty is not set");
    let refused = |arguments: &[&str]| {
        let run = zhubi_in(folder.path(), arguments, &[("ZHUBI_CONFIG", "none.toml")]);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{}", run.shown());
        run.err
    };
    let by_variable = refused(&["check", "a.txt"]);
    assert!(by_variable.contains("环境变量 ZHUBI_CONFIG 不能写“none.toml”：没有这个文件"), "{by_variable}");
    let by_flag = refused(&["check", "a.txt", "--config", "none.toml"]);
    assert!(by_flag.contains("--config <文件> 不能写“none.toml”") && !by_flag.contains("ZHUBI"), "{by_flag}");
    let help = zhubi_in(folder.path(), &["help", "check"], &[("ZHUBI_CONFIG", "none.toml")]);
    assert!(help.out.contains("ZHUBI_CONFIG）") && !help.out.contains("none.toml"), "{}", help.out);
}

#[test]
fn what_a_job_sets_once_holds_for_every_check() {
    let folder = folder(&[("a.txt", "认真学习政冶理论。".as_bytes())]);
    let run = |variables: &[(&str, &str)]| zhubi_in(folder.path(), &["check", "-q", "a.txt"], variables);
    assert_eq!(run(&[("ZHUBI_FAIL_ON", "never")]).status, 0);
    let refused = run(&[("ZHUBI_FAIL_ON", "fatal")]);
    assert!(
        refused.status == 2 && refused.err.contains("环境变量 ZHUBI_FAIL_ON 不能写“fatal”"),
        "{}",
        refused.shown()
    );
    let blank = run(&[("ZHUBI_FORMAT", "full,")]);
    assert!(
        blank.status == 2 && blank.err.contains("环境变量 ZHUBI_FORMAT 里有一个值是空的"),
        "{}",
        blank.err
    );
    let both = run(&[("ZHUBI_FORMAT", "concise,json=found.json")]);
    assert!(both.out.starts_with("a.txt:1:5: 错误"), "{}", both.out);
    assert!(std::fs::read_to_string(folder.path().join("found.json")).unwrap().starts_with("[\n{"));
    let none = ["ZHUBI_BASELINE", "ZHUBI_CACHE_DIR", "ZHUBI_CHANGED_SINCE", "ZHUBI_FAIL_ON", "ZHUBI_FORMAT"];
    let empty = run(&none.map(|name| (name, "")));
    assert!(empty.status == 1 && empty.err.is_empty(), "{}", empty.shown());
    assert!(run(&[("ZHUBI_BASELINE", "none.json")]).err.contains("none.json"));
    run(&[("ZHUBI_CACHE_DIR", "cache")]);
    assert!(folder.path().join("cache/CACHEDIR.TAG").exists());
}
