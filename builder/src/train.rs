//! Trains the priors, the classifier and the screen.
//!
//! Each fold of the corpus is read with the n-grams of the others. Errors are as rare in the training data as
//! in drafts, so that the probabilities hold there.

use crate::corpus::FOLDS;
use crate::examples::{self, Row};
use crate::network::{self, Schedule, Task};
use crate::slips::{self, Slips};
use crate::{forest, fuse, ngrams, screen};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use zhubi::typo::Detector;
use zhubi::typo::classify::{self, Classifier, FIRST_HIDDEN, HIDDEN, MEMBERS, POSSIBLE, normalise};
use zhubi::typo::edit::{EDIT_KINDS, EditKind, Operation};
use zhubi::typo::features::{FEATURES, Feature, QUICK};
use zhubi::typo::model::forest::FORESTS;
use zhubi::typo::model::symbols::RADIX;
use zhubi::typo::priors::{ALARM_GAIN, ALARMS, MAX_LEVEL, level, window};

/// The share of texts that come once more with errors, and the weight of these: one error in some 450
/// symbols.
const WRONG_PART: f32 = 0.4;
const WRONG_WEIGHT: f32 = 0.25;
/// The first screen is trained on this part of the text (a divisor) and widened by these log-odds for the
/// training.
const FIRST_PART: usize = 8;
const LOOSER: f32 = 2.0;
/// Real corrections, and the weights of their wrong and right sides: few, but of real errors in unseen
/// sources.
const PAIRS: [(&str, [f32; 2]); 2] = [("cscd.tsv", [30.0, 50.0]), ("git-open.tsv", [30.0, 40.0])];

/// The small network must pass right edits from this logit on, by forest, but for a share of them.
const BELIEVED: [f32; FORESTS] = [-1.1, -1.1];
const DISMISSED: f32 = 0.02;

/// Bits of a cell of the table of false alarms.
const ALARM_CELL_BITS: u32 = 12;
/// A key is kept from so many false alarms on.
const LEAST_ALARMS: u32 = 2;
/// The weight of the mean of all symbols in the statistics of each, in occurrences.
const USUAL_WEIGHT: f64 = 20.0;
/// The largest weight of a real correction in the training of the small network.
const MAX_REAL_WEIGHT: f32 = 5.0;

/// Writes `surprise.bin`, `alarms.bin`, `classifier.bin`, `forests.bin` and `screen.bin` to `out`, which
/// holds what `ngrams` wrote.
pub fn run(out: &Path, packages: &Path, most: usize) {
    let model = |name: &str| -> Detector<'static> {
        let bytes = ngrams::assembled(out, name, &["surprise", "slips", "screen"]);
        let mut d = Detector::new(Box::leak(bytes.into_boxed_slice())).expect("a model of this version");
        d.screen.bias = LOOSER;
        d
    };
    let all = || model("all");
    let without = |f: usize| model(&format!("without{f}"));
    let fold = |f: usize| {
        let text = std::fs::read_to_string(out.join(format!("fold{f}.txt"))).expect("the fold's lines");
        examples::sentences(&text, most / FOLDS, 7 + f as u64)
    };
    let _ = std::fs::remove_file(out.join("surprise.bin"));
    let slips = Slips::read(packages, all().symbols());
    std::fs::write(out.join("slips.bin"), slips.table()).unwrap();
    let mut usual = Usual::default();
    for f in 0..FOLDS {
        usual.add(&without(f), &fold(f));
    }
    std::fs::write(out.join("surprise.bin"), usual.table()).unwrap();

    // First a part of the text with every place; then all of it with the places that the first screen lets
    // through.
    let _ = std::fs::remove_file(out.join("screen.bin"));
    for (part, lost) in [(FIRST_PART, &screen::LOST_IN_TRAINING), (1, &screen::LOST)] {
        let mut rows = Vec::new();
        for f in 0..FOLDS {
            let (d, sentences) = (without(f), fold(f));
            let sentences = &sentences[..sentences.len() / part];
            rows.extend(examples::of_fold(&d, &slips, sentences, f, WRONG_PART, WRONG_WEIGHT));
            eprintln!("fold {f}: {} rows in all", rows.len());
        }
        for pairs in PAIRS {
            rows.extend(real(&all(), &slips, packages, pairs));
        }
        eprintln!(
            "{} rows with the real corrections, {} right",
            rows.len(),
            rows.iter().filter(|r| r.right).count()
        );
        alarms(&mut rows, out);
        let (networks, trees) = classifier(&rows);
        std::fs::write(out.join("classifier.bin"), &networks).unwrap();
        std::fs::write(out.join("forests.bin"), &trees).unwrap();
        let c = Classifier::new(&networks, &trees);
        report(&rows, &c);
        let screen = screen::train(&rows, &c, &without(0), &fold(0), lost);
        std::fs::write(out.join("screen.bin"), screen).unwrap();
    }
}

