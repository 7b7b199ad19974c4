//! The engine: runs rules over a document, isolates their panics, resolves conflicts, and sorts what they
//! find.

#[cfg(feature = "cli")]
pub(crate) mod baseline;
mod cache;
mod checker;
pub mod collection;
mod conflicts;
mod document;
mod edited_text;
#[cfg(feature = "cli")]
pub(crate) mod fingerprint;
pub mod fix;
pub mod fix_all;
mod habits;
mod paragraphs;
mod place;
mod rendering;
pub(crate) mod suppress;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
#[cfg(feature = "cli")]
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::chinese::is_ideograph;
use crate::config::Config;
use crate::finding::{Diagnostic, Finding, Severity};
use crate::parallel;
use crate::rule::Rule;
use crate::rule::dictionary::Dictionary;
use crate::rule::literals::Requirements;
use crate::rule::pack::Packs;
use crate::rules::{self, RULES};
use crate::text::document::Document;
use cache::Cache;
pub use checker::Checker;

/// Runs the rules that a configuration selects.
#[derive(Debug, Clone)]
pub struct Linter {
    config: Config,
    dictionary: Dictionary,
    packs: Packs,
    rules: Vec<ActiveRule>,
    /// Rules that have panicked.
    panicked: Arc<Mutex<BTreeSet<&'static str>>>,
    #[cfg(feature = "cli")]
    digest: Arc<OnceLock<[u8; 32]>>,
}

/// A rule that the configuration selects.
#[derive(Debug, Clone, Copy)]
struct ActiveRule {
    rule: &'static Rule,
    /// By the configuration.
    severity: Severity,
    needs: &'static Requirements,
}

impl ActiveRule {
    fn new(rule: &'static Rule, severity: Severity) -> Self {
        Self { rule, severity, needs: rules::requirements(rule) }
    }
}

