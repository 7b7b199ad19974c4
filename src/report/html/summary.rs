//! What stands about the drafts: what the run came to, what to show, the list of files, the rules.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::super::RunReport;
use super::draft::Draft;
use super::visible::visible;
use crate::finding::{Severity, group_of};
use crate::rules::{self, GROUPS};

/// What is kept of the drafts until the last.
#[derive(Default)]
pub(super) struct Summary {
    files: Vec<File>,
    rules: BTreeMap<&'static str, RuleCount>,
}

/// A draft in the list, and where it is to be read.
struct File {
    href: String,
    row: Row,
}

/// What the list of files and the table of rules say of a draft.
#[derive(Clone)]
pub(crate) struct Row {
    name: String,
    words: usize,
    found: [usize; Severity::ALL.len()],
    density: Option<f64>,
    rules: BTreeMap<&'static str, RuleCount>,
}

#[derive(Clone, Copy)]
struct RuleCount {
    /// That of its gravest finding.
    severity: Severity,
    count: usize,
}

impl RuleCount {
    fn add(&mut self, other: Self) {
        self.severity = self.severity.max(other.severity);
        self.count += other.count;
    }
}

impl Row {
    pub(super) fn new(draft: &Draft<'_>) -> Self {
        let all = 0..draft.findings().len();
        let mut rules: BTreeMap<&'static str, RuleCount> = BTreeMap::new();
        for finding in draft.findings() {
            let new = RuleCount { severity: finding.severity, count: 0 };
            rules.entry(finding.rule).or_insert(new).add(RuleCount { count: 1, ..new });
        }
        Self {
            name: draft.name(),
            words: draft.words(),
            found: Severity::ALL.map(|severity| draft.count(all.clone(), severity)),
            density: draft.density(0..draft.blocks().len()),
            rules,
        }
    }
}

/// The element that tells of a rule.
pub(super) fn rule_id(rule: &str) -> String {
    format!("r-{}", rule.replace('/', "-"))
}

impl Summary {
    /// The files so far.
    pub(super) fn files(&self) -> usize {
        self.files.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Takes up a draft, which is to be read at `href`.
    pub(super) fn add(&mut self, href: String, row: Row) {
        for (rule, count) in &row.rules {
            self.rules.entry(rule).or_insert(RuleCount { count: 0, ..*count }).add(*count);
        }
        self.files.push(File { href, row });
    }

    /// All of it, in the order of the source: the style puts what comes first before the drafts.
    pub(super) fn sections(&self, run: &RunReport<'_>) -> Markup {
        html! {
            (self.total(run))
            (self.tools())
            @if self.files.len() > 1 { (self.index()) }
            (self.rules())
        }
    }

    fn found(&self, severity: usize) -> usize {
        self.files.iter().map(|file| file.row.found[severity]).sum()
    }

    /// What the run came to; what was not looked at, above all.
    pub(super) fn total(&self, run: &RunReport<'_>) -> Markup {
        let counts = &run.counts;
        let words: usize = self.files.iter().map(|file| file.row.words).sum();
        let found: Vec<(Severity, usize)> = Severity::ALL
            .into_iter()
            .enumerate()
            .map(|(index, severity)| (severity, self.found(index)))
            .filter(|(_, count)| *count > 0)
            .collect();
        let hidden: usize = Severity::ALL.into_iter().map(|severity| counts.hidden(severity)).sum();
        html! {
            section #total aria-label="总的情况" {
                p.total {
                    @if self.files.is_empty() { "没有审读成任何文件。" } @else {
                        "审读" (self.files.len()) "个文件，共" (words) "字："
                        @if found.is_empty() { "没有发现问题。" } @else {
                            @for (index, (severity, count)) in found.iter().enumerate() {
                                @if index > 0 { "，" }
                                span.tally.(severity.name()) { (severity.chinese()) (count) "处" }
                            }
                            "。"
                        }
                    }
                    @if counts.fixable > 0 { (counts.fixable) "处可以自动改正。" }
                    @if counts.fixed > 0 { "已经改正" (counts.fixed) "处。" }
                }
                @if hidden > 0 { p.aside { "另有" (hidden) "处级别较低，没有列出。" } }
                @if counts.known > 0 { p.aside { "另有" (counts.known) "处在基线里，没有列出。" } }
                @if counts.ignored > 0 { p.aside { "另有" (counts.ignored) "处忽略过，没有列出。" } }
                @if counts.unchanged > 0 { p.aside { "另有" (counts.unchanged) "处不在改动的行上，没有列出。" } }
                @if counts.unlisted > 0 { p.aside { "其中" (counts.unlisted) "处超过了要列的数目，没有列出。" } }
                @if counts.empty > 0 { p.aside { "有" (counts.empty) "个文件是空的。" } }
                @if let Some(skipped) = run.skipped { p.aside { (visible(skipped)) "。" } }
                @if run.failed {
                    div.failures role="note" {
                        p { "下面这些没有审读成，不能当作没有问题：" }
                        ul { @for fault in run.faults() { li { (visible(fault)) } } }
                    }
                }
            }
        }
    }

