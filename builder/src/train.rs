//! Trains the classifier on held-out text with errors put in, and on real pairs of wrong and right.

use crate::corrupt::{Random, corrupt, distance};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use zhubi::chinese::symbol::{OTHER, Token};
use zhubi::chinese::typo::classify::{Classifier, HIDDEN};
use zhubi::chinese::typo::features::FEATURES;
use zhubi::chinese::typo::features::{PAIR_FEATURE, pair_level};
use zhubi::chinese::typo::propose::{Proposer, WAYS, Way};
use zhubi::chinese::typo::reading::Reading;
use zhubi::chinese::typo::screen::{GROUPS, INPUTS, Screen, UNITS, inputs};
use zhubi::chinese::typo::{Detector, propose::Edit};

/// A place for the screen: its inputs and which groups of edits hold the right one there.
struct Place {
    x: [f32; INPUTS],
    y: [f32; GROUPS],
    weight: f32,
}

pub struct Row {
    pub x: [f32; FEATURES],
    /// The inputs of the screen at the edit's place, and the edit's group.
    screen: [f32; INPUTS],
    group: usize,
    /// Written and proposed, where one character replaces one.
    pair: Option<u64>,
    pub y: f32,
    pub weight: f32,
    pub way: usize,
}

/// Sentences of the held-out lines, now and then two or three together.
fn sentences(held: &str, random: &mut Random) -> Vec<String> {
    let mut out = Vec::new();
    for line in held.lines() {
        let mut current = String::new();
        let mut wanted = 1 + random.below(2);
        for c in line.chars() {
            current.push(c);
            if matches!(c, '。' | '！' | '？') {
                wanted -= 1;
                if wanted == 0 || current.len() > 400 {
                    out.push(std::mem::take(&mut current));
                    wanted = 1 + random.below(2);
                }
            }
        }
        out.push(current);
    }
    out.retain(|s| (24..700).contains(&s.len()));
    out
}

fn reading(d: &Detector<'_>, symbols: &[u16]) -> Reading {
    let mut r = Reading {
        tokens: symbols
            .iter()
            .enumerate()
            .map(|(i, &s)| Token { symbol: s, start: i as u32, end: i as u32 + 1 })
            .collect(),
        ..Default::default()
    };
    r.read(&d.proposer().model);
    r
}

fn group(way: Way) -> usize {
    match way {
        Way::Insert | Way::Complete => 1,
        Way::Delete | Way::Transpose => 2,
        Way::Undouble => 3,
        _ => 0,
    }
}

