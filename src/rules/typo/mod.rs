//! 错别字: wrong characters and words.

pub mod confusable_word;
pub mod fixed_formulation;
pub mod idiom;
pub mod outdated_term;
