//! The engine: runs rules over a document, isolates their panics, and orders what they find.

pub mod diagnostic;
pub mod dictionary;
pub mod fix;
mod overlap;
pub(crate) mod suppress;

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;

use crate::chinese::idiom;
use crate::chinese::typo::{self, DocumentContext};
use crate::config::Config;
use crate::pack::Packs;
use crate::rules::{DocumentView, Finding, Paragraph, RULES, Rule, Scope, group_of};
use crate::text::document::{Block, Document};
use crate::text::outline::NodeKind;
use diagnostic::{Diagnostic, Edit, Fix, Related, Severity};
use dictionary::Dictionary;

/// Runs the rules that a configuration selects.
#[derive(Debug, Clone)]
pub struct Linter {
    config: Config,
    dictionary: Dictionary,
    packs: Packs,
    rules: Vec<(&'static Rule, Severity)>,
}

impl Linter {
    /// The rules of a configuration, each at its severity.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let rules = RULES.iter().filter_map(|rule| Some((*rule, config.severity(rule)?))).collect();
        let dictionary = Dictionary::new(&config.dictionary);
        Self { config: config.clone(), dictionary, packs: Packs::new(&config.packs), rules }
    }

    /// The findings in a document, by place and then by rule. The same document gives the same findings.
    #[must_use]
    pub fn check(&self, document: &Document) -> Vec<Diagnostic> {
        // Side by side, and put together in one order: the threads leave no trace in what is found.
        let (paragraphs, (suspicions, whole)) = rayon::join(
            || self.paragraphs(document),
            || rayon::join(|| self.suspicions(document), || self.whole(document)),
        );
        let mut found = [paragraphs, suspicions, whole].concat();
        suppress::apply(document.source(), &self.rules, &mut found);
        overlap::settle(&mut found);
        found
    }

    /// What a rule found that sees more than one document, at the severity that the configuration gives it; nothing
    /// where it is off.
    #[must_use]
    pub fn report(&self, document: &Document, rule: &Rule, found: Vec<Finding>) -> Vec<Diagnostic> {
        let own = self.rules.iter().find(|(own, _)| own.id == rule.id);
        own.map_or_else(Vec::new, |&(rule, severity)| {
            let said = |f: &Finding| !suppress::passes_over(document.source(), rule.id, f.range.start);
            found.into_iter().filter(said).map(|finding| report(finding, rule, severity)).collect()
        })
    }

    /// What the rules find that read a paragraph.
    fn paragraphs(&self, document: &Document) -> Vec<Diagnostic> {
        let headings: Vec<usize> = document.outline().nodes().iter().map(|node| node.block).collect();
        let blocks = document.blocks().par_iter().enumerate();
        let found = blocks.flat_map_iter(|(index, block)| {
            let paragraph = Paragraph {
                text: document.text(block),
                kind: block.kind,
                is_heading: headings.binary_search(&index).is_ok(),
                format: document.format(),
                config: &self.config,
                dictionary: &self.dictionary,
                packs: &self.packs,
            };
            let protected = self.dictionary.protected(paragraph.text);
            let mut found = Vec::new();
            for &(rule, severity) in &self.rules {
                let Scope::Paragraph(check) = rule.scope else { continue };
                let mut findings = run(rule, |out| check(&paragraph, out));
                if !protected.is_empty() && group_of(rule.id) == "typo" {
                    findings.retain(|finding| !protected.iter().any(|word| overlaps(word, &finding.range)));
                }
                let findings = if findings.len() > FLOOD { vec![flood(rule, &findings)] } else { findings };
                found.extend(findings.into_iter().map(|f| locate(f, rule, severity, document, block)));
            }
            found
        });
        found.collect()
    }

    /// What the rules find that read the document.
    fn whole(&self, document: &Document) -> Vec<Diagnostic> {
        let view = DocumentView { document, config: &self.config };
        let found = self.rules.par_iter().flat_map_iter(|&(rule, severity)| match rule.scope {
            Scope::Document(check) => {
                let mut findings = run(rule, |out| check(&view, out));
                if findings.len() > DOCUMENT_FLOOD {
                    let rest = findings.split_off(DOCUMENT_FLOOD);
                    let message = format!("“{}”另有{}处，不再逐一标出", rule.summary, rest.len());
                    findings.push(Finding::new(rest[0].range.clone(), message).at(Severity::Info));
                }
                findings.into_iter().map(|finding| report(finding, rule, severity)).collect()
            }
            _ => Vec::new(),
        });
        found.collect()
    }

