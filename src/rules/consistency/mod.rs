//! 一致性: one document, one way.

pub mod quote_style;
