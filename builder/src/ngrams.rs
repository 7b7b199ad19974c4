//! The sections of characters and n-grams, and the assembly of all sections.

use crate::corpus::FOLDS;
use crate::{corpus, counts, fuse, language_model as lm, lexicon, model};
use std::collections::HashMap;
use std::path::Path;
use zhubi::typo::model::file::{SECTIONS, Section};
use zhubi::typo::model::ngrams::{LEVEL_SLOTS, UNIGRAM_STEPS, WEIGHT_STEPS, WEIGHT_ZERO};
use zhubi::typo::model::symbols::{FIRST_HANZI, HANZI, HANZI_SPAN, OTHER, RADIX, Symbols};

/// Characters that look alike, made by `shapes.py`.
const SHAPES: &str = include_str!("../shapes.tsv");

/// A character gets a symbol from this count on.
const LEAST_COUNT: u32 = 3;
/// The most characters that look like one, and the most that are listed after, or before, a symbol.
const MOST_SHAPES: usize = 24;
const MOST_FOLLOWERS: usize = 16;
/// The least frequency of words of two and of three characters that are listed by sound.
const LEAST_OF_TWO: f64 = 500.0;
const LEAST_OF_THREE: f64 = 2000.0;
/// Added to the count of each symbol, so that every symbol has a probability.
const UNIGRAM_SMOOTHING: f32 = 0.3;

/// Assigns symbols to the most frequent characters; those that are `listed` may be rare.
fn symbol_table(lines: &[&str], listed: &std::collections::HashSet<u32>) -> (Vec<u8>, Vec<u32>) {
    let mut count = vec![0u32; HANZI_SPAN];
    for c in lines.iter().flat_map(|l| l.chars()) {
        let i = (c as u32).wrapping_sub(FIRST_HANZI) as usize;
        if i < HANZI_SPAN {
            count[i] += 1;
        }
    }
    let mut order: Vec<usize> = (0..HANZI_SPAN)
        .filter(|&i| count[i] >= LEAST_COUNT || (listed.contains(&(i as u32 + FIRST_HANZI))))
        .collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(count[i]), i));
    order.truncate(RADIX as usize - HANZI as usize);
    let mut table = vec![OTHER; HANZI_SPAN];
    for (rank, &i) in order.iter().enumerate() {
        table[i] = HANZI + rank as u16;
    }
    eprintln!("{} characters have symbols", order.len());
    (
        table.iter().flat_map(|s| s.to_le_bytes()).collect(),
        order.iter().map(|&i| i as u32 + FIRST_HANZI).collect(),
    )
}

/// The sections that `particles` and `train` make, with the names of their files.
const TRAINED: [(Section, &str); 7] = [
    (Section::Classifier, "classifier"),
    (Section::Forests, "forests"),
    (Section::Screen, "screen"),
    (Section::Alarms, "alarms"),
    (Section::Surprise, "surprise"),
    (Section::Slips, "slips"),
    (Section::Particles, "particles"),
];

/// Bits of a cell, levels of probability and levels of weight, for the orders 2 to 5.
const SHAPE: [(u32, usize, usize); 4] = [(13, 16, 4), (12, 16, 3), (12, 16, 3), (11, 16, 1)];

/// Writes the words, the n-grams of the whole corpus and of the corpus without each fold, and the lines of
/// each fold.
pub fn run(folder: &Path, packages: &Path, out: &Path, target: usize) {
    let lines = corpus::read(folder);
    std::fs::create_dir_all(out).unwrap();
    let (table, columns) = words_of(&lines, packages, out);
    model(columns, target, &out.join("all.ngrams"));
    for fold in 0..FOLDS {
        let (inside, outside): (Vec<_>, Vec<_>) = lines.iter().partition(|l| l.fold == fold);
        let held: String = inside.iter().map(|l| format!("{}\t{}\n", l.source, l.text)).collect();
        std::fs::write(out.join(format!("fold{fold}.txt")), held).unwrap();
        let outside: Vec<&str> = outside.iter().map(|l| l.text.as_str()).collect();
        model(count(&outside, &table), target, &out.join(format!("without{fold}.ngrams")));
    }
}

