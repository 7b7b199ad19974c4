//! Keeps quiet about what is being typed. A finding that turns up in the paragraph of the cursor is withheld
//! until the writer pauses or goes on elsewhere: an input method puts letters into the text that are no words
//! yet, and half a sentence lacks its other half. A finding that was shown before stays and moves with the
//! text, even where the half sentence hides it for a moment, as an opening quotation mark does with all that
//! follows.

use std::ops::Range;
use std::time::{Duration, Instant};

use super::snapshot::Snapshot;
use super::text::Splice;
use crate::rules;
use crate::text::sentence::ends_sentence;
use crate::{Diagnostic, Document};

/// How long after the last keystroke the writer counts as pausing.
const PAUSE_AFTER: Duration = Duration::from_millis(1200);

/// An insertion of more bytes than this is not typed but pasted, or made by a command: the text is meant to
/// be as it is, and the cursor is at its end. Input methods give ten characters at a time at most.
const MAX_TYPED: usize = 30;

/// A paragraph with more findings than this is no writer's.
const MAX_KEPT: usize = 64;

/// Which findings the client has, and where the writer is typing.
#[derive(Debug, Default)]
pub(crate) struct TypingGuard {
    cursor: Option<Cursor>,
    /// The rules and ranges of the findings that the client has.
    shown: Vec<(&'static str, Range<usize>)>,
    /// Those of the cursor's paragraph, without their fixes.
    kept: Vec<Diagnostic>,
    /// Does a finding wait for a pause?
    withholds: bool,
}

/// Where the writer is typing.
#[derive(Debug)]
struct Cursor {
    /// What was typed last.
    range: Range<usize>,
    /// Was it pasted?
    is_pasted: bool,
    /// From when on the writer counts as pausing; none where that is so.
    pauses_at: Option<Instant>,
}

/// What to show of a document now.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    /// Which of the findings.
    pub(crate) visible: Vec<bool>,
    /// Findings of a moment ago, which the text no longer has while it is being written.
    pub(crate) lingering: Vec<Diagnostic>,
}

impl Shown {
    /// All findings, as they are.
    pub(crate) fn all(snapshot: &Snapshot) -> Self {
        Self { visible: vec![true; snapshot.findings.len()], lingering: Vec::new() }
    }
}

impl TypingGuard {
    /// Follows an edit that was received at some time. `before` is the text that it changes with its
    /// findings, where that has been checked.
    pub(crate) fn edited(&mut self, edit: &Splice, received: Instant, before: Option<&Snapshot>) {
        if let Some(before) = before {
            self.keep(edit.start, before);
        }
        let (end, is_pasted) = (edit.start + edit.new, edit.new > MAX_TYPED);
        if is_pasted {
            self.kept.clear();
        }
        // What the writer touches is as new.
        self.kept.retain(|finding| !touches(&finding.range, &(edit.start..edit.start + edit.old)));
        let moved = self.kept.iter_mut().map(|finding| &mut finding.range);
        for range in moved.chain(self.shown.iter_mut().map(|(_, range)| range)) {
            *range = edit.map(range);
        }
        let start = if is_pasted { end } else { edit.start };
        self.cursor = Some(Cursor { range: start..end, is_pasted, pauses_at: Some(received + PAUSE_AFTER) });
    }

    /// Keeps the findings that the client has of the paragraph at `at`, the first of very many.
    fn keep(&mut self, at: usize, before: &Snapshot) {
        let paragraph = paragraph(&before.document, at);
        let is_here = |finding: &Diagnostic| {
            paragraph
                .as_ref()
                .is_some_and(|it| it.start <= finding.range.start && finding.range.end <= it.end)
        };
        self.kept.retain(is_here);
        let shown = |finding: &&Diagnostic| self.was_shown(finding);
        let here = before.findings.iter().filter(|finding| is_here(finding)).take(MAX_KEPT);
        let more = here.filter(shown);
        let bare =
            |finding: &Diagnostic| Diagnostic { fixes: Vec::new(), related: Vec::new(), ..finding.clone() };
        let more: Vec<_> = more.map(bare).collect();
        self.kept.retain(|old| !more.iter().any(|new| is_same(old, new)));
        self.kept.extend(more);
    }

