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

/// Serves until the client is done. The exit status is 0 if it asked for `shutdown` before `exit`, else 1.
pub(crate) fn run() -> ExitCode {
    // Few threads are enough: checks and answers run on the blocking threads, which bounds their number.
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
    let was_shut_down = runtime.block_on(crate::server::serve());
    // Does not wait for a check that is still running.
    runtime.shutdown_background();
    if was_shut_down { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
