//! What is wrong with a TOML file, where, in Chinese.

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

/// A configuration that cannot be used, with the place and the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// What is wrong, in Chinese.
    pub message: String,
    /// The bytes of the configuration's text that it is about, where that is known.
    pub range: Option<Range<usize>>,
    /// The file of that text, where it was read from one: the configuration, or one that it extends.
    pub file: Option<PathBuf>,
}

impl ConfigError {
    /// One in a text that is no file's.
    pub(crate) fn new(message: String, range: Option<Range<usize>>) -> Self {
        Self { message, range, file: None }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ConfigError {}

/// The bytes of the value at the end of a path of keys. A number is the place in a list, from 0.
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
        item = match key.parse::<usize>() {
            Ok(index) if !item.is_table_like() => item.get(index)?,
            _ => item.get(key)?,
        };
    }
    find(item)
}

/// The names of severities, as a message lists them.
pub(super) const LEVELS: [(&str, &str); 5] =
    [("error", "错误"), ("warning", "警告"), ("info", "提示"), ("hint", "参考"), ("off", "关")];

/// What a TOML text is refused for, in Chinese.
pub(crate) fn in_chinese(error: &toml::de::Error) -> ConfigError {
    let message = error.message();
    let syntax = || match message.starts_with("invalid unquoted key") {
        true => "键里有中文、空格或符号，要加引号，如 \"老百姓\" = \"群众\"",
        false => "不合 TOML 的写法，请检查引号、括号和等号",
    };
    ConfigError::new(refusal(message).unwrap_or_else(|| syntax().to_owned()), error.span())
}

/// What serde refuses a value for, in Chinese; `None` where the message is not of serde.
pub(crate) fn refusal(message: &str) -> Option<String> {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    Some(match &quoted[..] {
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
        // A type of our own says in Chinese what it takes.
        _ if message.starts_with("不能写") => message.to_owned(),
        _ => return None,
    })
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
        ("f64", "数字"),
        ("u64", "不小于 0 的整数"),
        ("usize", "不小于 0 的整数"),
        ("integer", "整数"),
    ]
    .iter()
    .find(|(english, _)| wanted.contains(english))
    .map_or("别的写法，见 zhubi schema", |(_, chinese)| chinese)
}
