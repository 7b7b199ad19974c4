//! Words for the model of 的, 地 and 得: their classes, and which words ending in 地 are adverbs.

use crate::examples::symbols;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use zhubi::typo::Detector;
use zhubi::typo::model::lexicon::word_key;
use zhubi::typo::model::symbols::HANZI;
use zhubi::typo::segment::{WINDOW, segment};

/// The number of words with a class, the most frequent ones.
const CLASSED: usize = 40_000;

/// An adverb is used so often, and for each time that it ends a clause so often not; more often not if it
/// ends with a word.
const LEAST_USES: u32 = 10;
const OFTEN_NO_END: u32 = 10;
const MOSTLY_NO_END: u32 = 40;

/// Classes and adverbs.
pub struct Words {
    /// Classes by the key of the word; in order, as the table's keys of some coincide and the last one
    /// counts.
    pub classes: BTreeMap<u64, u32>,
    /// Keys of the adverbs.
    pub adverbs: HashSet<u64>,
}

impl Words {
    /// From jieba's dictionary, and from the lines of the corpus.
    pub fn new(d: &Detector<'_>, packages: &Path, lines: &[&str]) -> Self {
        Words { classes: classes(d, packages), adverbs: adverbs(d, lines) }
    }
}

/// The class of each word that has one: its part of speech in jieba's dictionary.
fn classes(d: &Detector<'_>, packages: &Path) -> BTreeMap<u64, u32> {
    const TAGS: [&str; 20] = [
        "n", "nr", "ns", "v", "vn", "a", "ad", "d", "z", "i", "l", "b", "r", "m", "q", "p", "c", "f", "t",
        "u",
    ];
    let text = std::fs::read_to_string(packages.join("jieba_dict.txt")).expect("jieba_dict.txt");
    let mut known: Vec<(f32, u64, u32)> = Vec::new();
    for line in text.lines() {
        let mut parts = line.split(' ');
        let (Some(word), _, Some(tag)) = (parts.next(), parts.next(), parts.next()) else { continue };
        let tag = match tag {
            "nrt" | "nrfg" => "nr",
            "vg" | "vd" | "vi" | "vq" => "v",
            "ag" | "an" => "a",
            "tg" => "t",
            "mq" => "m",
            "s" => "f",
            "ul" | "uj" | "uz" | "ug" | "ud" | "uv" | "y" | "e" | "o" | "k" | "h" | "zg" | "x" => "u",
            "j" => "n",
            tag if tag.starts_with('n') && tag != "nr" && tag != "ns" => "n",
            tag => tag,
        };
        let word = symbols(d, word);
        let Some(class) = TAGS.iter().position(|t| *t == tag) else { continue };
        if let Some(frequency) = d.lexicon().frequency(&word).filter(|_| word.iter().all(|&s| s >= HANZI)) {
            known.push((frequency, word_key(&word), class as u32 + 1));
        }
    }
    known.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    known.truncate(CLASSED);
    known.into_iter().map(|(_, key, class)| (key, class)).collect()
}

/// The longer words ending in 地 that are adverbs (深深地, 创造性地): unlike places they hardly ever end a
/// clause or precede 的.
fn adverbs(d: &Detector<'_>, lines: &[&str]) -> HashSet<u64> {
    let p = d.proposer();
    let [de, di, _] = p.particles.three();
    let of_line = |line: &&str| {
        let s = symbols(d, line);
        let mut out = Vec::new();
        for at in (2..s.len()).filter(|&at| s[at] == di) {
            let from = at.saturating_sub(WINDOW / 2 - 1);
            let word = segment(d.lexicon(), &s[from..(at + WINDOW / 2 - 1).min(s.len())], at - from);
            let start = from + word.start;
            if word.length >= 3.0 && start + word.length as usize == at + 1 {
                let ends = s.get(at + 1).is_none_or(|&s| s < HANZI || s == de);
                out.push((s[start..=at].to_vec(), ends));
            }
        }
        out
    };
    let mut counts: HashMap<Vec<u16>, [u32; 2]> = HashMap::new();
    for (word, ends) in lines.par_iter().flat_map_iter(of_line).collect::<Vec<_>>() {
        counts.entry(word).or_default()[ends as usize] += 1;
    }
    // The end of 农村土地 and 向内地 is a word and a place itself, and so is that of 更多地.
    let is_adverb = |(word, of): &(Vec<u16>, [u32; 2])| {
        let part = if d.lexicon().frequency(&word[word.len() - 2..]).is_some() {
            MOSTLY_NO_END
        } else {
            OFTEN_NO_END
        };
        of[0] >= LEAST_USES && of[1] * part <= of[0]
    };
    let mut found: Vec<_> = counts.into_iter().filter(is_adverb).collect();
    found.sort_by_key(|(word, of)| (Reverse(of[0]), word.clone()));
    let shown = |w: &[u16]| w.iter().map(|&s| d.character(s)).collect::<String>();
    eprintln!("adverbs: {}", found.iter().map(|(w, _)| shown(w)).collect::<Vec<_>>().join(" "));
    found.into_iter().map(|(word, _)| word_key(&word)).collect()
}
