//! What the classifier is told of an edit. The trainer and the detector share this code.

use super::candidates::{Proposer, spans};
use super::edit::{Edit, WAYS, Way};
use super::priors::{ALARMS, Habits, window};
use super::reading::{REACH, Reading};
use crate::typo::model::symbols::{DIGITS, HANZI, LATIN, OTHER, PUNCTUATION};
use crate::typo::segment::{WINDOW, segment};
use std::ops::Range;

/// Where the level of the known slip lies among the features.
pub const SLIP_FEATURE: usize = WAYS + 62;
/// Where the levels of false alarms begin among the features; the trainer fills them in itself.
pub const ALARM_FEATURES: usize = SLIP_FEATURE + 1;
/// Where the length lies, in characters, of the likeliest word about what is written …
pub const WORD_BEFORE: usize = QUICK + 9;
/// … and about what is proposed.
pub const WORD_AFTER: usize = QUICK + 11;
/// How many numbers describe an edit.
pub const FEATURES: usize = ALARM_FEATURES + ALARMS;
/// The first of them are known as soon as the edit is: by them most edits are dismissed.
pub const QUICK: usize = WAYS + 26;

/// How far a name is looked for again.
const NEAR: usize = 150;
/// How far words are looked for on either side.
const WORDS: usize = 7;
/// The longest quotation whose inside is known as such.
const QUOTED: usize = 14;

/// The features known at once: how the text reads, before and after, which words there are at the place, and how alike is what is exchanged.
pub fn quick(p: &Proposer<'_, '_>, r: &Reading, e: &Edit) -> [f32; QUICK] {
    let mut f = [0.0; QUICK];
    f[e.way as usize] = 1.0;
    let mut n = WAYS;
    let mut put = |v: f32| {
        f[n] = v;
        n += 1;
    };
    let old = &r.scores[e.from..(e.to + REACH).min(r.scores.len())];
    let new = &e.scores[..e.score_count];
    let (old_len, new_len) = (e.to - e.from, e.new_symbols().len());
    put(e.gain);
    put(e.margin.min(15.0));
    put((e.rivals as f32).ln_1p());
    put(e.gain / (1.0 + old_len.max(new_len) as f32));
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
    let from = e.from.saturating_sub(BESIDE);
    let around = &r.symbols[from..(e.to + BESIDE).min(r.len())];
    let (head, tail) = (&around[..e.from - from], &around[e.to - from..]);
    let mut text = [0; 2 * BESIDE + 4];
    for (k, &s) in head.iter().chain(e.new_symbols()).chain(tail).enumerate() {
        text[k] = s;
    }
    put(likeliest(p, around, head.len()..head.len() + old_len));
    put(likeliest(p, &text[..head.len() + new_len + tail.len()], head.len()..head.len() + new_len));
    let replaced = || r.symbols[e.from..e.to].iter().zip(e.new_symbols()).filter(|(a, b)| a != b);
    let mean = |of: &dyn Fn(u16, u16) -> f32| {
        if old_len != new_len || old_len == 0 {
            return 0.0;
        }
        replaced().map(|(&a, &b)| of(a, b)).sum::<f32>() / replaced().count().max(1) as f32
    };
    put(mean(&|a, b| p.confusion.same_tone(a, b) as u8 as f32));
    put(mean(&|a, b| p.confusion.by_shape(a, b).map_or(0.0, |level| 1.0 + level as f32)));
    debug_assert_eq!(n, QUICK, "as many numbers as are announced");
    f
}

/// How far words that reach into a place are looked for on either side of it.
const BESIDE: usize = 2;

/// ln frequency of the most frequent of the words that reach into a part of the symbols; 0 for none.
fn likeliest(p: &Proposer<'_, '_>, symbols: &[u16], part: Range<usize>) -> f32 {
    spans(symbols, part).filter_map(|word| p.lexicon.frequency(word)).fold(0.0, f32::max)
}

