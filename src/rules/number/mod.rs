//! 数字: dates, numerals, units.

pub mod date_order;
pub mod impossible_date;
pub mod percentage_point;
pub mod weekday;