/// Rows of real corrections.
fn real(d: &Detector<'_>, slips: &Slips, packages: &Path, (name, weights): (&str, [f32; 2])) -> Vec<Row> {
    let text = std::fs::read_to_string(packages.join(name)).expect("pairs");
    let rows: Vec<Vec<Row>> = slips::pairs(&text)
        .par_iter()
        .map(|(wrong, right)| {
            let (wrong, right) = (examples::symbols(d, wrong), examples::symbols(d, right));
            let mut out = examples::rows(d, &right, &right, weights[1], FOLDS);
            if wrong != right {
                out.extend(examples::rows(d, &wrong, &right, weights[0], FOLDS));
            }
            out
        })
        .collect();
    let mut rows: Vec<Row> = rows.into_iter().flatten().collect();
    // CSCD-NS holds replacements only and would count against all else; what histories of documentation
    // delete or add is often no error.
    rows.retain(|r| r.kind.operation() == Operation::Replace);
    // The slip itself was counted, which it would not be in unseen text.
    for r in rows.iter_mut().filter(|r| r.right) {
        r.x[Feature::Slip as usize] = level(slips.count(r.alarms[0]).saturating_sub(1) as f32) as f32;
    }
    rows
}

/// Mean and deviation of each symbol's window, as count, sum and sum of squares.
#[derive(Default)]
struct Usual(Vec<[f64; 3]>);

impl Usual {
    fn add(&mut self, d: &Detector<'_>, sentences: &[String]) {
        self.0.resize(RADIX as usize, [0.0; 3]);
        for s in sentences {
            let r = d.read(s);
            for (i, &s) in r.symbols[..r.len()].iter().enumerate() {
                let w = window(&r.scores, i) as f64;
                let sums = &mut self.0[s as usize];
                *sums = [sums[0] + 1.0, sums[1] + w, sums[2] + w * w];
            }
        }
    }

    /// The section as `Priors` reads it; rare symbols are drawn towards the mean of all.
    fn table(&self) -> Vec<u8> {
        let all = self.0.iter().fold([0.0; 3], |a, s| [a[0] + s[0], a[1] + s[1], a[2] + s[2]]);
        self.0
            .iter()
            .flat_map(|s| {
                let n = s[0] + USUAL_WEIGHT;
                let [_, sum, squares] = [0, 1, 2].map(|k| s[k] + USUAL_WEIGHT * all[k] / all[0]);
                let mean = sum / n;
                let deviation = (squares / n - mean * mean).max(0.0).sqrt();
                [(mean * -8.0).round() as u8, (deviation * 16.0).round() as u8]
            })
            .collect()
    }
}

/// Counts the false alarms in clean text by key, fills in the levels of the rows (of each fold from the
/// others), and writes the table.
fn alarms(rows: &mut [Row], out: &Path) {
    let mut counts: BTreeMap<u64, [u32; FOLDS + 1]> = BTreeMap::new();
    for r in rows.iter().filter(|r| r.clean && r.gain >= ALARM_GAIN) {
        for k in r.alarms.into_iter().filter(|&k| k != 0) {
            counts.entry(k).or_default()[r.fold] += r.weight.round() as u32;
        }
    }
    rows.par_iter_mut().for_each(|r| {
        for k in 0..ALARMS {
            let n = counts.get(&r.alarms[k]).map_or(0, |c| c.iter().sum::<u32>() - c[r.fold]) as f32;
            let part = if r.fold < FOLDS { (FOLDS - 1) as f32 / FOLDS as f32 } else { 1.0 };
            r.x[Feature::Alarms as usize + k] =
                if n < LEAST_ALARMS as f32 { 0.0 } else { level(n / part) as f32 };
        }
    });
    let kept: Vec<(u64, u32)> = counts
        .into_iter()
        .map(|(k, c)| (k, c.iter().sum::<u32>()))
        .filter(|x| x.1 >= LEAST_ALARMS)
        .map(|(k, n)| (k, level(n as f32)))
        .collect();
    let (keys, levels): (Vec<u64>, Vec<u32>) = kept.into_iter().unzip();
    let table = fuse::build(&keys, &levels, MAX_LEVEL + 1, ALARM_CELL_BITS);
    eprintln!("false alarms of {} keys in {} bytes", keys.len(), table.len());
    std::fs::write(out.join("alarms.bin"), table).unwrap();
}

