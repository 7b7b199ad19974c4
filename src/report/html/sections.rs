//! The sections of a draft: the outline beside its text, and a table with what stands in each.

use std::ops::Range;

use maud::{Markup, html};

use super::draft::Draft;
use super::visible::visible;
use crate::finding::Severity;
use crate::rules::style::stock_phrase::MAX_DENSITY;
use crate::text::outline::Node;

/// A longer outline is folded.
const MOST_UNFOLDED: usize = 24;

/// The sections of a draft, each before those within it.
pub(super) struct Sections<'a> {
    draft: &'a Draft<'a>,
    rows: Vec<Section<'a>>,
}

struct Section<'a> {
    node: &'a Node,
    depth: usize,
    words: usize,
    findings: Range<usize>,
    density: Option<f64>,
}

impl<'a> Sections<'a> {
    pub(super) fn new(draft: &'a Draft<'a>) -> Self {
        let mut sections = Self { draft, rows: Vec::new() };
        sections.add(draft.outline(), 0);
        sections
    }

    fn add(&mut self, nodes: &'a [Node], depth: usize) {
        for node in nodes {
            let blocks = node.block..node.end_block;
            self.rows.push(Section {
                node,
                depth,
                words: self.draft.words_of(blocks.clone()),
                findings: self.draft.findings_in(&node.range),
                density: self.draft.density(blocks),
            });
            self.add(&node.children, depth + 1);
        }
    }

    /// The outline beside the text.
    pub(super) fn outline(&self) -> Markup {
        html! {
            @if !self.rows.is_empty() {
                nav.outline aria-label="提纲" {
                    p.label { "提纲" }
                    (self.entries(&self.rows))
                }
            }
        }
    }

    /// The entries of sections, and within each those of the sections in it. In a long outline these are
    /// folded below the uppermost two levels.
    fn entries(&self, rows: &[Section<'a>]) -> Markup {
        let is_long = self.rows.len() > MOST_UNFOLDED;
        let mut rest = rows;
        let mut next = || {
            let (row, after) = rest.split_first()?;
            let within = after.iter().take_while(|it| it.depth > row.depth).count();
            let (within, after) = after.split_at(within);
            rest = after;
            Some((row, within))
        };
        html! {
            ol {
                @for (row, within) in std::iter::from_fn(&mut next) {
                    li.{ "depth" (row.depth.min(3)) } {
                        (self.entry(row))
                        @if !within.is_empty() {
                            @if is_long && row.depth > 0 {
                                details {
                                    summary { "下面" (within.len()) "节" }
                                    (self.entries(within))
                                }
                            } @else { (self.entries(within)) }
                        }
                    }
                }
            }
        }
    }

    fn entry(&self, row: &Section<'_>) -> Markup {
        html! {
            div.entry data-from=(row.findings.start) data-to=(row.findings.end) {
                a href={ "#" (self.draft.paragraph_id(row.node.selection.start)) } {
                    (visible(row.node.title.trim()))
                }
                span.length { (row.words) "字" (self.tallies(row)) }
            }
        }
    }

    /// How many are found in a section, by severity.
    fn tallies(&self, row: &Section<'_>) -> Markup {
        let count = |severity| self.draft.count(row.findings.clone(), severity);
        html! {
            @for severity in Severity::ALL {
                @let found = count(severity);
                @if found > 0 {
                    " " span.tally.(severity.name()) data-s=(severity.name()) {
                        (severity.chinese()) b { (found) }
                    }
                }
            }
        }
    }

    /// The table of the sections.
    pub(super) fn table(&self) -> Markup {
        let whole = self.draft.density(0..self.draft.blocks().len());
        html! {
            @if !self.rows.is_empty() {
                section.sections {
                    h3 { "各节" }
                    p.aside {
                        "套话按每千字的处数计，超过" (format!("{MAX_DENSITY:.0}")) "处偏密；不足三百字的不计。"
                        @if let Some(whole) = whole { "全文每千字" (shown(whole)) "处。" }
                    }
                    div.scroll tabindex="0" role="region" aria-label="各节的字数、问题和套话" {
                        table {
                            thead {
                                tr {
                                    th scope="col" { "节" }
                                    th.number scope="col" { "字数" }
                                    @for severity in Severity::ALL { th.number scope="col" { (severity.chinese()) } }
                                    th.number scope="col" { "套话／千字" }
                                }
                            }
                            tbody { @for row in &self.rows { (self.row(row)) } }
                        }
                    }
                }
            }
        }
    }

    fn row(&self, row: &Section<'_>) -> Markup {
        let title = visible(row.node.title.trim());
        html! {
            tr data-from=(row.findings.start) data-to=(row.findings.end) {
                th.{ "depth" (row.depth.min(3)) } scope="row" {
                    a href={ "#" (self.draft.paragraph_id(row.node.selection.start)) } { (title) }
                }
                td.number { (row.words) }
                @for severity in Severity::ALL {
                    td.number data-s=(severity.name()) {
                        b { (self.draft.count(row.findings.clone(), severity)) }
                    }
                }
                td.density {
                    @match row.density {
                        Some(density) => { (gauge(density)) }
                        None => { "—" }
                    }
                }
            }
        }
    }
}

/// A density beside the reference, drawn and in figures.
fn gauge(density: f64) -> Markup {
    // The reference stands at two thirds.
    let width = |density: f64| (density / MAX_DENSITY * 40.0).min(60.0);
    html! {
        svg.gauge viewBox="0 0 60 10" width="60" height="10" aria-hidden="true" {
            rect.part.over[density >= MAX_DENSITY] x="0" y="2" width=(format!("{:.1}", width(density))) height="6" {}
            rect.limit x="40" y="0" width="1" height="10" {}
        }
        " " (shown(density))
        @if density >= MAX_DENSITY { span.over { "偏密" } }
    }
}

fn shown(density: f64) -> String {
    format!("{density:.1}")
}
