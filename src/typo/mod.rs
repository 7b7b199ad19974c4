//! Typos that only context shows.
//!
//! Reading on with the n-gram model marks the few places where the text is surprising (`screen`). There edits are proposed, of
//! characters and of whole words (`candidates`), each is measured (`features`), and networks and trees say how likely it mends the text
//! (`classify`, `forest`). Which of 的, 地 and 得 belongs where one of
//! them stands hangs on the whole clause, and a model of its own says it (`particle`).

pub mod candidates;
pub mod classify;
pub mod detector;
pub mod edit;
pub mod evidence;
pub mod features;
pub mod model;
pub mod particle;
pub mod particle_features;
pub mod priors;
pub mod rate;
pub mod reading;
pub mod repeats;
pub mod screen;
pub mod segment;
pub mod tier;
pub mod words;

pub use detector::{Detector, Heard, Suspicion, Weighed};
pub use evidence::DocumentContext;
pub use rate::ErrorRate;
pub use tier::{Kind, Tier};

use std::sync::LazyLock;

/// The files of the model. The n-grams are crates of their own: a crate may be 10 MiB, and no larger.
const FILES: [&[u8]; 3] =
    [include_bytes!("../../data/typo.model"), zhubi_ngrams_lower::MODEL, zhubi_ngrams_higher::MODEL];

/// The model, read where it lies; what little is made of it is made at first use.
static DETECTOR: LazyLock<Detector<'static>> =
    LazyLock::new(|| Detector::of_files(&FILES).expect("the model is a constant"));

/// The detector with the model that ships.
#[must_use]
pub fn detector() -> &'static Detector<'static> {
    &DETECTOR
}

#[cfg(test)]
mod tests {
    use crate::typo::model::file::{ModelFile, Section};

    #[test]
    fn the_model_that_ships_is_whole() {
        let model = ModelFile::new(&super::FILES).unwrap();
        for section in Section::ALL {
            assert!(!model.section(section).is_empty(), "{section:?}");
        }
    }
}
