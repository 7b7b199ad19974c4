//! The engine: runs rules over a document, isolates their panics, and orders what they find.

mod cache;
mod checker;
mod conflicts;
pub mod fix;
pub mod mend;
mod rendering;
pub(crate) mod suppress;

use std::collections::BTreeSet;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::chinese::idiom;
use crate::config::Config;
use crate::finding::{Diagnostic, Edit, Fix, Related, Severity};
use crate::finding::{Finding, group_of};
use crate::rule::dictionary::Dictionary;
use crate::rule::facts::Notes;
use crate::rule::literals::{LiteralHits, Requirements};
use crate::rule::pack::Packs;
use crate::rule::{DocumentView, Paragraph, Rule, Scope};
use crate::rules::{self, RULES};
use crate::text::block::Block;
use crate::text::document::Document;
use crate::text::format::Format;
use crate::typo::{
    self, DocumentContext, ErrorRate, RescoredParagraph, ScoredParagraph, Suspicion, TypoKind,
};
use cache::{Known, Memory, Said};
pub use checker::Checker;

/// Runs the rules that a configuration selects.
#[derive(Debug, Clone)]
pub struct Linter {
    config: Config,
    dictionary: Dictionary,
    packs: Packs,
    rules: Vec<(&'static Rule, Severity)>,
    /// What each of the rules needs.
    needs: Vec<&'static Requirements>,
    /// Rules that have panicked.
    fallen: Arc<Mutex<BTreeSet<&'static str>>>,
}

impl Linter {
    /// The rules of a configuration, each at its severity.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let rules: Vec<_> = RULES.iter().filter_map(|rule| Some((*rule, config.severity(rule)?))).collect();
        Self {
            config: config.clone(),
            dictionary: Dictionary::new(&config.dictionary.words, &config.dictionary.forbidden),
            packs: Packs::new(&config.packs.loaded),
            needs: rules.iter().map(|(rule, _)| rules::requirements(rule)).collect(),
            rules,
            fallen: Arc::default(),
        }
    }

    /// The configuration that it was made of.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The findings in a document, by place and then by rule. The same document gives the same findings.
    #[must_use]
    pub fn check(&self, document: &Document) -> Vec<Diagnostic> {
        self.check_again(document, &mut Memory::default(), &AtomicBool::new(false)).unwrap_or_default()
    }

    /// The same, reading only what `memory` does not know. Nothing where `abandoned` was raised before the end.
    fn check_again(
        &self,
        document: &Document,
        memory: &mut Memory,
        abandoned: &AtomicBool,
    ) -> Option<Vec<Diagnostic>> {
        if abandoned.load(Ordering::Relaxed) {
            return None;
        }
        if is_foreign(document.source()) {
            return Some(Vec::new());
        }
        memory.follow(document);
        self.read(document.format(), memory, abandoned);
        if memory.context.is_none() && self.suspects() {
            let texts = memory.paragraphs.iter().map(|paragraph| &*paragraph.text);
            let words = self.dictionary.words().iter().cloned();
            memory.context = Some(DocumentContext::from_paragraphs(texts).with_words(words));
        }
        let memory = &*memory;
        // Side by side, and put together in one order: the threads leave no trace in what is found. What is soon done is not
        // worth the waking of another thread.
        let place = || self.paragraphs(document, memory);
        let judge = || self.whole(document, &memory.notes, abandoned);
        let is_short = document.source().len() < WORTH_A_THREAD * KNOWN_IS_CHEAP;
        let (mut found, whole) = if is_short { (place(), judge()) } else { rayon::join(place, judge) };
        if abandoned.load(Ordering::Relaxed) {
            return None;
        }
        found.extend(whole);
        // What lost its place to a finding stays away when that one is ignored.
        conflicts::settle(&mut found);
        suppress::apply(document, &self.rules, &mut found);
        rendering::guard(document, &mut found);
        conflicts::order(&mut found);
        Some(found)
    }

