//! The article of a draft: its name and what was found in it, its outline, its text with the marks, its remarks.

use maud::{Markup, html};

use super::draft::Draft;
use super::marks::Marks;
use super::paragraphs::Paragraph;
use super::sections::Sections;
use super::{notes, strip};
use crate::finding::Severity;
use crate::text::block::BlockKind;

/// All that the page has of a draft.
pub(super) fn article(draft: &Draft<'_>) -> Markup {
    let sections = Sections::new(draft);
    let heading = format!("t{}", draft.number());
    html! {
        article.draft id=(draft.id()) aria-labelledby=(heading) {
            header {
                h2 id=(heading) { bdi { (draft.name()) } }
                p.sum { (verdict(draft)) }
                (strip::strip(draft))
            }
            div.sheet {
                (sections.outline())
                (text(draft))
            }
            (notes::fixed(draft.report()))
            (notes::notes(draft))
            (sections.table())
        }
        "\n"
    }
}

/// What it comes to, in a sentence.
fn verdict(draft: &Draft<'_>) -> Markup {
    let all = 0..draft.findings().len();
    let found = Severity::ALL.map(|severity| (severity, draft.count(all.clone(), severity)));
    html! {
        (draft.words()) "字"
        @if draft.findings().is_empty() { "，没有发现问题" }
        @for (severity, count) in found.into_iter().filter(|(_, count)| *count > 0) {
            "，" span.tally.(severity.name()) { (severity.chinese()) (count) "处" }
        }
        "。"
    }
}

fn text(draft: &Draft<'_>) -> Markup {
    let mut marks = Marks::new(draft);
    let written = draft.paragraphs().iter().filter_map(|it| Some((it, marks.paragraph(it)?)));
    html! {
        div.text {
            @for (paragraph, content) in written { (element(draft, paragraph, &content)) "\n" }
        }
    }
}

fn element(draft: &Draft<'_>, paragraph: &Paragraph, content: &Markup) -> Markup {
    let id = draft.id_of(paragraph);
    let class = match &draft.blocks()[paragraph.blocks.clone()] {
        [] => "code",
        [only] if only.kind == BlockKind::ListItem => "item",
        [_] => "prose",
        _ => "cells",
    };
    html! {
        @match paragraph.depth {
            Some(0) => { h3 id=(id) { (content) } }
            Some(1) => { h4 id=(id) { (content) } }
            Some(2) => { h5 id=(id) { (content) } }
            Some(_) => { h6 id=(id) { (content) } }
            None => { p class=(class) id=(id) { (content) } }
        }
    }
}
