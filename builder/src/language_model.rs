//! From counts to a pruned back-off model.
//!
//! Interpolated absolute discounting with three discounts an order (Chen and Goodman 1999), then
//! relative-entropy pruning (Stolcke 1998): an n-gram is dropped if the model predicts nearly the same
//! without it.

use crate::counts::Column;
use rayon::prelude::*;
use zhubi::typo::model::symbols::RADIX;

pub struct Order {
    pub keys: Vec<u64>,
    /// ln p(last | rest), interpolated.
    pub logp: Vec<f32>,
    /// ln p(last | rest without its first), for the weights.
    pub lower: Vec<f32>,
    /// ln p of the context, for the pruning.
    pub context: Vec<f32>,
    pub keep: Vec<bool>,
    /// Loss by dropping the n-gram.
    pub loss: Vec<f32>,
}

/// No symbol is less probable, and no n-gram more probable.
pub const LEAST_LOGP: f32 = -18.0;
const MAX_P: f32 = 0.9999;

fn discounts(counts: &[u32]) -> [f32; 4] {
    let mut n = [0f64; 5];
    for &c in counts {
        if c < 5 {
            n[c as usize] += 1.0;
        }
    }
    let y = n[1] / (n[1] + 2.0 * n[2]).max(1.0);
    let d = |k: usize| {
        (k as f64 - (k + 1) as f64 * y * n[k + 1] / n[k].max(1.0)).clamp(0.1, k as f64 - 0.05) as f32
    };
    [0.0, d(1), d(2), d(3)]
}

fn groups(keys: &[u64]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < keys.len() {
        let h = keys[i] / RADIX;
        let mut j = i + 1;
        while j < keys.len() && keys[j] / RADIX == h {
            j += 1;
        }
        out.push((i, j));
        i = j;
    }
    out
}

pub fn find(keys: &[u64], key: u64) -> Option<usize> {
    keys.binary_search(&key).ok()
}

/// Probabilities of an order above 1 from its counts and the order below.
pub fn estimate(column: Column, order: usize, below: &(Vec<u64>, Vec<f32>)) -> Order {
    let d = discounts(&column.counts);
    eprintln!("order {order}: {} n-grams, discounts {:?}", column.keys.len(), &d[1..]);
    let modulus = RADIX.pow(order as u32 - 1);
    let total: f64 = column.counts.iter().map(|&c| c as f64).sum();
    let pieces: Vec<_> = groups(&column.keys)
        .par_chunks(50_000)
        .map(|part| {
            let mut rows: Vec<(u64, f32, f32, f32)> = Vec::new();
            for &(i, j) in part {
                let sum: f32 = column.counts[i..j].iter().map(|&c| c as f32).sum();
                let taken: f32 = column.counts[i..j].iter().map(|&c| d[(c as usize).min(3)]).sum();
                let context = ((sum as f64) / total).ln() as f32;
                for k in i..j {
                    let lower = find(&below.0, column.keys[k] % modulus).map_or(LEAST_LOGP, |x| below.1[x]);
                    let c = column.counts[k] as f32;
                    let p = (c - d[(column.counts[k] as usize).min(3)]) / sum + taken / sum * lower.exp();
                    rows.push((column.keys[k], p.min(MAX_P).ln(), lower, context));
                }
            }
            rows
        })
        .collect();
    let mut o =
        Order { keys: vec![], logp: vec![], lower: vec![], context: vec![], keep: vec![], loss: vec![] };
    for rows in pieces {
        for (k, p, l, c) in rows {
            o.keys.push(k);
            o.logp.push(p);
            o.lower.push(l);
            o.context.push(c);
        }
    }
    o.loss = losses(&o);
    o.keep = vec![true; o.keys.len()];
    o
}

/// Below 1: what is checked is more varied than the corpus, so rare contexts weigh more than their share.
const CONTEXT_POWER: f64 = 0.9;

fn losses(o: &Order) -> Vec<f32> {
    groups(&o.keys)
        .par_chunks(50_000)
        .map(|part| {
            let mut out = Vec::new();
            for &(i, j) in part {
                let sum = |v: &[f32]| v[i..j].iter().map(|&x| (x as f64).exp()).sum::<f64>();
                let num = (1.0 - sum(&o.logp)).max(1e-6);
                let den = (1.0 - sum(&o.lower)).max(1e-6);
                for k in i..j {
                    let (lp, ll) = (o.logp[k] as f64, o.lower[k] as f64);
                    let (a, b) = (num + lp.exp(), den + ll.exp());
                    let (old, new) = ((num / den).ln(), (a / b).ln());
                    let loss = -(lp.exp() * (ll + new - lp) + num * (new - old));
                    out.push(((o.context[k] as f64 * CONTEXT_POWER).exp() * loss) as f32);
                }
            }
            out
        })
        .collect::<Vec<_>>()
        .concat()
}

