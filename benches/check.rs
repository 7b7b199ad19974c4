//! How long a check takes, by the length of the document: `cargo bench --bench check`.

use divan::Bencher;
use divan::counter::CharsCount;
use zhubi::{Config, Document, Format, Linter};

mod report;

use report::report;

fn main() {
    divan::main();
}

fn bench(bencher: Bencher<'_, '_>, config: &Config, chars: usize) {
    let linter = Linter::new(config);
    let text = report(chars);
    bencher.counter(CharsCount::of_str(&text)).bench(|| {
        let document = Document::new(divan::black_box(text.clone()), Format::Plain);
        linter.check(&document).len()
    });
}

const SIZES: [usize; 4] = [1_000, 10_000, 200_000, 1_000_000];

/// All rules.
#[divan::bench(args = SIZES, sample_count = 10)]
fn all(bencher: Bencher<'_, '_>, chars: usize) {
    bench(bencher, &Config::default(), chars);
}

/// The typo rules alone.
#[divan::bench(args = SIZES, sample_count = 10)]
fn typo(bencher: Bencher<'_, '_>, chars: usize) {
    let mut config = Config::default();
    config.select = Some(vec!["typo".into()]);
    bench(bencher, &config, chars);
}

/// Text that is no prose: one character, repeated.
#[divan::bench(args = SIZES, sample_count = 10)]
fn one_character(bencher: Bencher<'_, '_>, chars: usize) {
    let linter = Linter::new(&Config::default());
    let text = "的".repeat(chars);
    bencher
        .counter(CharsCount::of_str(&text))
        .bench(|| linter.check(&Document::new(divan::black_box(text.clone()), Format::Plain)).len());
}