fn mends(wrong: &[u16], right: &[u16], before: usize, e: &Edit) -> bool {
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

fn rows(d: &Detector<'_>, wrong: &[u16], right: &[u16], weight: f32) -> Vec<Row> {
    let r = reading(d, wrong);
    let before = distance(wrong, right);
    d.judge(&r)
        .into_iter()
        .filter_map(|j| {
            let y = mends(wrong, right, before, &j.edit) as u8 as f32;
            // Most edits that leave something out are plainly wrong: every fourth of these tells enough.
            let bulk = j.edit.way == Way::Delete && y < 0.5 && j.edit.gain < 12.0;
            (!bulk || (j.edit.from + wrong.len()) % 4 == 0).then(|| (j, y, if bulk { 4.0 } else { 1.0 }))
        })
        .map(|(j, y, times)| Row {
            x: j.features,
            screen: inputs(d.proposer().model, &r, j.edit.place),
            group: group(j.edit.way),
            pair: Proposer::pair_key(&r, &j.edit),
            y,
            weight: weight * times,
            way: j.edit.way as usize,
        })
        .collect()
}

pub fn run(model: &Path, held: &Path, pairs: Option<&Path>, out: &Path, screen: &Path, most: usize) {
    let bytes: &'static [u8] = Box::leak(std::fs::read(model).unwrap().into_boxed_slice());
    let d = Detector::new(bytes).unwrap();
    let held = std::fs::read_to_string(held).unwrap();
    let mut all = sentences(&held, &mut Random(7));
    let mut random = Random(99);
    for i in (1..all.len()).rev() {
        all.swap(i, random.below(i + 1));
    }
    all.truncate(most);
    eprintln!("{} sentences", all.len());
    // Every sentence twice, with errors of its own each time.
    let gathered: Vec<Vec<Row>> = (0..2 * all.len())
        .into_par_iter()
        .map(|n| {
            let s = &all[n % all.len()];
            let mut random = Random(0x9e37_79b9 + n as u64 * 7_919_993);
            (0..3).for_each(|_| {
                random.next();
            });
            let mut tokens = Vec::new();
            d.symbols().tokens(s, &mut tokens);
            let right: Vec<u16> = tokens.iter().map(|t| t.symbol).collect();
            if right.iter().filter(|&&s| s == OTHER).count() * 5 > right.len() {
                return Vec::new();
            }
            let mut wrong = right.clone();
            let errors = [0, 0, 1, 1, 1, 1, 1, 1, 2, 2][random.below(10)];
            for _ in 0..errors {
                for _ in 0..4 {
                    if let Some(w) = corrupt(&d, &wrong, &mut random) {
                        wrong = w;
                        break;
                    }
                }
            }
            rows(&d, &wrong, &right, 1.0)
        })
        .collect();
    let cut = all.len() * 9 / 10;
    let mut train = Vec::new();
    let mut test = Vec::new();
    for (n, g) in gathered.into_iter().enumerate() {
        if n % all.len() < cut { train.extend(g) } else { test.extend(g) }
    }
    if let Some(p) = pairs {
        // Only every second pair: the others tell whether this helps.
        let lines: Vec<(Vec<u16>, Vec<u16>)> = std::fs::read_to_string(p)
            .unwrap()
            .lines()
            .step_by(2)
            .map(|l| {
                let mut tokens = Vec::new();
                let mut row = |t: &str| {
                    d.symbols().tokens(t, &mut tokens);
                    tokens.iter().map(|t| t.symbol).collect()
                };
                let (a, b) = l.split_once('\t').unwrap();
                (row(a), row(b))
            })
            .collect();
        let real: Vec<Vec<Row>> = lines.par_iter().map(|(a, b)| rows(&d, a, b, 3.0)).collect();
        let n = train.len();
        train.extend(real.into_iter().flatten());
        eprintln!("{} rows of real pairs", train.len() - n);
    }
    eprintln!(
        "{} rows to train, {} to test, {} right",
        train.len(),
        test.len(),
        train.iter().filter(|r| r.y > 0.5).count()
    );
    let alarms = false_alarms(&d, &all[..cut]);
    write_pairs(&alarms, &screen.with_extension("pairs"));
    for r in train.iter_mut().chain(&mut test) {
        // Its own false alarm is not evidence against it: in text not yet seen it would not have been counted.
        let own = (r.y < 0.5 && r.x[WAYS] >= ALARM_GAIN) as u32;
        let count = r.pair.and_then(|k| alarms.get(&k)).copied().unwrap_or(0);
        r.x[PAIR_FEATURE] = pair_level(count.saturating_sub(own)) as f32;
    }
    let weights = fit(&train);
    let bytes: Vec<u8> = weights.iter().flat_map(|w| w.to_le_bytes()).collect();
    assert_eq!(bytes.len(), Classifier::LENGTH);
    std::fs::write(out, &bytes).unwrap();
    let c = Classifier::new(&bytes);
    screen_from(&d, &train, &c, &all, screen);
    for way in 0..zhubi::chinese::typo::propose::WAYS {
        let mut gains: Vec<f32> = train
            .iter()
            .filter(|r| r.way == way && r.y > 0.5 && c.logit(&r.x) > 1.5)
            .map(|r| r.x[zhubi::chinese::typo::propose::WAYS])
            .collect();
        gains.sort_by(f32::total_cmp);
        let all = train.iter().filter(|r| r.way == way).map(|r| r.weight).sum::<f32>();
        if gains.len() > 50 {
            let q: Vec<String> = [0.005, 0.01, 0.02, 0.05]
                .iter()
                .map(|q| {
                    let g = gains[(gains.len() as f64 * q) as usize];
                    format!(
                        "{q}: {g:.1} (skips {:.0} %)",
                        100.0
                            * train
                                .iter()
                                .filter(|r| r.way == way && r.x[zhubi::chinese::typo::propose::WAYS] < g)
                                .map(|r| r.weight)
                                .sum::<f32>()
                            / all
                    )
                })
                .collect();
            eprintln!("gain of right edits, way {way}: {}", q.join(", "));
        }
    }
    let scored: Vec<(f32, &Row)> = test.iter().map(|r| (c.logit(&r.x), r)).collect();
    for way in 0..zhubi::chinese::typo::propose::WAYS {
        let of: Vec<_> = scored.iter().filter(|s| s.1.way == way).collect();
        let right = of.iter().filter(|s| s.1.y > 0.5).count();
        let at = |t: f32| {
            let said = of.iter().filter(|s| s.0 > t).count();
            let hit = of.iter().filter(|s| s.0 > t && s.1.y > 0.5).count();
            format!("{hit}/{said}")
        };
        eprintln!(
            "way {way:2}: {:6} edits, {right:5} right; said at 0.5 {}, at 0.8 {}, at 0.9 {}",
            of.len(),
            at(0.0),
            at(1.386),
            at(2.197)
        );
    }
}

/// From this gain on a proposal in edited text counts as a false alarm of its pair.
const ALARM_GAIN: f32 = 4.0;

/// How often each pair gains in clean text: 或 for 和 does, 己 for 已 does not.
fn false_alarms(d: &Detector<'_>, clean: &[String]) -> BTreeMap<u64, u32> {
    let found: Vec<Vec<u64>> = clean
        .par_iter()
        .map(|s| {
            let r = d.read(s);
            d.judge(&r)
                .into_iter()
                .filter(|j| j.edit.gain >= ALARM_GAIN)
                .filter_map(|j| Proposer::pair_key(&r, &j.edit))
                .collect()
        })
        .collect();
    let mut alarms = BTreeMap::new();
    found.into_iter().flatten().for_each(|k| *alarms.entry(k).or_insert(0) += 1);
    alarms
}

fn write_pairs(alarms: &BTreeMap<u64, u32>, out: &Path) {
    let kept: Vec<(u64, u32)> =
        alarms.iter().filter(|x| *x.1 >= 2).map(|(&k, &n)| (k, pair_level(n))).collect();
    let (keys, codes): (Vec<u64>, Vec<u32>) = kept.into_iter().unzip();
    eprintln!("{} pairs with false alarms", keys.len());
    std::fs::write(out, crate::fuse::build(&keys, &codes, 16, 12)).unwrap();
}

/// Row width: the features, a one for the bias, padding to whole lanes.
const WIDE: usize = (FEATURES + 1).next_multiple_of(8);

fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0f32; 8];
    for (x, y) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for k in 0..8 {
            lanes[k] += x[k] * y[k];
        }
    }
    lanes.iter().sum()
}

