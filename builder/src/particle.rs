//! Trains the model of 的, 地 and 得: weights of features, and the coefficients that turn scores into
//! log-odds.

use crate::corpus::FOLDS;
use crate::examples::{reading, symbols};
use crate::particle_odds::{self, Case, Odds};
use crate::particle_words::Words;
use crate::random::Random;
use crate::{fuse, language_model, network, ngrams};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use zhubi::typo::Detector;
use zhubi::typo::edit::{Edit, EditKind};
use zhubi::typo::model::symbols::BOUNDARY;
use zhubi::typo::particle::{LEVELS, OTHERS, THREE, best};
use zhubi::typo::particle_features::{FEATURE_BITS, NEIGHBOURS, adverb_key, class_key, clause, neighbours};
use zhubi::typo::reading::Change;

/// Rarer features are dropped.
const LEAST: u8 = 3;
const EPOCHS: usize = 3;
/// FTRL-Proximal (McMahan et al. 2013): learning rate, its damping, L1 and L2 penalties.
const ALPHA: f32 = 0.3;
const BETA: f32 = 1.0;
const ABSOLUTE: f32 = 2.0;
const SQUARE: f32 = 0.1;
/// How often each of the three (rows: meant) is written as each, per one written right. (In CSCD-NS, whose
/// annotators missed many, 的 for some 290 地 23 times and for some 140 得 8 times.)
const WRITTEN_FOR: [[f64; THREE]; THREE] = [[1.0, 0.0004, 0.001], [0.15, 1.0, 0.004], [0.06, 0.003, 1.0]];
/// A place where held-out weights prefer another by this margin is a slip in the corpus and is pruned
/// (confident learning; Northcutt, Jiang and Chuang 2021). The margin of 地 and 得 is wide: they are few, and
/// rare uses are to be learnt.
const SLIP: [f32; THREE] = [1.0, 4.0, 4.0];
/// Of the 的 that the neighbours prefer by this margin one in so many is taken, with the weight of all.
const SURE: f32 = -5.0;
const SURE_SAMPLED: usize = 10;
/// Bits of a cell of the table.
const CELL_BITS: u32 = 15;
/// A place where one of the three stands.
struct Place {
    /// Those of the neighbours first.
    features: Vec<u32>,
    /// How many of them are of the neighbours.
    near: u8,
    is: u8,
    fold: u8,
    /// How many places it stands for.
    weight: f32,
    /// The gain in log-probability of each of the three, by n-grams that have not seen the text.
    gains: [f32; THREE],
}

/// The particles of a line, and which of the three each is.
fn particles_of<'l>(
    d: &'l Detector<'_>,
    known: &'l Words,
    s: &'l [u16],
) -> impl Iterator<Item = (usize, usize)> + 'l {
    let particles = d.proposer().particles;
    let adverb = |word| known.adverbs.contains(&word);
    let is_particle =
        move |at: &usize| particles.within(s, *at) && particles.is_particle(d.lexicon(), s, *at, adverb);
    (0..s.len())
        .filter_map(move |at| Some((at, particles.which(s[at])?)))
        .filter(move |(at, _)| is_particle(at))
}

/// The symbols of a line and the boundary.
fn bounded(d: &Detector<'_>, line: &str) -> Vec<u16> {
    let mut s = symbols(d, line);
    s.push(BOUNDARY);
    s
}

/// Weights of the neighbours' features only, by hash.
fn near(d: &Detector<'_>, known: &Words, lines: &[&str]) -> Vec<Weights> {
    let of_line = |line: &&str| {
        let s = bounded(d, line);
        let place = |(at, is): (usize, usize)| Place {
            features: neighbours(&s, at).to_vec(),
            near: NEIGHBOURS as u8,
            is: is as u8,
            fold: 0,
            weight: 1.0,
            gains: [0.0; THREE],
        };
        particles_of(d, known, &s).map(place).collect::<Vec<_>>()
    };
    let all: Vec<Place> = lines.par_iter().flat_map_iter(of_line).collect();
    fit(&all.iter().collect::<Vec<_>>(), 1 << FEATURE_BITS)
}

