//! The page as a server shows it: the same, a draft a page, with what the server adds.

use maud::{Markup, html};

use super::super::{FileReport, RunReport};
use super::draft::Draft;
pub(crate) use super::head::Additions;
pub(crate) use super::summary::Row;
use super::summary::Summary;
use super::{article, head};

/// A page, and the policy of what may run and be loaded in it.
pub(crate) struct Page {
    pub(crate) html: String,
    pub(crate) policy: String,
}

/// Drafts of one kind in the list, each with the address of its page.
pub(crate) struct Shelf<'a> {
    pub(crate) heading: &'a str,
    pub(crate) drafts: Vec<(String, Row)>,
}

/// What the list says of a draft.
pub(crate) fn row(report: &FileReport<'_>) -> Row {
    Row::new(&Draft::new(1, report))
}

/// The page of a draft; `takes_fixes` where the reader may have them made.
pub(crate) fn draft(report: &FileReport<'_>, takes_fixes: bool, additions: &Additions) -> Page {
    let draft = Draft::new(1, report);
    let draft = if takes_fixes { draft.with_buttons() } else { draft };
    let mut summary = Summary::default();
    summary.add(format!("#{}", draft.id()), Row::new(&draft));
    // What is said of all files of a run, the article says of this one.
    let main = html! { (article::article(&draft)) (summary.tools()) (summary.rules()) };
    page(&format!("{}－{}", draft.name(), head::NAME), &main, additions)
}

/// The list of drafts.
pub(crate) fn list(shelves: &[Shelf<'_>], run: &RunReport<'_>, additions: &Additions) -> Page {
    let mut all = Summary::default();
    for (href, row) in shelves.iter().flat_map(|shelf| &shelf.drafts) {
        all.add(href.clone(), row.clone());
    }
    let main = html! {
        (all.total(run))
        @for shelf in shelves.iter().filter(|it| !it.drafts.is_empty()) {
            section.shelf { (list_of(shelf).list(shelf.heading)) }
        }
        (all.rules())
    };
    page("朱笔审读", &main, additions)
}

/// A page without a draft: what cannot be shown, and why.
pub(crate) fn notice(text: &str, additions: &Additions) -> Page {
    page("朱笔审读", &html! { section #total { p.total { (text) } } }, additions)
}

fn list_of(shelf: &Shelf<'_>) -> Summary {
    let mut summary = Summary::default();
    for (href, row) in &shelf.drafts {
        summary.add(href.clone(), row.clone());
    }
    summary
}

fn page(title: &str, main: &Markup, additions: &Additions) -> Page {
    let html = html! {
        (head::head(title, Some(additions)))
        (main)
        (head::tail(Some(additions)))
    };
    Page { html: html.into_string(), policy: head::policy(Some(additions)) }
}
