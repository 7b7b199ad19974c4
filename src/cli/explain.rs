//! `zhubi explain`: the documentation of a rule.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Args;

use super::{Failure, Outcome, say};
use crate::config::check_selector;
use crate::rules;

/// Arguments of `zhubi explain`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 规则名，如 typo/confusable-word
    #[arg(value_name = "规则")]
    rule: String,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let Some(rule) = rules::find(&arguments.rule) else {
        let group = format!("“{}”是规则组，请写明其中一条规则，见 zhubi rules", arguments.rule);
        say(check_selector(&arguments.rule).map_or_else(|message| message, |()| group));
        return Err(Failure::Said);
    };
    let mut out = anstream::stdout().lock();
    writeln!(out, "# {}（{}，{}）\n", rule.id, rule.summary, rule.severity.chinese())?;
    writeln!(out, "{}", rule.documentation())?;
    Ok(ExitCode::SUCCESS)
}