    /// Reads the paragraphs that are not yet known, as far as it gets.
    fn read(&self, format: Format, memory: &mut Memory, abandoned: &AtomicBool) {
        let suspects = self.suspects();
        let mut new: Vec<&mut cache::Paragraph> =
            memory.paragraphs.iter_mut().filter(|paragraph| paragraph.known.is_none()).collect();
        let bytes: usize = new.iter().map(|paragraph| paragraph.text.len()).sum();
        let at_once = if bytes < WORTH_A_THREAD { new.len().max(1) } else { 1 };
        new.par_iter_mut().with_min_len(at_once).for_each(|paragraph| {
            if !abandoned.load(Ordering::Relaxed) {
                let findings = self.findings(format, paragraph);
                // 篇二 is no text, and a few words are too little context.
                let is_prose = !paragraph.is_part && paragraph.text.chars().nth(LEAST_CONTEXT).is_some();
                let scored = if is_prose && suspects {
                    self.score(&paragraph.text)
                } else {
                    ScoredParagraph::default()
                };
                paragraph.known = Some(Known { findings, scored });
            }
        });
    }

    /// What a rule found that sees more than one document, at the severity that the configuration gives it; nothing
    /// where it is off.
    #[must_use]
    pub fn report(&self, document: &Document, rule: &Rule, found: Vec<Finding>) -> Vec<Diagnostic> {
        let own = self.rules.iter().find(|(own, _)| own.id == rule.id);
        own.map_or_else(Vec::new, |&(rule, severity)| {
            let said = |f: &Finding| !suppress::passes_over(document, rule.id, f.range.start);
            found.into_iter().filter(said).map(|finding| report(finding, rule, severity)).collect()
        })
    }

    /// What the rules find that read a paragraph.
    fn findings(&self, format: Format, paragraph: &cache::Paragraph) -> Vec<Said> {
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
        for (&(rule, severity), needs) in self.rules.iter().zip(&self.needs) {
            let Scope::Paragraph(check) = rule.scope else { continue };
            if !literals.may_satisfy(needs) {
                continue;
            }
            let mut findings =
                self.run(rule, |out| check(&Paragraph { first_list: needs.first_list, ..view }, out));
            if !protected.is_empty() && group_of(rule.id) == "typo" {
                findings.retain(|finding| !protected.iter().any(|word| overlaps(word, &finding.range)));
            }
            all.extend(findings.into_iter().map(|finding| Said { rule, severity, finding }));
        }
        all
    }

