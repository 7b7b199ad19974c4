//! The tables of the model, read in place.

pub mod confusion;
pub mod file;
pub mod forest;
pub mod fuse;
pub mod lexicon;
pub mod network;
pub mod ngrams;
pub mod symbols;
