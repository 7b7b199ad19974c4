//! `zhubi.toml`: typed, with unknown keys refused.

mod error;
#[cfg(feature = "files")]
mod load;
pub mod pack;
#[cfg(feature = "schema")]
mod schema;

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use error::ConfigError;
pub(crate) use error::{in_chinese, key};
#[cfg(feature = "files")]
pub(crate) use load::place;

use crate::config::pack::PacksConfig;
use crate::doctype::DocumentType;
use crate::finding::{Severity, group_of};
use crate::rule::Rule;
use crate::rules::selector::{selector, selects};

/// What a project says about how it wants to be checked.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct Config {
    /// The rules or groups to run, such as `typo` or `style/stock-phrase`; all of them where it is absent.
    pub select: Option<Vec<String>>,
    /// The rules or groups not to run, taken away from the selected ones.
    pub ignore: Vec<String>,
    /// The severity of a rule, a group or `all`, or `off`. A rule's own entry goes before that of its group,
    /// and that before `all`.
    pub severity: BTreeMap<String, Level>,
    /// Files and folders that a walk leaves out, as in .gitignore.
    pub exclude: Vec<String>,
    /// The project's own words.
    pub dictionary: DictionaryConfig,
    /// How typos are looked for that only context shows.
    pub typo: TypoConfig,
    /// Rules of style that the organisation adds.
    pub packs: PacksConfig,
    /// The kind of all documents, where it is not to be told from their titles. A comment `zhubi: type=请示` in
    /// a draft goes before it.
    pub document_type: Option<&'static DocumentType>,
    /// How long a draft is to be.
    pub length: LengthConfig,
}

/// How long a draft is to be, in characters as word processors count them (字数).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct LengthConfig {
    /// The whole of it.
    pub document: Option<usize>,
    /// Its sections, by a word of their headings.
    pub sections: BTreeMap<String, usize>,
}

/// How typos are looked for that only context shows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct TypoConfig {
    /// The least probability, from 0 to 1, at which one is said to be one. Each kind of typo has a floor of
    /// its own, which this can raise but not lower.
    pub min_confidence: Option<f32>,
    /// Whether to ask about what is only possible, too (as hints); it is asked where this is absent.
    pub possible: Option<bool>,
}

/// Words that a project uses, and words that it does not want.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct DictionaryConfig {
    /// Words that are right: names, terms, short forms. No typo is seen in them.
    pub words: Vec<String>,
    /// Files of such words, beside the configuration: one a line; what follows a tab is a comment, and so is
    /// a line that begins with #. `zhubi learn` writes such a file.
    pub files: Vec<String>,
    /// Words that are not wanted, each with what is to be written instead, or with an empty text.
    pub forbidden: BTreeMap<String, String>,
}

/// A severity in a configuration, where a rule can be off as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The rule does not run.
    #[serde(alias = "关")]
    Off,
    /// See [`Severity::Hint`].
    #[serde(alias = "参考")]
    Hint,
    /// See [`Severity::Info`].
    #[serde(alias = "提示")]
    Info,
    /// See [`Severity::Warning`].
    #[serde(alias = "警告")]
    Warning,
    /// See [`Severity::Error`].
    #[serde(alias = "错误")]
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

#[cfg(feature = "files")]
pub use crate::files::CONFIG_FILE as FILE_NAME;

impl Config {
    /// Reads a configuration. The names of rules are put as the tables have them.
    ///
    /// # Errors
    /// Where the text is no TOML, has an unknown key or a value that is none, or names a rule that does not
    /// exist.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let mut config: Self = toml::from_str(text).map_err(|error| in_chinese(&error))?;
        let fault = |message: String, range| Err(ConfigError { message, range });
        for (list, names) in [("select", config.select.as_mut()), ("ignore", Some(&mut config.ignore))] {
            for name in names.into_iter().flatten() {
                match selector(name) {
                    Ok(known) => known.clone_into(name),
                    Err(message) => return fault(message, error::element(text, &[list], name)),
                }
            }
        }
        let mut severity = BTreeMap::new();
        for (name, level) in &config.severity {
            let known = selector(name);
            let place = || key(text, &["severity"], name);
            let known = known.map_err(|message| ConfigError { message, range: place() })?;
            if severity.insert(known.to_owned(), *level).is_some() {
                return fault(format!("“{known}”的级别写了两次，请留一个"), place());
            }
        }
        config.severity = severity;
        if config.typo.min_confidence.is_some_and(|least| !is_probability(least)) {
            let place = error::value(text, &["typo", "min-confidence"]);
            return fault("min-confidence 应当在 0 到 1 之间".to_owned(), place);
        }
        #[cfg(feature = "files")]
        for pattern in &config.exclude {
            crate::files::exclude::exclusion(pattern).map_err(|message| ConfigError {
                message,
                range: error::element(text, &["exclude"], pattern),
            })?;
        }
        if let Some((message, range)) = config.dictionary.fault(text) {
            return fault(message, range);
        }
        Ok(config)
    }

    /// The severity at which a rule runs; `None` where it does not.
    #[must_use]
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        let matches = |name: &String| selects(name, rule);
        let selected = self.select.as_ref().is_none_or(|names| names.iter().any(matches));
        if !selected || self.ignore.iter().any(matches) {
            return None;
        }
        let names = [rule.id, group_of(rule.id), "all"];
        let level = names.iter().find_map(|name| self.severity.get(*name));
        level.map_or(Some(rule.severity), |level| level.severity())
    }
}

