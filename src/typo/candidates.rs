//! Proposes edits that might correct a suspicious place.

use super::edit::{Edit, EditKind};
use super::particle::Particles;
use super::priors::Priors;
use super::reading::{Change, Reading};
use super::repeats::Repeats;
use crate::typo::model::confusion::{Confusion, Likeness};
use crate::typo::model::lexicon::Lexicon;
use crate::typo::model::ngrams::Ngram;
use crate::typo::model::symbols::{BOUNDARY, DIGITS, HANZI};
use std::ops::Range;

/// The spans of two and three Chinese characters that overlap a part of the symbols, or straddle it where it
/// is empty.
pub fn spans(symbols: &[u16], part: Range<usize>) -> impl Iterator<Item = &[u16]> {
    (2..=3usize)
        .flat_map(move |length| {
            let first = (part.start + 1).saturating_sub(length);
            (first..part.end).filter_map(move |from| symbols.get(from..from + length))
        })
        .filter(|span| span.iter().all(|&s| s >= HANZI))
}

/// Proposes edits of a reading.
pub struct Proposer<'m, 'a> {
    /// Statistics of clean text.
    pub priors: &'m Priors<'a>,
    /// The model of 的, 地 and 得.
    pub particles: &'m Particles<'a>,
    /// Intended repetitions.
    pub repeats: &'m Repeats,
    /// The n-grams.
    pub model: &'m Ngram<'a>,
    /// The words.
    pub lexicon: &'m Lexicon<'a>,
    /// What is mistaken for what.
    pub confusion: &'m Confusion<'a>,
}

/// The least gain of a character that makes a word of the dictionary. The n-grams hardly know rare words, so
/// it may be a loss.
const MIN_GAIN_OF_WORD: f32 = -8.0;
/// Rarer characters are proposed only as part of a word.
const RAREST: u16 = HANZI + 5000;
/// The least log-probability of a measure word after a number.
const MIN_MEASURE_WORD_LOGP: f32 = -8.0;
/// The least log-probability of the bigram of a new character with one neighbour if it makes none with the
/// other.
const MIN_ONE_SIDED_BIGRAM: f32 = -6.0;
/// The best edits of one place that go on to the classifier.
const MAX_PER_PLACE: usize = 4;
/// Among so many of the last edits the same one is looked for.
const RECENT: usize = 24;
/// No longer string that occurs twice in a row is looked for.
const LONGEST_DUPLICATE: usize = 4;

impl Proposer<'_, '_> {
    fn push(&self, r: &Reading, change: Change<'_>, kind: EditKind, out: &mut Vec<Edit>) {
        self.push_gaining(r, change, kind, kind.least_gain(), out);
    }

    fn push_gaining(&self, r: &Reading, change: Change<'_>, kind: EditKind, least: f32, out: &mut Vec<Edit>) {
        if out.iter().any(|e| e.from == change.from && e.to == change.to && e.new_symbols() == change.new) {
            return;
        }
        out.extend(Edit::new(self.model, r, change, kind, least));
    }

    /// Adds the edits of the place `i` that are worth the classifier, of the groups that the screen lets
    /// through.
    pub fn at(&self, r: &Reading, i: usize, groups: [bool; 3], found: &mut Vec<Edit>, kept: &mut Vec<Edit>) {
        let s = &r.symbols[..r.len()];
        let hanzi = |k: usize| k < s.len() && s[k] >= HANZI;
        let before = kept.len();
        if groups[0] && hanzi(i) && !self.is_measure_word(r, i) {
            found.clear();
            self.characters(r, i, found);
            let is_loose = !self.is_in_word(&r.symbols, i);
            if is_loose {
                self.completions(r, i, found);
            }
            self.words(r, i, is_loose, found);
            self.idioms(r, i, found);
            self.select(found, kept);
        }
        if groups[1] {
            found.clear();
            self.insertions(r, i, found);
            self.select(found, kept);
        }
        if groups[2] && hanzi(i) {
            found.clear();
            for n in 1..=2 {
                let deletable = i + n <= s.len() && (i..i + n).all(hanzi) && s.len() > n;
                if deletable && !self.repeats.removes_half(self.lexicon, s, i, n) {
                    self.push(r, Change::new(i, i + n, &[]), EditKind::Delete, found);
                }
            }
            self.select(found, kept);
            found.clear();
            if hanzi(i + 1) && s[i] != s[i + 1] {
                self.push(r, Change::new(i, i + 2, &[s[i + 1], s[i]]), EditKind::Transpose, found);
            }
            self.select(found, kept);
        }
        kept[before..].iter_mut().for_each(|e| e.place = i);
    }

