//! 数字: dates, numerals, units.

pub mod approximate;
pub mod circle_zero;
pub mod clock_span;
pub mod date_format;
pub mod date_order;
pub mod decimal_point;
pub mod document_number;
pub mod duration;
pub mod elapsed;
pub mod impossible_date;
pub mod later_date;
pub mod mixed_numeral;
pub mod percentage_point;
pub mod thousands_separator;
pub mod unit_symbol;
pub mod weekday;
pub mod years_between;
