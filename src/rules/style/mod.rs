//! 文风: worn phrases, measured.

pub mod colloquial;
pub mod exaggeration;
pub mod internet_slang;
pub mod stock_phrase;
