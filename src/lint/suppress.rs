//! What a draft says of its own findings: `zhubi: ignore typo/idiom`, in a Markdown comment or on a line of its own.
//!
//! - `zhubi: ignore RULE …` passes over the findings on its line; alone on its line, over those of the next line.
//! - `zhubi: ignore-next-line RULE …` passes over those of the next line that holds anything.
//! - `zhubi: ignore-file RULE …` passes over those of the whole file.
//!
//! Without a rule it is about all of them; a group stands for its rules.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::diagnostic::{Applicability, Diagnostic, Edit, Fix, Severity};
use crate::rules::{Rule, group_of, leftover::unused_ignore};
use crate::text::document::Document;

/// A directive in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Directive {
    /// Its bytes, with the comment's brackets.
    pub(crate) range: Range<usize>,
    /// The bytes whose findings it passes over.
    covers: Range<usize>,
    /// The bytes of the names of the rules and groups that it is about; none for all.
    pub(crate) names: Vec<Range<usize>>,
}

static DIRECTIVE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?:<!--[ \t]*)?zhubi:[ \t]*(ignore-next-line|ignore-file|ignore)\b((?:[ \t,，]+[a-z][a-z0-9/-]*)*)(?:[ \t]*-->)?";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// The directives of a source, in order.
pub(crate) fn directives(source: &str) -> Vec<Directive> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    for at in memchr::memmem::find_iter(source.as_bytes(), "zhubi:") {
        if lines.last().is_none_or(|line| line.end <= at) {
            let start = source[..at].rfind('\n').map_or(0, |at| at + 1);
            lines.push(start..source[at..].find('\n').map_or(source.len(), |end| at + end));
        }
    }
    lines.into_iter().flat_map(|line| in_line(source, line)).collect()
}

/// The directives in a line.
fn in_line(source: &str, Range { start: line_start, end: line_end }: Range<usize>) -> Vec<Directive> {
    DIRECTIVE
        .captures_iter(&source[line_start..line_end])
        .filter_map(|found| {
            let in_source = |range: Range<usize>| line_start + range.start..line_start + range.end;
            let (range, names) = (in_source(found.get_match().range()), found.get(2)?);
            let alone = source[line_start..range.start].trim().is_empty()
                && source[range.end..line_end].trim().is_empty();
            let covers = match found.get(1)?.as_str() {
                "ignore-file" => 0..source.len(),
                "ignore" if !alone => line_start..line_end,
                _ => next_line(source, line_end),
            };
            let mut at = line_start + names.start();
            let names = names.as_str().split([' ', '\t', ',', '，']).filter(|name| !name.is_empty());
            let names = names
                .map(|name| {
                    let start = at + source[at..].find(name).unwrap_or(0);
                    at = start + name.len();
                    start..at
                })
                .collect();
            Some(Directive { range, covers, names })
        })
        .collect()
}

/// The next line after `end` that holds anything.
fn next_line(source: &str, end: usize) -> Range<usize> {
    let rest = &source[end..];
    let start = end + (rest.len() - rest.trim_start().len());
    start..source[start..].find('\n').map_or(source.len(), |at| start + at)
}

impl Directive {
    fn is_about(&self, source: &str, rule: &str) -> bool {
        let names = || self.names.iter().map(|name| &source[name.clone()]);
        self.names.is_empty() || names().any(|name| name == rule || name == group_of(rule))
    }
}

/// More directives for one line, or for the whole file, are not read.
const MANY: usize = 16;

/// Does a directive pass over what a rule finds at a place?
pub(super) fn passes_over(source: &str, rule: &str, at: usize) -> bool {
    directives(source).iter().any(|d| d.covers.contains(&at) && d.is_about(source, rule))
}

