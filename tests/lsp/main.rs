//! The language server over real pipes: each test starts `zhubi lsp` and speaks the protocol with it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod actions;
mod client;
mod closed_drafts;
mod diagnostics;
mod endurance;
mod extend;
mod habits;
mod lifecycle;
mod model;
mod outline;
mod pass_over;
mod pull;
mod references;
mod rename;
mod report;
mod requests;
mod selection;
mod settings;
mod stress;
mod sync;
mod typing;
