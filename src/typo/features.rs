//! The features by which the classifier judges an edit. Trainer and detector share this code.

use super::candidates::{Proposer, spans};
use super::edit::{EDIT_KINDS, Edit, EditKind};
use super::priors::{ALARMS, Priors, window};
use super::reading::{REACH, Reading};
use crate::typo::model::ngrams::Score;
use crate::typo::model::symbols::{DIGITS, HANZI, LATIN, OTHER, PUNCTUATION};
use crate::typo::segment::{Segmentation, WINDOW, segment};
use std::ops::Range;

/// Where each feature lies in the row. Those of the edit's kind come first, one for each; those of its false
/// alarms come last, one for each key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Feature {
    /// Log-probability gained.
    Gain = EDIT_KINDS,
    /// Gain over the next best edit of the place.
    Margin,
    /// ln of how many edits were proposed for the place, and one.
    Rivals,
    /// Gain per symbol.
    GainPerSymbol,
    /// Mean log-probability of what is written.
    WrittenMean,
    /// Log-probability of the symbol after it.
    WrittenNext,
    /// Of the one after that.
    WrittenSecond,
    /// The lowest log-probability, of what is written and of the symbols that depend on it.
    WrittenLowest,
    /// Order of the n-gram that gave the first symbol of what is written.
    WrittenOrder,
    /// How far the n-gram of the first symbol after it reaches into what is written.
    WrittenReach,
    /// That of the second.
    WrittenSecondReach,
    /// That of the third.
    WrittenThirdReach,
    /// The longest of these n-grams.
    WrittenLongest,
    /// As [`Feature::WrittenMean`], of what is proposed; and so on.
    ProposedMean,
    /// As [`Feature::WrittenNext`].
    ProposedNext,
    /// As [`Feature::WrittenSecond`].
    ProposedSecond,
    /// As [`Feature::WrittenLowest`].
    ProposedLowest,
    /// As [`Feature::WrittenOrder`].
    ProposedOrder,
    /// As [`Feature::WrittenReach`].
    ProposedReach,
    /// As [`Feature::WrittenSecondReach`].
    ProposedSecondReach,
    /// As [`Feature::WrittenThirdReach`].
    ProposedThirdReach,
    /// As [`Feature::WrittenLongest`].
    ProposedLongest,
    /// ln frequency of the most frequent word that overlaps what is written.
    WrittenWord,
    /// The same of what is proposed.
    ProposedWord,
    /// The share of the replaced characters that keep their tone.
    SameTone,
    /// How much what is replaced looks like what is proposed.
    Shape,

    /// Mean log-probability of the symbols before; names and rare terms lie on a low plateau.
    LeftMean,
    /// The lowest of them.
    LeftLowest,
    /// The lowest of the nearest.
    NearLeftLowest,
    /// Mean log-probability of the symbols after.
    RightMean,
    /// The lowest of them.
    RightLowest,
    /// Mean log-probability of the wider surroundings.
    SurroundingsMean,
    /// Mean unigram log-probability of what is written.
    WrittenUnigram,
    /// The same of what is proposed.
    ProposedUnigram,
    /// Log-probability that the segmentation gains.
    WordsGain,
    /// Length of the word that covers the place, as written.
    WrittenLength,
    /// Its ln frequency.
    WrittenFrequency,
    /// The same as proposed.
    ProposedLength,
    /// Its ln frequency.
    ProposedFrequency,
    /// How many words the window gains.
    WordsAdded,
    /// How many of them are single characters.
    SinglesAdded,
    /// Single characters among the words as written.
    WrittenSingles,
    /// ln frequency of the rarest single character near the place, as written.
    WrittenLoosest,
    /// The same as proposed.
    ProposedLoosest,
    /// Length of the word before the place.
    LeftLength,
    /// Its ln frequency.
    LeftFrequency,
    /// No Chinese character stands before the place.
    StartsRun,
    /// None stands after it.
    EndsRun,
    /// What is written repeats a neighbour.
    Repeats,
    /// Symbols replaced.
    OldLength,
    /// One of two equal characters is deleted.
    DeduplicatesOne,
    /// How unusually well or badly what is written reads for that symbol; names and rare words always read
    /// badly.
    WrittenTypicality,
    /// The same of what is proposed.
    ProposedTypicality,
    /// The same of the symbol before: 感 is hardly ever seen without 谢, 觉 or 情 after it.
    LeftTypicality,
    /// The same of the symbol before, once edited.
    LeftTypicalityEdited,
    /// The same of the symbol after, once edited.
    RightTypicalityEdited,
    /// Other occurrences near by of what is written, with a neighbour.
    WrittenNearby,
    /// The same of what is proposed.
    ProposedNearby,
    /// The place lies in a title or a short quotation, which have a language of their own.
    Quoted,
    /// Digits, Latin and unknown symbols near by.
    ForeignNearby,
    /// Chinese characters in a row before the place.
    RunBefore,
    /// And after it.
    RunAfter,
    /// How often people write the one character for the other, as a level.
    Slip,
    /// The first of the levels of false alarms. The trainer fills these in itself.
    Alarms,
}

