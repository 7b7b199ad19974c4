//! Puts errors into sentences as people and input methods make them.

use crate::slips::Slips;
use std::ops::Range;
use zhubi::typo::Detector;
use zhubi::typo::model::confusion::Likeness;
use zhubi::typo::model::symbols::HANZI;

/// A small generator of random numbers (xorshift64*), so that a build can be repeated.
pub struct Random(pub u64);

impl Random {
    /// From one of many seeds that lie side by side: the first numbers of such are alike, and are left out.
    pub fn one_of_many(seed: u64) -> Self {
        let mut random = Random(seed);
        (0..3).for_each(|_| {
            random.next();
        });
        random
    }
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }
    pub fn below(&mut self, n: usize) -> usize {
        ((self.next() >> 33) as usize) % n.max(1)
    }
    pub fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }
    pub fn pick(&mut self, weights: &[f32]) -> Option<usize> {
        let total: f32 = weights.iter().sum();
        let mut x = self.unit() * total;
        for (i, w) in weights.iter().enumerate() {
            x -= w;
            if x < 0.0 {
                return Some(i);
            }
        }
        weights.len().checked_sub(1)
    }
}

/// Puts rows into an order drawn by lot.
pub fn shuffle<T>(rows: &mut [T], random: &mut Random) {
    for i in (1..rows.len()).rev() {
        rows.swap(i, random.below(i + 1));
    }
}

/// Which part of the errors leave a character out; they are put in apart from the others.
pub const MISSING: f32 = 0.14;

/// Where Chinese characters stand.
fn places(row: &[u16]) -> Vec<usize> {
    (0..row.len()).filter(|&i| row[i] >= HANZI).collect()
}

/// The symbols without one character, and where it stood.
pub fn omit(row: &[u16], random: &mut Random) -> Option<(Vec<u16>, usize)> {
    let places = places(row);
    let i = *places.get(random.below(places.len()))?;
    let mut out = row.to_vec();
    out.remove(i);
    Some((out, i))
}

/// How many places are drawn, of which the error falls on the one of the rarest character, now and then: what is rare is miswritten more often.
const RARER: f32 = 0.4;
const DRAWN: usize = 3;

/// One error of the other kinds put into the symbols, among `within`; None when this kind found no place.
pub fn corrupt(
    d: &Detector<'_>,
    slips: &Slips,
    row: &[u16],
    within: Range<usize>,
    random: &mut Random,
) -> Option<Vec<u16>> {
    let p = d.proposer();
    let mut places = places(row);
    places.retain(|i| within.contains(i));
    if places.is_empty() {
        return None;
    }
    let mut i = places[random.below(places.len())];
    if random.unit() < RARER {
        let drawn = (1..DRAWN).map(|_| places[random.below(places.len())]);
        i = drawn.fold(i, |i, k| if p.model.unigram(row[k]) < p.model.unigram(row[i]) { k } else { i });
    }
    let mut out = row.to_vec();
    let kind = random.unit();
    if kind < 0.58 {
        out[i] = mistaken(d, slips, row[i], random)?;
    } else if kind < 0.74 {
        if !word_at(d, row, i) {
            return None;
        }
        let mut options: Vec<([u16; 2], f32)> = Vec::new();
        p.confusion.words_like(&row[i..i + 2], 1, |w, likeness| {
            let f = p.lexicon.frequency(w).unwrap_or(3.0);
            let discount = if likeness == Likeness::SameSound { 1.0 } else { 0.15 };
            options.push(([w[0], w[1]], (f * 0.5).exp() * discount));
        });
        let w: Vec<f32> = options.iter().map(|o| o.1).collect();
        out[i..i + 2].copy_from_slice(&options[random.pick(&w)?].0);
    } else if kind < 0.805 {
        // A word, or a longer piece copied or pasted twice.
        let n = [2, 2, 2, 3, 4][random.below(5)];
        let piece = row.get(i..i + n)?;
        if (n == 2 && !word_at(d, row, i)) || piece.iter().any(|&s| s < HANZI) {
            return None;
        }
        out.splice(i..i, piece.iter().copied());
    } else if kind < 0.835 {
        out.insert(i, row[i]);
    } else if kind < 0.91 {
        let options: Vec<u16> = if random.unit() < 0.5 {
            p.confusion.followers(row[i]).collect()
        } else {
            p.confusion.forerunners(row[i]).collect()
        };
        if options.is_empty() {
            return None;
        }
        let c = options[random.below(options.len())];
        let at = if random.unit() < 0.5 { i } else { i + 1 };
        out.insert(at, c);
    } else if kind < 0.945 {
        if i + 1 >= row.len() || row[i + 1] < HANZI {
            return None;
        }
        out.swap(i, i + 1);
    } else if kind < 0.975 {
        // A phrase of four characters misremembered: another character that is usual beside its neighbours.
        let phrase = |i: &usize| {
            row.get(*i..*i + 4).is_some_and(|w| {
                p.lexicon.fours_beginning(w[0], w[1]).any(|n| p.lexicon.four(n).0[2..] == w[2..])
            })
        };
        let starts: Vec<usize> = places.iter().copied().filter(phrase).collect();
        let start = *starts.get(random.below(starts.len()))?;
        let k = random.below(4);
        let options: Vec<u16> = if k > 0 {
            p.confusion.followers(row[start + k - 1]).collect()
        } else {
            p.confusion.forerunners(row[start + 1]).collect()
        };
        out[start + k] = *options.get(random.below(options.len()))?;
    } else {
        let de = p.particles.three();
        let i = places.iter().copied().filter(|&i| de.contains(&row[i])).nth(random.below(3))?;
        out[i] = de[random.below(3)];
    }
    (out != row).then_some(out)
}

