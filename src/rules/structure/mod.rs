//! 结构: headings, numbering, sections.

pub mod empty_section;
pub mod numbering;
