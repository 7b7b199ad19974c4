//! 一致性: one document, one way.

pub mod abbreviation;
pub mod arithmetic;
pub mod average;
pub mod forbidden_word;
pub mod growth;
pub mod list_punctuation;
pub mod name_variant;
pub mod number_repeat;
pub mod percentage_sum;
pub mod person_voice;
pub mod place_variant;
pub mod quote_style;
pub mod ratio;
pub mod unit_style;
pub mod year;
