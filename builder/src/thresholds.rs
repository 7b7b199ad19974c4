//! What each kind of edit corrects and what it wrongly changes in whole paragraphs, by threshold: the basis
//! of the thresholds.

use crate::accuracy::text;
use crate::corrupt::{MISSING, corrupt, omit};
use crate::distance::{corrects, distance};
use crate::examples::{reading, symbols};
use crate::model;
use crate::random::Random;
use crate::slips::Slips;
use rayon::prelude::*;
use std::path::Path;
use zhubi::typo::Detector;
use zhubi::typo::edit::EditKind;
use zhubi::typo::scored::confidence;

const THRESHOLDS: [f32; 9] = [0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8];
/// Symbols per error, each put into a copy of its own.
const APART: usize = 15;
/// Edits nearer than this to a more confident one are not counted.
const NEAR: usize = 3;

/// The edits of a clean paragraph with their confidence, the most confident first, without their neighbours.
fn alarms(d: &Detector<'_>, paragraph: &str) -> Vec<(EditKind, f32)> {
    let mut all = d.classify(&d.read(paragraph));
    all.sort_by(|a, b| b.logit.total_cmp(&a.logit));
    let mut taken: Vec<usize> = Vec::new();
    all.retain(|j| {
        let free = taken.iter().all(|t| t.abs_diff(j.edit.from) >= NEAR);
        taken.extend(free.then_some(j.edit.from));
        free
    });
    all.iter().map(|j| (j.edit.kind, confidence(j.logit))).collect()
}

/// For each error put into a paragraph the edit that corrects it.
fn found(d: &Detector<'_>, slips: &Slips, paragraph: &str, seed: u64) -> Vec<(EditKind, f32)> {
    let right = symbols(d, paragraph);
    let mut random = Random::one_of_many(seed);
    let corrected = |wrong: Vec<u16>| {
        let before = distance(&wrong, &right);
        let scored = d.classify(&reading(d, &wrong));
        let correcting = scored.iter().filter(|j| corrects(&wrong, &right, before, &j.edit));
        let best = correcting.max_by(|a, b| a.logit.total_cmp(&b.logit))?;
        Some((best.edit.kind, confidence(best.logit)))
    };
    (0..right.len().div_ceil(APART))
        .filter_map(|_| {
            let missing = random.unit() < MISSING;
            let omitted = |random: &mut Random| omit(&right, random).map(|o| o.0);
            let wrong = if missing {
                omitted(&mut random)
            } else {
                corrupt(d, slips, &right, 0..right.len(), &mut random)
            };
            wrong.and_then(corrected)
        })
        .collect()
}

/// Prints, for each kind of edit, how many of the errors put into the lines of clean files (or folders of
/// files) it corrects, and how many places of the lines as they are it would change.
pub fn run(model: &Path, packages: &Path, files: &[String]) {
    let d = model::detector(model);
    let slips = Slips::read(packages, d.symbols());
    let text: String = files.iter().map(|f| text(f)).collect();
    let lines: Vec<&str> = text.lines().collect();
    let alarms: Vec<(EditKind, f32)> = lines.par_iter().flat_map_iter(|l| alarms(&d, l)).collect();
    let found: Vec<(EditKind, f32)> = lines
        .par_iter()
        .enumerate()
        .flat_map_iter(|(n, l)| found(&d, &slips, l, 0x51ed_270b + n as u64 * 7_919_993))
        .collect();
    print!("{:<14}", "threshold");
    THRESHOLDS.iter().for_each(|t| print!("{t:>12}"));
    println!();
    for kind in EditKind::ALL {
        let above = |of: &[(EditKind, f32)], t: f32| of.iter().filter(|x| x.0 == kind && x.1 >= t).count();
        print!("{:<14}", format!("{kind:?}"));
        THRESHOLDS
            .iter()
            .for_each(|&t| print!("{:>12}", format!("{}/{}", above(&found, t), above(&alarms, t))));
        println!();
    }
}
