//! Trains the screen: right edits that the classifier accepts must pass, clean text must not.

use crate::corpus::FOLDS;
use crate::examples::{Row, screen_inputs};
use crate::network::{self, Schedule, Task};
use rayon::prelude::*;
use zhubi::typo::Detector;
use zhubi::typo::classify::Classifier;
use zhubi::typo::model::network::Network;
use zhubi::typo::screen::{GROUPS, INPUTS, UNITS, WIDE, WIDE_UNITS, surprises};

/// The logit from which right edits must pass, by group.
const ACCEPTED: [f32; GROUPS] = [-0.8, -1.0, -0.8];
/// The share of them that each of the two networks may lose, by group.
type Lost = [[f32; GROUPS]; 2];
/// Little while training; more, for speed, as shipped.
pub const LOST_IN_TRAINING: Lost = [[0.006, 0.015, 0.025]; 2];
pub const LOST: Lost = [[0.02, 0.04, 0.06], [0.03, 0.04, 0.06]];
/// The weight of a place of clean text …
const CLEAN_WEIGHT: f32 = 0.15;

/// … and of one of a real correction.
const REAL_WEIGHT: f32 = 10.0;
/// Texts of clean text that are read.
const CLEAN_TEXTS: usize = 50_000;

/// A place that an edit needs, or one of clean text, which none needs.
struct Place {
    x: [f32; WIDE],
    needed_by: Option<usize>,
    weight: f32,
}

/// The weight of a place that must pass.
fn weight(r: &Row) -> f32 {
    if r.fold == FOLDS { REAL_WEIGHT } else { 1.0 }
}

/// The section as `Screen` reads it.
pub fn train(rows: &[Row], c: &Classifier<'_>, d: &Detector<'_>, clean: &[String], lost: &Lost) -> Vec<u8> {
    let clean = &clean[..clean.len().min(CLEAN_TEXTS)];
    let needed = rows
        .par_iter()
        .filter(|r| r.right && r.group.is_some_and(|group| c.logit(&r.x, r.kind) > ACCEPTED[group]))
        .map(|r| Place { x: r.screen, needed_by: r.group, weight: weight(r) });
    let unneeded = clean.par_iter().flat_map_iter(|s| {
        let r = d.read(s);
        let places: Vec<usize> = (0..r.len()).filter(|&i| surprises(&r, i)).collect();
        places.into_iter().map(move |i| Place {
            x: screen_inputs(d, &r, i),
            needed_by: None,
            weight: CLEAN_WEIGHT,
        })
    });
    let mut places: Vec<Place> = needed.chain(unneeded).collect();
    let read: usize = clean.iter().map(|s| s.chars().count()).sum();
    let mut numbers = gate::<INPUTS, UNITS>(&mut places, read, &lost[0]);
    numbers.extend(gate::<WIDE, WIDE_UNITS>(&mut places, read, &lost[1]));
    network::bytes(&numbers)
}

/// A network over the first `N` inputs of a place, and its limits. The places that it stops are removed.
fn gate<const N: usize, const U: usize>(
    places: &mut Vec<Place>,
    read: usize,
    lost: &[f32; GROUPS],
) -> Vec<f32> {
    let (mut x, mut y, mut weight) = (Vec::new(), Vec::new(), Vec::new());
    for p in places.iter() {
        x.extend(&p.x[..N]);
        // A place that must pass for one group is no target for the others.
        for g in 0..GROUPS {
            y.push((p.needed_by == Some(g)) as u8 as f32);
            weight.push(if p.needed_by.is_none_or(|of| of == g) { p.weight } else { 0.0 });
        }
    }
    let task = Task { inputs: N, outputs: GROUPS, x: &x, y: &y, weight: &weight };
    let how = Schedule { epochs: 12, rate: 0.003, decay: 0.0, spread: 0.5, seed: 31 };
    let mut numbers = network::fit(&task, U, &how);
    let limits = numbers.len();
    numbers.extend([0.0; GROUPS]);
    let n = Network::<N, U, GROUPS>::take(&mut numbers.iter().copied());
    let logits: Vec<[f32; GROUPS]> =
        places.par_iter().map(|p| n.outputs(p.x[..N].try_into().expect("as many"))).collect();
    for g in 0..GROUPS {
        let needed = places.iter().zip(&logits).filter(|(p, _)| p.needed_by == Some(g));
        let mut of: Vec<(f32, f32)> = needed.map(|(p, logits)| (logits[g], p.weight)).collect();
        of.sort_by(|a, b| a.0.total_cmp(&b.0));
        let at = |part: f32| network::losing(&of, part).unwrap_or(f32::NEG_INFINITY);
        let passed = |limit: f32| {
            let clean = places.iter().zip(&logits).filter(|(p, _)| p.needed_by.is_none());
            100.0 * clean.filter(|(_, logits)| logits[g] > limit).count() as f64 / read as f64
        };
        for part in [0.01, 0.02, 0.04, 0.06, 0.1] {
            eprintln!(
                "screen over {N}, group {g}: losing {part} passes {:.2} % of clean text",
                passed(at(part))
            );
        }
        numbers[limits + g] = at(lost[g]);
    }
    let mut passes = logits.iter().map(|logits| (0..GROUPS).any(|g| logits[g] > numbers[limits + g]));
    places.retain(|_| passes.next().expect("as many"));
    eprintln!(
        "screen over {N}: {:.2} % of clean text pass for any group",
        100.0 * places.iter().filter(|p| p.needed_by.is_none()).count() as f64 / read as f64
    );
    numbers
}
