//! A file of patterns, as it is written: a rule of zhubi's own (`src/rules/**/*.toml`) or an organisation's pack.
//! The build script compiles the former with this very code, packs are compiled when they are read.

use regex_syntax::hir::{Hir, HirKind};
use serde::{Deserialize, Deserializer, Serialize};

use super::required;
use crate::finding::{Applicability, Severity};

/// One fault: a rule of a pack, or a row of one of zhubi's own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", schemars(rename = "PackRule"))]
pub struct Row {
    /// What it is about, in a few words.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(required))]
    pub name: String,
    /// Phrases to find; `…` stands for one to twenty characters of a clause. Either this or `pattern`.
    #[serde(default, deserialize_with = "one_or_many")]
    #[cfg_attr(feature = "schema", schemars(with = "OneOrMany"))]
    pub find: Vec<String>,
    /// A regular expression to find instead, without look-around; `…` means the same in it.
    #[serde(default)]
    pub pattern: Option<String>,
    /// What has to stand before it, a regular expression that is not marked; `¦` is the start of a clause.
    #[serde(default)]
    pub before: String,
    /// What has to stand after it, a regular expression that is not marked; `¦` is the end of a clause.
    #[serde(default)]
    pub after: String,
    /// What to put in its place, with `$0` for what was found and `$1` for groups; empty to delete it.
    #[serde(default)]
    pub replace: Option<String>,
    /// May the replacement be made unseen? That of a pack may not.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub fix: Option<Applicability>,
    /// Phrases in which it is let alone.
    #[serde(default, deserialize_with = "one_or_many")]
    #[cfg_attr(feature = "schema", schemars(with = "OneOrMany"))]
    pub unless: Vec<String>,
    /// How far it reads.
    #[serde(default)]
    pub reads: Reads,
    /// Why, for the writer, with `$0` for what was found and `$1` for groups.
    #[serde(default)]
    pub message: Option<String>,
    /// How much it matters; in a pack `info` unless said otherwise.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// Sentences that it marks, one at least; 〔wrong→right〕 says what it marks in them.
    #[serde(deserialize_with = "one_or_many")]
    #[cfg_attr(feature = "schema", schemars(with = "OneOrMany"))]
    pub bad: Vec<String>,
    /// Sentences that it leaves alone.
    #[serde(default, deserialize_with = "one_or_many")]
    #[cfg_attr(feature = "schema", schemars(with = "OneOrMany"))]
    pub good: Vec<String>,
}

/// How far a match may reach.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Reads {
    /// Within a sentence.
    #[default]
    Sentence,
    /// Within a paragraph, whose ends are `^` and `$`.
    Paragraph,
}

/// A phrase or a list of phrases.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged, expecting = "invalid type: expected a string or a sequence")]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(match OneOrMany::deserialize(deserializer)? {
        OneOrMany::One(one) => vec![one],
        OneOrMany::Many(many) => many,
    })
}

/// A row as the engine runs it.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// The regular expression of the row with what stands before and after it.
    pub(crate) regex: String,
    /// The group of what is marked.
    pub(crate) marked: usize,
    /// `replace` and `message`, with the groups of `regex`.
    pub(crate) replacement: Option<String>,
    pub(crate) message: String,
    /// Sets of literals: of each set one stands in every match.
    pub(crate) required: Vec<Vec<String>>,
}

impl Row {
    /// Is it a phrase that may turn up by accident where two words meet?
    pub(crate) fn is_bare(&self) -> bool {
        self.pattern.is_none() && self.before.is_empty() && self.after.is_empty()
    }

    /// The regular expression of what is marked.
    fn body(&self) -> Result<String, String> {
        match (&self.pattern, &self.find[..]) {
            (Some(_), [_, ..]) => Err("既有 find 又有 pattern，请只留一个".to_owned()),
            (None, []) => Err("没有 find，请写要找的词语".to_owned()),
            (None, phrases) if phrases.iter().any(|phrase| phrase.trim_matches('…').is_empty()) => {
                Err("的 find 里有空的词语，请删去".to_owned())
            }
            (Some(pattern), []) => Ok(with_gaps(pattern)),
            (None, phrases) => {
                let mut phrases: Vec<&String> = phrases.iter().collect();
                phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
                let escaped = phrases.iter().map(|phrase| with_gaps(&regex_syntax::escape(phrase)));
                Ok(escaped.collect::<Vec<_>>().join("|"))
            }
        }
    }

