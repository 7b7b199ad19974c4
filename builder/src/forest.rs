//! Trains boosted trees on the weighted logistic loss: Newton steps with shrunken leaves (Friedman 2001; Chen
//! and Guestrin 2016), grown leaf-wise over histograms of binned features, with subtraction for siblings (Ke
//! et al. 2017).

use crate::random::Random;
use rayon::prelude::*;
use std::ops::Range;
use zhubi::typo::features::FEATURES;
use zhubi::typo::model::forest::{LEAF, STEP, bin};

/// Bins are bytes.
const BINS: usize = 256;
/// The least gain of a split.
const LEAST_SPLIT_GAIN: f64 = 1e-9;
/// The least sum of second derivatives in a leaf.
const LEAST_CURVATURE: f64 = 1e-3;

pub struct Plan {
    pub trees: usize,
    pub leaves: usize,
    /// The learning rate.
    pub rate: f64,
    /// The least number of rows in a leaf.
    pub least_rows: u32,
    /// L2 regularisation: added to the sum of second derivatives.
    pub shrink: f64,
    pub seed: u64,
}

/// The largest value of a leaf, in steps.
const MAX_LEAF: f64 = 32_000.0;

/// The shares of rows and of features that each tree sees.
const ROWS_PART: f32 = 0.8;
const FEATURES_PART: f32 = 0.6;

/// At most 255 thresholds for each feature, between different values, so that the bins have about equal
/// numbers of rows.
pub fn thresholds(x: &[&[f32; FEATURES]]) -> Vec<Vec<f32>> {
    (0..FEATURES)
        .into_par_iter()
        .map(|f| {
            let mut values: Vec<f32> = x.iter().map(|x| x[f]).collect();
            values.sort_by(f32::total_cmp);
            let each = values.len().div_ceil(BINS).max(1);
            let mut out: Vec<f32> = Vec::new();
            let mut begin = 0;
            for k in 1..values.len() {
                if values[k] > values[k - 1] && k - begin >= each && out.len() < BINS - 1 {
                    out.push(0.5 * (values[k - 1] + values[k]));
                    begin = k;
                }
            }
            out
        })
        .collect()
}

/// Sums of the first and second derivatives of the loss over some rows, and their number.
#[derive(Clone, Copy, Default)]
struct Sums {
    slope: f64,
    curvature: f64,
    rows: u32,
}

impl Sums {
    fn add(&mut self, o: &Sums) {
        self.slope += o.slope;
        self.curvature += o.curvature;
        self.rows += o.rows;
    }

    fn less(&self, o: &Sums) -> Sums {
        Sums {
            slope: self.slope - o.slope,
            curvature: self.curvature - o.curvature,
            rows: self.rows - o.rows,
        }
    }

    fn worth(&self, shrink: f64) -> f64 {
        self.slope * self.slope / (self.curvature + shrink)
    }
}

/// Rows up to a bin of a feature go left.
#[derive(Clone, Copy)]
struct Split {
    gain: f64,
    feature: usize,
    bin: u8,
}

/// A leaf that may still be split.
struct Growing {
    node: usize,
    /// Its range in the order of rows.
    rows: Range<usize>,
    /// Histograms of the tree's features.
    sums: Vec<Sums>,
    split: Option<Split>,
}

enum Node {
    Leaf(i16),
    /// The right child is the one after the left.
    Inner {
        feature: u8,
        bin: u8,
        left: usize,
    },
}

/// The training data: the bins of all rows by feature, labels and weights.
struct Data<'d> {
    columns: Vec<Vec<u8>>,
    right: &'d [bool],
    weight: &'d [f32],
}

/// Trees as `Forests` reads them: where each begins, and their nodes.
pub struct Trees {
    roots: Vec<u32>,
    nodes: Vec<[u8; 4]>,
}

