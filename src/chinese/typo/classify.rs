//! From features to the probability that an edit mends the text: a network of one hidden layer, read in place.
//!
//! Little-endian f32: mean and inverse deviation of each feature, then for each hidden unit its weights and bias, then the output's.

use super::features::FEATURES;
use crate::chinese::model_file::f32_row;

/// Hidden units.
pub const HIDDEN: usize = 64;

/// The network.
pub struct Classifier {
    mean: [f32; FEATURES],
    scale: [f32; FEATURES],
    /// Each unit's weights and, last, its bias. Empty before the first training.
    units: Vec<[f32; FEATURES + 1]>,
    output: [f32; HIDDEN + 1],
}

impl Classifier {
    /// Bytes of its weights.
    pub const LENGTH: usize = 4 * (2 * FEATURES + HIDDEN * (FEATURES + 1) + HIDDEN + 1);

    /// Reads the weights; without any it guesses.
    pub fn new(bytes: &[u8]) -> Self {
        let mut c = Classifier {
            mean: [0.0; FEATURES],
            scale: [1.0; FEATURES],
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
                .chain(c.units.iter_mut().flatten())
                .chain(&mut c.output);
            all.for_each(|w| *w = at.next().unwrap_or(0.0));
        }
        c
    }

    /// The logit. Without weights (before the first training) a guess from the gain.
    pub fn logit(&self, f: &[f32; FEATURES]) -> f32 {
        if self.units.is_empty() {
            return f[super::propose::WAYS] - 6.0;
        }
        let mut x = [0.0; FEATURES];
        for i in 0..FEATURES {
            x[i] = ((f[i] - self.mean[i]) * self.scale[i]).clamp(-5.0, 5.0);
        }
        let mut logit = self.output[HIDDEN];
        for (unit, out) in self.units.iter().zip(&self.output) {
            let mut lanes = [0f32; 8];
            let (rows, xs) = (unit[..FEATURES].chunks_exact(8), x.chunks_exact(8));
            let rest: f32 = rows.remainder().iter().zip(xs.remainder()).map(|(a, b)| a * b).sum();
            for (a, b) in rows.zip(xs) {
                for k in 0..8 {
                    lanes[k] += a[k] * b[k];
                }
            }
            let sum = unit[FEATURES] + rest + lanes.iter().sum::<f32>();
            logit += sum.max(0.0) * out;
        }
        logit
    }
}
