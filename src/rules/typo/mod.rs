//! 错别字: wrong characters and words.

pub mod confusable_word;
pub mod contextual;
pub mod de_di_de;
pub mod extra_character;
pub mod fixed_formulation;
pub mod idiom;
mod misquotation;
pub mod missing_character;
pub mod nonstandard_character;
pub mod outdated_term;
pub mod pinyin_residue;
pub mod saying;
mod suspicion;
pub mod transposed;