    /// Is this a usual measure word at the end of a phrase, as in 简报6期? What it counts stands before the
    /// number, where n-grams hardly reach.
    fn is_measure_word(&self, r: &Reading, i: usize) -> bool {
        i > 0
            && r.symbols[i - 1] == DIGITS
            && r.symbols[i + 1] < HANZI
            && self
                .model
                .bigram_logp(self.model.pair(DIGITS, r.symbols[i]))
                .is_some_and(|logp| logp > MIN_MEASURE_WORD_LOGP)
    }

    /// Moves the best edits of a place to those that are kept.
    fn select(&self, found: &mut [Edit], kept: &mut Vec<Edit>) {
        found.sort_by(|a, b| b.gain.total_cmp(&a.gain));
        let n = found.len();
        for k in 0..n.min(MAX_PER_PLACE) {
            let mut e = found[k];
            let next = if k == 0 { found.get(1) } else { found.first() };
            e.margin = next.map_or(e.gain, |x| e.gain - x.gain);
            e.rivals = n as u16;
            if !kept
                .iter()
                .rev()
                .take(RECENT)
                .any(|x| x.from == e.from && x.to == e.to && x.new_symbols() == e.new_symbols())
            {
                kept.push(e);
            }
        }
    }

    /// Characters that sound or look like the one at `i`.
    fn characters(&self, r: &Reading, i: usize, out: &mut Vec<Edit>) {
        let old = r.symbols[i];
        let (last, next) = (if i > 0 { r.symbols[i - 1] } else { BOUNDARY }, r.symbols[i + 1]);
        let push = |c: u16, kind: EditKind, out: &mut Vec<Edit>| {
            if c >= RAREST || self.particles.decides(&r.symbols, i, c) {
                return;
            }
            let (before, after) = (self.model.pair(last, c), self.model.pair(c, next));
            // Most make a bigram with neither neighbour and are dropped at once.
            let fits = match (self.model.bigram_logp(before), self.model.bigram_logp(after)) {
                (Some(_), Some(_)) => true,
                (Some(p), None) | (None, Some(p)) => p > MIN_ONE_SIDED_BIGRAM,
                (None, None) => false,
            };
            if fits {
                let (before, after) = (Some(before), Some(after));
                self.push(r, Change { before, after, ..Change::new(i, i + 1, &[c]) }, kind, out);
            }
        };
        let from = out.len();
        // As the laxer of the two kinds; those of the same sound are told apart below.
        self.confusion.sounds_like(old, |c| push(c, EditKind::NearSound, out));
        for e in &mut out[from..] {
            if self.confusion.by_sound(old, e.new_symbols()[0]) == Likeness::SameSound {
                e.kind = EditKind::SameSound;
            }
        }
        self.confusion.shapes(old).for_each(|c| push(c, EditKind::Shape, out));
    }

    /// Is the character at `at` in a word of two or three characters of the dictionary?
    fn is_in_word(&self, symbols: &[u16], at: usize) -> bool {
        spans(symbols, at..at + 1).any(|word| self.lexicon.frequency(word).is_some())
    }

    /// Characters that look like the one at `i`, which is in no word, and make a word with its neighbours.
    fn completions(&self, r: &Reading, i: usize, out: &mut Vec<Edit>) {
        let from = i.saturating_sub(2);
        let mut around = [0; 5];
        let around = &mut around[..(i + 3).min(r.len()) - from];
        around.copy_from_slice(&r.symbols[from..from + around.len()]);
        for c in self.confusion.shapes(r.symbols[i]) {
            around[i - from] = c;
            if self.is_in_word(around, i - from) {
                self.complete(r, i, c, EditKind::Shape, out);
            }
        }
    }

    /// A character that makes a word where there was none, known to the n-grams or not.
    fn complete(&self, r: &Reading, i: usize, c: u16, kind: EditKind, out: &mut Vec<Edit>) {
        if !self.particles.decides(&r.symbols, i, c) {
            let new = [c];
            let change = Change { allow_isolated: true, ..Change::new(i, i + 1, &new) };
            self.push_gaining(r, change, kind, MIN_GAIN_OF_WORD, out);
        }
    }

    /// Words that sound like what stands at `i`. Those that differ in the character at `i` alone only where
    /// it is in no word.
    fn words(&self, r: &Reading, i: usize, is_loose: bool, out: &mut Vec<Edit>) {
        for length in 2..=3usize {
            for from in i.saturating_sub(length - 1)..=i {
                let to = from + length;
                if to > r.len() || r.symbols[from..to].iter().any(|&s| s < HANZI) {
                    continue;
                }
                let old: [u16; 3] =
                    [r.symbols[from], r.symbols[from + 1], if length == 3 { r.symbols[from + 2] } else { 0 }];
                let least = if is_loose { 1 } else { 2 };
                self.confusion.words_like(&old[..length], least, |word, likeness| {
                    let changed = (0..length).filter(|&k| word[k] != old[k]).count();
                    if is_loose && changed == 1 && word[i - from] != old[i - from] {
                        let kind = match likeness {
                            Likeness::SameSound => EditKind::SameSound,
                            _ => EditKind::NearSound,
                        };
                        self.complete(r, i, word[i - from], kind, out);
                    }
                    if changed >= 2 {
                        let first = (0..length).find(|&k| word[k] != old[k]).unwrap_or(0);
                        let last = (0..length).rfind(|&k| word[k] != old[k]).unwrap_or(length - 1) + 1;
                        let kind = if likeness == Likeness::SameSound {
                            EditKind::WordSameSound
                        } else {
                            EditKind::WordNearSound
                        };
                        self.push(r, Change::new(from + first, from + last, &word[first..last]), kind, out);
                    }
                });
            }
        }
    }

