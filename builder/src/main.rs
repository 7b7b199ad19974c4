//! Makes the model: `builder COMMAND …`; see the usage below.
mod accuracy;
mod corpus;
mod corrupt;
mod counts;
mod distance;
mod examples;
mod forest;
mod fuse;
mod language_model;
mod lexicon;
mod model;
mod network;
mod ngrams;
mod particle;
mod particle_odds;
mod particle_words;
mod random;
mod recall_by_stage;
mod screen;
mod slips;
mod thresholds;
mod train;

use std::path::Path;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let path = |i: usize| Path::new(args.get(i).unwrap_or_else(|| usage()));
    let number = |i: usize| args.get(i).and_then(|n| n.parse().ok()).unwrap_or_else(|| usage());
    match args.first().map(String::as_str) {
        Some("ngrams") => ngrams::run(path(1), path(2), path(3), number(4)),
        Some("words") => ngrams::words_only(path(1), path(2), path(3)),
        Some("train") => train::run(path(1), path(2), number(3)),
        Some("recall-by-stage") => {
            recall_by_stage::run(path(1), path(2), args.get(3).and_then(|n| n.parse().ok()).unwrap_or(0.5))
        }
        Some("accuracy") => accuracy::run(path(1), &args[2.min(args.len())..]),
        Some("thresholds") => thresholds::run(path(1), path(2), &args[3.min(args.len())..]),
        Some("particles") => particle::run(path(1), path(2)),
        Some("assemble") => ngrams::assemble(path(1), path(2)),
        _ => usage(),
    }
}

fn usage() -> ! {
    eprintln!(
        "builder ngrams CORPUS PACKAGES OUT N-GRAMS | words CORPUS PACKAGES OUT\n\
         builder particles OUT PACKAGES | train OUT PACKAGES TEXTS | assemble OUT MODEL\n\
         builder recall-by-stage MODEL PAIRS [CONFIDENCE] | accuracy MODEL FILE…\n\
         builder thresholds MODEL PACKAGES FILE…\n\
         MODEL: a folder, as the repository's own, with {}; or one file, but for `assemble`",
        model::FILES.join(", ")
    );
    std::process::exit(2)
}
