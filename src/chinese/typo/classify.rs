//! From features to the probability that an edit mends the text: networks of one hidden layer.
//!
//! A small one over the features that are known at once dismisses most edits; the other, over all features, judges the rest. Little-endian
//! f32: mean and inverse deviation of each feature; the small network's hidden units, each with its weights and bias, its output's, and its
//! limit for each way of editing; the other's hidden units and output.

use super::features::{FEATURES, QUICK};
use super::propose::{WAYS, Way};
use crate::chinese::model_file::f32_row;

/// Networks trained apart from different beginnings, of whose outputs the classifier's is the mean: what one of them believes of a name
/// or a rare phrase is often an accident.
pub const MEMBERS: usize = 4;
/// Hidden units, those of the members side by side.
pub const HIDDEN: usize = 64 * MEMBERS;
/// Hidden units of the network that dismisses.
pub const FIRST_HIDDEN: usize = 16;

/// The networks.
pub struct Classifier {
    mean: [f32; FEATURES],
    scale: [f32; FEATURES],
    first_units: [[f32; QUICK + 1]; FIRST_HIDDEN],
    first_output: [f32; FIRST_HIDDEN + 1],
    limits: [f32; WAYS],
    /// Each unit's weights and, last, its bias. Empty before the first training.
    units: Vec<[f32; FEATURES + 1]>,
    output: [f32; HIDDEN + 1],
}

impl Classifier {
    /// Numbers before the weights of the network over all features.
    pub const HEAD: usize = 2 * FEATURES + FIRST_HIDDEN * (QUICK + 1) + FIRST_HIDDEN + 1 + WAYS;
    /// Bytes of all weights.
    pub const LENGTH: usize = 4 * (Self::HEAD + HIDDEN * (FEATURES + 1) + HIDDEN + 1);

    /// Reads the weights; without any it guesses.
    pub fn new(bytes: &[u8]) -> Self {
        let mut c = Classifier {
            mean: [0.0; FEATURES],
            scale: [1.0; FEATURES],
            first_units: [[0.0; QUICK + 1]; FIRST_HIDDEN],
            first_output: [0.0; FIRST_HIDDEN + 1],
            limits: [f32::NEG_INFINITY; WAYS],
            units: Vec::new(),
            output: [0.0; HIDDEN + 1],
        };
        if bytes.len() == Self::LENGTH {
            c.units = vec![[0.0; FEATURES + 1]; HIDDEN];
            let mut at = f32_row(bytes);
            let all = c
                .mean
                .iter_mut()
                .chain(&mut c.scale)
                .chain(c.first_units.iter_mut().flatten())
                .chain(&mut c.first_output)
                .chain(&mut c.limits)
                .chain(c.units.iter_mut().flatten())
                .chain(&mut c.output);
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

    /// The logit. Without weights (before the first training) a guess from the gain.
    pub fn logit(&self, f: &[f32; FEATURES]) -> f32 {
        if self.units.is_empty() {
            return f[WAYS] - 6.0;
        }
        network(&self.normal::<FEATURES>(f), &self.units, &self.output)
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
