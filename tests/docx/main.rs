//! Word documents, made here part by part.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

mod hostile;
mod package;
mod reading;
mod review;
mod writing;
