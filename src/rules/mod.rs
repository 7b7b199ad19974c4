//! The rules. A rule is one file: its module comment is its documentation, its tests stand below it, and
//! [`RULES`] is the only list of them.

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
pub(crate) mod testing;

use std::sync::LazyLock;

use crate::finding::{Severity, group_of};
use crate::rule::literals::{LiteralSet, Requirements};
use crate::rule::{Rule, Scope};

/// All rules, by group and name.
pub static RULES: &[&Rule] = &[
    &consistency::abbreviation::RULE,
    &consistency::arithmetic::RULE,
    &consistency::forbidden_word::RULE,
    &consistency::list_punctuation::RULE,
    &consistency::name_variant::RULE,
    &consistency::number_repeat::RULE,
    &consistency::percentage_sum::RULE,
    &consistency::person_voice::RULE,
    &consistency::quote_style::RULE,
    &consistency::unit_style::RULE,
    &consistency::year::RULE,
    &grammar::blend::RULE,
    &grammar::collocation::RULE,
    &grammar::correlative::RULE,
    &grammar::double_conjunction::RULE,
    &grammar::frame_incomplete::RULE,
    &grammar::honorific::RULE,
    &grammar::le_time::RULE,
    &grammar::light_verb::RULE,
    &grammar::long_attributive::RULE,
    &grammar::measure_word::RULE,
    &grammar::missing_de::RULE,
    &grammar::missing_object::RULE,
    &grammar::missing_subject::RULE,
    &grammar::multiples::RULE,
    &grammar::negation::RULE,
    &grammar::passive::RULE,
    &grammar::predicate_collocation::RULE,
    &grammar::redundancy::RULE,
    &leftover::ai_residue::RULE,
    &leftover::duplicate_paragraph::RULE,
    &leftover::page_number::RULE,
    &leftover::placeholder::RULE,
    &leftover::review_note::RULE,
    &leftover::stray_mark::RULE,
    &leftover::template_residue::RULE,
    &leftover::truncated::RULE,
    &leftover::unused_ignore::RULE,
    &leftover::web_residue::RULE,
    &number::approximate::RULE,
    &number::circle_zero::RULE,
    &number::date_format::RULE,
    &number::date_order::RULE,
    &number::document_number::RULE,
    &number::impossible_date::RULE,
    &number::mixed_numeral::RULE,
    &number::percentage_point::RULE,
    &number::thousands_separator::RULE,
    &number::unit_symbol::RULE,
    &number::weekday::RULE,
    &punctuation::book_title::RULE,
    &punctuation::colon::RULE,
    &punctuation::dash::RULE,
    &punctuation::duplicate::RULE,
    &punctuation::ellipsis::RULE,
    &punctuation::enumeration_comma::RULE,
    &punctuation::fullwidth_alnum::RULE,
    &punctuation::halfwidth::RULE,
    &punctuation::markdown_emphasis::RULE,
    &punctuation::missing_final::RULE,
    &punctuation::nesting::RULE,
    &punctuation::parallel_attributive::RULE,
    &punctuation::quote_period::RULE,
    &punctuation::semicolon_level::RULE,
    &punctuation::sequence_mark::RULE,
    &punctuation::spacing::RULE,
    &punctuation::subject_comma::RULE,
    &punctuation::title_end::RULE,
    &punctuation::unpaired::RULE,
    &structure::attachment::RULE,
    &structure::closing_mismatch::RULE,
    &structure::count_mismatch::RULE,
    &structure::cross_reference::RULE,
    &structure::duplicate_heading::RULE,
    &structure::empty_section::RULE,
    &structure::missing_section::RULE,
    &structure::numbering::RULE,
    &structure::official_form::RULE,
    &structure::ordinal_series::RULE,
    &structure::report_with_request::RULE,
    &structure::request::RULE,
    &structure::single_child::RULE,
    &structure::title::RULE,
    &style::adverb_stack::RULE,
    &style::claim_without_figure::RULE,
    &style::colloquial::RULE,
    &style::copied_document::RULE,
    &style::exaggeration::RULE,
    &style::four_character_chain::RULE,
    &style::house_style::RULE,
    &style::internet_slang::RULE,
    &style::long_sentence::RULE,
    &style::metaphor_density::RULE,
    &style::near_duplicate_sentence::RULE,
    &style::opening_cliche::RULE,
    &style::phrase_repeat::RULE,
    &style::repeated_opener::RULE,
    &style::stock_phrase::RULE,
    &style::vague_plan::RULE,
    &style::vague_quantity::RULE,
    &typo::confusable_in_context::RULE,
    &typo::confusable_word::RULE,
    &typo::contextual::RULE,
    &typo::de_di_de::RULE,
    &typo::extra_character::RULE,
    &typo::fixed_formulation::RULE,
    &typo::idiom::RULE,
    &typo::missing_character::RULE,
    &typo::nonstandard_character::RULE,
    &typo::outdated_term::RULE,
    &typo::pinyin_residue::RULE,
    &typo::saying::RULE,
    &typo::transposed::RULE,
];

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

    /// May a formatter apply its safe fixes? They change marks and numbers, and leave the words alone.
    #[must_use]
    pub fn formats(&self) -> bool {
        group_of(self.id) == "punctuation" || self.renumbers()
    }
}

/// What the rules look for that read a paragraph.
pub(crate) fn paragraph_literals() -> &'static LiteralSet {
    static SET: LazyLock<LiteralSet> =
        LazyLock::new(|| literals(|scope| matches!(scope, Scope::Paragraph(_))));
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
        Scope::Paragraph(_) => paragraph_literals(),
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

    #[test]
    fn the_table_is_sorted_and_every_rule_is_of_a_group() {
        let ids: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
        assert!(ids.is_sorted(), "{ids:?}");
        for rule in RULES {
            assert!(GROUPS.iter().any(|(group, _)| *group == group_of(rule.id)), "{}", rule.id);
        }
    }
}
