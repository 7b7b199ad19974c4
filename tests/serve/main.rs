//! `zhubi serve`, over its socket: who is let in, what is written, what is announced.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

mod changes;
mod fixes;
mod gate;
#[path = "../docx/package.rs"]
#[allow(dead_code, reason = "more of it is used by the tests of Word documents")]
mod package;
mod server;
mod uploads;
