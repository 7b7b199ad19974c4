//! Reads the text of a configuration, and refuses what cannot be meant, with its place.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Config, ConfigError, DictionaryConfig, Level, Override, TypoConfig, error, in_chinese, key};
use crate::rules::selector::selector;

impl Config {
    /// Reads a configuration. The names of rules are put as the tables have them. What it extends is not
    /// read.
    ///
    /// # Errors
    /// Where the text is no TOML, has an unknown key or a value that is none, or names a rule that does not
    /// exist.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let mut config: Self = toml::from_str(text).map_err(|error| in_chinese(&error))?;
        let fault = |message: String, range| Err(ConfigError::new(message, range));
        if config.extend.as_ref().is_some_and(|path| path.trim().is_empty()) {
            let place = error::value(text, &["extend"]);
            return fault(
                "extend 是空的，请写要继承的文件，如 ../zhubi.toml，或删去这一行".to_owned(),
                place,
            );
        }
        let Config { select, ignore, severity, typo, .. } = &mut config;
        Rules { text, place: &[], select, ignore, severity, typo }.normalize()?;
        for (index, part) in config.overrides.iter_mut().enumerate() {
            let place = ["overrides", &index.to_string()];
            if part.files.is_empty() {
                let place = error::value(text, &[&place[..], &["files"]].concat());
                return fault("overrides 里的 files 是空的，请写是哪些文件，或删去这一段".to_owned(), place);
            }
            #[cfg(feature = "files")]
            patterns(text, &place, "files", &part.files)?;
            let Override { select, ignore, severity, typo, .. } = part;
            Rules { text, place: &place, select, ignore, severity, typo }.normalize()?;
        }
        #[cfg(feature = "files")]
        patterns(text, &[], "exclude", &config.exclude)?;
        if let Some((message, range)) = config.dictionary.fault(text) {
            return fault(message, range);
        }
        Ok(config)
    }
}

/// Refuses what is no pattern.
#[cfg(feature = "files")]
fn patterns(text: &str, place: &[&str], key: &str, patterns: &[String]) -> Result<(), ConfigError> {
    for pattern in patterns {
        crate::files::pattern::check(pattern).map_err(|why| {
            let range = error::element(text, &[place, &[key]].concat(), pattern);
            ConfigError::new(format!("{key} 中的{why}"), range)
        })?;
    }
    Ok(())
}

/// What a configuration, or a part of it, says of rules.
struct Rules<'a> {
    text: &'a str,
    /// The keys that lead to it.
    place: &'a [&'a str],
    select: &'a mut Option<Vec<String>>,
    ignore: &'a mut Vec<String>,
    severity: &'a mut BTreeMap<String, Level>,
    typo: &'a TypoConfig,
}

impl Rules<'_> {
    /// Puts names as the tables have them.
    fn normalize(self) -> Result<(), ConfigError> {
        let Self { text, place, select, ignore, severity, typo } = self;
        let path = |key| [place, &[key]].concat();
        for (list, names) in [("select", select.as_mut()), ("ignore", Some(ignore))] {
            for name in names.into_iter().flatten() {
                match selector(name) {
                    Ok(known) => known.clone_into(name),
                    Err(message) => {
                        return Err(ConfigError::new(message, error::element(text, &path(list), name)));
                    }
                }
            }
        }
        let mut known = BTreeMap::new();
        for (name, level) in &*severity {
            let range = || key(text, &path("severity"), name);
            let selector = selector(name).map_err(|message| ConfigError::new(message, range()))?;
            if known.insert(selector.to_owned(), *level).is_some() {
                return Err(ConfigError::new(format!("“{selector}”的级别写了两次，请留一个"), range()));
            }
        }
        *severity = known;
        if typo.min_confidence.is_some_and(|least| !is_probability(least)) {
            let range = error::value(text, &[&path("typo")[..], &["min-confidence"]].concat());
            return Err(ConfigError::new("min-confidence 应当在 0 到 1 之间".to_owned(), range));
        }
        Ok(())
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
    use crate::finding::Severity;
    use crate::rules;

    fn refused(text: &str) -> (String, String) {
        let error = Config::parse(text).unwrap_err();
        (error.message, text[error.range.unwrap()].to_owned())
    }

    #[test]
    fn a_rules_own_severity_goes_before_its_groups() {
        let config = Config::parse("[severity]\ntypo = \"hint\"\n\"typo/idiom\" = \"off\"\n").unwrap();
        let of = |id| config.severity(rules::find(id).unwrap());
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
        let of = |id| config.severity(rules::find(id).unwrap());
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
    fn faults_of_overrides_are_told_in_their_place() {
        let first = "[[overrides]]\nfiles = [\"甲\"]\nignore = [\"typo\"]\n\n[[overrides]]\n";
        let refused = |text: &str| refused(&format!("{first}{text}"));
        assert_eq!(refused("files = [\"乙\"]\nignore = [\"typos\"]\n").1, "typos");
        assert_eq!(refused("files = [\"乙\"]\nseverity = { nosuch = \"off\" }\n").1, "nosuch");
        assert_eq!(refused("files = [\"乙\"]\n[overrides.typo]\nmin-confidence = 2\n").1, "2");
        assert_eq!(refused("files = []\n").1, "[]");
        let (message, place) = refused("files = [\"甲\", \"[\"]\n");
        assert!(message.starts_with("files 中的“[”"), "{message}");
        assert_eq!(place, "[");
        assert_eq!(refused("select = []\n").0, "缺少“files”这一项，请补上");
        assert_eq!(refused("files = [\"乙\"]\nexclude = []\n").1, "exclude");
        assert_eq!(super::tests::refused("extend = \" \"\n").1, "\" \"");
    }

    #[test]
    fn a_key_that_needs_quotation_marks_is_told_so() {
        for text in
            ["[dictionary.forbidden]\n老百姓 = \"群众\"\n", "[length]\nsections = { 存在的问题 = 500 }\n"]
        {
            let (message, place) = refused(text);
            assert!(message.contains("要加引号") && !place.is_ascii(), "{message} {place}");
        }
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
