//! Learns from the corpus which of 的, 地 and 得 a place wants: the table of weights, and what makes a log-odds of them.

use crate::corpus::FOLDS;
use crate::corrupt::{Random, shuffle};
use crate::examples::{reading, symbols};
use crate::{fuse, language_model, network, ngrams};
use rayon::prelude::*;
use std::path::Path;
use zhubi::chinese::segment::{WINDOW, segment};
use zhubi::chinese::typo::Detector;
use zhubi::chinese::typo::particle::{FEATURE_BITS, LEVELS, NEIGHBOURS, OTHERS, clause, neighbours};
use zhubi::chinese::typo::propose::Way;
use zhubi::chinese::typo::reading::{Change, Reading};

/// Rarer features are not told.
const LEAST: u8 = 3;
const EPOCHS: usize = 3;
/// FTRL-Proximal (McMahan et al. 2013): step, its damping, and the penalties on the weights' absolute values and squares.
const ALPHA: f32 = 0.3;
const BETA: f32 = 1.0;
const ABSOLUTE: f32 = 2.0;
const SQUARE: f32 = 0.1;
/// How often 的 is written for 地 and for 得, for one that is written right. (In CSCD-NS, whose markers left many, 23 for some 290 and 8 for some 140.)
const WRITTEN_FOR: [f64; OTHERS] = [0.15, 0.06];
/// A 的 for which weights that have not seen it take another by this margin is a slip of its writer's and teaches nothing (pruning by confident
/// learning; Northcutt, Jiang and Chuang 2021).
const SLIP: f64 = 1.0;
/// Bits of a cell of the table.
const CELL_BITS: u32 = 15;
/// The part of the wrong 的 held likely that the neighbours alone may give up.
const GIVEN_UP: f32 = 0.01;

/// Symbols on either side that a place's gain is measured in.
const SIGHT: usize = 8;

/// A place where one of the three stands.
struct Place {
    /// Its neighbours' first.
    features: Vec<u32>,
    /// 0 for 的.
    is: usize,
    fold: usize,
    /// Log-probability that another gains by n-grams not counted on this text; of the right one, where 的 would be wrong.
    gains: [f32; OTHERS],
}

/// Does the symbol at `at` stand for itself? 土地 and 得到 are words of their own kind; 觉得 and 变得 end as particles do.
fn particle(d: &Detector<'_>, s: &[u16], at: usize, is: usize) -> bool {
    let from = at.saturating_sub(WINDOW / 2 - 1);
    let word = segment(d.proposer().lexicon, &s[from..(at + WINDOW / 2 - 1).min(s.len())], at - from);
    let ends = from + word.start + word.length as usize == at + 1;
    word.length == 1.0 || (is == 2 && ends && word.length == 2.0)
}

/// The places of a fold's lines; `d` holds n-grams counted without them.
fn places(d: &Detector<'_>, lines: &[&str], fold: usize) -> Vec<Place> {
    let p = d.proposer();
    let of_line = |line: &&str| {
        let s = symbols(d, line);
        let clean = reading(d, &s);
        let mut out = Vec::new();
        for at in 0..s.len() {
            let wanted =
                |&is: &usize| p.particles.within(&clean.symbols, at) && (is == 0 || particle(d, &s, at, is));
            let Some(is) = p.particles.which(s[at]).filter(wanted) else { continue };
            let mut features = neighbours(&clean.symbols, at).to_vec();
            clause(p.lexicon, &clean.symbols, at, &mut features);
            let gains = |r: &Reading, at: usize| {
                p.particles.others().map(|new| {
                    let edit = p.edit(r, Change::new(at, at + 1, &[new]), Way::SameSound, f32::NEG_INFINITY);
                    edit.map_or(f32::NEG_INFINITY, |e| e.gain)
                })
            };
            let gains = if is == 0 {
                gains(&clean, at)
            } else {
                // With 的 written there.
                let from = at.saturating_sub(SIGHT);
                let mut wrong = s[from..(at + SIGHT).min(s.len())].to_vec();
                wrong[at - from] = p.particles.de();
                gains(&reading(d, &wrong), at - from)
            };
            out.push(Place { features, is, fold, gains });
        }
        out
    };
    let gathered: Vec<Vec<Place>> = lines.par_iter().map(of_line).collect();
    gathered.into_iter().flatten().collect()
}

