//! What the classifier is told of an edit. The trainer and the detector share this code.

use super::propose::{Edit, Proposer, WAYS, Way};
use super::reading::{REACH, Reading};
use crate::chinese::segment::{WINDOW, segment};
use crate::chinese::symbol::HANZI;

/// The place of the pair's false alarms among the features; the trainer fills it in itself.
pub const PAIR_FEATURE: usize = WAYS + 46;
/// How many numbers describe an edit.
pub const FEATURES: usize = WAYS + 47;

/// False alarms of a pair counted on edited text, as a level.
pub fn pair_level(count: u32) -> u32 {
    (((1 + count) as f32).ln() * 2.0).round().min(15.0) as u32
}

/// What the classifier is told of an edit.
pub fn features(p: &Proposer<'_, '_>, r: &Reading, e: &Edit) -> [f32; FEATURES] {
    let mut f = [0.0; FEATURES];
    f[e.way as usize] = 1.0;
    let mut n = WAYS;
    let mut put = |v: f32| {
        f[n] = v;
        n += 1;
    };
    let old = &r.scores[e.from..(e.to + REACH).min(r.scores.len())];
    let new = &e.scores[..e.score_count];
    let (old_len, new_len) = (e.to - e.from, e.new_symbols().len());
    let changed = old_len.max(new_len) as f32;
    put(e.gain);
    put(e.margin.min(15.0));
    put((e.rivals as f32).ln_1p());
    put(e.gain / (1.0 + changed));
    // How the text reads at the place and after it, before and after.
    for (scores, len) in [(old, old_len), (new, new_len)] {
        let at = |k: usize| scores.get(k).map_or(-3.0, |s| s.logp);
        put(if len > 0 { scores[..len].iter().map(|s| s.logp).sum::<f32>() / len as f32 } else { -3.0 });
        put(at(len));
        put(at(len + 1));
        put(scores.iter().map(|s| s.logp).fold(0.0, f32::min));
        put(if len > 0 { scores[0].order as f32 } else { 0.0 });
        // How far the n-grams of the symbols after the place reach into it.
        let mut deepest = 0.0f32;
        for k in 0..3 {
            let reach = scores.get(len + k).map_or(0.0, |s| (s.order as f32 - 1.0 - k as f32).max(0.0));
            put(reach);
            deepest = deepest.max(if reach > 0.0 { scores[len + k].order as f32 } else { 0.0 });
        }
        put(deepest);
    }
    // The ground around it: names and rare terms lie on a low plateau.
    let around = |from: usize, to: usize| {
        let (from, to) = (from.min(r.scores.len()), to.min(r.scores.len()));
        let part = &r.scores[from..to];
        if part.is_empty() {
            (-3.0, -3.0)
        } else {
            (
                part.iter().map(|s| s.logp).sum::<f32>() / part.len() as f32,
                part.iter().map(|s| s.logp).fold(0.0, f32::min),
            )
        }
    };
    let (left, left_min) = around(e.from.saturating_sub(6), e.from);
    let (right, right_min) = around(e.to + 2, e.to + 9);
    let (_, near_left) = around(e.from.saturating_sub(2), e.from);
    put(left);
    put(left_min);
    put(near_left);
    put(right);
    put(right_min);
    let (all, _) = around(e.from.saturating_sub(25), e.to + 25);
    put(all);
    put((r.len() as f32).ln());
    let mean = |w: &[u16]| {
        if w.is_empty() { -7.0 } else { w.iter().map(|&s| p.model.unigram(s)).sum::<f32>() / w.len() as f32 }
    };
    put(mean(&r.symbols[e.from..e.to]));
    put(mean(e.new_symbols()));
    // Words, before and after.
    let from = e.from.saturating_sub(5);
    let to = (e.to + 5).min(r.len());
    let mut window = [0u16; WINDOW];
    let mut segmented = |middle: &[u16]| {
        let mut k = 0;
        for &s in r.symbols[from..e.from].iter().chain(middle).chain(&r.symbols[e.to..to.max(e.to)]) {
            if k < WINDOW {
                window[k] = s;
                k += 1;
            }
        }
        segment(p.lexicon, |s| p.model.unigram(s), &window[..k], e.from - from)
    };
    let before = segmented(&r.symbols[e.from..e.to]);
    let after = segmented(e.new_symbols());
    put(after.logp - before.logp);
    put(before.length);
    put(before.frequency);
    put(after.length);
    put(after.frequency);
    put(after.words - before.words);
    put(after.singles - before.singles);
    put(before.singles);
    // Circumstances.
    let symbol = |k: Option<usize>| k.and_then(|k| r.symbols.get(k)).copied().unwrap_or(0);
    let (previous, next) = (symbol(e.from.checked_sub(1)), symbol(Some(e.to)));
    put((previous < HANZI) as u8 as f32);
    put((next < HANZI) as u8 as f32);
    let repeats = e.from < e.to && (r.symbols[e.from] == previous || r.symbols[e.to - 1] == next);
    put(repeats as u8 as f32);
    put(old_len as f32);
    put((e.way == Way::Undouble && old_len == 1) as u8 as f32);
    f[PAIR_FEATURE] = p.false_alarms(r, e) as f32;
    f
}
