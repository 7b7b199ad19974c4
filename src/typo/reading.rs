//! One reading of a paragraph: every symbol's probability and the model's states on the way.

use crate::typo::model::ngrams::{Known, Ngram, Score, State, UNKNOWN};
use crate::typo::model::symbols::{BOUNDARY, Token};

/// A paragraph as read. Its symbols end with one boundary, so that the end of the text is evidence too.
#[derive(Default)]
pub struct Reading {
    /// Its symbols with their bytes.
    pub tokens: Vec<Token>,
    /// Its symbols and one boundary.
    pub symbols: Vec<u16>,
    /// `scores[i]` is the score of `symbols[i]`.
    pub scores: Vec<Score>,
    /// `states[i]` is the state before `symbols[i]`.
    pub states: Vec<State>,
    /// `known[i]` are the numbers of the n-grams that end with `symbols[i]`.
    known: Vec<Known>,
    /// `sums[i]` is the sum of log-probabilities before `symbols[i]`.
    sums: Vec<f64>,
}

/// How far a changed symbol is felt: the four symbols after it have it in their context.
pub const REACH: usize = 4;

/// No edit makes what follows cheaper than this part of its old cost, as a rule.
const CHEAPER: f32 = 0.5;

/// `from..to` of the symbols replaced by `new`.
#[derive(Clone, Copy)]
pub struct Change<'n> {
    /// First symbol to replace.
    pub from: usize,
    /// Symbol after the last to replace.
    pub to: usize,
    /// What is to stand there.
    pub new: &'n [u16],
    /// The number of the pair that the first new symbol makes with what stands before, where it is known already.
    pub before: Option<u32>,
    /// Of that which the last makes with what stands behind.
    pub after: Option<u32>,
    /// Is it of interest too where the new symbol pairs with neither neighbour, as in a word that the n-grams do not know?
    pub alone: bool,
}

impl<'n> Change<'n> {
    /// A change of whose pairs nothing is known.
    pub fn new(from: usize, to: usize, new: &'n [u16]) -> Self {
        Change { from, to, new, before: None, after: None, alone: false }
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
        self.known.clear();
        self.sums.clear();
        let (mut state, mut sum) = (model.start(), 0.0);
        for &s in &self.symbols {
            self.states.push(state);
            self.sums.push(sum);
            let mut known = UNKNOWN;
            let (score, next) = model.step(&state, s, &mut known, 0);
            self.scores.push(score);
            self.known.push(known);
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

    /// Log-probability gained by a change, and the scores of the new symbols and of those behind that feel it. Stops early, giving None,
    /// once a gain of `least` is out of reach.
    pub fn gain(
        &self,
        model: &Ngram<'_>,
        change: &Change<'_>,
        least: f32,
        scores: &mut [Score; 16],
    ) -> Option<(f32, usize)> {
        let &Change { from, to, new, before, after, alone } = change;
        let end = (to + REACH).min(self.symbols.len());
        let mut budget = -self.sum(from, end);
        // What follows will cost something too: a part of what it cost before.
        let mut ahead = -CHEAPER * self.sum(to, end);
        if budget - ahead < least {
            return None;
        }
        let mut state = self.states[from];
        let mut n = 0;
        // A pair that is known, for the first time it is asked for.
        let pair = |number: Option<u32>, first: bool| match number.filter(|_| first) {
            Some(number) => ([number, UNKNOWN[1], UNKNOWN[2]], 1),
            None => (UNKNOWN, 0),
        };
        for &s in new {
            let (mut known, sure) = pair(before, n == 0);
            let (score, next) = model.step(&state, s, &mut known, sure);
            budget += score.logp;
            scores[n.min(15)] = score;
            n += 1;
            state = next;
        }
        for k in to..end {
            let lonely = k == to + 1 && scores[0].order == 1 && scores[n - 1].order == 1;
            if lonely && !alone && !new.is_empty() {
                // The new symbol pairs with neither neighbour.
                return None;
            }
            if budget - ahead < least {
                return None;
            }
            ahead += CHEAPER * self.scores[k].logp;
            // The shorter n-grams do not reach back to what is new.
            let (mut known, sure) = if k == to { pair(after, true) } else { (self.known[k], k - to) };
            let (score, next) = model.step(&state, self.symbols[k], &mut known, sure);
            budget += score.logp;
            scores[n.min(15)] = score;
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
                Some(old.gain(model, change, f32::NEG_INFINITY, &mut [Score::default(); 16])?.0)
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