/// The networks and the trees.
fn classifier(rows: &[Row]) -> (Vec<u8>, Vec<u8>) {
    let mass: f64 = rows.iter().map(|r| r.weight as f64).sum();
    let mut head = vec![0f32; 2 * FEATURES];
    for i in 0..FEATURES {
        let moment = |of: &dyn Fn(f64) -> f64| {
            rows.iter().map(|r| of(r.x[i] as f64) * r.weight as f64).sum::<f64>() / mass
        };
        let mean = moment(&|x| x);
        let deviation = moment(&|x| (x - mean).powi(2)).sqrt();
        (head[i], head[FEATURES + i]) = (mean as f32, (1.0 / deviation.max(0.02)) as f32);
    }
    let mut x = vec![0f32; rows.len() * FEATURES];
    x.par_chunks_mut(FEATURES).zip(rows).for_each(|(out, r)| {
        for i in 0..FEATURES {
            out[i] = normalise(r.x[i], head[i], head[FEATURES + i]);
        }
    });
    let y: Vec<f32> = rows.iter().map(|r| r.right as u8 as f32).collect();
    let weight: Vec<f32> = rows.iter().map(|r| r.weight).collect();
    let task = Task { inputs: FEATURES, outputs: 1, x: &x, y: &y, weight: &weight };
    let members: Vec<Vec<f32>> = (0..MEMBERS as u64)
        .into_par_iter()
        .map(|k| {
            let how = Schedule { epochs: 8, rate: 0.002, decay: 1e-5, spread: 0.25, seed: 4242 + 977 * k };
            network::fit(&task, HIDDEN, &how)
        })
        .collect();
    let second = members.concat();
    let none = vec![0.0; Classifier::HEAD - 2 * FEATURES];
    let networks = network::bytes(&[&head, &none[..], &second].concat());
    let trees = forests(rows, &Classifier::new(&networks, &[]));
    let judge = Classifier::new(&networks, &trees);
    let first = dismissing(rows, &x, &judge, |first| {
        Classifier::new(&network::bytes(&[&head, first, &second].concat()), &[])
    });
    let networks = network::bytes(&[head, first, second].concat());
    assert_eq!(networks.len(), Classifier::LENGTH);
    (networks, trees)
}

fn features<'r>(rows: &[&'r Row]) -> Vec<&'r [f32; FEATURES]> {
    rows.iter().map(|r| &r.x).collect()
}

/// The trees: of what the networks hold possible, but of all insertions.
fn forests(rows: &[Row], networks: &Classifier<'_>) -> Vec<u8> {
    let plans = [
        forest::Plan { trees: 300, leaves: 63, rate: 0.07, least_rows: 100, shrink: 2.0, seed: 31 },
        forest::Plan { trees: 200, leaves: 31, rate: 0.08, least_rows: 60, shrink: 2.0, seed: 32 },
    ];
    let of: Vec<Vec<&Row>> = [POSSIBLE[0], f32::NEG_INFINITY]
        .into_iter()
        .enumerate()
        .map(|(k, least)| {
            let seen = |r: &&Row| classify::forest(r.kind) == k && networks.network(&r.x) > least;
            rows.par_iter().filter(seen).collect()
        })
        .collect();
    let thresholds = forest::thresholds(&features(&of.concat()));
    let trees: Vec<forest::Trees> = of
        .iter()
        .zip(&plans)
        .map(|(of, plan)| {
            let right: Vec<bool> = of.iter().map(|r| r.right).collect();
            let weight: Vec<f32> = of.iter().map(|r| r.weight).collect();
            forest::fit(&features(of), &right, &weight, &thresholds, plan)
        })
        .collect();
    forest::bytes(&thresholds, &trees)
}

