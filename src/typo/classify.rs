//! From features to the probability that an edit is right: networks of one hidden layer, and trees.
//!
//! A small network over the cheap features dismisses most edits. Others, over all features, judge the rest.
//! What their mean holds possible, one edit in some four hundred characters, is judged by trees, too, and the
//! mean of both counts. The networks in little-endian f32: mean and inverse deviation of each feature; the
//! small network's hidden units, each with its weights and bias, its output's, and its limit for each kind of
//! edit; each other network's hidden units and output.

use super::edit::{EDIT_KINDS, EditKind, Operation};
use super::features::{FEATURES, Feature, QUICK};
use super::model::forest::{FORESTS, Forests};
use super::model::network::Network;
use crate::typo::model::file::f32_row;

/// Networks that differ in their random start, whose mean output counts: what one of them makes of a name or
/// a rare phrase is often an accident.
pub const MEMBERS: usize = 4;
/// Hidden units of a member.
pub const HIDDEN: usize = 64;
/// Below this logit of the first member the others are not run.
const HOPELESS: f32 = -7.0;
/// Hidden units of the network that dismisses.
pub const FIRST_HIDDEN: usize = 16;
/// Normalised features are cut off at so many deviations.
const MAX_DEVIATION: f32 = 5.0;

/// The logit from which an edit is possible, by forest: insertions are improbable, most of the right ones
/// too.
pub const POSSIBLE: [f32; FORESTS] = [-3.0, -5.0];

/// The forest that judges a kind of edit: one for insertions, one for all else.
pub fn forest(kind: EditKind) -> usize {
    (kind.operation() == Operation::Insert) as usize
}

/// A feature as the networks want it.
pub fn normalise(value: f32, mean: f32, scale: f32) -> f32 {
    ((value - mean) * scale).clamp(-MAX_DEVIATION, MAX_DEVIATION)
}

/// The networks and the trees.
pub struct Classifier<'a> {
    mean: [f32; FEATURES],
    scale: [f32; FEATURES],
    first: Network<QUICK, FIRST_HIDDEN, 1>,
    limits: [f32; EDIT_KINDS],
    /// None before the first training.
    members: Vec<Network<FEATURES, HIDDEN, 1>>,
    forests: Option<Forests<'a, FEATURES>>,
}

impl<'a> Classifier<'a> {
    /// Numbers before the weights of the networks over all features.
    pub const HEAD: usize = 2 * FEATURES + Network::<QUICK, FIRST_HIDDEN, 1>::LENGTH + EDIT_KINDS;
    /// Bytes of all weights.
    pub const LENGTH: usize = 4 * (Self::HEAD + MEMBERS * Network::<FEATURES, HIDDEN, 1>::LENGTH);

    /// Reads the networks and the trees; without any it guesses.
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

    /// The first features, normalised.
    fn normalised<const N: usize>(&self, f: &[f32]) -> [f32; N] {
        std::array::from_fn(|i| normalise(f[i], self.mean[i], self.scale[i]))
    }

    /// The logit of the small network.
    pub fn first(&self, quick: &[f32; QUICK]) -> f32 {
        self.first.outputs(&self.normalised(quick))[0]
    }

    /// Is an edit worth computing all features?
    pub fn passes(&self, quick: &[f32; QUICK], kind: EditKind) -> bool {
        let limit = self.limits[kind as usize];
        limit == f32::NEG_INFINITY || self.first(quick) > limit
    }

    /// The logit of an edit.
    pub fn logit(&self, f: &[f32; FEATURES], kind: EditKind) -> f32 {
        let logit = self.network(f);
        let of = forest(kind);
        match &self.forests {
            Some(forests) if logit > POSSIBLE[of] => 0.5 * (logit + forests.logit(of, &forests.bins(f))),
            _ => logit,
        }
    }

    /// The logit of the networks over all features; before the first training a guess from the gain.
    pub fn network(&self, f: &[f32; FEATURES]) -> f32 {
        let Some((first, others)) = self.members.split_first() else {
            return f[Feature::Gain as usize] - 6.0;
        };
        let x = self.normalised(f);
        let output = |m: &Network<FEATURES, HIDDEN, 1>| m.outputs(&x)[0];
        let logit = output(first);
        if logit < HOPELESS {
            return logit;
        }
        (logit + others.iter().map(output).sum::<f32>()) / MEMBERS as f32
    }
}
