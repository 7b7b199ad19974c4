//! Packs: rules of style that an organisation adds, run by the engine of zhubi's own pattern rules.

use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Severity};
use crate::rule::Paragraph;
use crate::rule::literals::Literals;
pub use crate::rule::pattern::source::{Reads, Row};
use crate::rule::pattern::{self, Use};

/// Rules of style that an organisation adds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Pack {
    /// What findings call it: 县政府办用语.
    pub name: String,
    /// Its rules, each a table `[[rule]]`.
    #[serde(rename = "rule")]
    pub rules: Vec<Row>,
}

/// How much the findings of a rule matter that does not say so.
pub(crate) const DEFAULT_SEVERITY: Severity = Severity::Info;

/// Packs, ready to be looked for.
#[derive(Debug, Clone)]
pub struct Packs {
    rows: Vec<pattern::Row>,
    literals: Literals,
    uses: Vec<Use>,
}

impl Default for Packs {
    fn default() -> Self {
        Self::new(&[])
    }
}

impl Packs {
    /// Takes up packs that were [parsed](Pack::parse).
    #[must_use]
    pub fn new(packs: &[Pack]) -> Self {
        let (mut rows, mut literals, mut uses) = (Vec::new(), Vec::new(), Vec::new());
        for (pack, rule) in packs.iter().flat_map(|pack| pack.rules.iter().map(move |rule| (pack, rule))) {
            let Ok(compiled) = rule.compile(&pack.message(rule)) else { continue };
            let required = compiled.required.clone();
            let severity = rule.severity.unwrap_or(DEFAULT_SEVERITY);
            let Some(row) = pattern::Row::of_pack(rule, compiled, severity) else { continue };
            for (set, needed) in required.into_iter().enumerate() {
                uses.extend(needed.iter().map(|_| Use { row: rows.len() as u16, set: set as u8 }));
                literals.extend(needed);
            }
            rows.push(row);
        }
        Self { rows, literals: Literals::of_lists([literals]), uses }
    }

    /// Adds what the packs find in a paragraph.
    pub(crate) fn check(&self, paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
        if self.rows.is_empty() {
            return;
        }
        let hits = self.literals.scan(paragraph.text, |_| ());
        pattern::search(&self.rows, |literal| self.uses[literal], hits.into_iter(), paragraph, out);
        // Where nothing can be looked for, the pattern itself is.
        for row in self.rows.iter().filter(|row| row.sets == 0) {
            match row.reads {
                Reads::Sentence => {
                    for sentence in paragraph.sentences() {
                        row.check(paragraph.text, sentence.clone(), out);
                    }
                }
                Reads::Paragraph => row.check(paragraph.text, 0..paragraph.text.len(), out),
            }
        }
    }
}

impl Pack {
    /// The message of a rule, as a template, with whose rule it is.
    pub(crate) fn message(&self, rule: &Row) -> String {
        let advice = match (&rule.message, rule.replace.as_deref()) {
            (Some(message), _) => message.clone(),
            (None, Some("")) => "不用“$0”，请删去".to_owned(),
            (None, Some(right)) => format!("不用“$0”，改用“{right}”"),
            (None, None) => "不用“$0”".to_owned(),
        };
        advice + &format!("（{}：{}）", self.name, rule.name).replace('$', "$$")
    }
}