    /// All that is known of the paragraphs, at its place in the source.
    fn paragraphs<'m>(&self, document: &Document, memory: &'m Memory) -> Vec<Diagnostic> {
        let context = memory.context.as_ref();
        let rescore =
            |paragraph: &'m cache::Paragraph| Some(paragraph.known.as_ref()?.scored.apply_evidence(context?));
        let paragraphs = || memory.paragraphs.par_iter().with_min_len(256);
        let rescored: Vec<Option<RescoredParagraph<'_>>> = paragraphs().map(rescore).collect();
        let rate: ErrorRate = rescored.iter().flatten().map(RescoredParagraph::rate).sum();
        let blocks = document.blocks().par_iter().zip(paragraphs()).zip(&rescored);
        let found = blocks.flat_map_iter(|((block, paragraph), rescored)| {
            let known = paragraph.known.iter();
            let said = known
                .flat_map(|known| &known.findings)
                .map(|said| locate(said.finding.clone(), said.rule, said.severity, document, block));
            let suspected = rescored
                .iter()
                .filter(|rescored| !rescored.is_empty())
                .flat_map(move |rescored| self.suspicions(&paragraph.text, rescored, rate))
                .map(|said| locate(said.finding, said.rule, said.severity, document, block));
            said.chain(suspected)
        });
        found.collect()
    }

    /// What the rules find that read the document.
    fn whole(&self, document: &Document, notes: &Notes, abandoned: &AtomicBool) -> Vec<Diagnostic> {
        let literals = &notes.read(document, |text, _| rules::document_literals().find(text));
        let document_type = self.config.document_type;
        let view = DocumentView { document, document_type, literals, first_list: 0, notes };
        let at_once = if document.source().len() < WORTH_A_THREAD * KNOWN_IS_CHEAP {
            self.rules.len().max(1)
        } else {
            1
        };
        let rules = self.rules.par_iter().zip(&self.needs).with_min_len(at_once);
        let found = rules.flat_map_iter(|(&(rule, severity), needs)| match rule.scope {
            Scope::Document(check) if !abandoned.load(Ordering::Relaxed) => {
                let findings =
                    self.run(rule, |out| check(&DocumentView { first_list: needs.first_list, ..view }, out));
                findings.into_iter().map(|finding| report(finding, rule, severity)).collect()
            }
            _ => Vec::new(),
        });
        found.collect()
    }

    /// The rules that say what the contextual detector suspects.
    fn suspecting(&self) -> impl Iterator<Item = (&'static Rule, Severity, &'static [TypoKind], Say)> {
        self.rules.iter().filter_map(|&(rule, severity)| match rule.scope {
            Scope::Suspicion(kinds, say) => Some((rule, severity, kinds, say)),
            _ => None,
        })
    }

    fn suspects(&self) -> bool {
        self.suspecting().next().is_some()
    }

    /// What a rule finds; nothing where it panics.
    fn run(&self, rule: &'static Rule, check: impl FnOnce(&mut Vec<Finding>)) -> Vec<Finding> {
        self.isolate(rule, || {
            let mut out = Vec::new();
            check(&mut out);
            out
        })
    }

    /// A panic costs the rule's findings in one place, and one line in the log however often it comes.
    fn isolate<T: Default>(&self, rule: &'static Rule, work: impl FnOnce() -> T) -> T {
        catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
            if self.fallen.lock().unwrap_or_else(PoisonError::into_inner).insert(rule.id) {
                let text = payload.downcast_ref::<&str>().copied();
                let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
                tracing::error!(
                    rule = rule.id,
                    panic = text,
                    "the rule panicked; its findings there are lost"
                );
            }
            T::default()
        })
    }

    /// What a paragraph alone says to the contextual detector.
    fn score(&self, text: &str) -> ScoredParagraph {
        let Some((rule, ..)) = self.suspecting().next() else { return ScoredParagraph::default() };
        self.isolate(rule, || typo::detector().score(text))
    }

    /// What the contextual detector suspects, as findings of the rules that say so.
    fn suspicions(&self, text: &str, rescored: &RescoredParagraph<'_>, rate: ErrorRate) -> Vec<Said> {
        let protected = self.dictionary.protected(text);
        let mut all = Vec::new();
        for suspicion in typo::detector().resolve(rescored, rate) {
            if suspicion.confidence < self.config.typo.min_confidence.unwrap_or(0.0)
                || protected.iter().any(|word| overlaps(word, &suspicion.range))
                || idiom::is_part_of_phrase(text, &suspicion.range)
            {
                continue;
            }
            let said = self.suspecting().find(|(_, _, kinds, _)| kinds.contains(&suspicion.class.kind()));
            if let Some((rule, severity, _, say)) = said {
                let mut findings = self.run(rule, |out| out.extend(say(text, &suspicion)));
                // What is only possible asks for no more than a hint.
                findings.retain(|finding| {
                    self.config.typo.possible != Some(false) || finding.severity != Some(Severity::Hint)
                });
                all.extend(findings.into_iter().map(|finding| Said { rule, severity, finding }));
            }
        }
        all
    }
}

/// Makes a suspicion a finding.
type Say = fn(&str, &Suspicion) -> Option<Finding>;

fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Is it a text of another language, with next to no Chinese in it? The rules are meant for Chinese reports: TODO is no
/// slip in an English note.
fn is_foreign(source: &str) -> bool {
    let (mut hanzi, mut letters) = (0, 0);
    for c in source.chars() {
        match c {
            '\u{3400}'..='\u{9FFF}' => hanzi += 1,
            'A'..='Z' | 'a'..='z' => letters += 1,
            _ => {}
        }
        if hanzi > MUCH_CHINESE {
            return false;
        }
    }
    letters >= LEAST_FOREIGN && hanzi * 20 < letters
}

/// A text with more Chinese characters than this is not foreign, however much else it holds.
const MUCH_CHINESE: usize = 200;

/// Fewer letters than this are a name or a note, and say nothing of the language.
const LEAST_FOREIGN: usize = 40;

/// So many bytes of text are shared out among threads.
const WORTH_A_THREAD: usize = 8 << 10;

/// What is known already costs so much less.
const KNOWN_IS_CHEAP: usize = 16;

/// Fewer characters than this are no context to find a typo by.
const LEAST_CONTEXT: usize = 3;

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

#[cfg(test)]
mod tests {
    use super::*;