/// Writes the words only, if nothing else has changed.
pub fn words_only(folder: &Path, packages: &Path, out: &Path) {
    words_of(&corpus::read(folder), packages, out);
}

/// Writes the words; returns the table of symbols and the counts of the whole corpus.
fn words_of(lines: &[corpus::Line], packages: &Path, out: &Path) -> (Vec<u8>, Counts) {
    let all: Vec<&str> = lines.iter().map(|l| l.text.as_str()).collect();
    let listed = SHAPES.lines().filter_map(|l| l.chars().next()).map(|c| c as u32).collect();
    let (table, characters) = symbol_table(&all, &listed);
    let columns = count(&all, &table);
    words(packages, out, &table, &characters, &columns.1);
    (table, columns)
}

/// Log-probabilities of the symbols, and the counts of the n-grams of orders 2 to 5.
type Counts = (Vec<f32>, Vec<counts::Column>);

/// Counts the n-grams of some lines.
fn count(lines: &[&str], table: &[u8]) -> Counts {
    let text = counts::symbols_of(lines, Symbols::new(table));
    eprintln!("{} lines, {} symbols", lines.len(), text.len());
    let total = text.len() as f32;
    let mut unigram = vec![UNIGRAM_SMOOTHING; RADIX as usize];
    text.iter().for_each(|&s| unigram[s as usize] += 1.0);
    let unigram: Vec<f32> = unigram.iter().map(|c| (c / total).ln().max(lm::LEAST_LOGP)).collect();
    (unigram, (2..=5).map(|n| counts::count(&text, n)).collect())
}

/// Estimates the model, prunes it to `target` n-grams and writes it.
fn model((unigram, columns): Counts, target: usize, path: &Path) {
    let mut orders: Vec<lm::Order> = Vec::new();
    let mut below = ((0..RADIX).collect::<Vec<u64>>(), unigram.clone());
    for (n, column) in columns.into_iter().enumerate() {
        eprintln!("order {}: {} n-grams", n + 2, column.keys.len());
        let o = lm::estimate(column, n + 2, &below);
        below = (o.keys.clone(), o.logp.clone());
        orders.push(o);
    }
    lm::prune(&mut orders, target);
    write(&orders, &unigram, path);
}

/// The sections of words, sounds and shapes.
fn words(packages: &Path, out: &Path, table: &[u8], characters: &[u32], columns: &[counts::Column]) {
    let symbols = Symbols::new(table);
    let lexicon = lexicon::gather(packages, symbols, columns);
    let sounds = lexicon::sounds(packages, characters);
    let mut codes = vec![0u16; RADIX as usize];
    characters.iter().enumerate().for_each(|(i, &c)| codes[HANZI as usize + i] = c as u16);
    let sections = [
        table.to_vec(),
        codes.iter().flat_map(|c| c.to_le_bytes()).collect(),
        lexicon.words_section(),
        lexicon.idioms_section(),
        sounds.readings_section(),
        lexicon::shapes_section(SHAPES, symbols, MOST_SHAPES),
        sounds.words_section(&lexicon, 2, LEAST_OF_TWO),
        sounds.words_section(&lexicon, 3, LEAST_OF_THREE),
        lexicon::followers_section(&columns[0], MOST_FOLLOWERS),
    ];
    join(sections, &out.join("words.bin"));
}

