//! The remarks on a draft: each finding by its number, with all that is to be said of it.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::super::{FileReport, Places};
use super::draft::Draft;
use super::summary::rule_id;
use super::visible::visible;
use crate::finding::{Applicability, Diagnostic, Fix, Related, group_of};
use crate::rules;

/// The remarks, in the order of the text.
pub(super) fn notes(draft: &Draft<'_>) -> Markup {
    html! {
        @if !draft.findings().is_empty() {
            section.notes {
                h3 { "意见" }
                ol { @for (index, finding) in draft.findings().iter().enumerate() { (note(draft, index, finding)) "\n" } }
            }
        }
    }
}

fn note(draft: &Draft<'_>, index: usize, finding: &Diagnostic) -> Markup {
    let severity = finding.severity;
    let summary = rules::find(finding.rule).map_or(finding.rule, |rule| rule.summary);
    html! {
        li.note.(severity.name()) id=(draft.note_id(index)) data-g=(group_of(finding.rule)) data-s=(severity.name())
            data-r=(finding.rule) {
            a.back href={ "#" (draft.reference_id(index)) } aria-label={ (index + 1) "，回到原文" } { (index + 1) }
            div {
                p.what { b.severity { (severity.chinese()) } " " (visible(&finding.message)) }
                @if !finding.fixes.is_empty() { (remedies(draft, index, &finding.fixes)) }
                p.where {
                    (draft.place(finding.range.start)) "　" a href={ "#" (rule_id(finding.rule)) } { (summary) }
                    @if !finding.related.is_empty() { "　另见" }
                    @for (line, related) in related(draft, finding) {
                        " " a href={ "#" (draft.paragraph_id(related.range.start)) } title=(visible(&related.message)) {
                            "第" (line) "行"
                        }
                    }
                }
            }
        }
    }
}

/// The other places that a finding is about, one of each line.
fn related<'a>(draft: &Draft<'_>, finding: &'a Diagnostic) -> BTreeMap<usize, &'a Related> {
    finding.related.iter().rev().map(|related| (draft.line(related.range.start), related)).collect()
}

fn remedies(draft: &Draft<'_>, finding: usize, fixes: &[Fix]) -> Markup {
    html! {
        p.remedy {
            @for (index, fix) in fixes.iter().enumerate() {
                @if index > 0 { "，或" }
                span { (visible(&fix.title)) }
                @if fix.applicability == Applicability::Safe { span.safe { "可自动改正" } }
                @if draft.takes_fixes() {
                    " " button.accept type="button" data-finding=(finding) data-fix=(index)
                        aria-label={ "采纳：" (visible(&fix.title)) } { "采纳" }
                }
            }
        }
    }
}

/// What was set right already.
pub(super) fn fixed(report: &FileReport<'_>) -> Markup {
    let places = Places::new(report.before);
    let edits = report.fixed.iter().flat_map(|fixed| &fixed.edits);
    html! {
        @if !report.fixed.is_empty() {
            section.fixed {
                h3 { "已经改正" }
                ul {
                    @for edit in edits {
                        li {
                            span.where { "原稿第" (places.at(edit.range.start).line) "行" } " "
                            @if !edit.before.is_empty() { del { (visible(&edit.before)) } }
                            @if !edit.after.is_empty() { ins { (visible(&edit.after)) } }
                        }
                    }
                }
            }
        }
    }
}