fn word_at(d: &Detector<'_>, row: &[u16], i: usize) -> bool {
    row.get(i..i + 2).is_some_and(|w| w.iter().all(|&s| s >= HANZI) && d.lexicon().frequency(w).is_some())
}

/// What is written for a character. Of 3,700 real slips of one character, in histories of documentation and in CSCD-NS, 22 in 100 look and sound alike,
/// 62 sound alike only, 6 look alike only; two in three of those that sound alike have the tone in common. Looks are drawn oftener than that: drafts are
/// written with strokes and read from scans, too.
fn mistaken(d: &Detector<'_>, slips: &Slips, meant: u16, random: &mut Random) -> Option<u16> {
    let p = d.proposer();
    let kind = random.unit();
    if kind < 0.28 {
        return slips.draw(meant, random);
    }
    // Frequent characters are written for rare ones more often than the other way round.
    let common = |s: u16| (p.model.unigram(s) * 0.6).exp();
    let alike = |s: u16| p.confusion.by_shape(meant, s).map_or(0.0, |level| 1.0 + level as f32);
    let tone = |s: u16| if p.confusion.same_tone(meant, s) { 2.5 } else { 1.0 };
    let mut options: Vec<(u16, f32)> = Vec::new();
    if kind < 0.86 {
        let wanted = if kind < 0.8 { Likeness::SameSound } else { Likeness::NearSound };
        let by_shape = kind < 0.52;
        p.confusion.sounds_like(meant, |c| {
            if p.confusion.by_sound(meant, c) == wanted && (!by_shape || alike(c) > 0.0) {
                options.push((c, common(c) * tone(c) * if by_shape { alike(c) } else { 1.0 }));
            }
        });
    } else {
        options.extend(p.confusion.shapes(meant).map(|c| (c, common(c) * alike(c).powi(2))));
    }
    let weights: Vec<f32> = options.iter().map(|o| o.1).collect();
    Some(options[random.pick(&weights)?].0)
}

/// Levenshtein distance, common ends cut off first.
pub fn distance(mut a: &[u16], mut b: &[u16]) -> usize {
    while !a.is_empty() && !b.is_empty() && a[0] == b[0] {
        (a, b) = (&a[1..], &b[1..]);
    }
    while !a.is_empty() && !b.is_empty() && a[a.len() - 1] == b[b.len() - 1] {
        (a, b) = (&a[..a.len() - 1], &b[..b.len() - 1]);
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let next = (diagonal + (x != y) as usize).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = next;
        }
    }
    row[b.len()]
}