/// The number of features.
pub const FEATURES: usize = Feature::Alarms as usize + ALARMS;
/// The first of them, which are cheap: most edits are dismissed by these.
pub const QUICK: usize = Feature::LeftMean as usize;

/// How many symbols on either side other occurrences are looked for.
const NEARBY: usize = 150;
/// Symbols on either side that are segmented into words.
const WORDS: usize = 7;
/// Symbols on either side among which the marks of a short quotation are looked for.
const QUOTED: usize = 14;
/// Symbols on either side among which foreign ones are counted.
const FOREIGN: usize = 8;
/// Symbols on either side from which words may overlap the place.
const OVERLAP: usize = 2;
/// Mean and lowest log-probability of no symbols, and their mean unigram log-probability.
const NO_LOGP: f32 = -3.0;
const NO_UNIGRAM: f32 = -7.0;
/// Larger margins and counts say no more.
const MAX_MARGIN: f32 = 15.0;
const MAX_NEARBY: usize = 3;
const MAX_RUN: usize = 8;

/// The cheap features: how the text reads before and after the edit, the words at the place, and how alike
/// the characters are.
pub fn quick(p: &Proposer<'_, '_>, r: &Reading, e: &Edit) -> [f32; QUICK] {
    use Feature::*;
    let mut f = [0.0; QUICK];
    f[e.kind as usize] = 1.0;
    let mut set = |feature: Feature, value: f32| f[feature as usize] = value;
    let old = &r.scores[e.from..(e.to + REACH).min(r.scores.len())];
    let new = &e.scores[..e.score_count];
    let (old_len, new_len) = (e.to - e.from, e.new_symbols().len());
    set(Gain, e.gain);
    set(Margin, e.margin.min(MAX_MARGIN));
    set(Rivals, (e.rivals as f32).ln_1p());
    set(GainPerSymbol, e.gain / (1.0 + old_len.max(new_len) as f32));
    let (written, proposed) = (Fluency::new(old, old_len), Fluency::new(new, new_len));
    set(WrittenMean, written.mean);
    set(WrittenNext, written.next);
    set(WrittenSecond, written.second);
    set(WrittenLowest, written.lowest);
    set(WrittenOrder, written.order);
    set(WrittenReach, written.reaches[0]);
    set(WrittenSecondReach, written.reaches[1]);
    set(WrittenThirdReach, written.reaches[2]);
    set(WrittenLongest, written.longest);
    set(ProposedMean, proposed.mean);
    set(ProposedNext, proposed.next);
    set(ProposedSecond, proposed.second);
    set(ProposedLowest, proposed.lowest);
    set(ProposedOrder, proposed.order);
    set(ProposedReach, proposed.reaches[0]);
    set(ProposedSecondReach, proposed.reaches[1]);
    set(ProposedThirdReach, proposed.reaches[2]);
    set(ProposedLongest, proposed.longest);
    let from = e.from.saturating_sub(OVERLAP);
    let around = &r.symbols[from..(e.to + OVERLAP).min(r.len())];
    let (head, tail) = (&around[..e.from - from], &around[e.to - from..]);
    let mut text = [0; 2 * OVERLAP + 4];
    for (k, &s) in head.iter().chain(e.new_symbols()).chain(tail).enumerate() {
        text[k] = s;
    }
    let edited = &text[..head.len() + new_len + tail.len()];
    set(WrittenWord, max_word_frequency(p, around, head.len()..head.len() + old_len));
    set(ProposedWord, max_word_frequency(p, edited, head.len()..head.len() + new_len));
    let replaced = || r.symbols[e.from..e.to].iter().zip(e.new_symbols()).filter(|(a, b)| a != b);
    let mean = |of: &dyn Fn(u16, u16) -> f32| {
        if old_len != new_len || old_len == 0 {
            return 0.0;
        }
        replaced().map(|(&a, &b)| of(a, b)).sum::<f32>() / replaced().count().max(1) as f32
    };
    set(SameTone, mean(&|a, b| flag(p.confusion.same_tone(a, b))));
    set(Shape, mean(&|a, b| p.confusion.by_shape(a, b).map_or(0.0, |level| 1.0 + level as f32)));
    f
}

