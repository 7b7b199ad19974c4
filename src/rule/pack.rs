//! Packs: rules of style that an organisation adds, with the examples that prove them inside.

use std::ops::Range;

use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::finding::Severity;

/// A pack: a name and its rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Pack {
    /// What findings call it: 县政府办用语.
    pub name: String,
    /// Its rules, each a table `[[rule]]`.
    #[serde(rename = "rule")]
    pub rules: Vec<PackRule>,
}

/// A rule of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PackRule {
    /// What it is about, in a few words.
    pub name: String,
    /// Phrases to find; `…` stands for one to twenty characters of a clause. Either this or `pattern`.
    #[serde(default)]
    pub find: Vec<String>,
    /// A regular expression to find instead, without look-around.
    #[serde(default)]
    pub pattern: Option<String>,
    /// What to put in its place, with `$0` for what was found and `$1` for groups; empty to delete it.
    #[serde(default)]
    pub replace: Option<String>,
    /// Phrases in which it is let alone.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Why, for the writer.
    #[serde(default)]
    pub message: Option<String>,
    /// How much it matters; `info` unless said otherwise.
    #[serde(default = "info")]
    pub severity: Severity,
    /// Sentences that it marks: one at least.
    pub bad: Vec<String>,
    /// Sentences that it leaves alone.
    #[serde(default)]
    pub good: Vec<String>,
}

/// How much the findings of a rule matter that does not say so.
pub(crate) const DEFAULT_SEVERITY: Severity = Severity::Info;

fn info() -> Severity {
    DEFAULT_SEVERITY
}

impl PackRule {
    /// What is wrong with `replace` and `unless`, for what the regular expression finds.
    pub(crate) fn template_fault(&self, regex: &Regex) -> Option<String> {
        if self.unless.iter().any(|phrase| phrase.trim().is_empty()) {
            return Some("的 unless 里有空的词语，请删去".to_owned());
        }
        let replace = self.replace.as_deref()?;
        if self.find.iter().any(|phrase| phrase == replace) {
            return Some(format!("的 replace 和 find 里的“{replace}”相同，请写改用什么"));
        }
        let missing = group_names(replace).find(|name| match name.parse::<usize>() {
            Ok(number) => number >= regex.captures_len(),
            Err(_) => !regex.capture_names().flatten().any(|known| known == *name),
        })?;
        let remedy = match regex.captures_len() - 1 {
            _ if self.pattern.is_none() => "find 里没有括号，只能用 $0（找到的词语）".to_owned(),
            0 => "pattern 里没有括号，只能用 $0（找到的词语）".to_owned(),
            1 => "pattern 里只有一对括号，用 $1".to_owned(),
            groups => format!("pattern 里有{groups}对括号，用 $1 到 ${groups}"),
        };
        Some(format!("的 replace 里写了“${missing}”，而{remedy}；要写“$”本身，请写“$$”"))
    }

    pub(crate) fn regex(&self) -> Result<Regex, String> {
        let pattern = match (&self.pattern, &self.find[..]) {
            (Some(_), [_, ..]) => return Err("既有 find 又有 pattern，请只留一个".to_owned()),
            (None, []) => return Err("没有 find，请写要找的词语".to_owned()),
            (None, phrases) if phrases.iter().any(|phrase| phrase.trim_matches('…').is_empty()) => {
                return Err("的 find 里有空的词语，请删去".to_owned());
            }
            (Some(pattern), []) => pattern.clone(),
            (None, phrases) => {
                let mut phrases: Vec<&String> = phrases.iter().collect();
                phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
                let escaped = phrases.iter().map(|phrase| regex::escape(phrase));
                escaped.collect::<Vec<_>>().join("|").replace('…', "[^，。；：！？,;:!?\\n]{1,20}?")
            }
        };
        let regex =
            Regex::new(&pattern).map_err(|_| format!("的 pattern“{pattern}”不是正则表达式，请改正"))?;
        if regex.is_match("") {
            return Err(format!("的 pattern“{pattern}”什么都匹配，请写得具体些"));
        }
        Ok(regex)
    }
}

/// The groups that a template of [`regex`] names: `$1`, `${name}`, but not `$$`.
fn group_names(template: &str) -> impl Iterator<Item = &str> {
    let mut rest = template;
    std::iter::from_fn(move || {
        loop {
            let (_, after) = rest.split_once('$')?;
            if let Some(after) = after.strip_prefix('$') {
                rest = after;
                continue;
            }
            if let Some((name, after)) = after.strip_prefix('{').and_then(|it| it.split_once('}')) {
                rest = after;
                return Some(name);
            }
            let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len());
            rest = &after[end..];
            if end > 0 {
                return Some(&after[..end]);
            }
        }
    })
}

/// Packs, ready to be looked for.
#[derive(Debug, Clone, Default)]
pub struct Packs {
    rules: Vec<Ready>,
}

#[derive(Debug, Clone)]
struct Ready {
    pack: String,
    rule: PackRule,
    regex: Regex,
}

/// What a rule of a pack found.
#[derive(Debug)]
pub struct Hit<'a> {
    /// The name of the pack.
    pub pack: &'a str,
    /// The rule.
    pub rule: &'a PackRule,
    /// The bytes of the text.
    pub range: Range<usize>,
    /// What to put in their place.
    pub replacement: Option<String>,
}

impl Packs {
    /// Takes up packs.
    #[must_use]
    pub fn new(packs: &[Pack]) -> Self {
        let rules = packs.iter().flat_map(|pack| {
            pack.rules.iter().filter_map(|rule| {
                let regex = rule.regex().ok()?;
                Some(Ready { pack: pack.name.clone(), rule: rule.clone(), regex })
            })
        });
        Self { rules: rules.collect() }
    }

    /// What the rules find in a text, rule by rule.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Hit<'a>> {
        self.rules.iter().flat_map(move |ready| {
            let hits = ready.regex.captures_iter(text).map(move |found| {
                let range = found.get_match().range();
                let replacement = ready.rule.replace.as_ref().map(|template| {
                    let mut replacement = String::new();
                    found.expand(template, &mut replacement);
                    replacement
                });
                Hit { pack: &ready.pack, rule: &ready.rule, range, replacement }
            });
            hits.filter(move |hit| !hit.rule.lets_alone(text, &hit.range))
        })
    }
}

impl PackRule {
    /// Does one of the phrases in which the rule does not hold overlap the match?
    fn lets_alone(&self, text: &str, range: &Range<usize>) -> bool {
        let overlaps = |(at, phrase): (usize, &str)| at < range.end && at + phrase.len() > range.start;
        self.unless.iter().any(|phrase| !phrase.is_empty() && text.match_indices(phrase).any(overlaps))
    }
}