impl DictionaryConfig {
    /// A word that cannot be one, with its place in the configuration's text.
    fn fault(&self, text: &str) -> Option<(String, Option<Range<usize>>)> {
        if let Some(word) = self.words.iter().find(|word| word.trim().is_empty()) {
            let place = error::element(text, &["dictionary", "words"], word);
            return Some(("words 里有空的词，请删去".to_owned(), place));
        }
        let (wrong, right) =
            self.forbidden.iter().find(|(wrong, right)| wrong.trim().is_empty() || wrong == right)?;
        let message = match wrong.trim() {
            "" => "forbidden 里有空的词，请删去".to_owned(),
            _ => format!("forbidden 里“{wrong}”和改用的“{right}”相同，请写改用什么，或者写空文字"),
        };
        Some((message, key(text, &["dictionary", "forbidden"], wrong)))
    }
}

/// Is it a number from 0 to 1?
pub(crate) fn is_probability(number: f32) -> bool {
    (0.0..=1.0).contains(&number)
}

/// The words of a file of words.
pub fn words_of(text: &str) -> impl Iterator<Item = &str> {
    let words = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split('\t').next());
    words.map(str::trim).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> (String, String) {
        let error = Config::parse(text).unwrap_err();
        (error.message, text[error.range.unwrap()].to_owned())
    }

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

    #[test]
    fn names_are_taken_in_both_languages() {
        let config =
            Config::parse("select = [\"错别字\", \" leftover\"]\ndocument-type = \"request\"\n[severity]\n\"成语误写\" = \"关\"\n").unwrap();
        assert_eq!(config.select, Some(vec!["typo".to_owned(), "leftover".to_owned()]));
        assert_eq!(config.document_type.map(|kind| kind.key), Some("request"));
        assert_eq!(config.severity["typo/idiom"], Level::Off);
        for (name, level) in
            [("错误", Level::Error), ("警告", Level::Warning), ("提示", Level::Info), ("参考", Level::Hint)]
        {
            let config = Config::parse(&format!("[severity]\nall = \"{name}\"\n")).unwrap();
            assert_eq!(config.severity["all"], level);
        }
    }

    #[test]
    fn the_severity_of_all_is_the_last_word() {
        let config = Config::parse("[severity]\nall = \"off\"\ntypo = \"hint\"\n").unwrap();
        let of = |id| config.severity(crate::rules::find(id).unwrap());
        assert_eq!(of("leftover/placeholder"), None);
        assert_eq!(of("typo/idiom"), Some(Severity::Hint));
    }

    #[test]
    fn values_that_are_none_are_refused_in_their_place() {
        // The comment names the same things, and is not what is meant.
        let comment = "# min-confidence [ 学习\n";
        let refused = |text: &str| refused(&format!("{comment}{text}"));
        assert_eq!(refused("[typo]\nmin-confidence = 5\n").1, "5");
        assert_eq!(refused("[typo]\nmin-confidence = nan\n").1, "nan");
        let (message, place) = refused("exclude = [\"[\"]\n");
        assert!(message.contains("“[”") && message.is_char_boundary(0), "{message}");
        assert_eq!(place, "[");
        assert_eq!(refused("[dictionary]\nwords = [\"甲\", \" \"]\n").1, " ");
        assert_eq!(refused("[dictionary]\nforbidden = { \"学习\" = \"学习\" }\n").1, "\"学习\"");
        assert_eq!(refused("[dictionary]\nforbidden = { \"\" = \"甲\" }\n").1, "\"\"");
        assert_eq!(refused("[length]\ndocument = -1\n").0, "值不对，应当是不小于 0 的整数");
        let (message, _) = refused("[severity]\ntypo = \"严重\"\n");
        assert_eq!(
            message,
            "不能写“严重”，可以写的有：错误（error）、警告（warning）、提示（info）、参考（hint）、关（off）"
        );
    }

    #[test]
    fn no_english_is_left_in_a_fault() {
        for text in [
            "a = [1",
            "a = ",
            "= 1",
            "ignore = 1",
            "a = \"\\q\"",
            "[typo",
            "a = 1\na = 2",
            "ignore = [1]",
            "document-type = \"诗\"",
            "[length]\ndocument = 1.5",
        ] {
            let message = Config::parse(text).unwrap_err().message;
            assert!(!message.contains("expected") && !message.contains("invalid"), "{text}: {message}");
        }
    }
}
