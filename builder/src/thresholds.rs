//! What each way of editing finds and wrongly marks in whole paragraphs, at one threshold after another: the thresholds by kind rest on it.

use crate::accuracy::text;
use crate::corrupt::{MISSING, Random, corrupt, distance, omit};
use crate::examples::{mends, reading, symbols};
use crate::model;
use crate::slips::Slips;
use rayon::prelude::*;
use std::path::Path;
use zhubi::typo::Detector;
use zhubi::typo::detector::confidence;
use zhubi::typo::edit::Way;

const THRESHOLDS: [f32; 9] = [0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8];
/// Symbols to an error put in, each into a copy of its own.
const APART: usize = 15;
/// Edits nearer than this to one believed more are not counted.
const NEAR: usize = 3;

const NAMES: [&str; 8] = ["sound", "shape", "word", "idiom", "missing", "doubled", "extra", "exchanged"];

fn kind(way: Way) -> usize {
    match way {
        Way::SameSound | Way::NearSound => 0,
        Way::Shape => 1,
        Way::WordSameSound | Way::WordNearSound => 2,
        Way::Idiom => 3,
        Way::Insert | Way::Complete => 4,
        Way::Undouble => 5,
        Way::Delete => 6,
        Way::Transpose => 7,
    }
}

/// The edits of a clean paragraph that would be believed, the more believed first and none beside it.
fn alarms(d: &Detector<'_>, paragraph: &str) -> Vec<(usize, f32)> {
    let mut all = d.judge(&d.read(paragraph));
    all.sort_by(|a, b| b.logit.total_cmp(&a.logit));
    let mut taken: Vec<usize> = Vec::new();
    all.retain(|j| {
        let free = taken.iter().all(|t| t.abs_diff(j.edit.from) >= NEAR);
        taken.extend(free.then_some(j.edit.from));
        free
    });
    all.iter().map(|j| (kind(j.edit.way), confidence(j.logit))).collect()
}

/// For each error put into a paragraph the edit that mends it.
fn found(d: &Detector<'_>, slips: &Slips, paragraph: &str, seed: u64) -> Vec<(usize, f32)> {
    let right = symbols(d, paragraph);
    let mut random = Random::one_of_many(seed);
    let mended = |wrong: Vec<u16>| {
        let before = distance(&wrong, &right);
        let judged = d.judge(&reading(d, &wrong));
        let mending = judged.iter().filter(|j| mends(&wrong, &right, before, &j.edit));
        let best = mending.max_by(|a, b| a.logit.total_cmp(&b.logit))?;
        Some((kind(best.edit.way), confidence(best.logit)))
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
            wrong.and_then(mended)
        })
        .collect()
}

/// Prints, for each way of editing, how many of the errors put into the lines of clean files (or of folders of them) it mends and how many
/// places of the lines as they are it would change.
pub fn run(model: &Path, packages: &Path, files: &[String]) {
    let d = model::detector(model);
    let slips = Slips::read(packages, d.symbols());
    let text: String = files.iter().map(|f| text(f)).collect();
    let lines: Vec<&str> = text.lines().collect();
    let alarms: Vec<(usize, f32)> = lines.par_iter().flat_map_iter(|l| alarms(&d, l)).collect();
    let found: Vec<(usize, f32)> = lines
        .par_iter()
        .enumerate()
        .flat_map_iter(|(n, l)| found(&d, &slips, l, 0x51ed_270b + n as u64 * 7_919_993))
        .collect();
    print!("{:<10}", "threshold");
    THRESHOLDS.iter().for_each(|t| print!("{t:>12}"));
    println!();
    for (k, name) in NAMES.iter().enumerate() {
        let above = |of: &[(usize, f32)], t: f32| of.iter().filter(|x| x.0 == k && x.1 >= t).count();
        print!("{name:<10}");
        THRESHOLDS
            .iter()
            .for_each(|&t| print!("{:>12}", format!("{}/{}", above(&found, t), above(&alarms, t))));
        println!();
    }
}
