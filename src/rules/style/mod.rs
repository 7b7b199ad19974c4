//! 文风: worn phrases, measured.

pub mod stock_phrase;
