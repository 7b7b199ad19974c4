//! Suppresses the findings that a draft's directives name, and reports the directives that suppress nothing.
//!
//! A directive without a rule names all of them; a group stands for its rules. Chinese names work as well. A directive
//! that names nothing that exists suppresses nothing.

use std::ops::Range;

use super::ActiveRule;
use crate::finding::{Applicability, Diagnostic, Edit, Fix, group_of};
use crate::rules::selector::selectors;
use crate::rules::{RULES, leftover::unused_ignore};
use crate::text::directive::{Command, Reach};
use crate::text::document::Document;

/// A directive that suppresses findings.
struct Ignore<'a> {
    range: Range<usize>,
    reach: Reach,
    covers: Range<usize>,
    /// None for all rules.
    selectors: Option<Vec<&'a str>>,
    is_understood: bool,
}

/// The directives that suppress findings, in order.
fn ignores(document: &Document) -> Vec<Ignore<'_>> {
    let ignore = |directive: &crate::text::directive::Directive| match &directive.command {
        Command::Ignore { reach, covers, names } => {
            let (selectors, unknown) = selectors(document.source(), names);
            Some(Ignore {
                range: directive.range.clone(),
                reach: *reach,
                covers: covers.clone(),
                selectors: (!names.is_empty()).then_some(selectors),
                is_understood: unknown.is_empty(),
            })
        }
        Command::End | Command::Unpaired(_) | Command::Type(_) | Command::Unknown { .. } => None,
    };
    document.directives().iter().filter_map(ignore).collect()
}

impl Ignore<'_> {
    fn is_about(&self, rule: &str) -> bool {
        // What is wrong with a directive within a region is told, unless that names the rule.
        if self.reach == Reach::Region && rule == unused_ignore::RULE.id && self.selectors.is_none() {
            return false;
        }
        let means = |selector: &&str| *selector == "all" || *selector == rule || *selector == group_of(rule);
        self.selectors.as_ref().is_none_or(|selectors| selectors.iter().any(means))
    }
}

/// More directives for one line, or for the whole file, are not read.
const MANY: usize = 16;

/// Does a directive suppress what a rule finds at a place?
pub(super) fn is_suppressed(document: &Document, rule: &str, at: usize) -> bool {
    ignores(document).iter().any(|ignore| ignore.covers.contains(&at) && ignore.is_about(rule))
}

