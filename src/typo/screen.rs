//! Which places are worth a second look.
//!
//! Two tiny networks in a row, each with an output for each group of edits. The first goes by the reading and
//! takes some tens of nanoseconds a symbol; what it lets through, the second judges by a wider context and by
//! the words there.

use super::candidates::Proposer;
use super::edit::{EditKind, Operation};
use super::model::network::Network;
use super::priors::window;
use super::reading::Reading;
use crate::typo::model::file::f32_row;
use crate::typo::model::symbols::HANZI;
use crate::typo::segment::{Segmentation, segment};

/// Inputs of the first network.
pub const INPUTS: usize = 16;
/// Inputs of the second: the same and more.
pub const WIDE: usize = INPUTS + 18;
/// Hidden units of the first network.
pub const UNITS: usize = 16;
/// Of the second.
pub const WIDE_UNITS: usize = 32;
/// The number of groups of edits that are screened: replacements; insertions; deletions and transpositions.
pub const GROUPS: usize = 3;

/// The group of a kind of edit. Duplicates are seen without a screen.
pub fn group(kind: EditKind) -> Option<usize> {
    match kind.operation() {
        Operation::Replace => Some(0),
        Operation::Insert => Some(1),
        Operation::Delete | Operation::Transpose => Some(2),
        Operation::Deduplicate => None,
    }
}

/// Symbols on either side that are segmented into words.
const WORDS: usize = 4;

/// A network with an output and a limit for each group.
struct Gate<const N: usize, const U: usize> {
    network: Network<N, U, GROUPS>,
    limit: [f32; GROUPS],
}

impl<const N: usize, const U: usize> Gate<N, U> {
    /// The number of its parameters.
    const LENGTH: usize = Network::<N, U, GROUPS>::LENGTH + GROUPS;

    /// Takes its parameters: the network's, and the limits.
    fn take(numbers: &mut impl Iterator<Item = f32>) -> Self {
        let network = Network::take(numbers);
        Gate { network, limit: std::array::from_fn(|_| numbers.next().unwrap_or(0.0)) }
    }

    /// Which groups are above their limits, with `bias` added.
    fn pass(&self, x: &[f32; N], bias: f32) -> [bool; GROUPS] {
        let logits = self.network.outputs(x);
        std::array::from_fn(|g| logits[g] + bias > self.limit[g])
    }
}

/// The two gates.
pub struct Screen {
    gates: Option<(Gate<INPUTS, UNITS>, Gate<WIDE, WIDE_UNITS>)>,
    /// Added to all logits: above 0 more places are looked at, for more recall and less speed.
    pub bias: f32,
}

/// The first network's inputs for the place `i`.
pub fn inputs(p: &Proposer<'_, '_>, r: &Reading, i: usize) -> [f32; INPUTS] {
    let mut x = [0.0; INPUTS];
    let n = r.scores.len();
    for k in 0..5usize {
        let at = (i + k).wrapping_sub(1);
        if at < n {
            x[k] = r.scores[at].logp * 0.2;
            x[5 + k] = r.scores[at].order as f32 * 0.4;
        }
    }
    x[10] = p.model.unigram(r.symbols[i]) * 0.2;
    x[11] = if i > 0 { p.model.unigram(r.symbols[i - 1]) * 0.2 } else { -1.0 };
    x[12] = r.symbols.get(i + 1).map_or(-1.0, |&s| p.model.unigram(s) * 0.2);
    // Are it and its neighbours more surprising than they usually are?
    for k in 0..3usize {
        let at = (i + k).wrapping_sub(1);
        if at < n {
            x[13 + k] = p.priors.typicality(r.symbols[at], window(&r.scores, at)) * 0.5;
        }
    }
    x
}

