//! 数字: dates, numerals, units.

pub mod approximate;
pub mod circle_zero;
pub mod date_format;
pub mod date_order;
pub mod document_number;
pub mod impossible_date;
pub mod mixed_numeral;
pub mod percentage_point;
pub mod thousands_separator;
pub mod unit_symbol;
pub mod weekday;