/// Removes what directives suppress, and adds a finding for each that suppresses nothing, provided that the
/// rules it names were run.
pub(super) fn apply(document: &Document, ran: &[ActiveRule], found: &mut Vec<Diagnostic>) {
    let all = document.directives();
    if all.is_empty() {
        return;
    }
    let ignores = ignores(document);
    let mut used = vec![false; ignores.len()];
    let of = |reach: Reach| (0..ignores.len()).filter(|&i| ignores[i].reach == reach).collect::<Vec<_>>();
    let (mut files, regions, mut lines) = (of(Reach::File), of(Reach::Region), of(Reach::Line));
    files.truncate(MANY);
    // Those of lines, by the lines that they cover. Regions stand one behind the other.
    lines.sort_by_key(|&i| ignores[i].covers.start);
    found.retain(|d| {
        let own = all.partition_point(|directive| directive.range.end <= d.range.start);
        if d.rule != unused_ignore::RULE.id
            && all.get(own).is_some_and(|directive| directive.range.start < d.range.end)
        {
            return false; // The directive itself is no prose.
        }
        let last = lines.partition_point(|&i| ignores[i].covers.start <= d.range.start);
        let near = lines[..last].iter().rev().take(MANY);
        let begun = regions.partition_point(|&i| ignores[i].covers.start <= d.range.start);
        let mut kept = true;
        for &i in files.iter().chain(near).chain(regions[..begun].last()) {
            if ignores[i].covers.contains(&d.range.start) && ignores[i].is_about(d.rule) {
                used[i] = true;
                kept = false;
            }
        }
        kept
    });
    let unused = ran.iter().find(|active| active.rule.id == unused_ignore::RULE.id);
    let Some(&ActiveRule { rule, severity, .. }) = unused else { return };
    let all_ran = |ignore: &Ignore<'_>| {
        RULES
            .iter()
            .filter(|rule| ignore.is_about(rule.id))
            .all(|rule| ran.iter().any(|other| other.rule.id == rule.id))
    };
    for (ignore, used) in ignores.iter().zip(used) {
        // Of a name that is none the rule itself speaks.
        if used || !ignore.is_understood || !all_ran(ignore) {
            continue;
        }
        let end =
            all.iter().filter(|end| ignore.reach == Reach::Region && end.range.start == ignore.covers.end);
        let ranges = std::iter::once(&ignore.range).chain(end.map(|end| &end.range));
        let edits = ranges.map(|range| Edit { range: range.clone(), text: String::new() }).collect();
        found.push(Diagnostic {
            rule: rule.id,
            severity,
            range: ignore.range.clone(),
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
    fn a_region() {
        let region = |begin: &str, inside: &str| {
            format!("{begin}\n\n{inside}\n\nzhubi: ignore-end\n\n验收于2月31日完成。\n")
        };
        for format in [Format::Plain, Format::Markdown] {
            let source = region("zhubi: ignore-begin number", "工程于2月30日完成。\n\n道路于2月30日完成。");
            let found = found(&source, format);
            assert_eq!(
                found.iter().map(|(rule, text)| (*rule, &**text)).collect::<Vec<_>>(),
                [("number/impossible-date", "2月31日")]
            );
        }
        let rules =
            |source: &str| found(source, Format::Plain).into_iter().map(|(rule, _)| rule).collect::<Vec<_>>();
        let unused = region("zhubi: ignore-begin number", "工程于1月30日完成。");
        assert_eq!(rules(&unused), ["leftover/unused-ignore", "number/impossible-date"]);
        let endless = "zhubi: ignore-begin number\n工程于2月30日完成。\n";
        assert_eq!(rules(endless), ["leftover/unused-ignore", "number/impossible-date"]);
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
    fn chinese_names_are_names_and_an_unknown_one_silences_nothing() {
        for name in ["数字", "不存在的日期", "日期和星期 不存在的日期", "typo 数字", "all", "全部"]
        {
            let name = name.replace("不存在的日期", crate::rules::number::impossible_date::RULE.summary);
            let name = name.replace("日期和星期", crate::rules::number::weekday::RULE.summary);
            let source = format!("zhubi: ignore {name}\n工程于2月30日完成。");
            let found = found(&source, Format::Plain);
            assert_eq!(found, [], "{source}");
        }
        let source = "zhubi: ignore 错词\n工程于2月30日完成。";
        assert!(found(source, Format::Plain).iter().any(|(rule, _)| *rule == "number/impossible-date"));
        let source = "zhubi: ignore-next-line 没有这个\n工程于2月30日完成。";
        let rules: Vec<_> = found(source, Format::Plain).into_iter().map(|(rule, _)| rule).collect();
        assert_eq!(rules, ["leftover/unused-ignore", "number/impossible-date"]);
    }

    #[test]
    fn a_text_that_describes_directives_is_not_silenced_by_them() {
        let source = "写注释 `<!-- zhubi: ignore-file -->` 就忽略全文。\n\n认真学习政冶理论。\n";
        let rules: Vec<_> = found(source, Format::Markdown).into_iter().map(|(rule, _)| rule).collect();
        assert_eq!(rules, ["typo/confusable-word"]);
        let readme = Document::new(include_str!("../../README.md"), Format::Markdown);
        assert_eq!(readme.directives(), []);
    }

    #[test]
    fn what_did_not_run_is_not_called_unused() {
        let source = "zhubi: ignore-next-line typo\n工程于1月3日完成。";
        let config = Config { ignore: vec!["typo/idiom".into()], ..Config::default() };
        assert!(Linter::new(&config).check(&Document::new(source, Format::Plain)).is_empty());
    }
}
