//! Labelled edits: of clean text that the n-grams have not seen, of the same text with errors, and of real
//! corrections.

use crate::corrupt::{MISSING, corrupt, omit};
use crate::distance::{corrects, distance};
use crate::random::Random;
use crate::slips::Slips;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;
use zhubi::typo::Detector;
use zhubi::typo::edit::EditKind;
use zhubi::typo::features::FEATURES;
use zhubi::typo::model::symbols::{OTHER, Token};
use zhubi::typo::priors::ALARMS;
use zhubi::typo::reading::Reading;
use zhubi::typo::screen::{self, WIDE, inputs, wide};

/// An edit, and whether it is right.
pub struct Row {
    pub x: [f32; FEATURES],
    pub alarms: [u64; ALARMS],
    /// The screen's inputs for the edit's place.
    pub screen: [f32; WIDE],
    /// The edit's group in the screen.
    pub group: Option<usize>,
    pub kind: EditKind,
    pub gain: f32,
    pub right: bool,
    pub weight: f32,
    /// Whether the text has no error.
    pub clean: bool,
    /// The fold of the text; `FOLDS` for real corrections.
    pub fold: usize,
}

/// Texts of a fold's lines (source number, tab, line) in random order, the same number from each source as
/// far as there are enough: mostly a sentence or two, sometimes more, as in paragraphs, or a single clause,
/// as in headings and cells.
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
        random.shuffle(of);
    }
    let mut out: Vec<String> = Vec::new();
    while out.len() < most && sources.values().any(|of| !of.is_empty()) {
        out.extend(sources.values_mut().filter_map(Vec::pop));
    }
    out
}

/// How many sentences a text has, with equal probability; 0 stands for a clause.
const SENTENCES: [usize; 12] = [0, 1, 1, 1, 1, 1, 2, 2, 2, 3, 4, 6];
/// The shortest and the longest text, in bytes.
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

/// The screen's inputs for a place.
pub fn screen_inputs(d: &Detector<'_>, r: &Reading, at: usize) -> [f32; WIDE] {
    let p = d.proposer();
    wide(&p, r, at, &inputs(&p, r, at))
}

/// The edits proposed for a text. Of the plainly wrong ones only some are taken, with the weight of all.
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
    d.classify(&r)
        .into_iter()
        .filter(|j| part.contains(&j.edit.from))
        .filter_map(|j| {
            let e = &j.edit;
            let right = before > 0 && corrects(wrong, right, before, e);
            let every = match (right, e.kind) {
                (false, EditKind::Delete) if e.gain < WEAK_DELETION => 8,
                (false, _) if e.gain < WEAK => 4,
                _ => 1,
            };
            (e.from + wrong.len()).is_multiple_of(every).then(|| Row {
                screen: screen_inputs(d, &r, e.place),
                group: screen::group(e.kind),
                kind: e.kind,
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

/// The gain below which a wrong deletion, and any other wrong edit, is plainly wrong.
const WEAK_DELETION: f32 = 12.0;
const WEAK: f32 = 5.0;
/// Symbols per error, in a text with errors.
const APART: f32 = 45.0;
/// The share of errors that are put near the last one, and how near.
const BESIDE_ANOTHER: f32 = 0.25;
const NEAR: usize = 7;
/// How near a missing character an edit must be to count.
const ABOUT: usize = 5;

/// The number of errors for a text of this length.
fn errors(length: usize, random: &mut Random) -> usize {
    (length as f32 / APART + random.unit()) as usize
}

/// A text with errors in proportion to its length; there may be none.
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

/// Rows of a fold: of every text as it is, and of some once more with errors.
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
            // Separately, more often and with less weight: few missing characters leave a trace, and all that
            // do are needed.
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
