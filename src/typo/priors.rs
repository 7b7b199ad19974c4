//! Prior statistics of characters and words: how surprising each usually is, how often it was a false alarm
//! in clean text, and which characters people write for which.

use super::edit::Edit;
use super::reading::Reading;
use crate::typo::model::file::{ModelFile, Section};
use crate::typo::model::fuse::Fuse;
use crate::typo::model::lexicon::word_key;
use crate::typo::model::ngrams::Score;
use crate::typo::model::symbols::RADIX;

/// The keys under which an edit's false alarms are counted: the pair of written and proposed, what is
/// written, what is proposed, the word that covers the place.
pub const ALARMS: usize = 4;
/// The gain from which a proposal in clean text counts as a false alarm.
pub const ALARM_GAIN: f32 = 4.0;

/// The level that no count exceeds.
pub const MAX_LEVEL: u32 = 31;

/// The statistics, read in place.
pub struct Priors<'a> {
    /// For each symbol, mean (in eighths of a nat below 0) and deviation (in sixteenths) of the
    /// log-probability of its window. Empty before the first training.
    surprise: &'a [u8],
    alarms: Fuse<'a>,
    slips: Fuse<'a>,
}

/// Mean and deviation before the first training.
const UNTRAINED: (f32, f32) = (-12.0, 6.0);

/// A count as a level.
pub fn level(count: f32) -> u32 {
    ((1.0 + count).ln() * 2.0).round().min(MAX_LEVEL as f32) as u32
}

/// The log-probability of the symbol at `i` and the two after it.
pub fn window(scores: &[Score], i: usize) -> f32 {
    scores[i.min(scores.len())..(i + 3).min(scores.len())].iter().map(|s| s.logp).sum()
}

impl<'a> Priors<'a> {
    /// Finds its sections in the model file.
    pub fn new(file: &ModelFile<'a>) -> Self {
        Priors {
            surprise: file.section(Section::Surprise),
            alarms: Fuse::new(file.section(Section::Alarms)),
            slips: Fuse::new(file.section(Section::Slips)),
        }
    }

    /// How many deviations the log-probability of a symbol's window lies from its mean.
    pub fn typicality(&self, symbol: u16, logp: f32) -> f32 {
        let at = 2 * symbol as usize;
        let (mean, deviation) = match self.surprise.get(at..at + 2) {
            Some(b) => (b[0] as f32 / -8.0, b[1] as f32 / 16.0),
            None => UNTRAINED,
        };
        ((logp - mean) / deviation.max(0.5)).clamp(-6.0, 6.0)
    }

    /// The keys of an edit, where `word` covers its place; 0 for none.
    pub fn keys(r: &Reading, e: &Edit, word: &[u16]) -> [u64; ALARMS] {
        let square = RADIX * RADIX;
        let word = if word.len() > 1 { word_key(word) } else { 0 };
        match (e.to - e.from, e.new_symbols()) {
            (1, &[new]) => {
                let old = r.symbols[e.from] as u64;
                [old * RADIX + new as u64, square + old, square + RADIX + new as u64, word]
            }
            (1, []) => [0, square + 2 * RADIX + r.symbols[e.from] as u64, 0, word],
            (0, &[new]) => [0, 0, square + 3 * RADIX + new as u64, 0],
            _ => [0, 0, 0, word],
        }
    }

    /// How often people write the one character of a pair for the other, as a level: 已 for 己 often, 日 for
    /// 己 never.
    pub fn slip(&self, pair: u64) -> f32 {
        if pair == 0 { 0.0 } else { self.slips.get(pair).unwrap_or(0) as f32 }
    }

    /// The level of false alarms of each key.
    pub fn levels(&self, keys: &[u64; ALARMS]) -> [f32; ALARMS] {
        keys.map(|k| if k == 0 { 0.0 } else { self.alarms.get(k).unwrap_or(0) as f32 })
    }
}