type Weights = [f32; OTHERS];

/// How much better than 的 each of the others is.
fn margins(w: &[Weights], features: &[u32]) -> Weights {
    features.iter().fold([0.0; OTHERS], |sum, &f| {
        let w = w[f as usize];
        [sum[0] + w[0], sum[1] + w[1]]
    })
}

/// Weights of all features, of which most are nought.
fn fit(places: &[&Place]) -> Vec<Weights> {
    let size = 1 << FEATURE_BITS;
    let mut seen = vec![0u8; size];
    for &f in places.iter().flat_map(|p| &p.features) {
        seen[f as usize] = seen[f as usize].saturating_add(1);
    }
    let (mut w, mut z, mut n) =
        (vec![[0f32; OTHERS]; size], vec![[0f32; OTHERS]; size], vec![[0f32; OTHERS]; size]);
    let mut order: Vec<u32> = (0..places.len() as u32).collect();
    let mut random = Random(77);
    for epoch in 0..EPOCHS {
        shuffle(&mut order, &mut random);
        let mut loss = 0.0;
        for &k in &order {
            let place = places[k as usize];
            let odds = margins(&w, &place.features).map(f32::exp);
            let sum = 1.0 + odds[0] + odds[1];
            let likelihood = if place.is == 0 { 1.0 } else { odds[place.is - 1] } / sum;
            loss -= likelihood.max(1e-9).ln() as f64;
            for c in 0..OTHERS {
                let error = odds[c] / sum - (place.is == c + 1) as u8 as f32;
                if error.abs() < 1e-3 {
                    continue;
                }
                for f in place.features.iter().map(|&f| f as usize).filter(|&f| seen[f] >= LEAST) {
                    let squares = n[f][c] + error * error;
                    z[f][c] += error - (squares.sqrt() - n[f][c].sqrt()) / ALPHA * w[f][c];
                    n[f][c] = squares;
                    let (sign, size) = (z[f][c].signum(), z[f][c].abs());
                    let damping = (BETA + squares.sqrt()) / ALPHA + SQUARE;
                    w[f][c] = if size <= ABSOLUTE { 0.0 } else { (ABSOLUTE - size) * sign / damping };
                }
            }
        }
        eprintln!("epoch {epoch}: loss {:.5}", loss / order.len() as f64);
    }
    w
}

/// What is known of a place where 的 is written before the odds are reckoned.
struct Case {
    /// 0 for 地, 1 for 得: the better of the two.
    best: usize,
    x: [f64; 3],
    /// The margin by the neighbours alone, of the better by them.
    near: f32,
    /// Does 的 belong there? And the better of the others?
    right: bool,
    wrong: bool,
    weight: f64,
}

fn case(w: &[Weights], p: &Place) -> Case {
    let m = margins(w, &p.features);
    let near = margins(w, &p.features[..NEIGHBOURS]);
    let best = (m[1] > m[0]) as usize;
    Case {
        best,
        x: [m[best] as f64, p.gains[best] as f64, 1.0],
        near: near[0].max(near[1]),
        right: p.is == 0,
        wrong: p.is == best + 1,
        weight: if p.is == 0 { 1.0 } else { WRITTEN_FOR[p.is - 1] },
    }
}

fn logit(odds: &[f64; 3], x: &[f64; 3]) -> f64 {
    (0..3).map(|k| odds[k] * x[k]).sum()
}

/// Logistic regression by Newton's steps.
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
        (0..3).for_each(|i| odds[i] -= step[i]);
    }
    odds
}

/// Each place by weights that have not seen its fold.
fn blind(all: &[Place]) -> Vec<Case> {
    let of_fold = |f| {
        let w = fit(&all.iter().filter(|p| p.fold != f).collect::<Vec<_>>());
        all.iter().filter(|p| p.fold == f).map(|p| case(&w, p)).collect::<Vec<_>>()
    };
    (0..FOLDS).flat_map(of_fold).collect()
}

