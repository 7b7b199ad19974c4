//! What is wrong with a TOML file, where, in Chinese.

use std::fmt;
use std::ops::Range;
use std::path::Path;

use crate::doctype::Genre;
use crate::text::position::{LineIndex, PositionEncoding};

/// A configuration that cannot be used, with the place and the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// What is wrong, in Chinese.
    pub message: String,
    /// The bytes of the configuration's text that it is about, where that is known.
    pub range: Option<Range<usize>>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ConfigError {}

/// A place in a file, for a message: zhubi.toml:3:1.
pub(crate) fn place(file: &Path, text: &str, at: usize) -> String {
    let place = LineIndex::new(text).position(text, at, PositionEncoding::Utf32);
    format!("{}:{}:{}", file.display(), place.line + 1, place.column + 1)
}

/// The bytes of the value at the end of a path of keys.
pub(crate) fn value(text: &str, keys: &[&str]) -> Option<Range<usize>> {
    at(text, keys, |item| item.span())
}

/// The bytes of an element of the list at the end of a path of keys, without its quotation marks.
pub(crate) fn element(text: &str, keys: &[&str], element: &str) -> Option<Range<usize>> {
    let range =
        at(text, keys, |list| list.as_array()?.iter().find(|it| it.as_str() == Some(element))?.span())?;
    let inside = range.start + 1..range.end.saturating_sub(1);
    Some(if text.get(inside.clone()) == Some(element) { inside } else { range })
}

/// The bytes of a key of the table at the end of a path of keys.
pub(crate) fn key(text: &str, keys: &[&str], key: &str) -> Option<Range<usize>> {
    at(text, keys, |table| table.as_table_like()?.get_key_value(key)?.0.span())
}

fn at<T>(text: &str, keys: &[&str], find: impl Fn(&toml_edit::Item) -> Option<T>) -> Option<T> {
    let document = toml_edit::Document::parse(text).ok()?;
    let mut item = document.as_item();
    for key in keys {
        item = item.get(key)?;
    }
    find(item)
}

/// The names of severities, as a message lists them.
const LEVELS: [(&str, &str); 5] =
    [("error", "错误"), ("warning", "警告"), ("info", "提示"), ("hint", "参考"), ("off", "关")];

/// What a TOML text is refused for, in Chinese.
pub(crate) fn in_chinese(error: &toml::de::Error) -> ConfigError {
    let message = error.message();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let message = match &quoted[..] {
        [name, known @ ..] if message.starts_with("unknown field") => {
            format!("没有名为“{name}”的项，可以写的有：{}", known.join("、"))
        }
        [name, known @ ..] if message.starts_with("unknown variant") => {
            format!("不能写“{name}”，可以写的有：{}", choices(known))
        }
        [name] if message.starts_with("missing field") => format!("缺少“{name}”这一项，请补上"),
        [name] if message.starts_with("duplicate key") => format!("“{name}”写了两次，请留一个"),
        _ if message.starts_with("duplicate key") => "同一项写了两次，请留一个".to_owned(),
        _ if message.starts_with("invalid type") => format!("值的类型不对，应当是{}", kind(message)),
        _ if message.starts_with("invalid value") => format!("值不对，应当是{}", kind(message)),
        _ => "不合 TOML 的写法，请检查引号、括号和等号".to_owned(),
    };
    ConfigError { message, range: error.span() }
}

/// What may be written, in both languages where it has names in both.
fn choices(known: &[&str]) -> String {
    if known.contains(&"hint") {
        let levels = LEVELS.iter().filter(|(english, _)| known.contains(english));
        return levels
            .map(|(english, chinese)| format!("{chinese}（{english}）"))
            .collect::<Vec<_>>()
            .join("、");
    }
    if known.contains(&"请示") {
        let genres = Genre::ALL.iter().map(|genre| format!("{}（{}）", genre.chinese(), genre.key()));
        return genres.collect::<Vec<_>>().join("、");
    }
    known.join("、")
}

/// What was expected, in Chinese.
fn kind(message: &str) -> &str {
    let wanted = message.rsplit("expected ").next().unwrap_or_default();
    [
        ("a string", "加引号的文字"),
        ("a sequence", "方括号里的一列"),
        ("a map", "一张表"),
        ("struct", "一张表"),
        ("a boolean", "true 或 false"),
        ("floating point", "数字"),
        ("f32", "数字"),
        ("usize", "不小于 0 的整数"),
        ("integer", "整数"),
    ]
    .iter()
    .find(|(english, _)| wanted.contains(english))
    .map_or("别的写法，见 docs/zhubi.schema.json", |(_, chinese)| chinese)
}

/// The schema made of the types, with the names that are taken beside those it has.
pub(crate) fn with_names_in_both_languages(mut schema: serde_json::Value) -> serde_json::Value {
    let genres: Vec<(&str, &str)> = Genre::ALL.iter().map(|genre| (genre.key(), genre.chinese())).collect();
    for (definition, names) in [("Level", &LEVELS[..]), ("Severity", &LEVELS[..4]), ("Genre", &genres)] {
        let list = schema.pointer_mut(&format!("/$defs/{definition}/oneOf"));
        let Some(list) = list.and_then(serde_json::Value::as_array_mut) else { continue };
        let known: Vec<String> =
            list.iter().filter_map(|it| it["const"].as_str().map(str::to_owned)).collect();
        for (english, chinese) in names {
            for (name, other) in [(english, chinese), (chinese, english)] {
                let usable = definition != "Genre" || Genre::named(name).is_some();
                if usable && !known.iter().any(|known| known == name) {
                    let description = format!("= {other}");
                    list.push(
                        serde_json::json!({ "const": name, "description": description, "type": "string" }),
                    );
                }
            }
        }
    }
    schema
}
