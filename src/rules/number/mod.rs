//! 数字: dates, numerals, units.

pub mod impossible_date;
