//! How often a document errs, and what that says of a place in it.
//!
//! A confidence is meant for a text that errs as often as the training's does. In one that errs less often the same evidence means less, in
//! one that errs more often, more: its log-odds move by the logarithm of the ratio of the rates (Saerens, Latinne and Decaestecker 2002), where
//! the document's own rate is what its suspicions add up to. Only what is asked about hangs on it, so that no warning comes or goes
//! by what is written elsewhere.

/// Errors to a symbol in the training.
const USUAL: f32 = 1.0 / 450.0;
/// As many errors' worth of belief in the usual rate.
const PRIOR: f32 = 1.5;
/// No document moves the log-odds further, and none more finely than by steps, so that little changes while it is written.
const RANGE: [f32; 2] = [-2.5, 1.0];
const STEP: f32 = 0.25;

/// What is suspected in a document, in all.
#[derive(Clone, Copy, Debug, Default)]
pub struct ErrorRate {
    /// The sum of the confidences.
    pub errors: f32,
    /// The symbols among which they are.
    pub symbols: usize,
}

impl ErrorRate {
    /// The most that the log-odds of a place can gain.
    pub const MOST: f32 = RANGE[1];

    /// What the log-odds of each place gain, or lose below 0.
    pub fn shift(self) -> f32 {
        let usual = self.symbols as f32 * USUAL;
        let shift = ((self.errors + PRIOR) / (usual + PRIOR)).ln();
        ((shift / STEP).round() * STEP).clamp(RANGE[0], RANGE[1])
    }
}

impl std::iter::Sum for ErrorRate {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |a, b| Self { errors: a.errors + b.errors, symbols: a.symbols + b.symbols })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shift(errors: f32, symbols: usize) -> f32 {
        ErrorRate { errors, symbols }.shift()
    }

    #[test]
    fn a_clean_report_raises_the_bar_and_a_careless_draft_lowers_it() {
        assert!(shift(1.5, 9000) < -1.5);
        assert!(shift(8.0, 1100) > 0.5);
    }

    #[test]
    fn a_sentence_says_next_to_nothing() {
        assert_eq!(shift(0.0, 30), 0.0);
        assert_eq!(shift(0.3, 30), 0.25);
    }

    #[test]
    fn no_document_moves_it_without_end() {
        assert_eq!(shift(0.0, 10_000_000), RANGE[0]);
        assert_eq!(shift(10_000.0, 10_000), RANGE[1]);
    }
}
