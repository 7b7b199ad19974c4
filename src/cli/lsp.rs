//! `zhubi lsp`: the language server over standard input and output.

use std::process::ExitCode;

use clap::Args;

/// Arguments of `zhubi lsp`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 经标准输入输出通信（只有这一种方式，写不写都一样）
    #[arg(long)]
    stdio: bool,
}

/// Serves until the client is done. The exit status is 0 where it has shut the server down by the book, else 1.
pub(crate) fn run() -> ExitCode {
    // The thread count is small on purpose: checks and answers run on the blocking threads, which bounds them.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_time()
        .worker_threads(2)
        .max_blocking_threads(16)
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            super::say(format!("无法启动：{error}"));
            return ExitCode::from(super::FAILED);
        }
    };
    let ended_well = runtime.block_on(crate::server::serve());
    // A check that is still running is not waited for.
    runtime.shutdown_background();
    if ended_well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
