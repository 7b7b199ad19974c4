//! 结构: headings, numbering, sections.

pub mod attachment;
pub mod closing_mismatch;
pub mod contents;
pub mod count_mismatch;
pub mod cross_reference;
pub mod deadline;
pub mod duplicate_heading;
pub mod empty_section;
pub mod missing_section;
pub mod numbering;
pub mod official_form;
pub mod ordinal_series;
pub mod report_with_request;
pub mod request;
pub mod single_child;
pub mod title;
