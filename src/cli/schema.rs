//! `zhubi schema`: the JSON schemas of what is written for zhubi, and of what it writes.

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::Value;

use super::Outcome;
use crate::config::Config;
use crate::rule::pack::Pack;

/// Arguments of `zhubi schema`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 哪一种
    #[arg(value_name = "种类", value_enum, default_value_t = Kind::Config)]
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// zhubi.toml（默认）
    Config,
    /// 规则包
    Pack,
}

impl Kind {
    fn schema(self) -> Value {
        match self {
            Self::Config => Config::json_schema(),
            Self::Pack => Pack::json_schema(),
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let mut out = anstream::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &arguments.kind.schema()).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(ExitCode::SUCCESS)
}
