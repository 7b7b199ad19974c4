//! 标点: punctuation by GB/T 15834-2011.

pub mod book_title;
pub mod halfwidth;
pub mod unpaired;
