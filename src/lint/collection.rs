//! Documents that are checked together: what each has in common with those before it.

use std::collections::HashSet;
use std::path::PathBuf;

use super::{ActiveRule, Linter, place, suppress};
use crate::finding::Diagnostic;
use crate::rule::{Comparison, Rule, Scope};
use crate::rules::RULES;
use crate::text::document::Document;

/// The documents of a run, added one by one.
#[derive(Debug)]
pub struct Collection {
    files: HashSet<PathBuf>,
    comparisons: Vec<(&'static Rule, Box<dyn Comparison>)>,
}

impl Default for Collection {
    fn default() -> Self {
        let comparison = |rule: &&'static Rule| match rule.scope {
            Scope::Collection(new) => Some((*rule, new())),
            _ => None,
        };
        Self { files: HashSet::new(), comparisons: RULES.iter().filter_map(comparison).collect() }
    }
}

impl Collection {
    /// Adds a document, and to its `findings` what the rules that `linter` runs find by comparing it with
    /// those before it, which know it by `name`. `file` is its path without links: a file that was added is
    /// not compared with itself.
    pub fn add(
        &mut self,
        document: &Document,
        name: &str,
        file: Option<PathBuf>,
        linter: &Linter,
        findings: &mut Vec<Diagnostic>,
    ) {
        if file.is_some_and(|file| !self.files.insert(file)) {
            return;
        }
        for (rule, comparison) in &mut self.comparisons {
            // What is off still takes the document up: it may be on for the next.
            let mut found = comparison.add(name, document);
            let active = linter.rules.iter().find(|active| active.rule.id == rule.id);
            let Some(&ActiveRule { severity, .. }) = active else { continue };
            found.retain(|finding| !suppress::is_suppressed(document, rule.id, finding.range.start));
            findings.extend(found.into_iter().map(|finding| place::diagnostic(finding, rule, severity)));
        }
        findings.sort_by_key(|d| d.range.start);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::text::format::Format;

    const TEXT: &str = "全年共组织党员干部集中学习二十四次，撰写心得体会六十篇。走访企业四十二家，帮助解决用工、融资等\
        问题三十一个。举办技能培训班六期，培训农村实用人才四百五十人次。";

    /// How many findings each of several files gets.
    fn added(files: &[(&str, &str)], linter: &Linter) -> Vec<usize> {
        let mut collection = Collection::default();
        let count = |(file, text): &(&str, &str)| {
            let mut findings = Vec::new();
            let document = Document::new(*text, Format::Plain);
            collection.add(&document, file, Some(file.into()), linter, &mut findings);
            findings.len()
        };
        files.iter().map(count).collect()
    }

    #[test]
    fn a_file_is_not_compared_with_itself() {
        let linter = Linter::new(&Config::default());
        assert_eq!(added(&[("/r.txt", TEXT), ("/r.txt", TEXT), ("/s.txt", TEXT)], &linter), [0, 0, 1]);
    }

    #[test]
    fn what_is_off_or_ignored_is_not_found() {
        let rule = "style/copied-document";
        let ignored = format!("zhubi: ignore-file {rule}\n{TEXT}");
        let files = [("/r.txt", TEXT), ("/s.txt", &ignored)];
        assert_eq!(added(&files, &Linter::new(&Config::default())), [0, 0]);
        let off = Config { ignore: vec![rule.to_owned()], ..Config::default() };
        assert_eq!(added(&[("/r.txt", TEXT), ("/s.txt", TEXT)], &Linter::new(&off)), [0, 0]);
    }
}
