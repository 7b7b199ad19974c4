//! Trains the screen: right edits that the classifier believes must pass, clean text must not.

use crate::corpus::FOLDS;
use crate::examples::Row;
use crate::network::{self, Schedule, Task};
use rayon::prelude::*;
use zhubi::chinese::typo::Detector;
use zhubi::chinese::typo::classify::Classifier;
use zhubi::chinese::typo::screen::{GROUPS, INPUTS, Screen, UNITS, inputs, surprises};

/// The least logit of the edits that must pass, by group.
const BELIEVED: [f32; GROUPS] = [0.0, -1.0, 0.0];
/// The part of them that may be lost, by group: little where the next training looks, more, for the sake of speed, in what ships.
pub const LOST_IN_TRAINING: [f32; GROUPS] = [0.012, 0.03, 0.05];
pub const LOST: [f32; GROUPS] = [0.04, 0.08, 0.12];
/// What a place of clean text weighs.
const CLEAN_WEIGHT: f32 = 0.15;

/// What a place that must pass weighs: one of a real pair as much as ten errors that were put in.
fn worth(r: &Row) -> f32 {
    if r.fold == FOLDS { 10.0 } else { 1.0 }
}

pub fn train(
    rows: &[Row],
    c: &Classifier<'_>,
    d: &Detector<'_>,
    clean: &[String],
    lost: &[f32; GROUPS],
) -> Vec<u8> {
    let clean = &clean[..clean.len().min(50_000)];
    let right: Vec<&Row> = rows
        .par_iter()
        .filter(|r| r.right && r.group < GROUPS && c.logit(&r.x, r.way) > BELIEVED[r.group])
        .collect();
    let passing: Vec<Vec<[f32; INPUTS]>> = clean
        .par_iter()
        .map(|s| {
            let r = d.read(s);
            (0..r.len())
                .filter(|&i| surprises(&r, i))
                .map(|i| inputs(d.proposer().model, d.proposer().habits, &r, i))
                .collect()
        })
        .collect();
    let read: usize = clean.iter().map(|s| s.chars().count()).sum();
    let (mut x, mut y, mut weight) = (Vec::new(), Vec::new(), Vec::new());
    for r in &right {
        x.extend(r.screen);
        // A place that must pass for one group says nothing of the others.
        (0..GROUPS).for_each(|g| {
            y.push((g == r.group) as u8 as f32);
            weight.push(if g == r.group { worth(r) } else { 0.0 });
        });
    }
    for p in passing.iter().flatten() {
        x.extend(p);
        y.extend([0.0; GROUPS]);
        weight.extend([CLEAN_WEIGHT; GROUPS]);
    }
    let places = y.len() / GROUPS;
    eprintln!(
        "screen: {} places to pass, {} of clean text ({read} characters)",
        right.len(),
        places - right.len()
    );
    let task = Task { inputs: INPUTS, outputs: GROUPS, x: &x, y: &y, weight: &weight };
    let how = Schedule { epochs: 4, rate: 0.003, decay: 0.0, spread: 0.5, seed: 31 };
    let mut w = network::fit(&task, UNITS, &how);
    w.extend([0.0; GROUPS]);
    let s = Screen::new(&network::bytes(&w));
    let mut limits = [0.0; GROUPS];
    for (g, limit) in limits.iter_mut().enumerate() {
        let mut of: Vec<(f32, f32)> =
            right.iter().filter(|r| r.group == g).map(|r| (s.logits(&r.screen)[g], worth(r))).collect();
        of.sort_by(|a, b| a.0.total_cmp(&b.0));
        let at = |q: f32| network::losing(&of, q).unwrap_or(f32::NEG_INFINITY);
        for q in [0.01, 0.02, 0.03, 0.05, 0.08, 0.12, 0.2] {
            let limit = at(q);
            let passed = passing.iter().flatten().filter(|x| s.logits(x)[g] > limit).count();
            eprintln!(
                "screen group {g}: losing {q} passes {:.2} % of clean text",
                100.0 * passed as f64 / read as f64
            );
        }
        *limit = at(lost[g]);
    }
    let from = w.len() - GROUPS;
    w[from..].copy_from_slice(&limits);
    network::bytes(&w)
}
