//! The findings that an archive has when it adopts the lint: they pass, and only new ones fail. They are known
//! by their words, not by their lines.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::fingerprint::{Fingerprint, fingerprints};
use crate::finding::Diagnostic;
use crate::text::document::Document;

/// The version of the file's format.
const VERSION: u32 = 1;

/// Characters of a finding's words that are kept, for those who read the file.
const MAX_TEXT: usize = 20;

/// Findings by file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    version: u32,
    /// By the name of the file, relative to the folder of the baseline, with `/`.
    files: BTreeMap<String, Vec<Known>>,
}

/// A finding, or several equal ones in equal sentences.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// The rule.
    pub rule: String,
    /// Its words, or the first of them; for readers only.
    pub text: String,
    fingerprint: Fingerprint,
    /// How many there are.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub count: u32,
}

fn one() -> u32 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_one(count: &u32) -> bool {
    *count == 1
}

impl Default for Baseline {
    fn default() -> Self {
        Self { version: VERSION, files: BTreeMap::new() }
    }
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// What is wrong with it, in Chinese.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.lines().any(|line| line.starts_with("<<<<<<< ")) {
            return Err("有没有解决的合并冲突；请任选一方的内容，再运行 zhubi baseline".to_owned());
        }
        let remedy = "；如果确是旧的基线，请删去它，再用 zhubi baseline 重新生成";
        let baseline: Self = serde_json::from_str(text)
            .map_err(|error| format!("第{}行起不是基线的写法{remedy}", error.line().max(1)))?;
        if baseline.version != VERSION {
            return Err(format!("是另一个版本的基线（{}）{remedy}", baseline.version));
        }
        Ok(baseline)
    }

    /// The text of its file.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// The findings that it has for a file, and for others that have gone: it may be one of them, renamed.
    #[must_use]
    pub fn allowance<'a>(&'a self, file: &str, gone: impl IntoIterator<Item = &'a str>) -> Allowance<'a> {
        let own = self.files.get(file);
        let gone = gone.into_iter().filter_map(|name| self.files.get(name));
        Allowance(own.into_iter().chain(gone).flatten().collect())
    }

    /// Sets what it has for a file: these findings of its document, and what it had of the rules that `keeps`
    /// names.
    pub fn record(
        &mut self,
        file: &str,
        document: &Document,
        findings: &[Diagnostic],
        keeps: impl Fn(&str) -> bool,
    ) {
        let mut all = self.files.remove(file).unwrap_or_default();
        all.retain(|known| keeps(&known.rule));
        let mut counts: HashMap<Fingerprint, Known> = HashMap::new();
        for (finding, fingerprint) in findings.iter().zip(fingerprints(document, findings)) {
            let known = counts.entry(fingerprint.clone()).or_insert_with(|| Known {
                rule: finding.rule.to_owned(),
                text: document.source()[finding.range.clone()].chars().take(MAX_TEXT).collect(),
                fingerprint,
                count: 0,
            });
            known.count += 1;
        }
        all.extend(counts.into_values());
        all.sort();
        if !all.is_empty() {
            self.files.insert(file.to_owned(), all);
        }
    }

    /// The names of its files.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Forgets what it has for a file, but for the rules that `keeps` names.
    pub fn forget(&mut self, file: &str, keeps: impl Fn(&str) -> bool) {
        let Some(all) = self.files.get_mut(file) else { return };
        all.retain(|known| keeps(&known.rule));
        if all.is_empty() {
            self.files.remove(file);
        }
    }

    /// Takes up the files in which `new` is not as `old` was.
    pub fn take_up(&mut self, old: &Self, new: &Self) {
        for name in old.files().chain(new.files()).filter(|name| old.files.get(*name) != new.files.get(*name))
        {
            match new.files.get(name) {
                Some(all) => drop(self.files.insert(name.to_owned(), all.clone())),
                None => drop(self.files.remove(name)),
            }
        }
    }

    /// How many findings it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.values().flatten().map(|known| known.count as usize).sum()
    }

    /// What it has and another has not, by file; each with how many it has more. A file of another name that
    /// only the other has may be the same file.
    #[must_use]
    pub fn without(&self, other: &Self) -> Vec<(&str, Known)> {
        let mut left: BTreeMap<&str, Vec<(&Fingerprint, u32)>> = BTreeMap::new();
        for (file, known) in &other.files {
            left.insert(file, known.iter().map(|it| (&it.fingerprint, it.count)).collect());
        }
        let all =
            self.files.iter().flat_map(|(file, known)| known.iter().map(move |it| (&**file, it.clone())));
        let mut more: Vec<(&str, Known)> = all.collect();
        for fits in [Fingerprint::eq, Fingerprint::is_like] {
            for (file, known) in &mut more {
                let places =
                    left.iter_mut().filter(|(name, _)| *name == file || !self.files.contains_key(**name));
                for (fingerprint, count) in places.flat_map(|(_, known)| known) {
                    if fits(fingerprint, &known.fingerprint) {
                        let matched = known.count.min(*count);
                        known.count -= matched;
                        *count -= matched;
                    }
                }
            }
        }
        more.retain(|(_, known)| known.count > 0);
        more
    }
}

