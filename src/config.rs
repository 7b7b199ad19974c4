//! `zhubi.toml`: typed, with unknown keys refused.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::lint::diagnostic::Severity;
use crate::pack::{Pack, PacksConfig};
use crate::rules::{GROUPS, RULES, Rule, group_of};
use crate::text::genre::Genre;
use crate::text::position::{Encoding, LineIndex};

/// What a project says about how it wants to be checked.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Config {
    /// The rules or groups to run, such as `typo` or `style/stock-phrase`; all of them where it is absent.
    pub select: Option<Vec<String>>,
    /// The rules or groups not to run, taken away from the selected ones.
    pub ignore: Vec<String>,
    /// The severity of a rule or group, or `off`. A rule's own entry goes before that of its group.
    pub severity: BTreeMap<String, Level>,
    /// Files and folders that a walk leaves out, as in .gitignore.
    pub exclude: Vec<String>,
    /// The project's own words.
    pub dictionary: DictionaryConfig,
    /// How typos are looked for that only context shows.
    pub typo: TypoConfig,
    /// Rules of style that the organisation adds.
    pub packs: PacksConfig,
    /// The kind of all documents, where it is not to be told from their titles. A comment `zhubi: type=请示` in a draft
    /// goes before it.
    pub document_type: Option<Genre>,
    /// How long a draft is to be.
    pub length: LengthConfig,
}

/// How long a draft is to be, in characters as word processors count them (字数).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct LengthConfig {
    /// The whole of it.
    pub document: Option<usize>,
    /// Its sections, by a word of their headings.
    pub sections: BTreeMap<String, usize>,
}

/// How typos are looked for that only context shows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct TypoConfig {
    /// The least probability, from 0 to 1, at which one is said to be one. Each kind of typo has a floor of its own, which
    /// this can raise but not lower.
    pub min_confidence: Option<f32>,
}

/// Words that a project uses, and words that it does not want.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct DictionaryConfig {
    /// Words that are right: names, terms, short forms. No typo is seen in them.
    pub words: Vec<String>,
    /// Files of such words, beside the configuration: one a line; what follows a tab is a comment, and so is a line that
    /// begins with #. `zhubi learn` writes such a file.
    pub files: Vec<String>,
    /// Words that are not wanted, each with what is to be written instead, or with an empty text.
    pub forbidden: BTreeMap<String, String>,
}

/// A severity in a configuration, where a rule can be off as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The rule does not run.
    Off,
    /// See [`Severity::Hint`].
    Hint,
    /// See [`Severity::Info`].
    Info,
    /// See [`Severity::Warning`].
    Warning,
    /// See [`Severity::Error`].
    Error,
}

impl Level {
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Hint => Some(Severity::Hint),
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// A configuration that cannot be used, with the place and the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// What is wrong, in Chinese.
    pub message: String,
    /// The bytes of the configuration's text that it is about, where that is known.
    pub range: Option<std::ops::Range<usize>>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ConfigError {}

/// The name of the configuration's file.
pub const FILE_NAME: &str = "zhubi.toml";

impl Config {
    /// Reads a configuration.
    ///
    /// # Errors
    /// Where the text is no TOML, has an unknown key or a value of another type, or names a rule that does not exist.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let config: Self = toml::from_str(text).map_err(|error| in_chinese(&error))?;
        let names = config.select.iter().flatten().chain(&config.ignore).chain(config.severity.keys());
        for name in names {
            check_selector(name).map_err(|message| ConfigError {
                range: text.find(name.as_str()).map(|at| at..at + name.len()),
                message,
            })?;
        }
        Ok(config)
    }

    /// Reads a configuration and the files of words and packs that it names.
    ///
    /// # Errors
    /// As [`Config::parse`], and where a file of words or a pack cannot be read or used; a configuration that cannot be read itself has no
    /// range.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let unread = |path: &Path, error: &std::io::Error| format!("{}：无法读取（{error}）", path.display());
        let text = std::fs::read_to_string(path)
            .map_err(|error| ConfigError { message: unread(path, &error), range: None })?;
        let mut config = Self::parse(&text)?;
        for name in &config.dictionary.files {
            let file = path.parent().unwrap_or(Path::new("")).join(name);
            let words = std::fs::read_to_string(&file).map_err(|error| ConfigError {
                message: unread(&file, &error),
                range: text.find(name.as_str()).map(|at| at..at + name.len()),
            })?;
            config.dictionary.words.extend(words_of(&words).map(str::to_owned));
        }
        for name in &config.packs.files {
            let file = path.parent().unwrap_or(Path::new("")).join(name);
            let fault = |message| ConfigError {
                message,
                range: text.find(name.as_str()).map(|at| at..at + name.len()),
            };
            let pack = std::fs::read_to_string(&file).map_err(|error| fault(unread(&file, &error)))?;
            let read = Pack::parse(&pack).map_err(|error| {
                let at = error.range.map_or(0, |range| range.start);
                fault(format!("规则包{}：{}", place(&file, &pack, at), error.message))
            })?;
            config.packs.loaded.push(read);
        }
        Ok(config)
    }

    /// The severity at which a rule runs; `None` where it does not.
    #[must_use]
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        let matches = |name: &String| name == "all" || name == rule.id || name == group_of(rule.id);
        let selected = self.select.as_ref().is_none_or(|names| names.iter().any(matches));
        if !selected || self.ignore.iter().any(matches) {
            return None;
        }
        let level = self.severity.get(rule.id).or_else(|| self.severity.get(group_of(rule.id)));
        level.map_or(Some(rule.severity), |level| level.severity())
    }

    /// The configuration's file that is in force in a folder: its own, or that of the nearest folder above.
    #[must_use]
    pub fn locate(folder: &Path) -> Option<PathBuf> {
        folder.ancestors().map(|above| above.join(FILE_NAME)).find(|path| path.is_file())
    }

    /// The JSON schema of `zhubi.toml`.
    #[must_use]
    pub fn json_schema() -> serde_json::Value {
        schemars::schema_for!(Self).to_value()
    }
}

