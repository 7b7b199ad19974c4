//! 错别字: wrong characters and words.

pub mod confusable_word;
pub mod idiom;