/// Adam on the weighted logistic loss of a network with one hidden layer.
fn fit(rows: &[Row]) -> Vec<f32> {
    let n = rows.len() as f64;
    let mut head = vec![0f32; 2 * FEATURES];
    for i in 0..FEATURES {
        let mean = rows.iter().map(|r| r.x[i] as f64).sum::<f64>() / n;
        let var = rows.iter().map(|r| (r.x[i] as f64 - mean).powi(2)).sum::<f64>() / n;
        head[i] = mean as f32;
        head[FEATURES + i] = (1.0 / var.sqrt().max(0.02)) as f32;
    }
    let xs: Vec<[f32; WIDE]> = rows
        .par_iter()
        .map(|r| {
            std::array::from_fn(|i| match i {
                _ if i < FEATURES => ((r.x[i] - head[i]) * head[FEATURES + i]).clamp(-5.0, 5.0),
                FEATURES => 1.0,
                _ => 0.0,
            })
        })
        .collect();
    let mut random = Random(4242);
    let out = HIDDEN * WIDE;
    let size = out + HIDDEN + 1;
    let mut w: Vec<f32> = (0..size).map(|_| (random.unit() - 0.5) * 0.25).collect();
    let (mut m, mut v) = (vec![0f32; size], vec![0f32; size]);
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let (batch, epochs) = (256, 8);
    let mut step = 0i32;
    for epoch in 0..epochs {
        for i in (1..order.len()).rev() {
            order.swap(i, random.below(i + 1));
        }
        let mut total = 0f64;
        let mut g = vec![0f32; size];
        for part in order.chunks(batch) {
            g.fill(0.0);
            for &k in part {
                let x = &xs[k];
                let mut hidden = [0f32; HIDDEN];
                let mut logit = w[out + HIDDEN];
                for h in 0..HIDDEN {
                    hidden[h] = dot(&w[h * WIDE..(h + 1) * WIDE], x).max(0.0);
                    logit += hidden[h] * w[out + h];
                }
                let p = 1.0 / (1.0 + (-logit).exp());
                let (y, weight) = (rows[k].y, rows[k].weight);
                total -= (weight * if y > 0.5 { p.max(1e-7).ln() } else { (1.0 - p).max(1e-7).ln() }) as f64;
                let e = (p - y) * weight;
                if e.abs() < 1e-5 {
                    continue;
                }
                g[out + HIDDEN] += e;
                for h in 0..HIDDEN {
                    if hidden[h] > 0.0 {
                        g[out + h] += e * hidden[h];
                        let back = e * w[out + h];
                        for (a, b) in g[h * WIDE..(h + 1) * WIDE].iter_mut().zip(x) {
                            *a += back * b;
                        }
                    }
                }
            }
            step += 1;
            let rate = 0.002 * (1.0 - epoch as f32 / epochs as f32).max(0.1);
            let (c1, c2) = (1.0 - 0.9f32.powi(step), 1.0 - 0.999f32.powi(step));
            for i in 0..size {
                let gi = g[i] / part.len() as f32 + 1e-5 * w[i];
                m[i] = 0.9 * m[i] + 0.1 * gi;
                v[i] = 0.999 * v[i] + 0.001 * gi * gi;
                w[i] -= rate * (m[i] / c1) / ((v[i] / c2).sqrt() + 1e-8);
            }
        }
        eprintln!("epoch {epoch}: loss {:.5}", total / n);
    }
    for h in 0..HIDDEN {
        head.extend(&w[h * WIDE..h * WIDE + FEATURES + 1]);
    }
    head.extend(&w[out..]);
    head
}

