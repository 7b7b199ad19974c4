use std::path::Path;

use crate::support::{folder, zhubi};

#[test]
fn the_sample_pack_is_borne_out_by_its_examples() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = zhubi(root, &["pack", "test", "samples/packs/wording.toml"]);
    assert_eq!(run.out, "samples/packs/wording.toml：“示例县用语”4条规则，13个例子，全部通过\n");
    assert_eq!((run.status, run.err.as_str()), (0, ""));
}

#[test]
fn examples_that_are_not_borne_out_are_named_with_their_line() {
    let pack = "name = \"用语\"\n\n[[rule]]\nname = \"老百姓\"\nfind = [\"老百姓\"]\nbad = [\"方便群众。\"]\ngood = [\"方便老百姓。\"]\n";
    let folder = folder(&[
        ("packs/a.toml", pack.as_bytes()),
        ("zhubi.toml", "[packs]\nfiles = [\"packs/a.toml\"]\n".as_bytes()),
    ]);
    let run = zhubi(folder.path(), &["pack", "test"]);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!(run.shown());
}

#[test]
fn a_pack_that_cannot_be_used_names_its_file_line_and_remedy() {
    let folder = folder(&[
        ("a.toml", "name = \"用语\"\n[[rule]]\nname = \"空\"\nbad = [\"x\"]\n".as_bytes()),
        ("b.toml", "name = \"用语\"\n[[rule]]\nname = \"错\"\nfindd = [\"x\"]\nbad = [\"x\"]\n".as_bytes()),
        ("zhubi.toml", "[packs]\nfiles = [\"a.toml\"]\n".as_bytes()),
        ("draft.txt", "今天开会。".as_bytes()),
    ]);
    let shown = [
        zhubi(folder.path(), &["pack", "test", "a.toml"]).shown(),
        zhubi(folder.path(), &["pack", "test", "b.toml"]).shown(),
        zhubi(folder.path(), &["pack", "test", "c.toml"]).shown(),
        zhubi(folder.path(), &["check", "draft.txt"])
            .shown()
            .replace(folder.path().to_str().unwrap(), "FOLDER"),
    ];
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn without_packs_it_says_where_to_write_them() {
    let folder = folder(&[("zhubi.toml", b"")]);
    let run = zhubi(folder.path(), &["pack", "test"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.contains("[packs] files"), "{}", run.err);
}

#[test]
fn packs_mark_drafts() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = zhubi(&root.join("samples"), &["check", "--select", "style/house-style", "survey.md"]);
    assert!(run.out.contains("“老百姓”"), "{}", run.out);
    assert!(run.out.contains("示例县用语"), "{}", run.out);
}