/// A place in a file, for a message: zhubi.toml:3:1.
pub(crate) fn place(file: &Path, text: &str, at: usize) -> String {
    let place = LineIndex::new(text).position(text, at, Encoding::Utf32);
    format!("{}:{}:{}", file.display(), place.line + 1, place.column + 1)
}

/// What a TOML text is refused for, in Chinese.
pub(crate) fn in_chinese(error: &toml::de::Error) -> ConfigError {
    let message = error.message();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let known = |names: &[&str]| names.join("、");
    let message = match &quoted[..] {
        [name, known_names @ ..] if message.starts_with("unknown field") => {
            format!("没有名为“{name}”的项，可以写的有：{}", known(known_names))
        }
        [name, known_names @ ..] if message.starts_with("unknown variant") => {
            format!("不能写“{name}”，可以写的有：{}", known(known_names))
        }
        [name] if message.starts_with("missing field") => format!("缺少“{name}”这一项，请补上"),
        [name] if message.starts_with("duplicate key") => format!("“{name}”写了两次，请留一个"),
        _ if message.starts_with("invalid type") => {
            let kinds = [
                ("a string", "加引号的文字"),
                ("a sequence", "方括号里的一列"),
                ("a map", "一张表"),
                ("a boolean", "true 或 false"),
                ("floating point", "数字"),
                ("f32", "数字"),
            ];
            let wanted = message.rsplit("expected ").next().unwrap_or_default();
            let kind = kinds.iter().find(|(english, _)| wanted.contains(english));
            format!("值的类型不对，应当是{}", kind.map_or(wanted, |(_, chinese)| chinese))
        }
        _ => format!("不合 TOML 的写法，请检查引号、括号和等号（{}）", message.replace('\n', " ")),
    };
    ConfigError { message, range: error.span() }
}

/// The words of a file of words.
pub fn words_of(text: &str) -> impl Iterator<Item = &str> {
    let words = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split('\t').next());
    words.map(str::trim).filter(|word| !word.is_empty())
}

/// Is `name` a rule, a group, or `all`?
///
/// # Errors
/// A message that says it is not, with the nearest name that is.
pub fn check_selector(name: &str) -> Result<(), String> {
    let known =
        || RULES.iter().map(|rule| rule.id).chain(GROUPS.iter().map(|(group, _)| *group)).chain(["all"]);
    if known().any(|known| known == name) {
        return Ok(());
    }
    let nearest = known().max_by_key(|known| (similarity(known, name) * 1000.0) as u32);
    Err(format!(
        "没有名为“{name}”的规则或规则组，是否指“{}”？全部规则见 zhubi rules",
        nearest.unwrap_or("all")
    ))
}

/// The share of character pairs that two names have in common (Sørensen–Dice).
fn similarity(a: &str, b: &str) -> f64 {
    let pairs = |s: &str| s.as_bytes().windows(2).map(<[u8]>::to_vec).collect::<Vec<_>>();
    let (a, b) = (pairs(a), pairs(b));
    let shared = a.iter().filter(|pair| b.contains(pair)).count();
    2.0 * shared as f64 / (a.len() + b.len()).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rules_own_severity_goes_before_its_groups() {
        let config = Config::parse("[severity]\ntypo = \"hint\"\n\"typo/idiom\" = \"off\"\n").unwrap();
        let of = |id| config.severity(crate::rules::find(id).unwrap());
        assert_eq!(of("typo/idiom"), None);
        assert_eq!(of("typo/confusable-word"), Some(Severity::Hint));
        assert_eq!(of("leftover/placeholder"), Some(Severity::Error));
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        let error = Config::parse("ignore = [\"typo/idioms\"]").unwrap_err();
        assert!(error.message.contains("typo/idiom”"), "{error}");
        assert_eq!(error.range, Some(11..22));
        assert!(Config::parse("selct = []").unwrap_err().range.is_some());
    }
}