/// Trains the screen on what the classifier found: right edits said with some confidence must pass, clean text must not.
fn screen_from(d: &Detector<'_>, rows: &[Row], c: &Classifier, clean: &[String], out: &Path) {
    let mut places: Vec<Place> = rows
        .par_iter()
        .filter(|r| r.y > 0.5 && r.group < 3 && c.logit(&r.x) > [1.0, 2.0, 2.0][r.group])
        .map(|r| {
            let mut y = [0.0; GROUPS];
            y[r.group] = 1.0;
            Place { x: r.screen, y, weight: r.weight }
        })
        .collect();
    let positive = places.len();
    let negative: Vec<Vec<Place>> = clean
        .par_iter()
        .map(|s| {
            let r = d.read(s);
            (0..r.len())
                .filter(|&i| r.scores[i].logp + r.scores[i + 1].logp < -7.0)
                .map(|i| Place { x: inputs(d.proposer().model, &r, i), y: [0.0; GROUPS], weight: 0.15 })
                .collect()
        })
        .collect();
    let read: usize = clean.iter().map(|s| s.chars().count()).sum();
    places.extend(negative.into_iter().flatten());
    eprintln!(
        "screen: {positive} places to pass, {} of clean text ({read} characters)",
        places.len() - positive
    );
    let size = UNITS * (INPUTS + 1) + GROUPS * (UNITS + 1);
    let mut random = Random(31);
    let mut w: Vec<f32> = (0..size).map(|_| (random.unit() - 0.5) * 0.5).collect();
    let (mut m, mut v) = (vec![0f32; size], vec![0f32; size]);
    let mut order: Vec<usize> = (0..places.len()).collect();
    let out_at = UNITS * (INPUTS + 1);
    let mut step = 0;
    let epochs = 4;
    for epoch in 0..epochs {
        for i in (1..order.len()).rev() {
            order.swap(i, random.below(i + 1));
        }
        for part in order.chunks(256) {
            let mut g = vec![0f32; size];
            for &k in part {
                let p = &places[k];
                let mut hidden = [0f32; UNITS];
                for h in 0..UNITS {
                    let row = &w[h * (INPUTS + 1)..(h + 1) * (INPUTS + 1)];
                    hidden[h] = (row[INPUTS] + p.x.iter().zip(row).map(|(a, b)| a * b).sum::<f32>()).max(0.0);
                }
                let mut back = [0f32; UNITS];
                for o in 0..GROUPS {
                    // A place that must pass for one group says nothing of the others.
                    if p.y.iter().any(|&y| y > 0.5) && p.y[o] < 0.5 {
                        continue;
                    }
                    let row = out_at + o * (UNITS + 1);
                    let logit: f32 = w[row + UNITS] + (0..UNITS).map(|h| hidden[h] * w[row + h]).sum::<f32>();
                    let e = (1.0 / (1.0 + (-logit).exp()) - p.y[o]) * p.weight;
                    g[row + UNITS] += e;
                    for h in 0..UNITS {
                        g[row + h] += e * hidden[h];
                        back[h] += e * w[row + h];
                    }
                }
                for h in 0..UNITS {
                    if hidden[h] > 0.0 {
                        let row = h * (INPUTS + 1);
                        p.x.iter().enumerate().for_each(|(i, x)| g[row + i] += back[h] * x);
                        g[row + INPUTS] += back[h];
                    }
                }
            }
            step += 1;
            let rate = 0.003 * (1.0 - epoch as f32 / epochs as f32);
            let (c1, c2) = (1.0 - 0.9f32.powi(step), 1.0 - 0.999f32.powi(step));
            for i in 0..size {
                let gi = g[i] / part.len() as f32;
                m[i] = 0.9 * m[i] + 0.1 * gi;
                v[i] = 0.999 * v[i] + 0.001 * gi * gi;
                w[i] -= rate * (m[i] / c1) / ((v[i] / c2).sqrt() + 1e-8);
            }
        }
    }
    w.extend([0.0; GROUPS]);
    let bytes = |w: &[f32]| w.iter().flat_map(|x| x.to_le_bytes()).collect::<Vec<u8>>();
    let s = Screen::new(&bytes(&w));
    for g in 0..GROUPS {
        let mut right: Vec<f32> =
            places[..positive].iter().filter(|p| p.y[g] > 0.5).map(|p| s.logits(&p.x)[g]).collect();
        right.sort_by(f32::total_cmp);
        for q in [0.01, 0.02, 0.03, 0.05, 0.08] {
            let limit = right[(right.len() as f64 * q) as usize];
            let passed = places[positive..].iter().filter(|p| s.logits(&p.x)[g] > limit).count();
            eprintln!(
                "screen group {g}: losing {q} of the right lets {:.2} % of clean text pass",
                100.0 * passed as f64 / read as f64
            );
        }
        let q = [0.025, 0.22, 0.14][g];
        w[size + g] = right[(right.len() as f64 * q) as usize];
    }
    std::fs::write(out, bytes(&w)).unwrap();
}
