//! 文风: worn phrases, measured.

pub mod adverb_stack;
pub mod claim_without_figure;
pub mod copied_document;
pub mod four_character_chain;
pub mod house_style;
pub mod long_sentence;
pub mod metaphor_density;
pub mod near_duplicate_sentence;
pub mod opening_cliche;
pub mod phrase_repeat;
pub mod repeated_opener;
mod section;
pub mod stock_phrase;
pub mod vague_plan;
pub mod vague_quantity;
