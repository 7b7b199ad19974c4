//! 一致性: one document, one way.

pub mod forbidden_word;
pub mod quote_style;