/// The solution of three linear equations (Gauss).
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

/// Prints how much of what is said with some confidence is right.
fn report(cases: &[&Case], odds: &[f64; 3]) {
    let said = |least: f64| {
        let of = cases.iter().filter(|c| logit(odds, &c.x) > (least / (1.0 - least)).ln());
        let sum = |right: bool| of.clone().filter(|c| c.wrong == right).map(|c| c.weight).sum::<f64>();
        format!("{:.0}/{:.0}", sum(true), sum(true) + sum(false))
    };
    eprintln!("odds {odds:.2?}; right of said at 0.5 {}, 0.7 {}, 0.9 {}", said(0.5), said(0.7), said(0.9));
}

/// The margin by the neighbours alone below which hardly a wrong 的 is believed.
fn hopeless(cases: &[Case], odds: &[[f64; 3]; OTHERS]) -> f32 {
    let believed = cases.iter().filter(|c| c.wrong && logit(&odds[c.best], &c.x) > 0.0);
    let mut near: Vec<(f32, f32)> = believed.map(|c| (c.near, 1.0)).collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0));
    network::losing(&near, GIVEN_UP).unwrap_or(f32::NEG_INFINITY)
}

/// The section as `Particles` reads it.
fn section(w: &[Weights], odds: &[[f64; 3]; OTHERS], hopeless: f32) -> Vec<u8> {
    let kept: Vec<u64> = (0..w.len()).filter(|&f| w[f] != [0.0; OTHERS]).map(|f| f as u64).collect();
    let levels = [0, 1].map(|c| {
        let values: Vec<f32> = kept.iter().map(|&f| w[f as usize][c]).collect();
        language_model::quantise(&values, LEVELS)
    });
    let codes: Vec<u32> = (0..kept.len()).map(|k| levels[0].1[k] * LEVELS as u32 + levels[1].1[k]).collect();
    let mut numbers: Vec<f32> = odds.iter().flatten().map(|&o| o as f32).collect();
    numbers.push(hopeless);
    levels.iter().for_each(|l| numbers.extend(&l.0));
    let mut section = network::bytes(&numbers);
    section.extend(fuse::build(&kept, &codes, (LEVELS * LEVELS) as u32, CELL_BITS));
    eprintln!("{} features in {} bytes", kept.len(), section.len());
    section
}

/// Writes `particles.bin` to `out`, which holds what `ngrams` wrote.
pub fn run(out: &Path) {
    let mut all = Vec::new();
    for f in 0..FOLDS {
        let text = std::fs::read_to_string(out.join(format!("fold{f}.txt"))).expect("the fold's lines");
        let lines: Vec<&str> = text.lines().filter_map(|l| l.split_once('\t')).map(|l| l.1).collect();
        let bytes = ngrams::assembled(out, &format!("without{f}"), &[]);
        all.extend(places(&Detector::new(&bytes).expect("a model of this version"), &lines, f));
    }
    let count = [0, 1, 2].map(|is| all.iter().filter(|p| p.is == is).count());
    eprintln!("{count:?} places of 的, 地, 得");
    let mut slips = blind(&all).into_iter().map(|c| c.right && c.x[0] > SLIP);
    all.retain(|_| !slips.next().unwrap_or(false));
    eprintln!("{} of 的 are slips", count[0] - all.iter().filter(|p| p.is == 0).count());
    let mut cases = blind(&all);
    cases.retain(|c| c.x[1].is_finite());
    let odds = [0, 1].map(|best| {
        let of: Vec<&Case> = cases.iter().filter(|c| c.best == best).collect();
        let odds = regress(&of);
        report(&of, &odds);
        odds
    });
    let hopeless = hopeless(&cases, &odds);
    let read = cases.iter().filter(|c| c.right && c.near >= hopeless).count();
    eprintln!("{:.1} % of right 的 have their clause read", 100.0 * read as f32 / count[0] as f32);
    let section = section(&fit(&all.iter().collect::<Vec<_>>()), &odds, hopeless);
    std::fs::write(out.join("particles.bin"), section).unwrap();
}
