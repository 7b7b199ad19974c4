//! What is generated from the code: docs/rules, the schemas, the keys of zhubi.toml, the lists of kinds of
//! documents.
//! `ZHUBI_UPDATE=1 cargo test --test docs` writes it anew.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;
use zhubi::internal::config_keys::{KEYS, Key, Kind, definition};
use zhubi::internal::{DOCUMENT_TYPES, GROUPS, group_of, output_schema};
use zhubi::{Config, DocumentType, Pack, rules};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
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
            let (id, summary, level, fix) = (rule.id, rule.summary, rule.level(), rule.correction());
            let _ = writeln!(index, "| [{id}]({id}.md) | {summary} | {level} | {fix} |");
            files.insert(format!("rules/{id}.md"), rule.page());
        }
    }
    files.insert("rules/README.md".into(), index);
    let schema = serde_json::to_string_pretty(&Config::json_schema()).unwrap();
    files.insert("zhubi.schema.json".into(), schema + "\n");
    let schema = serde_json::to_string_pretty(&Pack::json_schema()).unwrap();
    files.insert("zhubi-pack.schema.json".into(), schema + "\n");
    let schema = serde_json::to_string_pretty(&output_schema()).unwrap();
    files.insert("zhubi-output.schema.json".into(), schema + "\n");
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

/// Pages are read where Markdown is shown: a blank would stand where lines are joined, and an item that
/// begins with a number would be a list within the list.
#[test]
fn pages_read_as_they_are_shown() {
    let words_for_developers = ["data/", ".tsv", "docs/", "语言模型", "jionlp", "jieba"];
    for rule in rules() {
        let (page, mut in_fence, mut before) = (rule.page(), false, "");
        for line in page.lines() {
            in_fence ^= line.starts_with("```");
            let is_prose = |line: &str| !line.is_empty() && !line.starts_with(['#', '-', '`', '|']);
            assert!(in_fence || !(is_prose(line) && is_prose(before)), "{}: {before}\n{line}", rule.id);
            let item = line.strip_prefix("- ").filter(|_| !in_fence).unwrap_or_default();
            let number = item.trim_start_matches(|c: char| c.is_ascii_digit());
            let is_list = number.len() < item.len() && (number.starts_with(". ") || number.starts_with(") "));
            assert!(!is_list && !item.starts_with("- "), "{}: {line}", rule.id);
            assert!(words_for_developers.iter().all(|word| !line.contains(word)), "{}: {line}", rule.id);
            before = line;
        }
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

/// A language that the page of keys is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Language {
    English,
    Chinese,
}

const SEVERITIES: &str =
    "table of severities: `error` 错误, `warning` 警告, `info` 提示, `hint` 参考, or `off` 关";

/// What the page says of keys, in both.
const WORDS: [(&str, &str); 19] = [
    ("text", "文字"),
    ("list of texts", "一列文字"),
    ("table of texts", "一张表，各项是文字"),
    ("table of whole numbers", "一张表，各项是不小于 0 的整数"),
    (SEVERITIES, "一张表，各项是级别：错误 `error`、警告 `warning`、提示 `info`、参考 `hint`，或者关 `off`"),
    ("kind of document, in Chinese or English", "文种，中英文都可以写"),
    ("number", "数字"),
    ("whole number", "不小于 0 的整数"),
    ("`true` or `false`", "`true` 或 `false`"),
    ("list of tables, `[[overrides]]`", "几段 `[[overrides]]`"),
    ("Type: ", "类型："),
    ("; default: ", "；默认："),
    ("not set", "不设"),
    ("", ""),
    ("; over what it extends: takes its place", "；与继承的：代替"),
    ("; over what it extends: is added to it", "；与继承的：相加"),
    ("; over what it extends: goes before it key by key", "；与继承的：逐项代替"),
    (": ", "："),
    (".", "。"),
];

impl Language {
    fn file(self) -> &'static str {
        match self {
            Self::English => "docs/config.md",
            Self::Chinese => "docs/config.zh-CN.md",
        }
    }

    /// The field of a schema that has descriptions in it.
    fn description(self) -> &'static str {
        match self {
            Self::English => "x-en",
            Self::Chinese => "description",
        }
    }

    fn word(self, english: &str) -> &'static str {
        let (english, chinese) = WORDS.iter().find(|(it, _)| *it == english).expect(english);
        if self == Self::English { english } else { chinese }
    }
}

