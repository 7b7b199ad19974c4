//! The settings that are in force for a file, each with the place where it is written.

use std::collections::BTreeMap;
use std::path::PathBuf;

use toml::Value;
use toml_edit::{Item, TableLike};

use super::keys::{KEYS, Kind};
use super::{Config, Layer, Project};
use crate::rules::RULES;
use crate::rules::selector::selector;
use crate::text::position::LineIndex;

/// A setting in force.
#[derive(Debug)]
pub(crate) struct Setting {
    /// Its keys: `dictionary`, `words`.
    pub(crate) key: Vec<String>,
    /// Its value; none where it is not set, and has no value then.
    pub(crate) value: Option<Value>,
    /// Where it is written; none where it is not. That of a list is where it begins, and none where several
    /// files add to it.
    pub(crate) origin: Option<Origin>,
    /// The elements of a list to which each place adds.
    pub(crate) elements: Vec<(Value, Origin)>,
    /// The group by which a rule has this severity, where it is not its own.
    pub(crate) by: Option<String>,
}

/// A place in a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) file: PathBuf,
    /// From 1.
    pub(crate) line: usize,
}

/// The settings of files to which these overrides apply; without a project, all as they are by default.
pub(crate) fn settings(project: Option<&Project>, overrides: &[usize]) -> Vec<Setting> {
    let documents: Vec<_> = project
        .iter()
        .flat_map(|project| &project.layers)
        .map(|layer| (layer, toml_edit::Document::parse(layer.text.as_str()).ok()))
        .collect();
    // The weakest first.
    let mut sources: Vec<Source> = Vec::new();
    for (layer, document) in documents.iter().rev() {
        let table = document.as_ref().map(|document| document.as_table() as &dyn TableLike);
        sources.extend(table.map(|table| Source { layer, table }));
    }
    for part in overrides.iter().filter_map(|place| project?.overrides.get(*place)) {
        let (layer, document) = &documents[part.layer];
        let parts = document.as_ref().and_then(|document| document.as_table().get("overrides"));
        let table = parts.and_then(|parts| parts.get(part.index)?.as_table_like());
        sources.extend(table.map(|table| Source { layer, table }));
    }
    let config = project.map(|project| project.config(overrides)).unwrap_or_default();
    let mut settings = Vec::new();
    for key in KEYS {
        let found = sources.iter().filter_map(|source| Some((source, source.get(key.path)?)));
        match key.kind {
            Kind::Value => settings.push(value(key.path, found)),
            Kind::List => settings.push(list(key.path, found)),
            Kind::Table => settings.extend(table(key.path, found, &config)),
            // What comes of it is shown.
            Kind::Scope => {}
        }
    }
    settings
}

/// A table that says something: a file, or the part of one for some files.
struct Source<'a> {
    layer: &'a Layer,
    table: &'a dyn TableLike,
}

impl<'a> Source<'a> {
    fn get(&self, key: &[&str]) -> Option<&'a Item> {
        let (last, tables) = key.split_last()?;
        let table = tables.iter().try_fold(self.table, |table, key| table.get(key)?.as_table_like())?;
        table.get(last)
    }

    fn origin(&self, span: Option<std::ops::Range<usize>>) -> Origin {
        let at = span.map_or(0, |span| span.start);
        Origin { file: self.layer.path.clone(), line: LineIndex::new(&self.layer.text).line(at) + 1 }
    }

    /// A value as it is written, by its place.
    fn written(&self, span: Option<std::ops::Range<usize>>) -> Option<Value> {
        self.layer.text.get(span?)?.parse().ok()
    }

    /// A value of a list as it is meant: rules by their names in English, files by whole paths.
    fn meant(&self, key: &[&str], value: Value) -> Value {
        let Some(text) = value.as_str() else { return value };
        Value::String(match key {
            ["ignore"] => selector(text).map_or_else(|_| text.to_owned(), str::to_owned),
            [_, "files"] => self.layer.beside(text).display().to_string(),
            _ => return value,
        })
    }
}

fn owned(key: &[&str]) -> Vec<String> {
    key.iter().map(|part| (*part).to_owned()).collect()
}

fn value<'a>(key: &[&str], found: impl Iterator<Item = (&'a Source<'a>, &'a Item)>) -> Setting {
    let last = found.last();
    let value = last.and_then(|(source, item)| source.written(item.span()));
    let origin = last.map(|(source, item)| source.origin(item.span()));
    Setting { key: owned(key), value, origin, elements: Vec::new(), by: None }
}

fn list<'a>(key: &[&str], found: impl Iterator<Item = (&'a Source<'a>, &'a Item)>) -> Setting {
    let mut elements = Vec::new();
    for (source, item) in found {
        for element in item.as_array().into_iter().flatten() {
            let Some(value) = source.written(element.span()) else { continue };
            elements.push((source.meant(key, value), source.origin(element.span())));
        }
    }
    let value = Some(Value::Array(elements.iter().map(|(value, _)| value.clone()).collect()));
    let first = elements.first().map(|(_, origin)| origin.clone());
    let origin = first.filter(|first| elements.iter().all(|(_, origin)| origin.file == first.file));
    Setting { key: owned(key), value, origin, elements, by: None }
}

/// The entries of a table; where it has none, the table. With the severities go those of the rules that have
/// another by them than they have by default.
fn table<'a>(
    key: &[&str],
    found: impl Iterator<Item = (&'a Source<'a>, &'a Item)>,
    config: &Config,
) -> Vec<Setting> {
    let is_severity = key == ["severity"];
    let mut entries: BTreeMap<String, (Option<Value>, Origin)> = BTreeMap::new();
    for (source, item) in found {
        for (name, item) in item.as_table_like().into_iter().flat_map(|table| table.iter()) {
            let name = if is_severity { selector(name).unwrap_or(name) } else { name };
            entries.insert(name.to_owned(), (source.written(item.span()), source.origin(item.span())));
        }
    }
    let setting = |name: &str, value: Option<Value>, origin: &Origin, by| Setting {
        key: [owned(key), vec![name.to_owned()]].concat(),
        value,
        origin: Some(origin.clone()),
        elements: Vec::new(),
        by,
    };
    let mut settings = Vec::new();
    for (name, (value, origin)) in &entries {
        let level = config.severity.get(name).filter(|_| is_severity);
        let value = level.and_then(|level| Value::try_from(level).ok()).or_else(|| value.clone());
        settings.push(setting(name, value, origin, None));
    }
    for rule in RULES.iter().filter(|_| is_severity) {
        let Some((name, level)) = config.level(rule).filter(|(name, _)| *name != rule.id) else { continue };
        let by = entries.get(name).filter(|_| level.severity() != Some(rule.default_severity()));
        let Some((_, origin)) = by else { continue };
        settings.push(setting(rule.id, Value::try_from(level).ok(), origin, Some(name.to_owned())));
    }
    if settings.is_empty() {
        let value = Some(Value::Table(toml::Table::new()));
        return vec![Setting { key: owned(key), value, origin: None, elements: Vec::new(), by: None }];
    }
    settings
}
