//! Typos that only context shows.
//!
//! Reading on with the n-gram model marks the few places where the text is surprising (`screen`). There edits are proposed, of
//! characters and of whole words (`propose`), each is measured (`features`), and networks and trees say how likely it mends the text
//! (`classify`, `forest`). Which of 的, 地 and 得 belongs where one of
//! them stands hangs on the whole clause, and a model of its own says it (`particle`).

pub mod classify;
pub mod detector;
pub mod document;
pub mod features;
pub mod forest;
pub mod habits;
pub mod network;
pub mod particle;
pub mod particle_features;
pub mod propose;
pub mod reading;
pub mod repeats;
pub mod screen;

pub use detector::{Detector, Kind, Suspicion, Tier, Weighed};
pub use document::DocumentContext;

use std::sync::LazyLock;

/// The model, read where it lies; what little is made of it is made at first use.
static DETECTOR: LazyLock<Detector<'static>> = LazyLock::new(|| {
    Detector::new(include_bytes!("../../../data/typo.model")).expect("the model is a constant")
});

/// The detector with the model that ships.
#[must_use]
pub fn detector() -> &'static Detector<'static> {
    &DETECTOR
}
