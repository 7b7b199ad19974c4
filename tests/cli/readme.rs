//! What the READMEs show works as it is copied.

use std::path::Path;

use crate::support::{folder, zhubi};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The example configuration of a README, in a folder with the sample files that it names.
fn copied(readme: &str) -> tempfile::TempDir {
    let text = std::fs::read_to_string(root().join(readme)).unwrap();
    let block = text.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let sample = |name: &str| std::fs::read(root().join("samples").join(name)).unwrap();
    folder(&[
        ("zhubi.toml", block.as_bytes()),
        ("words.txt", &sample("words.txt")),
        ("packs/wording.toml", &sample("packs/wording.toml")),
    ])
}

#[test]
fn the_example_configuration_lets_its_own_pack_speak() {
    for readme in ["README.md", "README.zh-CN.md"] {
        let folder = copied(readme);
        std::fs::write(folder.path().join("a.txt"), "老百姓很满意，驻村帮扶队走访了20__年的困难户。")
            .unwrap();
        // What it excludes is there.
        std::fs::create_dir(folder.path().join("archive")).unwrap();
        let run = zhubi(folder.path(), &["check", "."]);
        assert!(
            run.out.contains("不用“老百姓”") && run.out.contains("驻村工作队"),
            "{readme}: {}",
            run.shown()
        );
        assert!(run.out.contains("警告[leftover/placeholder]"), "{readme}: {}", run.shown());
        assert!(
            run.out.contains("共检查1个文件") && run.out.contains("词表1个"),
            "{readme}: {}",
            run.shown()
        );
        assert_eq!(run.err, "", "{readme}");
        let tested = zhubi(folder.path(), &["pack", "test"]);
        assert_eq!((tested.status, tested.err.as_str()), (0, ""), "{readme}");
    }
}

#[test]
fn a_pack_that_the_configuration_silences_is_said() {
    let folder = copied("README.md");
    let config = folder.path().join("zhubi.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    for silencing in ["ignore = [\"style\"]", "ignore = [\"文风\"]", "select = [\"typo\"]"] {
        let silenced = text.replacen("ignore = [\"style/long-sentence\"]", silencing, 1);
        assert_ne!(silenced, text);
        std::fs::write(&config, silenced).unwrap();
        std::fs::write(folder.path().join("a.txt"), "老百姓很满意。").unwrap();
        for arguments in [&["check", "a.txt"][..], &["pack", "test"]] {
            let run = zhubi(folder.path(), arguments);
            assert!(run.err.contains("规则包不起作用"), "{silencing}: {}", run.shown());
            assert_eq!(run.err.lines().count(), 1);
        }
        let asked = zhubi(folder.path(), &["check", "--select", "style/house-style", "a.txt"]);
        assert!(asked.out.contains("老百姓") && asked.err.is_empty(), "{}", asked.shown());
    }
}
