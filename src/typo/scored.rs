//! A paragraph's candidate edits with their scores, by themselves and with the evidence of the document.

use super::evidence::DocumentContext;
use super::rate::ErrorRate;
use super::tier::{Class, Tier, TypoKind};
use std::ops::Range;

/// A place that looks wrong, and its correction.
#[derive(Clone, Debug)]
pub struct Suspicion {
    /// Bytes of the paragraph.
    pub range: Range<usize>,
    /// Best first.
    pub replacements: Vec<String>,
    /// What it looks like.
    pub class: Class,
    /// The probability that it is an error, from 0 to 1, calibrated on held-out text.
    pub confidence: f32,
    /// Likely enough for a warning, or only for a question?
    pub tier: Tier,
}

/// The most that a document can add to the log-odds of an edit.
pub(super) const MAX_DOCUMENT_BOOST: f32 = 1.0;
/// What a string that the document repeats takes off the log-odds.
const REPEATED_PENALTY: f32 = 1.5;
/// Added to the log-odds of what the user's dictionary protects.
const PROTECTED: f32 = -100.0;
/// A string this often in a document may be a slip that was copied …
const COPIED: u8 = 2;
/// … and this often, a usage.
const USUAL: u8 = 3;
/// Symbols of a paragraph for each suspicion beyond the first few.
const SYMBOLS_PER_SUSPICION: usize = 40;
const FIRST_SUSPICIONS: usize = 2;

/// The probability of a log-odds.
pub fn confidence(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

/// The candidates of a paragraph before the evidence of its document.
#[derive(Clone, Debug, Default)]
pub struct ScoredParagraph {
    pub(super) candidates: Vec<Candidate>,
    pub(super) symbols: usize,
}

impl ScoredParagraph {
    /// Adds the evidence of the document for and against the edits.
    pub fn apply_evidence(&self, context: &DocumentContext) -> RescoredParagraph<'_> {
        RescoredParagraph::new(self, context)
    }
}

/// An edit that may become a suspicion.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Without its confidence.
    pub(super) suspicion: Suspicion,
    pub(super) logit: f32,
    /// Symbols that no other suspicion may share.
    pub(super) cover: Range<usize>,
    pub(super) window: Window,
}

/// The characters about an edit that are looked up in the document; each place is that of the edit among
/// them.
#[derive(Clone, Debug)]
pub(super) struct Window {
    pub(super) around: Vec<char>,
    pub(super) place: Range<usize>,
    pub(super) old: Vec<char>,
    pub(super) old_place: Range<usize>,
    pub(super) new: Vec<char>,
    pub(super) new_place: Range<usize>,
}

impl Window {
    /// What the document adds to the log-odds of an edit. A string that it repeats is a term of its own; one
    /// that it uses in the corrected form only is likely to be a slip.
    fn evidence(&self, context: &DocumentContext, kind: TypoKind) -> f32 {
        if context.protects(&self.around, self.place.start, self.place.end) {
            return PROTECTED;
        }
        // 认真的 is right in one sentence and wrong in the next; 飞地 is a term.
        if kind == TypoKind::DeDiDe && self.around[self.place.start] == '的' {
            return 0.0;
        }
        let triples = |w: &[char], at: &Range<usize>, least: u8| {
            let overlaps = |k: usize| k + 3 > at.start && k < at.end;
            w.windows(3).enumerate().filter(|(k, w)| overlaps(*k) && context.count(w) >= least).count()
        };
        let repeated =
            triples(&self.old, &self.old_place, COPIED) + triples(&self.old, &self.old_place, USUAL);
        let corrected = triples(&self.new, &self.new_place, USUAL);
        if repeated > 0 {
            -REPEATED_PENALTY * repeated as f32
        } else if corrected > 1 {
            MAX_DOCUMENT_BOOST
        } else {
            0.0
        }
    }
}

/// The candidates of a paragraph with the evidence of its document: of those that touch only the strongest,
/// and no more than a text that has errors may hold.
#[derive(Debug)]
pub struct RescoredParagraph<'p> {
    pub(super) candidates: Vec<(f32, &'p Candidate)>,
    symbols: usize,
}

impl<'p> RescoredParagraph<'p> {
    fn new(scored: &'p ScoredParagraph, context: &DocumentContext) -> Self {
        // The document can speak for an edit only if it is likely by itself, but against any.
        let at_most = |c: &Candidate| if c.logit > 0.0 { MAX_DOCUMENT_BOOST } else { 0.0 };
        let evidence = |c: &Candidate| c.window.evidence(context, c.suspicion.class.kind()).min(at_most(c));
        let mut candidates: Vec<(f32, &Candidate)> =
            scored.candidates.iter().map(|c| (c.logit + evidence(c), c)).collect();
        candidates.sort_by(|(a, x), (b, y)| b.total_cmp(a).then(x.cover.start.cmp(&y.cover.start)));
        let mut taken = vec![false; if candidates.is_empty() { 0 } else { scored.symbols + 2 }];
        let mut room = FIRST_SUSPICIONS + scored.symbols / SYMBOLS_PER_SUSPICION;
        candidates.retain(|(_, candidate)| {
            let cover = candidate.cover.clone();
            let free = room > 0 && !taken[cover.clone()].contains(&true);
            if free {
                taken[cover].fill(true);
                room -= 1;
            }
            free
        });
        RescoredParagraph { candidates, symbols: scored.symbols }
    }

    /// Is there nothing that could be suspected?
    pub fn is_empty(&self) -> bool {
        self.candidates.is_empty()
    }

    /// The paragraph's share in the error rate of the document.
    pub fn rate(&self) -> ErrorRate {
        let errors = self.candidates.iter().map(|(logit, _)| confidence(*logit)).sum();
        ErrorRate { errors, symbols: self.symbols }
    }
}
