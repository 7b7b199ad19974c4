//! `zhubi lsp`: the language server over standard input and output.

use std::io;
use std::process::ExitCode;

use tracing_subscriber::EnvFilter;

/// Serves until the client is done. The exit status is 0 where it has shut the server down by the book, else 1.
pub(crate) fn run() -> ExitCode {
    // Standard output belongs to the protocol: what is logged goes to standard error.
    let filter = EnvFilter::try_from_env("ZHUBI_LOG")
        .unwrap_or_else(|_| EnvFilter::new("warn,tower_lsp_server=error"));
    let _ =
        tracing_subscriber::fmt().with_writer(io::stderr).with_ansi(false).with_env_filter(filter).try_init();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_time()
        .worker_threads(2)
        .max_blocking_threads(16)
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!(%error, "no runtime");
            return ExitCode::from(2);
        }
    };
    let ended_well = runtime.block_on(crate::server::serve());
    // A check that is still running is not waited for.
    runtime.shutdown_background();
    if ended_well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
