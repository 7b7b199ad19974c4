//! The error rate of a document, as a prior for each place in it.
//!
//! Confidences are calibrated for the error rate of the training data. In a document with fewer errors the
//! same evidence means less, in one with more it means more: log-odds move by the logarithm of the ratio of
//! the rates (Saerens, Latinne and Decaestecker 2002), the document's rate being the sum of its suspicions.
//! This decides on questions only, so that no warning comes or goes by what is written elsewhere.

/// Errors per symbol in the training data.
const USUAL: f32 = 1.0 / 450.0;
/// Weight of the usual rate, in errors.
const PRIOR: f32 = 1.5;
/// The log-odds move within this range and in steps, so that little changes while the draft is being written.
const RANGE: [f32; 2] = [-2.5, 1.0];
const STEP: f32 = 0.25;

/// The suspected errors of a document.
#[derive(Clone, Copy, Debug, Default)]
pub struct ErrorRate {
    /// The sum of the confidences.
    pub errors: f32,
    /// Its length in symbols.
    pub symbols: usize,
}

impl ErrorRate {
    /// The most that the log-odds of a place can gain.
    pub const MOST: f32 = RANGE[1];

    /// What is added to the log-odds of each place.
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