    static PARAGRAPH: Rule = Rule {
        id: "style/falls",
        summary: "",
        severity: Severity::Error,
        fix: None,
        doc: "",
        needs: &[],
        scope: Scope::Paragraph(|paragraph, out| {
            out.push(Finding::new(0..paragraph.text.len(), ""));
            assert!(!paragraph.text.contains('乙'), "乙");
        }),
    };
    static DOCUMENT: Rule =
        Rule { id: "style/falls-too", scope: Scope::Document(|_, _| panic!("甲")), ..PARAGRAPH };

    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl std::io::Write for Log {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    /// All that the rules' own tests check, sentence by sentence.
    fn sentences_of_tests() -> Vec<String> {
        let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules")];
        let mut found = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let source = std::fs::read_to_string(path).unwrap();
                    let strings = source.split('"').skip(1).step_by(2).filter(|it| !it.is_ascii());
                    found.extend(
                        strings.map(|text| crate::rules::testing::unmarked(text).replace("\\n", "\n")),
                    );
                }
            }
        }
        found
    }

    #[test]
    fn no_rule_would_find_anything_where_it_is_not_called() {
        let linter = Linter::new(&Config::default());
        let sentences = sentences_of_tests();
        assert!(sentences.len() > 2000, "{}", sentences.len());
        for text in sentences {
            let literals = LiteralHits::of(&text, rules::paragraph_literals());
            for (&(rule, _), needs) in linter.rules.iter().zip(&linter.needs) {
                let Scope::Paragraph(check) = rule.scope else { continue };
                if literals.may_satisfy(needs) {
                    continue;
                }
                let mut found = Vec::new();
                check(
                    &Paragraph {
                        text: &text,
                        kind: crate::text::block::BlockKind::Paragraph,
                        is_heading: false,
                        format: Format::Plain,
                        dictionary: &linter.dictionary,
                        packs: &linter.packs,
                        literals: &literals,
                        first_list: needs.first_list,
                        seams: &[],
                    },
                    &mut found,
                );
                assert!(
                    found.is_empty(),
                    "{} finds in {text:?}, where it does not expect to: {found:#?}",
                    rule.id
                );
            }
        }
    }

    #[test]
    fn a_foreign_text_is_let_alone() {
        let check =
            |text: &str| Linter::new(&Config::default()).check(&Document::new(text, Format::Plain)).len();
        let english = "TODO: the committee met on 20__ and agreed to go on with the second part of the plan.";
        assert_eq!(check(english), 0);
        assert_eq!(check("TODO"), 1);
        assert!(check(&format!("{english}\n委员会同意继续实施计划的第二部分，TODO 补充时间。")) > 0);
    }

    #[test]
    fn what_is_only_possible_is_asked_about_unless_switched_off() {
        let severities = |possible: Option<bool>| {
            let mut config = Config::default();
            config.typo.possible = possible;
            let document =
                Document::new("勘察揭示，自上而下为填土层、残积层。认真学习方针正策。", Format::Plain);
            let found = Linter::new(&config).check(&document);
            found.iter().filter(|d| d.rule == "typo/contextual").map(|d| d.severity).collect::<Vec<_>>()
        };
        assert_eq!(severities(None), [Severity::Hint, Severity::Warning]);
        assert_eq!(severities(Some(false)), [Severity::Warning]);
    }

    #[test]
    fn a_rule_that_panics_costs_its_own_findings() {
        let document =
            Document::new("甲：认真学习政冶理论。\n乙：认真学习政冶理论。\n乙：20__年。", Format::Plain);
        let sound = Linter::new(&Config::default());
        let mut linter = sound.clone();
        linter.rules.extend([(&PARAGRAPH, Severity::Error), (&DOCUMENT, Severity::Error)]);
        linter.needs.extend([rules::requirements(&PARAGRAPH); 2]);
        let log = Log::default();
        let written = log.0.clone();
        let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || log.clone()).finish();
        // On this one thread, whose log is caught.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let found =
            pool.install(|| tracing::subscriber::with_default(subscriber, || linter.check(&document)));
        let (own, others): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|finding| finding.rule == PARAGRAPH.id);
        assert_eq!(own.len(), 1, "in the paragraph where it does not fall");
        assert_eq!(others, sound.check(&document));
        let log = String::from_utf8(written.lock().unwrap().clone()).unwrap();
        let lines: Vec<&str> = log.lines().filter(|line| line.contains("ERROR")).collect();
        assert_eq!(lines.len(), 2, "one line a rule, though one fell twice: {log}");
        assert!(
            lines.iter().any(|line| line.contains("rule=\"style/falls\"") && line.contains('乙')),
            "{log}"
        );
        assert!(lines.iter().any(|line| line.contains("rule=\"style/falls-too\"")), "{log}");
    }
}
