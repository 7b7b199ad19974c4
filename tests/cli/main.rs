//! The command line, run as its users run it: the real binary on real files.

mod batch;
mod check;
mod fix;
mod input;
mod listing;
mod support;
