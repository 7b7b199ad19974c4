//! The language server over real pipes: each test starts `zhubi lsp` and speaks the protocol with it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod actions;
mod client;
mod diagnostics;
mod endurance;
mod habits;
mod lifecycle;
mod model;
mod outline;
mod pull;
mod requests;
mod settings;
mod stress;
mod sync;
mod typing;
