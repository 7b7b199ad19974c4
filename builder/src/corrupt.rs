//! Puts errors into sentences as people and input methods make them.

use crate::slips::Slips;
use zhubi::chinese::confusion::Likeness;
use zhubi::chinese::symbol::HANZI;
use zhubi::chinese::typo::Detector;

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
pub const MISSING: f32 = 0.11;

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

/// One error of the other kinds put into the symbols; None when this kind found no place.
pub fn corrupt(d: &Detector<'_>, slips: &Slips, row: &[u16], random: &mut Random) -> Option<Vec<u16>> {
    let p = d.proposer();
    let places = places(row);
    if places.len() < 4 {
        return None;
    }
    let i = places[random.below(places.len())];
    let mut out = row.to_vec();
    let common = |s: u16| (p.model.unigram(s) * 0.6).exp();
    let word_at = |i: usize| {
        i + 2 <= row.len()
            && row[i] >= HANZI
            && row[i + 1] >= HANZI
            && p.lexicon.frequency(&row[i..i + 2]).is_some()
    };
    let kind = random.unit() * (1.0 - MISSING);
    if kind < 0.50 {
        if random.unit() < 0.3 {
            out[i] = slips.draw(row[i], random)?;
            return (out != row).then_some(out);
        }
        // Errors fall on frequent characters as often as those are written, on 的 and its like less.
        let (same, near) = (kind < 0.36, kind < 0.43);
        let mut options = Vec::new();
        if near {
            let wanted = if same { Likeness::SameSound } else { Likeness::NearSound };
            p.confusion.sounds_like(row[i], |c| {
                if p.confusion.by_sound(row[i], c) == wanted {
                    options.push(c);
                }
            });
        } else {
            options.extend(p.confusion.shapes(row[i]));
        }
        let w: Vec<f32> = options.iter().map(|&c| common(c)).collect();
        out[i] = options[random.pick(&w)?];
    } else if kind < 0.66 {
        if !word_at(i) {
            return None;
        }
        let mut options: Vec<([u16; 2], f32)> = Vec::new();
        p.confusion.words_like(&row[i..i + 2], |w, likeness| {
            let f = p.lexicon.frequency(w).unwrap_or(3.0);
            let discount = if likeness == Likeness::SameSound { 1.0 } else { 0.15 };
            options.push(([w[0], w[1]], (f * 0.5).exp() * discount));
        });
        let w: Vec<f32> = options.iter().map(|o| o.1).collect();
        out[i..i + 2].copy_from_slice(&options[random.pick(&w)?].0);
    } else if kind < 0.72 {
        // A word, or a longer piece copied or pasted twice.
        let n = [2, 2, 2, 3, 4][random.below(5)];
        let piece = row.get(i..i + n)?;
        if (n == 2 && !word_at(i)) || piece.iter().any(|&s| s < HANZI) {
            return None;
        }
        out.splice(i..i, piece.iter().copied());
    } else if kind < 0.75 {
        out.insert(i, row[i]);
    } else if kind < 0.82 {
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
    } else if kind < 0.85 {
        if i + 1 >= row.len() || row[i + 1] < HANZI {
            return None;
        }
        out.swap(i, i + 1);
    } else if kind < 0.87 {
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
        let de = ['的', '地', '得'].map(|c| d.symbols().of(c));
        let i = places.iter().copied().filter(|&i| de.contains(&row[i])).nth(random.below(3))?;
        out[i] = de[random.below(3)];
    }
    (out != row).then_some(out)
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
