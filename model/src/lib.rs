#![doc = include_str!("../README.md")]
#![no_std]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

/// The files, each a table of sections as `zhubi` reads it.
pub static FILES: [&[u8]; 3] =
    [include_bytes!("../typo.model"), zhubi_ngrams_lower::MODEL, zhubi_ngrams_higher::MODEL];