impl Linter {
    /// The rules of a configuration, each at its severity.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let rules = RULES.iter().filter_map(|rule| Some(ActiveRule::new(rule, config.severity(rule)?)));
        Self {
            config: config.clone(),
            dictionary: Dictionary::new(&config.dictionary.words, &config.dictionary.forbidden),
            packs: Packs::new(&config.packs.loaded),
            rules: rules.collect(),
            panicked: Arc::default(),
            #[cfg(feature = "cli")]
            digest: Arc::default(),
        }
    }

    /// A hash of the configuration, with the packs and words that it names.
    #[cfg(feature = "cli")]
    pub(crate) fn digest(&self) -> &[u8; 32] {
        self.digest.get_or_init(|| *blake3::hash(format!("{:?}", self.config).as_bytes()).as_bytes())
    }

    /// The configuration that it was made of.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Its rules, each by itself.
    #[cfg(feature = "lsp")]
    pub(crate) fn each(&self) -> impl Iterator<Item = (&'static str, Self)> + '_ {
        let alone = |active: &ActiveRule| (active.rule.id, Self { rules: vec![*active], ..self.clone() });
        self.rules.iter().map(alone)
    }

    /// The findings in a document, by place and then by rule. The same document gives the same findings.
    #[must_use]
    pub fn check(&self, document: &Document) -> Vec<Diagnostic> {
        let mut found = self.check_by_place(document);
        self.merge_habits(document, &mut found);
        found
    }

    /// What [`Linter::check`] finds, each place by itself: for those who pick among the places.
    #[must_use]
    pub(crate) fn check_by_place(&self, document: &Document) -> Vec<Diagnostic> {
        self.run(document, &mut Cache::default(), &AtomicBool::new(false)).unwrap_or_default()
    }

    /// What [`Linter::check_by_place`] finds, reading only what the cache does not hold. `None` where
    /// `cancelled` was raised before the end.
    fn run(&self, document: &Document, cache: &mut Cache, cancelled: &AtomicBool) -> Option<Vec<Diagnostic>> {
        if cancelled.load(Ordering::Relaxed) {
            return None;
        }
        if is_foreign(document.source()) {
            return Some(Vec::new());
        }
        cache.update(document);
        self.read_paragraphs(document.format(), cache, cancelled);
        self.complete_context(cache);
        let cache = &*cache;
        // In parallel, merged in a fixed order so that output is deterministic.
        let paragraphs = || self.collect_paragraph_findings(document, cache);
        let whole = || self.run_document_rules(document, &cache.facts, cancelled);
        let is_short = document.source().len() < MIN_BYTES_PER_THREAD * CACHED_IS_CHEAPER;
        let (mut found, whole) =
            if is_short { (paragraphs(), whole()) } else { parallel::join(paragraphs, whole) };
        if cancelled.load(Ordering::Relaxed) {
            return None;
        }
        found.extend(whole);
        // Conflicts first: what lost its place to a finding stays away when that one is suppressed.
        conflicts::resolve(&mut found);
        suppress::apply(document, &self.rules, &mut found);
        rendering::guard(document, &mut found);
        for finding in &mut found {
            finding.fixes.retain(|fix| fix.edits.iter().all(|edit| document.is_editable(&edit.range)));
        }
        conflicts::sort(&mut found);
        Some(found)
    }

    /// What a rule finds; nothing where it panics.
    fn run_rule(&self, rule: &'static Rule, check: impl FnOnce(&mut Vec<Finding>)) -> Vec<Finding> {
        self.isolate(rule, || {
            let mut out = Vec::new();
            check(&mut out);
            out
        })
    }

    /// A panic costs the rule's findings in one place, and one line in the log however often it comes.
    fn isolate<T: Default>(&self, rule: &'static Rule, work: impl FnOnce() -> T) -> T {
        catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
            if self.panicked.lock().unwrap_or_else(PoisonError::into_inner).insert(rule.id) {
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
}

/// Is it a text of another language, with next to no Chinese in it? The rules are meant for Chinese reports:
/// TODO is no slip in an English note.
fn is_foreign(source: &str) -> bool {
    let (mut hanzi, mut letters) = (0, 0);
    for c in source.chars() {
        match c {
            c if is_ideograph(c) => hanzi += 1,
            'A'..='Z' | 'a'..='z' => letters += 1,
            _ => {}
        }
        if hanzi > MIN_CHINESE {
            return false;
        }
    }
    letters >= MIN_FOREIGN && hanzi * 20 < letters
}

/// A text with more Chinese characters than this is not foreign, however much else it holds.
const MIN_CHINESE: usize = 200;

/// Fewer letters than this are a name or a note, and say nothing of the language.
const MIN_FOREIGN: usize = 40;

/// Less text than this is not worth waking another thread for.
const MIN_BYTES_PER_THREAD: usize = 8 << 10;

/// A paragraph whose results are cached costs about so many times less.
const CACHED_IS_CHEAPER: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::literals::LiteralHits;
    use crate::rule::{Paragraph, Scope};
    use crate::text::format::Format;

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

    /// All that the rules' pages and tests check, sentence by sentence.
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
                    let (page, code): (Vec<_>, Vec<_>) =
                        source.lines().partition(|line| line.starts_with("//!"));
                    let code = code.join("\n");
                    let page =
                        page.iter().map(|line| line.trim_start_matches("//! ").trim_start_matches("- "));
                    let texts = code.split('"').skip(1).step_by(2).chain(page).filter(|it| !it.is_ascii());
                    found
                        .extend(texts.map(|text| crate::rules::testing::unmarked(text).replace("\\n", "\n")));
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
            for &ActiveRule { rule, needs, .. } in &linter.rules {
                let Some(check) = rule.scope.of_paragraph() else { continue };
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
        linter.rules.extend([&PARAGRAPH, &DOCUMENT].map(|rule| ActiveRule::new(rule, Severity::Error)));
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