fn write(orders: &[lm::Order], unigram: &[f32], path: &Path) {
    let mut levels_section = Vec::new();
    let mut tables = Vec::new();
    let mut uni = vec![0u8; RADIX as usize * 2];
    for (s, &p) in unigram.iter().enumerate() {
        uni[2 * s] = (-p * UNIGRAM_STEPS).round().min(255.0) as u8;
    }
    for (k, w) in lm::weights(&orders[0]) {
        uni[2 * k as usize + 1] = (w * WEIGHT_STEPS + WEIGHT_ZERO).round().clamp(1.0, 255.0) as u8;
    }
    for (i, o) in orders.iter().enumerate() {
        let (bits, p_levels, w_levels) = SHAPE[i];
        assert!(p_levels * w_levels <= LEVEL_SLOTS, "every code has a slot");
        let kept: Vec<usize> = (0..o.keys.len()).filter(|&k| o.keep[k]).collect();
        let keys: Vec<u64> = kept.iter().map(|&k| o.keys[k]).collect();
        let logp: Vec<f32> = kept.iter().map(|&k| o.logp[k]).collect();
        let (p_centres, p_at) = lm::quantise(&logp, p_levels);
        let mut w_centres = vec![0.0f32];
        let mut w_at = vec![0u32; keys.len()];
        if i < 3 {
            let weights = lm::weights(&orders[i + 1]);
            let values: Vec<f32> = weights.iter().map(|w| w.1).collect();
            let (centres, at) = lm::quantise(&values, w_levels - 1);
            w_centres.extend(centres);
            let by: HashMap<u64, u32> = weights.iter().zip(&at).map(|(w, &a)| (w.0, a + 1)).collect();
            for (k, key) in keys.iter().enumerate() {
                w_at[k] = by.get(key).copied().unwrap_or(0);
            }
        }
        let codes: Vec<u32> = (0..keys.len()).map(|k| p_at[k] * w_levels as u32 + w_at[k]).collect();
        let table = fuse::build(&keys, &codes, (p_levels * w_levels) as u32, bits);
        eprintln!("order {}: {} n-grams in {} bytes", i + 2, keys.len(), table.len());
        tables.push(table);
        levels_section.extend((w_levels as u32).to_le_bytes());
        for v in [p_centres, w_centres] {
            let mut v = v;
            v.resize(LEVEL_SLOTS, 0.0);
            v.iter().for_each(|x| levels_section.extend(x.to_le_bytes()));
        }
    }
    join([uni, levels_section].into_iter().chain(tables), path);
}

/// Writes sections one after the other, each as length and bytes.
fn join(sections: impl IntoIterator<Item = Vec<u8>>, path: &Path) {
    let mut file = Vec::new();
    for s in sections {
        file.extend((s.len() as u32).to_le_bytes());
        file.extend(s);
    }
    std::fs::write(path, file).unwrap();
}

/// Reads what [`join`] wrote.
fn split(path: &Path) -> Vec<Vec<u8>> {
    let file = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let (mut out, mut at) = (Vec::new(), 0);
    while at < file.len() {
        let n = u32::from_le_bytes(file[at..at + 4].try_into().unwrap()) as usize;
        out.push(file[at + 4..at + 4 + n].to_vec());
        at += 4 + n;
    }
    out
}

/// The sections with the n-grams called `ngrams` and, as far as they exist, the `trained` ones.
fn sections(out: &Path, ngrams: &str, trained: &[&str]) -> [Vec<u8>; SECTIONS] {
    use Section::*;
    let mut sections = [const { Vec::new() }; SECTIONS];
    let words = [Symbols, Characters, Words, Idioms, Readings, Shapes, SoundIndex, SoundWords, Followers];
    for (s, b) in words.into_iter().zip(split(&out.join("words.bin"))) {
        sections[s as usize] = b;
    }
    let orders = [Unigrams, Levels, Bigrams, Trigrams, Fourgrams, Fivegrams];
    for (s, b) in orders.into_iter().zip(split(&out.join(format!("{ngrams}.ngrams")))) {
        sections[s as usize] = b;
    }
    for (s, name) in TRAINED.into_iter().filter(|t| trained.contains(&t.1)) {
        sections[s as usize] = std::fs::read(out.join(format!("{name}.bin"))).unwrap_or_default();
    }
    sections[Count as usize] = model::fingerprint(|s| &sections[s as usize]).to_le_bytes().to_vec();
    sections
}

/// A model in one file.
pub fn assembled(out: &Path, ngrams: &str, trained: &[&str]) -> Vec<u8> {
    model::file(&sections(out, ngrams, trained), |_| true)
}

/// Writes the files of the shipped model to a folder.
pub fn assemble(out: &Path, folder: &Path) {
    model::write(&sections(out, "all", &TRAINED.map(|t| t.1)), folder);
}