    /// Checks the row and translates it, with a message that is a template like `replace`. The error goes on
    /// from the name of the rule.
    pub(crate) fn compile(&self, message: &str) -> Result<Compiled, String> {
        let body = self.body()?;
        let written = self.pattern.as_deref().unwrap_or(&body);
        let own =
            regex_syntax::parse(&body).map_err(|_| format!("的 pattern“{written}”不是正则表达式，请改正"))?;
        if own.properties().minimum_len() == Some(0) {
            return Err(format!("的 pattern“{written}”什么都匹配，请写得具体些"));
        }
        let before = with_gaps(&self.before).replace('¦', &format!("(?:^|[{BREAK}])"));
        let after = with_gaps(&self.after).replace('¦', &format!("(?:[{BREAK}]|$)"));
        let context = |(key, regex): (&str, &str)| {
            let hir = regex_syntax::parse(regex).map_err(|_| format!("的 {key} 不是正则表达式，请改正"))?;
            Ok::<_, String>(groups(&hir))
        };
        let first = context(("before", &before))?;
        let last = context(("after", &after))?;
        let groups = [first.clone(), groups(&own), last].concat();
        self.check_templates(&groups, message)?;
        let regex = format!("{}({body}){}", group(&before), group(&after));
        let whole =
            regex_syntax::parse(&regex).map_err(|_| "的几项合起来不是正则表达式，请改正".to_owned())?;
        let marked = first.len() + 1;
        Ok(Compiled {
            marked,
            replacement: self.replace.as_deref().map(|template| shifted(template, marked)),
            message: shifted(message, marked),
            required: required::sets(&whole),
            regex,
        })
    }

    /// What is wrong with the templates and `unless`, where the pattern has these groups.
    fn check_templates(&self, groups: &[Option<Box<str>>], message: &str) -> Result<(), String> {
        if self.unless.iter().any(|phrase| phrase.trim().is_empty()) {
            return Err("的 unless 里有空的词语，请删去".to_owned());
        }
        if let Some(same) = self.find.iter().find(|phrase| Some(*phrase) == self.replace.as_ref()) {
            return Err(format!("的 replace 和 find 里的“{same}”相同，请写改用什么"));
        }
        let is_missing = |name: &&str| match name.parse::<usize>() {
            Ok(number) => number > groups.len(),
            Err(_) => !groups.iter().flatten().any(|known| **known == **name),
        };
        let replace = self.replace.as_deref().unwrap_or_default();
        for (key, template) in [("replace", replace), ("message", message)] {
            let Some(missing) = references(template).map(|at| &template[at]).find(is_missing) else {
                continue;
            };
            let searched = if self.pattern.is_some() { "pattern" } else { "find" };
            let remedy = match groups.len() {
                0 => format!("{searched} 里没有括号，只能用 $0（找到的词语）"),
                1 => "规则里只有一对括号，用 $1".to_owned(),
                groups => format!("规则里有{groups}对括号，用 $1 到 ${groups}"),
            };
            return Err(format!("的 {key} 里写了“${missing}”，而{remedy}；要写“$”本身，请写“$$”"));
        }
        Ok(())
    }
}

/// What parts clauses.
const BREAK: &str = "，。；：！？,;:!?";

/// A regular expression in which `…`, but not in a class, stands for one to twenty characters of a clause.
fn with_gaps(regex: &str) -> String {
    let mut out = String::new();
    let mut chars = regex.chars();
    let mut depth = 0_usize;
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                out.push(c);
                out.extend(chars.next());
                continue;
            }
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            '…' if depth == 0 => {
                out += &format!("[^{BREAK}\\n]{{1,20}}?");
                continue;
            }
            _ => {}
        }
        out.push(c);
    }
    out
}

fn group(regex: &str) -> String {
    if regex.is_empty() { String::new() } else { format!("(?:{regex})") }
}

/// The groups of a regular expression, with their names.
fn groups(hir: &Hir) -> Vec<Option<Box<str>>> {
    match hir.kind() {
        HirKind::Capture(capture) => [vec![capture.name.clone()], groups(&capture.sub)].concat(),
        HirKind::Repetition(repetition) => groups(&repetition.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().flat_map(groups).collect(),
        _ => Vec::new(),
    }
}

/// The places of the names or numbers of groups in a template: `$1`, `${name}`, but not `$$`.
fn references(template: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += template[at..].find('$')? + 1;
            let rest = &template[at..];
            if rest.starts_with('$') {
                at += 1;
                continue;
            }
            let braced = rest.strip_prefix('{').and_then(|rest| rest.find('}'));
            let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
            let (start, len) = match braced {
                Some(end) => (at + 1, end),
                None => (at, rest.find(|c| !is_name(c)).unwrap_or(rest.len())),
            };
            at = start + len;
            if len > 0 {
                return Some(start..at);
            }
        }
    })
}

/// A template whose groups are counted as they are written, for an expression in which what is marked is a
/// group too.
fn shifted(template: &str, marked: usize) -> String {
    let mut out = String::new();
    let mut done = 0;
    for place in references(template) {
        let number = match template[place.clone()].parse::<usize>() {
            Ok(0) => marked,
            Ok(number) if number >= marked => number + 1,
            _ => continue,
        };
        let start = template[..place.start].rfind('$').unwrap_or(place.start);
        let end = place.end + usize::from(template[place.end..].starts_with('}') && place.start > start + 1);
        out += &format!("{}${{{number}}}", &template[done..start]);
        done = end;
    }
    out + &template[done..]
}
