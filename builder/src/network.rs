//! Trains a network with one hidden layer of rectified linear units, with Adam (Kingma and Ba 2015) on the
//! weighted logistic loss.

use crate::random::Random;

/// Training data: rows of `inputs` numbers, for each row `outputs` targets and as many weights (0 for no
/// target).
pub struct Task<'t> {
    pub inputs: usize,
    pub outputs: usize,
    pub x: &'t [f32],
    pub y: &'t [f32],
    pub weight: &'t [f32],
}

pub struct Schedule {
    pub epochs: usize,
    pub rate: f32,
    pub decay: f32,
    pub spread: f32,
    pub seed: u64,
}

/// Rows of a step.
const BATCH: usize = 256;
/// Decay of Adam's first and second moments.
const BETA1: f32 = 0.9;
const BETA2: f32 = 0.999;

fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0f32; 8];
    let (a, b) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = a.remainder().iter().zip(b.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in a.zip(b) {
        for k in 0..8 {
            lanes[k] += x[k] * y[k];
        }
    }
    rest + lanes.iter().sum::<f32>()
}

/// Of scores in ascending order with their weights, the one below which a part of the total weight lies.
pub fn losing(scores: &[(f32, f32)], part: f32) -> Option<f32> {
    let mut left = part * scores.iter().map(|s| s.1).sum::<f32>();
    let found = scores.iter().find(|s| {
        left -= s.1;
        left <= 0.0
    });
    found.map(|s| s.0)
}

/// Parameters as the detector reads them.
pub fn bytes(weights: &[f32]) -> Vec<u8> {
    weights.iter().flat_map(|w| w.to_le_bytes()).collect()
}

/// The parameters: weights and bias of each hidden unit, then of each output.
pub fn fit(task: &Task<'_>, hidden: usize, how: &Schedule) -> Vec<f32> {
    let (inputs, outputs) = (task.inputs, task.outputs);
    let wide = inputs + 1;
    let size = hidden * wide + outputs * (hidden + 1);
    let mut random = Random(how.seed);
    let mut w: Vec<f32> = (0..size).map(|_| (random.unit() - 0.5) * how.spread).collect();
    let (mut m, mut v) = (vec![0f32; size], vec![0f32; size]);
    let rows = task.y.len() / outputs;
    let mut order: Vec<u32> = (0..rows as u32).collect();
    let mut h = vec![0f32; hidden];
    let mut back = vec![0f32; hidden];
    let mut g = vec![0f32; size];
    let steps = (how.epochs * rows.div_ceil(BATCH)) as f32;
    let mut step = 0i32;
    for epoch in 0..how.epochs {
        random.shuffle(&mut order);
        let (mut total, mut mass) = (0f64, 0f64);
        for part in order.chunks(BATCH) {
            g.fill(0.0);
            for &row in part {
                let row = row as usize;
                let x = &task.x[row * inputs..(row + 1) * inputs];
                for (k, out) in h.iter_mut().enumerate() {
                    let unit = &w[k * wide..(k + 1) * wide];
                    *out = (dot(&unit[..inputs], x) + unit[inputs]).max(0.0);
                }
                back.fill(0.0);
                for o in 0..outputs {
                    let (y, weight) = (task.y[row * outputs + o], task.weight[row * outputs + o]);
                    if weight == 0.0 {
                        continue;
                    }
                    let at = hidden * wide + o * (hidden + 1);
                    let logit = w[at + hidden] + dot(&w[at..at + hidden], &h);
                    let p = 1.0 / (1.0 + (-logit).exp());
                    let likelihood = if y > 0.5 { p } else { 1.0 - p };
                    total -= (weight * likelihood.max(1e-7).ln()) as f64;
                    mass += weight as f64;
                    let e = (p - y) * weight;
                    if e.abs() < 1e-5 {
                        continue;
                    }
                    g[at + hidden] += e;
                    for k in 0..hidden {
                        g[at + k] += e * h[k];
                        back[k] += e * w[at + k];
                    }
                }
                for k in 0..hidden {
                    if h[k] > 0.0 && back[k] != 0.0 {
                        let unit = &mut g[k * wide..(k + 1) * wide];
                        unit[inputs] += back[k];
                        unit.iter_mut().zip(x).for_each(|(a, b)| *a += back[k] * b);
                    }
                }
            }
            step += 1;
            let rate = how.rate * (1.0 - step as f32 / steps).max(0.02);
            let (c1, c2) = (1.0 - BETA1.powi(step), 1.0 - BETA2.powi(step));
            for i in 0..size {
                let gi = g[i] / part.len() as f32 + how.decay * w[i];
                m[i] = 0.9 * m[i] + 0.1 * gi;
                v[i] = 0.999 * v[i] + 0.001 * gi * gi;
                w[i] -= rate * (m[i] / c1) / ((v[i] / c2).sqrt() + 1e-8);
            }
        }
        eprintln!("epoch {epoch}: loss {:.5}", total / mass);
    }
    w
}