/// Keeps the `target` n-grams of all orders with the greatest loss, and the shorter n-grams that they need.
pub fn prune(orders: &mut [Order], target: usize) {
    let all: usize = orders.iter().map(|o| o.keys.len()).sum();
    if target >= all {
        return;
    }
    let mut losses: Vec<f32> = orders.iter().flat_map(|o| o.loss.iter().copied()).collect();
    losses.par_sort_unstable_by(|a, b| b.total_cmp(a));
    // The n-grams that these need come on top: the limit rises until there are few enough.
    let mut wanted = target;
    loop {
        let limit = losses[wanted];
        for o in orders.iter_mut() {
            o.keep = o.loss.iter().map(|&l| l > limit).collect();
        }
        // An n-gram needs its context, and its suffix: the reader stops at the first suffix that is not kept.
        for n in (1..orders.len()).rev() {
            let suffix = RADIX.pow(n as u32 + 1);
            let needed: Vec<usize> = {
                let (o, below) = (&orders[n], &orders[n - 1]);
                let kept = |&k: &usize| o.keep[k];
                let wanted =
                    |k: usize| [find(&below.keys, o.keys[k] / RADIX), find(&below.keys, o.keys[k] % suffix)];
                (0..o.keys.len()).into_par_iter().filter(kept).flat_map_iter(wanted).flatten().collect()
            };
            needed.into_iter().for_each(|k| orders[n - 1].keep[k] = true);
        }
        let kept: usize = orders.iter().map(|o| o.keep.iter().filter(|&&k| k).count()).sum();
        eprintln!(
            "limit {limit:e}: {kept} n-grams kept, {:?}",
            orders.iter().map(|o| o.keep.iter().filter(|&&k| k).count()).collect::<Vec<_>>()
        );
        if kept <= target {
            return;
        }
        wanted = (wanted as f64 * target as f64 / kept as f64 * 0.998) as usize;
    }
}

/// Back-off weights (ln) of the contexts of an order's kept n-grams, by the context's key.
pub fn weights(o: &Order) -> Vec<(u64, f32)> {
    groups(&o.keys)
        .into_iter()
        .filter_map(|(i, j)| {
            let (mut p, mut l, mut any) = (0.0, 0.0, false);
            for k in (i..j).filter(|&k| o.keep[k]) {
                any = true;
                p += (o.logp[k] as f64).exp();
                l += (o.lower[k] as f64).exp();
            }
            let w = ((1.0 - p).max(1e-4) / (1.0 - l).max(1e-4)).ln() as f32;
            any.then_some((o.keys[i] / RADIX, w))
        })
        .collect()
}

/// Levels by Lloyd's algorithm, ascending, and the level of each value.
pub fn quantise(values: &[f32], levels: usize) -> (Vec<f32>, Vec<u32>) {
    let mut sample: Vec<f32> = values.iter().step_by((values.len() / 400_000).max(1)).copied().collect();
    sample.sort_unstable_by(f32::total_cmp);
    if sample.is_empty() {
        return (vec![0.0; levels], Vec::new());
    }
    let (lo, hi) = (sample[sample.len() / 1000], sample[sample.len() - 1 - sample.len() / 1000]);
    let mut centres: Vec<f32> = (0..levels)
        .map(|i| {
            let q = (i as f32 + 0.5) / levels as f32;
            0.5 * sample[((sample.len() - 1) as f32 * q) as usize] + 0.5 * (lo + (hi - lo) * q)
        })
        .collect();
    for _ in 0..30 {
        let mut sum = vec![(0.0f64, 0usize); levels];
        for &v in &sample {
            let c = nearest(&centres, v);
            sum[c].0 += v as f64;
            sum[c].1 += 1;
        }
        for (c, (s, n)) in sum.into_iter().enumerate() {
            if n > 0 {
                centres[c] = (s / n as f64) as f32;
            }
        }
        centres.sort_unstable_by(f32::total_cmp);
    }
    let at = values.par_iter().map(|&v| nearest(&centres, v) as u32).collect();
    (centres, at)
}

fn nearest(centres: &[f32], v: f32) -> usize {
    let i = centres.partition_point(|&c| c < v);
    if i == 0 {
        0
    } else if i == centres.len() || v - centres[i - 1] < centres[i] - v {
        i - 1
    } else {
        i
    }
}