/// The findings that may pass in a file.
#[derive(Debug, Default)]
pub struct Allowance<'a>(Vec<&'a Known>);

impl Allowance<'_> {
    /// Is each of these findings known? First those that are as they were, then those that have changed on
    /// one side; of equal ones the first.
    #[must_use]
    pub fn known(&self, document: &Document, findings: &[Diagnostic]) -> Vec<bool> {
        let mut known = vec![false; findings.len()];
        if self.0.is_empty() {
            return known;
        }
        let mut left: HashMap<&str, Vec<(&Fingerprint, u32)>> = HashMap::new();
        for Known { fingerprint, count, .. } in self.0.iter().copied() {
            left.entry(&fingerprint.finding).or_default().push((fingerprint, *count));
        }
        let fingerprints = fingerprints(document, findings);
        for fits in [Fingerprint::eq, Fingerprint::is_like] {
            for (fingerprint, is_known) in fingerprints.iter().zip(&mut known).filter(|(_, known)| !**known) {
                let Some(same) = left.get_mut(&*fingerprint.finding) else { continue };
                let one = same.iter_mut().find(|(it, count)| *count > 0 && fits(it, fingerprint));
                if let Some((_, count)) = one {
                    *count -= 1;
                    *is_known = true;
                }
            }
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Config, Format, Linter};

    const OLD: &str = "认真学习政冶理论。\n\n会后布署工作。\n";

    fn found(source: &str) -> (Document, Vec<Diagnostic>) {
        let document = Document::new(source, Format::Plain);
        let config = Config { select: Some(vec!["typo/confusable-word".to_owned()]), ..Config::default() };
        let findings = Linter::new(&config).check(&document);
        (document, findings)
    }

    fn recorded() -> Baseline {
        let (document, findings) = found(OLD);
        assert_eq!(findings.len(), 2);
        let mut baseline = Baseline::default();
        baseline.record("a.txt", &document, &findings, |_| false);
        Baseline::parse(&baseline.to_json()).unwrap()
    }

    fn known(baseline: &Baseline, file: &str, gone: &[&str], source: &str) -> Vec<bool> {
        let (document, findings) = found(source);
        baseline.allowance(file, gone.iter().copied()).known(&document, &findings)
    }

    #[test]
    fn moved_and_reordered_paragraphs_are_known_and_new_faults_are_not() {
        let baseline = recorded();
        let moved = "前言。\n会后布署工作。\n　　这一年认真抓。认真学习政冶理论。\n";
        assert_eq!(known(&baseline, "a.txt", &[], moved), [true, true]);
        assert_eq!(known(&baseline, "a.txt", &[], &format!("{OLD}再学政冶课。\n")), [true, true, false]);
        assert_eq!(known(&baseline, "a.txt", &[], &format!("{OLD}{OLD}")), [true, true, false, false]);
    }

    #[test]
    fn a_fault_is_known_in_its_own_file_and_in_one_of_another_name() {
        let baseline = recorded();
        assert_eq!(known(&baseline, "b.txt", &[], OLD), [false, false]);
        assert_eq!(known(&baseline, "b.txt", &["a.txt"], OLD), [true, true]);
    }

    #[test]
    fn a_fault_beside_one_that_was_mended_is_known_still() {
        let (document, findings) = found("认真学习政冶理论，布署工作。");
        let mut baseline = Baseline::default();
        baseline.record("a.txt", &document, &findings, |_| false);
        assert_eq!(known(&baseline, "a.txt", &[], "认真学习政治理论，布署工作。"), [true]);
        assert_eq!(known(&baseline, "a.txt", &[], "全面布署各项任务。"), [false]);
    }

    #[test]
    fn what_went_is_told() {
        let old = recorded();
        let mut new = old.clone();
        let (document, findings) = found("会后布署工作。");
        new.record("a.txt", &document, &findings, |_| false);
        let gone = old.without(&new);
        assert_eq!((gone.len(), gone[0].0, &*gone[0].1.text), (1, "a.txt", "政冶"));
        assert!(new.without(&old).is_empty() && (old.len(), new.len()) == (2, 1));
        new.record("a.txt", &document, &[], |rule| rule == "typo/confusable-word");
        assert_eq!(new.len(), 1, "a rule that did not run keeps what it had");
    }

    #[test]
    fn what_is_no_baseline_is_refused_with_its_line_and_the_remedy() {
        assert!(Baseline::parse("{\n\"version\": 1,\n\"file\": 1}").unwrap_err().starts_with("第3行"));
        assert!(Baseline::parse("{\"version\": 9, \"files\": {}}").unwrap_err().contains("zhubi baseline"));
    }
}