/// Fits trees to rows with features `x`, labels `right` and weights.
pub fn fit(
    x: &[&[f32; FEATURES]],
    right: &[bool],
    weight: &[f32],
    thresholds: &[Vec<f32>],
    plan: &Plan,
) -> Trees {
    let columns = (0..FEATURES)
        .into_par_iter()
        .map(|f| x.iter().map(|x| bin(&thresholds[f], x[f])).collect())
        .collect();
    let data = Data { columns, right, weight };
    let mut random = Random(plan.seed);
    let mut logits = vec![0f32; x.len()];
    let mut out = Trees { roots: Vec::new(), nodes: Vec::new() };
    for _ in 0..plan.trees {
        let tree = grow(&data, &logits, plan, &mut random);
        logits.par_iter_mut().enumerate().for_each(|(row, l)| *l += value(&tree, &data, row));
        out.roots.push(out.nodes.len() as u32);
        write(&tree, 0, &mut out.nodes);
    }
    let loss: f64 = (0..x.len())
        .map(|n| {
            let p = 1.0 / (1.0 + (-logits[n] as f64).exp());
            -(weight[n] as f64) * if right[n] { p } else { 1.0 - p }.max(1e-7).ln()
        })
        .sum();
    let mass: f64 = weight.iter().map(|&w| w as f64).sum();
    eprintln!("{} trees on {} rows: loss {:.5}", plan.trees, x.len(), loss / mass);
    out
}

/// The bytes of the section.
pub fn bytes(thresholds: &[Vec<f32>], forests: &[Trees]) -> Vec<u8> {
    let mut out = (FEATURES as u32).to_le_bytes().to_vec();
    thresholds.iter().for_each(|t| out.extend((t.len() as u32).to_le_bytes()));
    thresholds.iter().flatten().for_each(|t| out.extend(t.to_le_bytes()));
    for f in forests {
        out.extend((f.roots.len() as u32).to_le_bytes());
        f.roots.iter().for_each(|r| out.extend(r.to_le_bytes()));
        out.extend((f.nodes.len() as u32).to_le_bytes());
        out.extend(f.nodes.as_flattened());
    }
    out
}

fn grow(data: &Data<'_>, logits: &[f32], plan: &Plan, random: &mut Random) -> Vec<Node> {
    let mut order: Vec<u32> = (0..logits.len() as u32).filter(|_| random.unit() < ROWS_PART).collect();
    let features: Vec<usize> = (0..FEATURES).filter(|_| random.unit() < FEATURES_PART).collect();
    let derivatives: Vec<(f32, f32)> = logits
        .par_iter()
        .enumerate()
        .map(|(n, l)| {
            let p = 1.0 / (1.0 + (-l).exp());
            let w = data.weight[n];
            (w * (p - data.right[n] as u8 as f32), w * p * (1.0 - p))
        })
        .collect();
    let sums_of = |rows: &[u32]| -> Vec<Sums> {
        let near: Vec<(f32, f32)> = rows.iter().map(|&n| derivatives[n as usize]).collect();
        let mut sums = vec![Sums::default(); features.len() * BINS];
        sums.par_chunks_mut(BINS).zip(&features).for_each(|(sums, &f)| {
            let column = &data.columns[f];
            for (&n, d) in rows.iter().zip(&near) {
                let s = &mut sums[column[n as usize] as usize];
                s.slope += d.0 as f64;
                s.curvature += d.1 as f64;
                s.rows += 1;
            }
        });
        sums
    };
    let mut nodes = vec![Node::Leaf(0)];
    let sums = sums_of(&order);
    let split = best(&sums, &features, plan);
    let mut leaves = vec![Growing { node: 0, rows: 0..order.len(), sums, split }];
    while leaves.len() < plan.leaves {
        // Of equal gains the first.
        let splits = (0..leaves.len()).rev().filter_map(|k| Some((k, leaves[k].split?)));
        let Some((most, split)) = splits.max_by(|a, b| a.1.gain.total_cmp(&b.1.gain)) else { break };
        let Growing { node, rows, sums, .. } = leaves.swap_remove(most);
        let column = &data.columns[split.feature];
        let part = &mut order[rows.clone()];
        part.sort_by_key(|&n| column[n as usize] > split.bin);
        let middle = rows.start + part.partition_point(|&n| column[n as usize] <= split.bin);
        let (left, right) = (rows.start..middle, middle..rows.end);
        let fewer = if left.len() <= right.len() { left.clone() } else { right.clone() };
        let of_fewer = sums_of(&order[fewer.clone()]);
        let of_more: Vec<Sums> = sums.iter().zip(&of_fewer).map(|(all, few)| all.less(few)).collect();
        let (of_left, of_right) = if fewer == left { (of_fewer, of_more) } else { (of_more, of_fewer) };
        nodes[node] = Node::Inner { feature: split.feature as u8, bin: split.bin, left: nodes.len() };
        for (rows, sums) in [(left, of_left), (right, of_right)] {
            let split = best(&sums, &features, plan);
            leaves.push(Growing { node: nodes.len(), rows, sums, split });
            nodes.push(Node::Leaf(0));
        }
    }
    for l in &leaves {
        let mut all = Sums::default();
        l.sums[..BINS].iter().for_each(|s| all.add(s));
        let step = -all.slope / (all.curvature + plan.shrink) * plan.rate;
        nodes[l.node] = Node::Leaf((step / STEP as f64).round().clamp(-MAX_LEAF, MAX_LEAF) as i16);
    }
    nodes
}

