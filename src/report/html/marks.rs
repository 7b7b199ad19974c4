//! The text of a paragraph with its marks. Findings may lie in one another, overlap and run over paragraphs, elements may
//! not: the text is cut where any of them begins or ends, and each piece says which it belongs to.

use std::ops::Range;

use maud::{Markup, PreEscaped, Render, html};

use super::corrections::Correction;
use super::draft::Draft;
use super::paragraphs::Paragraph;
use super::visible::visible;
use crate::finding::Diagnostic;

/// The number of a longer finding stands where it begins, that of another behind it.
const MAX_WORD: usize = 90;
/// A correction of so many characters fits above the line.
const MAX_ABOVE: usize = 6;

/// Writes the paragraphs of a draft one after the other.
pub(super) struct Marks<'a> {
    draft: &'a Draft<'a>,
    /// The findings, corrections and stock phrases before these have begun.
    next_finding: usize,
    next_correction: usize,
    next_stock: usize,
    /// The findings that have begun and not ended.
    open: Vec<usize>,
}

impl<'a> Marks<'a> {
    pub(super) fn new(draft: &'a Draft<'a>) -> Self {
        Self { draft, next_finding: 0, next_correction: 0, next_stock: 0, open: Vec::new() }
    }

    /// The content of the next paragraph; none where there is nothing to be seen in it.
    pub(super) fn paragraph(&mut self, paragraph: &Paragraph) -> Option<Markup> {
        let draft = self.draft;
        let range = self.content(paragraph);
        self.skip_to(range.start);
        let findings = draft.findings();
        let ends = self.open.iter().any(|index| findings[*index].range.end <= range.end);
        let begins = findings.get(self.next_finding).is_some_and(|it| it.range.start <= range.end);
        let is_marked = ends || begins;
        let text = draft.source()[range.clone()].trim();
        if (text.is_empty() || is_below_head(text)) && !is_marked {
            return None;
        }
        let cuts = self.cuts(&range, paragraph);
        let mut out = String::new();
        // The correction that is being written, what it strikes, and the numbers that come behind it.
        let mut correcting: Option<&Correction> = None;
        let (mut struck, mut refs) = (String::new(), String::new());
        for (index, &at) in cuts.iter().enumerate() {
            if let Some(done) = correcting.take_if(|it| it.range.end <= at) {
                out += &corrected(done, &std::mem::take(&mut struck)).into_string();
            }
            let inserted = self.next_correction_at(at).filter(|it| it.range.is_empty());
            if let Some(inserted) = inserted {
                self.next_correction += 1;
                out += &corrected(inserted, "").into_string();
            }
            self.pass(at, &mut refs);
            if correcting.is_none() {
                out += &std::mem::take(&mut refs);
                correcting = self.next_correction_at(at);
                self.next_correction += usize::from(correcting.is_some());
            }
            if let Some(&end) = cuts.get(index + 1) {
                let piece = self.piece(at..end, paragraph);
                if correcting.is_some() { &mut struck } else { &mut out }.push_str(&piece.into_string());
            }
        }
        if let Some(done) = correcting {
            out += &corrected(done, &struck).into_string();
        }
        Some(PreEscaped(out + &refs))
    }

    /// The bytes of a paragraph without its line end; and, before a paragraph of text, without the blanks
    /// that stand for an indent, if nothing is found in them.
    fn content(&self, paragraph: &Paragraph) -> Range<usize> {
        let text = &self.draft.source()[paragraph.range.clone()];
        let end = paragraph.range.start + text.trim_end_matches(['\n', '\r']).len();
        let blanks = text.len() - text.trim_start_matches([' ', '\u{3000}']).len();
        let begin = (paragraph.range.start + blanks).min(end);
        let is_prose = !paragraph.blocks.is_empty();
        let is_found = !self.open.is_empty()
            || self.draft.findings().get(self.next_finding).is_some_and(|it| it.range.start < begin);
        if is_prose && !is_found { begin..end } else { paragraph.range.start..end }
    }

    /// Leaves out the corrections between paragraphs, where nothing can be seen of them.
    fn skip_to(&mut self, start: usize) {
        let corrections = &self.draft.corrections()[self.next_correction..];
        self.next_correction += corrections.iter().take_while(|it| it.range.start < start).count();
    }

