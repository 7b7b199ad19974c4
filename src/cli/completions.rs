//! `zhubi completions`: a script that completes the command line in a shell.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap_complete::Shell;

use super::Outcome;

/// Arguments of `zhubi completions`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 哪一种 shell：bash、zsh、fish、powershell、elvish
    #[arg(value_name = "shell", value_parser = shell())]
    shell: Shell,
}

/// The shells by their names alone: what clap says of them is English.
fn shell() -> impl TypedValueParser<Value = Shell> {
    let names = ["bash", "zsh", "fish", "powershell", "elvish"];
    PossibleValuesParser::new(names).try_map(|name| name.parse::<Shell>())
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut super::command(), "zhubi", &mut script);
    std::io::stdout().lock().write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}
