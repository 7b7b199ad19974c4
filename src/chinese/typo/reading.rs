//! One reading of a paragraph: every symbol's probability and the model's states on the way.

use crate::chinese::ngram::{Known, Ngram, Score, State};
use crate::chinese::symbol::{BOUNDARY, Token};

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
}

impl<'n> Change<'n> {
    /// A change of whose pairs nothing is known.
    pub fn new(from: usize, to: usize, new: &'n [u16]) -> Self {
        Change { from, to, new, before: None, after: None }
    }
}

impl Reading {
    /// Reads `self.tokens`.
    pub fn read(&mut self, model: &Ngram<'_>) {
        self.symbols.clear();
        self.symbols.extend(self.tokens.iter().map(|t| t.symbol));
        self.symbols.push(BOUNDARY);
        model.read(&self.symbols, &mut self.scores, &mut self.states, &mut self.known);
        self.sums.clear();
        let mut sum = 0.0;
        for score in &self.scores {
            self.sums.push(sum);
            sum += score.logp as f64;
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
        let &Change { from, to, new, before, after } = change;
        let end = (to + REACH).min(self.symbols.len());
        let mut budget = -self.sum(from, end);
        // What follows will cost something too: a part of what it cost before.
        let mut ahead = -CHEAPER * self.sum(to, end);
        if budget - ahead < least {
            return None;
        }
        let mut state = self.states[from];
        let mut n = 0;
        for &s in new {
            let (score, next) = model.step(&state, s, if n == 0 { before.as_slice() } else { &[] });
            budget += score.logp;
            scores[n.min(15)] = score;
            n += 1;
            state = next;
        }
        for k in to..end {
            if k == to + 1 && scores[0].order == 1 && scores[n - 1].order == 1 && !new.is_empty() {
                // The new symbol pairs with neither neighbour.
                return None;
            }
            if budget - ahead < least {
                return None;
            }
            ahead += CHEAPER * self.scores[k].logp;
            // The shorter n-grams do not reach back to what is new.
            let known = if k == to { after.as_slice() } else { &self.known[k][..(k - to).min(3)] };
            let (score, next) = model.step(&state, self.symbols[k], known);
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
