//! Edits with their answers: of clean text not counted, of the same with errors put in, and of real pairs of wrong and right.

use crate::corrupt::{MISSING, Random, corrupt, distance, omit, shuffle};
use crate::slips::Slips;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;
use zhubi::typo::Detector;
use zhubi::typo::edit::{Edit, Way};
use zhubi::typo::features::FEATURES;
use zhubi::typo::model::symbols::{OTHER, Token};
use zhubi::typo::priors::ALARMS;
use zhubi::typo::reading::Reading;
use zhubi::typo::screen::{WIDE, inputs, wide};

/// An edit, and whether it mends the text.
pub struct Row {
    pub x: [f32; FEATURES],
    pub alarms: [u64; ALARMS],
    /// What the screen is told of the edit's place, and the edit's group.
    pub screen: [f32; WIDE],
    pub group: usize,
    pub way: Way,
    pub gain: f32,
    pub right: bool,
    pub weight: f32,
    /// Out of text with nothing wrong in it.
    pub clean: bool,
    /// The fold whose text it comes from, if any.
    pub fold: usize,
}

/// Texts of a fold's lines (each behind the number of its source and a tab), in an order drawn by lot, the sources in equal parts as far as they reach:
/// mostly a sentence or two, now and then more, as in the paragraphs of drafts, or one clause alone, as in headings and cells.
pub fn sentences(text: &str, most: usize, seed: u64) -> Vec<String> {
    let mut random = Random(seed);
    let mut sources: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (source, line) in text.lines().filter_map(|l| l.split_once('\t')) {
        let out = sources.entry(source).or_default();
        let mut current = String::new();
        let mut wanted = SENTENCES[random.below(SENTENCES.len())];
        for c in line.chars() {
            current.push(c);
            let ends_clause = wanted == 0 && matches!(c, '，' | '、' | '；' | '：');
            if ends_clause {
                current.pop();
            }
            if ends_clause || matches!(c, '。' | '！' | '？') {
                wanted = wanted.saturating_sub(1);
                if wanted == 0 || current.len() > LONGEST / 2 {
                    out.push(std::mem::take(&mut current));
                    wanted = SENTENCES[random.below(SENTENCES.len())];
                }
            }
        }
        out.push(current);
    }
    for of in sources.values_mut() {
        of.retain(|s| (SHORTEST..LONGEST).contains(&s.len()));
        shuffle(of, &mut random);
    }
    let mut out: Vec<String> = Vec::new();
    while out.len() < most && sources.values().any(|of| !of.is_empty()) {
        out.extend(sources.values_mut().filter_map(Vec::pop));
    }
    out
}

/// Of how many sentences a text is, each as likely as another; 0 stands for a clause.
const SENTENCES: [usize; 12] = [0, 1, 1, 1, 1, 1, 2, 2, 2, 3, 4, 6];
/// Bytes of the shortest and the longest text.
const SHORTEST: usize = 9;
const LONGEST: usize = 2000;

pub fn symbols(d: &Detector<'_>, text: &str) -> Vec<u16> {
    let mut tokens = Vec::new();
    d.symbols().tokens(text, &mut tokens);
    tokens.iter().map(|t| t.symbol).collect()
}

pub fn reading(d: &Detector<'_>, symbols: &[u16]) -> Reading {
    let mut r = Reading::default();
    let token = |(i, &symbol): (usize, &u16)| Token { symbol, start: i as u32, end: i as u32 + 1 };
    r.tokens = symbols.iter().enumerate().map(token).collect();
    r.read(d.proposer().model);
    r
}

/// What the screen is told of a place.
pub fn seen(d: &Detector<'_>, r: &Reading, at: usize) -> [f32; WIDE] {
    let p = d.proposer();
    wide(&p, r, at, &inputs(&p, r, at))
}

fn group(way: Way) -> usize {
    match way {
        Way::Insert | Way::Complete => 1,
        Way::Delete | Way::Transpose => 2,
        Way::Undouble => 3,
        _ => 0,
    }
}

pub fn mends(wrong: &[u16], right: &[u16], before: usize, e: &Edit) -> bool {
    let new = e.new_symbols();
    let cost = if new.len() == e.to - e.from {
        (0..new.len()).filter(|&k| new[k] != wrong[e.from + k]).count()
    } else {
        new.len().abs_diff(e.to - e.from)
    };
    if before < cost {
        return false;
    }
    let after: Vec<u16> = wrong[..e.from].iter().chain(new).chain(&wrong[e.to..]).copied().collect();
    distance(&after, right) + cost == before
}

