//! docs/rules is what the rules say of themselves. `ZHUBI_UPDATE=1 cargo test --test docs` writes it anew.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use zhubi::Config;
use zhubi::finding::group_of;
use zhubi::rule::Rule;
use zhubi::rules::{GROUPS, RULES};

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
        let mut rules = RULES.iter().filter(|rule| group_of(rule.id) == group).peekable();
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
    let schema = serde_json::to_string_pretty(&zhubi::rule::pack::Pack::json_schema()).unwrap();
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