    /// Four-character words from which the text differs in the character at `i` only.
    fn idioms(&self, r: &Reading, i: usize, out: &mut Vec<Edit>) {
        let s = &r.symbols[..r.len()];
        for start in i.saturating_sub(3)..=i {
            if start + 4 > s.len() {
                break;
            }
            let w = &s[start..start + 4];
            let off = i - start;
            let try_word = |n: usize, out: &mut Vec<Edit>| {
                let word = self.lexicon.four_char_word(n);
                if (0..4).all(|k| (word[k] == w[k]) != (k == off)) {
                    self.push(r, Change::new(i, i + 1, &word[off..off + 1]), EditKind::Idiom, out);
                }
            };
            if off < 2 {
                self.lexicon.four_char_words_with_suffix(w[2], w[3]).for_each(|n| try_word(n, out));
            } else {
                self.lexicon.four_char_words_with_prefix(w[0], w[1]).for_each(|n| try_word(n, out));
            }
        }
    }

    /// A character missing before `i`.
    fn insertions(&self, r: &Reading, i: usize, out: &mut Vec<Edit>) {
        let s = &r.symbols[..r.len()];
        if i == 0 || i > s.len() {
            return;
        }
        let here = r.symbols[i];
        if s[i - 1] < HANZI && here < HANZI {
            return;
        }
        if i >= 2 {
            for n in self.lexicon.four_char_words_with_prefix(s[i - 2], s[i - 1]) {
                let w = self.lexicon.four_char_word(n);
                if w[3] == here {
                    self.push(r, Change::new(i, i, &[w[2]]), EditKind::Complete, out);
                } else if w[2] == here && i < s.len() && s.get(i + 1) != Some(&w[3]) {
                    self.push(r, Change::new(i + 1, i + 1, &[w[3]]), EditKind::Complete, out);
                }
            }
        }
        if i + 1 < s.len() {
            for n in self.lexicon.four_char_words_with_suffix(here, s[i + 1]) {
                let w = self.lexicon.four_char_word(n);
                if w[0] == s[i - 1] {
                    self.push(r, Change::new(i, i, &[w[1]]), EditKind::Complete, out);
                } else if w[1] == s[i - 1] && (i < 2 || s[i - 2] != w[0]) {
                    self.push(r, Change::new(i - 1, i - 1, &[w[0]]), EditKind::Complete, out);
                }
            }
        }
        let last = s[i - 1];
        let kept = |raw: u32| self.model.bigram_logp(raw).map(|_| raw);
        for c in self.confusion.followers(last) {
            if let after @ Some(_) = kept(self.model.pair(c, here)) {
                self.push(r, Change { after, ..Change::new(i, i, &[c]) }, EditKind::Insert, out);
            }
        }
        if here != BOUNDARY {
            for c in self.confusion.forerunners(here) {
                if let before @ Some(_) = kept(self.model.pair(last, c)) {
                    self.push(r, Change { before, ..Change::new(i, i, &[c]) }, EditKind::Insert, out);
                }
            }
        }
    }

    /// Strings that occur twice in a row: the edit deletes the second one, which begins at `i`.
    pub fn doubled(&self, r: &Reading, i: usize, kept: &mut Vec<Edit>) {
        let s = &r.symbols[..r.len()];
        for n in 1..=LONGEST_DUPLICATE {
            if i < n
                || i + n > s.len()
                || s[i - n] != s[i]
                || s[i - n..i] != s[i..i + n]
                || s[i..i + n].iter().any(|&x| x < HANZI)
            {
                continue;
            }
            // Three in a row are intended. At the beginning of a paragraph a heading and its text may have
            // run together.
            let thrice = (i >= 2 * n && s[i - 2 * n..i - n] == s[i..i + n])
                || s.get(i + n..i + 2 * n) == Some(&s[i..i + n]);
            if thrice || i == n || self.repeats.is_intended(self.lexicon, s, i, n) {
                continue;
            }
            let mut found = Vec::new();
            self.push(r, Change::new(i, i + n, &[]), EditKind::Deduplicate, &mut found);
            let before = kept.len();
            self.select(&mut found, kept);
            kept[before..].iter_mut().for_each(|e| e.place = i);
        }
    }
}
