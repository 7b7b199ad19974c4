//! 语病: sentences that break, by the kinds of faults that textbooks of modern Chinese part.

pub mod collocation;
pub mod correlative;
pub mod light_verb;
pub mod long_attributive;
pub mod missing_subject;
pub mod unanswered;
