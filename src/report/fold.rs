//! Findings that come by the dozen become one entry: sixty errors of one kind in a paragraph are shown once,
//! with their number. They are still counted and fixed one by one; only what is printed is cut down.

use std::collections::HashMap;

use super::FileReport;
use crate::finding::{Diagnostic, Severity};

/// Beyond this many of one rule in one paragraph, only the first is shown.
const OF_PARAGRAPH: usize = 50;
/// At most this many of one rule are shown in one file.
const OF_FILE: usize = 500;

/// A finding as it is shown.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// The finding, or the first of several.
    pub(super) finding: &'a Diagnostic,
    /// A note about those that it stands for; empty where it stands for itself.
    pub(super) note: String,
}

/// The entries that a file's findings are shown as, in their order.
pub(super) fn entries<'a>(report: &FileReport<'a>) -> Vec<Entry<'a>> {
    let blocks = report.document.blocks();
    let paragraph = |d: &Diagnostic| blocks.partition_point(|block| block.range.end <= d.range.start);
    let key = |d: &Diagnostic| (d.rule, d.severity, paragraph(d));
    let mut of_paragraph: HashMap<(&str, Severity, usize), usize> = HashMap::new();
    for finding in report.findings {
        *of_paragraph.entry(key(finding)).or_default() += 1;
    }
    let mut entries = Vec::new();
    let mut shown: HashMap<(&str, Severity), usize> = HashMap::new();
    for finding in report.findings {
        let count = of_paragraph.get_mut(&key(finding));
        let mut note = String::new();
        match count {
            Some(0) => continue,
            Some(count) if *count > OF_PARAGRAPH => {
                note = format!("（本段这样的问题共{count}处，不再逐一列出）");
                *count = 0;
            }
            _ => {}
        }
        let shown = shown.entry((finding.rule, finding.severity)).or_default();
        *shown += 1;
        if *shown == OF_FILE {
            note += "（全文这样的问题太多，后面的不再逐一列出）";
        }
        if *shown <= OF_FILE {
            entries.push(Entry { finding, note });
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::text::document::Document;
    use crate::{Config, Format, Linter};

    fn notes(source: &str) -> (usize, Vec<String>) {
        let document = Document::new(source, Format::Plain);
        let config = Config { select: Some(vec!["typo/confusable-word".to_owned()]), ..Config::default() };
        let findings = Linter::new(&config).check(&document);
        let (path, document, findings) = (Path::new("a.txt"), &document, &findings);
        let report = FileReport {
            path,
            document,
            findings,
            before: document,
            fixed: &[],
            edits: &[],
            known: &[],
            has_baseline: false,
        };
        (findings.len(), entries(&report).into_iter().map(|entry| entry.note).collect())
    }

    #[test]
    fn sixty_errors_of_a_paragraph_are_one_entry() {
        let line = "我们认真学习政冶理论，".repeat(60);
        let (found, notes) = notes(&format!("{line}\n学习政冶理论。\n"));
        assert_eq!((found, notes.len()), (61, 2));
        assert!(notes[0].contains("共60处") && notes[1].is_empty(), "{notes:?}");
    }

    #[test]
    fn errors_in_a_thousand_paragraphs_are_five_hundred_entries() {
        let (found, notes) = notes(&"学习政冶理论。\n".repeat(1_000));
        assert_eq!((found, notes.len()), (1_000, 500));
        assert!(notes[499].contains("不再逐一列出") && notes[498].is_empty());
        assert_eq!(super::tests::notes(&"学习政冶理论。\n".repeat(500)).0, 500);
    }
}
