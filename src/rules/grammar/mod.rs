//! 语病: sentences that break, by the kinds of faults that textbooks of modern Chinese part.

pub mod blend;
pub mod collocation;
pub mod correlative;
pub mod double_conjunction;
pub mod frame_incomplete;
pub mod honorific;
pub mod le_time;
pub mod light_verb;
pub mod long_attributive;
pub mod measure_word;
pub mod missing_de;
pub mod missing_object;
pub mod missing_subject;
pub mod multiples;
pub mod negation;
pub mod passive;
pub mod predicate_collocation;
pub mod redundancy;
