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
fn brackets_of_an_example_are_checked_and_years_are_none() {
    let pack = |bad: &str| {
        let rule = "[[rule]]\nname = \"文号\"\nfind = \"府办发\"\nreplace = \"府办\"\n";
        format!("name = \"用语\"\n{rule}bad = \"{bad}\"\n")
    };
    let folder = folder(&[
        ("year.toml", pack("府办发〔2024〕5号").as_bytes()),
        ("right.toml", pack("〔府办发→府办〕〔2024〕5号").as_bytes()),
        ("wrong.toml", pack("〔府办发→府〕〔2024〕5号").as_bytes()),
    ]);
    let status = |file: &str| zhubi(folder.path(), &["pack", "test", file]).status;
    assert_eq!((status("year.toml"), status("right.toml")), (0, 0));
    let run = zhubi(folder.path(), &["pack", "test", "wrong.toml"]);
    assert_eq!(run.status, 1);
    assert!(run.out.contains("标出来是“〔府办发→府办〕〔2024〕5号”"), "{}", run.out);
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

#[test]
fn a_group_that_is_not_there_is_refused() {
    let rule = |replace: &str| {
        format!(
            "name = \"用语\"\n[[rule]]\nname = \"群众\"\npattern = \"老(百)姓\"\nreplace = \"{replace}\"\nbad = [\"方便老百姓。\"]\n"
        )
    };
    let folder = folder(&[("a.toml", rule("$2民").as_bytes()), ("b.toml", rule("$1民").as_bytes())]);
    let run = zhubi(folder.path(), &["pack", "test", "a.toml"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("a.toml:3:8") && run.err.contains("“$2”"), "{}", run.err);
    assert_eq!(zhubi(folder.path(), &["pack", "test", "b.toml"]).status, 0);
}

#[test]
fn words_that_are_none_are_refused_in_their_place() {
    for (config, place, what) in [
        ("[dictionary]\nforbidden = { \"学习\" = \"学习\" }\n", "zhubi.toml:2:15", "相同"),
        ("[dictionary]\nwords = [\"甲乙\", \"\"]\n", "zhubi.toml:2:17", "空的词"),
        ("[typo]\nmin-confidence = 5\n", "zhubi.toml:2:18", "0 到 1"),
    ] {
        let folder = folder(&[("zhubi.toml", config.as_bytes()), ("a.txt", "学习".as_bytes())]);
        let run = zhubi(folder.path(), &["check", "a.txt"]);
        assert_eq!(run.status, 2, "{}", run.shown());
        assert!(run.err.contains(place) && run.err.contains(what), "{}", run.err);
    }
}
