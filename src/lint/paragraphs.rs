//! The rules that read a paragraph, and the contextual detector.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use super::cache::{Cache, CachedParagraph, LocalFinding, ParagraphResult};
use super::{ActiveRule, Linter, MIN_BYTES_PER_THREAD, place};
use crate::chinese::idiom;
use crate::finding::{Diagnostic, Finding, Severity, group_of};
use crate::parallel;
use crate::rule::literals::LiteralHits;
use crate::rule::{Paragraph, Scope};
use crate::rules;
use crate::text::document::Document;
use crate::text::format::Format;
use crate::typo::{
    self, DocumentContext, ErrorRate, RescoredParagraph, ScoredParagraph, Suspicion, TypoKind,
};

/// Fewer paragraphs than this are not worth another thread once they are read.
const MIN_PARAGRAPHS_PER_THREAD: usize = 256;

/// Fewer characters than this are no context to find a typo by.
const MIN_CONTEXT: usize = 3;

/// Makes a suspicion a finding.
type ToFinding = fn(&str, &Suspicion) -> Option<Finding>;

impl Linter {
    /// Reads the paragraphs that have no result yet; some where `cancelled` is raised on the way.
    pub(super) fn read_paragraphs(&self, format: Format, cache: &mut Cache, cancelled: &AtomicBool) {
        let detects = self.has_detector_rules();
        let mut new: Vec<&mut CachedParagraph> =
            cache.paragraphs.iter_mut().filter(|paragraph| paragraph.result.is_none()).collect();
        let bytes: usize = new.iter().map(|paragraph| paragraph.text.len()).sum();
        let at_once = if bytes < MIN_BYTES_PER_THREAD { new.len().max(1) } else { 1 };
        parallel::for_each(&mut new, at_once, |paragraph| {
            if !cancelled.load(Ordering::Relaxed) {
                let findings = self.run_paragraph_rules(format, paragraph);
                let is_prose = !paragraph.is_part && paragraph.text.chars().nth(MIN_CONTEXT).is_some();
                let scored = if is_prose && detects {
                    self.score(&paragraph.text)
                } else {
                    ScoredParagraph::default()
                };
                paragraph.result = Some(ParagraphResult { findings, scored });
            }
        });
    }

    /// Counts what the document says for and against typos, where that is not kept from the last run.
    pub(super) fn complete_context(&self, cache: &mut Cache) {
        if cache.context.is_none() && self.has_detector_rules() {
            let texts = cache.paragraphs.iter().map(|paragraph| &*paragraph.text);
            let words = self.dictionary.words().iter().cloned();
            cache.context = Some(DocumentContext::from_paragraphs(texts).with_words(words));
        }
    }

    fn run_paragraph_rules(&self, format: Format, paragraph: &CachedParagraph) -> Vec<LocalFinding> {
        let literals = LiteralHits::of(&paragraph.text, rules::paragraph_literals());
        let view = Paragraph {
            text: &paragraph.text,
            kind: paragraph.kind,
            is_heading: paragraph.is_heading,
            format,
            dictionary: &self.dictionary,
            packs: &self.packs,
            literals: &literals,
            first_list: 0,
            seams: &paragraph.seams,
        };
        let protected = self.dictionary.protected(&paragraph.text);
        let mut all = Vec::new();
        for &ActiveRule { rule, severity, needs } in &self.rules {
            let Some(check) = rule.scope.of_paragraph() else { continue };
            if !literals.may_satisfy(needs) {
                continue;
            }
            let first_list = needs.first_list;
            let mut findings = self.run_rule(rule, |out| check(&Paragraph { first_list, ..view }, out));
            if !protected.is_empty() && group_of(rule.id) == "typo" {
                findings.retain(|finding| !protected.iter().any(|word| overlaps(word, &finding.range)));
            }
            all.extend(findings.into_iter().map(|finding| LocalFinding { rule, severity, finding }));
        }
        all
    }

    /// The results of all paragraphs, in bytes of the source.
    pub(super) fn collect_paragraph_findings<'c>(
        &self,
        document: &Document,
        cache: &'c Cache,
    ) -> Vec<Diagnostic> {
        let context = cache.context.as_ref();
        let rescore =
            |paragraph: &'c CachedParagraph| Some(paragraph.result.as_ref()?.scored.apply_evidence(context?));
        let rescored: Vec<Option<RescoredParagraph<'_>>> =
            parallel::flat_map(&cache.paragraphs, MIN_PARAGRAPHS_PER_THREAD, |_, paragraph| {
                [rescore(paragraph)]
            });
        let rate: ErrorRate = rescored.iter().flatten().map(RescoredParagraph::rate).sum();
        parallel::flat_map(&rescored, MIN_PARAGRAPHS_PER_THREAD, |index, rescored| {
            let (block, paragraph) = (&document.blocks()[index], &cache.paragraphs[index]);
            let ruled = paragraph.result.iter().flat_map(|result| &result.findings).map(move |local| {
                place::in_source(local.finding.clone(), local.rule, local.severity, document, block)
            });
            let suspected = rescored
                .iter()
                .filter(|rescored| !rescored.is_empty())
                .flat_map(move |rescored| self.suspicions(&paragraph.text, rescored, rate))
                .map(move |local| {
                    place::in_source(local.finding, local.rule, local.severity, document, block)
                });
            ruled.chain(suspected)
        })
    }

    fn detector_rules(&self) -> impl Iterator<Item = (ActiveRule, &'static [TypoKind], ToFinding)> {
        self.rules.iter().filter_map(|&active| match active.rule.scope {
            Scope::Suspicion(kinds, to_finding) => Some((active, kinds, to_finding)),
            _ => None,
        })
    }

    fn has_detector_rules(&self) -> bool {
        self.detector_rules().next().is_some()
    }

    /// What a paragraph alone says to the contextual detector.
    fn score(&self, text: &str) -> ScoredParagraph {
        let Some((active, ..)) = self.detector_rules().next() else { return ScoredParagraph::default() };
        self.isolate(active.rule, || typo::detector().score(text))
    }

    /// What the contextual detector suspects, as findings of the rules for it.
    fn suspicions(&self, text: &str, rescored: &RescoredParagraph<'_>, rate: ErrorRate) -> Vec<LocalFinding> {
        let protected = self.dictionary.protected(text);
        let mut all = Vec::new();
        for suspicion in typo::detector().resolve(rescored, rate) {
            if suspicion.confidence < self.config.typo.min_confidence.unwrap_or(0.0)
                || protected.iter().any(|word| overlaps(word, &suspicion.range))
                || idiom::is_part_of_phrase(text, &suspicion.range)
            {
                continue;
            }
            let kind = suspicion.class.kind();
            let Some((active, _, to_finding)) =
                self.detector_rules().find(|(_, kinds, _)| kinds.contains(&kind))
            else {
                continue;
            };
            let ActiveRule { rule, severity, .. } = active;
            let mut findings = self.run_rule(rule, |out| out.extend(to_finding(text, &suspicion)));
            // What is only possible is a hint.
            findings.retain(|finding| {
                self.config.typo.possible != Some(false) || finding.severity != Some(Severity::Hint)
            });
            all.extend(findings.into_iter().map(|finding| LocalFinding { rule, severity, finding }));
        }
        all
    }
}

fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
