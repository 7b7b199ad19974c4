//! The client's settings: what the writer wants in every project; a project's zhubi.toml overrides them.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::config::{Config, DictionaryConfig, LengthConfig, Level, TypoConfig, is_probability};
use crate::doctype::DocumentType;
use crate::rules::selector::selector;

/// Our section of the client's settings.
pub(crate) const SECTION: &str = "zhubi";

/// The settings, as described in docs/editors.md.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct Settings {
    /// Are documents checked at all?
    pub(crate) enable: bool,
    select: Option<Vec<String>>,
    ignore: Vec<String>,
    severity: BTreeMap<String, Level>,
    min_confidence: Option<f32>,
    possible_typos: Option<bool>,
    words: Vec<String>,
    document_type: Option<&'static DocumentType>,
    target_length: Option<usize>,
    section_length: BTreeMap<String, usize>,
    /// In megabytes.
    max_file_size: f64,
    /// In milliseconds.
    delay: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            enable: true,
            select: None,
            ignore: Vec::new(),
            severity: BTreeMap::new(),
            min_confidence: None,
            possible_typos: None,
            words: Vec::new(),
            document_type: None,
            target_length: None,
            section_length: BTreeMap::new(),
            max_file_size: 10.0,
            delay: 150,
        }
    }
}

impl Settings {
    /// Reads what a client sent, in its section or bare. A setting that is invalid is ignored and reported in
    /// the second value; one that is absent or null has its default.
    pub(crate) fn read(sent: &Value) -> (Self, Vec<String>) {
        let (mut good, mut faults) = (Map::new(), Vec::new());
        let sent = sent.get(SECTION).unwrap_or(sent);
        for (name, value) in sent.as_object().into_iter().flatten() {
            // The client deals with its trace itself, and the status is no setting: see `ClientCapabilities`.
            if value.is_null() || matches!(name.as_str(), "trace" | "status") {
                continue;
            }
            let alone = Value::Object([(name.clone(), value.clone())].into_iter().collect());
            match serde_json::from_value::<Self>(alone)
                .map_err(|error| error.to_string())
                .and_then(Self::normalized)
            {
                Ok(_) => {
                    good.insert(name.clone(), value.clone());
                }
                Err(fault) => faults.push(format!("设置 {SECTION}.{name} 有误：{fault}")),
            }
        }
        let settings = serde_json::from_value::<Self>(Value::Object(good)).unwrap_or_default();
        (settings.normalized().unwrap_or_default(), faults)
    }

    /// The settings with rules, groups and severities by their English names.
    fn normalized(mut self) -> Result<Self, String> {
        for name in self.select.iter_mut().flatten().chain(&mut self.ignore) {
            selector(name)?.clone_into(name);
        }
        let named = |(name, level): (&String, &Level)| Ok::<_, String>((selector(name)?.to_owned(), *level));
        self.severity = self.severity.iter().map(named).collect::<Result<_, _>>()?;
        if self.min_confidence.is_some_and(|least| !is_probability(least)) {
            return Err("应当在 0 到 1 之间".to_owned());
        }
        Ok(self)
    }

    /// The project's configuration on top of these settings: where both set a thing, the project wins.
    pub(crate) fn under(&self, project: Config) -> Config {
        project.over(Config {
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            severity: self.severity.clone(),
            typo: TypoConfig { min_confidence: self.min_confidence, possible: self.possible_typos },
            dictionary: DictionaryConfig { words: self.words.clone(), ..DictionaryConfig::default() },
            document_type: self.document_type,
            length: LengthConfig { document: self.target_length, sections: self.section_length.clone() },
            ..Config::default()
        })
    }

    /// The size in bytes up to which a document is checked.
    pub(crate) fn max_bytes(&self) -> usize {
        (self.max_file_size.max(0.0) * f64::from(1 << 20)) as usize
    }

    /// How long after the last keystroke a text is checked.
    pub(crate) fn delay(&self) -> Duration {
        Duration::from_millis(self.delay.min(10_000))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_invalid_setting_is_reported_and_the_others_apply() {
        let sent = json!({ "zhubi": {
            "ignore": ["style"], "select": null, "severity": { "typo": "loud" }, "selct": [], "delay": 20,
            "documentType": "poem", "trace": { "server": "off" },
        } });
        let (settings, faults) = Settings::read(&sent);
        assert_eq!(settings, Settings { ignore: vec!["style".into()], delay: 20, ..Settings::default() });
        assert_eq!(faults.len(), 3, "{faults:?}");
        assert_eq!(Settings::read(&Value::Null), (Settings::default(), Vec::new()));
    }

    #[test]
    fn the_project_overrides_the_writer() {
        let project = Config::parse("ignore = [\"style\"]\n[severity]\ntypo = \"info\"\n").unwrap();
        let severity = json!({ "typo": "hint", "leftover": "hint" });
        let sent = json!({
            "ignore": ["number"], "severity": severity, "words": ["正策"], "documentType": "request",
        });
        let settings = Settings::read(&sent).0;
        let config = settings.under(project);
        assert_eq!(config.ignore, ["number", "style"]);
        assert_eq!(config.severity["typo"], Level::Info);
        assert_eq!(config.severity["leftover"], Level::Hint);
        assert_eq!(config.dictionary.words, ["正策"]);
        assert_eq!(config.document_type, DocumentType::named("request"));
        let project = Config::parse("document-type = \"通知\"\n").unwrap();
        assert_eq!(settings.under(project).document_type, DocumentType::named("notice"));
    }

    #[test]
    fn names_may_be_in_either_language() {
        let severity = json!({ "标点": "提示", "style": "关" });
        let sent = json!({ "ignore": ["错别字"], "severity": severity, "documentType": "请示" });
        let (settings, faults) = Settings::read(&sent);
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(settings.ignore, ["typo"]);
        assert_eq!((settings.severity["punctuation"], settings.severity["style"]), (Level::Info, Level::Off));
        let request = DocumentType::named("request");
        assert_eq!(settings.document_type, request);
        assert_eq!(Settings::read(&json!({ "documentType": "request" })).0.document_type, request);
        assert_eq!(Settings::read(&json!({ "minConfidence": 5 })).1.len(), 1);
    }
}
