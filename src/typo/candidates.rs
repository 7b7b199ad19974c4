//! Edits that might mend a suspicious place.

use super::edit::{Edit, Way};
use super::particle::Particles;
use super::priors::Habits;
use super::reading::{Change, Reading};
use super::repeats::Repeats;
use crate::typo::model::confusion::{Confusion, Likeness};
use crate::typo::model::lexicon::Lexicon;
use crate::typo::model::ngrams::Ngram;
use crate::typo::model::symbols::{BOUNDARY, DIGITS, HANZI};
use std::ops::Range;

/// The spans of two and three Chinese characters among the symbols that reach into `part`, or across it where it is empty.
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
    /// What clean text taught.
    pub habits: &'m Habits<'a>,
    /// 的, 地 and 得.
    pub particles: &'m Particles<'a>,
    /// Repetitions that are meant.
    pub repeats: &'m Repeats,
    /// The n-grams.
    pub model: &'m Ngram<'a>,
    /// The words.
    pub lexicon: &'m Lexicon<'a>,
    /// What is mistaken for what.
    pub confusion: &'m Confusion<'a>,
}

/// What a character that completes a word of the dictionary may cost by the n-grams, which do not know every word.
const LEAST_OF_WORDS: f32 = -8.0;
/// Rarer characters are not proposed for themselves, only as part of a word.
const RAREST: u16 = HANZI + 5000;
/// The least log-probability after a figure of what is taken for a measure word.
const MEASURE: f32 = -8.0;
/// The least log-probability of the pair that a new character makes with one neighbour where it makes none with the other.
const LONELY: f32 = -6.0;
/// The best edits of one place that go on to the classifier.
const KEPT: usize = 4;

impl Proposer<'_, '_> {
    fn push(&self, r: &Reading, change: Change<'_>, way: Way, out: &mut Vec<Edit>) {
        self.push_gaining(r, change, way, way.least_gain(), out);
    }

    fn push_gaining(&self, r: &Reading, change: Change<'_>, way: Way, least: f32, out: &mut Vec<Edit>) {
        if out.iter().any(|e| e.from == change.from && e.to == change.to && e.new_symbols() == change.new) {
            return;
        }
        out.extend(Edit::new(self.model, r, change, way, least));
    }

