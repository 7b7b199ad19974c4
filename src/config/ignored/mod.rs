//! `zhubi.ignore.toml`: places that a writer has passed over without a word in the draft. Each is known by
//! its words and what stands around them, as a baseline's are: lines may move, another sentence is another
//! place.

mod file;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use toml_edit::{DocumentMut, InlineTable, Item, RawString, Table, Value, value};

use super::{ConfigError, error, in_chinese};
use crate::finding::Diagnostic;
use crate::rules;
use crate::rules::selector::selector;
use crate::text::document::Document;
use crate::text::surroundings::{self, letters};

pub(crate) use file::{IgnoreFile, locate};

/// The table of a place in the file.
const KEY: &str = "ignore";

/// What the file begins with, for who opens it.
const HEADER: &str = "# 朱笔：下面这些地方不再提示，文稿不改。删去一段，那一处就会再提示。\n";

/// A place that is passed over. What is not written of it does not matter: without `before` and `after` it is
/// these words anywhere in the draft, without `text` all that the rule finds there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ignored {
    /// The draft: its path from the file's folder, with `/`.
    pub(crate) file: String,
    pub(crate) rule: String,
    /// The words that are marked; long ones have their middle left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
    /// What stands before them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<String>,
    /// What stands behind them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) after: Option<String>,
    /// What was said, where the rule says more than one thing of these words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) message: Option<String>,
    /// For people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
}

impl Ignored {
    /// The place of a finding, one of several, in a draft of this name.
    pub(crate) fn of(
        file: String,
        document: &Document,
        findings: &[Diagnostic],
        finding: &Diagnostic,
    ) -> Self {
        let source = document.source();
        let is_other = |it: &&Diagnostic| {
            it.rule == finding.rule && it.range == finding.range && it.gist() != finding.gist()
        };
        Self {
            file,
            rule: finding.rule.to_owned(),
            text: Some(shown(&source[finding.range.clone()])),
            before: Some(surroundings::before(source, finding.range.start).to_owned()),
            after: Some(surroundings::behind(source, finding.range.end).to_owned()),
            message: findings.iter().find(is_other).map(|_| finding.message.clone()),
            note: None,
        }
    }

    /// All that a rule finds in a draft.
    pub(crate) fn all_of(file: String, rule: &str) -> Self {
        let rule = rule.to_owned();
        Self { file, rule, text: None, before: None, after: None, message: None, note: None }
    }

    /// Does it say where in a draft it is, so that it is known again in one of another name?
    fn is_pinned(&self) -> bool {
        self.text.is_some() && self.before.is_some() && self.after.is_some()
    }

    fn holds(&self, source: &str, finding: &Diagnostic) -> bool {
        let (start, end) = (finding.range.start, finding.range.end);
        let is_before = |it: &String| letters(it.chars().rev()) == letters(source[..start].chars().rev());
        let is_behind = |it: &String| letters(it.chars()) == letters(source[end..].chars());
        let is_said =
            |it: &String| Diagnostic { message: it.clone(), ..finding.clone() }.gist() == finding.gist();
        self.is_about(source, finding)
            && self.before.as_ref().is_none_or(is_before)
            && self.after.as_ref().is_none_or(is_behind)
            && self.message.as_ref().is_none_or(is_said)
    }

    /// Is it the same rule, and are these the same words?
    fn is_about(&self, source: &str, finding: &Diagnostic) -> bool {
        let is_text = |it: &String| *it == shown(&source[finding.range.clone()]);
        self.rule == finding.rule && self.text.as_ref().is_none_or(is_text)
    }

    /// Its keys in the order of the fields, which is that of a reader.
    fn fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            ("file", Some(&self.file)),
            ("rule", Some(&self.rule)),
            ("text", self.text.as_ref()),
            ("before", self.before.as_ref()),
            ("after", self.after.as_ref()),
            ("message", self.message.as_ref()),
            ("note", self.note.as_ref()),
        ]
        .into_iter()
        .filter_map(|(key, text)| Some((key, text?.as_str())))
    }
}

/// Longer words are shown by their ends.
const MAX_TEXT: usize = 60;

/// Words as the file has them, on one line.
fn shown(words: &str) -> String {
    let words: Vec<char> = words.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
    if words.len() <= MAX_TEXT {
        return words.into_iter().collect();
    }
    let half = MAX_TEXT / 2;
    let (start, end) = (&words[..half], &words[words.len() - half..]);
    start.iter().chain(['…', '…'].iter()).chain(end).collect()
}

/// The file's text, read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default)]
    ignore: Vec<Ignored>,
}