    /// The writer has paused.
    pub(crate) fn pause(&mut self) {
        self.withholds = false;
        if let Some(cursor) = &mut self.cursor {
            cursor.pauses_at = None;
        }
    }

    /// The cursor is no longer known, or all that is found is wanted.
    pub(crate) fn forget_cursor(&mut self) {
        self.withholds = false;
        self.kept.clear();
        self.cursor = None;
    }

    /// When withheld findings are due, if there are any.
    pub(crate) fn due(&self) -> Option<Instant> {
        self.cursor.as_ref().filter(|_| self.withholds)?.pauses_at
    }

    /// What to show now. It counts as shown from here on.
    pub(crate) fn show(&mut self, snapshot: &Snapshot) -> Shown {
        let Snapshot { document, findings, .. } = snapshot;
        let mut shown = Shown::all(snapshot);
        self.withholds = false;
        if let Some(cursor) = &self.cursor {
            let held = cursor.reach(document);
            let mut is_unfinished = false;
            for (finding, visible) in findings.iter().zip(&mut shown.visible) {
                if !touches(&finding.range, &held) || self.was_shown(finding) {
                    continue;
                }
                let awaits_rest = cursor.awaits_rest_of(finding, document);
                is_unfinished |= awaits_rest;
                *visible = !awaits_rest && cursor.pauses_at.is_none();
                self.withholds |= !*visible && !awaits_rest;
            }
            if cursor.pauses_at.is_some() || is_unfinished {
                let is_here = |finding: &Diagnostic| touches(&finding.range, &held);
                let is_gone = |old: &Diagnostic| !findings.iter().any(|new| is_same(old, new));
                let lingering = self.kept.iter().filter(|old| is_here(old) && is_gone(old));
                shown.lingering.extend(lingering.cloned());
                self.withholds |= cursor.pauses_at.is_some() && !shown.lingering.is_empty();
            }
        }
        let visible = findings.iter().zip(&shown.visible).filter_map(|(it, visible)| visible.then_some(it));
        let all = visible.chain(&shown.lingering);
        self.shown = all.map(|finding| (finding.rule, finding.range.clone())).collect();
        self.shown.sort_by_key(|(_, range)| range.start);
        shown
    }

    /// Did the client have a finding before the last edits, in its place or in part of it?
    fn was_shown(&self, finding: &Diagnostic) -> bool {
        let is_same = |(rule, range): &(&str, _)| *rule == finding.rule && touches(range, &finding.range);
        let from = self.shown.partition_point(|(_, range)| range.start < finding.range.start);
        let (before, after) = self.shown.split_at(from);
        let may_touch = |(_, range): &&(_, Range<usize>)| range.start <= finding.range.end;
        after.iter().take_while(may_touch).any(is_same) || before.iter().rev().any(is_same)
    }
}

impl Cursor {
    /// In what range a new finding waits: the paragraph that is being written, or the end of what was pasted.
    fn reach(&self, document: &Document) -> Range<usize> {
        let paragraph = paragraph(document, self.range.end).filter(|_| !self.is_pasted);
        paragraph.unwrap_or_else(|| self.range.clone())
    }

    /// Does a finding mark what the rest of the sentence that is being written may bring? No pause is long
    /// enough for that.
    fn awaits_rest_of(&self, finding: &Diagnostic, document: &Document) -> bool {
        let between = finding.range.end..self.range.end;
        rules::find(finding.rule).is_some_and(crate::rule::Rule::awaits_rest)
            && document.source().get(between).is_some_and(|written| !written.chars().any(ends_sentence))
    }
}

fn touches(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start <= b.end && b.start <= a.end
}

fn is_same(a: &Diagnostic, b: &Diagnostic) -> bool {
    a.rule == b.rule && touches(&a.range, &b.range)
}

/// The paragraph at a place.
fn paragraph(document: &Document, at: usize) -> Option<Range<usize>> {
    let blocks = document.blocks();
    let after = blocks.partition_point(|block| block.range.end < at);
    blocks.get(after).map(|block| block.range.clone()).filter(|range| range.start <= at)
}
