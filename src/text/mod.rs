//! A draft as text: decoding, blocks of prose, outline, sentences, positions. No IO.

pub mod count;
pub mod directive;
pub mod document;
pub mod encoding;
pub mod format;
pub mod genre;
pub mod numbering;
pub mod outline;
pub mod position;
pub mod sentence;
pub mod series;