/// How the text reads at a place of `len` symbols and after it.
struct Fluency {
    mean: f32,
    next: f32,
    second: f32,
    lowest: f32,
    order: f32,
    reaches: [f32; 3],
    longest: f32,
}

impl Fluency {
    #[inline]
    fn new(scores: &[Score], len: usize) -> Self {
        let at = |k: usize| scores.get(k).map_or(NO_LOGP, |s| s.logp);
        let (mut reaches, mut longest) = ([0.0; 3], 0.0f32);
        for (k, reach) in reaches.iter_mut().enumerate() {
            let order = scores.get(len + k).map_or(0.0, |s| s.order as f32);
            *reach = (order - 1.0 - k as f32).max(0.0);
            longest = longest.max(if *reach > 0.0 { order } else { 0.0 });
        }
        Fluency {
            mean: if len > 0 { mean_logp(&scores[..len]) } else { NO_LOGP },
            next: at(len),
            second: at(len + 1),
            lowest: lowest_logp(scores),
            order: if len > 0 { scores[0].order as f32 } else { 0.0 },
            reaches,
            longest,
        }
    }
}

/// ln frequency of the most frequent word that overlaps a part of the symbols; 0 for none.
fn max_word_frequency(p: &Proposer<'_, '_>, symbols: &[u16], part: Range<usize>) -> f32 {
    spans(symbols, part).filter_map(|word| p.lexicon.frequency(word)).fold(0.0, f32::max)
}

fn mean_logp(scores: &[Score]) -> f32 {
    scores.iter().map(|s| s.logp).sum::<f32>() / scores.len() as f32
}

fn lowest_logp(scores: &[Score]) -> f32 {
    scores.iter().map(|s| s.logp).fold(0.0, f32::min)
}

fn flag(is: bool) -> f32 {
    is as u8 as f32
}