/// The places of the lines of a fold; the n-grams of `d` have not seen them. Of the 的 that the neighbours
/// are sure of only some.
fn places(d: &Detector<'_>, known: &Words, near: &[Weights], lines: &[&str], fold: usize) -> Vec<Place> {
    let p = d.proposer();
    let three = p.particles.three();
    let of_line = |(n, line): (usize, &&str)| {
        let s = bounded(d, line);
        let mut random = Random::one_of_many(77 + n as u64);
        let mut out = Vec::new();
        let mut clean = None;
        for (at, is) in particles_of(d, known, &s) {
            let mut features = neighbours(&s, at).to_vec();
            let by_near = scores(near, &features);
            let sure = is == 0 && by_near[best(&by_near, 0)] < SURE;
            if sure && random.below(SURE_SAMPLED) > 0 {
                continue;
            }
            let class = |word| known.classes.get(&word).copied().unwrap_or(0);
            clause(p.lexicon, class, &s, at, &mut features);
            features.shrink_to_fit();
            let clean = clean.get_or_insert_with(|| reading(d, &s[..s.len() - 1]));
            let gain = |k: usize| {
                let change = Change::new(at, at + 1, &three[k..=k]);
                let edit = Edit::new(p.model, clean, change, EditKind::SameSound, f32::NEG_INFINITY);
                edit.map_or(f32::NAN, |e| e.gain)
            };
            let gains = std::array::from_fn(|k| if k == is { 0.0 } else { gain(k) });
            let weight = if sure { SURE_SAMPLED as f32 } else { 1.0 };
            out.push(Place {
                features,
                near: NEIGHBOURS as u8,
                is: is as u8,
                fold: fold as u8,
                weight,
                gains,
            });
        }
        out
    };
    let gathered: Vec<Vec<Place>> = lines.par_iter().enumerate().map(of_line).collect();
    gathered.into_iter().flatten().collect()
}

/// Drops rare features and numbers the others; returns their hashes in that order.
fn number(places: &mut [Place]) -> Vec<u32> {
    let mut seen = vec![0u8; 1 << FEATURE_BITS];
    for &f in places.iter().flat_map(|p| &p.features) {
        seen[f as usize] = seen[f as usize].saturating_add(1);
    }
    let kept: Vec<u32> = (0..1 << FEATURE_BITS).filter(|&f| seen[f as usize] >= LEAST).collect();
    let mut numbers = vec![u32::MAX; 1 << FEATURE_BITS];
    kept.iter().enumerate().for_each(|(n, &f)| numbers[f as usize] = n as u32);
    places.par_iter_mut().for_each(|p| {
        let numbered = |f: &u32| Some(numbers[*f as usize]).filter(|&n| n != u32::MAX);
        let near: Vec<u32> = p.features[..NEIGHBOURS].iter().filter_map(numbered).collect();
        p.near = near.len() as u8;
        p.features = near.into_iter().chain(p.features[NEIGHBOURS..].iter().filter_map(numbered)).collect();
    });
    eprintln!("{} features", kept.len());
    kept
}

type Weights = [f32; OTHERS];

/// The scores of the three, relative to 的.
fn scores(w: &[Weights], features: &[u32]) -> [f32; THREE] {
    features.iter().fold([0.0; THREE], |sum, &f| {
        let w = w[f as usize];
        [0.0, sum[1] + w[0], sum[2] + w[1]]
    })
}

/// Fits the weights of all features, most of which are 0.
fn fit(places: &[&Place], size: usize) -> Vec<Weights> {
    let (mut w, mut z, mut n) =
        (vec![[0f32; OTHERS]; size], vec![[0f32; OTHERS]; size], vec![[0f32; OTHERS]; size]);
    let mut order: Vec<u32> = (0..places.len() as u32).collect();
    let mut random = Random(77);
    for epoch in 0..EPOCHS {
        random.shuffle(&mut order);
        let mut loss = 0.0;
        for &k in &order {
            let place = places[k as usize];
            let odds = scores(&w, &place.features).map(f32::exp);
            let sum: f32 = odds.iter().sum();
            loss -= place.weight as f64 * (odds[place.is as usize] / sum).max(1e-9).ln() as f64;
            for c in 0..OTHERS {
                let error = place.weight * (odds[c + 1] / sum - (place.is as usize == c + 1) as u8 as f32);
                if error.abs() < 1e-3 {
                    continue;
                }
                for f in place.features.iter().map(|&f| f as usize) {
                    let squares = n[f][c] + error * error;
                    z[f][c] += error - (squares.sqrt() - n[f][c].sqrt()) / ALPHA * w[f][c];
                    n[f][c] = squares;
                    let (sign, size) = (z[f][c].signum(), z[f][c].abs());
                    let damping = (BETA + squares.sqrt()) / ALPHA + SQUARE;
                    w[f][c] = if size <= ABSOLUTE { 0.0 } else { (ABSOLUTE - size) * sign / damping };
                }
            }
        }
        eprintln!("epoch {epoch}: loss {loss:.0}");
    }
    w
}

/// The scores of a place by held-out weights: of all features, and of the neighbours' only.
type HeldOut = ([f32; THREE], [f32; THREE]);

