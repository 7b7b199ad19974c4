//! From features to the probability that an edit mends the text: networks of one hidden layer, and trees.
//!
//! A small network over the features that are known at once dismisses most edits; others, over all features, judge the rest; what their mean
//! holds possible, one edit in some four hundred characters, is judged by trees too, and the mean of both counts. The networks in
//! little-endian f32: mean and inverse deviation of each feature; the small network's hidden units, each with its weights and bias, its
//! output's, and its limit for each way of editing; each other's hidden units and output.

use super::edit::{WAYS, Way};
use super::features::{FEATURES, QUICK};
use super::model::forest::{FORESTS, Forests};
use super::model::network::Network;
use crate::typo::model::file::f32_row;

/// Networks trained apart from different beginnings, of whose outputs the classifier's is the mean: what one of them believes of a name
/// or a rare phrase is often an accident.
pub const MEMBERS: usize = 4;
/// Hidden units of a member.
pub const HIDDEN: usize = 64;
/// Below this logit of the first member the others are not asked.
const HOPELESS: f32 = -7.0;
/// Hidden units of the network that dismisses.
pub const FIRST_HIDDEN: usize = 16;

/// From this logit on an edit is possible, by forest: of what puts a character in much is, for each such edit is improbable.
pub const POSSIBLE: [f32; FORESTS] = [-3.0, -5.0];

/// The forest that judges a way of editing: one for what puts a character in, one for all else.
pub fn forest(way: Way) -> usize {
    matches!(way, Way::Insert | Way::Complete) as usize
}

/// The networks and the trees.
pub struct Classifier<'a> {
    mean: [f32; FEATURES],
    scale: [f32; FEATURES],
    first: Network<QUICK, FIRST_HIDDEN, 1>,
    limits: [f32; WAYS],
    /// None before the first training.
    members: Vec<Network<FEATURES, HIDDEN, 1>>,
    forests: Option<Forests<'a>>,
}

impl<'a> Classifier<'a> {
    /// Numbers before the weights of the networks over all features.
    pub const HEAD: usize = 2 * FEATURES + Network::<QUICK, FIRST_HIDDEN, 1>::LENGTH + WAYS;
    /// Bytes of all weights.
    pub const LENGTH: usize = 4 * (Self::HEAD + MEMBERS * Network::<FEATURES, HIDDEN, 1>::LENGTH);

    /// Reads the weights of the networks, and the trees; without any it guesses.
    pub fn new(bytes: &[u8], forests: &'a [u8]) -> Self {
        let trained = bytes.len() == Self::LENGTH;
        let mut numbers = f32_row(if trained { bytes } else { &[] });
        let mut row = |or: f32| std::array::from_fn(|_| numbers.next().unwrap_or(or));
        let (mean, scale) = (row(0.0), row(1.0));
        Classifier {
            mean,
            scale,
            first: Network::take(&mut numbers),
            limits: std::array::from_fn(|_| numbers.next().unwrap_or(f32::NEG_INFINITY)),
            members: (0..if trained { MEMBERS } else { 0 }).map(|_| Network::take(&mut numbers)).collect(),
            forests: Forests::new(forests),
        }
    }

    /// The first features as the networks want them.
    fn normal<const N: usize>(&self, f: &[f32]) -> [f32; N] {
        std::array::from_fn(|i| ((f[i] - self.mean[i]) * self.scale[i]).clamp(-5.0, 5.0))
    }

    /// What the small network says.
    pub fn first(&self, quick: &[f32; QUICK]) -> f32 {
        self.first.outputs(&self.normal(quick))[0]
    }

    /// Whether an edit is worth all features.
    pub fn passes(&self, quick: &[f32; QUICK], way: Way) -> bool {
        self.limits[way as usize] == f32::NEG_INFINITY || self.first(quick) > self.limits[way as usize]
    }

    /// The logit of an edit.
    pub fn logit(&self, f: &[f32; FEATURES], way: Way) -> f32 {
        let logit = self.network(f);
        let of = forest(way);
        match &self.forests {
            Some(forests) if logit > POSSIBLE[of] => 0.5 * (logit + forests.logit(of, &forests.bins(f))),
            _ => logit,
        }
    }

    /// What the networks over all features say. Without weights (before the first training) a guess from the gain.
    pub fn network(&self, f: &[f32; FEATURES]) -> f32 {
        let Some((first, others)) = self.members.split_first() else { return f[WAYS] - 6.0 };
        let x = self.normal(f);
        let said = |m: &Network<FEATURES, HIDDEN, 1>| m.outputs(&x)[0];
        let logit = said(first);
        if logit < HOPELESS {
            return logit;
        }
        (logit + others.iter().map(said).sum::<f32>()) / MEMBERS as f32
    }
}
