//! The kinds of documents (文种): a summary, a request, a notice. Each is one TOML file in this folder, from which
//! `build/doctype.rs` makes [`ALL`]. No rule names a kind: whatever a rule needs to know about it is a field here.

#[cfg(test)]
mod drafts;
mod recognize;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use recognize::{Title, closing, title, title_or};

/// A kind of document.
#[derive(Debug)]
pub struct DocumentType {
    /// Its name in English, for settings: `request`. It is the name of its file.
    pub key: &'static str,
    /// Its name for a writer; two that are equally usual are joined by 、: 方案、计划.
    pub name: &'static str,
    /// Further names that a writer may give it.
    pub aliases: &'static [&'static str],
    /// What its titles end with. `关于…的报告` counts only in a title that says 关于.
    pub endings: &'static [&'static str],
    /// What titles end with that seem to be its own and are not: 政府工作报告.
    pub other_endings: &'static [&'static str],
    /// Is the ending alone a title as well? 通知 is one; 总结 is only the name of a thing.
    pub bare_title: bool,
    /// What ends the paragraph that brings in its text: 现将有关事项通知如下.
    pub openings: &'static [&'static str],
    /// The phrases with which it closes, the usual one first.
    pub closings: &'static [&'static str],
    /// Are these phrases its own, so that no other kind with a fixed closing may use them?
    pub fixed_closing: bool,
    /// Does an addressee (主送机关) stand below its title?
    pub addressed: bool,
    /// Does it bear a date (成文日期)?
    pub dated: bool,
    /// Where it wants an answer, does it say whom to reach?
    pub contact: bool,
    /// Does it ask a superior for a decision: of one addressee, in one matter, with a closing that asks?
    pub asks: bool,
    /// Must it not ask a superior for a decision?
    pub must_not_ask: bool,
    /// Does it name those who were there?
    pub attended: bool,
    /// Does it look back on the year that its title names?
    pub retrospective: bool,
    /// Words of which the body has at least one if it is what the title says, as
    /// collections file anything
    /// under one title. Empty where the title is enough.
    pub evidence: &'static [&'static str],
    /// The parts that readers expect, as indices of `PARTS`.
    pub parts: &'static [usize],
}

/// A part that readers of a kind of document expect, and the regular expressions by which it is found.
#[derive(Debug)]
pub struct Part {
    /// Its name: 存在的问题.
    pub name: &'static str,
    /// The heading that is offered for it.
    pub heading: &'static str,
    /// What a heading of the part says.
    pub in_headings: &'static [&'static str],
    /// What its sentences say.
    pub in_text: &'static [&'static str],
    /// What its sentences say as well, in a part about faults. Such a part is found only by faults that
    /// remain: 解决了困难 does not count.
    pub faults: &'static [&'static str],
    /// The part before which it belongs, where the draft has that.
    pub before: &'static str,
    /// Is it about plans? Telling of a year to come is enough then.
    pub plans: bool,
    /// The words one of which stands in the titles that want it; empty where every title does.
    pub titles: &'static [&'static str],
    /// The words one of which stands in some heading where it is wanted; empty where it always is.
    pub beside: &'static [&'static str],
    /// Do many good texts do without it?
    pub quiet: bool,
}

include!(concat!(env!("OUT_DIR"), "/doctype.rs"));

impl DocumentType {
    /// The defaults of what a file may leave out.
    const NONE: Self = Self {
        key: "",
        name: "",
        aliases: &[],
        endings: &[],
        other_endings: &[],
        bare_title: false,
        openings: &[],
        closings: &[],
        fixed_closing: false,
        addressed: false,
        dated: false,
        contact: false,
        asks: false,
        must_not_ask: false,
        attended: false,
        retrospective: false,
        evidence: &[],
        parts: &[],
    };

    /// The kind of this name, in Chinese or English: 请示, 总结, request.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        ALL.iter().find(|kind| kind.all_names().any(|known| known == name))
    }

    /// Its names for a writer: 方案, 计划.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.name.split('、')
    }

    /// Whatever it may be called in a configuration, a setting or a comment, the canonical name first.
    pub fn all_names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.names().chain([self.key]).chain(self.aliases.iter().copied())
    }
}

impl Part {
    /// The defaults of what a file may leave out.
    const NONE: Self = Self {
        name: "",
        heading: "",
        in_headings: &[],
        in_text: &[],
        faults: &[],
        before: "",
        plans: false,
        titles: &[],
        beside: &[],
        quiet: false,
    };
}

impl PartialEq for DocumentType {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for DocumentType {}

impl Serialize for DocumentType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.names().next().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for &'static DocumentType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        DocumentType::named(&name).ok_or_else(|| {
            let known: Vec<_> = ALL.iter().map(|kind| format!("{}（{}）", kind.name, kind.key)).collect();
            D::Error::custom(format!("不能写“{name}”，可以写的有：{}", known.join("、")))
        })
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for DocumentType {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "DocumentType".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        use schemars::json_schema;
        let names = ALL.iter().flat_map(|kind| {
            let entry = |name| json_schema!({ "const": name, "description": kind.name, "type": "string" });
            kind.all_names().map(entry)
        });
        json_schema!({ "description": "文种，中英文都可以写", "oneOf": names.collect::<Vec<_>>() })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use regex::Regex;

    use super::*;

    #[test]
    fn kinds_are_found_by_all_their_names() {
        for name in ["方案", "计划", "plan", "工作方案"] {
            assert_eq!(DocumentType::named(name).map(|kind| kind.key), Some("plan"), "{name}");
        }
        assert_eq!(DocumentType::named("报告书"), None);
        assert_eq!(DocumentType::named("方案、计划"), None);
    }

    #[test]
    fn names_and_endings_belong_to_one_kind() {
        let (mut names, mut endings) = (BTreeSet::new(), BTreeSet::new());
        for kind in ALL {
            assert!(!kind.name.is_empty() && !kind.endings.is_empty(), "{}", kind.key);
            assert!(kind.all_names().all(|name| names.insert(name)), "{}", kind.key);
            assert!(kind.endings.iter().all(|ending| endings.insert(ending)), "{}", kind.key);
        }
    }

    #[test]
    fn what_closes_in_a_fixed_way_says_how() {
        for kind in ALL.iter().filter(|kind| kind.fixed_closing || kind.asks || kind.must_not_ask) {
            assert!(!kind.closings.is_empty(), "{}", kind.key);
        }
    }

    #[test]
    fn parts_say_how_they_are_found() {
        for part in PARTS {
            assert!(!part.name.is_empty() && !part.heading.is_empty(), "{part:?}");
            assert!(!part.in_headings.is_empty() && !part.in_text.is_empty(), "{part:?}");
            for pattern in [part.in_headings, part.in_text, part.faults].concat() {
                assert!(Regex::new(pattern).is_ok(), "{}: {pattern}", part.name);
            }
        }
    }
}
