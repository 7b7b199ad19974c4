//! 残留: what should have been filled in or taken out.

pub mod duplicate_paragraph;
pub mod page_number;
pub mod placeholder;
pub mod review_note;
pub mod stray_mark;
pub mod truncated;
pub mod unused_ignore;