/// The second network's inputs for the place `i`; `near` are those of the first.
pub fn wide(p: &Proposer<'_, '_>, r: &Reading, i: usize, near: &[f32; INPUTS]) -> [f32; WIDE] {
    let mut x = [0.0; WIDE];
    x[..INPUTS].copy_from_slice(near);
    let mut n = INPUTS;
    let mut put = |v: f32| {
        x[n] = v;
        n += 1;
    };
    let score = |k: usize| r.scores.get(k).copied().unwrap_or_default();
    let behind = i.checked_sub(2).map(score).unwrap_or_default();
    put(behind.logp * 0.2);
    put(behind.order as f32 * 0.4);
    for k in [i + 4, i + 5] {
        put(score(k).logp * 0.2);
    }
    let around = |from: usize, to: usize| r.sum(from, to) / (to - from).max(1) as f32;
    put(around(i.saturating_sub(10), i.saturating_sub(1)) * 0.3);
    put(around(i + 4, i + 12) * 0.3);
    put(r.symbols.get(i + 2).map_or(-1.0, |&s| p.model.unigram(s) * 0.2));
    put(r.symbols.get(i + 2).map_or(0.0, |&s| p.priors.typicality(s, window(&r.scores, i + 2)) * 0.5));
    // The words about the place.
    let (from, to) = (i.saturating_sub(WORDS), (i + WORDS).min(r.len()));
    let Segmentation {
        logp, words, singles, length, frequency, left_length, left_frequency, loosest, ..
    } = segment(p.lexicon, &r.symbols[from..to], i - from);
    put(logp / (to - from).max(1) as f32 * 0.2);
    put(words * 0.3);
    put(singles * 0.3);
    put(length * 0.5);
    put(frequency * 0.1);
    put(left_length * 0.5);
    put(left_frequency * 0.1);
    put(loosest * 0.1);
    // Equal neighbours.
    let same = |a: usize, b: usize| (a < r.len() && b < r.len() && r.symbols[a] == r.symbols[b]) as u8 as f32;
    put(same(i, i + 1) + same(i, i.wrapping_sub(1)));
    put(same(i, i + 2) + same(i, i.wrapping_sub(2)));
    debug_assert_eq!(n, WIDE, "one value for each input");
    x
}

/// Two symbols in a row, and a punctuation mark, surprise at this log-probability.
const SURPRISING: f32 = -7.0;
const SURPRISING_MARK: f32 = -5.0;

/// Is a place worth the first network? Where two symbols in a row read well, nothing is to be gained.
#[inline]
pub fn surprises(r: &Reading, i: usize) -> bool {
    r.sum(i, i + 2) <= SURPRISING || ends_early(r, i)
}

/// Is a punctuation mark surprising? The text before it may break off, as in 打下坚实的基。
fn ends_early(r: &Reading, i: usize) -> bool {
    r.symbols[i] < HANZI && r.scores[i].logp < SURPRISING_MARK
}

impl Screen {
    /// Bytes of its weights.
    pub const LENGTH: usize = 4 * (Gate::<INPUTS, UNITS>::LENGTH + Gate::<WIDE, WIDE_UNITS>::LENGTH);

    /// Reads the weights; without any it lets most through.
    pub fn new(bytes: &[u8]) -> Self {
        let mut numbers = f32_row(bytes);
        let trained = bytes.len() == Self::LENGTH;
        Screen { gates: trained.then(|| (Gate::take(&mut numbers), Gate::take(&mut numbers))), bias: 0.0 }
    }

    /// Which groups of edits are worth proposing at the place `i`.
    #[inline]
    pub fn pass(&self, p: &Proposer<'_, '_>, r: &Reading, i: usize) -> [bool; GROUPS] {
        let Some((first, second)) = &self.gates else {
            let wide = r.sum(i, i + 2) < -8.0 && r.sum(i, i + 5) < -13.0;
            return [wide || ends_early(r, i); GROUPS];
        };
        if !surprises(r, i) {
            return [false; GROUPS];
        }
        let near = inputs(p, r, i);
        let may = first.pass(&near, self.bias);
        if may == [false; GROUPS] {
            return may;
        }
        let still = second.pass(&wide(p, r, i, &near), self.bias);
        std::array::from_fn(|g| may[g] && still[g])
    }

    /// Does it have weights?
    pub fn trained(&self) -> bool {
        self.gates.is_some()
    }
}
