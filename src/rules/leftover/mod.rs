//! 残留: what should have been filled in or taken out.

pub mod placeholder;
pub mod stray_mark;
