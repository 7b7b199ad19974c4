//! Makes the model: `builder COMMAND …`, see the usage below.
mod corpus;
mod corrupt;
mod counts;
mod fuse;
mod language_model;
mod lexicon;
mod ngrams;
mod train;

use std::path::Path;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let arg = |i: usize| args.get(i).map(String::as_str).unwrap_or_else(|| usage());
    match arg(0) {
        "ngrams" => ngrams::run(Path::new(arg(1)), Path::new(arg(2)), Path::new(arg(3)), &args[4..]),
        "assemble" => ngrams::assemble(
            Path::new(arg(1)),
            Path::new(arg(2)),
            Path::new(arg(3)),
            Path::new(arg(4)),
            Path::new(arg(5)),
        ),
        "train" => train::run(
            Path::new(arg(1)),
            Path::new(arg(2)),
            args.get(6).map(Path::new),
            Path::new(arg(3)),
            Path::new(arg(4)),
            arg(5).parse().unwrap(),
        ),
        _ => usage(),
    }
}

fn usage() -> ! {
    eprintln!("builder ngrams CORPUS PACKAGES OUT SPEC…   SPEC: name:n-grams:min3,min4,min5");
    std::process::exit(2)
}
