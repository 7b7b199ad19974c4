//! The client's settings: what the writer wants in every project; a project's zhubi.toml overrides them.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::config::{Config, DictionaryConfig, LengthConfig, Level, TypoConfig, is_probability, refusal};
use crate::doctype::DocumentType;
use crate::rules::selector::selector;

/// Our section of the client's settings.
pub(crate) const SECTION: &str = "zhubi";

/// Settings that the client deals with itself.
const CLIENT_ONLY: [&str; 5] = ["trace", "status", "fixOnSave", "server", "reopenGb18030"];

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
    /// Reads what a client sent, in its section or bare. What is invalid, a setting or a part of one, is
    /// ignored and reported in the second value; what is absent or null has its default.
    pub(crate) fn read(sent: &Value) -> (Self, Vec<String>) {
        let (mut good, mut faults) = (Map::new(), Vec::new());
        let sent = sent.get(SECTION).unwrap_or(sent);
        for (name, value) in sent.as_object().into_iter().flatten() {
            // The client deals with some itself, and the status is no setting: see `ClientCapabilities`.
            if value.is_null() || CLIENT_ONLY.contains(&name.as_str()) {
                continue;
            }
            let fault = |fault: String| format!("设置 {SECTION}.{name} 有误：{fault}");
            match Self::fault(name, value) {
                None => drop(good.insert(name.clone(), value.clone())),
                Some(whole) => {
                    let (sound, wrong) = sound_parts(name, value);
                    good.extend(sound.map(|sound| (name.clone(), sound)));
                    let wrong = if wrong.is_empty() { vec![whole] } else { wrong };
                    faults.extend(wrong.into_iter().map(fault));
                }
            }
        }
        let settings = serde_json::from_value::<Self>(Value::Object(good)).unwrap_or_default();
        (settings.normalized().unwrap_or_default(), faults)
    }

    /// What is wrong with a setting.
    fn fault(name: &str, value: &Value) -> Option<String> {
        let alone = Value::Object([(name.to_owned(), value.clone())].into_iter().collect());
        let in_chinese = |error: serde_json::Error| {
            let message = error.to_string();
            refusal(&message).unwrap_or(message)
        };
        serde_json::from_value::<Self>(alone).map_err(in_chinese).and_then(Self::normalized).err()
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
        if self.max_file_size <= 0.0 {
            return Err("应当大于 0".to_owned());
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

/// The parts of a list or table that can be used alone, where there are any, and what is wrong with the
/// others.
fn sound_parts(name: &str, value: &Value) -> (Option<Value>, Vec<String>) {
    let mut faults = Vec::new();
    let mut is_sound = |part: Value| {
        let fault = Settings::fault(name, &part);
        faults.extend(fault.clone());
        fault.is_none()
    };
    let sound = match value {
        Value::Array(parts) => {
            let parts = parts.iter().filter(|part| is_sound(Value::Array(vec![(*part).clone()])));
            Some(parts.cloned().collect::<Vec<_>>()).filter(|parts| !parts.is_empty()).map(Value::Array)
        }
        Value::Object(parts) => {
            let one = |(key, part): (&String, &Value)| [(key.clone(), part.clone())].into_iter().collect();
            let parts = parts.iter().filter(|part| is_sound(Value::Object(one(*part))));
            let parts: Map<_, _> = parts.map(|(key, part)| (key.clone(), part.clone())).collect();
            Some(parts).filter(|parts| !parts.is_empty()).map(Value::Object)
        }
        _ => None,
    };
    (sound, faults)
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
    fn a_wrong_part_of_a_setting_takes_no_other_along() {
        let (settings, faults) = Settings::read(&json!({
            "ignore": ["typo", "没有这条", 3], "select": ["没有这条"],
            "severity": { "style": "off", "没有": "error", "number": "大" },
            "sectionLength": { "一": 200, "二": -1 }, "delay": "快",
        }));
        assert_eq!((settings.ignore, settings.select), (vec!["typo".to_owned()], None));
        assert_eq!(settings.severity, BTreeMap::from([("style".to_owned(), Level::Off)]));
        assert_eq!(settings.section_length, BTreeMap::from([("一".to_owned(), 200)]));
        assert_eq!(faults.len(), 7, "{faults:?}");
        for fault in faults {
            let told = fault.split_once("有误：").unwrap().1;
            assert!(!told.contains("expected") && !told.contains("invalid"), "{fault}");
        }
    }

    #[test]
    fn what_is_the_clients_is_no_fault() {
        let sent =
            json!({ "reopenGb18030": "ask", "fixOnSave": true, "server": { "path": "" }, "maxFileSize": -1 });
        assert_eq!(Settings::read(&sent).1, ["设置 zhubi.maxFileSize 有误：应当大于 0"]);
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
