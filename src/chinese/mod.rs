//! What is known of the Chinese language. No rule lives here.

pub mod calendar;
pub mod confusion;
pub mod idiom;
pub mod numeral;
pub mod terms;