/// All that the classifier is told of an edit, and the keys of its false alarms.
pub fn features(
    p: &Proposer<'_, '_>,
    r: &Reading,
    e: &Edit,
    quick: &[f32; QUICK],
) -> ([f32; FEATURES], [u64; ALARMS]) {
    let mut f = [0.0; FEATURES];
    f[..QUICK].copy_from_slice(quick);
    let mut n = QUICK;
    let mut put = |v: f32| {
        f[n] = v;
        n += 1;
    };
    let new = &e.scores[..e.score_count];
    let old_len = e.to - e.from;
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
    let mean = |w: &[u16]| {
        if w.is_empty() { -7.0 } else { w.iter().map(|&s| p.model.unigram(s)).sum::<f32>() / w.len() as f32 }
    };
    put(mean(&r.symbols[e.from..e.to]));
    put(mean(e.new_symbols()));
    // Words, before and after.
    let from = e.from.saturating_sub(WORDS);
    let to = (e.to + WORDS).min(r.len());
    let mut text = [0u16; WINDOW];
    let mut segmented = |middle: &[u16]| {
        let mut k = 0;
        for &s in r.symbols[from..e.from].iter().chain(middle).chain(&r.symbols[e.to..to.max(e.to)]) {
            if k < WINDOW {
                text[k] = s;
                k += 1;
            }
        }
        let s = segment(p.lexicon, &text[..k], e.from - from);
        (s, text)
    };
    let (before, text) = segmented(&r.symbols[e.from..e.to]);
    let keys = Habits::keys(r, e, &text[before.start..before.start + before.length as usize]);
    let (after, _) = segmented(e.new_symbols());
    put(after.logp - before.logp);
    put(before.length);
    put(before.frequency);
    put(after.length);
    put(after.frequency);
    put(after.words - before.words);
    put(after.singles - before.singles);
    put(before.singles);
    put(before.loosest);
    put(after.loosest);
    put(before.left_length);
    put(before.left_frequency);
    // Circumstances.
    let symbol = |k: Option<usize>| k.and_then(|k| r.symbols.get(k)).copied().unwrap_or(0);
    let (previous, next) = (symbol(e.from.checked_sub(1)), symbol(Some(e.to)));
    put((previous < HANZI) as u8 as f32);
    put((next < HANZI) as u8 as f32);
    let repeats = e.from < e.to && (r.symbols[e.from] == previous || r.symbols[e.to - 1] == next);
    put(repeats as u8 as f32);
    put(old_len as f32);
    put((e.way == Way::Undouble && old_len == 1) as u8 as f32);
    // Is what is written as surprising as it usually is? Names and rare words are.
    put(r.symbols.get(e.from).map_or(0.0, |&s| p.habits.typicality(s, window(&r.scores, e.from))));
    put(e.new_symbols().first().map_or(0.0, |&s| p.habits.typicality(s, window(new, 0))));
    // Are the neighbours? 感 stands hardly ever without 谢, 觉 or 情 behind it.
    let changed = |k: usize| new.iter().take(2).fold(r.scores[k].logp, |sum, s| sum + s.logp);
    let left = e.from.checked_sub(1);
    put(left.map_or(0.0, |k| p.habits.typicality(r.symbols[k], window(&r.scores, k))));
    put(left.map_or(0.0, |k| p.habits.typicality(r.symbols[k], changed(k))));
    let right = window(new, e.new_symbols().len());
    put(r.symbols.get(e.to).map_or(0.0, |&s| p.habits.typicality(s, right)));
    // What is written, or what is proposed, with a neighbour, elsewhere near by.
    let near = &r.symbols[e.from.saturating_sub(NEAR)..(e.to + NEAR).min(r.len())];
    let often = |a: u16, b: u16| near.windows(2).filter(|w| *w == [a, b]).count();
    let with_neighbours = |w: &[u16]| match w {
        [] => 0,
        [first, ..] => often(previous, *first) + often(w[w.len() - 1], next),
    };
    let own = if old_len > 0 { 2 } else { 0 };
    put(with_neighbours(&r.symbols[e.from..e.to]).saturating_sub(own).min(3) as f32);
    put(with_neighbours(e.new_symbols()).min(3) as f32);
    // Titles and quoted words have a language of their own; so have the surroundings of foreign words.
    let ahead = r.symbols[e.to..(e.to + QUOTED).min(r.len())].iter();
    let behind = r.symbols[e.from.saturating_sub(QUOTED)..e.from].iter().rev();
    let quoted = behind.clone().find(|s| is_quote(**s)).is_some_and(|s| opens(*s))
        && ahead.clone().find(|s| is_quote(**s)).is_some_and(|s| !opens(*s));
    put(quoted as u8 as f32);
    let strange = |s: &u16| matches!(*s, OTHER | LATIN | DIGITS);
    put(behind.clone().take(8).chain(ahead.clone().take(8)).filter(|s| strange(s)).count() as f32);
    let hanzi = |i: &mut dyn Iterator<Item = &u16>| i.take_while(|s| **s >= HANZI).count().min(8) as f32;
    put(hanzi(&mut behind.clone()));
    put(hanzi(&mut ahead.clone()));
    debug_assert_eq!(n, SLIP_FEATURE, "as many numbers as are announced");
    f[SLIP_FEATURE] = p.habits.slip(keys[0]);
    f[ALARM_FEATURES..].copy_from_slice(&p.habits.levels(&keys));
    (f, keys)
}

/// The quotation marks “ ” ‘ ’ and 《 》 among the symbols, the opening ones first of each pair.
fn is_quote(s: u16) -> bool {
    matches!(s.wrapping_sub(PUNCTUATION), 7..=10 | 13 | 14)
}

fn opens(s: u16) -> bool {
    matches!(s.wrapping_sub(PUNCTUATION), 7 | 9 | 13)
}