    /// What the contextual detector suspects, as findings of the rules that say so.
    fn suspicions(&self, document: &Document) -> Vec<Diagnostic> {
        let rules: Vec<_> =
            self.rules.iter().filter(|(rule, _)| matches!(rule.scope, Scope::Suspicion(..))).collect();
        let Some((first, _)) = rules.first() else { return Vec::new() };
        let texts = document.blocks().iter().map(|block| document.text(block));
        let context =
            DocumentContext::from_paragraphs(texts).with_words(self.dictionary.words().iter().cloned());
        let titles: Vec<usize> = document
            .outline()
            .nodes()
            .iter()
            .filter(|node| node.kind == NodeKind::Part)
            .map(|node| node.block)
            .collect();
        let blocks = document.blocks().par_iter().enumerate();
        let found = blocks.flat_map_iter(|(index, block)| {
            let mut found = Vec::new();
            let text = document.text(block);
            // 篇二 is no text, and a few words are too little context.
            if titles.binary_search(&index).is_ok() || text.chars().nth(LEAST_CONTEXT).is_none() {
                return found;
            }
            let protected = self.dictionary.protected(text);
            let suspicions = isolate(first, || typo::detector().detect(text, &context));
            for suspicion in suspicions {
                if suspicion.confidence < self.config.typo.min_confidence.unwrap_or(0.0)
                    || protected.iter().any(|word| overlaps(word, &suspicion.range))
                    || idiom::is_part_of_phrase(text, &suspicion.range)
                {
                    continue;
                }
                let said = rules.iter().find_map(|(rule, severity)| match rule.scope {
                    Scope::Suspicion(kinds, say) if kinds.contains(&suspicion.kind) => {
                        Some((rule, severity, say))
                    }
                    _ => None,
                });
                if let Some((rule, severity, say)) = said {
                    found.extend(say(text, &suspicion).map(|f| locate(f, rule, *severity, document, block)));
                }
            }
            found
        });
        found.collect()
    }
}

fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Fewer characters than this are no context to find a typo by.
const LEAST_CONTEXT: usize = 8;

/// More findings of one rule in one paragraph say that it is no prose of the kind the rule is for.
const FLOOD: usize = 50;

/// More findings of one rule in a document are counted, not shown.
const DOCUMENT_FLOOD: usize = 500;

/// One note in place of a flood.
fn flood(rule: &Rule, findings: &[Finding]) -> Finding {
    let message = format!("本段“{}”多达{}处，不像通常的行文，不再逐一标出", rule.summary, findings.len());
    Finding::new(findings[0].range.clone(), message).at(Severity::Info)
}

/// What a rule finds; nothing, and a line in the log, where it panics.
fn run(rule: &Rule, check: impl FnOnce(&mut Vec<Finding>)) -> Vec<Finding> {
    isolate(rule, || {
        let mut out = Vec::new();
        check(&mut out);
        out
    })
}

fn isolate<T>(rule: &Rule, work: impl FnOnce() -> Vec<T>) -> Vec<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        tracing::error!(rule = rule.id, "the rule panicked; its findings here are lost");
        Vec::new()
    })
}

fn report(finding: Finding, rule: &Rule, severity: Severity) -> Diagnostic {
    // A finding may ask for less than its rule's severity, never for more: the configuration has the last word.
    let severity = finding.severity.map_or(severity, |asked| asked.min(severity));
    Diagnostic {
        rule: rule.id,
        severity,
        range: finding.range,
        message: finding.message,
        fixes: finding.fixes,
        related: finding.related,
        confidence: finding.confidence,
    }
}

/// Moves a finding in a block's prose to its place in the source.
fn locate(
    mut finding: Finding,
    rule: &Rule,
    severity: Severity,
    document: &Document,
    block: &Block,
) -> Diagnostic {
    let text = document.text(block);
    finding.fixes = finding.fixes.into_iter().filter_map(|fix| locate_fix(fix, text, block)).collect();
    finding.range = block.to_source(finding.range);
    finding.related = finding
        .related
        .into_iter()
        .map(|related| Related { range: block.to_source(related.range), ..related })
        .collect();
    report(finding, rule, severity)
}

/// An edit across markup is cut down to what it changes; where that still has markup inside, there is no fix.
fn locate_fix(fix: Fix, text: &str, block: &Block) -> Option<Fix> {
    let edits = fix
        .edits
        .into_iter()
        .map(|edit| {
            if block.is_unbroken(&edit.range) {
                return Some(Edit { range: block.to_source(edit.range), text: edit.text });
            }
            let edit = edit.trimmed(text);
            block
                .is_unbroken(&edit.range)
                .then(|| Edit { range: block.to_source(edit.range), text: edit.text })
        })
        .collect::<Option<Vec<_>>>()?;
    Some(Fix { edits, ..fix })
}
