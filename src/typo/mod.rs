//! Typos that only context shows.
//!
//! The n-gram model shows the few places where the text is surprising (`screen`). There edits are proposed,
//! of characters and of whole words (`candidates`); each gets features (`features`), and networks and trees
//! say how likely it is to be right (`classify`). Which of 的, 地 and 得 a place wants depends on the whole
//! clause and has a model of its own (`particle`).

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
pub mod scored;
pub mod screen;
pub mod segment;
pub mod tier;
pub mod words;

pub use detector::Detector;
pub use evidence::DocumentContext;
pub use rate::ErrorRate;
pub use scored::{RescoredParagraph, ScoredParagraph, Suspicion};
pub use tier::{Tier, TypoKind};

use std::sync::LazyLock;

/// The detector with the shipped model, most of which is read in place.
static DETECTOR: LazyLock<Detector<'static>> =
    LazyLock::new(|| Detector::of_files(&zhubi_model::FILES).expect("the model is a constant"));

/// The detector with the shipped model.
#[must_use]
pub fn detector() -> &'static Detector<'static> {
    &DETECTOR
}

#[cfg(test)]
mod tests {
    use crate::typo::model::file::{ModelFile, Section};

    #[test]
    fn the_shipped_model_is_complete() {
        let model = ModelFile::new(&zhubi_model::FILES).unwrap();
        for section in Section::ALL {
            assert!(!model.section(section).is_empty(), "{section:?}");
        }
    }
}