/// The type of what stands for a key.
fn type_of(property: &Value) -> &'static str {
    let is = |kind: &str| match &property["type"] {
        Value::Array(kinds) => kinds.iter().any(|it| it == kind),
        one => one == kind,
    };
    let entries = &property["additionalProperties"];
    let entry_is = |kind: &str| entries["type"] == kind;
    let refers_to = |value: &Value, name: &str| value["$ref"] == format!("#/$defs/{name}");
    match property {
        _ if is("string") => "text",
        _ if is("boolean") => "`true` or `false`",
        _ if is("integer") => "whole number",
        _ if is("number") => "number",
        _ if is("array") && refers_to(&property["items"], "Override") => "list of tables, `[[overrides]]`",
        _ if is("array") => "list of texts",
        _ if is("object") && entry_is("string") => "table of texts",
        _ if is("object") && entry_is("integer") => "table of whole numbers",
        _ if is("object") && refers_to(entries, "Level") => SEVERITIES,
        _ if refers_to(&property["anyOf"][0], "DocumentType") => "kind of document, in Chinese or English",
        other => panic!("no word for {other}"),
    }
}

/// A description, with the names of fields as they are written.
fn described(property: &Value, language: Language) -> String {
    let text = property[language.description()].as_str().unwrap().replace('\n', " ");
    let mut pieces = text.split("[`Config::");
    let mut text = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once("`]").unwrap();
        text += &format!("`{}`{rest}", name.replace('_', "-"));
    }
    text
}

/// An example of a key, as it stands in a file.
fn example(key: &Key, property: &Value) -> String {
    let toml = |value: &Value| toml::Value::try_from(value).unwrap().to_string();
    let entries = |table: &Value| {
        let line =
            |(name, value): (&String, &Value)| format!("{} = {}\n", toml_edit::Key::new(name), toml(value));
        table.as_object().unwrap().iter().map(line).collect::<String>()
    };
    let value = &property["examples"][0];
    let (name, tables) = key.path.split_last().unwrap();
    match tables {
        _ if key.is_table() => format!("[{name}]\n{}", entries(value)),
        [] if value[0].is_object() => format!("[[{name}]]\n{}", entries(&value[0])),
        [] => format!("{name} = {}\n", toml(value)),
        tables => format!("[{}]\n{name} = {}\n", tables.join("."), toml(value)),
    }
}

/// What a page says of all keys.
fn keys(language: Language) -> String {
    let schema = Config::json_schema();
    let word = |english| language.word(english);
    let mut page = String::new();
    for key in &KEYS {
        let property = key.property(&schema);
        let _ = writeln!(page, "\n### `{}`\n\n{}\n", key.path.join("."), described(property, language));
        let default = match &property["default"] {
            Value::Null => word("not set").to_owned(),
            value => format!("`{}`", toml::Value::try_from(value).unwrap()),
        };
        let merge = word(match key.kind {
            Kind::Value => "; over what it extends: takes its place",
            Kind::List => "; over what it extends: is added to it",
            Kind::Table => "; over what it extends: goes before it key by key",
            Kind::Scope => "",
        });
        let (lead, kind, between, stop) =
            (word("Type: "), word(type_of(property)), word("; default: "), word("."));
        let example = example(key, property);
        Config::parse(&example).unwrap_or_else(|error| panic!("{example}: {error}"));
        let _ = writeln!(page, "{lead}{kind}{between}{default}{merge}{stop}\n\n```toml\n{example}```");
        let below = definition(&schema, &property["items"])["properties"].as_object();
        for (index, (name, below)) in below.into_iter().flatten().enumerate() {
            let gap = if index == 0 { "\n" } else { "" };
            let _ = writeln!(page, "{gap}- `{name}`{}{}", word(": "), described(below, language));
        }
    }
    page
}

#[test]
fn the_pages_of_keys_are_fresh() {
    const AROUND: [&str; 2] = ["<!-- keys -->\n", "\n<!-- /keys -->"];
    for language in [Language::English, Language::Chinese] {
        let file = language.file();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        let (head, rest) = text.split_once(AROUND[0]).unwrap();
        let (there, tail) = rest.split_once(AROUND[1]).unwrap();
        let fresh = keys(language);
        if std::env::var_os("ZHUBI_UPDATE").is_some() {
            std::fs::write(&path, [head, AROUND[0], &fresh, AROUND[1], tail].concat()).unwrap();
        } else {
            assert_eq!(there, fresh, "{file} is stale: run ZHUBI_UPDATE=1 cargo test --test docs");
        }
        // What is written by hand is right as well.
        let examples = text.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
        for example in examples {
            assert!(Config::parse(example).is_ok(), "{file}: {example}");
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
