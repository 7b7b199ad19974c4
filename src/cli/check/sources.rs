//! Which drafts a command reads, and by which rules.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::Failure;
use crate::cli::help::{REPORT, SOURCES};
use crate::cli::settings::Selection;
use crate::files::pattern;

/// Arguments of every command that checks drafts.
#[derive(Debug, Args)]
#[command(next_help_heading = SOURCES)]
pub(in crate::cli) struct Sources {
    /// 文件、文件夹、通配符（如 '*.txt'），或“-”（标准输入）；不写就是当前文件夹
    #[arg(value_name = "路径", default_value = ".")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// 走文件夹时不看这些文件、文件夹，写法同 .gitignore；可以写几次，加在 zhubi.toml 的 exclude 上
    #[arg(long, value_name = "通配符")]
    pub(in crate::cli) exclude: Vec<String>,
    /// 走文件夹时不理会 .gitignore、.ignore，名称以点开头的也看
    #[arg(long)]
    pub(in crate::cli) no_ignore: bool,
    /// 没有可检查的文件、文件都是空的，也算成功（不写则退出状态为 2）
    #[arg(long)]
    pub(in crate::cli) allow_empty: bool,
    /// 不输出汇总和说明
    #[arg(short, long, help_heading = REPORT)]
    pub(in crate::cli) quiet: bool,
    /// 标准输入的文件名，用来判断格式、寻找配置、显示位置
    #[arg(long, value_name = "文件名")]
    pub(in crate::cli) stdin_filename: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) selection: Selection,
}

impl Sources {
    pub(in crate::cli) fn has_stdin_filename(&self) -> bool {
        self.stdin_filename.is_some()
    }

    pub(in crate::cli) fn reads_stdin(&self) -> bool {
        self.paths.iter().any(|path| path == Path::new("-"))
    }

    /// Refuses arguments that do not go together.
    pub(super) fn validate(&self) -> Result<(), Failure> {
        if self.stdin_filename.is_some() && !self.reads_stdin() {
            return Err(Failure::say("--stdin-filename 只用于标准输入，请把路径写成“-”"));
        }
        for pattern in &self.exclude {
            if pattern.trim().is_empty() {
                return Err(Failure::say("--exclude 的值是空的，请写文件、文件夹或通配符"));
            }
            pattern::check(pattern).map_err(|why| Failure::say(format!("--exclude 中的{why}")))?;
        }
        Ok(())
    }
}
