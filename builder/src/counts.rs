//! n-gram counts as sorted columns of packed keys.

use rayon::prelude::*;
use zhubi::typo::model::symbols::{BOUNDARY, RADIX, Symbols, Token};

pub struct Column {
    pub keys: Vec<u64>,
    pub counts: Vec<u32>,
}

/// The text as symbols, with a boundary before and after each line.
pub fn symbols_of(lines: &[&str], symbols: Symbols<'_>) -> Vec<u16> {
    let chunks: Vec<Vec<u16>> = lines
        .par_chunks(20_000)
        .map(|chunk| {
            let mut out = Vec::new();
            let mut tokens: Vec<Token> = Vec::new();
            for line in chunk {
                symbols.tokens(line, &mut tokens);
                out.push(BOUNDARY);
                out.extend(tokens.iter().map(|t| t.symbol));
            }
            out
        })
        .collect();
    let mut all = chunks.concat();
    all.push(BOUNDARY);
    all
}

/// Counts the n-grams of one order. A boundary may be the first or the last symbol of an n-gram, not in
/// between.
pub fn count(text: &[u16], order: usize) -> Column {
    let mut keys: Vec<u64> = Vec::with_capacity(text.len());
    for w in text.windows(order) {
        if order > 2 && w[1..order - 1].contains(&BOUNDARY) {
            continue;
        }
        keys.push(w.iter().fold(0, |k, &s| k * RADIX + s as u64));
    }
    keys.par_sort_unstable();
    let mut column = Column { keys: Vec::new(), counts: Vec::new() };
    let mut i = 0;
    while i < keys.len() {
        let k = keys[i];
        let j = i + keys[i..].iter().take_while(|&&x| x == k).count();
        column.keys.push(k);
        column.counts.push((j - i) as u32);
        i = j;
    }
    column
}