/// Scores each place by weights that have not seen its fold.
fn held_out(all: &[Place], size: usize) -> Vec<HeldOut> {
    let of_fold = |f: usize| fit(&all.iter().filter(|p| p.fold != f as u8).collect::<Vec<_>>(), size);
    let weights: Vec<Vec<Weights>> = (0..FOLDS).into_par_iter().map(of_fold).collect();
    let scored = |p: &Place| {
        let w = &weights[p.fold as usize];
        (scores(w, &p.features), scores(w, &p.features[..p.near as usize]))
    };
    let out: Vec<HeldOut> = all.par_iter().map(scored).collect();
    let loss = |(p, (s, _)): (&Place, &HeldOut)| {
        let sum: f32 = s.iter().map(|s| s.exp()).sum();
        (p.weight * (sum.ln() - s[p.is as usize])) as f64
    };
    eprintln!("held-out loss {:.0}", all.iter().zip(&out).map(loss).sum::<f64>());
    out
}

/// The case that one of the three is written at a place.
fn case(p: &Place, (all, near): &HeldOut, written: usize) -> Case {
    let meant = best(all, written);
    let is = p.is as usize;
    Case {
        written,
        best: meant,
        x: [(all[meant] - all[written]) as f64, (p.gains[meant] - p.gains[written]) as f64, 1.0],
        near: near[best(near, written)] - near[written],
        right: is == written,
        wrong: is == meant,
        weight: WRITTEN_FOR[is][written] * p.weight as f64,
    }
}

/// The section as `Particles` reads it.
fn section(w: &[Weights], hashes: &[u32], known: &Words, odds: &Odds, hopeless: &[f32; THREE]) -> Vec<u8> {
    let kept: Vec<usize> = (0..w.len()).filter(|&f| w[f] != [0.0; OTHERS]).collect();
    let levels = [0, 1].map(|c| {
        let values: Vec<f32> = kept.iter().map(|&f| w[f][c]).collect();
        language_model::quantise(&values, LEVELS)
    });
    let mut codes: BTreeMap<u64, u32> =
        known.classes.iter().map(|(&word, &class)| (class_key(word) as u64, class)).collect();
    codes.extend(known.adverbs.iter().map(|&word| (adverb_key(word) as u64, 0)));
    let code = |k: usize| levels[0].1[k] * LEVELS as u32 + levels[1].1[k];
    codes.extend(kept.iter().enumerate().map(|(k, &f)| (hashes[f] as u64, code(k))));
    let mut numbers: Vec<f32> = odds.iter().flatten().flatten().map(|&o| o as f32).collect();
    numbers.extend(hopeless);
    levels.iter().for_each(|l| numbers.extend(&l.0));
    let mut section = network::bytes(&numbers);
    let (keys, codes): (Vec<u64>, Vec<u32>) = codes.into_iter().unzip();
    section.extend(fuse::build(&keys, &codes, (LEVELS * LEVELS) as u32, CELL_BITS));
    eprintln!("{} features and {} keys in {} bytes", kept.len(), keys.len(), section.len());
    section
}

/// Writes `particles.bin` to `out`, which holds what `ngrams` wrote.
pub fn run(out: &Path, packages: &Path) {
    let texts: Vec<String> = (0..FOLDS)
        .map(|f| std::fs::read_to_string(out.join(format!("fold{f}.txt"))).expect("the fold's lines"))
        .collect();
    let lines = |f: usize| -> Vec<&str> {
        texts[f].lines().filter_map(|l| l.split_once('\t')).map(|l| l.1).collect()
    };
    let bytes = ngrams::assembled(out, "without0", &[]);
    let d = Detector::new(&bytes).expect("a model of this version");
    let every: Vec<&str> = (0..FOLDS).flat_map(lines).collect();
    let known = Words::new(&d, packages, &every);
    let near = near(&d, &known, &every);
    let mut all = Vec::new();
    for f in 0..FOLDS {
        let bytes = ngrams::assembled(out, &format!("without{f}"), &[]);
        let d = Detector::new(&bytes).expect("a model of this version");
        all.extend(places(&d, &known, &near, &lines(f), f));
    }
    let count = |all: &[Place]| [0, 1, 2].map(|is| all.iter().filter(|p| p.is == is).count());
    eprintln!("{:?} places of 的, 地, 得", count(&all));
    drop(near);
    let hashes = number(&mut all);
    let mut scored = held_out(&all, hashes.len()).into_iter();
    all.retain(|p| {
        let is = p.is as usize;
        scored.next().is_none_or(|(s, _)| s[best(&s, is)] - s[is] <= SLIP[is])
    });
    eprintln!("{:?} when slips are left out", count(&all));
    let scored = held_out(&all, hashes.len());
    let cases: Vec<Case> = all
        .iter()
        .zip(&scored)
        .flat_map(|(p, s)| (0..THREE).map(|written| case(p, s, written)))
        .filter(|c| c.x[1].is_finite())
        .collect();
    let odds = particle_odds::fit(&cases);
    let hopeless = particle_odds::hopeless(&cases, &odds);
    let w = fit(&all.iter().collect::<Vec<_>>(), hashes.len());
    std::fs::write(out.join("particles.bin"), section(&w, &hashes, &known, &odds, &hopeless)).unwrap();
}