/// Every edit proposed for a text, of the plainly wrong ones only some, with the weight of all.
pub fn rows(d: &Detector<'_>, wrong: &[u16], right: &[u16], weight: f32, fold: usize) -> Vec<Row> {
    rows_within(d, wrong, right, weight, fold, 0..wrong.len() + 1)
}

/// The rows of the edits that begin in a part of the text.
fn rows_within(
    d: &Detector<'_>,
    wrong: &[u16],
    right: &[u16],
    weight: f32,
    fold: usize,
    part: Range<usize>,
) -> Vec<Row> {
    let r = reading(d, wrong);
    let before = distance(wrong, right);
    d.judge(&r)
        .into_iter()
        .filter(|j| part.contains(&j.edit.from))
        .filter_map(|j| {
            let e = &j.edit;
            let right = before > 0 && mends(wrong, right, before, e);
            let every = match (right, e.way) {
                (false, Way::Delete) if e.gain < 12.0 => 8,
                (false, _) if e.gain < 5.0 => 4,
                _ => 1,
            };
            (e.from + wrong.len()).is_multiple_of(every).then(|| Row {
                screen: seen(d, &r, e.place),
                group: group(e.way),
                way: e.way,
                gain: e.gain,
                alarms: j.alarms,
                x: j.features,
                right,
                weight: weight * every as f32,
                clean: before == 0,
                fold,
            })
        })
        .collect()
}

/// Symbols to an error, in a text with errors.
const APART: f32 = 45.0;
/// How many errors stand near the one before, and how near.
const BESIDE_ANOTHER: f32 = 0.25;
const NEAR: usize = 7;
/// How far from a missing character the edits are still its own.
const ABOUT: usize = 5;

/// How many errors a text so long is to have.
fn errors(length: usize, random: &mut Random) -> usize {
    (length as f32 / APART + random.unit()) as usize
}

/// A text with errors in proportion to its length, of which there may be none.
fn with_errors(d: &Detector<'_>, slips: &Slips, right: &[u16], random: &mut Random) -> Vec<u16> {
    let mut wrong = right.to_vec();
    let mut last: Option<usize> = None;
    for _ in 0..errors(right.len(), random) {
        let within = match last {
            Some(at) if random.unit() < BESIDE_ANOTHER => at.saturating_sub(NEAR)..at + NEAR,
            _ => 0..wrong.len(),
        };
        if let Some(w) = (0..4).find_map(|_| corrupt(d, slips, &wrong, within.clone(), random)) {
            last = w.iter().zip(&wrong).position(|(a, b)| a != b);
            wrong = w;
        }
    }
    wrong
}

/// Rows of a fold: every text as it is, and a part of them once more with errors.
pub fn of_fold(
    d: &Detector<'_>,
    slips: &Slips,
    sentences: &[String],
    fold: usize,
    wrong_part: f32,
    wrong_weight: f32,
) -> Vec<Row> {
    let gathered: Vec<Vec<Row>> = sentences
        .par_iter()
        .enumerate()
        .map(|(n, s)| {
            let right = symbols(d, s);
            if right.iter().filter(|&&s| s == OTHER).count() * 5 > right.len() {
                return Vec::new();
            }
            let mut random = Random::one_of_many(0x9e37_79b9 + (4 * n + fold) as u64 * 7_919_993);
            let mut out = rows(d, &right, &right, 1.0, fold);
            if random.unit() < wrong_part {
                let wrong = with_errors(d, slips, &right, &mut random);
                if wrong != right {
                    out.extend(rows(d, &wrong, &right, wrong_weight * (1.0 - MISSING), fold));
                }
            }
            // Apart and more often, weighing less: few missing characters leave a trace, and all that do are needed.
            for _ in 0..errors(right.len(), &mut random) {
                if random.unit() < wrong_part
                    && let Some((wrong, i)) = omit(&right, &mut random)
                {
                    let weight = wrong_weight * MISSING;
                    let about = i.saturating_sub(ABOUT)..i + ABOUT;
                    out.extend(rows_within(d, &wrong, &right, weight, fold, about));
                }
            }
            out
        })
        .collect();
    gathered.into_iter().flatten().collect()
}