    /// Where the text of a paragraph is cut, its ends among them.
    fn cuts(&self, range: &Range<usize>, paragraph: &Paragraph) -> Vec<usize> {
        let draft = self.draft;
        let findings = &draft.findings()[self.next_finding..];
        let begun = findings.iter().take_while(|it| it.range.start <= range.end);
        let open = self.open.iter().map(|index| &draft.findings()[*index].range);
        let corrections = draft.corrections()[self.next_correction..].iter();
        let corrections = corrections.take_while(|it| it.range.start <= range.end).map(|it| &it.range);
        let stock = draft.stock()[self.next_stock..].iter().take_while(|it| it.start < range.end);
        let blocks = draft.blocks()[paragraph.blocks.clone()].iter().map(|block| &block.range);
        let all = begun.map(|it| &it.range).chain(open).chain(corrections).chain(stock).chain(blocks);
        let ends = all.flat_map(|it| [it.start, it.end]).chain([range.end]);
        let mut cuts: Vec<usize> = ends.map(|at| at.clamp(range.start, range.end)).collect();
        cuts.push(range.start);
        cuts.sort_unstable();
        cuts.dedup();
        cuts
    }

    fn next_correction_at(&self, at: usize) -> Option<&'a Correction> {
        self.draft.corrections().get(self.next_correction).filter(|it| it.range.start == at)
    }

    /// Takes up what begins at a place, leaves what ends there, and writes the numbers that stand there.
    fn pass(&mut self, at: usize, refs: &mut String) {
        let draft = self.draft;
        let findings = draft.findings();
        self.open.retain(|&index| {
            let goes_on = findings[index].range.end > at;
            if !goes_on && is_word(findings[index]) {
                *refs += &draft.reference(index).into_string();
            }
            goes_on
        });
        // One that begins within a line end is taken up with the next paragraph.
        while let Some(finding) = findings.get(self.next_finding).filter(|it| it.range.start <= at) {
            if finding.range.end > at {
                self.open.push(self.next_finding);
            }
            if finding.range.end <= at || !is_word(finding) {
                *refs += &draft.reference(self.next_finding).into_string();
            }
            self.next_finding += 1;
        }
        let stock = draft.stock();
        while stock.get(self.next_stock).is_some_and(|it| it.end <= at) {
            self.next_stock += 1;
        }
    }

    /// The text between two cuts.
    fn piece(&self, range: Range<usize>, paragraph: &Paragraph) -> Markup {
        let draft = self.draft;
        let blocks = &draft.blocks()[paragraph.blocks.clone()];
        let is_prose = blocks.iter().any(|it| it.range.start <= range.start && range.end <= it.range.end);
        // The signs before a heading are seen by how it looks.
        if !is_prose && paragraph.depth.is_some() && self.open.is_empty() {
            return html! {};
        }
        let is_stock = draft.stock().get(self.next_stock).is_some_and(|it| it.start <= range.start);
        let text = visible(&draft.source()[range]);
        let text = match (is_prose, is_stock) {
            (false, _) if is_bullet(&text) => html! { span.bullet { "•" } },
            (false, _) => html! { span.markup { (text) } },
            (true, true) => html! { span.stock { (text) } },
            (true, false) => text.render(),
        };
        let Some(gravest) = self.open.iter().map(|index| draft.findings()[*index].severity).max() else {
            return text;
        };
        let numbers: Vec<String> = self.open.iter().map(|index| (index + 1).to_string()).collect();
        html! { mark class=(gravest.name()) data-f=(numbers.join(" ")) { (text) } }
    }
}

/// Is it the line of Markdown between the head of a table and its rows, which says nothing?
fn is_below_head(text: &str) -> bool {
    text.contains('|')
        && text.contains('-')
        && text.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

/// Is it what an item of a list begins with in Markdown?
fn is_bullet(text: &str) -> bool {
    matches!(text.trim(), "-" | "*" | "+") && text.ends_with([' ', '\t'])
}

/// Is it about a word, and not about a sentence or more?
fn is_word(finding: &Diagnostic) -> bool {
    finding.range.len() <= MAX_WORD
}

/// What is struck, with what is written above it or, where that is long, behind it.
fn corrected(correction: &Correction, struck: &str) -> Markup {
    let number = correction.finding + 1;
    let class = if correction.is_safe { "fix" } else { "fix maybe" };
    let struck = PreEscaped(struck);
    let text = visible(&correction.text);
    let length = text.chars().count();
    html! {
        @if correction.text.is_empty() {
            del class=(class) data-f=(number) { (struck) }
        } @else if length > MAX_ABOVE {
            @if !struck.0.is_empty() { del class=(class) data-f=(number) { (struck) } }
            ins class=(class) data-f=(number) { (text) }
        } @else if struck.0.is_empty() {
            ruby class=(class) data-f=(number) { span.caret aria-hidden="true" { "∧" } rt { (text) } }
        } @else {
            ruby class=(class) data-f=(number) { del { (struck) } rt { (text) } }
        }
    }
}
