//! A draft as all parts of its article ask for it: what was found in it, in order, and what each thing is called.

use std::ops::Range;

use maud::{Markup, html};

use super::super::{FileReport, Places, paths};
use super::corrections::{Correction, corrections};
use super::paragraphs::{Paragraph, paragraphs};
use super::visible::visible;
use crate::finding::{Diagnostic, Severity};
use crate::rules::style::stock_phrase;
use crate::text::block::Block;
use crate::text::count::Count;
use crate::text::outline::Node;

/// A draft of the page.
pub(super) struct Draft<'a> {
    number: usize,
    report: &'a FileReport<'a>,
    places: Places<'a>,
    paragraphs: Vec<Paragraph>,
    /// In the order of their places; that of a finding is its number, from 1.
    findings: Vec<&'a Diagnostic>,
    corrections: Vec<Correction>,
    stock: Vec<Range<usize>>,
    words: usize,
    takes_fixes: bool,
}

impl<'a> Draft<'a> {
    pub(super) fn new(number: usize, report: &'a FileReport<'a>) -> Self {
        let document = report.document;
        let places = Places::new(document);
        let paragraphs = paragraphs(document, &places.lines);
        let mut findings: Vec<&Diagnostic> = report.findings.iter().collect();
        findings.sort_by_key(|it| (it.range.start, it.range.end));
        let corrections = corrections(document.source(), &findings);
        let stock = stock_phrase::places(document);
        let words = Count::of_blocks(document, 0..document.blocks().len()).words;
        Self { number, report, places, paragraphs, findings, corrections, stock, words, takes_fixes: false }
    }

    /// The same where the reader can take a fix by a button.
    #[cfg(feature = "serve")]
    pub(super) fn with_buttons(self) -> Self {
        Self { takes_fixes: true, ..self }
    }

    pub(super) fn takes_fixes(&self) -> bool {
        self.takes_fixes
    }

    /// Its number on the page, from 1.
    pub(super) fn number(&self) -> usize {
        self.number
    }

    pub(super) fn report(&self) -> &'a FileReport<'a> {
        self.report
    }

    pub(super) fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    pub(super) fn name(&self) -> String {
        visible(&paths::shown(self.report.path)).into_owned()
    }

    pub(super) fn id(&self) -> String {
        format!("d{}", self.number)
    }

    pub(super) fn source(&self) -> &'a str {
        self.report.document.source()
    }

    pub(super) fn blocks(&self) -> &'a [Block] {
        self.report.document.blocks()
    }

    pub(super) fn outline(&self) -> &'a [Node] {
        self.report.document.outline().roots()
    }

    pub(super) fn findings(&self) -> &[&'a Diagnostic] {
        &self.findings
    }

    pub(super) fn corrections(&self) -> &[Correction] {
        &self.corrections
    }

    /// Where stock phrases stand.
    pub(super) fn stock(&self) -> &[Range<usize>] {
        &self.stock
    }

    /// Its length, 字数.
    pub(super) fn words(&self) -> usize {
        self.words
    }

    /// The length of some of its blocks, 字数.
    pub(super) fn words_of(&self, blocks: Range<usize>) -> usize {
        Count::of_blocks(self.report.document, blocks).words
    }

    /// Stock phrases for each thousand characters of some of its blocks, by the rule's own count; none where
    /// the text is too short to tell.
    pub(super) fn density(&self, blocks: Range<usize>) -> Option<f64> {
        let blocks = &self.blocks()[blocks];
        let (first, last) = (blocks.first()?, blocks.last()?);
        let uses = indices(&self.stock, |it| it.start, &(first.range.start..last.range.end)).len();
        let chars = blocks.iter().map(|block| self.report.document.text(block).chars().count()).sum();
        stock_phrase::density(uses, chars)
    }

    /// The indices of the findings that begin in a range.
    pub(super) fn findings_in(&self, range: &Range<usize>) -> Range<usize> {
        indices(&self.findings, |it| it.range.start, range)
    }

    /// The findings of a severity among those of a range of indices.
    pub(super) fn count(&self, findings: Range<usize>, severity: Severity) -> usize {
        self.findings[findings].iter().filter(|it| it.severity == severity).count()
    }

    /// Where a place is, for a person.
    pub(super) fn place(&self, offset: usize) -> String {
        let at = self.places.at(offset);
        format!("第{}行第{}字", at.line, at.column)
    }

    /// The line of a place.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.places.at(offset).line
    }

    /// The element in which a place of the source stands.
    pub(super) fn paragraph_id(&self, offset: usize) -> String {
        let next = self.paragraphs.partition_point(|it| it.range.start <= offset);
        // What nothing is seen of has no element.
        let seen = self.paragraphs[..next].iter().rev().find(|it| !it.blocks.is_empty());
        seen.map_or_else(|| self.id(), |it| self.id_of(it))
    }

    pub(super) fn id_of(&self, paragraph: &Paragraph) -> String {
        format!("p{}-{}", self.number, paragraph.line)
    }

    pub(super) fn note_id(&self, finding: usize) -> String {
        format!("n{}-{}", self.number, finding + 1)
    }

    pub(super) fn reference_id(&self, finding: usize) -> String {
        format!("f{}-{}", self.number, finding + 1)
    }

    /// The number that stands in the text for a finding and leads to what is said of it.
    pub(super) fn reference(&self, finding: usize) -> Markup {
        let severity = self.findings[finding].severity;
        let note = self.note_id(finding);
        html! {
            a.ref.(severity.name()) id=(self.reference_id(finding)) href={ "#" (note) } aria-describedby=(note)
                aria-label={ (severity.chinese()) (finding + 1) } { (finding + 1) }
        }
    }
}

/// The indices of those that begin in a range; they are in order.
fn indices<T>(all: &[T], start: impl Fn(&T) -> usize, range: &Range<usize>) -> Range<usize> {
    let index = |at| all.partition_point(|it| start(it) < at);
    index(range.start)..index(range.end)
}
