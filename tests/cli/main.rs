//! The command line, run as its users run it: the real binary on real files.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

mod batch;
mod check;
mod diff;
mod empty;
mod exclude;
mod fix;
mod help;
mod input;
mod learn;
mod listing;
mod names;
mod pack;
mod readme;
mod refused;
mod support;
mod walk;
