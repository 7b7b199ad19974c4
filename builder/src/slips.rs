//! Which characters people write for which, from the list of confusable words and from real corrections.

use crate::fuse;
use crate::random::Random;
use std::collections::BTreeMap;
use std::path::Path;
use zhubi::typo::model::symbols::{HANZI, RADIX, Symbols};
use zhubi::typo::priors::{MAX_LEVEL, level};

/// Bits of a cell of the table.
const CELL_BITS: u32 = 14;

/// Wrong words and the right ones.
pub const CONFUSABLE: &str = include_str!("../../data/confusable-word.tsv");

/// How often each character was written for another.
pub struct Slips {
    /// By the pair of written and meant, packed.
    counts: BTreeMap<u64, u32>,
    /// What is written for each character, and how often.
    written: BTreeMap<u16, Vec<(u16, f32)>>,
}

/// The pairs of wrong and right in the first two columns.
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

    /// A random character that people write for this one.
    pub fn draw(&self, meant: u16, random: &mut Random) -> Option<u16> {
        let of = self.written.get(&meant)?;
        let weights: Vec<f32> = of.iter().map(|x| x.1).collect();
        Some(of[random.pick(&weights)?].0)
    }

    /// The section as `Priors` reads it.
    pub fn table(&self) -> Vec<u8> {
        let keys: Vec<u64> = self.counts.keys().copied().collect();
        let levels: Vec<u32> = self.counts.values().map(|&n| level(n as f32)).collect();
        eprintln!("{} slips", keys.len());
        fuse::build(&keys, &levels, MAX_LEVEL + 1, CELL_BITS)
    }
}
