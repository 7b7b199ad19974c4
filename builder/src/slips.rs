//! Which characters people are known to write for which: out of the list of wrong words and of real pairs.

use crate::corrupt::Random;
use crate::fuse;
use std::collections::BTreeMap;
use std::path::Path;
use zhubi::typo::model::symbols::{HANZI, RADIX, Symbols};
use zhubi::typo::priors::level;

/// Words and what they are miswritten as.
pub const CONFUSABLE: &str = include_str!("../../data/confusable-word.tsv");

/// For each pair (written, meant), packed, how often it is known.
pub struct Slips {
    counts: BTreeMap<u64, u32>,
    /// What is written for a character, and how often.
    written: BTreeMap<u16, Vec<(u16, f32)>>,
}

/// The real pairs of wrong and right: the first two columns.
pub fn pairs(text: &str) -> Vec<(&str, &str)> {
    let two = |l| {
        let mut columns = str::split(l, '\t');
        columns.next().zip(columns.next())
    };
    text.lines().filter_map(two).collect()
}

impl Slips {
    pub fn read(packages: &Path, symbols: Symbols<'_>) -> Self {
        let text = |name: &str| std::fs::read_to_string(packages.join(name)).expect(name);
        let real = [text("cscd.tsv"), text("git-open.tsv")].concat();
        let mut counts = BTreeMap::new();
        for (wrong, right) in pairs(CONFUSABLE).into_iter().chain(pairs(&real)) {
            if wrong.chars().count() != right.chars().count() {
                continue;
            }
            for (a, b) in wrong.chars().zip(right.chars()).filter(|(a, b)| a != b) {
                let (a, b) = (symbols.of(a), symbols.of(b));
                if a >= HANZI && b >= HANZI {
                    *counts.entry(a as u64 * RADIX + b as u64).or_insert(0) += 1;
                }
            }
        }
        let mut written: BTreeMap<u16, Vec<(u16, f32)>> = BTreeMap::new();
        for (&k, &n) in &counts {
            written.entry((k % RADIX) as u16).or_default().push(((k / RADIX) as u16, n as f32));
        }
        Slips { counts, written }
    }

    pub fn count(&self, pair: u64) -> u32 {
        self.counts.get(&pair).copied().unwrap_or(0)
    }

    /// A character that is known to be written for this one.
    pub fn draw(&self, meant: u16, random: &mut Random) -> Option<u16> {
        let of = self.written.get(&meant)?;
        let weights: Vec<f32> = of.iter().map(|x| x.1).collect();
        Some(of[random.pick(&weights)?].0)
    }

    /// As `Habits` reads it.
    pub fn table(&self) -> Vec<u8> {
        let keys: Vec<u64> = self.counts.keys().copied().collect();
        let levels: Vec<u32> = self.counts.values().map(|&n| level(n as f32)).collect();
        eprintln!("{} slips", keys.len());
        fuse::build(&keys, &levels, 32, 14)
    }
}