/// The small network and its limits: what `judge` accepts must pass. `x` holds the normalised features;
/// `with` makes a classifier of a small network.
fn dismissing<'c>(
    rows: &[Row],
    x: &[f32],
    judge: &Classifier<'_>,
    with: impl Fn(&[f32]) -> Classifier<'c>,
) -> Vec<f32> {
    let accepted: Vec<bool> = rows
        .par_iter()
        .map(|r| r.right && judge.logit(&r.x, r.kind) > BELIEVED[classify::forest(r.kind)])
        .collect();
    let x: Vec<f32> = x.chunks_exact(FEATURES).flat_map(|r| &r[..QUICK]).copied().collect();
    let y: Vec<f32> = accepted.iter().map(|&b| b as u8 as f32).collect();
    let weight: Vec<f32> =
        rows.iter().map(|r| if r.fold == FOLDS { r.weight.min(MAX_REAL_WEIGHT) } else { r.weight }).collect();
    let task = Task { inputs: QUICK, outputs: 1, x: &x, y: &y, weight: &weight };
    let how = Schedule { epochs: 3, rate: 0.002, decay: 0.0, spread: 0.4, seed: 99 };
    let mut first = network::fit(&task, FIRST_HIDDEN, &how);
    let limits = first.len();
    first.extend([0.0; EDIT_KINDS]);
    let small = with(&first);
    let logits: Vec<f32> = rows.par_iter().map(|r| small.first(r.x[..QUICK].try_into().unwrap())).collect();
    let (mut passed, mut all) = (0.0, 0.0);
    for kind in EditKind::ALL {
        let of = || (0..rows.len()).filter(|&n| rows[n].kind == kind);
        let mut must: Vec<(f32, f32)> =
            of().filter(|&n| accepted[n]).map(|n| (logits[n], weight[n])).collect();
        must.sort_by(|a, b| a.0.total_cmp(&b.0));
        // Where nothing was accepted nothing passes.
        let limit = network::losing(&must, DISMISSED).map_or(f32::MAX, |limit| limit - 1e-3);
        first[limits + kind as usize] = limit;
        let clean = || of().filter(|&n| rows[n].clean && rows[n].fold < FOLDS);
        all += clean().map(|n| weight[n]).sum::<f32>();
        passed += clean().filter(|&n| logits[n] > limit).map(|n| weight[n]).sum::<f32>();
    }
    eprintln!("{:.1} % of the edits of clean text are not dismissed at once", 100.0 * passed / all);
    first
}

/// Prints what each kind of edit finds, and the gains of its right edits: the basis of
/// `EditKind::least_gain`.
fn report(rows: &[Row], c: &Classifier<'_>) {
    let logits: Vec<f32> = rows.par_iter().map(|r| c.logit(&r.x, r.kind)).collect();
    for kind in EditKind::ALL {
        let of: Vec<(&Row, f32)> =
            rows.iter().zip(&logits).filter(|r| r.0.kind == kind).map(|(r, &l)| (r, l)).collect();
        let sum = |keep: &dyn Fn(&Row, f32) -> bool| -> f32 {
            of.iter().filter(|(r, l)| keep(r, *l)).map(|(r, _)| r.weight).sum()
        };
        let found = |p: f32| {
            let limit = (p / (1.0 - p)).ln();
            format!("{:.0}/{:.0}", sum(&|r, l| l > limit && r.right), sum(&|_, l| l > limit))
        };
        let mut gains: Vec<f32> =
            of.iter().filter(|(r, l)| r.right && *l > 0.0).map(|(r, _)| r.gain).collect();
        gains.sort_by(f32::total_cmp);
        let at = |q: f64| gains.get((gains.len() as f64 * q) as usize).copied().unwrap_or(f32::NAN);
        eprintln!(
            "{kind:?}: {} rows, {:.0} right; right of found at 0.5 {}, 0.8 {}, 0.9 {}; \
             gains of those {:.1} {:.1} {:.1}",
            of.len(),
            sum(&|r, _| r.right),
            found(0.5),
            found(0.8),
            found(0.9),
            at(0.005),
            at(0.01),
            at(0.02)
        );
    }
}
