//! Where recall is lost: at which stage the right edits of real corrections are dropped.

use crate::distance::{corrects, distance};
use crate::examples::{reading, symbols};
use crate::model;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use zhubi::typo::Detector;
use zhubi::typo::model::confusion::Likeness;
use zhubi::typo::screen::Screen;

/// The gain from which a rejected edit is worth a look.
const STRONG_GAIN: f32 = 7.0;

/// Why an edit was not proposed; for a replaced character by its gain.
fn unproposed(d: &Detector<'_>, text: &str, wrong: &[u16], right: &[u16]) -> &'static str {
    let differing: Vec<usize> = (0..wrong.len().min(right.len())).filter(|&k| wrong[k] != right[k]).collect();
    let (&[k], true) = (&differing[..], wrong.len() == right.len()) else { return "not proposed" };
    if d.proposer().confusion.likeness(wrong[k], right[k]) == Likeness::None {
        return "not alike";
    }
    let mut tokens = Vec::new();
    d.symbols().tokens(text, &mut tokens);
    let range = tokens[k].start as usize..tokens[k].end as usize;
    match d.gain(text, &range, &d.character(right[k]).to_string()) {
        Some(gain) if gain > 3.5 => "not proposed, gain above 3.5",
        Some(gain) if gain > 1.0 => "not proposed, gain above 1",
        Some(gain) if gain > -1.5 => "not proposed, gain above -1.5",
        _ => "not proposed, no gain",
    }
}

/// Prints for each kind of error how many pairs are lost at which stage. `limit`: the least confidence.
pub fn run(model: &Path, pairs: &Path, limit: f32) {
    let (d, mut loose) = (model::detector(model), model::detector(model));
    loose.screen = Screen::new(&[]);
    let text = std::fs::read_to_string(pairs).expect("pairs");
    let lines: Vec<(&str, &str)> =
        text.lines().filter_map(|l| l.split_once('\t')).filter(|(a, b)| a != b).collect();
    let ends: Vec<(String, &str, String)> = lines
        .par_iter()
        .map(|(wrong, right)| {
            let (w, r) = (symbols(&d, wrong), symbols(&d, right));
            let before = distance(&w, &r);
            let kind = match (r.len() as i32 - w.len() as i32, before) {
                (0, 0) => "none in symbols".into(),
                (0, 1) => "one replaced".to_string(),
                (0, n) => format!("{} replaced", n.min(3)),
                (n, _) if n > 0 => "missing".into(),
                _ => "extra".into(),
            };
            let read = reading(&d, &w);
            let logit_of = |d: &Detector<'_>| {
                let all = d.classify(&read);
                let best = all
                    .iter()
                    .filter(|j| corrects(&w, &r, before, &j.edit))
                    .max_by(|a, b| a.logit.total_cmp(&b.logit))
                    .map(|j| (j.logit, j.edit.from, j.edit.gain));
                let rival = best.map(|(_, from, _)| {
                    all.iter()
                        .filter(|j| j.edit.from.abs_diff(from) < 3)
                        .map(|j| j.logit)
                        .fold(f32::NEG_INFINITY, f32::max)
                });
                best.zip(rival)
            };
            let least = (limit / (1.0 - limit)).ln();
            let stage = match logit_of(&loose) {
                None => unproposed(&d, wrong, &w, &r),
                Some(((l, _, _), rival)) if l < rival => "another one more confident",
                Some(((l, _, gain), _)) if l < least && gain < STRONG_GAIN => "rejected, weak gain",
                Some(((l, _, _), _)) if l < least => "rejected, strong gain",
                _ if logit_of(&d).is_none() => "screened out",
                _ => "found",
            };
            (kind, stage, format!("{wrong}\t{right}"))
        })
        .collect();
    let mut table: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (kind, stage, pair) in &ends {
        *table.entry((kind, stage)).or_default() += 1;
        println!("{kind}\t{stage}\t{pair}");
    }
    for ((kind, stage), n) in table {
        eprintln!("{n:6} {kind}: {stage}");
    }
}
