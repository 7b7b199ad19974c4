//! The rules. A rule is one file: its module comment is its documentation, its tests stand below it, and [`RULES`] is
//! the only list of them.

pub mod consistency;
pub(crate) mod cues;
pub mod grammar;
pub mod leftover;
pub mod number;
mod pattern;
pub mod punctuation;
pub mod structure;
pub mod style;
pub mod typo;

#[cfg(test)]
pub(crate) mod testing;

use std::ops::Range;

use crate::chinese::typo::{Kind, Suspicion};
use crate::config::Config;
use crate::lint::diagnostic::{Applicability, Edit, Fix, Related, Severity};
use crate::lint::dictionary::Dictionary;
use crate::lint::notes::{Noted, Notes};
use crate::pack::Packs;
use crate::rules::cues::{Cues, Hits};
use crate::text::document::{BlockKind, Document};
use crate::text::format::Format;
use crate::text::genre::{self, Title};

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

/// A rule: what it is called, what it says of itself, and how it checks.
#[derive(Debug)]
pub struct Rule {
    /// Its group and name: `typo/confusable-word`.
    pub id: &'static str,
    /// What it finds, in a few Chinese words.
    pub summary: &'static str,
    /// How much its findings matter, at the most.
    pub severity: Severity,
    /// How applicable its fixes are at best; `None` where it offers none.
    pub fix: Option<Applicability>,
    /// Its documentation in Chinese Markdown, from its module comment.
    pub doc: &'static str,
    /// What it reads.
    pub scope: Scope,
}

impl Rule {
    /// How much its findings matter where nobody says otherwise, in Chinese. Those of the rule for packs matter as much as the pack
    /// says.
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
        if self.id == style::house_style::RULE.id { crate::pack::DEFAULT_SEVERITY } else { self.severity }
    }
}

/// What a rule reads, and the function that does it.
#[derive(Debug, Clone, Copy)]
pub enum Scope {
    /// A paragraph by itself; the findings' ranges are bytes of its prose.
    Paragraph(fn(&Paragraph<'_>, &mut Vec<Finding>)),
    /// A paragraph with what the document says for and against, through the contextual detector: what it suspects of these
    /// kinds, made a finding by the function, which is given the paragraph's prose.
    Suspicion(&'static [Kind], fn(&str, &Suspicion) -> Option<Finding>),
    /// The whole document; the findings' ranges are bytes of its source.
    Document(fn(&DocumentView<'_>, &mut Vec<Finding>)),
}

/// What a paragraph rule sees. What it finds may depend on nothing else, so that it can be kept until this changes.
#[derive(Debug, Clone, Copy)]
pub struct Paragraph<'a> {
    /// The prose.
    pub text: &'a str,
    /// What the block is in its format.
    pub kind: BlockKind,
    /// Is it a heading, by its format or by its look?
    pub is_heading: bool,
    /// The format of the document.
    pub format: Format,
    /// The configuration in force.
    pub config: &'a Config,
    /// The project's words.
    pub dictionary: &'a Dictionary,
    /// The rules that the organisation adds.
    pub packs: &'a Packs,
    /// What stands in the prose of all that rules look for.
    pub(crate) cues: &'a Cues<'a>,
    /// The bytes of the prose before which markup stands that is left out of it, in order.
    pub(crate) seams: &'a [usize],
}

impl Paragraph<'_> {
    /// Does a range of the prose meet markup?
    pub(crate) fn meets_markup(&self, range: &Range<usize>) -> bool {
        let next = self.seams.partition_point(|seam| *seam < range.start);
        self.seams.get(next).is_some_and(|seam| *seam <= range.end)
    }
}

/// What a document rule sees.
#[derive(Debug, Clone, Copy)]
pub struct DocumentView<'a> {
    /// The document.
    pub document: &'a Document,
    /// The configuration in force.
    pub config: &'a Config,
    /// What rules have noted of each paragraph.
    pub(crate) notes: &'a Notes,
}

impl DocumentView<'_> {
    /// What `note` makes of each paragraph, by its prose and its kind. It is kept until the paragraph changes, so what is
    /// worth the reading of all the text belongs here, and what only adds up belongs in the rule.
    pub(crate) fn note<T, F>(&self, note: F) -> Noted<T>
    where
        T: Send + Sync + 'static,
        F: Fn(&str, BlockKind) -> Vec<T> + 'static,
    {
        self.notes.read(self.document, note)
    }

    /// What `note` makes of each paragraph, by its prose and what stands in it of the lists of document rules.
    pub(crate) fn note_hits<T, F>(&self, note: F) -> Noted<T>
    where
        T: Send + Sync + 'static,
        F: Fn(&str, Hits<'_>) -> Vec<T> + 'static,
    {
        self.notes.read_hits(self.document, &self.note(cues::of_document), note)
    }

    /// How many characters stand in each paragraph.
    pub(crate) fn lengths(&self) -> Noted<usize> {
        self.note(|text, _| vec![text.chars().count()])
    }

    /// The characters of a range of paragraphs.
    pub(crate) fn length(&self, blocks: Range<usize>) -> usize {
        self.lengths().within(blocks).map(|(_, chars)| chars).sum()
    }
}

impl DocumentView<'_> {
    /// The title of a part, with its kind as the draft or the configuration declares it, or as it is recognised.
    #[must_use]
    pub fn title(&self, part: Range<usize>) -> Option<Title> {
        genre::title_or(self.document, part, self.config.document_type)
    }
}

/// What a rule found.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Its bytes, in the paragraph's prose or in the document's source, as the rule's scope has it.
    pub range: Range<usize>,
    /// The fault and the remedy, in one line of Chinese.
    pub message: String,
    /// A lower severity than the rule's.
    pub severity: Option<Severity>,
    /// Ways to settle it, the best first.
    pub fixes: Vec<Fix>,
    /// Other places that it is about.
    pub related: Vec<Related>,
    /// For typos: the probability that it is one.
    pub confidence: Option<f32>,
}

