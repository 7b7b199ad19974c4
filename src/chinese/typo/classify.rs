//! From features to the probability that an edit mends the text: networks of one hidden layer, and trees.
//!
//! A small network over the features that are known at once dismisses most edits; others, over all features, judge the rest; what their mean
//! holds possible, one edit in some four hundred characters, is judged by trees too, and the mean of both counts. The networks in
//! little-endian f32: mean and inverse deviation of each feature; the small network's hidden units, each with its weights and bias, its
//! output's, and its limit for each way of editing; each other's hidden units and output.

use super::features::{FEATURES, QUICK};
use super::forest::{FORESTS, Forests};
use super::propose::{WAYS, Way};
use crate::chinese::model_file::f32_row;

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

/// A network over all features: each unit's weights and, last, its bias; and the output's.
struct Member {
    units: [[f32; FEATURES + 1]; HIDDEN],
    output: [f32; HIDDEN + 1],
}

/// The networks and the trees.
pub struct Classifier<'a> {
    mean: [f32; FEATURES],
    scale: [f32; FEATURES],
    first_units: [[f32; QUICK + 1]; FIRST_HIDDEN],
    first_output: [f32; FIRST_HIDDEN + 1],
    limits: [f32; WAYS],
    /// None before the first training.
    members: Vec<Member>,
    forests: Option<Forests<'a>>,
}

impl<'a> Classifier<'a> {
    /// Numbers before the weights of the network over all features.
    pub const HEAD: usize = 2 * FEATURES + FIRST_HIDDEN * (QUICK + 1) + FIRST_HIDDEN + 1 + WAYS;
    /// Bytes of all weights.
    pub const LENGTH: usize = 4 * (Self::HEAD + MEMBERS * (HIDDEN * (FEATURES + 1) + HIDDEN + 1));

    /// Reads the weights of the networks, and the trees; without any it guesses.
    pub fn new(bytes: &[u8], forests: &'a [u8]) -> Self {
        let mut c = Classifier {
            mean: [0.0; FEATURES],
            scale: [1.0; FEATURES],
            first_units: [[0.0; QUICK + 1]; FIRST_HIDDEN],
            first_output: [0.0; FIRST_HIDDEN + 1],
            limits: [f32::NEG_INFINITY; WAYS],
            members: Vec::new(),
            forests: Forests::new(forests),
        };
        if bytes.len() == Self::LENGTH {
            let member = || Member { units: [[0.0; FEATURES + 1]; HIDDEN], output: [0.0; HIDDEN + 1] };
            c.members = (0..MEMBERS).map(|_| member()).collect();
            let mut at = f32_row(bytes);
            let all = c
                .mean
                .iter_mut()
                .chain(&mut c.scale)
                .chain(c.first_units.iter_mut().flatten())
                .chain(&mut c.first_output)
                .chain(&mut c.limits)
                .chain(c.members.iter_mut().flat_map(|m| m.units.iter_mut().flatten().chain(&mut m.output)));
            all.for_each(|w| *w = at.next().unwrap_or(0.0));
        }
        c
    }

    /// The first features as the networks want them.
    fn normal<const N: usize>(&self, f: &[f32]) -> [f32; N] {
        std::array::from_fn(|i| ((f[i] - self.mean[i]) * self.scale[i]).clamp(-5.0, 5.0))
    }

    /// What the small network says.
    pub fn first(&self, quick: &[f32; QUICK]) -> f32 {
        network(&self.normal::<QUICK>(quick), &self.first_units, &self.first_output)
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
        let x = self.normal::<FEATURES>(f);
        let said = |m: &Member| network(&x, &m.units, &m.output);
        let logit = said(first);
        if logit < HOPELESS {
            return logit;
        }
        (logit + others.iter().map(said).sum::<f32>()) / MEMBERS as f32
    }
}

/// The output of a network; the last weight of each row is its bias.
fn network(x: &[f32], units: &[impl AsRef<[f32]>], output: &[f32]) -> f32 {
    let mut logit = output[units.len()];
    for (unit, out) in units.iter().zip(output) {
        let unit = unit.as_ref();
        let mut lanes = [0f32; 8];
        let (rows, xs) = (unit[..x.len()].chunks_exact(8), x.chunks_exact(8));
        let rest: f32 = rows.remainder().iter().zip(xs.remainder()).map(|(a, b)| a * b).sum();
        for (a, b) in rows.zip(xs) {
            for k in 0..8 {
                lanes[k] += a[k] * b[k];
            }
        }
        let sum = unit[x.len()] + rest + lanes.iter().sum::<f32>();
        logit += sum.max(0.0) * out;
    }
    logit
}
