//! The likeliest segmentation of a short window, by word frequency alone: evidence from a far larger text
//! than the n-grams have seen.

use super::model::lexicon::Lexicon;
use super::model::symbols::HANZI;

/// ln of the number of words that were counted for the frequencies.
const TOTAL: f32 = 22.5;
/// Log-probability of a Chinese character that is no word by itself …
const UNKNOWN: f32 = -17.0;
/// … and of any other symbol.
const FOREIGN: f32 = -4.0;
/// Longer words are not looked for.
const MAX_WORD: usize = 5;

/// The likeliest words of a window, about a place in it.
#[derive(Clone, Copy, Default, Debug)]
pub struct Segmentation {
    /// Natural logarithm of their probability.
    pub logp: f32,
    /// The number of words.
    pub words: f32,
    /// The number of words that are single Chinese characters.
    pub singles: f32,
    /// Where the word that covers the place begins.
    pub start: usize,
    /// Length of that word.
    pub length: f32,
    /// Natural logarithm of the frequency of that word.
    pub frequency: f32,
    /// Length of the word before the place.
    pub left_length: f32,
    /// Natural logarithm of the frequency of the word before the place.
    pub left_frequency: f32,
    /// The lowest ln frequency of a single character near the place: half a word hardly ever stands alone
    /// (祖, 障).
    pub loosest: f32,
}

/// No more symbols are segmented at once.
pub const WINDOW: usize = 20;
/// `loosest` where there is no single character.
const NONE_LOOSE: f32 = 16.0;

/// The likeliest segmentation up to each place of a row of symbols.
struct Path {
    /// Natural logarithm of its probability.
    best: [f32; WINDOW + 1],
    /// Where its last word begins.
    from: [u8; WINDOW + 1],
    /// ln frequency of that word.
    freq: [f32; WINDOW + 1],
}

/// Finds the likeliest words of at most `WINDOW` symbols (Viterbi 1967).
fn path(frequency: impl Fn(&[u16]) -> Option<f32>, symbols: &[u16]) -> (Path, usize) {
    let n = symbols.len().min(WINDOW);
    let mut best = [f32::NEG_INFINITY; WINDOW + 1];
    let mut from = [0u8; WINDOW + 1];
    let mut freq = [0f32; WINDOW + 1];
    best[0] = 0.0;
    for i in 0..n {
        if best[i] == f32::NEG_INFINITY {
            continue;
        }
        let alone = |s: u16| frequency(&[s]).map_or(UNKNOWN, |f| f - TOTAL);
        let single = if symbols[i] < HANZI { FOREIGN } else { alone(symbols[i]) };
        if best[i] + single > best[i + 1] {
            (best[i + 1], from[i + 1], freq[i + 1]) = (best[i] + single, i as u8, single + TOTAL);
        }
        for j in i + 2..=(i + MAX_WORD).min(n) {
            if symbols[j - 1] < HANZI || symbols[i] < HANZI {
                break;
            }
            if let Some(f) = frequency(&symbols[i..j]) {
                let p = best[i] + f - TOTAL;
                if p > best[j] {
                    (best[j], from[j], freq[j]) = (p, i as u8, f);
                }
            }
        }
    }
    (Path { best, from, freq }, n)
}

/// Writes where the likeliest words of a row (at most `WINDOW` symbols) begin, and its end, to `cuts`;
/// returns the number of words. `frequency` is the natural logarithm of a word's frequency, as of
/// [`Lexicon::frequency`].
pub fn words(
    frequency: impl Fn(&[u16]) -> Option<f32>,
    symbols: &[u16],
    cuts: &mut [u8; WINDOW + 1],
) -> usize {
    let (path, n) = path(frequency, symbols);
    let (mut j, mut count) = (n, 0);
    cuts[0] = n as u8;
    while j > 0 {
        j = path.from[j] as usize;
        count += 1;
        cuts[count] = j as u8;
    }
    cuts[..=count].reverse();
    count
}

/// The natural logarithm of the probability of the likeliest words of a row (at most `WINDOW` symbols).
pub fn logp(frequency: impl Fn(&[u16]) -> Option<f32>, symbols: &[u16]) -> f32 {
    let (path, n) = path(frequency, symbols);
    path.best[n]
}

/// Segments `symbols` (at most `WINDOW`) and describes the words about the place `at`.
pub fn segment(lexicon: &Lexicon<'_>, symbols: &[u16], at: usize) -> Segmentation {
    let (Path { best, from, freq }, n) = path(|word| lexicon.frequency(word), symbols);
    let mut out = Segmentation { logp: best[n], loosest: NONE_LOOSE, ..Default::default() };
    let mut j = n;
    while j > 0 {
        let i = from[j] as usize;
        out.words += 1.0;
        if j - i == 1 && symbols[i] >= HANZI {
            out.singles += 1.0;
            if i.abs_diff(at) <= 2 {
                out.loosest = out.loosest.min(freq[j]);
            }
        }
        if (i + 1..=j).contains(&at) {
            out.left_length = (j - i) as f32;
            out.left_frequency = freq[j];
        }
        if (i..j).contains(&at) {
            out.start = i;
            out.length = (j - i) as f32;
            out.frequency = freq[j];
        }
        j = i;
    }
    out
}
