//! The command line: one file a subcommand.

mod lsp;

use std::process::ExitCode;

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some("lsp") { lsp::run() } else { ExitCode::from(2) }
}
