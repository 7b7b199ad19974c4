//! The command line, run as its users run it: the real binary on real files.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

mod baseline;
mod batch;
mod cache;
mod changed_since;
mod check;
mod config;
mod config_show;
mod destination;
mod diff;
mod empty;
mod environment;
mod exclude;
mod fix;
mod help;
mod ignored;
mod init;
mod input;
mod learn;
mod listing;
mod manual;
mod names;
mod pack;
mod readme;
mod refused;
mod report;
mod support;
#[cfg(unix)]
mod terminal;
mod walk;
#[cfg(unix)]
mod watch;
