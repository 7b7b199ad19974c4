//! 一致性: one document, one way.

pub mod arithmetic;
pub mod forbidden_word;
pub mod percentage_sum;
pub mod quote_style;
