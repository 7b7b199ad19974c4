//! Puts errors into texts as people and input methods make them.

use crate::random::Random;
use crate::slips::Slips;
use std::ops::Range;
use zhubi::typo::Detector;
use zhubi::typo::model::confusion::Likeness;
use zhubi::typo::model::symbols::HANZI;

/// The share of errors that omit a character; these are put in separately.
pub const MISSING: f32 = 0.14;

/// The places of Chinese characters.
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

/// Rare characters are miswritten more often: for a share of the errors several places are drawn, and the one
/// of the rarest character is taken.
const RARER: f32 = 0.4;
const DRAWN: usize = 3;

/// Kinds of errors, each with the share of errors up to and including it. What is left mixes up 的, 地 and
/// 得.
const CHARACTER: f32 = 0.58;
const WORD: f32 = 0.74;
const WORD_TWICE: f32 = 0.805;
const CHARACTER_TWICE: f32 = 0.835;
const INSERTED: f32 = 0.91;
const SWAPPED: f32 = 0.945;
const PHRASE: f32 = 0.975;

/// The same of ways to mistake a character. What is left looks alike.
const KNOWN_SLIP: f32 = 0.28;
const SOUND_AND_SHAPE: f32 = 0.52;
const SAME_SOUND: f32 = 0.8;
const NEAR_SOUND: f32 = 0.86;

/// How much a word of nearly the same sound weighs beside one of the same sound …
const NEAR_SOUND_WEIGHT: f32 = 0.15;
/// … and a character of the same tone beside one of another.
const SAME_TONE_WEIGHT: f32 = 2.5;

/// The symbols with an error of another kind, within `within`; None where the kind that was drawn does not
/// fit.
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
    if kind < CHARACTER {
        out[i] = mistaken(d, slips, row[i], random)?;
    } else if kind < WORD {
        if !word_at(d, row, i) {
            return None;
        }
        let mut options: Vec<([u16; 2], f32)> = Vec::new();
        p.confusion.words_like(&row[i..i + 2], 1, |w, likeness| {
            let f = p.lexicon.frequency(w).unwrap_or(3.0);
            let discount = if likeness == Likeness::SameSound { 1.0 } else { NEAR_SOUND_WEIGHT };
            options.push(([w[0], w[1]], (f * 0.5).exp() * discount));
        });
        let w: Vec<f32> = options.iter().map(|o| o.1).collect();
        out[i..i + 2].copy_from_slice(&options[random.pick(&w)?].0);
    } else if kind < WORD_TWICE {
        // A word, or a longer string, copied or pasted twice.
        let n = [2, 2, 2, 3, 4][random.below(5)];
        let piece = row.get(i..i + n)?;
        if (n == 2 && !word_at(d, row, i)) || piece.iter().any(|&s| s < HANZI) {
            return None;
        }
        out.splice(i..i, piece.iter().copied());
    } else if kind < CHARACTER_TWICE {
        out.insert(i, row[i]);
    } else if kind < INSERTED {
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
    } else if kind < SWAPPED {
        if i + 1 >= row.len() || row[i + 1] < HANZI {
            return None;
        }
        out.swap(i, i + 1);
    } else if kind < PHRASE {
        // A misremembered four-character word: another character that is usual beside its neighbours.
        let phrase = |i: &usize| {
            row.get(*i..*i + 4).is_some_and(|w| {
                p.lexicon
                    .four_char_words_with_prefix(w[0], w[1])
                    .any(|n| p.lexicon.four_char_word(n)[2..] == w[2..])
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

/// What is written for a character. Of 3,700 real slips of one character, in histories of documentation and
/// in CSCD-NS, 22 % look and sound alike, 62 % sound alike only, 6 % look alike only; two in three of those
/// that sound alike have the same tone. Similar shapes are drawn more often than that, as drafts are also
/// typed by strokes and scanned.
fn mistaken(d: &Detector<'_>, slips: &Slips, meant: u16, random: &mut Random) -> Option<u16> {
    let p = d.proposer();
    let kind = random.unit();
    if kind < KNOWN_SLIP {
        return slips.draw(meant, random);
    }
    // Frequent characters are written for rare ones more often than the other way round.
    let common = |s: u16| (p.model.unigram(s) * 0.6).exp();
    let alike = |s: u16| p.confusion.by_shape(meant, s).map_or(0.0, |level| 1.0 + level as f32);
    let tone = |s: u16| if p.confusion.same_tone(meant, s) { SAME_TONE_WEIGHT } else { 1.0 };
    let mut options: Vec<(u16, f32)> = Vec::new();
    if kind < NEAR_SOUND {
        let wanted = if kind < SAME_SOUND { Likeness::SameSound } else { Likeness::NearSound };
        let by_shape = kind < SOUND_AND_SHAPE;
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