/// All features of an edit, and the keys of its false alarms.
pub fn features(
    p: &Proposer<'_, '_>,
    r: &Reading,
    e: &Edit,
    quick: &[f32; QUICK],
) -> ([f32; FEATURES], [u64; ALARMS]) {
    use Feature::*;
    let mut f = [0.0; FEATURES];
    f[..QUICK].copy_from_slice(quick);
    let mut set = |feature: Feature, value: f32| f[feature as usize] = value;
    let new = &e.scores[..e.score_count];
    let (written, proposed) = (&r.symbols[e.from..e.to], e.new_symbols());

    let part = |from: usize, to: usize| &r.scores[from.min(r.scores.len())..to.min(r.scores.len())];
    let mean = |from: usize, to: usize| match part(from, to) {
        [] => NO_LOGP,
        scores => mean_logp(scores),
    };
    let lowest = |from: usize, to: usize| match part(from, to) {
        [] => NO_LOGP,
        scores => lowest_logp(scores),
    };
    let (left, right) = (e.from.saturating_sub(6), e.to + 2);
    set(LeftMean, mean(left, e.from));
    set(LeftLowest, lowest(left, e.from));
    set(NearLeftLowest, lowest(e.from.saturating_sub(2), e.from));
    set(RightMean, mean(right, e.to + 9));
    set(RightLowest, lowest(right, e.to + 9));
    set(SurroundingsMean, mean(e.from.saturating_sub(25), e.to + 25));
    let unigram = |w: &[u16]| match w {
        [] => NO_UNIGRAM,
        w => w.iter().map(|&s| p.model.unigram(s)).sum::<f32>() / w.len() as f32,
    };
    set(WrittenUnigram, unigram(written));
    set(ProposedUnigram, unigram(proposed));

    let (before, text) = words_with(p, r, e, written);
    let keys = Priors::keys(r, e, &text[before.start..][..before.length as usize]);
    let (after, _) = words_with(p, r, e, proposed);
    set(WordsGain, after.logp - before.logp);
    set(WrittenLength, before.length);
    set(WrittenFrequency, before.frequency);
    set(ProposedLength, after.length);
    set(ProposedFrequency, after.frequency);
    set(WordsAdded, after.words - before.words);
    set(SinglesAdded, after.singles - before.singles);
    set(WrittenSingles, before.singles);
    set(WrittenLoosest, before.loosest);
    set(ProposedLoosest, after.loosest);
    set(LeftLength, before.left_length);
    set(LeftFrequency, before.left_frequency);

    let symbol = |k: Option<usize>| k.and_then(|k| r.symbols.get(k)).copied().unwrap_or(0);
    let (previous, next) = (symbol(e.from.checked_sub(1)), symbol(Some(e.to)));
    let repeats = e.from < e.to && (r.symbols[e.from] == previous || r.symbols[e.to - 1] == next);
    set(StartsRun, flag(previous < HANZI));
    set(EndsRun, flag(next < HANZI));
    set(Repeats, flag(repeats));
    set(OldLength, written.len() as f32);
    set(DeduplicatesOne, flag(e.kind == EditKind::Deduplicate && written.len() == 1));

    let typicality = |k: usize, logp: f32| r.symbols.get(k).map_or(0.0, |&s| p.priors.typicality(s, logp));
    set(WrittenTypicality, typicality(e.from, window(&r.scores, e.from)));
    set(ProposedTypicality, proposed.first().map_or(0.0, |&s| p.priors.typicality(s, window(new, 0))));
    let edited = |k: usize| new.iter().take(2).fold(r.scores[k].logp, |sum, s| sum + s.logp);
    let left = e.from.checked_sub(1);
    set(LeftTypicality, left.map_or(0.0, |k| typicality(k, window(&r.scores, k))));
    set(LeftTypicalityEdited, left.map_or(0.0, |k| typicality(k, edited(k))));
    set(RightTypicalityEdited, typicality(e.to, window(new, proposed.len())));

    let nearby = &r.symbols[e.from.saturating_sub(NEARBY)..(e.to + NEARBY).min(r.len())];
    let count = |a: u16, b: u16| nearby.windows(2).filter(|w| *w == [a, b]).count();
    let with_neighbours = |w: &[u16]| match w {
        [] => 0,
        [first, ..] => count(previous, *first) + count(w[w.len() - 1], next),
    };
    let own = if written.is_empty() { 0 } else { 2 };
    set(WrittenNearby, with_neighbours(written).saturating_sub(own).min(MAX_NEARBY) as f32);
    set(ProposedNearby, with_neighbours(proposed).min(MAX_NEARBY) as f32);

    let ahead = r.symbols[e.to..(e.to + QUOTED).min(r.len())].iter();
    let behind = r.symbols[e.from.saturating_sub(QUOTED)..e.from].iter().rev();
    let quoted = behind.clone().find(|s| is_quote(**s)).is_some_and(|s| opens(*s))
        && ahead.clone().find(|s| is_quote(**s)).is_some_and(|s| !opens(*s));
    set(Quoted, flag(quoted));
    let is_foreign = |s: &u16| matches!(*s, OTHER | LATIN | DIGITS);
    let near = behind.clone().take(FOREIGN).chain(ahead.clone().take(FOREIGN));
    set(ForeignNearby, near.filter(|s| is_foreign(s)).count() as f32);
    let run = |i: &mut dyn Iterator<Item = &u16>| i.take_while(|s| **s >= HANZI).count().min(MAX_RUN) as f32;
    set(RunBefore, run(&mut behind.clone()));
    set(RunAfter, run(&mut ahead.clone()));
    set(Slip, p.priors.slip(keys[0]));
    f[Alarms as usize..].copy_from_slice(&p.priors.levels(&keys));
    (f, keys)
}

/// The likeliest words about an edit with `middle` at its place, and the symbols that were segmented.
fn words_with(p: &Proposer<'_, '_>, r: &Reading, e: &Edit, middle: &[u16]) -> (Segmentation, [u16; WINDOW]) {
    let from = e.from.saturating_sub(WORDS);
    let to = (e.to + WORDS).min(r.len()).max(e.to);
    let mut text = [0u16; WINDOW];
    let mut k = 0;
    for &s in r.symbols[from..e.from].iter().chain(middle).chain(&r.symbols[e.to..to]).take(WINDOW) {
        text[k] = s;
        k += 1;
    }
    let s = segment(p.lexicon, &text[..k], e.from - from);
    (s, text)
}

/// Is a symbol one of the quotation marks “ ” ‘ ’ 《 》, of which the opening one comes first in each pair?
fn is_quote(s: u16) -> bool {
    matches!(s.wrapping_sub(PUNCTUATION), 7..=10 | 13 | 14)
}

fn opens(s: u16) -> bool {
    matches!(s.wrapping_sub(PUNCTUATION), 7 | 9 | 13)
}
