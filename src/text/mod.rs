//! A draft as text: decoding, blocks of prose, outline, sentences, positions. No IO.

pub mod block;
pub mod charset;
pub mod count;
pub mod directive;
pub mod document;
pub mod format;
pub mod numbering;
pub mod outline;
pub mod position;
pub mod read_error;
#[cfg_attr(not(feature = "lsp"), allow(dead_code, reason = "only the server follows references"))]
pub(crate) mod references;
pub mod sentence;
pub mod series;
pub mod surroundings;
