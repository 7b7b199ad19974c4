//! The coefficients that turn a margin between 的, 地 and 得 into log-odds, for each pair of written and
//! meant.

use crate::network;
use zhubi::typo::particle::THREE;

/// The share of the wrong ones found that may be lost by looking at the neighbours only.
const GIVEN_UP: f32 = 0.005;
/// The log-odds from which a wrong one is found.
const FOUND: f64 = -1.5;

/// Coefficients of margin, gain and intercept, by what is written and what is meant.
pub type Odds = [[[f64; 3]; THREE]; THREE];

/// A training case: a place where one of the three is written.
pub struct Case {
    pub written: usize,
    /// The better of the two others.
    pub best: usize,
    /// The margin of that one over what is written, its gain by the n-grams, and 1.
    pub x: [f64; 3],
    /// The margin by the neighbours of the one that these prefer.
    pub near: f32,
    /// Is what is written right? Or the better of the others?
    pub right: bool,
    pub wrong: bool,
    pub weight: f64,
}

fn logit(odds: &[f64; 3], x: &[f64; 3]) -> f64 {
    (0..3).map(|k| odds[k] * x[k]).sum()
}

/// Logistic regression by Newton's method.
fn regress(cases: &[&Case]) -> [f64; 3] {
    let mut odds = [0.5, 0.2, -2.0];
    for _ in 0..20 {
        let (mut g, mut h) = ([0.0; 3], [[0.0; 3]; 3]);
        for c in cases {
            let p = 1.0 / (1.0 + (-logit(&odds, &c.x)).exp());
            for i in 0..3 {
                g[i] += c.weight * (p - c.wrong as u8 as f64) * c.x[i];
                (0..3).for_each(|j| h[i][j] += c.weight * p * (1.0 - p) * c.x[i] * c.x[j]);
            }
        }
        (0..3).for_each(|i| h[i][i] += 1e-6);
        let step = solve(h, g);
        (0..3).for_each(|i| odds[i] -= step[i].clamp(-2.0, 2.0));
    }
    odds
}

/// Solves three linear equations by elimination.
fn solve(mut a: [[f64; 3]; 3], mut b: [f64; 3]) -> [f64; 3] {
    for i in 0..3 {
        for j in 0..3 {
            if i != j {
                let part = a[j][i] / a[i][i];
                (0..3).for_each(|k| a[j][k] -= part * a[i][k]);
                b[j] -= part * b[i];
            }
        }
    }
    std::array::from_fn(|i| b[i] / a[i][i])
}

/// Prints how much of what is found at some confidences is right.
fn report(cases: &[&Case], odds: &[f64; 3]) {
    let found = |least: f64| {
        let of = cases.iter().filter(|c| logit(odds, &c.x) > (least / (1.0 - least)).ln());
        let sum = |right: bool| of.clone().filter(|c| c.wrong == right).map(|c| c.weight).sum::<f64>();
        format!("{:.0}/{:.0}", sum(true), sum(true) + sum(false))
    };
    let all: f64 = cases.iter().filter(|c| c.wrong).map(|c| c.weight).sum();
    eprintln!(
        "odds {odds:.2?}; of {all:.0} wrong, right of found at 0.3 {}, 0.5 {}, 0.7 {}, 0.9 {}",
        found(0.3),
        found(0.5),
        found(0.7),
        found(0.9)
    );
}

/// Fits the coefficients of each pair.
pub fn fit(cases: &[Case]) -> Odds {
    let name = |k: usize| ["的", "地", "得"][k];
    let of_pair = |written: usize, meant: usize| {
        if written == meant {
            return [0.0; 3];
        }
        let of: Vec<&Case> = cases.iter().filter(|c| c.written == written && c.best == meant).collect();
        let odds = regress(&of);
        eprint!("{} for {}: ", name(written), name(meant));
        report(&of, &odds);
        odds
    };
    std::array::from_fn(|written| std::array::from_fn(|meant| of_pair(written, meant)))
}

/// By what is written, the margin by the neighbours below which hardly a wrong one is found.
pub fn hopeless(cases: &[Case], odds: &Odds) -> [f32; THREE] {
    std::array::from_fn(|written| {
        let of = || cases.iter().filter(|c| c.written == written);
        let found = of().filter(|c| c.wrong && logit(&odds[written][c.best], &c.x) > FOUND);
        let mut near: Vec<(f32, f32)> = found.map(|c| (c.near, 1.0)).collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0));
        let least = network::losing(&near, GIVEN_UP).unwrap_or(f32::NEG_INFINITY);
        let weight = |least: f32| of().filter(|c| c.right && c.near >= least).map(|c| c.weight).sum::<f64>();
        let read = 100.0 * weight(least) / weight(f32::NEG_INFINITY);
        eprintln!("{read:.1} % of right ones have their clause read");
        least
    })
}