    /// What to show, and the way from one finding to the next. Without the script there is nothing to choose.
    pub(super) fn tools(&self) -> Markup {
        let groups =
            GROUPS.into_iter().filter(|(group, _)| self.rules.keys().any(|id| group_of(id) == *group));
        let all: usize = self.rules.values().map(|rule| rule.count).sum();
        html! {
            @if all > 0 {
                div #tools hidden role="group" aria-label="要看哪些意见" {
                    span.choices role="group" aria-label="级别" {
                        @for (index, severity) in Severity::ALL.into_iter().enumerate() {
                            @if self.found(index) > 0 {
                                label.(severity.name()) {
                                    input type="checkbox" name="severity" value=(severity.name()) checked;
                                    span.name { (severity.chinese()) } output { (self.found(index)) }
                                }
                            }
                        }
                    }
                    details {
                        summary { "类别" }
                        span.choices role="group" aria-label="类别" {
                            @for (group, name) in groups {
                                @let own = self.rules.iter().filter(|(id, _)| group_of(id) == group);
                                label {
                                    input type="checkbox" name="group" value=(group) checked;
                                    span.name { (name) } output { (own.map(|(_, rule)| rule.count).sum::<usize>()) }
                                }
                            }
                            label { input type="checkbox" name="stock"; span.name { "标出套话" } }
                        }
                    }
                    span.steps {
                        button type="button" data-step="-1" { "上一处" kbd aria-hidden="true" { "k" } }
                        button type="button" data-step="1" { "下一处" kbd aria-hidden="true" { "j" } }
                        span #shown role="status" { (all) "处" }
                    }
                }
            }
        }
    }

    fn index(&self) -> Markup {
        html! { section #index { (self.list("文件")) } }
    }

    /// The list of files, below a heading.
    pub(super) fn list(&self, heading: &str) -> Markup {
        html! {
            h2 { (heading) }
            div.scroll tabindex="0" role="region" aria-label=(heading) {
                table.sorts {
                    thead {
                        tr {
                            th scope="col" { "文件" }
                            th.number scope="col" { "字数" }
                            @for severity in Severity::ALL { th.number scope="col" { (severity.chinese()) } }
                            th.number scope="col" { "套话／千字" }
                        }
                    }
                    tbody {
                        @for File { href, row } in &self.files {
                            tr {
                                th scope="row" { a href=(href) { bdi { (row.name) } } }
                                td.number { (row.words) }
                                @for (count, severity) in row.found.iter().zip(Severity::ALL) {
                                    td.number.(severity.name()).none[*count == 0] { (count) }
                                }
                                td.number { @match row.density {
                                    Some(density) => { (format!("{density:.1}")) }
                                    None => { "—" }
                                } }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The rules, the gravest and most frequent first, each with what its page begins with.
    pub(super) fn rules(&self) -> Markup {
        if self.rules.is_empty() {
            return html! {};
        }
        let mut rows: Vec<_> = self.rules.iter().collect();
        rows.sort_by_key(|(id, rule)| (std::cmp::Reverse((rule.severity, rule.count)), **id));
        let group =
            |id| GROUPS.into_iter().find(|(group, _)| *group == group_of(id)).map_or("", |(_, name)| name);
        html! {
            section #rules {
                h2 { "按规则" }
                div.scroll tabindex="0" role="region" aria-label="按规则统计" {
                    table {
                        thead {
                            tr {
                                th scope="col" { "级别" }
                                th.number scope="col" { "处数" }
                                th scope="col" { "类别" }
                                th scope="col" { "规则" }
                            }
                        }
                        tbody {
                            @for (id, rule) in rows {
                                @let known = rules::find(id);
                                tr id=(rule_id(id)) data-r=(id) {
                                    td { span.tally.(rule.severity.name()) { (rule.severity.chinese()) } }
                                    td.number { b { (rule.count) } }
                                    td { (group(id)) }
                                    td.rule {
                                        b { (known.map_or(*id, |it| it.summary)) } " " code { (id) }
                                        @if let Some(known) = known { p { (beginning(&known.documentation())) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The first paragraph of a rule's page.
fn beginning(documentation: &str) -> String {
    documentation.lines().take_while(|line| !line.trim().is_empty()).collect()
}
