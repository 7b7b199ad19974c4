//! 标点: punctuation by GB/T 15834-2011.

pub mod colon;
pub mod dash;
pub mod duplicate;
pub mod ellipsis;
pub mod enumeration_comma;
pub mod fullwidth_alnum;
pub mod halfwidth;
pub mod markdown_emphasis;
pub mod missing_final;
pub mod missing_quotes;
pub mod nesting;
pub mod quote_period;
mod reference;
pub mod semicolon_level;
pub mod sequence_mark;
mod smiley;
pub mod spacing;
pub mod title_end;
pub mod unpaired;