/// The split with the highest gain; of equal ones the first.
fn best(sums: &[Sums], features: &[usize], plan: &Plan) -> Option<Split> {
    let of = |(sums, &feature): (&[Sums], &usize)| -> Option<Split> {
        let mut all = Sums::default();
        sums.iter().for_each(|s| all.add(s));
        let mut left = Sums::default();
        let mut found: Option<Split> = None;
        for (bin, of_bin) in sums[..BINS - 1].iter().enumerate() {
            left.add(of_bin);
            let right = all.less(&left);
            let enough = |s: &Sums| s.rows >= plan.least_rows && s.curvature > LEAST_CURVATURE;
            if of_bin.rows == 0 || !enough(&left) || !enough(&right) {
                continue;
            }
            let gain = left.worth(plan.shrink) + right.worth(plan.shrink) - all.worth(plan.shrink);
            if gain > found.map_or(LEAST_SPLIT_GAIN, |s| s.gain) {
                found = Some(Split { gain, feature, bin: bin as u8 });
            }
        }
        found
    };
    let each: Vec<Option<Split>> = sums.par_chunks(BINS).zip(features).map(of).collect();
    each.into_iter().flatten().reduce(|a, b| if b.gain > a.gain { b } else { a })
}

/// The value of the leaf in which a row falls.
fn value(tree: &[Node], data: &Data<'_>, row: usize) -> f32 {
    let mut n = 0;
    loop {
        match tree[n] {
            Node::Leaf(value) => return value as f32 * STEP,
            Node::Inner { feature, bin, left } => {
                n = left + (data.columns[feature as usize][row] > bin) as usize;
            }
        }
    }
}

/// Writes a node and those below it in preorder.
fn write(tree: &[Node], node: usize, out: &mut Vec<[u8; 4]>) {
    match tree[node] {
        Node::Leaf(value) => {
            let [a, b] = value.to_le_bytes();
            out.push([LEAF, 0, a, b]);
        }
        Node::Inner { feature, bin, left } => {
            let at = out.len();
            out.push([feature, bin, 0, 0]);
            write(tree, left, out);
            let further = ((out.len() - at) as u16).to_le_bytes();
            out[at][2..].copy_from_slice(&further);
            write(tree, left + 1, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhubi::typo::model::forest::Forests;

    #[test]
    fn trees_learn_an_interaction_and_are_read_back() {
        let mut random = Random(7);
        let rows: Vec<[f32; FEATURES]> = (0..4000)
            .map(|_| {
                let mut x = [0.0; FEATURES];
                (x[4], x[9]) = (random.unit(), random.unit());
                x
            })
            .collect();
        let right: Vec<bool> = rows.iter().map(|x| (x[4] > 0.5) != (x[9] > 0.25)).collect();
        let rows: Vec<&[f32; FEATURES]> = rows.iter().collect();
        let cuts = thresholds(&rows);
        let plan = Plan { trees: 80, leaves: 8, rate: 0.3, least_rows: 20, shrink: 1.0, seed: 3 };
        let trees = fit(&rows, &right, &vec![1.0; rows.len()], &cuts, &plan);
        let none = Trees { roots: Vec::new(), nodes: Vec::new() };
        let section = bytes(&cuts, &[trees, none]);
        let forests = Forests::<FEATURES>::new(&section).unwrap();
        let correct =
            rows.iter().zip(&right).filter(|(x, r)| (forests.logit(0, &forests.bins(x)) > 0.0) == **r);
        assert!(correct.count() > 3800);
    }
}
