//! When is a report coloured?

use clap::ValueEnum;

/// The values of `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// 看输出到哪里（默认；NO_COLOR、CLICOLOR_FORCE 也算）
    #[value(alias = "自动")]
    Auto,
    /// 总是
    #[value(alias = "总是")]
    Always,
    /// 从不
    #[value(alias = "从不")]
    Never,
}

impl Color {
    /// Tells it to all that write to standard output and standard error.
    pub(super) fn choose(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}
