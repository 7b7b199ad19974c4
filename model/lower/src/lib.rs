#![doc = include_str!("../README.md")]
#![no_std]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

/// The file: a table of sections, as `zhubi` reads it.
pub static MODEL: &[u8] = include_bytes!("../ngrams.model");
