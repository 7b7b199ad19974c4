//! The command line: one file a subcommand. Findings go to standard output, messages about the run to
//! standard error. Exit status: 0 nothing found that fails, 1 findings, 2 the run itself failed.

mod baseline;
mod batch;
mod check;
mod completions;
mod config;
mod explain;
mod help;
mod ignored;
mod init;
mod learn;
#[cfg(feature = "lsp")]
mod lsp;
mod man;
mod outline;
pub mod output_schema;
mod pack;
mod rules;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod settings;
mod wrap;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

/// The exit status of a run that could not be done, or not wholly.
const FAILED: u8 = 2;

/// 朱笔：离线校对中文公文、报告的命令行与语言服务器
#[derive(Debug, Parser)]
#[command(name = "zhubi", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 校对文件或文件夹，“-”为标准输入
    Check(check::Arguments),
    /// 在浏览器里校对：看批注、采纳改法，不用编辑器
    #[cfg(feature = "serve")]
    Serve(serve::Arguments),
    /// 记下现有的问题，以后只报新的
    Baseline(baseline::Arguments),
    /// 列出忽略过的地方（zhubi.ignore.toml），去掉落空的
    Ignored(ignored::Arguments),
    /// 逐行读入 JSON，逐行写出结果，供程序批量处理
    Batch(batch::Arguments),
    /// 从旧稿中找出本单位的常用词，供人工核对后加入词表
    Learn(learn::Arguments),
    /// 本单位的规则包
    Pack(pack::Arguments),
    /// 列出一篇稿子的大纲
    Outline(outline::Arguments),
    /// 列出全部规则
    Rules(rules::Arguments),
    /// 说明一条规则
    Explain(explain::Arguments),
    /// 看一个文件夹里有什么，写一个合用的 zhubi.toml
    Init(init::Arguments),
    /// 配置：哪些设置在起作用，写在哪里
    Config(config::Arguments),
    /// 输出 zhubi.toml、规则包的 JSON Schema，供编辑器补全、提示
    Schema(schema::Arguments),
    /// 输出命令行补全的脚本
    Completions(completions::Arguments),
    /// 输出手册页
    Man(man::Arguments),
    /// 语言服务器，供编辑器启动，经标准输入输出通信
    #[cfg(feature = "lsp")]
    Lsp(lsp::Arguments),
    /// 显示帮助
    Help(help::Arguments),
}

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    quiet_panics();
    start_log();
    let arguments = match arguments() {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    let done = match arguments.command {
        Command::Check(arguments) => check::run(&arguments),
        #[cfg(feature = "serve")]
        Command::Serve(arguments) => serve::run(arguments),
        Command::Baseline(arguments) => baseline::run(&arguments),
        Command::Ignored(arguments) => ignored::run(&arguments),
        Command::Batch(arguments) => batch::run(&arguments),
        Command::Learn(arguments) => learn::run(&arguments),
        Command::Pack(arguments) => pack::run(&arguments),
        Command::Outline(arguments) => outline::run(&arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Config(arguments) => config::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Man(arguments) => man::run(&arguments),
        #[cfg(feature = "lsp")]
        Command::Lsp(_) => Ok(lsp::run()),
        Command::Help(arguments) => Err(Failure::say(arguments.refusal())),
    };
    ended(done)
}

/// The exit status of a run, with what is still to be said.
fn ended(done: Outcome) -> ExitCode {
    match done {
        Ok(code) => code,
        Err(Failure::AlreadyReported) => ExitCode::from(FAILED),
        // The reader has closed the pipe: `zhubi rules | head`. `check` handles this itself, for its status.
        Err(Failure::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Failure::Io(error)) => {
            say(format!("标准输入或输出读写失败：{}", crate::files::reason(&error)));
            ExitCode::from(FAILED)
        }
    }
}

/// The one table of commands and flags, in Chinese.
fn command() -> clap::Command {
    help::in_chinese(Arguments::command())
}

/// The command line; or the exit status, once help or an error has been printed.
fn arguments() -> Result<Arguments, ExitCode> {
    let given = help::arguments(std::env::args_os());
    let mut command = command();
    let parsed =
        command.try_get_matches_from_mut(&given).and_then(|matches| Arguments::from_arg_matches(&matches));
    parsed.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let mut out = anstream::stdout().lock();
            let written = out.write_all(help::rendered(&error).as_bytes()).and_then(|()| out.flush());
            ended(written.map(|()| ExitCode::SUCCESS).map_err(Failure::Io))
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = anstream::stderr().lock().write_all(help::rendered(&error).as_bytes());
            ExitCode::from(FAILED)
        }
        _ => {
            let refusal = help::refusal(&error, &mut command, &given);
            let stop = if refusal.ends_with('？') { "" } else { "。" };
            say(format!("{refusal}{stop}用法见 zhubi help"));
            ExitCode::from(FAILED)
        }
    })
}

/// Why a run ended before its end.
#[derive(Debug)]
enum Failure {
    /// The message has been printed.
    AlreadyReported,
    /// Standard input or output failed.
    Io(io::Error),
}

impl Failure {
    /// Prints the message.
    fn say(message: impl AsRef<str>) -> Self {
        say(message);
        Self::AlreadyReported
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

type Outcome = Result<ExitCode, Failure>;

/// Prints a message about the run on standard error.
fn say(message: impl AsRef<str>) {
    let _ = writeln!(anstream::stderr().lock(), "zhubi: {}", message.as_ref());
}

/// The engine catches and logs a rule that panics; the default hook would print a backtrace as well.
fn quiet_panics() {
    std::panic::set_hook(Box::new(|info| tracing::debug!("{info}")));
}

/// The log goes to standard error; `ZHUBI_LOG=debug` says more.
fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("ZHUBI_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("error"));
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).try_init();
}
