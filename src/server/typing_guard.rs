//! Keeps quiet about what is being typed. A finding that turns up at the cursor is withheld until the writer
//! pauses or moves away: an input method puts letters into the text that are no words yet. A finding that was
//! shown before stays, and moves with the text.

use std::ops::Range;
use std::time::{Duration, Instant};

use super::text::Splice;
use crate::Diagnostic;

/// How long after the last keystroke the cursor counts as idle.
const IDLE_AFTER: Duration = Duration::from_millis(1200);

/// An insertion of more bytes than this is not typed but pasted: the cursor is at its end.
const MAX_TYPED: usize = 64;

/// Which findings the client has, and where the writer is typing.
#[derive(Debug, Default)]
pub(crate) struct TypingGuard {
    cursor: Option<Cursor>,
    /// The rules and ranges of the findings that the client has.
    shown: Vec<(&'static str, Range<usize>)>,
    /// Is a finding withheld?
    withholds: bool,
}

#[derive(Debug)]
struct Cursor {
    /// What was typed last.
    range: Range<usize>,
    idle_at: Instant,
}

impl TypingGuard {
    /// Follows an edit that was received at some time.
    pub(crate) fn edited(&mut self, edit: &Splice, received: Instant) {
        for (_, range) in &mut self.shown {
            *range = edit.map(range);
        }
        let end = edit.start + edit.new;
        let start = if edit.new <= MAX_TYPED { edit.start } else { end };
        self.cursor = Some(Cursor { range: start..end, idle_at: received + IDLE_AFTER });
    }

    /// The writer has stopped typing, or the cursor is no longer known.
    pub(crate) fn cursor_idle(&mut self) {
        self.cursor = None;
        self.withholds = false;
    }

    /// When withheld findings are due, if there are any.
    pub(crate) fn due(&self) -> Option<Instant> {
        self.cursor.as_ref().filter(|_| self.withholds).map(|cursor| cursor.idle_at)
    }

    /// Which of the findings to show now. They count as shown from here on.
    pub(crate) fn visible(&mut self, findings: &[Diagnostic]) -> Vec<bool> {
        let touches = |a: &Range<usize>, b: &Range<usize>| a.start <= b.end && b.start <= a.end;
        let is_withheld = |finding: &Diagnostic| {
            let at_cursor = self.cursor.as_ref().is_some_and(|cursor| touches(&finding.range, &cursor.range));
            let is_shown =
                |(rule, range): &(&str, _)| *rule == finding.rule && touches(range, &finding.range);
            at_cursor && !self.shown.iter().any(is_shown)
        };
        let visible: Vec<bool> = findings.iter().map(|finding| !is_withheld(finding)).collect();
        self.withholds = visible.contains(&false);
        let shown = findings.iter().zip(&visible).filter(|(_, visible)| **visible);
        self.shown = shown.map(|(finding, _)| (finding.rule, finding.range.clone())).collect();
        visible
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Severity;

    fn finding(rule: &'static str, range: Range<usize>) -> Diagnostic {
        let (message, fixes, related) = (String::new(), Vec::new(), Vec::new());
        Diagnostic { rule, severity: Severity::Error, range, message, fixes, related, confidence: None }
    }

    #[test]
    fn a_new_finding_is_withheld_and_an_old_one_moves() {
        let mut guard = TypingGuard::default();
        let now = Instant::now();
        assert_eq!(guard.visible(&[finding("a", 10..16)]), [true]);
        // Typed right behind the old one, and in a new place.
        guard.edited(&Splice { start: 2, old: 0, new: 3 }, now);
        guard.edited(&Splice { start: 19, old: 0, new: 3 }, now);
        assert_eq!(guard.visible(&[finding("a", 13..19), finding("b", 16..22)]), [true, false]);
        assert!(guard.due().is_some_and(|due| due > now));
        guard.cursor_idle();
        assert_eq!(guard.due(), None);
        assert_eq!(guard.visible(&[finding("a", 13..19), finding("b", 16..22)]), [true, true]);
    }

    #[test]
    fn a_finding_is_shown_once_the_cursor_has_left() {
        let mut guard = TypingGuard::default();
        guard.edited(&Splice { start: 0, old: 0, new: 3 }, Instant::now());
        assert_eq!(guard.visible(&[finding("a", 0..3)]), [false]);
        guard.edited(&Splice { start: 90, old: 0, new: 3 }, Instant::now());
        assert_eq!(guard.visible(&[finding("a", 0..3)]), [true]);
    }
}
