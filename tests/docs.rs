//! What is generated from the code: docs/rules, the schemas, the lists of kinds of documents.
//! `ZHUBI_UPDATE=1 cargo test --test docs` writes it anew.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use zhubi::internal::{DOCUMENT_TYPES, GROUPS, group_of};
use zhubi::{Config, DocumentType, Pack, Rule, rules};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

fn fix(rule: &Rule) -> &'static str {
    match rule.fix {
        Some(zhubi::Applicability::Safe) => "可自动改正",
        Some(zhubi::Applicability::Suggested) => "有修改建议",
        None => "只提示",
    }
}

/// All generated files, by their path below docs/.
fn generated() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut index = String::from("# 规则\n\n由 `cargo test --test docs` 从代码生成，请勿手改。\n");
    for (group, name) in GROUPS {
        let mut rules = rules().iter().filter(|rule| group_of(rule.id) == group).peekable();
        if rules.peek().is_some() {
            let _ =
                writeln!(index, "\n## {name}\n\n| 规则 | 说明 | 级别 | 修复 |\n| --- | --- | --- | --- |");
        }
        for rule in rules {
            let severity = rule.level();
            let _ = writeln!(
                index,
                "| [{0}]({0}.md) | {1} | {severity} | {2} |",
                rule.id,
                rule.summary,
                fix(rule)
            );
            let page = format!(
                "# {}：{}\n\n级别：{severity}；{}。\n\n{}\n",
                rule.id,
                rule.summary,
                fix(rule),
                rule.documentation().trim_end()
            );
            files.insert(format!("rules/{}.md", rule.id), page);
        }
    }
    files.insert("rules/README.md".into(), index);
    let schema = serde_json::to_string_pretty(&Config::json_schema()).unwrap();
    files.insert("zhubi.schema.json".into(), schema + "\n");
    let schema = serde_json::to_string_pretty(&Pack::json_schema()).unwrap();
    files.insert("zhubi-pack.schema.json".into(), schema + "\n");
    files
}

#[test]
fn the_generated_documents_are_fresh() {
    let update = std::env::var_os("ZHUBI_UPDATE").is_some();
    for (name, text) in generated() {
        let path = root().join(&name);
        if update {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        let there = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(there, text, "docs/{name} is stale: run ZHUBI_UPDATE=1 cargo test --test docs");
    }
}

#[test]
fn no_page_is_left_of_a_rule_that_is_gone() {
    let generated = generated();
    for group in
        std::fs::read_dir(root().join("rules")).unwrap().filter(|e| e.as_ref().unwrap().path().is_dir())
    {
        for page in std::fs::read_dir(group.unwrap().path()).unwrap() {
            let path = page.unwrap().path();
            let name = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
            assert!(generated.contains_key(&name), "docs/{name} is of no rule");
        }
    }
}

/// A file that is written by hand but for its list of the kinds of documents.
struct Listing {
    file: &'static str,
    /// What stands before and after the list.
    around: (&'static str, &'static str),
    /// The quotation mark of a key.
    quote: char,
    write: fn(&[&DocumentType]) -> String,
}

const LISTINGS: [Listing; 3] = [
    Listing {
        file: "docs/editors.md",
        around: ("| `zhubi.documentType` | 字符串或 `null` | `null` | 文种：", "，中英文都可以写"),
        quote: '`',
        write: |kinds| join(kinds.iter().map(|kind| format!("`{}` {}", kind.key, kind.name)), "、"),
    },
    Listing {
        file: "editors/vscode/package.json",
        around: ("\"description\": \"%config.documentType%\",\n", "\n        },"),
        quote: '"',
        write: |kinds| {
            let quoted = |name: &str| format!("{name:?}");
            let keys = join(kinds.iter().map(|kind| quoted(kind.key)), ", ");
            let labels = join(kinds.iter().map(|kind| quoted(kind.name)), ", ");
            let names = kinds.iter().flat_map(|kind| kind.all_names().filter(|name| *name != kind.key));
            let names = join(names.map(quoted), ", ");
            format!(
                "          \"enum\": [null, {keys},\n            {names}],\n          \"enumItemLabels\": [\"%type.auto%\", {labels}]"
            )
        },
    },
    Listing {
        file: "editors/vscode/src/settings.ts",
        around: ("export const DOCUMENT_TYPES: readonly DocumentTypeNames[] = [\n", "\n];"),
        quote: '\'',
        write: |kinds| {
            let line = |kind: &&DocumentType| {
                let others = kind.all_names().filter(|name| ![kind.key, kind.name].contains(name));
                let names = [kind.key, kind.name].into_iter().chain(others);
                format!("  [{}],", join(names.map(|name| format!("'{name}'")), ", "))
            };
            join(kinds.iter().map(line), "\n")
        },
    },
];

fn join(items: impl Iterator<Item = String>, between: &str) -> String {
    items.collect::<Vec<_>>().join(between)
}

/// The order of each list is kept, as menus show the usual kinds first; a new kind comes last.
#[test]
fn kinds_of_documents_are_the_same_everywhere() {
    for Listing { file, around: (before, after), quote, write } in LISTINGS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        let (head, rest) = text.split_once(before).expect(before);
        let (list, tail) = rest.split_once(after).expect(after);
        let mut kinds: Vec<&DocumentType> = DOCUMENT_TYPES.iter().collect();
        kinds.sort_by_key(|kind| list.find(&format!("{quote}{}{quote}", kind.key)).unwrap_or(usize::MAX));
        let fresh = write(&kinds);
        if std::env::var_os("ZHUBI_UPDATE").is_some() {
            std::fs::write(&path, [head, before, &fresh, after, tail].concat()).unwrap();
        } else {
            assert_eq!(list, fresh, "{file} is stale: run ZHUBI_UPDATE=1 cargo test --test docs");
        }
    }
}