    /// All edits worth the classifier's look at the place `i`, of the groups asked for: replacing, inserting, leaving out.
    pub fn at(&self, r: &Reading, i: usize, groups: [bool; 3], found: &mut Vec<Edit>, kept: &mut Vec<Edit>) {
        let s = &r.symbols[..r.len()];
        let hanzi = |k: usize| k < s.len() && s[k] >= HANZI;
        let before = kept.len();
        if groups[0] && hanzi(i) && !self.measures(r, i) {
            found.clear();
            self.characters(r, i, found);
            let loose = !self.makes_word(&r.symbols, i);
            if loose {
                self.completions(r, i, found);
            }
            self.words(r, i, loose, found);
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
                let sound = i + n <= s.len() && (i..i + n).all(hanzi) && s.len() > n;
                if sound && !self.repeats.halves(self.lexicon, s, i, n) {
                    self.push(r, Change::new(i, i + n, &[]), Way::Delete, found);
                }
            }
            self.select(found, kept);
            found.clear();
            if hanzi(i + 1) && s[i] != s[i + 1] {
                self.push(r, Change::new(i, i + 2, &[s[i + 1], s[i]]), Way::Transpose, found);
            }
            self.select(found, kept);
        }
        kept[before..].iter_mut().for_each(|e| e.place = i);
    }

    /// Does a usual measure word end here, as in 简报6期? What it counts lies behind the figure, where n-grams hardly reach.
    fn measures(&self, r: &Reading, i: usize) -> bool {
        i > 0
            && r.symbols[i - 1] == DIGITS
            && r.symbols[i + 1] < HANZI
            && self.model.pair_said(self.model.pair(DIGITS, r.symbols[i])).is_some_and(|logp| logp > MEASURE)
    }

    fn select(&self, found: &mut [Edit], kept: &mut Vec<Edit>) {
        found.sort_by(|a, b| b.gain.total_cmp(&a.gain));
        let n = found.len();
        for k in 0..n.min(KEPT) {
            let mut e = found[k];
            let next = if k == 0 { found.get(1) } else { found.first() };
            e.margin = next.map_or(e.gain, |x| e.gain - x.gain);
            e.rivals = n as u16;
            if !kept
                .iter()
                .rev()
                .take(24)
                .any(|x| x.from == e.from && x.to == e.to && x.new_symbols() == e.new_symbols())
            {
                kept.push(e);
            }
        }
    }

    fn characters(&self, r: &Reading, i: usize, out: &mut Vec<Edit>) {
        let old = r.symbols[i];
        let (last, next) = (if i > 0 { r.symbols[i - 1] } else { BOUNDARY }, r.symbols[i + 1]);
        let push = |c: u16, way: Way, out: &mut Vec<Edit>| {
            if c >= RAREST || self.particles.judges(&r.symbols, i, c) {
                return;
            }
            let (before, after) = (self.model.pair(last, c), self.model.pair(c, next));
            // Most pair with neither neighbour and can be told at once.
            let fits = match (self.model.pair_said(before), self.model.pair_said(after)) {
                (Some(_), Some(_)) => true,
                (Some(p), None) | (None, Some(p)) => p > LONELY,
                (None, None) => false,
            };
            if fits {
                let (before, after) = (Some(before), Some(after));
                self.push(r, Change { before, after, ..Change::new(i, i + 1, &[c]) }, way, out);
            }
        };
        let from = out.len();
        // As the laxer of the two ways; which it is shows below.
        self.confusion.sounds_like(old, |c| push(c, Way::NearSound, out));
        for e in &mut out[from..] {
            if self.confusion.by_sound(old, e.new_symbols()[0]) == Likeness::SameSound {
                e.way = Way::SameSound;
            }
        }
        self.confusion.shapes(old).for_each(|c| push(c, Way::Shape, out));
    }

    /// Do two or three characters with the one at `at` among them make a word of the dictionary?
    fn makes_word(&self, symbols: &[u16], at: usize) -> bool {
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
            if self.makes_word(around, i - from) {
                self.complete(r, i, c, Way::Shape, out);
            }
        }
    }

    /// A character that makes a word where there was none, whatever the n-grams know of it.
    fn complete(&self, r: &Reading, i: usize, c: u16, way: Way, out: &mut Vec<Edit>) {
        if !self.particles.judges(&r.symbols, i, c) {
            let new = [c];
            let change = Change { alone: true, ..Change::new(i, i + 1, &new) };
            self.push_gaining(r, change, way, LEAST_OF_WORDS, out);
        }
    }

    /// Words that sound like those at `i`; such as differ in the one character at `i` only where that one is in no word.
    fn words(&self, r: &Reading, i: usize, loose: bool, out: &mut Vec<Edit>) {
        for length in 2..=3usize {
            for from in i.saturating_sub(length - 1)..=i {
                let to = from + length;
                if to > r.len() || r.symbols[from..to].iter().any(|&s| s < HANZI) {
                    continue;
                }
                let old: [u16; 3] =
                    [r.symbols[from], r.symbols[from + 1], if length == 3 { r.symbols[from + 2] } else { 0 }];
                let least = if loose { 1 } else { 2 };
                self.confusion.words_like(&old[..length], least, |word, likeness| {
                    let changed = (0..length).filter(|&k| word[k] != old[k]).count();
                    if loose && changed == 1 && word[i - from] != old[i - from] {
                        let way = match likeness {
                            Likeness::SameSound => Way::SameSound,
                            _ => Way::NearSound,
                        };
                        self.complete(r, i, word[i - from], way, out);
                    }
                    if changed >= 2 {
                        let first = (0..length).find(|&k| word[k] != old[k]).unwrap_or(0);
                        let last = (0..length).rfind(|&k| word[k] != old[k]).unwrap_or(length - 1) + 1;
                        let way = if likeness == Likeness::SameSound {
                            Way::WordSameSound
                        } else {
                            Way::WordNearSound
                        };
                        self.push(r, Change::new(from + first, from + last, &word[first..last]), way, out);
                    }
                });
            }
        }
    }

    /// A word of four characters of which only the one at `i` is off.
    fn idioms(&self, r: &Reading, i: usize, out: &mut Vec<Edit>) {
        let s = &r.symbols[..r.len()];
        for start in i.saturating_sub(3)..=i {
            if start + 4 > s.len() {
                break;
            }
            let w = &s[start..start + 4];
            let off = i - start;
            let try_word = |n: usize, out: &mut Vec<Edit>| {
                let (word, _) = self.lexicon.four(n);
                if (0..4).all(|k| (word[k] == w[k]) != (k == off)) {
                    self.push(r, Change::new(i, i + 1, &word[off..off + 1]), Way::Idiom, out);
                }
            };
            if off < 2 {
                self.lexicon.fours_ending(w[2], w[3]).for_each(|n| try_word(n, out));
            } else {
                self.lexicon.fours_beginning(w[0], w[1]).for_each(|n| try_word(n, out));
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
            for n in self.lexicon.fours_beginning(s[i - 2], s[i - 1]) {
                let w = self.lexicon.four(n).0;
                if w[3] == here {
                    self.push(r, Change::new(i, i, &[w[2]]), Way::Complete, out);
                } else if w[2] == here && i < s.len() && s.get(i + 1) != Some(&w[3]) {
                    self.push(r, Change::new(i + 1, i + 1, &[w[3]]), Way::Complete, out);
                }
            }
        }
        if i + 1 < s.len() {
            for n in self.lexicon.fours_ending(here, s[i + 1]) {
                let w = self.lexicon.four(n).0;
                if w[0] == s[i - 1] {
                    self.push(r, Change::new(i, i, &[w[1]]), Way::Complete, out);
                } else if w[1] == s[i - 1] && (i < 2 || s[i - 2] != w[0]) {
                    self.push(r, Change::new(i - 1, i - 1, &[w[0]]), Way::Complete, out);
                }
            }
        }
        let last = s[i - 1];
        let kept = |number: u32| self.model.pair_said(number).map(|_| number);
        for c in self.confusion.followers(last) {
            if let after @ Some(_) = kept(self.model.pair(c, here)) {
                self.push(r, Change { after, ..Change::new(i, i, &[c]) }, Way::Insert, out);
            }
        }
        if here != BOUNDARY {
            for c in self.confusion.forerunners(here) {
                if let before @ Some(_) = kept(self.model.pair(last, c)) {
                    self.push(r, Change { before, ..Change::new(i, i, &[c]) }, Way::Insert, out);
                }
            }
        }
    }

    /// Characters or words that stand twice in a row, wherever they are: `from..to` is the second one.
    pub fn doubled(&self, r: &Reading, i: usize, kept: &mut Vec<Edit>) {
        let s = &r.symbols[..r.len()];
        for n in 1..=4usize {
            if i < n
                || i + n > s.len()
                || s[i - n] != s[i]
                || s[i - n..i] != s[i..i + n]
                || s[i..i + n].iter().any(|&x| x < HANZI)
            {
                continue;
            }
            // Three in a row are meant; so is what begins a paragraph, where a heading and its text may have run together.
            let thrice = (i >= 2 * n && s[i - 2 * n..i - n] == s[i..i + n])
                || s.get(i + n..i + 2 * n) == Some(&s[i..i + n]);
            if thrice || i == n || self.repeats.meant(self.lexicon, s, i, n) {
                continue;
            }
            let mut found = Vec::new();
            self.push(r, Change::new(i, i + n, &[]), Way::Undouble, &mut found);
            let before = kept.len();
            self.select(&mut found, kept);
            kept[before..].iter_mut().for_each(|e| e.place = i);
        }
    }
}
