//! 错别字: wrong characters and words.

pub mod confusable_word;
pub mod contextual;
pub mod de_di_de;
pub mod extra_character;
pub mod idiom;
pub mod missing_character;
mod suspicion;
pub mod transposed;
