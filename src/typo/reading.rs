//! A paragraph as the n-gram model reads it: each symbol's probability, and the model's state before it.

use crate::typo::model::ngrams::{CachedCodes, Ngram, Score, State};
use crate::typo::model::symbols::{BOUNDARY, Token};

/// A paragraph as read. Its symbols end with a boundary, so that the end of the text is evidence too.
#[derive(Default)]
pub struct Reading {
    /// Its symbols with their byte ranges.
    pub tokens: Vec<Token>,
    /// Its symbols and one boundary.
    pub symbols: Vec<u16>,
    /// `scores[i]` is the score of `symbols[i]`.
    pub scores: Vec<Score>,
    /// `states[i]` is the state before `symbols[i]`.
    pub states: Vec<State>,
    /// `codes[i]` belongs to the n-grams that end with `symbols[i]`.
    codes: Vec<CachedCodes>,
    /// `sums[i]` is the sum of log-probabilities before `symbols[i]`.
    sums: Vec<f64>,
}

/// How many symbols after a changed one depend on it: those that have it in their context.
pub const REACH: usize = 4;

/// Room for the scores of an edit's new symbols and of those that depend on them.
pub const MAX_SCORES: usize = 16;

/// The share of its old cost that the text after an edit still costs, as a rule at least.
const MIN_COST_AFTER: f32 = 0.5;

/// The symbols `from..to` replaced by `new`.
#[derive(Clone, Copy)]
pub struct Change<'n> {
    /// First symbol to replace.
    pub from: usize,
    /// Symbol after the last to replace.
    pub to: usize,
    /// What is to stand there.
    pub new: &'n [u16],
    /// The raw code of the bigram of the symbol before and the first new one, if it was already looked up.
    pub before: Option<u32>,
    /// The same of the last new symbol and the one after it.
    pub after: Option<u32>,
    /// Keep going where the new symbol makes a bigram with neither neighbour, as in a word the n-grams lack?
    pub allow_isolated: bool,
}

impl<'n> Change<'n> {
    /// A change with nothing looked up yet.
    pub fn new(from: usize, to: usize, new: &'n [u16]) -> Self {
        Change { from, to, new, before: None, after: None, allow_isolated: false }
    }
}

impl Reading {
    /// Reads `self.tokens`.
    pub fn read(&mut self, model: &Ngram<'_>) {
        self.symbols.clear();
        self.symbols.extend(self.tokens.iter().map(|t| t.symbol));
        self.symbols.push(BOUNDARY);
        self.scores.clear();
        self.states.clear();
        self.codes.clear();
        self.sums.clear();
        let (mut state, mut sum) = (model.start(), 0.0);
        for &s in &self.symbols {
            self.states.push(state);
            self.sums.push(sum);
            let (score, next, codes) = model.step(&state, s, &[]);
            self.scores.push(score);
            self.codes.push(codes);
            sum += score.logp as f64;
            state = next;
        }
        self.sums.push(sum);
    }

    /// Symbols without the boundary.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Is there no text?
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Sum of log-probabilities over `from..to`, cut at the end of the text.
    pub fn sum(&self, from: usize, to: usize) -> f32 {
        let before = |i: usize| self.sums[i.min(self.scores.len())];
        (before(to) - before(from)) as f32
    }

    /// Log-probability gained by a change, with the scores of the new symbols and of those that depend on
    /// them. None as soon as a gain of `least` is out of reach.
    pub fn gain(
        &self,
        model: &Ngram<'_>,
        change: &Change<'_>,
        least: f32,
        scores: &mut [Score; MAX_SCORES],
    ) -> Option<(f32, usize)> {
        let &Change { from, to, new, before, after, allow_isolated } = change;
        let end = (to + REACH).min(self.symbols.len());
        let mut budget = -self.sum(from, end);
        // What follows will cost something too.
        let mut ahead = -MIN_COST_AFTER * self.sum(to, end);
        if budget - ahead < least {
            return None;
        }
        let mut state = self.states[from];
        let mut n = 0;
        for &s in new {
            let cached = if n == 0 { before.as_slice() } else { &[] };
            let (score, next, _) = model.step(&state, s, cached);
            budget += score.logp;
            scores[n.min(MAX_SCORES - 1)] = score;
            n += 1;
            state = next;
        }
        for k in to..end {
            let is_isolated = k == to + 1 && scores[0].order == 1 && scores[n - 1].order == 1;
            if is_isolated && !allow_isolated && !new.is_empty() {
                return None;
            }
            if budget - ahead < least {
                return None;
            }
            ahead += MIN_COST_AFTER * self.scores[k].logp;
            // Shorter n-grams do not reach back to the new symbols.
            let cached = if k == to { after.as_slice() } else { &self.codes[k][..k - to] };
            let (score, next, _) = model.step(&state, self.symbols[k], cached);
            budget += score.logp;
            scores[n.min(MAX_SCORES - 1)] = score;
            n += 1;
            state = next;
        }
        if budget < least {
            return None;
        }
        Some((budget, n))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typo::detector;

    #[test]
    fn a_change_gains_what_the_changed_text_gains() {
        let text = "会议要求各单位认真贯切落实中央精神，切实把各项工作抓紧抓好。";
        let old = detector().read(text);
        let symbols = detector().symbols();
        let model = detector().proposer().model;
        let cases: [(usize, usize, &str); 5] =
            [(10, 11, "彻"), (10, 11, ""), (13, 13, "了"), (0, 1, "大"), (9, 11, "贯彻")];
        for (from, to, new) in cases {
            let characters: Vec<char> = text.chars().collect();
            let changed: String = characters[..from]
                .iter()
                .copied()
                .chain(new.chars())
                .chain(characters[to..].iter().copied())
                .collect();
            let wanted = {
                let new = detector().read(&changed);
                new.sum(0, new.scores.len()) - old.sum(0, old.scores.len())
            };
            let new: Vec<u16> = new.chars().map(|c| symbols.of(c)).collect();
            let mut change = Change::new(from, to, &new);
            let gain = |change: &Change<'_>| {
                Some(old.gain(model, change, f32::NEG_INFINITY, &mut [Score::default(); MAX_SCORES])?.0)
            };
            let gained = gain(&change).unwrap_or_else(|| panic!("{changed} was given up"));
            assert!((gained - wanted).abs() < 1e-3, "{changed}: {gained}, {wanted}");
            if let [only] = new[..] {
                let before = if from > 0 { old.symbols[from - 1] } else { BOUNDARY };
                (change.before, change.after) =
                    (Some(model.pair(before, only)), Some(model.pair(only, old.symbols[to])));
                assert_eq!(gain(&change), Some(gained), "{changed}");
            }
        }
    }
}
