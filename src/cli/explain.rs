//! `zhubi explain`: the documentation of a rule.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Args;

use super::{Failure, Outcome};
use crate::finding::group_of;
use crate::rules::selector::selector;
use crate::rules::{self, RULES};

/// Arguments of `zhubi explain`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 规则名或说明，如 typo/idiom、成语误写；写规则组（typo、错别字）就列出组里的规则
    #[arg(value_name = "规则")]
    rule: String,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let name = selector(&arguments.rule).map_err(Failure::say)?;
    let mut out = anstream::stdout().lock();
    if let Some(rule) = rules::find(name) {
        write!(out, "{}", rule.page())?;
        return Ok(ExitCode::SUCCESS);
    }
    let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    for rule in RULES.iter().filter(|rule| name == "all" || group_of(rule.id) == name) {
        writeln!(out, "{:width$}  {}", rule.id, rule.summary)?;
    }
    writeln!(out, "\n其中一条的说明：zhubi explain 规则名")?;
    Ok(ExitCode::SUCCESS)
}
