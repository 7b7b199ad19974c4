//! What is not said yet. A finding that comes up where the writer is typing is held until the caret rests or leaves: an input
//! method puts letters into the text that are no words yet. A finding that was there before stays, and moves with the text.

use std::ops::Range;
use std::time::{Duration, Instant};

use super::text::Splice;
use crate::Diagnostic;

/// So long after the last keystroke the caret is at rest.
const REST: Duration = Duration::from_millis(1200);

/// More than this put in at once is no typing: only its end is where the caret is.
const TYPED: usize = 64;

/// What the client shows of a document, and where the writer types in it.
#[derive(Debug, Default)]
pub(crate) struct Hold {
    caret: Option<Caret>,
    /// The rules and places of the findings that the client has.
    shown: Vec<(&'static str, Range<usize>)>,
    /// Is something held?
    holds: bool,
}

#[derive(Debug)]
struct Caret {
    place: Range<usize>,
    rests: Instant,
}

impl Hold {
    /// Follows an edit that came at some time.
    pub(crate) fn edited(&mut self, edit: &Splice, received: Instant) {
        for (_, range) in &mut self.shown {
            *range = edit.moved(range);
        }
        let end = edit.start + edit.new;
        let start = if edit.new <= TYPED { edit.start } else { end };
        self.caret = Some(Caret { place: start..end, rests: received + REST });
    }

    /// The caret rests, or nobody knows where it is.
    pub(crate) fn rest(&mut self) {
        self.caret = None;
        self.holds = false;
    }

    /// When what is held is to be said, if anything is.
    pub(crate) fn due(&self) -> Option<Instant> {
        self.caret.as_ref().filter(|_| self.holds).map(|caret| caret.rests)
    }

    /// Which of the findings are said now. They count as shown from here on.
    pub(crate) fn admit(&mut self, findings: &[Diagnostic]) -> Vec<bool> {
        let touches = |a: &Range<usize>, b: &Range<usize>| a.start <= b.end && b.start <= a.end;
        let is_held = |finding: &Diagnostic| {
            let at_caret = self.caret.as_ref().is_some_and(|caret| touches(&finding.range, &caret.place));
            at_caret
                && !self
                    .shown
                    .iter()
                    .any(|(rule, range)| *rule == finding.rule && touches(range, &finding.range))
        };
        let said: Vec<bool> = findings.iter().map(|finding| !is_held(finding)).collect();
        self.holds = said.contains(&false);
        let shown = findings.iter().zip(&said).filter(|(_, said)| **said);
        self.shown = shown.map(|(finding, _)| (finding.rule, finding.range.clone())).collect();
        said
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
    fn the_new_is_held_and_the_old_moves() {
        let mut hold = Hold::default();
        let now = Instant::now();
        assert_eq!(hold.admit(&[finding("a", 10..16)]), [true]);
        // Typed right behind the old one, and in a new place.
        hold.edited(&Splice { start: 2, old: 0, new: 3 }, now);
        hold.edited(&Splice { start: 19, old: 0, new: 3 }, now);
        assert_eq!(hold.admit(&[finding("a", 13..19), finding("b", 16..22)]), [true, false]);
        assert!(hold.due().is_some_and(|due| due > now));
        hold.rest();
        assert_eq!(hold.due(), None);
        assert_eq!(hold.admit(&[finding("a", 13..19), finding("b", 16..22)]), [true, true]);
    }

    #[test]
    fn the_caret_leaves() {
        let mut hold = Hold::default();
        hold.edited(&Splice { start: 0, old: 0, new: 3 }, Instant::now());
        assert_eq!(hold.admit(&[finding("a", 0..3)]), [false]);
        hold.edited(&Splice { start: 90, old: 0, new: 3 }, Instant::now());
        assert_eq!(hold.admit(&[finding("a", 0..3)]), [true]);
    }
}
