//! The rules. A rule is one file, in Rust or, where it is a list of patterns, in TOML; [`RULES`] is the only list of
//! them.

pub mod consistency;
pub mod grammar;
pub mod leftover;
pub mod number;
pub mod punctuation;
pub mod selector;
pub mod structure;
pub mod style;
pub mod typo;

#[cfg(test)]
mod pages;
#[cfg(test)]
mod pattern_files;
#[cfg(test)]
pub(crate) mod testing;

use std::sync::LazyLock;

use crate::finding::{Applicability, Severity, group_of};
use crate::rule::literals::{LiteralSet, Requirements};
use crate::rule::{Rule, Scope};

/// The list of rules, which the build script makes of the files: a rule that has a file stands in it.
mod list {
    use std::borrow::Cow;
    use std::sync::OnceLock;

    use crate::finding::{Applicability, Severity};
    use crate::rule::literals::{LiteralList, Needs};
    use crate::rule::pattern::source::Reads;
    use crate::rule::pattern::{Patterns, Row};
    use crate::rule::{Rule, Scope};

    include!(concat!(env!("OUT_DIR"), "/rules.rs"));
}
pub use list::RULES;

/// All rules, by group and name.
#[must_use]
pub fn rules() -> &'static [&'static Rule] {
    RULES
}

/// The groups, with their names for a writer, in the order in which they are shown.
pub const GROUPS: [(&str, &str); 8] = [
    ("typo", "错别字"),
    ("grammar", "语病"),
    ("punctuation", "标点"),
    ("number", "数字"),
    ("leftover", "残留"),
    ("structure", "结构"),
    ("style", "文风"),
    ("consistency", "一致性"),
];

/// The rule of this identifier.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

/// The repository that holds the pages of the rules; empty where the package names none.
#[cfg(any(feature = "cli", feature = "lsp"))]
pub(crate) const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// Where the page of a rule is on the web, if the repository is known.
#[cfg(any(feature = "cli", feature = "lsp"))]
pub(crate) fn page_url(id: &str) -> Option<String> {
    page_url_in(REPOSITORY, id)
}

#[cfg(any(feature = "cli", feature = "lsp"))]
fn page_url_in(repository: &str, id: &str) -> Option<String> {
    let repository = repository.trim_end_matches('/');
    (!repository.is_empty()).then(|| format!("{repository}/blob/main/docs/rules/{id}.md"))
}

impl Rule {
    /// Its default severity in Chinese; a pack may set its own.
    #[must_use]
    pub fn level(&self) -> String {
        let usual = self.default_severity().chinese();
        if self.default_severity() == self.severity {
            usual.to_owned()
        } else {
            format!("{usual}，规则包里可以另写")
        }
    }

    /// What becomes of its findings, in Chinese.
    #[must_use]
    pub fn correction(&self) -> &'static str {
        match self.fix {
            Some(Applicability::Safe) => "可自动改正",
            Some(Applicability::Suggested) => "有修改建议",
            None => "只提示",
        }
    }

    /// Its page in Markdown, as docs/rules, `zhubi explain` and reports show it.
    #[must_use]
    pub fn page(&self) -> String {
        let (id, summary, level, correction) = (self.id, self.summary, self.level(), self.correction());
        format!("# {id}：{summary}\n\n级别：{level}；{correction}。\n\n{}\n", self.documentation().trim_end())
    }

    /// The same as a value.
    #[must_use]
    pub fn default_severity(&self) -> Severity {
        if self.id == style::house_style::RULE.id {
            crate::rule::pack::DEFAULT_SEVERITY
        } else {
            self.severity
        }
    }

    /// Do its fixes put the numbers of headings or of a series in order?
    #[must_use]
    pub fn renumbers(&self) -> bool {
        [structure::numbering::RULE.id, structure::ordinal_series::RULE.id].contains(&self.id)
    }

    /// Does it mark what a sentence lacks as long as it is being written?
    #[must_use]
    pub fn awaits_rest(&self) -> bool {
        self.id == punctuation::unpaired::RULE.id
    }

    /// May a formatter apply its safe fixes? They change marks and numbers, and leave the words alone.
    #[must_use]
    pub fn formats(&self) -> bool {
        group_of(self.id) == "punctuation" || self.renumbers()
    }
}

/// What the rules look for that read a paragraph.
pub(crate) fn paragraph_literals() -> &'static LiteralSet {
    static SET: LazyLock<LiteralSet> = LazyLock::new(|| literals(|scope| scope.of_paragraph().is_some()));
    &SET
}

/// What the rules look for that read the document.
pub(crate) fn document_literals() -> &'static LiteralSet {
    static SET: LazyLock<LiteralSet> =
        LazyLock::new(|| literals(|scope| matches!(scope, Scope::Document(_))));
    &SET
}

/// What a rule needs, among what all rules need that read the same.
pub(crate) fn requirements(rule: &Rule) -> &'static Requirements {
    static NONE: LazyLock<Requirements> = LazyLock::new(Requirements::default);
    let set = match rule.scope {
        Scope::Paragraph(_) | Scope::Habit(..) => paragraph_literals(),
        Scope::Document(_) => document_literals(),
        Scope::Suspicion(..) | Scope::Collection(_) => return &NONE,
    };
    set.requirements(rule.id).unwrap_or(&NONE)
}

fn literals(reads: impl Fn(&Scope) -> bool) -> LiteralSet {
    LiteralSet::new(RULES.iter().filter(|rule| reads(&rule.scope)).map(|rule| (rule.id, rule.needs)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(any(feature = "cli", feature = "lsp"))]
    #[test]
    fn pages_are_where_the_repository_is() {
        let url = page_url_in("https://example.org/zhubi/", "typo/idiom");
        assert_eq!(url.as_deref(), Some("https://example.org/zhubi/blob/main/docs/rules/typo/idiom.md"));
        assert_eq!(page_url_in("", "typo/idiom"), None);
    }

    #[test]
    fn the_table_is_sorted_and_every_rule_is_of_a_group() {
        let ids: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
        assert!(ids.is_sorted(), "{ids:?}");
        for rule in RULES {
            assert!(GROUPS.iter().any(|(group, _)| *group == group_of(rule.id)), "{}", rule.id);
        }
    }
}