impl Finding {
    /// A finding without a fix.
    #[must_use]
    pub fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            range,
            message: message.into(),
            severity: None,
            fixes: Vec::new(),
            related: Vec::new(),
            confidence: None,
        }
    }

    /// Offers to put `text` in the place of the range.
    #[must_use]
    pub fn replace(self, text: impl Into<String>, applicability: Applicability) -> Self {
        let text = text.into();
        let title = if text.is_empty() { "删去".to_owned() } else { format!("改为“{text}”") };
        let edits = vec![Edit { range: self.range.clone(), text }];
        self.fix(Fix { title, edits, applicability })
    }

    /// Offers a fix of several edits.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// Says how much it matters, where that is less than the rule's severity.
    #[must_use]
    pub fn at(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// Points to another place that it is about.
    #[must_use]
    pub fn related(mut self, range: Range<usize>, message: impl Into<String>) -> Self {
        self.related.push(Related { range, message: message.into() });
        self
    }
}

/// The group of a rule: `typo` of `typo/idiom`.
#[must_use]
pub fn group_of(id: &str) -> &str {
    id.split_once('/').map_or(id, |(group, _)| group)
}

/// The rule of this identifier.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

/// The documentation of a rule: the module comment at the top of its file, as Markdown.
macro_rules! module_doc {
    ($file:literal) => {
        $crate::rules::module_comment(include_str!($file))
    };
}
pub(crate) use module_doc;

/// The lines at the start of a Rust source that begin with `//!`, markers and all.
pub(crate) const fn module_comment(source: &'static str) -> &'static str {
    let bytes = source.as_bytes();
    let mut at = 0;
    while at + 2 < bytes.len() && bytes[at] == b'/' && bytes[at + 1] == b'/' && bytes[at + 2] == b'!' {
        while at < bytes.len() && bytes[at] != b'\n' {
            at += 1;
        }
        at += 1;
    }
    source.split_at(at).0
}

impl Rule {
    /// Its documentation as Markdown.
    #[must_use]
    pub fn documentation(&self) -> String {
        self.doc
            .lines()
            .map(|line| line.strip_prefix("//!").unwrap_or(line))
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// Its name without the group.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.id.split_once('/').map_or(self.id, |(_, name)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_every_rule_documents_itself() {
        let ids: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
        assert!(ids.is_sorted(), "{ids:?}");
        for rule in RULES {
            assert!(GROUPS.iter().any(|(group, _)| *group == group_of(rule.id)), "{}", rule.id);
            let doc = rule.documentation();
            for part in ["## 例", "## 不报", "## 依据"] {
                assert!(doc.contains(part), "{} has no {part}", rule.id);
            }
            for part in ["## 例", "## 不报"] {
                let section =
                    doc.split(part).nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap_or_default();
                let examples = section.lines().filter(|line| line.starts_with("- ")).count();
                assert!(examples >= 3, "{}: {examples} below {part}", rule.id);
            }
        }
    }
}