/// Reads the text of a file.
///
/// # Errors
/// What is wrong with it, and where.
fn parse(text: &str) -> Result<Vec<Ignored>, ConfigError> {
    if let Some(at) = text.find("<<<<<<< ").filter(|at| *at == 0 || text[..*at].ends_with('\n')) {
        let message = "有没有解决的合并冲突，请留下两方的各段，去掉冲突的记号".to_owned();
        return Err(ConfigError::new(message, Some(at..at + "<<<<<<<".len())));
    }
    let List { ignore: mut places } = toml::from_str(text).map_err(|error| in_chinese(&error))?;
    for (number, place) in places.iter_mut().enumerate() {
        let known = rule_of(&place.rule).map_err(|message| {
            let keys = [KEY, &number.to_string(), "rule"];
            ConfigError::new(message, error::value(text, &keys))
        })?;
        known.clone_into(&mut place.rule);
    }
    Ok(places)
}

/// The rule of a name, in either language.
///
/// # Errors
/// A message that there is none, or that it is a group: too much would be passed over unseen.
pub(crate) fn rule_of(name: &str) -> Result<&'static str, String> {
    let known = selector(name)?;
    match rules::find(known) {
        Some(rule) => Ok(rule.id),
        None => Err(format!("“{}”是规则组，这里要写一条规则；全部规则见 zhubi rules", name.trim())),
    }
}

/// Adds a place to the text of a file, unless it has it; what a person wrote there stays as it is.
///
/// # Errors
/// As [`parse`].
fn with(text: &str, place: &Ignored) -> Result<String, ConfigError> {
    if parse(text)?.contains(place) {
        return Ok(text.to_owned());
    }
    let mut document = parsed(text)?;
    if let Some(places) = document.get_mut(KEY).and_then(Item::as_array_mut) {
        places.push(place.fields().map(|(key, text)| (key, Value::from(text))).collect::<InlineTable>());
        return Ok(document.to_string());
    }
    // Nothing can stand behind the tables that could not stand before one more.
    let mut table = Table::new();
    place.fields().for_each(|(key, text)| drop(table.insert(key, value(text))));
    let text = if text.trim().is_empty() { HEADER } else { text };
    let gap = if text.ends_with('\n') { "\n" } else { "\n\n" };
    Ok(format!("{text}{gap}[[{KEY}]]\n{table}"))
}

/// Takes places out of the text of a file, by their numbers.
///
/// # Errors
/// As [`parse`].
#[cfg(feature = "cli")]
fn without(text: &str, numbers: &[usize]) -> Result<String, ConfigError> {
    let mut document: DocumentMut = parsed(text)?;
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable();
    let mut header = "";
    for number in numbers.into_iter().rev() {
        match document.get_mut(KEY) {
            Some(Item::ArrayOfTables(places)) if number < places.len() => {
                let place = places.remove(number);
                // What stands above the first place is ours, and is not about it.
                let above = place.decor().prefix().and_then(RawString::as_str).unwrap_or_default();
                header = if above.starts_with(HEADER.trim_end()) { HEADER } else { "" };
            }
            Some(Item::Value(Value::Array(places))) if number < places.len() => drop(places.remove(number)),
            _ => {}
        }
    }
    Ok(format!("{header}{document}"))
}

/// The text of a file that has been read already, for edits.
fn parsed(text: &str) -> Result<DocumentMut, ConfigError> {
    let refused = |error: toml_edit::TomlError| ConfigError::new("不合 TOML 的写法".to_owned(), error.span());
    text.parse().map_err(refused)
}

/// The places that are passed over in one draft, each with its number in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct IgnoredHere(Arc<[(usize, Ignored)]>);

impl IgnoredHere {
    /// The number of the place that each finding is at, where it is at one.
    pub(crate) fn places(&self, document: &Document, findings: &[Diagnostic]) -> Vec<Option<usize>> {
        let source = document.source();
        let place = |finding: &Diagnostic| {
            let holds = self.0.iter().find(|(_, place)| place.holds(source, finding));
            holds.map(|(number, _)| *number)
        };
        findings.iter().map(place).collect()
    }

    /// Drops the findings that are passed over.
    pub(crate) fn drop_from(&self, document: &Document, findings: &mut Vec<Diagnostic>) {
        if !self.0.is_empty() {
            findings
                .retain(|finding| !self.0.iter().any(|(_, place)| place.holds(document.source(), finding)));
        }
    }

    /// May a finding be fixed unseen, in a text that other fixes have `changed`? What stands around a place
    /// may then be other letters: the same words stay as they are.
    pub(crate) fn lets_fix(&self, document: &Document, finding: &Diagnostic, changed: bool) -> bool {
        let source = document.source();
        let spares = |place: &Ignored| {
            if changed { place.is_about(source, finding) } else { place.holds(source, finding) }
        };
        !self.0.iter().any(|(_, place)| spares(place))
    }
}