/// Takes out what directives pass over, and puts in a finding for each that passes over nothing, as far as the rules
/// that it is about are among those that ran.
pub(super) fn apply(document: &Document, ran: &[(&'static Rule, Severity)], found: &mut Vec<Diagnostic>) {
    if !document.addresses_us() {
        return;
    }
    let source = document.source();
    let directives = directives(source);
    let mut used = vec![false; directives.len()];
    let whole = |directive: &Directive| directive.covers == (0..source.len());
    let files: Vec<usize> = (0..directives.len()).filter(|&i| whole(&directives[i])).take(MANY).collect();
    // Those of lines, by the lines that they cover.
    let mut lines: Vec<usize> = (0..directives.len()).filter(|&i| !whole(&directives[i])).collect();
    lines.sort_by_key(|&i| directives[i].covers.start);
    found.retain(|d| {
        let own = directives.partition_point(|directive| directive.range.end <= d.range.start);
        if d.rule != unused_ignore::RULE.id
            && directives.get(own).is_some_and(|directive| directive.range.start < d.range.end)
        {
            return false; // The directive itself is no prose.
        }
        let last = lines.partition_point(|&i| directives[i].covers.start <= d.range.start);
        let near = lines[..last].iter().rev().take(MANY);
        let mut kept = true;
        for &i in files.iter().chain(near) {
            let directive = &directives[i];
            if directive.covers.contains(&d.range.start) && directive.is_about(source, d.rule) {
                used[i] = true;
                kept = false;
            }
        }
        kept
    });
    let Some(&(rule, severity)) = ran.iter().find(|(rule, _)| rule.id == unused_ignore::RULE.id) else {
        return;
    };
    let all_ran = |directive: &Directive| {
        crate::rules::RULES
            .iter()
            .filter(|rule| directive.is_about(source, rule.id))
            .all(|rule| ran.iter().any(|(other, _)| other.id == rule.id))
    };
    for (directive, _) in directives.iter().zip(used).filter(|(d, used)| !used && all_ran(d)) {
        let known = |name: &Range<usize>| crate::config::check_selector(&source[name.clone()]).is_ok();
        if !directive.names.iter().all(known) {
            continue; // The rule itself speaks of a name that is none.
        }
        let edits = vec![Edit { range: directive.range.clone(), text: String::new() }];
        found.push(Diagnostic {
            rule: rule.id,
            severity,
            range: directive.range.clone(),
            message: "这条“zhubi: ignore”没有可忽略的问题，可以删去".to_owned(),
            fixes: vec![Fix { title: "删去".to_owned(), edits, applicability: Applicability::Suggested }],
            related: Vec::new(),
            confidence: None,
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::lint::Linter;
    use crate::text::document::Document;
    use crate::text::format::Format;

    fn found(source: &str, format: Format) -> Vec<(&'static str, String)> {
        let document = Document::new(source, format);
        let found = Linter::new(&Config::default()).check(&document);
        found.into_iter().map(|d| (d.rule, source[d.range].to_owned())).collect()
    }

    #[test]
    fn a_line_its_next_and_the_file() {
        let nothing: [(&str, String); 0] = [];
        assert_eq!(found("于2月30日完成。 zhubi: ignore number/impossible-date", Format::Plain), nothing);
        assert_eq!(found("zhubi: ignore-next-line\n\n于2月30日完成。", Format::Plain), nothing);
        let comment = "<!-- zhubi: ignore number -->\n于2月30日完成。\n";
        assert_eq!(found(comment, Format::Markdown), nothing);
        let file = "<!-- zhubi: ignore-file number/impossible-date, style -->\n\n工程于2月30日完成。\n\n验收于2月31日完成。\n";
        assert_eq!(found(file, Format::Markdown), nothing);
    }

    #[test]
    fn other_lines_and_other_rules_are_not_passed_over() {
        let source = "zhubi: ignore-next-line typo\n工程于2月30日完成。";
        let rules: Vec<_> = found(source, Format::Plain).into_iter().map(|(rule, _)| rule).collect();
        assert_eq!(rules, ["leftover/unused-ignore", "number/impossible-date"]);
        let source = "工程于1月3日完成。 zhubi: ignore\n验收于2月30日完成。";
        let rules: Vec<_> = found(source, Format::Plain).into_iter().map(|(rule, _)| rule).collect();
        assert_eq!(rules, ["leftover/unused-ignore", "number/impossible-date"]);
    }

    #[test]
    fn what_did_not_run_is_not_called_unused() {
        let source = "zhubi: ignore-next-line typo\n工程于1月3日完成。";
        let config = Config { ignore: vec!["typo/idiom".into()], ..Config::default() };
        assert!(Linter::new(&config).check(&Document::new(source, Format::Plain)).is_empty());
    }
}
